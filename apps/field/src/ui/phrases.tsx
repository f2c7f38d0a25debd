import { useWords } from "../words.ts";

type PhrasesProps = { of: string; onPick: (words: string) => void };

/** Ready-made words for an action, one tap each. */
export const Phrases = ({ of, onPick }: PhrasesProps) => {
  const { t } = useWords();
  const found: unknown = t(`task>phrases>${of}`, { returnObjects: true, defaultValue: [] });
  const phrases = Array.isArray(found) ? found.filter((p) => typeof p === "string") : [];
  if (phrases.length === 0) return null;
  return (
    <div className="phrases">
      {phrases.map((phrase) => (
        <button key={phrase} type="button" className="chip-button" onClick={() => onPick(phrase)}>
          {phrase}
        </button>
      ))}
    </div>
  );
};
