import type { CalendarYear } from "@onegrid/contract";
import { dueAt, isRefused } from "@onegrid/domain";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { withClient } from "../../platform/roles.ts";
import { calendarOf, mountCalendar, officialDays, seedCalendar } from "./index.ts";
import { type CountyWorld, countyWorld } from "./test/calendar-world.ts";

const at = (local: string) => Date.parse(`${local}:00+08:00`);
const ONE_DAY = { amount: 1, unit: "working_day" } as const;

describe("calendar", () => {
  let world: CountyWorld;
  beforeAll(async () => {
    world = await countyWorld(mountCalendar);
  });
  afterAll(() => world.close());

  const seed = () => seedCalendar(world.ctx.db, world.ctx.county, world.ctx.clock.now());
  const due = async (db: CountyWorld["database"], start: string, limit = ONE_DAY) => {
    const deadline = dueAt(await calendarOf(db.db, world.ctx.county.countyCode), at(start), limit);
    if (isRefused(deadline)) throw new Error(deadline.refused.code);
    return deadline;
  };
  const year = async (wanted: number): Promise<CalendarYear> => {
    const answer = await world.http.inject({ url: `/api/v1/calendar/${wanted}` });
    expect(answer.statusCode).toBe(200);
    return answer.json<CalendarYear>();
  };
  const put = async (wanted: number, body: Record<string, unknown>) => {
    const answer = await world.http.inject({
      method: "PUT",
      url: `/api/v1/calendar/${wanted}`,
      payload: { dryRun: false, days: [], ...body },
    });
    return { status: answer.statusCode, body: answer.json() };
  };

  it("counts weekends alone, provisionally, before any year is entered", async () => {
    expect(await due(world.database, "2026-10-01T10:00")).toEqual({
      dueAtMs: at("2026-10-02T10:00"),
      provisional: true,
    });
  });

  it("is seeded with the official years once and the next year as provisional", async () => {
    const seeded = await seed();
    expect(seeded).toContain(2026);
    expect(seeded.at(-1)).toBe(2027);
    expect(await seed()).toEqual([]);
    const known = await year(2026);
    expect(known).toMatchObject({ version: 1, provisional: false });
    expect(known.days).toHaveLength(officialDays(2026)?.length ?? 0);
    expect(known.days.find(({ day }) => day === "2026-02-17")).toMatchObject({
      kind: "holiday",
      name: "春节",
    });
    expect(await year(2027)).toMatchObject({ version: 1, provisional: true, days: [] });
    expect(await year(2099)).toMatchObject({ version: 0, provisional: true, days: [] });
  });

  it("is fresh in this process at once: National Day is now a holiday, Saturday the 10th is worked", async () => {
    expect(await due(world.database, "2026-09-30T10:00")).toEqual({
      dueAtMs: at("2026-10-08T10:00"),
      provisional: false,
    });
    expect(await due(world.database, "2026-10-09T10:00")).toMatchObject({
      dueAtMs: at("2026-10-10T10:00"),
    });
  });

  it("shows before an edit which open cases it would move, and changes nothing", async () => {
    await world.addOpenCase("2027-03-05T02:00:00Z", ONE_DAY, "2027-03-08T02:00:00Z");
    await world.addOpenCase("2027-03-09T02:00:00Z", ONE_DAY, "2027-03-10T02:00:00Z");
    await world.addOpenCase(
      "2027-03-05T02:00:00Z",
      { amount: 1, unit: "urgent_day" },
      "2027-03-06T02:00:00Z",
    );
    const days = [{ day: "2027-03-08", kind: "holiday", name: null }];
    const { status, body } = await put(2027, { baseVersion: 1, dryRun: true, days });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      movedCases: 1,
      examples: [
        {
          number: expect.stringMatching(/^20270305-\d{6}$/),
          dueAt: "2027-03-08T02:00:00.000Z",
          newDueAt: "2027-03-09T02:00:00.000Z",
        },
      ],
    });
    expect(await year(2027)).toMatchObject({ version: 1, days: [] });
  });

  it("is edited as a whole year, heard by other processes and recorded", async () => {
    const before = await due(world.elsewhere, "2027-03-05T10:00");
    expect(before).toEqual({ dueAtMs: at("2027-03-08T10:00"), provisional: true });
    const days = [{ day: "2027-03-08", kind: "holiday", name: "示例假日" }];
    const { status, body } = await put(2027, { baseVersion: 1, days });
    expect([status, body.calendar.version, body.calendar.provisional]).toEqual([200, 2, false]);
    await vi.waitFor(async () =>
      expect(await due(world.elsewhere, "2027-03-05T10:00")).toEqual({
        dueAtMs: at("2027-03-09T10:00"),
        provisional: false,
      }),
    );
    const { rows } = await withClient(world.ownerUrl, (client) =>
      client.query("SELECT subject FROM audit_event WHERE action = 'calendar.change'"),
    );
    expect(rows).toEqual([{ subject: "2027" }]);
  });

  it("refuses an edit of what somebody else has changed, and days that are not of the year", async () => {
    expect(await put(2027, { baseVersion: 1 })).toMatchObject({
      status: 409,
      body: { code: "calendar.version_conflict", params: { version: 2 } },
    });
    const strange = [
      { day: "2026-03-08", kind: "holiday", name: null },
      { day: "2027-03-08", kind: "holiday", name: null },
      { day: "2027-03-08", kind: "workday", name: null },
    ];
    const { status, body } = await put(2027, { baseVersion: 2, days: strange });
    expect([status, body.code]).toEqual([422, "calendar.day_outside_year"]);
    expect(body.fields.map((f: { field: string }) => f.field)).toEqual([
      "/body/days/0/day",
      "/body/days/2/day",
    ]);
    expect(await year(2027)).toMatchObject({ version: 2 });
  });

  it("lets one of two edits at the same time win", async () => {
    const both = await Promise.all(
      [1, 2].map((d) =>
        put(2030, {
          baseVersion: 0,
          days: [{ day: `2030-05-0${d}`, kind: "holiday", name: null }],
        }),
      ),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect((await year(2030)).days).toHaveLength(1);
  });

  it("leaves an edited year alone when it is seeded again", async () => {
    await withClient(world.ownerUrl, (client) =>
      client.query("UPDATE calendar_year SET provisional = true WHERE year = 2026"),
    );
    expect(await seed()).toEqual([]);
    await withClient(world.ownerUrl, (client) =>
      client.query("DELETE FROM calendar_day WHERE year = 2026"),
    );
    expect(await seed()).toEqual([2026]);
    expect(await year(2026)).toMatchObject({ version: 2, provisional: false });
  });
});
