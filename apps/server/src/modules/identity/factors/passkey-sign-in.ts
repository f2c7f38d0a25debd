import { scopeOf, type Ctx } from "../../../platform/context.ts";
import { inScope } from "../../../platform/database.ts";
import { ProblemError } from "../../../platform/problems.ts";
import { audit } from "../../audit/index.ts";
import { isOpenAccount } from "../account-queries.ts";
import { addressKey } from "../address.ts";
import { locked, passkeyRefused } from "../problems.ts";
import { openSession, type SignedIn, type SignInInput, type SignInMemory } from "../sign-in.ts";
import { lockPasskey, usePasskey } from "./factor-store.ts";
import { authenticated, type Place, type UsedChallenges } from "./passkeys.ts";

export type PasskeySignIn = Pick<SignInInput, "address" | "userAgent" | "presentSecret"> & {
  challenge: string;
  response: Record<string, unknown>;
};

type Deps = { memory: SignInMemory; used: UsedChallenges; dataKey: Uint8Array; place: Place };

/**
 * Begins the session of whoever holds the passkey: the device and its PIN or finger are two
 * factors, so nothing else is asked. Throws `identity.passkey_refused`, the same for an unknown
 * key, a wrong signature and a closed account, and `identity.locked`.
 */
export const signInByPasskey = async (
  ctx: Ctx,
  input: PasskeySignIn,
  { memory, used, dataKey, place }: Deps,
): Promise<SignedIn> => {
  const { countyCode } = ctx.county;
  const address = addressKey(input.address);
  const wait = memory.addresses.claim(address, ctx.clock.now().getTime());
  if (wait > 0) throw new ProblemError(locked(wait));
  const credentialId = String(input.response["id"] ?? "").slice(0, 1400);
  const signedIn = await inScope(ctx.db, scopeOf(ctx), async (trx) => {
    const passkey = await lockPasskey(trx, countyCode, credentialId);
    if (passkey === null || !(await isOpenAccount(trx, countyCode, passkey.accountId))) return null;
    const now = ctx.clock.now();
    const count = await authenticated(dataKey, place, countyCode, passkey, input, used, now);
    if (count === null) return null;
    await usePasskey(trx, countyCode, credentialId, count, now);
    return openSession(ctx, trx, input, passkey.accountId, "passkey");
  });
  if (signedIn !== null) {
    memory.addresses.succeed(address);
    return signedIn;
  }
  await inScope(ctx.db, scopeOf(ctx), (trx) =>
    audit(trx, ctx, {
      action: "session.sign_in",
      outcome: "refused",
      address: input.address,
      detail: { by: "passkey" },
    }),
  );
  throw new ProblemError(passkeyRefused);
};
