import { Field } from "../ui/field.tsx";
import { Phrases } from "../ui/phrases.tsx";
import { useWords } from "../words.ts";
import { Dictation } from "./dictation.tsx";
import type { ReportDraft } from "./draft.ts";

const WORDS_LONGEST = 1000;
const NOTE_LONGEST = 500;

type WordsPartProps = {
  draft: ReportDraft;
  wordsError: string | undefined;
  noteError: string | undefined;
  /** 自行处置 is for workers and heads. */
  maySolve: boolean;
  onChange: (part: Partial<ReportDraft>) => void;
};

/** What is the matter, filled in by the category; and how it was solved, if it was. */
export const WordsPart = ({ draft, wordsError, noteError, maySolve, onChange }: WordsPartProps) => {
  const { t } = useWords();
  return (
    <section id="report-words" aria-label={t("report>words")}>
      <Field label={t("report>words")} hint={t("report>wordsHint")} error={wordsError}>
        {(attributes) => (
          <textarea
            {...attributes}
            rows={2}
            maxLength={WORDS_LONGEST}
            value={draft.words}
            onChange={(event) => onChange({ words: event.target.value })}
          />
        )}
      </Field>
      <Dictation onWords={(words) => onChange({ words: `${draft.words}${words}` })} />
      {maySolve && (
        <label className="switch" htmlFor="report-solved">
          <input
            id="report-solved"
            type="checkbox"
            checked={draft.isSolved}
            onChange={(event) => onChange({ isSolved: event.target.checked })}
          />
          <span>
            {t("report>onTheSpot")}
            <span className="weak">{t("report>onTheSpotHint")}</span>
          </span>
        </label>
      )}
      {draft.isSolved && (
        <div id="report-note">
          <Phrases of="self_handle" onPick={(solvedNote) => onChange({ solvedNote })} />
          <Field label={t("report>onTheSpotNote")} error={noteError}>
            {(attributes) => (
              <textarea
                {...attributes}
                rows={2}
                maxLength={NOTE_LONGEST}
                value={draft.solvedNote}
                onChange={(event) => onChange({ solvedNote: event.target.value })}
              />
            )}
          </Field>
        </div>
      )}
    </section>
  );
};
