import { checkFolds } from "../../modules/cases/index.ts";
import { readCounties } from "../../modules/county/index.ts";
import { openDatabase } from "../../platform/database.ts";
import type { DatabaseContext, Finding } from "./check.ts";

const SHOWN = 5;

/**
 * Rebuilds every case of every county from its log and compares it with its row. The log is the
 * truth, so a difference is a defect of the program or a row changed by hand.
 */
export async function caseLog({ ownerUrl, say }: DatabaseContext): Promise<Finding[]> {
  const database = openDatabase({ url: ownerUrl, maxConnections: 1 });
  try {
    const findings: Finding[] = [];
    for (const { countyCode, name } of await readCounties(database.db)) {
      let total = 0;
      const differences = await checkFolds(database.db, countyCode, (checked) => {
        total = checked;
        say(`${name}: ${checked} cases rebuilt from their log`);
      });
      const shown = differences
        .slice(0, SHOWN)
        .map(({ caseId, columns }) => `${caseId} (${columns.join(", ")})`);
      findings.push(
        differences.length === 0
          ? { name: `cases of ${name}`, health: "ok", detail: `${total} agree with their log` }
          : {
              name: `cases of ${name}`,
              health: "bad",
              detail: `${differences.length} of ${total} differ from their log: ${shown.join("; ")}`,
              advice: "report it with the case numbers; the log (case_event) holds what happened",
            },
      );
    }
    return findings;
  } finally {
    await database.close();
  }
}
