import { COMPONENT_CONDITIONS, type RegisterValue } from "@onegrid/contract";
import { isWithin } from "@onegrid/domain";
import { readCodeCursor, writeCodeCursor } from "../../platform/code-cursor.ts";
import { todayOf, type Ctx } from "../../platform/context.ts";
import { inScope, type Trx } from "../../platform/database.ts";
import { textIn, writeInParts, type ImportTarget } from "../../platform/import-target.ts";
import { inCounty, selectComponents, selectComponentsByCode } from "./component-queries.ts";
import { componentReferences } from "./component-references.ts";
import { lockComponents, writeComponents } from "./component-store.ts";
import { place, type Placed } from "./import-components.ts";
import type { ComponentRowRead } from "./import/read-components.ts";
import { badCursor } from "./problems.ts";

const ROWS_AT_ONCE = 5_000;

type Values = Record<string, RegisterValue>;
type Known = Awaited<ReturnType<typeof selectComponentsByCode>>;

/** Column of the table that a fault of the rules is about. */
const COLUMNS: Record<string, string> = { componentCode: "code", location: "lng" };

/** A row as the rules of components read it; a column the table does not have keeps what is there. */
const readRow = (values: Values, given: ReadonlySet<string>, known: Known): ComponentRowRead => {
  const componentCode = textIn(values, "code") ?? "";
  const before = known.get(componentCode);
  const text = (key: "categoryCode" | "ownerUnitCode" | "address"): string | null =>
    given.has(key) ? textIn(values, key) : (before?.[key] ?? null);
  const condition = given.has("condition") ? textIn(values, "condition") : before?.condition;
  return {
    componentCode,
    name: textIn(values, "name") ?? "",
    // Left out, the class in the code finds the category.
    categoryCode: text("categoryCode") ?? before?.categoryCode ?? null,
    ownerUnitCode: text("ownerUnitCode"),
    condition: COMPONENT_CONDITIONS.find((word) => word === condition) ?? "intact",
    lng: Number(values["lng"]),
    lat: Number(values["lat"]),
    address: text("address"),
    recordedOn: textIn(values, "recordedOn"),
    restricted: given.has("restricted")
      ? values["restricted"] === "yes"
      : (before?.restricted ?? false),
  };
};

const knownOf = (trx: Trx, ctx: Ctx, rows: readonly Values[]): Promise<Known> =>
  selectComponentsByCode(
    trx,
    ctx.county.countyCode,
    rows.flatMap((values) => textIn(values, "code") ?? []),
  );

const isPlaced = (placed: Placed): placed is Extract<Placed, { component: unknown }> =>
  "component" in placed;

/** 部件 as something that tables are brought into and taken out of. */
export const componentTarget: ImportTarget = {
  lock: (trx, ctx) => lockComponents(trx, ctx.county.countyCode),
  check: async (trx, ctx, rows, given) => {
    const whole = rows.filter(({ problems }) => problems.length === 0);
    const county = await componentReferences(ctx);
    const known = await knownOf(
      trx,
      ctx,
      whole.map(({ values }) => values),
    );
    for (const [index, { values, problems }] of whole.entries()) {
      const placed = place(index, readRow(values, given, known), county, false);
      if (isPlaced(placed)) {
        if (isWithin(placed.component.gridCode, ctx.actor.scopeCode)) continue;
        problems.push({ column: "lng", code: "outside_scope", params: {} });
      } else {
        for (const { field, code, allowed } of placed.issues) {
          problems.push({ column: COLUMNS[field] ?? field, code, params: { allowed } });
        }
      }
    }
  },
  write: async (trx, ctx, rows, { given, onProgress }) => {
    const county = await componentReferences(ctx);
    const now = ctx.clock.now();
    const today = todayOf(ctx);
    return writeInParts(rows, ROWS_AT_ONCE, onProgress, async (part) => {
      const known = await knownOf(trx, ctx, part);
      const components = part
        .map((values, index) => place(index, readRow(values, given, known), county, false))
        .filter(isPlaced)
        .map(({ component }) => component);
      const some = await writeComponents(trx, county.countyCode, components, now, today);
      return { ...some, unchanged: part.length - some.added - some.changed };
    });
  },
  page: async (ctx, cursor, limit) => {
    const { countyCode } = ctx.county;
    const after = cursor === undefined ? null : readCodeCursor(cursor, badCursor());
    const filters = { grid: ctx.actor.scopeCode };
    const found = await inScope(ctx.db, inCounty(countyCode), (trx) =>
      selectComponents(trx, countyCode, filters, after, limit + 1),
    );
    const components = found.slice(0, limit);
    const last = found.length > limit ? components.at(-1) : undefined;
    return {
      nextCursor: last ? writeCodeCursor(last.componentCode) : null,
      rows: components.map((component) => ({
        code: component.componentCode,
        name: component.name,
        lng: component.lng,
        lat: component.lat,
        categoryCode: component.categoryCode,
        ownerUnitCode: component.ownerUnitCode,
        condition: component.condition,
        address: component.address,
        recordedOn: component.recordedOn,
        restricted: component.restricted ? "yes" : "no",
      })),
    };
  },
};
