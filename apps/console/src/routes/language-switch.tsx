import { LANGUAGES, type Language } from "@onegrid/ui";
import { useTranslation } from "react-i18next";
import { rememberLanguage } from "../platform/language.ts";

const NAMES: Record<Language, string> = { "zh-CN": "中文", en: "English" };

/** Switches the language at once and remembers it on this machine. */
export const LanguageSwitch = () => {
  const { i18n } = useTranslation();
  return (
    <span className="language-switch">
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.language === language}
          onClick={() => {
            rememberLanguage(language);
            void i18n.changeLanguage(language);
          }}
        >
          {NAMES[language]}
        </button>
      ))}
    </span>
  );
};
