import { COMPONENT_CONDITIONS, type Component, type NamedComponent } from "@onegrid/contract";
import type { Selectable } from "kysely";
import type { Component as ComponentTable } from "../../platform/schema.gen.ts";

/** A component with the names of what it refers to. */
export type ComponentRow = Omit<
  Selectable<ComponentTable>,
  "county_code" | "tile_key" | "grid_version"
> & {
  category_name: string | null;
  owner_unit_name: string | null;
  grid_name: string | null;
};

/** The CHECK of the column says the same; a word beyond it is a broken database. */
const conditionOf = (value: string): Component["condition"] => {
  const condition = COMPONENT_CONDITIONS.find((candidate) => candidate === value);
  if (condition === undefined) throw new RangeError(`unknown condition: ${value}`);
  return condition;
};

/** Row → what a case says of the component it names. */
export const namedComponentView = (
  row: Pick<
    ComponentRow,
    | "component_code"
    | "name"
    | "category_code"
    | "category_name"
    | "owner_unit_code"
    | "owner_unit_name"
    | "condition"
  >,
): NamedComponent => ({
  componentCode: row.component_code,
  name: row.name,
  categoryName: row.category_name ?? row.category_code,
  ownerUnitCode: row.owner_unit_code,
  ownerUnitName: row.owner_unit_name,
  condition: conditionOf(row.condition),
});

/** Row → wire. */
export const componentView = (row: ComponentRow): Component => ({
  ...namedComponentView(row),
  version: row.version,
  categoryCode: row.category_code,
  lng: row.lng,
  lat: row.lat,
  gridCode: row.grid_code,
  gridName: row.grid_name ?? row.grid_code,
  address: row.address,
  recordedOn: row.recorded_on,
  changedAt: row.changed_at.toISOString(),
  restricted: row.restricted,
  sample: row.sample,
});
