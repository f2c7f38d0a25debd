import { ApiProblem } from "@onegrid/client";
import { z } from "zod";
import { useTranslation } from "react-i18next";
import { lazy, Suspense } from "react";

const TotpPicture = lazy(() =>
  import("../account/totp-setup.tsx").then((module) => ({ default: module.TotpPicture })),
);

const Offer = z.object({ secret: z.string(), uri: z.string(), enrolment: z.string() });

/** An authenticator is set up; the number, masked, that a code can be sent to. */
const Ways = z.object({ totp: z.boolean(), sms: z.string().nullable() });

/** What the server asks for after the right password. */
export type Step =
  | ({ kind: "code" } & z.infer<typeof Ways>)
  | ({ kind: "enrol" } & z.infer<typeof Offer>);

/** The next step that a refusal asks for; undefined for any other refusal. */
export const stepOf = (error: unknown): Step | undefined => {
  if (!(error instanceof ApiProblem)) return undefined;
  const { code, params } = error.problem;
  if (code === "identity.code_required") {
    const ways = Ways.safeParse(params);
    return { kind: "code", ...(ways.success ? ways.data : { totp: true, sms: null }) };
  }
  if (code !== "identity.enrolment_required") return undefined;
  const offer = Offer.safeParse(params);
  return offer.success ? { kind: "enrol", ...offer.data } : undefined;
};

const hintOf = ({ totp, sms }: z.infer<typeof Ways>): string => {
  if (totp) return "session>codeHint";
  return sms === null ? "session>recoveryHint" : "session>codeHintNoApp";
};

type Props = {
  step: Step;
  /** Sends a code to the phone that was set up. */
  sending: { send(): void; isBusy: boolean; isSent: boolean };
};

/**
 * Asks for a code of the authenticator, by SMS, or a recovery code; shows what to scan where there is
 * none yet.
 */
export const SecondStep = ({ step, sending }: Props) => {
  const { t } = useTranslation();
  return (
    <>
      {step.kind === "enrol" && (
        <Suspense>
          <p>{t("factor>required")}</p>
          <TotpPicture {...step} />
        </Suspense>
      )}
      <label>
        {t("session>code")}
        <input
          name="code"
          autoComplete="one-time-code"
          required
          maxLength={20}
          autoCapitalize="none"
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the step was asked for by the person
          autoFocus
        />
      </label>
      {step.kind === "code" && <p className="sign-in-hint">{t(hintOf(step))}</p>}
      {step.kind === "code" && step.sms !== null && (
        <>
          <button
            type="button"
            className="sign-in-passkey"
            disabled={sending.isBusy}
            onClick={sending.send}
          >
            {t("session>sendCode", { phone: step.sms })}
          </button>
          {sending.isSent && (
            <output className="sign-in-hint">{t("session>codeSent", { phone: step.sms })}</output>
          )}
        </>
      )}
    </>
  );
};
