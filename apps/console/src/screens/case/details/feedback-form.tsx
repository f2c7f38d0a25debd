import { FEEDBACK_RESULTS, type FeedbackResult } from "@onegrid/contract";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "../../../shared/choice.tsx";
import type { DetailsProps } from "./details-form.tsx";

/** 反馈结果: done, cannot be done, or on a named day: the reporter is told which. */
export const FeedbackForm = ({ onChange }: DetailsProps) => {
  const { t } = useTranslation();
  const [result, setResult] = useState<FeedbackResult>("done");
  const [nextDay, setNextDay] = useState("");
  const tell = (nextResult: FeedbackResult, day: string) => {
    setResult(nextResult);
    setNextDay(day);
    if (nextResult === "scheduled" && day === "") return onChange("missing");
    const scheduled = nextResult === "scheduled" ? day : null;
    onChange({ action: "feed_back", result: nextResult, nextDay: scheduled });
  };
  return (
    <>
      <Choice
        words={t("side>result")}
        options={FEEDBACK_RESULTS.map((value) => ({ value, words: t(`result>${value}`) }))}
        value={result}
        onChange={(value) => tell(value, nextDay)}
      />
      {result !== "done" && <p className="hint">{t(`side>hint_${result}`)}</p>}
      {result === "scheduled" && (
        <label>
          <span>{t("side>nextDay")}</span>
          <Input
            type="date"
            value={nextDay}
            onChange={(event) => tell(result, event.target.value)}
          />
        </label>
      )}
    </>
  );
};
