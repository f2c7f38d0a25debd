import type { MessageLanguage } from "@onegrid/contract";
import { scopeOf, type Ctx } from "../../../platform/context.ts";
import { inScope } from "../../../platform/database.ts";
import { ProblemError } from "../../../platform/problems.ts";
import { audit } from "../../audit/index.ts";
import { smsNotOffered, smsNotSetUp } from "../problems.ts";
import {
  evenly,
  forgiveTry,
  provePassword,
  type PasswordInput,
  type SignInDeps,
} from "../sign-in.ts";
import { issueCode, maskedPhone, openPhone, type SendCode } from "./sms-codes.ts";
import { readPhone } from "./sms-store.ts";

type Deps = Pick<SignInDeps, "memory" | "dataKey"> & { send: SendCode | null };

/**
 * Sends the code that opens an account beside its password, to the phone that was set up; answers
 * the number, masked. A wrong password is answered, counted and slowed down like a sign-in's, and
 * sends nothing. Throws `identity.sms_not_offered`, `.sms_not_set_up`, `.sms_too_many`,
 * `.sms_not_sent` and what `provePassword` throws.
 */
export const sendSignInCode = (
  ctx: Ctx,
  typed: PasswordInput & { language: MessageLanguage },
  { memory, dataKey, send }: Deps,
): Promise<{ phone: string }> =>
  evenly(async () => {
    if (send === null) throw new ProblemError(smsNotOffered);
    const { countyCode } = ctx.county;
    const input = { ...typed, login: typed.login.toLowerCase() };
    const { found, device } = await provePassword(ctx, input, { memory, dataKey });
    const { accountId } = found;
    await forgiveTry(ctx, input, { accountId, device }, memory);
    const stored = await inScope(ctx.db, scopeOf(ctx), (trx) =>
      readPhone(trx, countyCode, accountId),
    );
    if (stored === null) throw new ProblemError(smsNotSetUp);
    const phone = openPhone(dataKey, countyCode, accountId, stored.ciphertext);
    const { language, address } = input;
    await issueCode(
      ctx,
      dataKey,
      { accountId, phone, purpose: "sign_in" },
      {
        send,
        language,
        note: (trx) =>
          audit(trx, ctx, { action: "session.send_code", outcome: "done", accountId, address }),
      },
    );
    return { phone: maskedPhone(phone) };
  });
