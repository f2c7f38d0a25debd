import type { CaseAction, CaseListItem } from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { commandOf, newIntention, NO_WORDS, sendCommands } from "../../shared/commands.ts";
import { ErrorNote } from "../../shared/states.tsx";

type Props = {
  action: CaseAction;
  noteRequired: boolean;
  cases: CaseListItem[];
  onClose: (finished: boolean) => void;
};

/** Sends one action for each picked case; ids are made once, so sending again is harmless. */
const useBulk = (cases: CaseListItem[], action: CaseAction) => {
  const queries = useQueryClient();
  const [intentions] = useState(() => new Map(cases.map((c) => [c.caseId, newIntention()])));
  return useMutation({
    mutationFn: (note: string) =>
      sendCommands(
        cases.map((c) =>
          commandOf(c, action, { ...NO_WORDS, note }, intentions.get(c.caseId) ?? newIntention()),
        ),
      ),
    onSettled: () => {
      for (const key of ["case", "cases", "board"]) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    },
  });
};

/** Confirms a bulk action and shows what became of each case. */
export const BulkDialog = ({ action, noteRequired, cases, onClose }: Props) => {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const bulk = useBulk(cases, action);
  const results = bulk.data;
  const applied = results?.filter((r) => r.outcome === "applied").length ?? 0;
  const words = t(`action>${action}`);
  return (
    <Modal
      open
      title={t("bulk>confirm", { action: words, n: cases.length })}
      okText={results ? t("common>close") : words}
      onOk={() => (results ? onClose(true) : bulk.mutate(note))}
      onCancel={() => onClose(results !== undefined)}
      {...(results && { cancelButtonProps: { style: { display: "none" } } })}
      confirmLoading={bulk.isPending}
      okButtonProps={{ disabled: noteRequired && note.trim() === "" }}
      mask={{ closable: false }}
    >
      <div className="dialog-form">
        {!results && (
          <label>
            <span>{t(noteRequired ? "case>noteRequired" : "case>note")}</span>
            <Input.TextArea
              rows={3}
              maxLength={1000}
              onChange={(event) => setNote(event.target.value)}
            />
          </label>
        )}
        {bulk.error && <ErrorNote error={bulk.error} />}
        {results && (
          <output>{t("bulk>outcome", { applied, refused: results.length - applied })}</output>
        )}
        <ul className="bulk-results">
          {cases.map((c, index) => {
            const result = results?.[index];
            return (
              <li key={c.caseId}>
                <span>
                  {c.number} · {c.categoryName}
                </span>
                {result && (
                  <span className={result.outcome === "applied" ? "good" : "bad"}>
                    {result.outcome === "applied" ? t("bulk>applied") : problemWords(t, result)}
                  </span>
                )}
              </li>
            );
          })}
        </ul>
      </div>
    </Modal>
  );
};
