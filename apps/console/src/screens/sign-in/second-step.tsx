import { ApiProblem } from "@onegrid/client";
import { z } from "zod";
import { useTranslation } from "react-i18next";
import { lazy, Suspense } from "react";

const TotpPicture = lazy(() =>
  import("../account/totp-setup.tsx").then((module) => ({ default: module.TotpPicture })),
);

const Offer = z.object({ secret: z.string(), uri: z.string(), enrolment: z.string() });

/** What the server asks for after the right password. */
export type Step = { kind: "code" } | ({ kind: "enrol" } & z.infer<typeof Offer>);

/** The next step that a refusal asks for; undefined for any other refusal. */
export const stepOf = (error: unknown): Step | undefined => {
  if (!(error instanceof ApiProblem)) return undefined;
  const { code, params } = error.problem;
  if (code === "identity.code_required") return { kind: "code" };
  if (code !== "identity.enrolment_required") return undefined;
  const offer = Offer.safeParse(params);
  return offer.success ? { kind: "enrol", ...offer.data } : undefined;
};

/** Asks for the authenticator's code; shows what to scan where there is none yet. */
export const SecondStep = ({ step }: { step: Step }) => {
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
      {step.kind === "code" && <p className="sign-in-hint">{t("session>codeHint")}</p>}
    </>
  );
};
