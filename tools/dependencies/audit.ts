/**
 * Asks the registry whether an advisory is known against what is served (not against what only
 * builds or tests). Without a registry that answers, it says so and lets the tests go on: a machine
 * without a network can still test.
 */
import { spawnSync } from "node:child_process";
import { z } from "zod";
import { ROOT } from "../root.ts";

const Counts = z.object({ high: z.number(), critical: z.number(), total: z.number() });
const Answer = z.object({
  metadata: z.object({ vulnerabilities: Counts }),
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
});

const words = ["audit", "--omit=dev", "--json", "--fetch-retries=0", "--fetch-timeout=10000"];
const { stdout, error } = spawnSync("npm", [...words, "--loglevel=silent"], {
  cwd: ROOT,
  encoding: "utf8",
  timeout: 30_000,
  maxBuffer: 16 * 1024 * 1024,
});

const read = (): z.infer<typeof Answer> | null => {
  if (error !== undefined) return null;
  try {
    return Answer.safeParse(JSON.parse(stdout)).data ?? null;
  } catch {
    return null;
  }
};

const answer = read();
if (answer === null) {
  console.log("not audited: the registry does not answer questions about advisories from here");
} else {
  const { high, critical, total } = answer.metadata.vulnerabilities;
  for (const [name, { severity, range }] of Object.entries(answer.vulnerabilities)) {
    console.log(`${severity}: ${name} ${range}`);
  }
  console.log(`${total} advisories, ${high + critical} of them high or critical`);
  if (high + critical > 0) process.exitCode = 1;
}
