import { NETS } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { countyQuery } from "../../platform/queries.ts";
import type { BoardSearch } from "../../shared/case-search.ts";
import { useNow } from "../../shared/use-now.ts";
import { GridSelect } from "../../shared/grid-select.tsx";
import { PERIODS, periodOf, todayIn, type Period } from "./board-filters.ts";

/** Period, grid and net that the board looks at; all of it stands in the address. */
export const BoardControls = ({ from, to }: { from: string; to: string }) => {
  const { t } = useTranslation();
  const search = useSearch({ from: "/signed-in/board" });
  const navigate = useNavigate();
  const { data: county } = useQuery(countyQuery);
  const today = todayIn(county?.timeZone ?? "Asia/Shanghai", useNow());
  const change = (part: { [Name in keyof BoardSearch]?: string | undefined }) =>
    void navigate({ to: "/board", search: { ...search, ...part } as BoardSearch });
  const named = PERIODS.find((period) => {
    const days = periodOf(period, today);
    return days.from === from && days.to === to;
  });
  return (
    <section className="board-controls" aria-label={t("board>controls")}>
      <Select
        aria-label={t("board>period")}
        value={named ?? "own"}
        onChange={(value: Period | "own") => value !== "own" && change(periodOf(value, today))}
        options={[
          ...PERIODS.map((period) => ({ value: period, label: t(`board>${period}`) })),
          ...(named ? [] : [{ value: "own" as const, label: t("board>ownPeriod") }]),
        ]}
      />
      <span className="filter-range">
        <Input
          type="date"
          aria-label={t("board>from")}
          value={from}
          max={to}
          onChange={(event) => event.target.value && change({ from: event.target.value, to })}
        />
        <span aria-hidden="true">–</span>
        <Input
          type="date"
          aria-label={t("board>to")}
          value={to}
          min={from}
          onChange={(event) => event.target.value && change({ from, to: event.target.value })}
        />
      </span>
      <span className="board-grid">
        <GridSelect
          label={t("filter>grid")}
          value={search.grid}
          onChange={(grid) => change({ grid })}
        />
      </span>
      <Select
        aria-label={t("filter>net")}
        allowClear
        placeholder={t("board>allNets")}
        value={search.net ?? null}
        onChange={(net: string | null) => change({ net: net ?? undefined })}
        options={NETS.map((net) => ({ value: net, label: t(`net>${net}`) }))}
      />
    </section>
  );
};
