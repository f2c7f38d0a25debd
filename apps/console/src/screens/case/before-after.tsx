import type { CaseDetail } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { useTranslation } from "react-i18next";
import { PhotoStrip } from "./photo-strip.tsx";

const AFTER = new Set<CaseDetail["events"][number]["kind"]>(["feed_back", "self_handle"]);

type Side = { words: string; at: string; ids: string[] };

/**
 * Photos of the report beside those of the last result; all photos in one strip while there is
 * nothing to compare.
 */
export const BeforeAfter = ({ shown, timeZone }: { shown: CaseDetail; timeZone: string }) => {
  const { t } = useTranslation();
  const before = shown.events.find((e) => e.kind === "report" && e.attachmentIds.length > 0);
  const after = shown.events.findLast((e) => AFTER.has(e.kind) && e.attachmentIds.length > 0);
  if (before === undefined || after === undefined) return <PhotoStrip ids={shown.attachmentIds} />;
  const sides: Side[] = [
    { words: t("photos>before"), at: before.occurredAt, ids: before.attachmentIds },
    { words: t("photos>after"), at: after.occurredAt, ids: after.attachmentIds },
  ];
  return (
    <section className="before-after" aria-label={t("photos>compare")}>
      {sides.map((side) => (
        <figure key={side.words}>
          <figcaption>
            <strong>{side.words}</strong> <small>{instantWords(side.at, timeZone)}</small>
          </figcaption>
          <PhotoStrip ids={side.ids} />
        </figure>
      ))}
    </section>
  );
};
