import type { Account, AccountRole } from "@onegrid/contract";
import { useState } from "react";
import { ScreenHead } from "../shell/screen-head.tsx";
import type { StoredSpot } from "../storage/database.ts";
import { refresh } from "../sync/use-work.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWords } from "../words.ts";
import { PointForm } from "./point-form.tsx";
import { SpotCard } from "./spot-card.tsx";
import { useRound } from "./use-round.ts";

const ARRANGERS: readonly AccountRole[] = ["head", "street", "county_centre"];

type GroupProps = { title: string; spots: readonly StoredSpot[]; isDue: boolean; id: string };

const Group = ({ title, spots, isDue, id }: GroupProps) =>
  spots.length > 0 && (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} <span className="weak">{spots.length}</span>
      </h2>
      <ul className="cards">
        {spots.map((spot) => (
          <SpotCard key={spot.spot} spot={spot} isDue={isDue} />
        ))}
      </ul>
    </section>
  );

/** 巡查: which places today's round suggests. A list of places, never of anybody's way. */
export const PatrolScreen = ({ account }: { account: Account }) => {
  const { t } = useWords();
  const known = useRound(account.accountId);
  const [isAllShown, setAllShown] = useState(false);
  const [isAdding, setAdding] = useState(false);
  const isEmpty = known && known.round.length + known.later.length === 0;
  return (
    <>
      <ScreenHead title={t("patrol>title")}>
        {ARRANGERS.includes(account.role) && (
          <Button look="quiet" icon="report" onClick={() => setAdding(true)}>
            {t("patrol>add")}
          </Button>
        )}
      </ScreenHead>
      <p className="weak under-head">{t("patrol>promise")}</p>
      {known === undefined ? (
        <Skeleton />
      ) : isEmpty ? (
        <Empty icon="check" title={t("patrol>none")} hint={t("patrol>noneHint")} />
      ) : (
        <>
          {known.round.length === 0 && (
            <Empty icon="check" title={t("patrol>allDone", { count: known.doneToday })} />
          )}
          <Group id="round" title={t("patrol>round")} spots={known.round} isDue />
          <Group id="other-due" title={t("patrol>otherDue")} spots={known.otherDue} isDue />
          {known.later.length > 0 && !isAllShown && (
            <Button look="quiet" className="button-block" onClick={() => setAllShown(true)}>
              {t("patrol>showLater", { count: known.later.length })}
            </Button>
          )}
          {isAllShown && (
            <Group id="later" title={t("patrol>later")} spots={known.later} isDue={false} />
          )}
        </>
      )}
      {isAdding && (
        <PointForm
          account={account}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            void refresh(account);
          }}
        />
      )}
    </>
  );
};
