import type { CaseEvent } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { CasePhotos } from "../photos/case-photos.tsx";
import { useWords } from "../words.ts";

type TaskLogProps = { events: readonly CaseEvent[]; timeZone: string };

/** The case's log, newest first. */
export const TaskLog = ({ events, timeZone }: TaskLogProps) => {
  const { t } = useWords();
  return (
    <section className="log" aria-labelledby="log-title">
      <h2 id="log-title">{t("task>log")}</h2>
      <ol>
        {events.toReversed().map((event) => (
          <li key={event.seq}>
            <p>
              <strong>{t(`event>${event.kind}`)}</strong>{" "}
              <span>{event.actorName ?? t(`role>${event.actorRole}`)}</span>
            </p>
            <p className="weak">
              <time dateTime={event.occurredAt}>{instantWords(event.occurredAt, timeZone)}</time>
              {event.toHolderName && ` → ${event.toHolderName}`}
            </p>
            {event.note && <p>{event.note}</p>}
            {event.attachmentIds.length > 0 && event.kind !== "report" && (
              <CasePhotos attachmentIds={event.attachmentIds} />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
};
