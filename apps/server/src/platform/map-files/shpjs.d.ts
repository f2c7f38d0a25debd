declare module "shpjs" {
  /** Geometries in the order of the file; null where a record has none. `prj` brings them to WGS-84. */
  export function parseShp(shp: Uint8Array, prj?: string): unknown[];
  /** Rows in the order of the file; `cpg` names the encoding of names and words. */
  export function parseDbf(dbf: Uint8Array, cpg?: string): Record<string, unknown>[];
}
