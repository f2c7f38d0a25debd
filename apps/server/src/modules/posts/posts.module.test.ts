import type { MyDuty, OpenWork, Person, Post, Problem } from "@onegrid/contract";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testApp, type TestApp, type TestClient } from "../../../test/support/app.ts";
import { MINI } from "../../../test/support/mini-county.ts";
import { postTasks } from "./index.ts";

let app: TestApp;
let centre: TestClient;
let street1: TestClient;
const TODAY = "2026-11-24";
const PERSON = newId();

beforeAll(async () => {
  app = await testApp();
  await app.owner.query(
    `INSERT INTO post_template (county_code, template_code, name, grid_level, account_role, rank)
     VALUES ($1, 'L3W', '网格员', 3, 'worker', 6), ($1, 'L2H', '二级网格长', 2, 'head', 3)`,
    [MINI.county],
  );
  await app.owner.query(
    `INSERT INTO duty_list (county_code, template_code, version, duties, published_at, sample)
     VALUES ($1, 'L3W', 1, '{巡查走访,如实记录}', '2026-01-01', true)`,
    [MINI.county],
  );
  [centre, street1] = await Promise.all([app.as("centre"), app.as("street1")]);
});
afterAll(() => app.close());

const open = (client: TestClient, postCode: string, gridCode: string, templateCode = "L3W") =>
  client.post("/api/v1/posts", {
    postCode,
    templateCode,
    gridCode,
    dutyPhone: "023-74510001",
    serviceHours: null,
    openedOn: "2026-01-01",
  });
const person = (more: object) => ({
  personId: newId(),
  name: "赵一",
  gridCode: MINI.grid1,
  phone: null,
  idNumber: null,
  login: null,
  ...more,
});
const appoint = (client: TestClient, postCode: string, personId: string, beginsOn = TODAY) =>
  client.post("/api/v1/appointments", { appointmentId: newId(), postCode, personId, beginsOn });
const codeOf = async (answer: Promise<{ json<T>(): T }>) => (await answer).json<Problem>().code;

describe("posts and people", () => {
  it("open in grids of their level and within the own street", async () => {
    expect((await open(street1, "GW-1", MINI.grid1)).statusCode).toBe(201);
    expect(await codeOf(open(street1, "GW-1", MINI.grid1))).toBe("posts.code_taken");
    expect(await codeOf(open(street1, "GW-X", MINI.community1))).toBe("posts.wrong_grid_level");
    expect(await codeOf(open(street1, "GW-X", MINI.grid4))).toBe("posts.outside_scope");
    expect(await codeOf(open(centre, "GW-X", MINI.grid1, "NONE"))).toBe("posts.unknown_template");
    for (const [code, grid, template] of [
      ["GW-2", MINI.grid2, "L3W"],
      ["GW-3", MINI.grid3, "L3W"],
      ["WZ-1", MINI.community1, "L2H"],
    ] as const) {
      expect((await open(centre, code, grid, template)).statusCode).toBe(201);
    }
  });

  it("keep phone and ID number sealed, masked, and each look on record", async () => {
    const added = await street1.post(
      "/api/v1/people",
      person({
        personId: PERSON,
        phone: "13812345678",
        idNumber: "11010519491231002X",
        login: "worker2",
      }),
    );
    expect(added.statusCode).toBe(201);
    const twice = person({ idNumber: "11010519491231002X" });
    expect(await codeOf(street1.post("/api/v1/people", twice))).toBe("people.already_there");
    const wrong = person({ idNumber: "110105194912310021" });
    expect(await codeOf(street1.post("/api/v1/people", wrong))).toBe("people.id_number_wrong");

    const { people } = (await street1.get("/api/v1/people")).json<{ people: Person[] }>();
    expect(people).toMatchObject([
      { name: "赵一", maskedPhone: "138****5678", maskedIdNumber: "110105********002X" },
    ]);
    const stored = await app.owner.query("SELECT s::text AS row FROM person_secret s");
    expect(JSON.stringify(stored.rows)).not.toMatch(/13812345678|002X/);

    const look = { reason: "核对任职材料" };
    const street2 = await app.as("street2");
    expect(await codeOf(street2.post(`/api/v1/people/${PERSON}/data`, look))).toBe(
      "people.not_found",
    );
    const seen = await street1.post(`/api/v1/people/${PERSON}/data`, look);
    expect(seen.json()).toEqual({ phone: "13812345678", idNumber: "11010519491231002X" });
    const log = await app.owner.query(
      "SELECT subject, detail FROM audit_event WHERE action = 'person.open_data'",
    );
    expect(log.rows).toEqual([{ subject: PERSON, detail: look }]);
    expect((await street2.get("/api/v1/people")).json<{ people: Person[] }>().people).toEqual([]);
  });
});

