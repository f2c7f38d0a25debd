import { readCountyStates } from "../../modules/identity/index.ts";
import type { DatabaseContext, Finding } from "./check.ts";

/**
 * Whether each county could be served in production: its three administrators are there, and nobody
 * can sign in with an account of the sample data. In production mode the lack of it is bad.
 */
export async function accounts({ client }: DatabaseContext): Promise<Finding[]> {
  const lack = process.env["ONEGRID_MODE"] === "production" ? "bad" : "warn";
  return (await readCountyStates(client)).map((state): Finding => {
    const name = `accounts of ${state.name}`;
    if (state.isSample || state.openSampleAccounts > 0) {
      return {
        name,
        health: lack,
        detail: `${state.openSampleAccounts} open accounts of the sample data`,
        advice: "for trying only: ./onegrid start --production refuses them",
      };
    }
    if (state.missingAdministrators.length > 0) {
      return {
        name,
        health: lack,
        detail: `no ${state.missingAdministrators.join(", ")}`,
        advice: "./onegrid setup makes them",
      };
    }
    return { name, health: "ok", detail: "three administrators, no account of the sample data" };
  });
}
