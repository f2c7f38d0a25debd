import { table } from "../table.ts";
import type { FirstAccount } from "./first-account.ts";

function indented(rows: string[][]): string[] {
  return table(rows).map((line) => `  ${line}`);
}

/** What is printed when the county is up: addresses, and new accounts with their passwords. */
export function welcome(address: string, accounts: FirstAccount[], seconds: string): string {
  const addresses = indented([
    ["portal, for residents", `${address}/`],
    ["field, for grid workers", `${address}/field/`],
    ["console, for the desk", `${address}/console/`],
  ]);
  const signIn =
    accounts.length > 0
      ? [
          "",
          "Sample accounts. The passwords are shown this once; ./onegrid user password LOGIN sets a new one.",
          "",
          ...indented([
            ["LOGIN", "PASSWORD", "ROLE", "NAME"],
            ...accounts.map(({ login, password, role, name }) => [login, password, role, name]),
          ]),
        ]
      : [];
  const end = ["", "Ctrl-C stops it."];
  return ["", `OneGrid is ready after ${seconds} s.`, "", ...addresses, ...signIn, ...end].join(
    "\n",
  );
}
