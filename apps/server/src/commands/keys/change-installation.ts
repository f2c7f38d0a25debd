import type { Suite } from "../../platform/data-keys/suites.ts";
import { openInstallation, type Whereabouts } from "../../platform/installation.ts";
import { lockSecrets, settleSecrets, stageSecrets } from "../../platform/next-secrets.ts";
import { readSecrets } from "../../platform/secrets.ts";
import { withClient } from "../../platform/roles.ts";
import { recordEverywhere } from "../record-everywhere.ts";
import {
  newInstallationKey,
  refuseBesideServers,
  rotateInstallationKey,
} from "./rotate-installation-key.ts";
import { rotateKeys } from "./rotate-keys.ts";

export type InstallationStep = "resealed" | "staged" | "committed";

/**
 * Changes the key of an installation that nobody serves: everything it sealed itself goes under a
 * new data key, the data keys under the new key. The old key stays in secrets.json until the
 * database holds the new one's work; cut off anywhere, the next opening finds out which one it is.
 * Answers how many data keys there are. Throws `keys.*`.
 */
export const changeInstallationKey = async (
  where: Whereabouts,
  options: {
    suite: Suite;
    keyFile?: string | undefined;
    onStep?: (step: InstallationStep) => void;
  },
): Promise<number> => {
  const { suite, keyFile, onStep = () => {} } = options;
  const next = newInstallationKey(keyFile);
  const installation = await openInstallation(where, "serve");
  try {
    const { dataDir, filesDir, ownerUrl, dataKey } = installation;
    const keys = await withClient(ownerUrl, async (client) => {
      await refuseBesideServers(client);
      await recordEverywhere(installation, "keys.rotate", { step: "installation begun" });
      await lockSecrets(client);
      // Nobody has to be waited for.
      await rotateKeys(client, dataKey, { suite, waitMs: 0 });
      onStep("resealed");
      stageSecrets(dataDir, { ...readSecrets(dataDir, false), dataKey: next });
      onStep("staged");
      const count = await rotateInstallationKey(client, dataKey, next);
      onStep("committed");
      await settleSecrets(dataDir, filesDir, client);
      return count;
    });
    await recordEverywhere(installation, "keys.rotate", { step: "installation done", keys });
    return keys;
  } finally {
    await installation.close();
  }
};
