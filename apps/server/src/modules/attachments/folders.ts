import { join } from "node:path";
import type { Config } from "../../platform/config.ts";

/** Where uploads lie while they come in; on the same disk as the photos. */
export const incomingFolder = ({ filesDir }: Pick<Config, "filesDir">): string =>
  join(filesDir, "incoming");
