import type { Account, CaseAction, CaseDetail, CommandDetails } from "@onegrid/contract";
import { useState } from "react";
import type { TakenPhoto } from "../outbox/enqueue.ts";
import { PhotoTaker } from "../photos/photo-taker.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Phrases } from "../ui/phrases.tsx";
import { useWords } from "../words.ts";
import { beginWith, detailsOf, missingOf, type DetailValues } from "./details.ts";
import { DetailsFields } from "./details-fields.tsx";

/** Actions whose evidence is a photo. */
const WITH_PHOTOS: readonly CaseAction[] = [
  "feed_back",
  "verify",
  "rework",
  "self_handle",
  "return",
  "checked",
  "finish_sub_task",
  "answer_supervision",
  "arrive",
];
const REASONS: readonly CaseAction[] = [
  "return",
  "escalate",
  "rework",
  "refuse",
  "ask_extension",
  "ask_suspension",
  "ask_appeal",
  "void",
  "call_whistle",
];
const NOTE_LONGEST = 1000;

/** Ready-made words fit the result: what cannot be done has others than what was done. */
const phrasesOf = (action: CaseAction, values: DetailValues): string =>
  action === "feed_back" && values["result"] !== "done"
    ? `feed_back_${String(values["result"])}`
    : action;

/** What the worker gives with an action. */
export type Given = {
  note: string | null;
  details: CommandDetails | null;
  photos: TakenPhoto[];
};

type ActionSheetProps = {
  account: Account;
  detail: CaseDetail;
  allowed: CaseDetail["allowed"][number];
  onClose: () => void;
  onSubmit: (given: Given) => Promise<void>;
};

/**
 * Words, photos and details that go with an action, whichever it is; ready-made phrases spare the
 * typing.
 */
export const ActionSheet = ({ account, detail, allowed, onClose, onSubmit }: ActionSheetProps) => {
  const { t } = useWords();
  const { action, noteRequired: isNoteRequired } = allowed;
  const [values, setValues] = useState<DetailValues>(() => beginWith(action, allowed));
  const [missing, setMissing] = useState<readonly string[]>([]);
  const [note, setNote] = useState("");
  const [photos, setPhotos] = useState<TakenPhoto[]>([]);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const label = REASONS.includes(action)
    ? t("task>reason")
    : t(action === "feed_back" || action === "self_handle" ? "task>result" : "task>note");

  const submit = async () => {
    const words = note.trim();
    const lacking = missingOf(action, values);
    setMissing(lacking);
    if (isNoteRequired && words === "") {
      setError(t("task>needNote"));
      return;
    }
    if (lacking.length > 0) return;
    setBusy(true);
    const given = { note: words === "" ? null : words, details: detailsOf(action, values), photos };
    await onSubmit(given).finally(() => setBusy(false));
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
      <DetailsFields
        account={account}
        detail={detail}
        allowed={allowed}
        values={values}
        missing={missing}
        onChange={setValues}
      />
      <Phrases of={phrasesOf(action, values)} onPick={setNote} />
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
