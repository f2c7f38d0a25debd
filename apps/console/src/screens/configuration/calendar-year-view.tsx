import type { CalendarDay } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { calendarQuery } from "../../platform/queries.ts";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { CalendarDialog } from "./calendar/calendar-dialog.tsx";
import { monthWeeks, weekdayKind } from "./month-weeks.ts";

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

const DayCell = ({ day, special }: { day: string; special: CalendarDay | undefined }) => {
  const { t } = useTranslation();
  const kind = special?.kind ?? weekdayKind(day);
  return (
    <td className={`day day-${kind}`} title={special?.name ?? undefined}>
      {Number(day.slice(8))}
      {special && (
        <small>
          {special.kind === "makeup_workday" ? t("calendar>makeupMark") : t("calendar>holidayMark")}
          <span className="visually-hidden">{special.name}</span>
        </small>
      )}
    </td>
  );
};

type MonthProps = { year: number; month: number; specials: ReadonlyMap<string, CalendarDay> };

const Month = ({ year, month, specials }: MonthProps) => {
  const { t, i18n } = useTranslation();
  const name = new Intl.DateTimeFormat(i18n.language, { month: "long", timeZone: "UTC" }).format(
    Date.UTC(year, month - 1, 1),
  );
  return (
    <table className="month">
      <caption>{name}</caption>
      <thead>
        <tr>
          {[1, 2, 3, 4, 5, 6, 7].map((n) => (
            <th key={n} scope="col">
              {t(`calendar>weekday${n}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {monthWeeks(year, month).map((week) => (
          <tr key={week.find((day) => day !== null)}>
            {week.map((day, index) =>
              day === null ? (
                // oxlint-disable-next-line react/no-array-index-key -- a blank has no other name
                <td key={index}>{"\u00a0"}</td>
              ) : (
                <DayCell key={day} day={day} special={specials.get(day)} />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Legend = () => {
  const { t } = useTranslation();
  return (
    <p className="calendar-legend">
      <span className="day day-holiday">{t("calendar>holiday")}</span>
      <span className="day day-makeup_workday">{t("calendar>makeup")}</span>
      <span className="day day-weekend">{t("calendar>weekend")}</span>
    </p>
  );
};

/** A year's working days, holidays and make-up working days 调休, and the hours of a working day. */
export const CalendarYearView = ({ editable }: { editable: boolean }) => {
  const { t } = useTranslation();
  const [year, setYear] = useState(() => new Date().getFullYear());
  const { data, error, isPending, refetch } = useQuery(calendarQuery(year));
  const [editing, setEditing] = useState(false);
  const specials = new Map(data?.days.map((day) => [day.day, day]));
  return (
    <section className="calendar">
      <div className="table-tools">
        <Button onClick={() => setYear(year - 1)}>{year - 1}</Button>
        <h2>{t("calendar>year", { year })}</h2>
        <Button onClick={() => setYear(year + 1)}>{year + 1}</Button>
        {data && editable && (
          <Button onClick={() => setEditing(true)}>{t("calendarEdit>edit")}</Button>
        )}
        {data && (
          <span>
            {t("calendar>windows")}
            {data.windows.map((w) => ` ${clock(w.startMinute)}–${clock(w.endMinute)}`).join("，")}
          </span>
        )}
      </div>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {isPending && <Loading rows={10} />}
      {data?.provisional && <Alert type="warning" showIcon title={t("calendar>provisional")} />}
      {data && editing && (
        <CalendarDialog
          key={`${data.year}.${data.version}`}
          calendar={data}
          onClose={() => setEditing(false)}
        />
      )}
      {data && (
        <>
          <Legend />
          <div className="months">
            {Array.from({ length: 12 }, (_, index) => (
              <Month key={index + 1} year={year} month={index + 1} specials={specials} />
            ))}
          </div>
        </>
      )}
    </section>
  );
};
