import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { agoWords } from "@onegrid/ui";
import { useTranslation } from "react-i18next";
import { dutyQuery } from "../../platform/desk-queries.ts";
import { casesQuery, countyQuery } from "../../platform/queries.ts";
import type { CaseSearch } from "../../shared/case-search.ts";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { useNow } from "../../shared/use-now.ts";
import { WaitingRow } from "../start/waiting-row.tsx";

/** Rows of a part; the whole list is one link away. */
const SHOWN = 6;
/** 挂账 that end within so many days are worth a look. */
const SOON_DAYS = 7;

const Part = ({ words, search }: { words: string; search: CaseSearch }) => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useInfiniteQuery(
    casesQuery({ sort: "due", ...search }),
  );
  const cases = data?.pages[0]?.cases ?? [];
  const more = (data?.pages[0]?.nextCursor ?? null) !== null;
  const id = `duty-${words}`;
  return (
    <section className="duty-part" aria-labelledby={id}>
      <h2 id={id}>
        {t(`duty>${words}`)}{" "}
        {data && (
          <Link
            to="/cases"
            search={search}
            aria-label={t("duty>all", { part: t(`duty>${words}`) })}
          >
            {cases.length}
            {more && "+"}
          </Link>
        )}
      </h2>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {isPending && <Loading rows={3} />}
      {data && cases.length === 0 && <p className="hint">{t(`duty>none_${words}`)}</p>}
      <ul className="waiting-list">
        {cases.slice(0, SHOWN).map((item) => (
          <li key={item.caseId}>
            <WaitingRow item={item} search={search} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const Silent = () => {
  const { t } = useTranslation();
  const now = useNow();
  const { data, error, isPending, refetch } = useQuery(dutyQuery);
  return (
    <section className="duty-part" aria-labelledby="duty-silent">
      <h2 id="duty-silent">{t("duty>silent")}</h2>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {isPending && <Loading rows={3} />}
      {data?.length === 0 && <p className="hint">{t("duty>none_silent")}</p>}
      <ul className="silent-list">
        {data?.map((holder) => (
          <li key={`${holder.tier} ${holder.holderCode}`}>
            <Link
              to="/cases"
              search={{
                state: "dispatched",
                tier: holder.tier,
                ...(holder.tier === "department"
                  ? { unit: holder.holderCode }
                  : { grid: holder.holderCode }),
              }}
            >
              <strong>{holder.holderName}</strong>
              <span>{t("duty>unsigned", { n: holder.unsigned })}</span>
              <small>{t("duty>since", { ago: agoWords(t, holder.since, now) })}</small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** 值班: what is red, who is silent, what was called for, what wakes up soon. */
export const DutyScreen = () => {
  const { t } = useTranslation();
  const now = useNow();
  const { data: county } = useQuery(countyQuery);
  const day = new Date(now.getTime() + SOON_DAYS * 86_400_000);
  const resumesTo = new Intl.DateTimeFormat("sv-SE", {
    timeZone: county?.timeZone ?? "Asia/Shanghai",
  }).format(day);
  return (
    <div className="page duty">
      <header className="page-head">
        <h1>{t("duty>title")}</h1>
        <p>{t("duty>lead")}</p>
      </header>
      <div className="duty-parts">
        <Part words="emergency" search={{ emergency: "true", open: "true" }} />
        <Part words="overdue" search={{ overdue: "true" }} />
        <Silent />
        <Part words="whistle" search={{ whistle: "true" }} />
        <Part words="supervised" search={{ supervised: "true" }} />
        <Part words="resumes" search={{ resumesTo }} />
      </div>
    </div>
  );
};
