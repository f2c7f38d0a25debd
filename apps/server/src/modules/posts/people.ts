import { createHmac } from "node:crypto";
import type { Person } from "@onegrid/contract";
import { isIdNumber, isWithin, maskIdNumber, maskPhone } from "@onegrid/domain";
import { readCodeCursor, writeCodeCursor } from "../../platform/code-cursor.ts";
import { scopeOf, todayOf, type Ctx } from "../../platform/context.ts";
import { inScope, violatedConstraint, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { openContact, sealContact } from "../cases/index.ts";
import { gridsOf } from "../grids/index.ts";
import { selectPeople, type PersonRow } from "./person-queries.ts";
import {
  alreadyThere,
  badCursor,
  idNumberWrong,
  loginTaken,
  outsideScope,
  personNotFound,
  unknownGrid,
  unknownLogin,
} from "./problems.ts";

const PAGE = 50;

export type NewPerson = {
  personId: string;
  name: string;
  gridCode: string;
  phone: string | null;
  idNumber: string | null;
  login: string | null;
};

/** Each sealed value is bound to the person and to what it is: moved elsewhere it does not open. */
export const boundTo = (personId: string, what: "phone" | "id_number") => `${personId} ${what}`;

const opened = (
  ctx: Ctx,
  dataKey: Uint8Array,
  row: Pick<PersonRow, "personId">,
  what: "phone" | "id_number",
  ciphertext: Buffer | null,
  keyId: string | null,
): string | null =>
  ciphertext === null || keyId === null
    ? null
    : openContact(dataKey, ctx.county.countyCode, boundTo(row.personId, what), {
        keyId,
        ciphertext,
      });

const dataOf = (ctx: Ctx, dataKey: Uint8Array, row: PersonRow) => ({
  phone: opened(ctx, dataKey, row, "phone", row.phoneSealed, row.phoneKeyId),
  idNumber: opened(ctx, dataKey, row, "id_number", row.idNumberSealed, row.idNumberKeyId),
});

const personView = (ctx: Ctx, dataKey: Uint8Array, row: PersonRow): Person => {
  const { phone, idNumber } = dataOf(ctx, dataKey, row);
  return {
    ...row,
    maskedPhone: phone === null ? null : maskPhone(phone),
    maskedIdNumber: idNumber === null ? null : maskIdNumber(idNumber),
  };
};

/** A page of the people of the own grids; what is personal is masked. Throws `posts.bad_cursor`. */
export const listPeople = async (
  ctx: Ctx,
  dataKey: Uint8Array,
  query: {
    grid?: string | undefined;
    q?: string | undefined;
    cursor?: string | undefined;
    limit?: number | undefined;
  },
): Promise<{ people: Person[]; nextCursor: string | null }> => {
  const { countyCode } = ctx.county;
  const { limit = PAGE, cursor, q } = query;
  const { scopeCode } = ctx.actor;
  const afterId = cursor === undefined ? null : readIdCursor(cursor);
  // Asking for another's grid answers the own: the scope is never left.
  const grid = query.grid !== undefined && isWithin(query.grid, scopeCode) ? query.grid : scopeCode;
  const found = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    selectPeople(trx, countyCode, todayOf(ctx), {
      grid,
      q,
      afterId,
      limit: limit + 1,
    }),
  );
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    people: rows.map((row) => personView(ctx, dataKey, row)),
    nextCursor: last === undefined ? null : writeCodeCursor(last.personId),
  };
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const readIdCursor = (cursor: string): string => {
  const id = readCodeCursor(cursor, badCursor());
  if (!UUID.test(id)) throw new ProblemError(badCursor());
  return id;
};

const accountOf = async (trx: Trx, countyCode: string, login: string): Promise<string> => {
  const row = await trx
    .selectFrom("account")
    .select("account_id")
    .where("county_code", "=", countyCode)
    .where("login", "=", login.trim().toLowerCase())
    .where("kind", "=", "person")
    .executeTakeFirst();
  if (row === undefined) throw new ProblemError(unknownLogin({ login }));
  return row.account_id;
};

/** HMAC of an ID number: tells whether two are the same, and nothing else. */
export const markOf = (dataKey: Uint8Array, countyCode: string, idNumber: string): Buffer =>
  createHmac("sha256", dataKey).update(`person ${countyCode} ${idNumber}`).digest();

