import type { Board } from "@onegrid/contract";
import { COLORS } from "@onegrid/ui";
import type { TFunction } from "i18next";
import type { ChartOption } from "./chart.tsx";

const TEXT = { color: COLORS.ink2, fontFamily: "inherit" };
const GRID = { left: 8, right: 16, top: 36, bottom: 4, containLabel: true };

// As HTML it would need style attributes, which the page's policy forbids.
const TOOLTIP = { trigger: "axis", renderMode: "richText" } as const;

/** Reported and closed a day: colour and line style differ, not colour alone. */
export const trendOption = (t: TFunction, trend: Board["trend"]): ChartOption => ({
  textStyle: TEXT,
  grid: GRID,
  tooltip: TOOLTIP,
  legend: { top: 0, right: 0, textStyle: TEXT },
  xAxis: {
    type: "category",
    data: trend.map((d) => d.day.slice(5)),
    axisLabel: { ...TEXT, interval: Math.ceil(trend.length / 8) - 1 },
  },
  yAxis: { type: "value", minInterval: 1, axisLabel: TEXT },
  series: [
    {
      name: t("board>reported"),
      type: "line",
      data: trend.map((d) => d.reported),
      symbol: "circle",
      showSymbol: trend.length < 40,
      lineStyle: { width: 2 },
      itemStyle: { color: COLORS.brand },
    },
    {
      name: t("board>closed"),
      type: "line",
      data: trend.map((d) => d.closed),
      symbol: "rect",
      showSymbol: trend.length < 40,
      lineStyle: { width: 2, type: "dashed" },
      itemStyle: { color: COLORS.green },
    },
  ],
});

/** Open cases a tier, the street corner first. */
export const tierOption = (t: TFunction, tiers: Board["openByTier"]): ChartOption => ({
  textStyle: TEXT,
  grid: { ...GRID, top: 8 },
  tooltip: TOOLTIP,
  xAxis: { type: "value", minInterval: 1, axisLabel: TEXT },
  yAxis: {
    type: "category",
    inverse: true,
    data: tiers.map(({ tier }) => t(`tier>${tier}`)),
    axisLabel: TEXT,
  },
  series: [
    {
      type: "bar",
      data: tiers.map(({ open }) => open),
      barMaxWidth: 18,
      itemStyle: { color: COLORS.brand, borderRadius: [0, 4, 4, 0] },
      label: { show: true, position: "right", color: COLORS.ink },
    },
  ],
});
