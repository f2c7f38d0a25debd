import { useId } from "react";

type Props<Value extends string> = {
  words: string;
  options: readonly { value: Value; words: string }[];
  value: Value | null;
  onChange: (value: Value) => void;
};

/** One of a few, all in sight. */
export const Choice = <Value extends string>({ words, options, value, onChange }: Props<Value>) => {
  const name = useId();
  return (
    <fieldset className="choice">
      <legend>{words}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.words}
        </label>
      ))}
    </fieldset>
  );
};
