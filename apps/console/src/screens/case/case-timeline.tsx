import type { CaseEvent } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { useTranslation } from "react-i18next";
import { PhotoStrip } from "./photo-strip.tsx";

/** Moves whose holder is worth telling. */
const MOVES = new Set<CaseEvent["kind"]>(["dispatch", "escalate", "return", "rework"]);

const LATE_MS = 60_000;

/** Events of a case, the latest first: who, when, what, with words and photos. */
export const CaseTimeline = ({ events, timeZone }: { events: CaseEvent[]; timeZone: string }) => {
  const { t } = useTranslation();
  return (
    <ol className="timeline">
      {events.toReversed().map((event) => (
        <li key={event.seq}>
          <div className="timeline-head">
            <strong>{t(`event>${event.kind}`)}</strong>
            {MOVES.has(event.kind) && (
              <span>→ {event.toHolderName ?? t(`tierWho>${event.toTier}`)}</span>
            )}
            <time dateTime={event.occurredAt}>{instantWords(event.occurredAt, timeZone)}</time>
          </div>
          <div className="timeline-who">
            {t(`role>${event.actorRole}`)}
            {event.actorName !== null && ` · ${event.actorName}`}
            {Date.parse(event.recordedAt) - Date.parse(event.occurredAt) > LATE_MS && (
              <span>
                {" · "}
                {t("case>recordedAt", { at: instantWords(event.recordedAt, timeZone) })}
              </span>
            )}
          </div>
          {event.dispatchRule && (
            <p className="timeline-rule">
              {t("case>byRule", { name: event.dispatchRule.name })}
              {event.dispatchRule.version !== null &&
                t("case>ruleVersion", { n: event.dispatchRule.version })}
            </p>
          )}
          {event.rule !== null && (
            <p className="timeline-rule">{t(`softwareRule>${event.rule}`)}</p>
          )}
          {event.note !== null && <p className="timeline-note">{event.note}</p>}
          <PhotoStrip ids={event.attachmentIds} />
        </li>
      ))}
    </ol>
  );
};
