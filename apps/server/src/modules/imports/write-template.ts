import { IMPORT_COLUMNS, type ImportKind, type RegisterColumn } from "@onegrid/contract";
import { isWithin } from "@onegrid/domain";
import type { Ctx } from "../../platform/context.ts";
import { categoriesOf, departmentsOf } from "../catalogue/index.ts";
import { gridsOf } from "../grids/index.ts";
import { listTemplates } from "../posts/index.ts";
import { choiceWord, headingOf, translator, type ImportLanguage, type Translate } from "./words.ts";
import { xlsxOf, type TextSheet } from "../exports/index.ts";

/** One list of what may stand in a column: its heading and its members. */
type Allowed = { heading: string; members: string[] };

const hasColumn = (kind: ImportKind, key: string): boolean =>
  IMPORT_COLUMNS[kind].some((column) => column.key === key);

const choicesOf = (t: Translate, kind: ImportKind): Allowed[] =>
  IMPORT_COLUMNS[kind].flatMap((column) =>
    column.values === undefined
      ? []
      : [
          {
            heading: headingOf(t, column),
            members: column.values.map((value) => choiceWord(t, column, value)),
          },
        ],
  );

/** Grids of the own scope, code and full name side by side. */
const gridLists = async (ctx: Ctx, t: Translate): Promise<Allowed[]> => {
  const grids = [...(await gridsOf(ctx)).all()]
    .filter(({ gridCode, level }) => level > 0 && isWithin(gridCode, ctx.actor.scopeCode))
    .toSorted((a, b) => (a.gridCode < b.gridCode ? -1 : 1));
  return [
    { heading: t("registerColumn>gridCode"), members: grids.map(({ gridCode }) => gridCode) },
    { heading: t("importTable>gridName"), members: grids.map(({ name }) => name) },
  ];
};

const namedLists = (
  t: Translate,
  key: string,
  entries: readonly { code: string; name: string }[],
): Allowed[] => [
  { heading: t(`registerColumn>${key}`), members: entries.map(({ code }) => code) },
  { heading: t("registerColumn>name"), members: entries.map(({ name }) => name) },
];

const listsOf = async (ctx: Ctx, t: Translate, kind: ImportKind): Promise<Allowed[]> => {
  const { countyCode } = ctx.county;
  const lists = choicesOf(t, kind);
  if (kind === "posts") {
    const templates = await listTemplates(ctx);
    lists.push({
      heading: t("registerColumn>template"),
      members: templates.map(({ name }) => name),
    });
  }
  if (hasColumn(kind, "categoryCode")) {
    const categories = [...(await categoriesOf(ctx.db, countyCode)).values()]
      .filter((category) => category.kind === "component" && category.active)
      .map(({ categoryCode, name }) => ({ code: categoryCode, name }));
    lists.push(...namedLists(t, "categoryCode", categories));
  }
  if (hasColumn(kind, "ownerUnitCode")) {
    const units = [...(await departmentsOf(ctx.db, countyCode)).values()].map(
      ({ unitCode, name }) => ({ code: unitCode, name }),
    );
    lists.push(...namedLists(t, "ownerUnitCode", units));
  }
  if (hasColumn(kind, "gridCode")) lists.push(...(await gridLists(ctx, t)));
  return lists;
};

const sheetOfLists = (t: Translate, lists: readonly Allowed[]): TextSheet => {
  const length = Math.max(0, ...lists.map(({ members }) => members.length));
  return {
    name: t("importTable>allowed"),
    // A mark keeps the sheet from being taken for the table itself.
    head: lists.map(({ heading }) => `${t("importTable>allowedMark")} ${heading}`),
    widths: lists.map(() => 24),
    rows: Array.from({ length }, (_, index) => lists.map(({ members }) => members[index] ?? null)),
  };
};

const explanationOf = (t: Translate, kind: ImportKind, column: RegisterColumn): string[] => [
  headingOf(t, column),
  t(column.required ? "importTable>required" : "importTable>optional"),
  t(`importFormat>${column.kind}`),
  t(`importNote>${kind}_${column.key}`, {
    defaultValue: t(`importNote>${column.key}`, { defaultValue: "" }),
  }),
];

/** An empty table of a kind as XLSX: to be filled, explained, and what may stand in it. */
export const writeTemplate = async (
  ctx: Ctx,
  kind: ImportKind,
  language: ImportLanguage,
): Promise<Buffer> => {
  const t = translator(language);
  const columns = IMPORT_COLUMNS[kind];
  const sheets: TextSheet[] = [
    {
      name: t(`importKind>${kind}`),
      head: columns.map((column) => `${headingOf(t, column)}${column.required ? " *" : ""}`),
      rows: [],
    },
    {
      name: t("importTable>explanation"),
      head: ["column", "required", "format", "note"].map((key) => t(`importTable>${key}`)),
      widths: [20, 10, 36, 70],
      rows: columns.map((column) => explanationOf(t, kind, column)),
    },
  ];
  const lists = await listsOf(ctx, t, kind);
  if (lists.length > 0) sheets.push(sheetOfLists(t, lists));
  return xlsxOf(sheets);
};
