import { LIMIT_UNITS, type CommandDetails, type LimitUnit } from "@onegrid/contract";
import { Input, Select } from "antd";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "../../../shared/choice.tsx";
import type { DetailsProps } from "./details-form.tsx";

/** The limit of a sub-task 协办任务; left empty, the county's own. */
export const LimitForm = ({ onChange }: DetailsProps) => {
  const { t } = useTranslation();
  const [amount, setAmount] = useState("");
  const [unit, setUnit] = useState<LimitUnit>("working_day");
  const tell = (nextAmount: string, nextUnit: LimitUnit) => {
    setAmount(nextAmount);
    setUnit(nextUnit);
    const number = Number(nextAmount);
    onChange(
      nextAmount === "" || !(number > 0)
        ? null
        : { action: "assign_sub_task", limit: { amount: number, unit: nextUnit } },
    );
  };
  return (
    <label>
      <span>{t("side>subTaskLimit")}</span>
      <span className="filter-range">
        <Input
          type="number"
          min={1}
          value={amount}
          onChange={(event) => tell(event.target.value, unit)}
        />
        <Select
          aria-label={t("side>limitUnit")}
          value={unit}
          options={LIMIT_UNITS.map((value) => ({ value, label: t(`limitUnit>${value}`) }))}
          onChange={(value: LimitUnit) => tell(amount, value)}
        />
      </span>
    </label>
  );
};

/** Which sub-task is meant; the only one is chosen already. */
export const SubTaskForm = ({ shown, allowed, onChange }: DetailsProps) => {
  const { t } = useTranslation();
  const { action, subTasks } = allowed;
  const [chosen, setChosen] = useState(subTasks.length === 1 ? String(subTasks[0]) : null);
  const tell = useEffectEvent((value: string) =>
    onChange({ action, subTask: Number(value) } as CommandDetails),
  );
  useEffect(() => {
    if (chosen !== null) tell(chosen);
  }, [chosen]);
  return (
    <Choice
      words={t("side>subTask")}
      options={subTasks.map((number) => ({
        value: String(number),
        words: shown.side.subTasks.find((s) => s.subTask === number)?.task ?? String(number),
      }))}
      value={chosen}
      onChange={setChosen}
    />
  );
};
