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
import { claimTryAtCode } from "./factors/sms-codes.ts";
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

export type SignInDeps = { memory: SignInMemory; dataKey: Uint8Array; isSmsOffered: boolean };
/** What was typed, and where it comes from. */
export type PasswordInput = Pick<SignInInput, "login" | "password" | "address" | "deviceProof">;
type Claim = { found: Credentials | null; device: string | null };

/** Reads the account and counts the try as failed until proved right; throws `identity.locked`. */
const claim = async (
  ctx: Ctx,
  trx: Trx,
  input: PasswordInput,
  deps: Pick<SignInDeps, "memory" | "dataKey">,
): Promise<Claim> => {
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

/** Takes back the try that was counted: the password was right, and no session was asked for yet. */
export const forgiveTry = async (
  ctx: Ctx,
  { address }: PasswordInput,
  { accountId, device }: { accountId: string; device: string | null },
  memory: SignInMemory,
): Promise<void> => {
  memory.addresses.succeed(addressKey(address));
  if (device !== null) return memory.devices.succeed(device);
  await inScope(ctx.db, scopeOf(ctx), (trx) => releaseTry(trx, ctx.county.countyCode, accountId));
};

/** The password is right: judges the second factor, then begins the session. */
const finish = async (
  ctx: Ctx,
  input: SignInInput,
  { accountId, role }: Credentials,
  device: string | null,
  { memory, dataKey, isSmsOffered }: SignInDeps,
): Promise<SignedIn> => {
  const scope = scopeOf(ctx);
  const claimed = input.code === undefined ? null : await claimTryAtCode(ctx, accountId);
  try {
    return await inScope(ctx.db, scope, async (trx) => {
      const owner = { accountId, role, login: input.login };
      const parts = { dataKey, isSmsOffered, claimed };
      const by = await judgeFactor(ctx, trx, parts, owner, input);
      return openSession(ctx, trx, input, accountId, by);
    });
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { code } = error.refusal;
    if (ASKS_FOR_MORE.has(code)) {
      await forgiveTry(ctx, input, { accountId, device }, memory);
      throw error;
    }
    const { address } = input;
    const detail = { code };
    const action = "session.sign_in";
    await inScope(ctx.db, scope, (trx) =>
      audit(trx, ctx, { action, outcome: "refused", accountId, address, detail }),
    );
    throw error;
  }
};

/**
 * The open account whose password it is. Tries are counted before they are judged, for the account
 * and the address. Throws `identity.wrong_credentials`, `identity.locked`.
 */
export const provePassword = async (
  ctx: Ctx,
  input: PasswordInput,
  deps: Pick<SignInDeps, "memory" | "dataKey">,
): Promise<{ found: Credentials; device: string | null }> => {
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
  return { found, device };
};

const attempt = async (ctx: Ctx, input: SignInInput, deps: SignInDeps): Promise<SignedIn> => {
  const { found, device } = await provePassword(ctx, input, deps);
  const signedIn = await finish(ctx, input, found, device, deps);
  deps.memory.addresses.succeed(addressKey(input.address));
  if (device !== null) deps.memory.devices.clear(device);
  return signedIn;
};

/** Lets a refusal take its time; what is answered is not held back. */
export const evenly = async <T>(work: () => Promise<T>): Promise<T> => {
  const begunMs = performance.now();
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) {
      await pause(Math.max(0, REFUSAL_MS - (performance.now() - begunMs)));
    }
    throw error;
  }
};

/**
 * Begins a session. The same answer after the same time for an unknown login, a wrong password and
 * a closed account. Throws `identity.wrong_credentials`, `identity.locked` and what `judgeFactor`
 * throws.
 */
export const signIn = (ctx: Ctx, input: SignInInput, deps: SignInDeps): Promise<SignedIn> =>
  evenly(() => attempt(ctx, { ...input, login: input.login.toLowerCase() }, deps));
