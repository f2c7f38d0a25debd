/**
 * Writes docs/openapi.json from the contract; `--check` only compares and fails on drift.
 * The document is derived, never edited: an endpoint that is not in it does not exist.
 */
import { readFile, writeFile } from "node:fs/promises";
import * as contract from "@onegrid/contract";
import { z } from "zod";

const FILE = new URL("../docs/openapi.json", import.meta.url);

const isEndpoint = (value: unknown): value is contract.Endpoint =>
  typeof value === "object" && value !== null && "path" in value && "permission" in value;

type Json = Record<string, unknown>;

const jsonSchema = (schema: z.ZodType, io: "input" | "output"): Json => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io,
    unrepresentable: "any",
  }) as Json;
  return rest;
};

const parameters = (schema: z.ZodType | undefined, place: "path" | "query"): Json[] => {
  if (schema === undefined) return [];
  const object = jsonSchema(schema, "input") as { properties?: Json; required?: string[] };
  return Object.entries(object.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === "path" || (object.required ?? []).includes(name),
    schema: property,
  }));
};

const problemAnswer = (endpoint: contract.Endpoint): Json => ({
  description: [
    "Problem document (RFC 9457).",
    ...(endpoint.problems ? [`Codes: ${endpoint.problems.join(", ")}.`] : []),
  ].join(" "),
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
});

/** A machine's key opens what machines may do at all; the rest is for people who sign in. */
const securityOf = ({ permission }: contract.Endpoint): Json[] => {
  if (permission === "public") return [];
  const isForMachines = contract.MACHINE_PERMISSIONS.some((one) => one === permission);
  return isForMachines ? [{ session: [] }, { key: [] }] : [{ session: [] }];
};

const operation = (endpoint: contract.Endpoint): Json => {
  const status = String(endpoint.status ?? 200);
  const hasBody = endpoint.status !== 204 && !(endpoint.answer instanceof z.ZodUndefined);
  return {
    operationId: endpoint.name,
    summary: endpoint.summary,
    tags: [endpoint.name.split(".")[0]],
    "x-permission": endpoint.permission,
    security: securityOf(endpoint),
    parameters: [...parameters(endpoint.params, "path"), ...parameters(endpoint.query, "query")],
    ...(endpoint.body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: jsonSchema(endpoint.body, "input") } },
      },
    }),
    responses: {
      [status]: {
        description: "Done",
        ...(hasBody && {
          content: { "application/json": { schema: jsonSchema(endpoint.answer, "output") } },
        }),
      },
      default: problemAnswer(endpoint),
    },
  };
};

const document = (): Json => {
  const paths: Record<string, Json> = {};
  const endpoints = (Object.values(contract) as unknown[]).filter(isEndpoint);
  for (const endpoint of endpoints.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const item = (paths[endpoint.path] ??= {});
    item[endpoint.method.toLowerCase()] = operation(endpoint);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "OneGrid 四网合一",
      version: "0.1.0",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(contract.Problem, "output") },
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "onegrid_session" },
        key: { type: "http", scheme: "bearer" },
      },
    },
  };
};

const text = `${JSON.stringify(document(), null, 2)}\n`;
if (process.argv.includes("--check")) {
  const present = await readFile(FILE, "utf8").catch(() => "");
  if (present !== text) {
    console.error("docs/openapi.json differs from the contract: run `node tools/openapi.ts`.");
    process.exit(1);
  }
  console.log("docs/openapi.json fits the contract.");
} else {
  await writeFile(FILE, text);
  console.log(`Wrote docs/openapi.json: ${Object.keys(JSON.parse(text).paths).length} paths.`);
}
