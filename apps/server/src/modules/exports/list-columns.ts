import type { AccountLine, Callback, Category, Department, Notice } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import type { Column } from "./columns.ts";

export type Translate = (key: string, params?: Record<string, unknown>) => string;

/** What columns are written by: words in a language, moments in the county's time. */
export type Writing = { t: Translate; timeZone: string };

const makers = ({ t, timeZone }: Writing) => ({
  column: <Row>(name: string, cell: (row: Row) => string | null): Column<Row> => ({
    heading: t(`export>${name}`),
    cell: (row) => cell(row) ?? "",
  }),
  at: (instant: string | null) => (instant === null ? "" : instantWords(instant, timeZone)),
  yesNo: (value: boolean) => t(value ? "export>yes" : "export>no"),
});

/** An account as a list shows it. */
export type ListedAccount = Omit<AccountLine, "lockedUntil" | "nameKeys">;

export const accountColumns = (writing: Writing): Column<ListedAccount>[] => {
  const { column, at, yesNo } = makers(writing);
  return [
    column("login", (a) => a.login),
    column("name", (a) => a.name),
    column("role", (a) => writing.t(`role>${a.role}`)),
    column("gridCode", (a) => a.scopeCode),
    column("unitCode", (a) => a.unitCode),
    column("employeeNumber", (a) => a.employeeNumber),
    column("disabledAt", (a) => at(a.disabledAt)),
    column("sample", (a) => yesNo(a.sample)),
  ];
};

export const noticeColumns = (writing: Writing): Column<Notice>[] => {
  const { column, at, yesNo } = makers(writing);
  const { t } = writing;
  return [
    column("title", (n) => n.title),
    column("kind", (n) => t(`export>notice_${n.kind}`)),
    column("state", (n) => t(`export>notice_${n.state}`)),
    column("grid", (n) => n.gridName),
    column("gridCode", (n) => n.gridCode),
    column("nominees", (n) =>
      n.nominees.map(({ postName, name }) => `${postName} ${name}`).join("、"),
    ),
    column("publishedAt", (n) => at(n.publishedAt)),
    column("termEndsAt", (n) => at(n.termEndsAt)),
    column("openObjections", (n) => String(n.openObjections)),
    column("withdrawReason", (n) => n.withdrawReason),
    column("sha256", (n) => n.sha256),
    column("sample", (n) => yesNo(n.sample)),
  ];
};

export const callbackColumns = (writing: Writing): Column<Callback>[] => {
  const { column, at } = makers(writing);
  return [
    column("number", (c) => c.number),
    column("category", (c) => c.categoryName),
    column("grid", (c) => c.gridName),
    column("closedAt", (c) => at(c.closedAt)),
    column("maskedContact", (c) => c.maskedContact),
    column("attempts", (c) => String(c.attempts)),
  ];
};

export const categoryColumns = (writing: Writing): Column<Category>[] => {
  const { column, yesNo } = makers(writing);
  const { t } = writing;
  return [
    column("code", (c) => c.categoryCode),
    column("name", (c) => c.name),
    column("net", (c) => t(`net>${c.net}`)),
    column("kind", (c) => t(`export>category_${c.kind}`)),
    column("owner", (c) => c.ownerUnitName),
    column("tier", (c) => t(`tier>${c.startTier}`)),
    column("limit", (c) => `${c.limit.amount} ${t(`limitUnit>${c.limit.unit}`)}`),
    column("emergency", (c) => yesNo(c.emergency)),
    column("words", (c) => c.words.join("、")),
    column("standardClass", ({ standardClass: s }) => s && `${s.standard} ${s.classCode}`),
    column("active", (c) => yesNo(c.active)),
    column("sample", (c) => yesNo(c.sample)),
  ];
};

export const departmentColumns = (writing: Writing): Column<Department>[] => {
  const { column, yesNo } = makers(writing);
  const { t } = writing;
  return [
    column("code", (d) => d.unitCode),
    column("name", (d) => d.name),
    column("net", (d) => d.nets.map((net) => t(`net>${net}`)).join("、")),
    column("dutyPhone", (d) => d.dutyPhone),
    column("sample", (d) => yesNo(d.sample)),
  ];
};
