import { enqueueLook } from "../outbox/enqueue-look.ts";
import { go } from "../router.ts";
import { beginAt } from "../report/use-draft.ts";
import type { StoredSpot } from "../storage/database.ts";
import { Button } from "../ui/button.tsx";
import { say } from "../ui/toast.tsx";
import { useWords } from "../words.ts";

/** What a place is called: a point by its name, a place of repeated cases by its category. */
export const useSpotName = () => {
  const { t } = useWords();
  return (spot: StoredSpot): string =>
    spot.name ?? t("patrol>repeatedName", { category: spot.categoryName ?? spot.categoryCode });
};

type SpotCardProps = { spot: StoredSpot; isDue: boolean };

/** A place to look at: in order is one tap; something wrong opens the report, filled in. */
export const SpotCard = ({ spot, isDue }: SpotCardProps) => {
  const { t } = useWords();
  const name = useSpotName()(spot);
  const inOrder = async () => {
    await enqueueLook(spot, "in_order", name);
    say(t("patrol>looked", { name }));
  };
  const report = async () => {
    await beginAt(spot);
    go({ name: "report" });
  };
  return (
    <li className="card">
      <h3>{name}</h3>
      <p className="weak">
        {spot.gridName}
        {" · "}
        {spot.lastLookedOn === null
          ? t("patrol>never")
          : t("patrol>last", { day: spot.lastLookedOn })}
        {" · "}
        {t("patrol>every", { count: spot.everyDays })}
      </p>
      {spot.repeatedCases > 0 && (
        <p className="chip chip-amber">{t("patrol>repeated", { count: spot.repeatedCases })}</p>
      )}
      {spot.sample && <span className="chip">{t("sampleData")}</span>}
      {isDue && (
        <div className="row">
          <Button look="primary" icon="check" onClick={() => void inOrder()}>
            {t("patrol>inOrder")}
          </Button>
          <Button icon="report" onClick={() => void report()}>
            {t("patrol>wrong")}
          </Button>
        </div>
      )}
    </li>
  );
};
