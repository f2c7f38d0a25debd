import type { AccountRole } from "@onegrid/contract";
import type { Ctx } from "../../platform/context.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createAccount } from "./create-account.ts";
import { listAccounts } from "./manage-accounts.ts";
import { newOneTimePassword } from "./one-time-password.ts";
import { defaultLogin, loginTaken } from "./problems.ts";

/** 三员: what one of the three may do, the others may not. */
export const ADMINISTRATOR_ROLES = [
  "system_administrator",
  "security_administrator",
  "audit_administrator",
] as const satisfies readonly AccountRole[];
export type AdministratorRole = (typeof ADMINISTRATOR_ROLES)[number];

/** Names every attacker tries first (GB/T 22239: default accounts are renamed). */
const DEFAULT_LOGIN =
  /^(admin|administrator|root|system|sysadmin|sys|security|secadmin|audit|auditor|auditadmin|test|guest|user|onegrid|sa)[-_.]?\d{0,4}$/;

export type Person = { login: string; name: string };
export type MadeAdministrator = Person & { role: AdministratorRole; password: string };

type Listed = Awaited<ReturnType<typeof listAccounts>>;

const missingAmong = (accounts: Listed): AdministratorRole[] =>
  ADMINISTRATOR_ROLES.filter(
    (wanted) =>
      !accounts.some(
        ({ role, sample, disabledAt }) => role === wanted && !sample && disabledAt === null,
      ),
  );

/** Which of the three have no open account of a real person in this county. */
export const missingAdministrators = async (ctx: Ctx): Promise<AdministratorRole[]> =>
  missingAmong(await listAccounts(ctx));

/**
 * Makes the accounts of those of the three administrators that are missing, for the whole county,
 * each with a random password that is told in the answer only. Throws `identity.default_login` for a
 * login that everybody guesses and `identity.login_taken`; then none was made.
 */
export const setUpAdministrators = async (
  ctx: Ctx,
  people: ReadonlyMap<AdministratorRole, Person>,
): Promise<MadeAdministrator[]> => {
  const accounts = await listAccounts(ctx);
  const taken = new Set(accounts.map(({ login }) => login));
  for (const { login } of people.values()) {
    const key = login.trim().toLowerCase();
    if (DEFAULT_LOGIN.test(key)) throw new ProblemError(defaultLogin(key));
    if (taken.has(key)) throw new ProblemError(loginTaken(key));
    taken.add(key);
  }
  const made: MadeAdministrator[] = [];
  for (const role of missingAmong(accounts)) {
    const person = people.get(role);
    if (person === undefined) continue;
    const password = newOneTimePassword();
    const scopeCode = ctx.county.countyCode;
    await createAccount(ctx, { ...person, role, scopeCode, unitCode: null, password });
    made.push({ ...person, role, password });
  }
  return made;
};
