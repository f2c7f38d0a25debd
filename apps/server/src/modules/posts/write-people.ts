import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import type { Written } from "../../platform/import-target.ts";
import { openContact, sealContact } from "../cases/index.ts";
import { settleOn } from "./appoint.ts";
import type { PersonRead } from "./import-person.ts";
import { selectAccounts, selectKnownPeople, type KnownPerson } from "./import-person-queries.ts";
import { boundTo, markOf } from "./people.ts";

type Sealed = "phone" | "id_number";

const openedOf = (
  ctx: Ctx,
  dataKey: Uint8Array,
  before: KnownPerson,
  what: Sealed,
): string | null => {
  const [keyId, ciphertext] =
    what === "phone"
      ? [before.phoneKeyId, before.phoneSealed]
      : [before.idNumberKeyId, before.idNumberSealed];
  return keyId === null || ciphertext === null
    ? null
    : openContact(dataKey, ctx.county.countyCode, boundTo(before.personId, what), {
        keyId,
        ciphertext,
      });
};

type Next = PersonRead & { accountId: string | null };

/** How a person stands afterwards: a column the table does not have keeps what is there. */
const nextOf = (
  ctx: Ctx,
  dataKey: Uint8Array,
  person: PersonRead,
  before: KnownPerson | undefined,
  accountId: string | null,
  given: ReadonlySet<string>,
): Next => ({
  ...person,
  accountId: given.has("login") || before === undefined ? accountId : before.accountId,
  phone:
    given.has("phone") || before === undefined
      ? person.phone
      : openedOf(ctx, dataKey, before, "phone"),
  idNumber:
    given.has("idNumber") || before === undefined
      ? person.idNumber
      : openedOf(ctx, dataKey, before, "id_number"),
});

const isSame = (ctx: Ctx, dataKey: Uint8Array, before: KnownPerson, next: Next): boolean =>
  before.name === next.name &&
  before.gridCode === next.gridCode &&
  before.accountId === next.accountId &&
  openedOf(ctx, dataKey, before, "phone") === next.phone &&
  openedOf(ctx, dataKey, before, "id_number") === next.idNumber;

const secretOf = (ctx: Ctx, dataKey: Uint8Array, next: Next) => {
  const { countyCode } = ctx.county;
  const { personId, gridCode, phone, idNumber } = next;
  const seal = (what: Sealed, value: string | null) =>
    value === null ? null : sealContact(dataKey, countyCode, boundTo(personId, what), value);
  const [sealedPhone, sealedId] = [seal("phone", phone), seal("id_number", idNumber)];
  const mark = idNumber === null ? null : markOf(dataKey, countyCode, idNumber);
  return {
    personId,
    gridCode,
    phoneKeyId: sealedPhone?.keyId ?? null,
    phone: sealedPhone?.ciphertext.toString("base64") ?? null,
    idNumberKeyId: sealedId?.keyId ?? null,
    idNumber: sealedId?.ciphertext.toString("base64") ?? null,
    mark: mark?.toString("base64") ?? null,
  };
};

