import { useState } from "react";
import { applyTextSize, chosenTextSize, LANGUAGES, TEXT_SIZES } from "../preferences.ts";
import { speak, useWords } from "../words.ts";

/** Language and size of the text, remembered on this phone. */
export const Settings = () => {
  const { t, language } = useWords();
  const [textSize, setTextSize] = useState(chosenTextSize);
  return (
    <section className="card">
      <fieldset className="choose">
        <legend>{t("me>language")}</legend>
        {LANGUAGES.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="language"
              checked={each === language}
              onChange={() => void speak(each)}
            />
            <span lang={each}>{t(`me>languages>${each}`)}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className="choose">
        <legend>{t("me>textSize")}</legend>
        {TEXT_SIZES.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name="text-size"
              checked={each === textSize}
              onChange={() => {
                applyTextSize(each);
                setTextSize(each);
              }}
            />
            <span>{t(`me>textSizes>${each}`)}</span>
          </label>
        ))}
      </fieldset>
    </section>
  );
};
