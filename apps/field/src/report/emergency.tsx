import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../words.ts";

const CALLS = [
  { number: "119", word: "fire" },
  { number: "110", word: "police" },
  { number: "120", word: "medical" },
] as const;

/** Life, fire, gas, collapse: the call comes before the report. */
export const EmergencyFirst = ({ onGoOn }: { onGoOn: () => void }) => {
  const { t } = useWords();
  return (
    <Dialog
      title={t("report>emergencyTitle")}
      onClose={onGoOn}
      foot={
        <Button className="button-big" onClick={onGoOn}>
          {t("report>goOn")}
        </Button>
      }
    >
      <p className="notice notice-red">{t("emergencyCall")}</p>
      <div className="stack">
        {CALLS.map(({ number, word }) => (
          <a key={number} className="button button-danger button-big" href={`tel:${number}`}>
            <Icon name="phone" />
            <span>{t(`report>${word}`)}</span>
          </a>
        ))}
      </div>
    </Dialog>
  );
};
