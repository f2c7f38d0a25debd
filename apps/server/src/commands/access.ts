import { MACHINE_PERMISSIONS } from "@onegrid/contract";
import { accessMatrix, ROLE_PERMISSIONS } from "../modules/access/index.ts";
import { readArguments } from "./arguments.ts";
import type { Command } from "./command.ts";

const usage = `Usage: ./onegrid access matrix

Prints which role may do what. Where (grid prefix, department) is each account's own scope.
A key for a machine has some of the last row's permissions, as it was made.`;

const MACHINE = "key, at most";

/** The matrix as lines of text: a row a role, a column a permission. */
const matrixLines = (): string[] => {
  const width = Math.max(MACHINE.length, ...accessMatrix().map(({ role }) => role.length));
  const machines: readonly string[] = MACHINE_PERMISSIONS;
  const row = (head: string, cells: readonly string[]) =>
    [head.padEnd(width), ...cells.map((cell, i) => cell.padEnd(ROLE_PERMISSIONS[i]?.length ?? 0))]
      .join("  ")
      .trimEnd();
  return [
    row("", ROLE_PERMISSIONS),
    ...accessMatrix().map(({ role, allowed }) =>
      row(
        role,
        allowed.map((isAllowed) => (isAllowed ? "yes" : "–")),
      ),
    ),
    row(
      MACHINE,
      ROLE_PERMISSIONS.map((permission) => (machines.includes(permission) ? "yes" : "–")),
    ),
  ];
};

async function run(argv: string[]): Promise<number> {
  readArguments("access matrix", argv, {});
  for (const line of matrixLines()) console.log(line);
  return 0;
}

export const command: Command = { usage, run };
