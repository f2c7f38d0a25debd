import type { AccountRole } from "@onegrid/contract";
import { sql } from "kysely";
import type { Db, Trx } from "../../platform/database.ts";
import { groupingOf } from "../../platform/grouping.ts";
import { newSecret, secretHash } from "./session-cookie.ts";

/** A session lives this long at most, however busy. */
export const ABSOLUTE_HOURS = 12;
/** Unless configured otherwise, a session ends after so long without a request. */
export const IDLE_MINUTES = 30;

/** Who a session stands for. */
export type LiveSession = {
  secret: string;
  accountId: string;
  login: string;
  name: string;
  role: AccountRole;
  scopeCode: string;
  unitCode: string | null;
  csrfToken: string;
  expiresAt: Date;
  /** The password was given by somebody else or has run out: nothing else before it is changed. */
  passwordIsDue: boolean;
};

type SessionRow = {
  session_hash: Buffer;
  account_id: string;
  login: string;
  name: string;
  role: AccountRole;
  scope_code: string;
  unit_code: string | null;
  csrf_token: string;
  expires_at: Date;
  password_is_due: boolean;
};

/** One secret with the moment of its request. */
type Asked = { secret: string; hash: Buffer; now: Date };

const findSessions = async (
  db: Db,
  countyCode: string,
  idleMinutes: number,
  asked: readonly Asked[],
): Promise<({ session: LiveSession | null } | Error)[]> => {
  const hashes = asked.map(({ hash }) => hash);
  const now = new Date(Math.max(...asked.map((one) => one.now.getTime())));
  const { rows } = await sql<SessionRow>`
    SELECT * FROM onegrid.use_sessions(${countyCode}, ${hashes}::bytea[], ${now},
                                       make_interval(mins => ${idleMinutes}))`.execute(db);
  const found = new Map(rows.map((row) => [row.session_hash.toString("hex"), row]));
  return asked.map(({ secret, hash }) => {
    const row = found.get(hash.toString("hex"));
    if (row === undefined) return { session: null };
    return {
      session: {
        secret,
        accountId: row.account_id,
        login: row.login,
        name: row.name,
        role: row.role,
        scopeCode: row.scope_code,
        unitCode: row.unit_code,
        csrfToken: row.csrf_token,
        expiresAt: row.expires_at,
        passwordIsDue: row.password_is_due,
      },
    };
  });
};

/**
 * The living session of a secret, or null; also slides the idle limit (migration 0014). Requests
 * that arrive together are looked up together. A disabled account has none.
 */
export const useSession = async (
  db: Db,
  countyCode: string,
  secret: string,
  now: Date,
  idleMinutes: number,
): Promise<LiveSession | null> => {
  const { session } = await groupingOf<Asked, { session: LiveSession | null }>(
    db,
    `sessions:${countyCode}:${idleMinutes}`,
    () => ({
      inFlight: 2,
      size: 500,
      run: (asked) => findSessions(db, countyCode, idleMinutes, asked),
    }),
  ).take({ secret, hash: secretHash(secret), now });
  return session;
};

/** Begins a session with a secret and a CSRF token of its own; never one that a client brought. */
export const insertSession = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  from: { userAgent: string | null; address: string | null; byPassword: boolean },
  now: Date,
): Promise<Pick<LiveSession, "secret" | "csrfToken" | "expiresAt">> => {
  const secret = newSecret();
  const csrfToken = newSecret();
  const expiresAt = new Date(now.getTime() + ABSOLUTE_HOURS * 3_600_000);
  await sql`
    INSERT INTO session (county_code, session_hash, account_id, csrf_token, user_agent, address,
                         by_password, created_at, last_seen_at, expires_at)
    VALUES (${countyCode}, ${secretHash(secret)}, ${accountId}, ${csrfToken},
            ${from.userAgent?.slice(0, 200) ?? null}, ${from.address}::inet, ${from.byPassword}, ${now}, ${now}, ${expiresAt})`.execute(
    trx,
  );
  return { secret, csrfToken, expiresAt };
};

/** Ends one session; ending one that is not there changes nothing. */
export const endSession = async (trx: Trx, countyCode: string, secret: string): Promise<void> => {
  await sql`DELETE FROM session
    WHERE county_code = ${countyCode} AND session_hash = ${secretHash(secret)}`.execute(trx);
};

/**
 * Gives the session another secret and ends every other one of the account. The CSRF token stays,
 * as it is worth nothing without the cookie and the open page goes on using it.
 */
export const rotateAndEndOthers = async (
  trx: Trx,
  countyCode: string,
  session: Pick<LiveSession, "accountId" | "secret">,
): Promise<string> => {
  const secret = newSecret();
  await sql`UPDATE session SET session_hash = ${secretHash(secret)}
    WHERE county_code = ${countyCode} AND session_hash = ${secretHash(session.secret)}`.execute(
    trx,
  );
  await sql`DELETE FROM session
    WHERE county_code = ${countyCode} AND account_id = ${session.accountId}
      AND session_hash <> ${secretHash(secret)}`.execute(trx);
  return secret;
};

/** Ends every session of an account. */
export const endSessionsOf = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
): Promise<void> => {
  await sql`DELETE FROM session
    WHERE county_code = ${countyCode} AND account_id = ${accountId}`.execute(trx);
};

/** Removes the rows of sessions past their absolute end. */
export const deleteExpiredSessions = async (
  trx: Trx,
  countyCode: string,
  now: Date,
): Promise<void> => {
  await sql`DELETE FROM session
    WHERE county_code = ${countyCode} AND expires_at <= ${now}`.execute(trx);
};

/** A session as its owner and the security administrator see it. */
export type SessionLine = {
  sessionId: string;
  userAgent: string | null;
  address: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  isPresent: boolean;
};

/** The sessions of an account, the one used last first; `presentSecret` marks one's own. */
export const readSessionsOf = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  presentSecret: string | null,
  now: Date,
): Promise<SessionLine[]> => {
  const present = presentSecret === null ? null : secretHash(presentSecret);
  const { rows } = await sql<SessionLine>`
    SELECT session_id AS "sessionId", user_agent AS "userAgent", host(address) AS address,
           created_at AS "createdAt", last_seen_at AS "lastSeenAt",
           session_hash IS NOT DISTINCT FROM ${present}::bytea AS "isPresent"
      FROM session
     WHERE county_code = ${countyCode} AND account_id = ${accountId} AND expires_at > ${now}
     ORDER BY last_seen_at DESC`.execute(trx);
  return rows;
};

/** Ends one session of an account by its id; whether there was one. */
export const endSessionById = async (
  trx: Trx,
  countyCode: string,
  accountId: string,
  sessionId: string,
): Promise<boolean> => {
  const { numAffectedRows } = await sql`DELETE FROM session
    WHERE county_code = ${countyCode} AND account_id = ${accountId}
      AND session_id = ${sessionId}`.execute(trx);
  return numAffectedRows === 1n;
};
