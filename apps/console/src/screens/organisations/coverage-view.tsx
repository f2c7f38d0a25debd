import type { CoverageFigure, CoverageKind, CoverageRow } from "@onegrid/contract";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Segmented, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { coverageQuery, coverageRowsQuery } from "../../platform/organisation-queries.ts";
import { PagedTable } from "../../shared/paged-table.tsx";
import { ErrorNote, Loading } from "../../shared/states.tsx";

type Side = "all" | "true" | "false";
type Chosen = { kind: CoverageKind; side: Side };

const percent = (rate: number | null): string =>
  rate === null ? "—" : `${(rate * 100).toFixed(1)} %`;

/** 一肩挑 counts who is what and not what is covered: its words are its own. */
const wordOf = (kind: CoverageKind, word: string): string =>
  `organisations>${word}${kind === "secretary_heads" ? "Heads" : ""}`;

const Figure = ({
  figure,
  onChoose,
}: {
  figure: CoverageFigure;
  onChoose: (chosen: Chosen) => void;
}) => {
  const { t } = useTranslation();
  const { kind, covered, all, rate } = figure;
  return (
    <li className="coverage-figure">
      <h2>{t(`organisations>coverage_${kind}`)}</h2>
      <strong>{percent(rate)}</strong>
      <p>
        <button
          type="button"
          className="link-button"
          onClick={() => onChoose({ kind, side: "true" })}
        >
          {t(wordOf(kind, "covered"))} {covered}
        </button>
        {" / "}
        <button
          type="button"
          className="link-button"
          onClick={() => onChoose({ kind, side: "all" })}
        >
          {t("organisations>allRows")} {all}
        </button>
      </p>
      <button
        type="button"
        className="link-button"
        onClick={() => onChoose({ kind, side: "false" })}
      >
        {t(wordOf(kind, "notCovered"))} {all - covered}
      </button>
    </li>
  );
};

const columns = (
  t: TFunction,
  kind: CoverageKind,
  onOpen: (code: string) => void,
): TableColumnsType<CoverageRow> => [
  { title: t("organisations>code"), dataIndex: "code", width: 180 },
  { title: t("organisations>name"), dataIndex: "name" },
  { title: t("organisations>grid"), render: (_, row) => row.gridName ?? "—" },
  {
    title: t("organisations>coveredBy"),
    render: (_, { organisationCode, organisationName }) =>
      organisationCode === null ? (
        <span className="organisation-missing">▲ {t(wordOf(kind, "noOwn"))}</span>
      ) : (
        <button type="button" className="link-button" onClick={() => onOpen(organisationCode)}>
          {organisationName}
        </button>
      ),
  },
];

const Rows = ({
  on,
  chosen,
  onChoose,
  onOpen,
}: {
  on: string;
  chosen: Chosen;
  onChoose: (chosen: Chosen) => void;
  onOpen: (code: string) => void;
}) => {
  const { t } = useTranslation();
  const { kind, side } = chosen;
  const query = useInfiniteQuery(
    coverageRowsQuery(kind, side === "all" ? { on } : { on, covered: side }),
  );
  return (
    <section>
      <h2>{t(`organisations>coverage_${kind}`)}</h2>
      <Segmented<Side>
        value={side}
        onChange={(next) => onChoose({ kind, side: next })}
        options={[
          { value: "all", label: t("organisations>allRows") },
          { value: "true", label: t(wordOf(kind, "covered")) },
          { value: "false", label: t(wordOf(kind, "notCovered")) },
        ]}
      />
      <PagedTable
        query={query}
        rowsOf={({ rows }) => rows}
        rowKey="code"
        minWidth={700}
        empty={t("organisations>noRows")}
        columns={columns(t, kind, onOpen)}
      />
    </section>
  );
};

/** 党组织覆盖率 of a day; each figure opens the rows it was counted from. */
export const CoverageView = ({ on, onOpen }: { on: string; onOpen: (code: string) => void }) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen>({ kind: "grids", side: "false" });
  const { data, error, isPending, refetch } = useQuery(coverageQuery(on));
  if (isPending) return <Loading />;
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  return (
    <>
      <p className="hint">{t("organisations>coverageNote")}</p>
      <ul className="coverage-figures">
        {data.figures.map((figure) => (
          <Figure key={figure.kind} figure={figure} onChoose={setChosen} />
        ))}
      </ul>
      <Rows on={on} chosen={chosen} onChoose={setChosen} onOpen={onOpen} />
    </>
  );
};