const store = async (
  trx: Trx,
  ctx: Ctx,
  dataKey: Uint8Array,
  people: readonly Next[],
): Promise<void> => {
  if (people.length === 0) return;
  const { countyCode } = ctx.county;
  const rows = people.map(({ personId, name, gridCode, accountId }) => ({
    personId,
    name,
    gridCode,
    accountId,
  }));
  await sql`
    INSERT INTO person (county_code, person_id, name, grid_code, account_id, sample)
    SELECT ${countyCode}, "personId", name, "gridCode", "accountId", false
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("personId" uuid, name text,
      "gridCode" text, "accountId" uuid)
    ON CONFLICT (county_code, person_id) DO UPDATE SET name = excluded.name,
      grid_code = excluded.grid_code, account_id = excluded.account_id, sample = false`.execute(
    trx,
  );
  const secrets = people.map((next) => secretOf(ctx, dataKey, next));
  await sql`
    INSERT INTO person_secret (county_code, person_id, grid_code, phone_key_id, phone_sealed,
      id_number_key_id, id_number_sealed, id_number_mark)
    SELECT ${countyCode}, "personId", "gridCode", "phoneKeyId", decode(phone, 'base64'),
      "idNumberKeyId", decode("idNumber", 'base64'), decode(mark, 'base64')
    FROM jsonb_to_recordset(${JSON.stringify(secrets)}::jsonb) AS r("personId" uuid,
      "gridCode" text, "phoneKeyId" text, phone text, "idNumberKeyId" text, "idNumber" text,
      mark text)
    ON CONFLICT (county_code, person_id) DO UPDATE SET grid_code = excluded.grid_code,
      phone_key_id = excluded.phone_key_id, phone_sealed = excluded.phone_sealed,
      id_number_key_id = excluded.id_number_key_id, id_number_sealed = excluded.id_number_sealed,
      id_number_mark = excluded.id_number_mark`.execute(trx);
};

/** Appoints those who do not hold their post from that day on yet; answers whom. */
const appointAll = async (
  trx: Trx,
  ctx: Ctx,
  people: readonly Next[],
): Promise<ReadonlySet<string>> => {
  const { countyCode } = ctx.county;
  const rows = people.flatMap(({ personId, post }) => (post === null ? [] : { personId, ...post }));
  if (rows.length === 0) return new Set();
  const { rows: begun } = await sql<{ personId: string; beginsOn: string }>`
    INSERT INTO appointment (county_code, appointment_id, post_code, person_id, begins_on, sample)
    SELECT ${countyCode}, r."appointmentId", r."postCode", r."personId", r."beginsOn", false
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("appointmentId" uuid,
      "postCode" text, "personId" uuid, "beginsOn" date)
    WHERE NOT EXISTS (SELECT FROM appointment a WHERE a.county_code = ${countyCode}
      AND a.post_code = r."postCode" AND a.person_id = r."personId"
      AND a.begins_on <= r."beginsOn" AND (a.ends_on IS NULL OR a.ends_on > r."beginsOn"))
    RETURNING person_id AS "personId", begins_on AS "beginsOn"`.execute(trx);
  const withAccount = new Set(people.flatMap((p) => (p.accountId === null ? [] : p.personId)));
  for (const { personId, beginsOn } of begun) {
    if (withAccount.has(personId)) await settleOn(trx, ctx, personId, beginsOn);
  }
  return new Set(begun.map(({ personId }) => personId));
};

/**
 * Adds and renews people, their sealed data and their appointments: few statements for any number
 * (one more for each account that a new post is given to). Equal people are not touched.
 */
export const writePeople = async (
  trx: Trx,
  ctx: Ctx,
  dataKey: Uint8Array,
  people: readonly PersonRead[],
  given: ReadonlySet<string>,
): Promise<Written> => {
  const { countyCode } = ctx.county;
  const ids = people.map(({ personId }) => personId);
  const known = await selectKnownPeople(trx, countyCode, ids);
  const logins = people.flatMap(({ login }) => login ?? []);
  const accounts = await selectAccounts(trx, countyCode, logins);
  const next = people.map((person) => {
    const accountId = accounts.get(person.login ?? "")?.accountId ?? null;
    return nextOf(ctx, dataKey, person, known.get(person.personId), accountId, given);
  });
  const different = next.filter((one) => {
    const before = known.get(one.personId);
    return before === undefined || !isSame(ctx, dataKey, before, one);
  });
  await store(trx, ctx, dataKey, different);
  const appointed = await appointAll(trx, ctx, next);
  const touched = new Set([...different.map(({ personId }) => personId), ...appointed]);
  const added = next.filter(({ personId }) => !known.has(personId)).length;
  return { added, changed: touched.size - added, unchanged: next.length - touched.size };
};