describe("appointments", () => {
  it("give the account role and scope, one post a holder, at most two a person", async () => {
    const before = await app.as("worker2");
    expect((await appoint(street1, "GW-1", PERSON)).statusCode).toBe(201);
    // The place changed, so the session that knew another one is over.
    expect((await before.get("/api/v1/session")).statusCode).toBe(401);
    const now = (await (await app.as("worker2")).get("/api/v1/session")).json<{
      account: { role: string; scopeCode: string };
    }>();
    expect(now.account).toMatchObject({ role: "worker", scopeCode: MINI.grid1 });

    const other = person({ gridCode: MINI.grid1, name: "钱二" });
    await street1.post("/api/v1/people", other);
    expect(await codeOf(appoint(street1, "GW-1", other.personId))).toBe("posts.post_taken");
    expect((await appoint(street1, "GW-2", PERSON)).statusCode).toBe(201);
    expect(await codeOf(appoint(street1, "GW-3", PERSON))).toBe("posts.too_many_posts");
    expect(await codeOf(appoint(street1, "GW-3", PERSON, "2025-12-31"))).toBe(
      "posts.post_not_open",
    );
  });

  it("are limited by what the county sets", async () => {
    const rule = { maxPostsPerPerson: 1 };
    expect((await street1.put("/api/v1/staffing-rule", rule)).statusCode).toBe(403);
    expect((await centre.put("/api/v1/staffing-rule", rule)).json()).toEqual(rule);
    expect((await street1.get("/api/v1/staffing-rule")).json()).toEqual(rule);
    const somebody = newId();
    await street1.post("/api/v1/people", person({ personId: somebody, name: "孙三" }));
    for (const postCode of ["GW-L1", "GW-L2"]) await open(street1, postCode, MINI.grid2);
    expect((await appoint(street1, "GW-L1", somebody)).statusCode).toBe(201);
    expect(await codeOf(appoint(street1, "GW-L2", somebody))).toBe("posts.too_many_posts");
    await centre.put("/api/v1/staffing-rule", { maxPostsPerPerson: 2 });
    expect((await appoint(street1, "GW-L2", somebody)).statusCode).toBe(201);
  });

  it("show who held a post on any past day", async () => {
    const on = async (day: string) =>
      (await centre.get(`/api/v1/posts?on=${day}&grid=${MINI.grid1}`)).json<{ posts: Post[] }>()
        .posts[0]?.holder?.name;
    expect(await on("2026-11-23")).toBeUndefined();
    expect(await on(TODAY)).toBe("赵一");
    const vacant = (await centre.get("/api/v1/posts?vacant=true")).json<{ posts: Post[] }>().posts;
    expect(vacant.map(({ postCode }) => postCode)).toEqual(["GW-3", "WZ-1"]);
  });

  it("are acknowledged in the version in force", async () => {
    const worker = await app.as("worker2");
    const { duties } = (await worker.get("/api/v1/my/duties")).json<{ duties: MyDuty[] }>();
    expect(duties[0]).toMatchObject({ version: 1, acknowledgedVersion: null, sampleDuties: true });
    const id = duties[0]?.appointmentId ?? "";
    const stale = worker.post(`/api/v1/my/duties/${id}/acknowledgement`, { version: 2 });
    expect(await codeOf(stale)).toBe("posts.version_conflict");
    const done = await worker.post(`/api/v1/my/duties/${id}/acknowledgement`, { version: 1 });
    expect(done.json<{ duties: MyDuty[] }>().duties[0]).toMatchObject({ acknowledgedVersion: 1 });
    const next = await centre.put("/api/v1/post-templates/L3W/duties", {
      baseVersion: 1,
      duties: ["保护居民个人信息"],
    });
    expect(next.json()).toMatchObject({ dutyVersion: 2, sampleDuties: false });
    const again = (await worker.get("/api/v1/my/duties")).json<{ duties: MyDuty[] }>().duties[0];
    expect(again).toMatchObject({ version: 2, acknowledgedVersion: 1 });
    const stranger = await app.as("worker1");
    expect(
      await codeOf(stranger.post(`/api/v1/my/duties/${id}/acknowledgement`, { version: 2 })),
    ).toBe("posts.no_such_appointment");
  });

  it("of a later day change the account by a job on that day", async () => {
    const later = person({ gridCode: MINI.grid1, name: "孙三", login: "worker4" });
    await centre.post("/api/v1/people", later);
    expect((await appoint(centre, "GW-3", later.personId, "2026-12-01")).statusCode).toBe(201);
    const scope = async () =>
      (
        await app.owner.query<{ scope_code: string }>(
          "SELECT scope_code FROM account WHERE login = 'worker4'",
        )
      ).rows[0]?.scope_code;
    expect(await scope()).toBe(MINI.grid4);
    const jobs = await app.owner.query<{ run_at: Date }>(
      "SELECT run_at FROM graphile_worker.jobs WHERE task_identifier = 'posts.settle_access'",
    );
    expect(jobs.rows.map(({ run_at }) => run_at.toISOString())).toEqual([
      "2026-11-30T16:00:00.000Z",
    ]);
    app.clock.set(new Date("2026-11-30T16:00:00Z"));
    await postTasks["posts.settle_access"](
      { ...app.services },
      {
        countyCode: MINI.county,
        personId: later.personId,
      },
    );
    expect(await scope()).toBe(MINI.grid3);
  });

  it("end with the access: who leaves is out the same minute, and the open work is listed", async () => {
    // The clock moved on by a week: everybody signs in anew.
    const street = await app.as("street1");
    const worker = await app.as("worker2");
    expect((await worker.get("/api/v1/session")).statusCode).toBe(200);
    const caseId = newId();
    await street.post("/api/v1/cases", {
      reports: [
        {
          caseId,
          categoryCode: MINI.categories.litter,
          description: "楼道堆物",
          location: { lng: 107.05, lat: 30.05 },
          accuracyM: null,
          address: null,
          capturedAt: null,
          attachmentIds: [],
          selfHandledNote: null,
        },
      ],
    });
    const left = await street.post(`/api/v1/people/${PERSON}/leave`, { reason: "调离" });
    expect(left.json<{ openWork: OpenWork[] }>().openWork).toMatchObject([
      { caseId, gridCode: MINI.grid1 },
    ]);
    expect((await worker.get("/api/v1/session")).statusCode).toBe(401);
    const { rows } = await app.owner.query(
      "SELECT disabled_at FROM account WHERE login = 'worker2' AND disabled_at IS NOT NULL",
    );
    expect(rows).toHaveLength(1);
    expect(await codeOf(appoint(street, "GW-1", PERSON, "2026-12-02"))).toBe("posts.person_left");
  });
});
