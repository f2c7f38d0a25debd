import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words.ts";
import { EmergencyCalls } from "./emergency-calls.tsx";

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
      <EmergencyCalls />
    </Dialog>
  );
};
