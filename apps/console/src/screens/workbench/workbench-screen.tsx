import { useInfiniteQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { Button, Splitter } from "antd";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { casesQuery } from "../../platform/queries.ts";
import { EmptyNote, ErrorNote, Loading } from "../../shared/states.tsx";
import { useMediaQuery } from "../../shared/use-media-query.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { CaseList } from "./case-list.tsx";
import { ExportButton } from "./export-button.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { useCaseSearch } from "./use-case-search.ts";
import { usePicked } from "./use-picked.ts";

const CaseMap = lazy(async () => ({ default: (await import("./case-map.tsx")).CaseMap }));

/** Below this the map would be a stamp: list, map and case then take turns. */
const NARROW = "(max-width: 900px)";

const useCases = () => {
  const { search } = useCaseSearch();
  const result = useInfiniteQuery(casesQuery({ sort: "due", ...search }));
  const cases = useMemo(
    () => result.data?.pages.flatMap((page) => page.cases) ?? [],
    [result.data],
  );
  return { ...result, cases };
};

const CountLine = ({ count, more }: { count: number; more: boolean }) => {
  const { t } = useTranslation();
  return (
    <output className="count-line">
      {t(more ? "workbench>countMore" : "workbench>count", { n: count })}
    </output>
  );
};

/** Filters, list and picked rows. */
const ListSide = (props: {
  hoveredId: string | null;
  onHover: (caseId: string | null) => void;
}) => {
  const { t } = useTranslation();
  const { search, clear } = useCaseSearch();
  const { caseId } = useParams({ strict: false });
  const { cases, ...result } = useCases();
  const { picked, toggle, setAll, reset } = usePicked(cases);
  const { fetchNextPage } = result;
  const load = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return (
    <section className="list-side" aria-label={t("workbench>list")}>
      <FilterBar />
      {result.error && <ErrorNote error={result.error} retry={() => void result.refetch()} />}
      {result.isPending && <Loading rows={10} />}
      {result.isSuccess && cases.length === 0 && (
        <EmptyNote words={t("workbench>empty")}>
          <Button onClick={clear}>{t("filter>clear")}</Button>
        </EmptyNote>
      )}
      {cases.length > 0 && (
        <>
          <div className="list-head">
            <label>
              <input
                type="checkbox"
                checked={picked.size > 0 && picked.size === Math.min(cases.length, 100)}
                onChange={(event) => (event.target.checked ? setAll() : reset())}
              />
              {t("bulk>all")}
            </label>
            <ExportButton />
            <CountLine count={cases.length} more={result.hasNextPage} />
          </div>
          <CaseList
            cases={cases}
            search={search}
            openId={caseId}
            hoveredId={props.hoveredId}
            picked={picked}
            onPick={toggle}
            onHover={props.onHover}
            more={{ wanted: result.hasNextPage, loading: result.isFetchingNextPage, load }}
          />
        </>
      )}
      <BulkBar picked={cases.filter((c) => picked.has(c.caseId))} onDone={reset} />
    </section>
  );
};

/** Map-first workbench: the list left, the map right, an opened case beside them. */
export const WorkbenchScreen = () => {
  const { t } = useTranslation();
  const { caseId } = useParams({ strict: false });
  const narrow = useMediaQuery(NARROW);
  const [hoveredId, setHoveredId] = useState<string | null>(null);
  const [mapShown, setMapShown] = useState(false);
  const { cases, dataUpdatedAt } = useCases();
  const list = <ListSide hoveredId={hoveredId} onHover={setHoveredId} />;
  const map = (
    <Suspense fallback={<Loading />}>
      <CaseMap
        cases={cases}
        readAt={dataUpdatedAt}
        openId={caseId}
        hoveredId={hoveredId}
        onHover={setHoveredId}
      />
    </Suspense>
  );
  if (narrow) {
    return (
      <div className="workbench workbench-narrow">
        <h1 className="visually-hidden">{t("nav>workbench")}</h1>
        {mapShown ? map : list}
        <Button className="map-toggle" type="primary" onClick={() => setMapShown(!mapShown)}>
          {t(mapShown ? "workbench>showList" : "workbench>showMap")}
        </Button>
        <Outlet />
      </div>
    );
  }
  return (
    <div className="workbench">
      <h1 className="visually-hidden">{t("nav>workbench")}</h1>
      <Splitter>
        <Splitter.Panel defaultSize={400} min={320} max="60%">
          {list}
        </Splitter.Panel>
        <Splitter.Panel>{map}</Splitter.Panel>
      </Splitter>
      <Outlet />
    </div>
  );
};
