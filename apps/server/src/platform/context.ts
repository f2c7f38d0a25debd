import type { AccountRole } from "@onegrid/contract";
import { localDayOf, type Actor, type LevelLengths } from "@onegrid/domain";
import type { Clock } from "./clock.ts";
import type { Db, Scope } from "./database.ts";
import type { Jobs } from "./jobs.ts";

/** The county a request is for. */
export type CountyContext = {
  countyCode: string;
  name: string;
  levelLengths: LevelLengths;
  timeZone: string;
  sample: boolean;
};

/** What every use case receives first: where it runs, when, and for whom. */
export type Ctx = {
  db: Db;
  clock: Clock;
  jobs: Jobs;
  county: CountyContext;
  actor: Actor;
  requestId: string;
};

/** A `Ctx` whose actor is a signed-in account. */
export type StaffCtx = Ctx & { actor: Actor & { role: AccountRole; accountId: string } };

/** The county's present day, `YYYY-MM-DD`. */
export const todayOf = ({ clock, county }: Pick<Ctx, "clock" | "county">): string =>
  localDayOf(clock.now().getTime(), county.timeZone);

/** What the actor may see. Residents and the public see through queries of public columns only. */
export const scopeOf = (ctx: Pick<Ctx, "county" | "actor">): Scope => ({
  countyCode: ctx.county.countyCode,
  scopeCode: ctx.actor.role === "department" ? "" : ctx.actor.scopeCode,
  unitCode: ctx.actor.unitCode ?? "",
});

/** The whole county: for queries that pick what everybody may see. */
export const everywhere = (countyCode: string): Scope => ({
  countyCode,
  scopeCode: countyCode,
  unitCode: "",
});

/** The software itself, over a whole county: jobs, imports, public pages. */
export const systemActor = (countyCode: string): Actor => ({
  role: "system",
  accountId: null,
  scopeCode: countyCode,
  unitCode: null,
});

/** A resident: no account, may report anywhere in the county. */
export const residentActor = (countyCode: string): Actor => ({
  role: "resident",
  accountId: null,
  scopeCode: countyCode,
  unitCode: null,
});
