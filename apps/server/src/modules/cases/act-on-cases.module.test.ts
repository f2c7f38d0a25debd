import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { v7 as uuidv7 } from "uuid";
import { MINI } from "../../../test/support/mini-county.ts";
import { checkFolds, getCase } from "./index.ts";
import {
  aCommand,
  actOne,
  aReport,
  caseWorld,
  POINTS,
  reported,
  type CaseWorld,
  type Who,
} from "./test/case-world.ts";

let world: CaseWorld;
beforeAll(async () => {
  world = await caseWorld();
});
afterAll(() => world.close());

type Step = [who: Who, action: Parameters<typeof aCommand>[1], over?: Record<string, unknown>];

/** Takes a case through steps by different accounts; each must be applied. */
const walk = async (caseId: string, from: number, steps: Step[]): Promise<number> => {
  let version = from;
  for (const [who, action, over] of steps) {
    const result = await actOne(world.as(who), aCommand(caseId, action, version, over));
    if (result.outcome === "refused") {
      throw new Error(`${who} ${action}: ${JSON.stringify(result.problem)}`);
    }
    version = result.version;
  }
  return version;
};

const codeOf = async (who: Who, command: unknown): Promise<string> => {
  const result = await actOne(world.as(who), command);
  return result.outcome === "refused" ? result.problem.code : result.state;
};

const toDepartment = {
  target: { tier: "department", unitCode: MINI.departments.cityManagement },
};

describe("a journey", () => {
  test("from report to closing, by different accounts", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    await walk(caseId, 3, [
      ["street1", "dispatch", toDepartment],
      ["city-management", "sign"],
      ["city-management", "handle"],
      ["city-management", "feed_back"],
      ["worker1", "verify"],
      ["street1", "close"],
    ]);
    const detail = await getCase(world.as("centre"), caseId);
    expect(detail).toMatchObject({
      state: "closed",
      holderName: null,
      disposedOnTime: true,
      version: 9,
      gridPath: ["桂溪街道", "南门社区", "南门第一网格"],
      allowed: [],
    });
    expect(detail.events.map(({ kind, actorRole, toState }) => [kind, actorRole, toState])).toEqual(
      [
        ["report", "worker", "reported"],
        ["file", "system", "filed"],
        ["dispatch", "system", "dispatched"],
        ["dispatch", "street", "dispatched"],
        ["sign", "department", "signed"],
        ["handle", "department", "handled"],
        ["feed_back", "department", "fed_back"],
        ["verify", "worker", "verified"],
        ["close", "street", "closed"],
      ],
    );
    expect(detail.events[3]).toMatchObject({ toHolderName: "城市管理局", actorName: "名 street1" });
  });

  test("up the tiers, back to the dispatcher, and again", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    await walk(caseId, 3, [
      ["worker1", "escalate"],
      ["head-community1", "escalate"],
      ["street1", "sign"],
      ["street1", "return"],
      ["street1", "dispatch", { target: { tier: "level3" } }],
      ["worker1", "sign"],
      ["worker1", "feed_back"],
      ["head-community1", "rework"],
      ["worker1", "self_handle"],
    ]);
    expect(await getCase(world.as("worker1"), caseId)).toMatchObject({ state: "self_handled" });
  });

  test("of a resident: waits, is filed or refused by the street", async () => {
    const [filed, refused] = [
      await reported(world.as("resident"), aReport()),
      await reported(world.as("resident"), aReport()),
    ];
    expect(await codeOf("worker1", aCommand(filed, "file", 1))).toBe("cases.not_in_charge");
    await walk(filed, 1, [["street1", "file"]]);
    expect(await getCase(world.as("street1"), filed)).toMatchObject({
      state: "dispatched",
      version: 3,
      limit: { amount: 4, unit: "working_hour" },
    });
    await walk(refused, 1, [["street1", "refuse"]]);
    expect(await getCase(world.as("street1"), refused)).toMatchObject({ state: "not_accepted" });
  });
});

