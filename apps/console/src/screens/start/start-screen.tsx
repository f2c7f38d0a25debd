import { CASE_STATES, type CaseListItem, type CaseState } from "@onegrid/contract";
import { lightOf, type Light } from "@onegrid/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { casesQuery } from "../../platform/queries.ts";
import { useSession } from "../../platform/session.ts";
import { EmptyNote, ErrorNote, Loading } from "../../shared/states.tsx";
import { useNow } from "../../shared/use-now.ts";
import { CalledPosts } from "./called-posts.tsx";
import { MyDuties } from "./my-duties.tsx";
import { Renewals } from "./renewals.tsx";
import { WaitingRow } from "./waiting-row.tsx";

/** Rows shown under "first these"; the rest is one link away. */
const SHOWN = 12;
/** Pages read to count what waits; beyond them the counts say "at least". */
const PAGES = 4;

const useWaiting = () => {
  const result = useInfiniteQuery(casesQuery({ mine: "true", sort: "due" }));
  const { fetchNextPage, hasNextPage, isFetchingNextPage, data } = result;
  const pages = data?.pages.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && pages < PAGES) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, pages, fetchNextPage]);
  return { ...result, cases: data?.pages.flatMap((page) => page.cases) ?? [] };
};

const countBy = <K extends string>(cases: CaseListItem[], key: (c: CaseListItem) => K) => {
  const counts = new Map<K, number>();
  for (const c of cases) counts.set(key(c), (counts.get(key(c)) ?? 0) + 1);
  return counts;
};

const ORDER: Record<Light, number> = { red: 0, amber: 1, green: 2 };

const Lights = ({ counts, atLeast }: { counts: Map<Light, number>; atLeast: boolean }) => {
  const { t } = useTranslation();
  return (
    <ul className="start-lights">
      {(["red", "amber", "green"] as const).map((light) => (
        <li key={light} className={`start-light start-light-${light}`}>
          <strong>
            {counts.get(light) ?? 0}
            {atLeast && light === "green" && "+"}
          </strong>
          <span>{t(`light>${light}`)}</span>
        </li>
      ))}
    </ul>
  );
};

const States = ({ counts, atLeast }: { counts: Map<CaseState, number>; atLeast: boolean }) => {
  const { t } = useTranslation();
  return (
    <ul className="start-states">
      {CASE_STATES.filter((state) => counts.has(state)).map((state) => (
        <li key={state}>
          <Link to="/cases" search={{ mine: "true", state }}>
            <strong>
              {counts.get(state)}
              {atLeast && "+"}
            </strong>
            <span>{t(`state>${state}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
};

/** What waits for the signed-in account, the most pressing first. */
export const StartScreen = () => {
  const { t } = useTranslation();
  const { account } = useSession();
  const now = useNow();
  const { cases, hasNextPage, isPending, error, refetch } = useWaiting();
  const sorted = cases.toSorted((a, b) => ORDER[lightOf(a, now)] - ORDER[lightOf(b, now)]);
  return (
    <div className="page start">
      <header className="page-head">
        <h1>{t("start>title", { name: account.name })}</h1>
        <p>
          {t(`start>duty_${account.role}`)} · {account.unitName ?? account.scopeName}
        </p>
      </header>
      <MyDuties known={false} />
      <CalledPosts />
      <Renewals />
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {isPending && <Loading rows={8} />}
      {!isPending && !error && cases.length === 0 && (
        <EmptyNote words={t("start>nothing")}>
          <Link to="/cases" search={{ open: "true" }}>
            {t("start>seeOpen")}
          </Link>
        </EmptyNote>
      )}
      {cases.length > 0 && (
        <>
          <Lights counts={countBy(cases, (c) => lightOf(c, now))} atLeast={hasNextPage} />
          <div className="start-columns">
            <section aria-labelledby="first-these">
              <h2 id="first-these">{t("start>first")}</h2>
              <ul className="waiting-list">
                {sorted.slice(0, SHOWN).map((item) => (
                  <li key={item.caseId}>
                    <WaitingRow item={item} />
                  </li>
                ))}
              </ul>
              <Link className="start-all" to="/cases" search={{ mine: "true" }}>
                {t("start>all")}
              </Link>
            </section>
            <section aria-labelledby="by-step">
              <h2 id="by-step">{t("start>bySteps")}</h2>
              <States counts={countBy(cases, (c) => c.state)} atLeast={hasNextPage} />
            </section>
          </div>
        </>
      )}
      <MyDuties known />
    </div>
  );
};
