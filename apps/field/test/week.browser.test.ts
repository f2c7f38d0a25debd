import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getSession, listCategories } from "@onegrid/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withClient } from "../../server/src/platform/roles.ts";
import { startStage, type Stage } from "../../server/test/support/browser.ts";
import { lossyProxy } from "./support/lossy-proxy.ts";
import { signInByForm, untilReady, untilSent, workerPosition } from "./support/steps.ts";
import { plannedWeek, seeded } from "./support/week.ts";

/** Reports of the simulated week; 500 for the whole proof: `ONEGRID_WEEK=500`. */
const REPORTS = Number(process.env["ONEGRID_WEEK"] ?? 24);
const SEED = 20_261_124;
/** Time for the answers that are lost and the pauses that follow them. */
const PATIENCE_MS = 60_000 + REPORTS * 2_500;

let stage: Stage;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "onegrid-week-"));
  stage = await startStage({ fronts: ["field"] });
}, 300_000);
afterAll(async () => {
  await stage?.close();
  await rm(folder, { recursive: true, force: true });
});

type Arrived = { case_id: string; reports: number; photos: string[] };

const arrived = (caseIds: readonly string[]) =>
  withClient(stage.database.ownerUrl, async (client) => {
    const { rows } = await client.query<Arrived>(
      `SELECT c.case_id, c.attachment_ids::text[] AS photos,
              (SELECT count(*)::int FROM case_event e WHERE e.case_id = c.case_id
                AND e.kind = 'report') AS reports
         FROM cases c WHERE c.case_id = ANY ($1)`,
      [caseIds],
    );
    return rows;
  });

const storedHashes = (photoIds: readonly string[]) =>
  withClient(stage.database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string; hash: string }>(
      `SELECT attachment_id AS id, encode(upload_sha256, 'hex') AS hash FROM attachment
        WHERE attachment_id = ANY ($1)`,
      [photoIds],
    );
    return new Map(rows.map(({ id, hash }) => [id, hash]));
  });

it(
  "a week without a network arrives once and whole over a network that loses, doubles and delays",
  async () => {
    const position = await workerPosition(stage);
    const random = seeded(SEED);
    const proxy = await lossyProxy(stage.address, ({ method, url = "" }) => {
      const isSending = method !== "GET" && /\/(cases|attachments)\b/.test(url);
      if (!isSending) return {};
      return {
        isLost: random() < 0.12,
        isDoubled: random() < 0.12,
        delayMs: random() < 0.2 ? random() * 400 : 0,
      };
    });
    try {
      const { page, context } = await stage.visit({ position });
      await page.goto(`${proxy.address}/field/`);
      await signInByForm(page, stage.account("worker"));
      await untilReady(page);
      const asked = context.request;
      const session = await (await asked.get(`${proxy.address}${getSession.path}`)).json();
      const { account } = getSession.answer.parse(session);
      const list = await (await asked.get(`${stage.address}${listCategories.path}`)).json();
      const { categories } = listCategories.answer.parse(list);
      const category = categories.find(
        ({ startTier, emergency }) => startTier === "level3" && !emergency,
      );
      await context.setOffline(true);
      const week = await plannedWeek({
        accountId: account.accountId,
        categoryCode: category?.categoryCode ?? "",
        reports: REPORTS,
        at: position,
        seed: SEED,
      });
      await page.getByRole("navigation").getByRole("link", { name: "待发送" }).click();
      // By its path: tens of megabytes do not fit through the browser's wire in a moment.
      const file = join(folder, "week.json");
      await writeFile(file, week.file);
      await page.getByLabel("从文件导入").setInputFiles(file);
      await page
        .getByText(`导入 ${REPORTS} 条，已有 0 条`)
        .waitFor({ timeout: 30_000 + REPORTS * 250 });
      expect(await arrived(week.caseIds)).toEqual([]);

      const begunAt = performance.now();
      await context.setOffline(false);
      await untilSent(page, PATIENCE_MS);
      const seconds = (performance.now() - begunAt) / 1000;

      const cases = await arrived(week.caseIds);
      const photoIds = [...week.photoHashes.keys()];
      const hashes = await storedHashes(photoIds);
      const equal = photoIds.filter((id) => hashes.get(id) === week.photoHashes.get(id)).length;
      console.log(
        `week offline: ${cases.length} of ${REPORTS} reports, ${equal} of ${photoIds.length} photos equal, ` +
          `${proxy.lost} answers lost, ${proxy.doubled} doubled, ${proxy.delayed} delayed; ` +
          `${seconds.toFixed(0)} s`,
      );
      expect(cases.map(({ case_id }) => case_id).toSorted()).toEqual(week.caseIds.toSorted());
      expect(cases.every(({ reports }) => reports === 1)).toBe(true);
      expect(cases.flatMap(({ photos }) => photos).toSorted()).toEqual(photoIds.toSorted());
      expect(hashes).toEqual(week.photoHashes);
      expect(proxy.lost).toBeGreaterThan(0);
      expect(proxy.doubled).toBeGreaterThan(0);
    } finally {
      await proxy.close();
    }
  },
  PATIENCE_MS + 120_000,
);
