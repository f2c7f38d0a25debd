import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { MESSAGE_LANGUAGES } from "./feedback-words.ts";
import { PhoneNumber } from "./followers.ts";
import { RecoveryCodes } from "./own-account.ts";
import { text } from "./primitives.ts";

const Password = z.string().min(1).max(200);
const PROOF_PROBLEMS = ["identity.wrong_credentials", "identity.locked"] as const;
const SENDING_PROBLEMS = [
  "identity.sms_not_offered",
  "identity.sms_too_many",
  "identity.sms_not_sent",
] as const;

export const offerPhone = endpoint({
  name: "account.offerPhone",
  method: "POST",
  path: "/api/v1/account/sms/offer",
  permission: "signed_in",
  summary: "Send a code to a phone; it counts as second factor once the code was typed",
  body: z.strictObject({
    currentPassword: Password,
    phone: PhoneNumber,
    language: z.enum(MESSAGE_LANGUAGES),
  }),
  answer: z.object({
    /** The number, sealed for the account: nothing is stored of it yet. */
    enrolment: z.string(),
  }),
  problems: [...PROOF_PROBLEMS, ...SENDING_PROBLEMS],
});

export const setPhone = endpoint({
  name: "account.setPhone",
  method: "PUT",
  path: "/api/v1/account/sms",
  permission: "signed_in",
  summary: "Set up the phone by the code that came; answers recovery codes where there were none",
  body: z.strictObject({
    enrolment: z
      .string()
      .max(600)
      .regex(/^[A-Za-z0-9_-]+$/),
    code: text(6, 6),
  }),
  answer: RecoveryCodes,
  problems: ["identity.wrong_code"],
});

export const removePhone = endpoint({
  name: "account.removePhone",
  method: "POST",
  path: "/api/v1/account/sms/remove",
  permission: "signed_in",
  summary: "Forget the phone; no codes are sent to it any more, other sessions end",
  body: z.strictObject({ currentPassword: Password }),
  status: 204,
  answer: z.undefined(),
  problems: [...PROOF_PROBLEMS, "identity.factor_required"],
});

export const sendSignInCode = endpoint({
  name: "session.sendCode",
  method: "POST",
  path: "/api/v1/session/sms",
  permission: "public",
  summary: "Send the account's code for signing in by SMS, after its right password",
  body: z.strictObject({
    login: text(60, 1),
    password: Password,
    language: z.enum(MESSAGE_LANGUAGES),
  }),
  answer: z.object({
    /** Where it went, masked: `138****11`. */
    phone: z.string(),
  }),
  problems: [...PROOF_PROBLEMS, ...SENDING_PROBLEMS, "identity.sms_not_set_up"],
});
