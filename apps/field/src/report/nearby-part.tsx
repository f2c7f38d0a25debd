import { agoWords } from "@onegrid/ui";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useNow } from "../ui/use-now.ts";
import { useWords } from "../words.ts";
import type { MaybeSame } from "./nearby.ts";

type NearbyPartProps = {
  cases: readonly MaybeSame[];
  onSame: (same: MaybeSame) => void;
};

/** 我也遇到: what is open nearby of the same kind. It informs; a report can always be sent. */
export const NearbyPart = ({ cases, onSame }: NearbyPartProps) => {
  const { t } = useWords();
  const now = useNow();
  const [asked, setAsked] = useState<MaybeSame>();
  if (cases.length === 0) return null;
  return (
    <section className="nearby" aria-labelledby="nearby-title">
      <h2 id="nearby-title">{t("report>nearby", { count: cases.length })}</h2>
      <p className="weak">{t("report>nearbyHint")}</p>
      <ul className="cards">
        {cases.map((item) => (
          <li key={item.caseId} className="card">
            <p>
              <strong>{t("report>away", { m: Math.max(1, item.distanceM) })}</strong>{" "}
              <span className="chip">{t(`state>${item.state}`)}</span>
            </p>
            <p className="weak">
              {item.gridName} · {agoWords(t, item.reportedAt, now)} · {item.number}
            </p>
            <Button className="button-block" onClick={() => setAsked(item)}>
              {t("report>same")}
            </Button>
          </li>
        ))}
      </ul>
      {asked && (
        <Dialog
          title={t("report>sameTitle")}
          onClose={() => setAsked(undefined)}
          foot={
            <div className="row">
              <Button onClick={() => setAsked(undefined)}>{t("app>cancel")}</Button>
              <Button look="primary" onClick={() => onSame(asked)}>
                {t("report>sameYes")}
              </Button>
            </div>
          }
        >
          <p>{t("report>samePlain", { number: asked.number })}</p>
        </Dialog>
      )}
    </section>
  );
};
