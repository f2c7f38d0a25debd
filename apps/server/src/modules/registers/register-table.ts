import { REGISTER_COLUMNS, type RegisterColumn, type RegisterName } from "@onegrid/contract";
import { sql, type RawBuilder } from "kysely";

const TABLES: Record<RegisterName, string> = {
  estates: "estate",
  buildings: "building",
  property_companies: "property_company",
  owners_committees: "owners_committee",
};

const SQL_TYPES: Record<RegisterColumn["kind"], string> = {
  code: "text",
  text: "text",
  integer: "integer",
  decimal: "double precision",
  day: "date",
  choice: "text",
  choices: "text[]",
};

const snake = (key: string): string =>
  key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The table of a register, made of its description; names come from the contract, never from input. */
export const tableOf = (register: RegisterName) => {
  const columns = REGISTER_COLUMNS[register];
  const column = (key: string): RawBuilder<unknown> => sql.ref(snake(key));
  return {
    name: sql.table(TABLES[register]),
    columns,
    hasGrid: columns.some(({ key }) => key === "gridCode"),
    column,
    /** `grid_code text, households integer` for jsonb_to_recordset. */
    recordset: sql.raw(columns.map(({ key, kind }) => `"${key}" ${SQL_TYPES[kind]}`).join(", ")),
    /** Columns as a JSON object under the keys of the contract. */
    asJson: sql.raw(
      `jsonb_build_object(${columns.map(({ key }) => `'${key}', t.${snake(key)}`).join(", ")})`,
    ),
  };
};

export type RegisterTable = ReturnType<typeof tableOf>;
