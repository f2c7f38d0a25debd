import { setTimeout as pause } from "node:timers/promises";
import type { Ctx } from "../../platform/context.ts";
import { scopeOf } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import { audit } from "../audit/index.ts";
import {
  isPasswordDue,
  readLastSignIn,
  readNamedAccount,
  type LastSignIn,
  type NamedAccount,
} from "./account-queries.ts";
import {
  claimTry,
  clearTries,
  lockCredentials,
  releaseTry,
  type Credentials,
} from "./account-store.ts";
import { addressKey } from "./address.ts";
import { judgeFactor, type FactorInput } from "./factors/judge-factor.ts";
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
} & FactorInput;

export type SignedIn = Pick<LiveSession, "secret" | "csrfToken" | "expiresAt" | "passwordIsDue"> & {
  account: NamedAccount;
  /** For the notice after signing in: who sees a stranger's sign-in can tell. */
  previousSignIn: LastSignIn | null;
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

/** Begins the session of an account that has proved itself, in the transaction of the proof. */
export const openSession = async (
  ctx: Ctx,
  trx: Trx,
  input: Pick<SignInInput, "address" | "userAgent" | "presentSecret">,
  accountId: string,
  by: string,
): Promise<SignedIn> => {
  const { countyCode } = ctx.county;
  const { address, userAgent, presentSecret } = input;
  await clearTries(trx, countyCode, accountId);
  if (presentSecret !== null) await endSession(trx, countyCode, presentSecret);
  const previousSignIn = await readLastSignIn(trx, countyCode, accountId);
  const now = ctx.clock.now();
  const byPassword = by !== "oidc";
  const from = { userAgent, address, byPassword };
  const session = await insertSession(trx, countyCode, accountId, from, now);
  const detail = { by };
  await audit(trx, ctx, { action: "session.sign_in", outcome: "done", accountId, address, detail });
  const account = await readNamedAccount(trx, countyCode, accountId);
  const passwordIsDue = byPassword && (await isPasswordDue(trx, countyCode, accountId, now));
  return { ...session, account, previousSignIn, passwordIsDue };
};

/** Of what a browser is asked for next, and no failure. */
const ASKS_FOR_MORE = new Set(["identity.code_required", "identity.enrolment_required"]);

/** The password is right: judges the second factor, then begins the session. */
const finish = async (
  ctx: Ctx,
  input: SignInInput,
  { accountId, role }: Credentials,
  device: string | null,
  { memory, dataKey }: Deps,
): Promise<SignedIn> => {
  const scope = scopeOf(ctx);
  const { countyCode } = ctx.county;
  try {
    return await inScope(ctx.db, scope, async (trx) => {
      const owner = { accountId, role, login: input.login };
      const by = await judgeFactor(ctx, trx, dataKey, owner, input);
      return openSession(ctx, trx, input, accountId, by);
    });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code } = error.refusal;
    const asksForMore = ASKS_FOR_MORE.has(code);
    if (asksForMore) memory.addresses.succeed(addressKey(input.address));
    if (asksForMore && device !== null) memory.devices.succeed(device);
    await inScope(ctx.db, scope, async (trx) => {
      if (asksForMore && device === null) await releaseTry(trx, countyCode, accountId);
      if (asksForMore) return;
      const { address } = input;
      const detail = { code };
      await audit(trx, ctx, {
        action: "session.sign_in",
        outcome: "refused",
        accountId,
        address,
        detail,
      });
    });
    throw error;
  }
};

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
  const signedIn = await finish(ctx, input, found, device, deps);
  deps.memory.addresses.succeed(address);
  if (device !== null) deps.memory.devices.clear(device);
  return signedIn;
};

/**
 * Begins a session. The same answer after the same time for an unknown login, a wrong password and
 * a closed account; tries are counted before they are judged, for the account and for the address.
 * Throws `identity.wrong_credentials`, `identity.locked` and what `judgeFactor` throws.
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
