import type { CaseAction } from "@onegrid/contract";
import { useState } from "react";
import type { TakenPhoto } from "../outbox/enqueue.ts";
import { PhotoTaker } from "../photos/photo-taker.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Phrases } from "../ui/phrases.tsx";
import { useWords } from "../words.ts";

/** Actions whose evidence is a photo. */
const WITH_PHOTOS: readonly CaseAction[] = [
  "feed_back",
  "verify",
  "rework",
  "self_handle",
  "return",
];
const REASONS: readonly CaseAction[] = ["return", "escalate", "rework", "refuse"];
const NOTE_LONGEST = 1000;

type ActionSheetProps = {
  action: CaseAction;
  isNoteRequired: boolean;
  onClose: () => void;
  onSubmit: (note: string | null, photos: TakenPhoto[]) => Promise<void>;
};

/** Words and photos that go with an action; ready-made phrases spare the typing. */
export const ActionSheet = ({ action, isNoteRequired, onClose, onSubmit }: ActionSheetProps) => {
  const { t } = useWords();
  const [note, setNote] = useState("");
  const [photos, setPhotos] = useState<TakenPhoto[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const label = REASONS.includes(action)
    ? t("task>reason")
    : t(action === "feed_back" || action === "self_handle" ? "task>result" : "task>note");

  const submit = async () => {
    const words = note.trim();
    if (isNoteRequired && words === "") {
      setError(t("task>needNote"));
      return;
    }
    setBusy(true);
    await onSubmit(words === "" ? null : words, photos).finally(() => setBusy(false));
  };

  return (
    <Dialog
      title={t(`action>${action}`)}
      onClose={onClose}
      foot={
        <Button look="primary" className="button-big" isBusy={isBusy} onClick={() => void submit()}>
          {t("task>submit")}
        </Button>
      }
    >
      <Phrases of={action} onPick={setNote} />
      <Field label={label} isOptional={!isNoteRequired} error={error}>
        {(attributes) => (
          <textarea
            {...attributes}
            rows={3}
            maxLength={NOTE_LONGEST}
            value={note}
            onChange={(event) => {
              setNote(event.target.value);
              setError(undefined);
            }}
          />
        )}
      </Field>
      {WITH_PHOTOS.includes(action) && <PhotoTaker photos={photos} onChange={setPhotos} />}
    </Dialog>
  );
};
