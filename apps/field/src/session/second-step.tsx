import { Field } from "../ui/field.tsx";
import { useWords } from "../words.ts";

/** What the server asks for after the right password. */
export type Step =
  | { kind: "code" }
  | { kind: "enrol"; secret: string; uri: string; enrolment: string };

type Refusal = { problem: { code: string; params?: Record<string, unknown> } };

const isRefusal = (cause: unknown): cause is Refusal =>
  typeof cause === "object" && cause !== null && "problem" in cause;

/** The next step that a refusal asks for; undefined for any other. */
export const stepOf = (cause: unknown): Step | undefined => {
  if (!isRefusal(cause)) return undefined;
  const { code, params = {} } = cause.problem;
  if (code === "identity.code_required") return { kind: "code" };
  const { secret, uri, enrolment } = params;
  const isOffer =
    typeof secret === "string" && typeof uri === "string" && typeof enrolment === "string";
  return code === "identity.enrolment_required" && isOffer
    ? { kind: "enrol", secret, uri, enrolment }
    : undefined;
};

/**
 * Asks for the authenticator's code. Where there is none yet: a phone cannot scan its own screen,
 * so the authenticator on it is opened by a link, or the secret is typed into another one.
 */
export const SecondStep = ({ step }: { step: Step }) => {
  const { t } = useWords();
  return (
    <>
      {step.kind === "enrol" && (
        <div className="notice">
          <p>{t("signIn>enrol")}</p>
          <a className="button button-secondary" href={step.uri}>
            <span>{t("signIn>openAuthenticator")}</span>
          </a>
          <p>
            {t("signIn>secret")}{" "}
            <code className="secret">{step.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>
          </p>
          <p className="weak">{t("signIn>noRecovery")}</p>
        </div>
      )}
      <Field
        label={t("signIn>code")}
        hint={step.kind === "code" ? t("signIn>codeHint") : undefined}
      >
        {(attributes) => (
          <input
            {...attributes}
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            maxLength={20}
            required
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the step was asked for by the person
            autoFocus
          />
        )}
      </Field>
    </>
  );
};
