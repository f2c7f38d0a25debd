import type { CaseListItem, EXPORT_LANGUAGES } from "@onegrid/contract";
import { maskNumbers } from "@onegrid/domain";
import { createWords, instantWords } from "@onegrid/ui";
import en from "./words/en.json" with { type: "json" };
import zhCN from "./words/zh-CN.json" with { type: "json" };

/** A column of an export: its heading, and what a row has in it. */
export type Column<Row = CaseListItem> = { heading: string; cell: (row: Row) => string };

/** Columns in the language of whoever asked, moments in the county's time, numbers masked. */
export const columnsOf = (
  language: (typeof EXPORT_LANGUAGES)[number],
  timeZone: string,
): Column[] => {
  const { t } = createWords({ "zh-CN": zhCN, en }, language);
  const at = (instant: string | null) => (instant === null ? "" : instantWords(instant, timeZone));
  const yesNo = (value: boolean | null) =>
    value === null ? "" : t(value ? "export>yes" : "export>no");
  const column = (name: string, cell: Column["cell"]): Column => ({
    heading: t(`export>${name}`),
    cell,
  });
  return [
    column("number", (c) => c.number),
    column("state", (c) => t(`state>${c.state}`)),
    column("net", (c) => t(`net>${c.net}`)),
    column("category", (c) => c.categoryName),
    column("description", (c) => maskNumbers(c.description)),
    column("address", (c) => maskNumbers(c.address ?? "")),
    column("grid", (c) => c.gridName),
    column("gridCode", (c) => c.gridCode),
    column("tier", (c) => t(`tier>${c.tier}`)),
    column("holder", (c) => c.holderName ?? ""),
    column("emergency", (c) => yesNo(c.emergency)),
    column("reportedAt", (c) => at(c.reportedAt)),
    column("dueAt", (c) => at(c.dueAt)),
    column("disposedAt", (c) => at(c.disposedAt)),
    column("onTime", (c) => yesNo(c.disposedOnTime)),
    column("closedAt", (c) => at(c.closedAt)),
    column("sample", (c) => yesNo(c.sample)),
  ];
};

/**
 * A line of CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe
 * before it, which makes it text.
 */
export const csvLine = (cells: readonly string[]): string =>
  `${cells
    .map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(",")}\r\n`;
