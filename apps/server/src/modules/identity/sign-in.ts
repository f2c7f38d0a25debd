import { setTimeout as pause } from "node:timers/promises";
import type { Ctx } from "../../platform/context.ts";
import { scopeOf } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import { readNamedAccount, type NamedAccount } from "./account-queries.ts";
import { claimTry, clearTries, lockCredentials, type Credentials } from "./account-store.ts";
import { addressKey } from "./address.ts";
import { knownDevice } from "./known-device.ts";
import { ACCOUNT_RULE, ADDRESS_RULE, FailureMemory } from "./lockout.ts";
import { verifyPassword } from "./passwords.ts";
import { locked, wrongCredentials } from "./problems.ts";
import { endSession, insertSession, type LiveSession } from "./session-store.ts";

/** A refusal takes at least this long, whatever its cause, so that its time tells nothing. */
const REFUSAL_MS = 250;

/** What signing in remembers of tries that have no row; one for each running server. */
export type SignInMemory = Record<"addresses" | "strangers" | "devices", FailureMemory>;

export const signInMemory = (): SignInMemory => ({
  addresses: new FailureMemory(ADDRESS_RULE),
  strangers: new FailureMemory(ACCOUNT_RULE),
  devices: new FailureMemory(ACCOUNT_RULE),
});

export type SignInInput = {
  login: string;
  password: string;
  address: string;
  userAgent: string | null;
  /** The session the browser still has; it ends. */
  presentSecret: string | null;
  deviceProof: string | null;
};

export type SignedIn = Pick<LiveSession, "secret" | "csrfToken" | "expiresAt"> & {
  account: NamedAccount;
};

type Deps = { memory: SignInMemory; dataKey: Uint8Array };
type Claim = { found: Credentials | null; device: string | null };

/** Reads the account and counts the try as failed until proved right; throws `identity.locked`. */
const claim = async (ctx: Ctx, trx: Trx, input: SignInInput, deps: Deps): Promise<Claim> => {
  const { countyCode } = ctx.county;
  const nowMs = ctx.clock.now().getTime();
  const found = await lockCredentials(trx, countyCode, input.login);
  const refuse = (seconds: number) => {
    if (seconds > 0) throw new ProblemError(locked(seconds));
  };
  if (found === null) {
    // A login nobody has locks like any other, so that the lock does not tell who exists.
    refuse(deps.memory.strangers.claim(`${countyCode}/${input.login}`, nowMs));
    return { found: null, device: null };
  }
  const device = knownDevice(deps.dataKey, countyCode, found.accountId, input.deviceProof);
  if (device !== null) {
    refuse(deps.memory.devices.claim(device, nowMs));
    return { found, device };
  }
  refuse(((found.lockedUntil?.getTime() ?? 0) - nowMs) / 1000);
  await claimTry(trx, countyCode, found.accountId, ctx.clock.now());
  return { found, device: null };
};

const open = (ctx: Ctx, input: SignInInput, accountId: string): Promise<SignedIn> =>
  inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const { countyCode } = ctx.county;
    await clearTries(trx, countyCode, accountId);
    if (input.presentSecret !== null) await endSession(trx, countyCode, input.presentSecret);
    const now = ctx.clock.now();
    const session = await insertSession(trx, countyCode, accountId, input.userAgent, now);
    const { address } = input;
    await audit(trx, ctx, { action: "session.sign_in", outcome: "done", accountId, address });
    return { ...session, account: await readNamedAccount(trx, countyCode, accountId) };
  });

const attempt = async (ctx: Ctx, input: SignInInput, deps: Deps): Promise<SignedIn> => {
  const address = addressKey(input.address);
  const wait = deps.memory.addresses.claim(address, ctx.clock.now().getTime());
  if (wait > 0) throw new ProblemError(locked(wait));
  const { found, device } = await inScope(ctx.db, scopeOf(ctx), (trx) =>
    claim(ctx, trx, input, deps),
  );
  const isRight = await verifyPassword(found?.passwordHash ?? null, input.password);
  if (found === null || !isRight || found.isDisabled) {
    await inScope(ctx.db, scopeOf(ctx), (trx) =>
      audit(trx, ctx, {
        action: "session.sign_in",
        outcome: "refused",
        accountId: found?.accountId ?? null,
        address: input.address,
      }),
    );
    throw new ProblemError(wrongCredentials);
  }
  deps.memory.addresses.succeed(address);
  if (device !== null) deps.memory.devices.clear(device);
  return open(ctx, input, found.accountId);
};

/**
 * Begins a session. The same answer after the same time for an unknown login, a wrong password and
 * a closed account; tries are counted before they are judged, for the account and for the address.
 * Throws `identity.wrong_credentials`, `identity.locked`.
 */
export const signIn = async (ctx: Ctx, input: SignInInput, deps: Deps): Promise<SignedIn> => {
  const begunMs = performance.now();
  try {
    return await attempt(ctx, { ...input, login: input.login.toLowerCase() }, deps);
  } catch (error) {
    if (error instanceof ProblemError) {
      await pause(Math.max(0, REFUSAL_MS - (performance.now() - begunMs)));
    }
    throw error;
  }
};
