import { useId, type ReactNode } from "react";
import { useWords } from "../words.ts";

type FieldProps = {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  isOptional?: boolean;
  children: (attributes: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": boolean;
  }) => ReactNode;
};

/** A label, its control, a hint and an error that is read out with the control. */
export const Field = ({ label, hint, error, isOptional = false, children }: FieldProps) => {
  const { t } = useWords();
  const id = useId();
  const said = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {isOptional && <span className="weak"> · {t("app>optional")}</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="weak">
          {hint}
        </p>
      )}
      {children({
        id,
        "aria-describedby": said === "" ? undefined : said,
        "aria-invalid": error !== undefined,
      })}
      {error && (
        <p id={`${id}-error`} className="error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
};
