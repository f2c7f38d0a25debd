import type { CaseClock } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { useTranslation } from "react-i18next";
import { LightShape } from "../../shared/badges.tsx";

const HOUR = 60;
const DAY = 24 * HOUR;

/** Every clock of a case that runs, waits or ended late: what it measures, how much is left. */
export const CaseClocks = ({ clocks, timeZone }: { clocks: CaseClock[]; timeZone: string }) => {
  const { t } = useTranslation();
  const span = (minutes: number): string => {
    const whole = Math.abs(Math.round(minutes));
    if (whole >= 2 * DAY) return t("clock>days", { n: Math.floor(whole / DAY) });
    return whole >= HOUR
      ? t("clock>hours", { n: Math.floor(whole / HOUR) })
      : t("clock>minutes", { n: whole });
  };
  const shown = clocks.filter((c) => c.state !== "stopped" || c.verdict === "overdue");
  if (shown.length === 0) return null;
  return (
    <ul className="clocks" aria-label={t("clock>title")}>
      {shown.map((clock) => (
        <li key={clock.key}>
          <span className={`light light-${clock.light}`}>
            <LightShape light={clock.light} />
            {t(`clockStage>${clock.stage}`)}
          </span>
          <span>
            {clock.state === "stopped"
              ? t(`verdict>${clock.verdict}`)
              : t(clock.remainingMinutes < 0 ? "clock>over" : "clock>left", {
                  span: span(clock.remainingMinutes),
                })}
            {clock.state === "paused" && ` · ${t("clockState>paused")}`}
          </span>
          <small>
            {clock.dueAt !== null && instantWords(clock.dueAt, timeZone)}
            {clock.provisional && ` · ${t("clock>provisional")}`}
          </small>
        </li>
      ))}
    </ul>
  );
};
