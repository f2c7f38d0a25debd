import { checkAppointment, isHeldOn, isIdNumber, isWithin } from "@onegrid/domain";
import { sql } from "kysely";
import { todayOf, type Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";
import { writeInParts, type ImportRow, type ImportTarget } from "../../platform/import-target.ts";
import { gridsOf } from "../grids/index.ts";
import { codeOfPerson, readPerson, type PersonRead } from "./import-person.ts";
import {
  lockPosts,
  selectAccounts,
  selectKnownPeople,
  selectOwnersOfMarks,
  selectTenures,
  type KnownPerson,
} from "./import-person-queries.ts";
import { listPeople, markOf } from "./people.ts";
import { selectBlockedByNotice, selectMaxPosts } from "./post-queries.ts";
import { writePeople } from "./write-people.ts";

const ROWS_AT_ONCE = 1_000;

type Checked = { row: ImportRow; person: PersonRead };

const add = ({ row }: Checked, column: string, code: string, params = {}): void => {
  row.problems.push({ column, code, params });
};

/** True when another row of the table, or another person, has it already. */
const isTaken = (
  owner: string | undefined | null,
  inTable: Map<string, string>,
  value: string,
  personId: string,
): boolean => {
  const first = inTable.get(value);
  if (first === undefined) inTable.set(value, personId);
  return (owner ?? personId) !== personId || (first ?? personId) !== personId;
};

const checkWho = async (
  trx: Trx,
  ctx: Ctx,
  dataKey: Uint8Array,
  checked: readonly Checked[],
  known: ReadonlyMap<string, KnownPerson>,
): Promise<void> => {
  const { countyCode } = ctx.county;
  const { scopeCode } = ctx.actor;
  const grids = await gridsOf(ctx);
  const marks = new Map<string, Buffer>();
  for (const { person } of checked) {
    if (person.idNumber) marks.set(person.idNumber, markOf(dataKey, countyCode, person.idNumber));
  }
  const owners = await selectOwnersOfMarks(trx, countyCode, [...marks.values()]);
  const logins = checked.flatMap(({ person }) => person.login ?? []);
  const accounts = await selectAccounts(trx, countyCode, logins);
  const ids = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const one of checked) {
    const { personId, gridCode, phone, idNumber, login } = one.person;
    const before = known.get(personId);
    if (grids.get(gridCode) === undefined) add(one, "gridCode", "posts.unknown_grid");
    else if (!isWithin(gridCode, scopeCode)) add(one, "gridCode", "posts.outside_scope");
    if (before && !isWithin(before.gridCode, scopeCode)) add(one, "code", "posts.outside_scope");
    if (before && before.leftOn !== null) add(one, "code", "posts.person_left");
    if (phone !== null && !/^1\d{10}$/.test(phone)) add(one, "phone", "people.phone_wrong");
    if (idNumber !== null) {
      const owner = owners.get(marks.get(idNumber)?.toString("hex") ?? "");
      if (!isIdNumber(idNumber)) add(one, "idNumber", "people.id_number_wrong");
      else if (isTaken(owner, ids, idNumber, personId)) {
        add(one, "idNumber", "people.already_there");
      }
    }
    if (login !== null) {
      const account = accounts.get(login);
      if (account === undefined) add(one, "login", "people.unknown_login");
      else if (isTaken(account.personId, taken, login, personId)) {
        add(one, "login", "people.login_taken");
      }
    }
  }
};

const checkPosts = async (
  trx: Trx,
  ctx: Ctx,
  checked: readonly Checked[],
  known: ReadonlyMap<string, KnownPerson>,
): Promise<void> => {
  const { countyCode } = ctx.county;
  const appointed = checked.flatMap((one) =>
    one.person.post === null ? [] : [{ one, ...one.person.post, personId: one.person.personId }],
  );
  if (appointed.length === 0) return;
  const codes = appointed.map(({ postCode }) => postCode);
  const posts = await lockPosts(trx, countyCode, codes);
  const people = appointed.map(({ personId }) => personId);
  const tenures = await selectTenures(trx, countyCode, codes, people);
  const maxPostsPerPerson = await selectMaxPosts(trx, countyCode);
  const byPost = Map.groupBy(tenures, ({ postCode }) => postCode);
  const byPerson = Map.groupBy(tenures, ({ personId }) => personId);
  const blocked = await selectBlockedByNotice(trx, countyCode, appointed, ctx.clock.now());
  const isBlocked = new Set(blocked.map(({ postCode, personId }) => `${postCode} ${personId}`));
  for (const { one, postCode, personId, appointmentId, beginsOn } of appointed) {
    const post = posts.get(postCode);
    if (post === undefined) {
      add(one, "postCode", "posts.not_found");
      continue;
    }
    if (!isWithin(post.gridCode, ctx.actor.scopeCode)) {
      add(one, "postCode", "posts.outside_scope");
      continue;
    }
    const ofPost = byPost.get(postCode) ?? [];
    const ofPerson = byPerson.get(personId) ?? [];
    // Already so: bringing the table in again appoints nobody twice.
    if (ofPost.some((held) => held.personId === personId && isHeldOn(held, beginsOn))) continue;
    const tenure = { beginsOn, endsOn: null };
    const leftOn = known.get(personId)?.leftOn ?? null;
    const facts = { post, ofPost, ofPerson, leftOn, maxPostsPerPerson };
    const refused = checkAppointment(tenure, facts);
    if (refused !== null) {
      add(one, "postCode", refused.refused.code, refused.refused.params);
    } else if (isBlocked.has(`${postCode} ${personId}`)) {
      add(one, "postCode", "posts.objection_open");
    } else {
      const held = { ...tenure, appointmentId, postCode, personId };
      byPost.set(postCode, [...ofPost, held]);
      byPerson.set(personId, [...ofPerson, held]);
    }
  }
};

/** People as something that tables are brought into, each with the post to be held, if any. */
export const peopleTarget = (dataKey: Uint8Array): ImportTarget => ({
  lock: async (trx, ctx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtext('people'),
      hashtext(${ctx.county.countyCode}))`.execute(trx);
  },
  // No two of them may have one ID number, one account or one post.
  checksWholeTable: true,
  check: async (trx, ctx, rows) => {
    const { countyCode } = ctx.county;
    const today = todayOf(ctx);
    const checked = rows
      .filter(({ problems }) => problems.length === 0)
      .map((row) => ({ row, person: readPerson(row.values, countyCode, today) }));
    const ids = checked.map(({ person }) => person.personId);
    const known = await selectKnownPeople(trx, countyCode, ids);
    await checkWho(trx, ctx, dataKey, checked, known);
    const whole = checked.filter(({ row }) => row.problems.length === 0);
    await checkPosts(trx, ctx, whole, known);
  },
  write: async (trx, ctx, rows, { given, onProgress }) => {
    const { countyCode } = ctx.county;
    const today = todayOf(ctx);
    return writeInParts(rows, ROWS_AT_ONCE, onProgress, (part) => {
      const people = part.map((values) => readPerson(values, countyCode, today));
      return writePeople(trx, ctx, dataKey, people, given);
    });
  },
  withheld: ["phone", "idNumber"],
  page: async (ctx, cursor, limit) => {
    const page = await listPeople(ctx, dataKey, { cursor, limit });
    return {
      nextCursor: page.nextCursor,
      rows: page.people.map(({ personId, name, gridCode, login, posts }) => ({
        code: codeOfPerson(personId),
        personName: name,
        gridCode,
        login,
        postCode: posts[0]?.postCode ?? null,
        beginsOn: posts[0]?.beginsOn ?? null,
      })),
    };
  },
});
