import {
  CHECK_FINDINGS,
  REOPEN_REASONS,
  RETURN_FAULTS,
  SUPERVISION_LEVELS,
  SUSPENSION_REASONS,
  type CaseAction,
  type CaseDetail,
  type CommandDetails,
} from "@onegrid/contract";
import { Input } from "antd";
import { useState, type ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "../../../shared/choice.tsx";
import { FeedbackForm } from "./feedback-form.tsx";
import { MergeForm } from "./merge-form.tsx";
import { LimitForm, SubTaskForm } from "./sub-task-form.tsx";
import { RateForm, WhistleForm } from "./whistle-form.tsx";

/** What a form of details gets. */
export type DetailsProps = {
  shown: CaseDetail;
  allowed: CaseDetail["allowed"][number];
  /** `null`: none yet; "missing": something begun lacks a part, and the step cannot be taken. */
  onChange: (details: CommandDetails | null | "missing") => void;
};

const wordOf = (list: string, value: string): string => `${list}>${value}`;

/** A form of one choice out of a closed list. */
const oneOf =
  <Value extends string>(
    list: string,
    values: readonly Value[],
    detailsOf: (value: Value) => CommandDetails,
  ) =>
  ({ onChange }: DetailsProps) => {
    const { t } = useTranslation();
    const [value, setValue] = useState<Value | null>(null);
    return (
      <Choice
        words={t(`side>${list}`)}
        options={values.map((one) => ({ value: one, words: t(wordOf(list, one)) }))}
        value={value}
        onChange={(chosen) => {
          setValue(chosen);
          onChange(detailsOf(chosen));
        }}
      />
    );
  };

const FaultChoice = oneOf("returnFault", RETURN_FAULTS, (returnFault) => ({
  action: "dispatch",
  returnFault,
}));

/** Asked only for a case that was sent back and whose fault nobody has named yet. */
const FaultForm = (props: DetailsProps) =>
  props.shown.side.returns.at(-1)?.fault === null ? <FaultChoice {...props} /> : null;

const SuspensionForm = ({ onChange }: DetailsProps) => {
  const { t } = useTranslation();
  const [reason, setReason] = useState<(typeof SUSPENSION_REASONS)[number] | null>(null);
  const [endsOn, setEndsOn] = useState("");
  const tell = (nextReason: typeof reason, nextEnd: string) => {
    setReason(nextReason);
    setEndsOn(nextEnd);
    onChange(
      nextReason === null || nextEnd === ""
        ? null
        : { action: "ask_suspension", reason: nextReason, endsOn: nextEnd },
    );
  };
  return (
    <>
      <Choice
        words={t("side>suspensionReason")}
        options={SUSPENSION_REASONS.map((value) => ({
          value,
          words: t(`suspensionReason>${value}`),
        }))}
        value={reason}
        onChange={(value) => tell(value, endsOn)}
      />
      <label>
        <span>{t("side>endsOn")}</span>
        <Input type="date" value={endsOn} onChange={(event) => tell(reason, event.target.value)} />
      </label>
    </>
  );
};

/** Actions that bring details, each with its form; every other action has none. */
const FORMS: Partial<Record<CaseAction, ComponentType<DetailsProps>>> = {
  checked: oneOf("finding", CHECK_FINDINGS, (finding) => ({ action: "checked", finding })),
  dispatch: FaultForm,
  feed_back: FeedbackForm,
  merge: MergeForm,
  reopen: oneOf("reopenReason", REOPEN_REASONS, (reason) => ({ action: "reopen", reason })),
  ask_suspension: SuspensionForm,
  supervise: oneOf("supervisionLevel", SUPERVISION_LEVELS, (level) => ({
    action: "supervise",
    level,
  })),
  call_whistle: WhistleForm,
  rate_whistle: RateForm,
  assign_sub_task: LimitForm,
  sign_sub_task: SubTaskForm,
  finish_sub_task: SubTaskForm,
  waive_sub_task: SubTaskForm,
};

/** The fields an action needs beside its note. */
export const DetailsForm = (props: DetailsProps) => {
  const Form = FORMS[props.allowed.action];
  return Form === undefined ? null : <Form {...props} />;
};
