import {
  areaToWgs84,
  readAreaFeatures,
  type Area,
  type CoverageChecker,
  type CrsName,
  type FilePosition,
} from "@onegrid/geo";
import { cutFieldName } from "../../../platform/map-files/field-names.ts";
import type { ImportIssue } from "./import-report.ts";

/** Names of the properties that hold what a grid needs. */
export interface FieldNames {
  code: string;
  name: string;
  parent: string;
  partyGroup: string;
  dutyPhone: string;
}

export const DEFAULT_FIELDS: FieldNames = {
  code: "code",
  name: "name",
  parent: "parent",
  partyGroup: "party_group",
  dutyPhone: "duty_phone",
};

/** A feature of the file, geometry sound, codes as the file has them. */
export interface FeatureDraft {
  /** Key of its polygon in the checker. */
  key: string;
  fileCode: string;
  fileParent: string | undefined;
  name: string;
  partyGroup: string | null;
  dutyPhone: string | null;
  schematic: boolean;
  area: Area;
  position: FilePosition;
}

export interface ReadResult {
  read: number;
  drafts: FeatureDraft[];
  issues: ImportIssue[];
  /** The file broke off or is none of ours: what was read is not the whole of it. */
  unreadable: boolean;
}

/**
 * Reads the file, brings coordinates inside, and hands every polygon to the checker under the
 * draft's key. What cannot be used becomes an issue; reading goes on, so that one run tells all.
 */
export const readDrafts = async (
  source: AsyncIterable<Uint8Array>,
  fields: FieldNames,
  crs: CrsName,
  checker: CoverageChecker,
  onRead: (count: number) => void,
): Promise<ReadResult> => {
  const result: ReadResult = { read: 0, drafts: [], issues: [], unreadable: false };
  for await (const item of readAreaFeatures(source)) {
    if (item.kind === "problem") {
      if (item.fatal) result.unreadable = true;
      else result.read += 1;
      const { code, position, found } = item.problem;
      result.issues.push({
        severity: "violation",
        code,
        position,
        ...(found !== undefined && { found }),
      });
      continue;
    }
    result.read += 1;
    onRead(result.read);
    const { position } = item;
    const properties = namedInFull(item.properties, Object.values(fields));
    const fileCode = wordOf(properties[fields.code]);
    const name = wordOf(properties[fields.name]);
    if (fileCode === undefined || name === undefined) {
      const [code, field] =
        fileCode === undefined
          ? (["code_missing", fields.code] as const)
          : (["name_missing", fields.name] as const);
      const found = Object.keys(properties).join(", ");
      result.issues.push({ severity: "violation", code, position, allowed: field, found });
      continue;
    }
    const area = areaToWgs84(item.area, crs);
    const key = `feature ${item.featureIndex}`;
    for (const code of item.notes) {
      result.issues.push({ severity: "note", code, gridCode: fileCode, name, position });
    }
    const invalidity = checker.add(key, area);
    if (invalidity !== undefined) {
      const { reason: found, at } = invalidity;
      const grid = { gridCode: fileCode, name };
      result.issues.push({
        severity: "violation",
        code: "invalid_polygon",
        ...grid,
        at,
        found,
        position,
      });
      continue;
    }
    result.drafts.push({
      key,
      fileCode,
      fileParent: wordOf(properties[fields.parent]),
      name,
      partyGroup: wordOf(properties[fields.partyGroup]) ?? null,
      dutyPhone: wordOf(properties[fields.dutyPhone]) ?? null,
      schematic: properties["schematic"] === true,
      area,
      position,
    });
  }
  return result;
};

/** Finds what a Shapefile had to cut the name of. */
const namedInFull = (
  properties: Record<string, unknown>,
  names: readonly string[],
): Record<string, unknown> => {
  const cut = names.filter((name) => cutFieldName(name) !== name && !(name in properties));
  return {
    ...properties,
    ...Object.fromEntries(cut.map((name) => [name, properties[cutFieldName(name)]])),
  };
};

/** A property as trimmed text; codes are numbers in many files. Undefined when there is none. */
const wordOf = (value: unknown): string | undefined => {
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== "string") return undefined;
  const word = value.normalize("NFC").trim();
  return word === "" ? undefined : word;
};
