import type { Reassignment } from "@onegrid/contract";
import { useTranslation } from "react-i18next";

/** Counts, days and reasons of an event, in the order they were written. */
const detailOf = (detail: Reassignment["events"][number]["detail"]): string =>
  ["endsOn", "ended", "restored", "opened", "published", "appointed", "beginsOn", "reason"]
    .flatMap((key) => detail[key] ?? [])
    .filter((value) => value !== "")
    .join(" · ");

/** What was done so far, by whom and when, the latest first. */
export const Record = ({ round }: { round: Reassignment }) => {
  const { t, i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, {
    dateStyle: "short",
    timeStyle: "short",
  });
  return (
    <details className="guide-record">
      <summary>{t("reassignment>record", { n: round.version })}</summary>
      <ol className="organisation-life">
        {round.events.map(({ seq, kind, occurredAt, by, detail }) => (
          <li key={seq}>
            <small>
              {format.format(new Date(occurredAt))} {by}
            </small>{" "}
            {t(`reassignmentEvent>${kind}`)} <small>{detailOf(detail)}</small>
          </li>
        ))}
      </ol>
    </details>
  );
};
