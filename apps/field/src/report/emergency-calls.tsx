import { Icon } from "../ui/icons.tsx";
import { useWords } from "../words.ts";

const CALLS = [
  { number: "119", word: "fire" },
  { number: "110", word: "police" },
  { number: "120", word: "medical" },
] as const;

/** Life, fire, gas, collapse: the numbers to call, as big as they must be. */
export const EmergencyCalls = () => {
  const { t } = useWords();
  return (
    <>
      <p className="notice notice-red">{t("emergencyCall")}</p>
      <div className="stack">
        {CALLS.map(({ number, word }) => (
          <a key={number} className="button button-danger button-big" href={`tel:${number}`}>
            <Icon name="phone" />
            <span>{t(`report>${word}`)}</span>
          </a>
        ))}
      </div>
    </>
  );
};
