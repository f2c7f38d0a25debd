import type { Account, AccountRole, Category } from "@onegrid/contract";
import { useCallback, useEffect, useState } from "react";
import { PhotoTaker } from "../photos/photo-taker.tsx";
import { go } from "../router.ts";
import { ScreenHead } from "../shell/screen-head.tsx";
import { isStorageFull } from "../storage/is-storage-full.ts";
import { useReference } from "../sync/use-reference.ts";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { say } from "../ui/toast.tsx";
import { useWords } from "../words.ts";
import { CategoryPicker } from "./category-picker.tsx";
import { lacks, type Lack, type Place } from "./draft.ts";
import { comparable, type MaybeSame } from "./nearby.ts";
import { NearbyPart } from "./nearby-part.tsx";
import { EmergencyFirst } from "./emergency.tsx";
import { useLocate } from "./locate.ts";
import { PlacePicker } from "./place-picker.tsx";
import { joinInstead, sendReport } from "./send-report.ts";
import { useDraft, type DraftHandle } from "./use-draft.ts";
import { useNearby } from "./use-nearby.ts";
import { WordsPart } from "./words-part.tsx";

type FormProps = { account: Account; handle: DraftHandle };

const SOLVERS: readonly AccountRole[] = ["worker", "head"];

const LACK_WORDS: Record<Lack, string> = {
  category: "report>needCategory",
  place: "report>needPlace",
  words: "report>needWords",
  note: "report>needNote",
};

const ReportForm = ({ account, handle }: FormProps) => {
  const { t } = useWords();
  const { draft, isRestored, change, clear } = handle;
  const reference = useReference(account.accountId);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const onFix = useCallback((place: Place) => change({ place }), [change]);
  const { locating, ask, stop } = useLocate(onFix);
  const needsFix = draft.place === null;

  // Opening this screen is the worker's act that allows a fix; a restored place is kept.
  useEffect(() => {
    if (needsFix) ask();
    // oxlint-disable-next-line react/exhaustive-deps -- once, on opening
  }, []);

  const chosen = reference?.categories.find((c) => c.categoryCode === draft.categoryCode);
  const nearby = useNearby(account.accountId, chosen, comparable(draft));
  const missing = isTried ? lacks(draft) : [];
  const errorOf = (lack: Lack) => (missing.includes(lack) ? t(LACK_WORDS[lack]) : undefined);

  const pick = (category: Category | null) => {
    const isOwnWords = draft.words !== "" && draft.words !== chosen?.name;
    change({
      categoryCode: category?.categoryCode ?? null,
      ...(!isOwnWords && { words: category?.name ?? "" }),
    });
    setWarned(category?.emergency ?? false);
  };

  /** Puts something into the queue instead of this form, and goes there. */
  const leaveWith = async (enqueueIt: () => Promise<void>, words: string) => {
    setBusy(true);
    try {
      stop();
      await enqueueIt();
      await clear();
      say(words);
      go({ name: "queue" });
    } catch (error) {
      if (!isStorageFull(error)) throw error;
      say(t("report>full"));
    } finally {
      setBusy(false);
    }
  };

  const send = async () => {
    setTried(true);
    const [first] = lacks(draft);
    if (first !== undefined || chosen === undefined) {
      document.getElementById(`report-${first ?? "category"}`)?.scrollIntoView({ block: "center" });
      return;
    }
    await leaveWith(() => sendReport(draft, chosen), t("report>saved"));
  };

  const join = ({ caseId }: MaybeSame) =>
    void leaveWith(() => joinInstead(draft, caseId, chosen?.name ?? ""), t("report>joined"));

  return (
    <div className="report">
      {isRestored && (
        <div className="notice">
          <output>{t("report>draft")}</output>
          <Button look="quiet" onClick={() => void clear()}>
            {t("report>clear")}
          </Button>
        </div>
      )}
      <section aria-label={t("report>photos")}>
        <PhotoTaker
          photos={draft.photos}
          onChange={(photos) =>
            change({ photos, seenAt: draft.seenAt ?? new Date().toISOString() })
          }
        />
      </section>
      <section id="report-category" aria-labelledby="category-title">
        <h2 id="category-title">{t("report>category")}</h2>
        {reference === undefined ? (
          <Empty icon="offline" title={t("report>noCategories")} />
        ) : (
          <CategoryPicker
            reference={reference}
            words={draft.words}
            chosen={chosen}
            error={errorOf("category")}
            onPick={pick}
          />
        )}
      </section>
      <section id="report-place" aria-labelledby="place-title">
        <h2 id="place-title">{t("report>place")}</h2>
        <PlacePicker
          reference={reference}
          place={draft.place}
          address={draft.address}
          locating={locating}
          error={errorOf("place")}
          onLocate={() => {
            change({ place: null });
            ask();
          }}
          onPlace={(place) => {
            stop();
            change({ place });
          }}
          onAddress={(address) => change({ address })}
        />
      </section>
      <NearbyPart cases={nearby} onSame={join} />
      <WordsPart
        draft={draft}
        wordsError={errorOf("words")}
        noteError={errorOf("note")}
        maySolve={SOLVERS.includes(account.role)}
        onChange={change}
      />
      <div className="actions">
        <Button look="primary" className="button-big" isBusy={isBusy} onClick={() => void send()}>
          {t("report>send")}
        </Button>
      </div>
      {isWarned && <EmergencyFirst onGoOn={() => setWarned(false)} />}
    </div>
  );
};

/** 上报: photo, category, place, send. */
export const ReportScreen = ({ account }: { account: Account }) => {
  const { t } = useWords();
  const handle = useDraft(account.accountId);
  return (
    <>
      <ScreenHead title={t("report>title")} />
      {handle ? <ReportForm account={account} handle={handle} /> : <Skeleton />}
    </>
  );
};
