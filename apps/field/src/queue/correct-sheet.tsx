import type { Account } from "@onegrid/contract";
import { useState } from "react";
import { resend } from "../outbox/correct.ts";
import type { OutboxItem } from "../outbox/item.ts";
import { CategoryPicker } from "../report/category-picker.tsx";
import { useReference } from "../sync/use-reference.ts";
import { useTask } from "../tasks/use-tasks.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words.ts";
import { ServerSaid } from "./server-said.tsx";

/** Answers that mean: the phone's clock is wrong. */
const CLOCK_PROBLEMS = ["cases.captured_in_future", "cases.captured_too_early"];
/** Answers that mean: the category is not (or no longer) in the county's list. */
const CATEGORY_PROBLEMS = ["cases.unknown_category"];

/** What the worker wrote. */
export const wordsOf = (item: OutboxItem): string =>
  item.kind === "report"
    ? item.report.description
    : item.kind === "command"
      ? (item.command.note ?? "")
      : "";

type CorrectSheetProps = { account: Account; item: OutboxItem; onClose: () => void };

/** What was refused, open for correction; then it is sent again. */
export const CorrectSheet = ({ account, item, onClose }: CorrectSheetProps) => {
  const { t } = useWords();
  const reference = useReference(account.accountId);
  const task = useTask(account.accountId, item.caseId);
  const code = item.problem?.code ?? "";
  const isClock = CLOCK_PROBLEMS.includes(code);
  const [words, setWords] = useState(wordsOf(item));
  const [categoryCode, setCategoryCode] = useState(
    item.kind === "report" && !CATEGORY_PROBLEMS.includes(code) ? item.report.categoryCode : null,
  );
  const [isServerTime, setServerTime] = useState(isClock);
  const chosen = reference?.categories.find((c) => c.categoryCode === categoryCode);

  const submit = async () => {
    const present = task?.stored?.detail;
    await resend(item, {
      words: words.trim(),
      dropCapturedAt: isServerTime,
      ...(chosen && { categoryCode: chosen.categoryCode, title: chosen.name }),
      ...(item.kind === "command" && present && { baseVersion: present.version }),
    });
    onClose();
  };

  return (
    <Dialog
      title={t("queue>correctTitle")}
      onClose={onClose}
      foot={
        <Button look="primary" className="button-big" onClick={() => void submit()}>
          {t("task>submit")}
        </Button>
      }
    >
      {item.problem && <ServerSaid problem={item.problem} />}
      {item.kind === "report" && reference && (
        <CategoryPicker
          reference={reference}
          chosen={chosen}
          error={undefined}
          onPick={(category) => setCategoryCode(category?.categoryCode ?? null)}
        />
      )}
      {item.kind !== "look" && (
        <Field label={t("queue>words")}>
          {(attributes) => (
            <textarea
              {...attributes}
              rows={3}
              value={words}
              onChange={(event) => setWords(event.target.value)}
            />
          )}
        </Field>
      )}
      {isClock && (
        <label className="switch">
          <input
            type="checkbox"
            checked={isServerTime}
            onChange={(event) => setServerTime(event.target.checked)}
          />
          <span>{t("queue>serverTime")}</span>
        </label>
      )}
    </Dialog>
  );
};
