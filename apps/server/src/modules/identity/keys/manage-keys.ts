import {
  LONGEST_KEY_DAYS,
  type ApiKeyLine,
  type MachinePermission,
  type MachineRole,
} from "@onegrid/contract";
import { dayNumberOf, startOfDayMs } from "@onegrid/domain";
import { scopeOf, todayOf, type StaffCtx } from "../../../platform/context.ts";
import { inScope } from "../../../platform/database.ts";
import { newId } from "../../../platform/ids.ts";
import { ProblemError } from "../../../platform/problems.ts";
import { audit } from "../../audit/index.ts";
import { checkPlace } from "../account-queries.ts";
import { insertAccounts, setDisabled } from "../account-store.ts";
import { keyTerm, noSuchKey, unknownScope, wrongUnit } from "../problems.ts";
import { newApiKey } from "./api-key.ts";
import { insertApiKey, readApiKeys, setRevoked } from "./api-key-store.ts";

export type NewKey = {
  name: string;
  role: MachineRole;
  scopeCode: string;
  unitCode: string | null;
  permissions: readonly MachinePermission[];
  requestsPerMinute: number;
  /** Last day, of the county's calendar. */
  expiresOn: string;
};

/** Nobody signs in to a machine's account: no password has this hash. */
const NO_PASSWORD = "!";

export const listApiKeys = (ctx: StaffCtx): Promise<ApiKeyLine[]> =>
  inScope(ctx.db, scopeOf(ctx), (trx) => readApiKeys(trx, ctx.county.countyCode));

/**
 * Makes a key and the machine's account it acts as; the key itself is kept nowhere. Throws
 * `identity.key_term`, `.unknown_scope`, `.wrong_unit`; then nothing was stored.
 */
export const makeApiKey = async (
  ctx: StaffCtx,
  key: NewKey,
  address: string,
): Promise<{ keyId: string; key: string }> => {
  const { countyCode, timeZone } = ctx.county;
  const [today, last] = [dayNumberOf(todayOf(ctx)) ?? 0, dayNumberOf(key.expiresOn) ?? 0];
  if (last < today || last - today > LONGEST_KEY_DAYS) throw new ProblemError(keyTerm);
  if ((key.role === "department") !== (key.unitCode !== null)) throw new ProblemError(wrongUnit);
  const keyId = newId();
  const secret = newApiKey();
  const createdAt = ctx.clock.now();
  const { name, role, scopeCode, unitCode, permissions, requestsPerMinute } = key;
  await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const place = await checkPlace(trx, countyCode, scopeCode, unitCode);
    if (!place.scopeExists) throw new ProblemError(unknownScope(scopeCode));
    if (!place.unitExists) throw new ProblemError(wrongUnit);
    const login = `key-${keyId}`;
    const account = { accountId: keyId, kind: "machine", login, name, role, scopeCode } as const;
    await insertAccounts(trx, countyCode, [
      { ...account, unitCode, passwordHash: NO_PASSWORD, sample: false, createdAt },
    ]);
    await insertApiKey(trx, countyCode, {
      keyId,
      secret,
      permissions: [...new Set(permissions)],
      requestsPerMinute,
      createdAt,
      createdBy: ctx.actor.accountId,
      expiresAt: new Date(startOfDayMs(last + 1, timeZone)),
    });
    await audit(trx, ctx, {
      action: "api_key.create",
      outcome: "done",
      subject: keyId,
      address,
      detail: { role, scopeCode, permissions: permissions.join(" "), expiresOn: key.expiresOn },
    });
  });
  return { keyId, key: secret };
};

/** Revokes a key; from its next request on it opens nothing. Throws `identity.no_such_key`. */
export const revokeApiKey = (ctx: StaffCtx, keyId: string, address: string): Promise<void> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    const now = ctx.clock.now();
    if (!(await setRevoked(trx, countyCode, keyId, now))) throw new ProblemError(noSuchKey);
    await setDisabled(trx, countyCode, keyId, now);
    await audit(trx, ctx, { action: "api_key.revoke", outcome: "done", subject: keyId, address });
  });
