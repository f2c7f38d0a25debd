import { systemClock } from "../platform/clock.ts";
import { systemActor, type Ctx } from "../platform/context.ts";
import { openDatabase } from "../platform/database.ts";
import type { Installation } from "../platform/installation.ts";
import { graphileJobs } from "../platform/jobs.ts";
import type { FirstAccount } from "../commands/start/first-account.ts";
import { categoriesOf } from "../modules/catalogue/index.ts";
import { addCounty } from "../modules/county/index.ts";
import { seedCalendar } from "../modules/calendar/index.ts";
import { DEMO_STREETS, makeDemoAccounts } from "./accounts.ts";
import { castOf } from "./cast.ts";
import { seededRandom, type SeededRandom } from "./cases/random.ts";
import { planCases, type DemoCast } from "./cases/plan-cases.ts";
import { loadResidentReports } from "./cases/resident-reports.ts";
import { standingCases } from "./cases/standing-cases.ts";
import { loadDemoComponents, loadDemoRules } from "./components/load-components.ts";
import { loadDemoCatalogue } from "./catalogue/load-catalogue.ts";
import { DEMO_COUNTY, loadDemoGrids } from "./geography/load-geography.ts";
import { loadDemoOrganisations } from "./organisations/index.ts";
import { loadDemoPatrolPoints } from "./patrols/load-patrol-points.ts";
import { loadDemoPosts } from "./posts/index.ts";
import { loadDemoNotices } from "./posts/notices.ts";
import { playCases } from "../interfaces/replay/play.ts";

/** The same county at every first run; only its days follow the calendar. */
const SEED = 500_231;
const CASES = { count: 600, days: 45 };

const play = async (
  ctx: Ctx,
  cast: DemoCast,
  random: SeededRandom,
  say: (line: string) => void,
): Promise<void> => {
  const now = ctx.clock.now();
  const plan = [...planCases(cast, random, now, CASES), ...standingCases(cast, now)];
  let done = 0;
  for await (const played of playCases(ctx, plan)) {
    if (played.problem !== null) {
      throw new Error(`sample case ${played.caseId}: ${played.problem.code}`);
    }
    done += 1;
    if (done % 200 === 0) say(`sample cases: ${done} of ${plan.length}`);
  }
};

/**
 * Fills an empty installation with the sample county 垫江: real divisions, schematic outlines, a
 * sample authority list, made-up people and cases that went through the real lifecycle. Answers
 * the accounts one can sign in with; their passwords are random and told nowhere else.
 */
export const loadDemoCounty = async (
  installation: Installation,
  say: (line: string) => void,
): Promise<FirstAccount[]> => {
  await addCounty(installation.ownerUrl, DEMO_COUNTY);
  const database = openDatabase({ url: installation.appUrl });
  try {
    const ctx: Ctx = {
      db: database.db,
      clock: systemClock,
      jobs: graphileJobs,
      county: { ...DEMO_COUNTY, sample: true },
      actor: systemActor(DEMO_COUNTY.countyCode),
      requestId: "demo",
    };
    say("grids: 26 streets and townships, 301 communities and villages");
    await loadDemoGrids(ctx);
    say("calendar, departments and authority list");
    await seedCalendar(ctx.db, ctx.county, ctx.clock.now());
    await loadDemoCatalogue(ctx);
    say("Party organisations and registers");
    await loadDemoOrganisations(ctx, DEMO_STREETS);
    say("accounts and post-holders");
    const random = seededRandom(SEED);
    const categories = [...(await categoriesOf(ctx.db, ctx.county.countyCode)).values()];
    const { first, made } = await makeDemoAccounts(ctx, categories, random);
    await loadDemoPosts(ctx, DEMO_STREETS, made);
    await loadDemoNotices(ctx, made);
    const cast = await castOf(ctx, made, categories, random);
    await loadDemoRules(ctx);
    await play(ctx, cast, random, say);
    await loadResidentReports(ctx, installation.dataKey, cast);
    await loadDemoPatrolPoints(ctx, cast.places);
    say("components: lamps, manhole covers, trees");
    await loadDemoComponents(ctx, cast.places, random);
    return first;
  } finally {
    await database.close();
  }
};