describe("a command", () => {
  test("sent again is answered as the first time, whatever happened since", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    const sign = aCommand(caseId, "sign", 3);
    const first = await actOne(world.as("worker1"), sign);
    await walk(caseId, 4, [["worker1", "feed_back"]]);
    expect(await actOne(world.as("worker1"), sign)).toEqual({ ...first, repeated: true });
    const filing = await reported(world.as("resident"), aReport());
    const file = aCommand(filing, "file", 1);
    const once = await actOne(world.as("street1"), file);
    await walk(filing, 3, [["worker1", "sign"]]);
    expect(await actOne(world.as("street1"), file)).toEqual({ ...once, repeated: true });
  });

  test("fifty times at once is applied once", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    const sign = aCommand(caseId, "sign", 3);
    const results = await Promise.all(
      Array.from({ length: 50 }, () => actOne(world.as("worker1"), sign)),
    );
    expect(results.filter((r) => r.outcome === "applied" && !r.repeated)).toHaveLength(1);
    expect(results.filter((r) => r.outcome === "refused")).toEqual([]);
  });

  test("is refused with the code of what is wrong, and changes nothing", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    const other = await reported(world.as("worker1"), aReport());
    const sign = aCommand(other, "sign", 3);
    await actOne(world.as("worker1"), sign);
    const nobody = { target: { tier: "department", unitCode: "nobody" } };
    const cases: [string, Who, unknown][] = [
      ["cases.invalid_command", "worker1", { commandId: "x" }],
      ["cases.not_found", "worker1", aCommand(uuidv7(), "sign", 3)],
      ["cases.not_found", "worker2", aCommand(caseId, "sign", 3)],
      ["cases.not_found", "street2", aCommand(caseId, "sign", 3)],
      ["cases.not_found", "emergency", aCommand(caseId, "sign", 3)],
      ["cases.not_found", "other-centre", aCommand(caseId, "sign", 3)],
      ["cases.version_conflict", "worker1", aCommand(caseId, "sign", 2)],
      ["cases.transition_not_allowed", "worker1", aCommand(caseId, "verify", 3)],
      ["cases.not_in_charge", "worker1", aCommand(caseId, "dispatch", 3, toDepartment)],
      ["cases.note_required", "worker1", aCommand(caseId, "escalate", 3, { note: " " })],
      ["cases.target_required", "street1", aCommand(caseId, "dispatch", 3)],
      ["cases.unknown_unit", "street1", aCommand(caseId, "dispatch", 3, nobody)],
      [
        "cases.command_id_taken",
        "worker1",
        { ...aCommand(caseId, "sign", 3), commandId: sign.commandId },
      ],
      ["cases.command_id_taken", "worker1", { ...sign, note: "other words" }],
      ["cases.command_id_taken", "worker1", { ...aCommand(caseId, "sign", 3), commandId: caseId }],
      [
        "cases.captured_in_future",
        "worker1",
        aCommand(caseId, "sign", 3, { capturedAt: "2027-01-01T00:00:00Z" }),
      ],
      [
        "cases.unknown_attachment",
        "worker1",
        aCommand(caseId, "sign", 3, { attachmentIds: [uuidv7()] }),
      ],
    ];
    for (const [code, who, command] of cases) expect(await codeOf(who, command)).toBe(code);
    expect(await getCase(world.as("worker1"), caseId)).toMatchObject({ version: 3 });
  });

  test("on an old version is told the present one", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    await walk(caseId, 3, [["worker1", "sign"]]);
    const result = await actOne(world.as("worker1"), aCommand(caseId, "handle", 3));
    expect(result).toMatchObject({
      problem: { status: 409, params: { version: 4, state: "signed", tier: "level3" } },
    });
  });

  test("from a device keeps its own time, in the order of the log", async () => {
    const caseId = await reported(world.as("worker1"), aReport());
    world.clock.set(new Date("2026-11-24T05:00:00Z"));
    await walk(caseId, 3, [
      ["worker1", "sign", { capturedAt: "2026-11-24T03:00:00Z" }],
      ["worker1", "feed_back", { capturedAt: "2026-11-24T02:30:00Z" }],
    ]);
    const { events } = await getCase(world.as("worker1"), caseId);
    expect(events.slice(3).map((event) => event.occurredAt)).toEqual([
      "2026-11-24T03:00:00.000Z",
      "2026-11-24T03:00:00.000Z",
    ]);
    world.clock.set(new Date("2026-11-24T02:00:00Z"));
  });
});

test("whoever disposed of a case does not verify it", async () => {
  const caseId = await reported(world.as("head-community1"), aReport({ location: POINTS.grid2 }));
  await walk(caseId, 3, [
    ["worker2", "sign"],
    ["worker2", "feed_back"],
  ]);
  expect(await codeOf("worker2", aCommand(caseId, "verify", 5))).toBe("cases.four_eyes");
  expect(await codeOf("head-community1", aCommand(caseId, "verify", 5))).toBe("verified");
});

test("every row is the fold of its log", async () => {
  expect(await checkFolds(world.database.db, MINI.county)).toEqual([]);
});
