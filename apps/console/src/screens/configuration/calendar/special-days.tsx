import { DAY_KINDS, type CalendarYear, type DayKind } from "@onegrid/contract";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

export type SpecialDay = Pick<CalendarYear["days"][number], "day" | "kind" | "name">;

type Props = {
  year: number;
  days: readonly SpecialDay[];
  onChange: (days: SpecialDay[]) => void;
};

/** The special days of a year: one line each, and a line to add one. */
export const SpecialDays = ({ year, days, onChange }: Props) => {
  const { t } = useTranslation();
  const [day, setDay] = useState("");
  const [kind, setKind] = useState<DayKind>("holiday");
  const [name, setName] = useState("");
  const add = () => {
    const others = days.filter((one) => one.day !== day);
    const added = { day, kind, name: name.trim() === "" ? null : name.trim() };
    onChange([...others, added].toSorted((a, b) => (a.day < b.day ? -1 : 1)));
    setDay("");
  };
  return (
    <>
      <div className="table-tools">
        <Input
          type="date"
          aria-label={t("calendarEdit>day")}
          min={`${year}-01-01`}
          max={`${year}-12-31`}
          value={day}
          onChange={(event) => setDay(event.target.value)}
          style={{ width: 150 }}
        />
        <Select
          aria-label={t("calendarEdit>kind")}
          value={kind}
          onChange={setKind}
          options={DAY_KINDS.map((value) => ({ value, label: t(`calendarEdit>kind_${value}`) }))}
          style={{ width: 130 }}
        />
        <Input
          aria-label={t("calendarEdit>dayName")}
          placeholder={t("calendarEdit>dayName")}
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
          style={{ width: 130 }}
        />
        <Button disabled={!day.startsWith(`${year}-`)} onClick={add}>
          {t("calendarEdit>addDay")}
        </Button>
      </div>
      <ul className="special-days">
        {days.map((one) => (
          <li key={one.day}>
            <span>
              {one.day} · {t(`calendarEdit>kind_${one.kind}`)} {one.name}
            </span>
            <Button
              size="small"
              aria-label={t("calendarEdit>remove", { day: one.day })}
              onClick={() => onChange(days.filter(({ day: other }) => other !== one.day))}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
};