const insert = async (
  trx: Trx,
  ctx: Ctx,
  dataKey: Uint8Array,
  person: NewPerson,
): Promise<void> => {
  const { countyCode } = ctx.county;
  const { personId, name, gridCode, phone, idNumber, login } = person;
  await trx
    .insertInto("person")
    .values({
      county_code: countyCode,
      person_id: personId,
      name,
      grid_code: gridCode,
      account_id: login === null ? null : await accountOf(trx, countyCode, login),
      sample: false,
    })
    .execute();
  const seal = (what: "phone" | "id_number", value: string | null) =>
    value === null ? null : sealContact(dataKey, countyCode, boundTo(personId, what), value);
  const [sealedPhone, sealedId] = [seal("phone", phone), seal("id_number", idNumber)];
  await trx
    .insertInto("person_secret")
    .values({
      county_code: countyCode,
      person_id: personId,
      grid_code: gridCode,
      phone_key_id: sealedPhone?.keyId ?? null,
      phone_sealed: sealedPhone?.ciphertext ?? null,
      id_number_key_id: sealedId?.keyId ?? null,
      id_number_sealed: sealedId?.ciphertext ?? null,
      id_number_mark: idNumber === null ? null : markOf(dataKey, countyCode, idNumber),
    })
    .execute();
};

/**
 * Adds somebody who serves. Sent again with the same id and words it changes nothing. Throws
 * `people.id_number_wrong`, `.already_there`, `.unknown_login`, `.login_taken`,
 * `posts.unknown_grid`, `.outside_scope`.
 */
export const addPerson = async (
  ctx: Ctx,
  dataKey: Uint8Array,
  person: NewPerson,
): Promise<{ personId: string }> => {
  const { countyCode } = ctx.county;
  const { personId, name, gridCode, idNumber } = person;
  if (!isWithin(gridCode, ctx.actor.scopeCode)) throw new ProblemError(outsideScope({ gridCode }));
  if ((await gridsOf(ctx)).get(gridCode) === undefined) {
    throw new ProblemError(unknownGrid({ gridCode }));
  }
  if (idNumber !== null && !isIdNumber(idNumber)) throw new ProblemError(idNumberWrong());
  try {
    await inScope(ctx.db, scopeOf(ctx), async (trx) => {
      const known = await trx
        .selectFrom("person")
        .select(["name", "grid_code"])
        .where("county_code", "=", countyCode)
        .where("person_id", "=", personId)
        .executeTakeFirst();
      if (known !== undefined) {
        if (known.name === name && known.grid_code === gridCode) return;
        throw new ProblemError(alreadyThere());
      }
      await insert(trx, ctx, dataKey, person);
      await audit(trx, ctx, { action: "person.add", outcome: "done", subject: personId });
    });
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === "person_secret_county_code_id_number_mark_key") {
      throw new ProblemError(alreadyThere());
    }
    if (constraint === "person_pkey") throw new ProblemError(alreadyThere());
    if (constraint === "person_county_code_account_id_key") throw new ProblemError(loginTaken());
    throw error;
  }
  return { personId };
};

/**
 * Somebody's phone and ID number in full. Row-level security keeps other streets' out; who looked,
 * at whom and that a reason was given stands in the audit log. Throws `people.not_found`.
 */
export const openPersonData = (
  ctx: Ctx,
  dataKey: Uint8Array,
  personId: string,
  reason: string,
): Promise<{ phone: string | null; idNumber: string | null }> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const row = await trx
      .selectFrom("person_secret")
      .selectAll()
      .where("county_code", "=", ctx.county.countyCode)
      .where("person_id", "=", personId)
      .executeTakeFirst();
    if (row === undefined) throw new ProblemError(personNotFound());
    await audit(trx, ctx, {
      action: "person.open_data",
      outcome: "done",
      subject: personId,
      detail: { reason },
    });
    const of = { personId };
    return {
      phone: opened(ctx, dataKey, of, "phone", row.phone_sealed, row.phone_key_id),
      idNumber: opened(ctx, dataKey, of, "id_number", row.id_number_sealed, row.id_number_key_id),
    };
  });
