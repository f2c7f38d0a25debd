import { MACHINE_PERMISSIONS, type Permission, type Refusal } from "@onegrid/contract";
import type { FastifyRequest } from "fastify";
import { systemActor, todayOf, type CountyContext } from "../../../platform/context.ts";
import { inScope } from "../../../platform/database.ts";
import { ProblemError } from "../../../platform/problems.ts";
import type { Services } from "../../../platform/services.ts";
import { notPermitted, permits } from "../../access/index.ts";
import { audit } from "../../audit/index.ts";
import { addressKey } from "../address.ts";
import { keyRefused, peopleOnly } from "../problems.ts";
import { takeTurn } from "../request-limits.ts";
import { useApiKey, type FoundKey } from "./api-key-store.ts";

/** A machine that keeps asking for what it may not is written down once a minute for each reason. */
const RECORDED_AGAIN_MS = 60_000;
const REMEMBERED = 5_000;

/** When which failure was written to the audit log last; one for each running server. */
export class RecordedFailures {
  readonly #lastMs = new Map<string, number>();

  /** Whether this failure is to be written down now. */
  isDue(failure: string, nowMs: number): boolean {
    const last = this.#lastMs.get(failure);
    if (last !== undefined && nowMs - last < RECORDED_AGAIN_MS) return false;
    this.#lastMs.delete(failure);
    this.#lastMs.set(failure, nowMs);
    for (const oldest of this.#lastMs.keys()) {
      if (this.#lastMs.size <= REMEMBERED) break;
      this.#lastMs.delete(oldest);
    }
    return true;
  }
}

type Deps = Omit<Services, "gate"> & { failures: RecordedFailures };

const judge = (key: FoundKey | null, permission: Permission, now: Date): Refusal | null => {
  if (key === null) return keyRefused("unknown");
  if (key.isRevoked) return keyRefused("revoked");
  if (key.expiresAt <= now) return keyRefused("expired");
  if (permission === "public") return null;
  const machine = MACHINE_PERMISSIONS.find((one) => one === permission);
  if (machine === undefined) return peopleOnly;
  const isAllowed = key.permissions.includes(machine) && permits(key.role, machine);
  return isAllowed ? null : notPermitted(permission);
};

/**
 * The machine behind a key that may do what it asks for. Its requests are counted for the key, a
 * stranger's for the address. Throws `request.too_many`, `identity.key_refused`,
 * `identity.people_only`, `access.not_permitted`; each is in the audit log.
 */
export const admitKey = async (
  { config, database, clock, jobs, failures }: Deps,
  request: FastifyRequest,
  county: CountyContext,
  bearer: string,
  permission: Permission,
): Promise<FoundKey> => {
  const { countyCode } = county;
  const now = clock.now();
  const key = await useApiKey(database.db, countyCode, bearer, now, todayOf({ clock, county }));
  const refusal = judge(key, permission, now);
  const isLiving = key !== null && refusal?.code !== "identity.key_refused";
  await takeTurn(
    config,
    request,
    isLiving
      ? { kind: "key", keyId: key.keyId, requestsPerMinute: key.requestsPerMinute }
      : { kind: "anonymous change" },
  );
  if (key !== null && refusal === null) return key;
  const refused = refusal ?? keyRefused("unknown");
  const { code, params } = refused;
  const detail = { code, permission, ...(params as Record<string, string> | undefined) };
  const subject = key?.keyId ?? null;
  const who = subject ?? addressKey(request.ip);
  if (failures.isDue(JSON.stringify([countyCode, who, detail]), now.getTime())) {
    const actor = systemActor(countyCode);
    const ctx = { db: database.db, clock, jobs, county, actor, requestId: request.id };
    await inScope(database.db, { countyCode, scopeCode: "", unitCode: "" }, (trx) =>
      audit(trx, ctx, {
        action: "api_key.use",
        outcome: "refused",
        subject,
        accountId: subject,
        address: request.ip,
        detail,
      }),
    );
  }
  throw new ProblemError(refused);
};
