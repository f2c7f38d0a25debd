import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words.ts";

/** The server's rule, told before it refuses. */
const MIN_LENGTH = 10;

/** A password of one's own, for one that was given or has run out. */
export const NewPassword = ({ error, isBusy }: { error: string | undefined; isBusy: boolean }) => {
  const { t } = useWords();
  const [isShown, setShown] = useState(false);
  return (
    <>
      <p className="notice">{t("signIn>due")}</p>
      <Field label={t("signIn>newPassword", { n: MIN_LENGTH })}>
        {(attributes) => (
          <input
            {...attributes}
            name="newPassword"
            type={isShown ? "text" : "password"}
            autoComplete="new-password"
            minLength={MIN_LENGTH}
            maxLength={200}
            required
          />
        )}
      </Field>
      <Button look="quiet" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        {t(isShown ? "signIn>hide" : "signIn>show")}
      </Button>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      <Button type="submit" look="primary" className="button-block" isBusy={isBusy}>
        {t("signIn>renew")}
      </Button>
    </>
  );
};
