import { useId } from "react";

type Options = readonly (readonly [value: string, words: string])[];
type ChooseProps = {
  label: string;
  error: string | undefined;
  options: Options;
  value: string;
  onChange: (value: string) => void;
};

/** One of a few, each a thumb wide. */
export const Choose = ({ label, error, options, value, onChange }: ChooseProps) => {
  const name = useId();
  return (
    <fieldset className="choose" aria-describedby={error ? `${name}-error` : undefined}>
      <legend>{label}</legend>
      {options.map(([key, words]) => (
        <label key={key}>
          <input type="radio" name={name} checked={key === value} onChange={() => onChange(key)} />
          <span>{words}</span>
        </label>
      ))}
      {error && (
        <p id={`${name}-error`} className="error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
};

type ManyProps = Omit<ChooseProps, "value" | "onChange"> & {
  values: readonly string[];
  onChange: (values: string[]) => void;
};

/** Any of several. */
export const ChooseMany = ({ label, error, options, values, onChange }: ManyProps) => (
  <fieldset className="choose">
    <legend>{label}</legend>
    {options.map(([key, words]) => (
      <label key={key}>
        <input
          type="checkbox"
          checked={values.includes(key)}
          onChange={(event) =>
            onChange(event.target.checked ? [...values, key] : values.filter((v) => v !== key))
          }
        />
        <span>{words}</span>
      </label>
    ))}
    {error && (
      <p className="error" role="alert">
        {error}
      </p>
    )}
  </fieldset>
);
