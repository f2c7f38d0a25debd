import fc from "fast-check";
import { z } from "zod";

type JsonSchema = {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  format?: string;
};

/** Text that parsers, databases and paths have stumbled over. */
export const hostileText = fc.constantFrom(
  "",
  " ",
  "0",
  "-1",
  "NaN",
  "Infinity",
  "1e309",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "'; DROP TABLE cases; --",
  "../../etc/passwd",
  "%",
  "%_\\",
  "{{7*7}}",
  "<script>alert(1)</script>",
  "٣",
  "占道经营",
  "\u202e",
  "x".repeat(5_000),
  "0000-01-01",
  "9999-12-31",
  "+010000-01-01T00:00:00Z",
  "0000-01-01T00:00:00Z",
  "2026-02-30",
  "null",
  "[]",
);

const formatted = (format: string | undefined): fc.Arbitrary<unknown> | undefined => {
  switch (format) {
    case "uuid":
      return fc.uuid();
    case "date-time":
      return fc
        .date({ min: new Date("0001-01-01"), max: new Date("9999-01-01"), noInvalidDate: true })
        .map((at) => at.toISOString());
    case "date":
      return fc
        .date({ min: new Date("0001-01-01"), max: new Date("9999-01-01"), noInvalidDate: true })
        .map((at) => at.toISOString().slice(0, 10));
    default:
      return undefined;
  }
};

type Known = Record<string, readonly string[]>;

/** Names under which a code of a kind is passed. */
const KINDS: Record<string, string> = {
  grid: "gridCode",
  parent: "gridCode",
  category: "categoryCode",
  unit: "unitCode",
  ownerUnitCode: "unitCode",
};

const object = (schema: JsonSchema, known: Known): fc.Arbitrary<unknown> => {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const meaningful = known[KINDS[name] ?? name];
    const value = valueOf(field, known);
    const filled =
      meaningful === undefined
        ? value
        : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...meaningful) }, value);
    return [name, filled] as const;
  });
  return fc.record(Object.fromEntries(fields), { requiredKeys: schema.required ?? [] });
};

const ofType = (type: string | undefined, schema: JsonSchema, known: Known) => {
  switch (type) {
    case "object":
      return object(schema, known);
    case "array":
      return fc.array(valueOf(schema.items ?? {}, known), {
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case "integer":
      return fc.integer({ min: schema.minimum ?? -5, max: schema.maximum ?? 1_000 });
    case "number":
      return fc.double({
        min: schema.minimum ?? -1e6,
        max: schema.maximum ?? 1e6,
        noNaN: true,
      });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return (
        formatted(schema.format) ??
        fc.oneof(fc.string({ maxLength: 20 }), fc.stringMatching(/^[0-9A-Za-z-]{1,12}$/))
      );
    default:
      return fc.jsonValue();
  }
};

/** Mostly what the schema asks for, now and then anything at all. */
const valueOf = (schema: JsonSchema, known: Known): fc.Arbitrary<unknown> => {
  const choices = schema.anyOf ?? schema.oneOf;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const fitting =
    schema.const !== undefined
      ? fc.constant(schema.const)
      : schema.enum !== undefined
        ? fc.constantFrom(...schema.enum)
        : choices === undefined
          ? fc.oneof(...types.map((type) => ofType(type, schema, known)))
          : fc.oneof(...choices.map((choice) => valueOf(choice, known)));
  return fc.oneof(
    { weight: 12, arbitrary: fitting },
    { weight: 1, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );
};

/** Input for a schema of the contract: valid, nearly valid and garbage. `undefined` without one. */
export const arbitraryOf = (schema: z.ZodType | undefined, known: Known): fc.Arbitrary<unknown> =>
  schema === undefined
    ? fc.constant(undefined)
    : valueOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema, known);
