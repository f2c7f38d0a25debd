import { refoldCases } from "../modules/cases/index.ts";
import { openDatabase } from "../platform/database.ts";

/** What an upgrade leaves to the program because SQL cannot tell it; nothing on other days. */
export const finishUpgrade = async (
  ownerUrl: string,
  say: (line: string) => void,
): Promise<void> => {
  const { db, close } = openDatabase({ url: ownerUrl, maxConnections: 1 });
  try {
    const refolded = await refoldCases(db);
    if (refolded > 0) say(`${refolded} cases made again from their log`);
  } finally {
    await close();
  }
};
