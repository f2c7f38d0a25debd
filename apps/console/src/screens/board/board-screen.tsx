import { NETS, type Board } from "@onegrid/contract";
import type { BoardCell } from "@onegrid/domain";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { boardQuery, countyQuery, type BoardQuery } from "../../platform/queries.ts";
import { useSession } from "../../platform/session.ts";
import { SampleBadge } from "../../shared/badges.tsx";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { useNow } from "../../shared/use-now.ts";
import { BoardControls } from "./board-controls.tsx";
import { periodOf, todayIn } from "./board-filters.ts";
import { GridTable, NetTable, TierTable, TrendTable } from "./board-tables.tsx";
import { tierOption, trendOption } from "./chart-options.ts";
import { FigureLink, RateWithParts } from "./figure-link.tsx";
import { SatisfactionCard } from "./satisfaction-card.tsx";

const Chart = lazy(async () => ({ default: (await import("./chart.tsx")).Chart }));

const Card = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="card">
    <h2>{title}</h2>
    {children}
  </section>
);

/** The numbers behind a chart, one press away. */
const AsTable = ({ children }: { children: ReactNode }) => {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t("board>asTable")}</summary>
      {children}
    </details>
  );
};

const Figures = ({ board, cell }: { board: Board; cell: BoardCell }) => {
  const { t } = useTranslation();
  const counts = ["reported", "closed", "open", "overdue"] as const;
  return (
    <ul className="figures">
      <li className="figure figure-main">
        <span>{t("board>onTime")}</span>
        <RateWithParts rate={board.disposedOnTime} cell={cell} words={t("board>onTime")} />
      </li>
      {counts.map((name) => (
        <li key={name} className="figure">
          <span>{t(`board>${name}`)}</span>
          <strong>
            <FigureLink n={board[name]} figure={name} cell={cell} words={t(`board>${name}`)} />
          </strong>
          <small>{t(`board>${name}Note`)}</small>
        </li>
      ))}
    </ul>
  );
};

const BoardBody = ({ board }: { board: Board }) => {
  const { t } = useTranslation();
  const search = useSearch({ from: "/signed-in/board" });
  const { account } = useSession();
  const cell: BoardCell = {
    gridCode: board.gridCode,
    from: board.from,
    to: board.to,
    net: NETS.find((net) => net === search.net),
    // A department's board counts its own cases, so its lists must too.
    unitCode: account.role === "department" ? (account.unitCode ?? undefined) : undefined,
  };
  const trend = useMemo(() => trendOption(t, board.trend), [t, board.trend]);
  const tiers = useMemo(() => tierOption(t, board.openByTier), [t, board.openByTier]);
  const tables = { board, cell };
  return (
    <>
      <Figures board={board} cell={cell} />
      <div className="cards">
        <Card title={t("board>openByTier")}>
          <Suspense fallback={<Loading rows={4} />}>
            <Chart option={tiers} label={t("board>openByTier")} heightPx={200} />
          </Suspense>
          <TierTable board={board} cell={cell} />
        </Card>
        <Card title={t("board>trend")}>
          <Suspense fallback={<Loading rows={4} />}>
            <Chart option={trend} label={t("board>trend")} heightPx={300} />
          </Suspense>
          <AsTable>
            <TrendTable board={board} />
          </AsTable>
        </Card>
        <div className="card-stack">
          <Card title={t("board>byNet")}>
            <NetTable {...tables} />
          </Card>
          <SatisfactionCard from={board.from} to={board.to} />
        </div>
        {board.byGrid.length > 0 && (
          <Card title={t("board>byGrid")}>
            <GridTable {...tables} search={search} />
          </Card>
        )}
      </div>
      <p className="hint">{t("board>definition")}</p>
    </>
  );
};

/** First results board: every figure opens the list of the cases it counts. */
export const BoardScreen = () => {
  const { t } = useTranslation();
  const search = useSearch({ from: "/signed-in/board" });
  const { data: county } = useQuery(countyQuery);
  const usual = periodOf("days30", todayIn(county?.timeZone ?? "Asia/Shanghai", useNow()));
  const period = { from: search.from ?? usual.from, to: search.to ?? usual.to };
  const { data, error, isPending, refetch } = useQuery(
    boardQuery({ ...search, ...period } as BoardQuery),
  );
  return (
    <div className="page board">
      <header className="page-head">
        <h1>
          {t("board>title")}
          {data && ` · ${data.gridName}`} {data?.sample && <SampleBadge />}
        </h1>
        <BoardControls {...period} />
      </header>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {isPending && <Loading rows={12} />}
      {data && <BoardBody board={data} />}
    </div>
  );
};
