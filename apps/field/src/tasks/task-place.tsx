import type { Account, CaseDetail } from "@onegrid/contract";
import { toGcj02 } from "@onegrid/geo/crs";
import { lazy, Suspense, useState } from "react";
import { useReference } from "../sync/use-reference.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icons.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWords } from "../words.ts";

/** MapLibre is big; it comes when a map is asked for. */
const PlaceMap = lazy(() => import("../place/place-map.tsx"));

/** Map apps in China take the numbers of a geo: address as GCJ-02; elsewhere both are the same. */
function geoAddress(lng: number, lat: number, label: string): string {
  const [x, y] = toGcj02([lng, lat]);
  const at = `${y.toFixed(6)},${x.toFixed(6)}`;
  return `geo:${at}?q=${at}(${encodeURIComponent(label)})`;
}

type TaskPlaceProps = { account: Account; detail: CaseDetail };

/** Where it is: in words, on the county's own map, or in the phone's map app. */
export const TaskPlace = ({ account, detail }: TaskPlaceProps) => {
  const { t } = useWords();
  const [isMapOpen, setMapOpen] = useState(false);
  const reference = useReference(account.accountId);
  const { lng, lat, accuracyM } = detail;
  const hasPoint = lng !== null && lat !== null;
  return (
    <section className="place" aria-labelledby="place-title">
      <h2 id="place-title">{t("task>where")}</h2>
      <p>{[...detail.gridPath, detail.address].filter(Boolean).join(" · ")}</p>
      {hasPoint ? (
        <>
          <p className="weak">
            {accuracyM === null
              ? t("task>pinned")
              : t("task>accuracy", { m: Math.round(accuracyM) })}
          </p>
          <div className="row">
            {reference && !isMapOpen && (
              <Button icon="place" onClick={() => setMapOpen(true)}>
                {t("task>showMap")}
              </Button>
            )}
            <a className="button button-secondary" href={geoAddress(lng, lat, detail.categoryName)}>
              <Icon name="place" />
              <span>{t("task>openMaps")}</span>
            </a>
          </div>
          <p className="weak">{t("task>gcj")}</p>
          {reference && isMapOpen && (
            <Suspense fallback={<Skeleton rows={1} />}>
              <PlaceMap county={reference.county} grid={reference.grid} point={{ lng, lat }} />
            </Suspense>
          )}
        </>
      ) : (
        <p className="weak">{t("task>noPlace")}</p>
      )}
    </section>
  );
};
