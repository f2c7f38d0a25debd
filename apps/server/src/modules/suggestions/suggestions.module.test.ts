import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { systemActor } from "../../platform/context.ts";
import { suggestionTasks, trainCategories } from "./index.ts";

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const { litter, streetLight } = MINI.categories;

/** Closed cases with words that the authority list does not have. */
const closeCases = async (count: number, categoryCode: string, words: (i: number) => string) => {
  for (let i = 0; i < count; i += 1) {
    await app.owner.query(
      `INSERT INTO cases (county_code, case_id, state, tier, grid_code, grid_version, description,
         category_code, category_version, net, source, report_hash, reported_at, closed_at, version)
       VALUES ($1, $2, 'closed', 'level3', $3, 1, $4, $5, 1, 'city_management', 'worker',
         sha256('x'), $6, $6, 1)`,
      [MINI.county, newId(), MINI.grid1, words(i), categoryCode, app.clock.now()],
    );
  }
};

const ctx = () => ({ ...app.ctx("worker1"), actor: systemActor(MINI.county) });
const suggest = async (text: string) => {
  const worker = await app.as("worker1");
  return (await worker.post("/api/v1/suggestions", { text })).json();
};

describe("suggesting a category", () => {
  it("compares the words of the authority list while there is no model", async () => {
    expect(await trainCategories(ctx())).toBeNull();
    const answer = await suggest("巷口暴露垃圾没有人清");
    expect(answer.modelVersion).toBeNull();
    expect(answer.suggestions[0]).toMatchObject({ categoryCode: litter, share: null });
  });

  it("learns the county's own way to put it, stores its figures, and answers with the newest", async () => {
    await closeCases(60, litter, (i) => `第${i}栋楼下剩饭剩菜发臭招苍蝇`);
    await closeCases(60, streetLight, (i) => `第${i}号门前晚上黑灯瞎火看不见路`);
    const trained = await trainCategories(ctx());
    expect(trained).toMatchObject({ version: 1, labels: 2 });
    expect(trained?.figures.accuracyAt1).toBe(1);
    const { suggestions, modelVersion } = await suggest("晚上黑灯瞎火，老人看不见");
    expect(modelVersion).toBe(1);
    expect(suggestions[0].categoryCode).toBe(streetLight);
    expect(suggestions[0].share).toBeGreaterThan(0.9);
    await trainCategories(ctx());
    expect((await suggest("苍蝇很多发臭")).modelVersion).toBe(2);
    const { rows } = await app.owner.query(
      "SELECT version, accuracy_at_1, accuracy_at_3, held_out_cases FROM suggestion_model ORDER BY 1",
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ version: 1, accuracy_at_1: 1, accuracy_at_3: 1 });
  });

  it("learns again each week, where something was closed since", async () => {
    const { clock, config, services } = app;
    const worker = { config, clock, database: services.database, jobs: services.jobs };
    const versions = async () => {
      const { rows } = await app.owner.query("SELECT max(version) AS v FROM suggestion_model");
      return rows[0].v as number;
    };
    await suggestionTasks["suggestions.train"](worker);
    expect(await versions()).toBe(2);
    await closeCases(5, litter, (i) => `第${i}号楼道口餐厨垃圾没人收`);
    await suggestionTasks["suggestions.train"](worker);
    expect(await versions()).toBe(3);
  });

  it("never names a category that is no longer used", async () => {
    await app.owner.query("UPDATE category SET active = false WHERE category_code = $1", [
      streetLight,
    ]);
    await app.owner.query("SELECT pg_notify('onegrid_change', $1)", [`catalogue ${MINI.county}`]);
    await expect
      .poll(async () =>
        (await suggest("黑灯瞎火看不见路")).suggestions.map(
          (one: { categoryCode: string }) => one.categoryCode,
        ),
      )
      .not.toContain(streetLight);
  });
});
