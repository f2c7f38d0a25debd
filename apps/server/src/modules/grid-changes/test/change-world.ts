import type { GridChange, OutlinedGrid, Problem } from "@onegrid/contract";
import { splitByLine, type Area } from "@onegrid/geo/edit";
import { v7 as newId } from "uuid";
import { testApp, type TestApp, type TestClient } from "../../../../test/support/app.ts";
import { MINI } from "../../../../test/support/mini-county.ts";
import { takeEffect } from "../index.ts";

type Desks = Record<"community" | "street" | "streetHead", TestClient>;
type Answer = ReturnType<TestClient["get"]>;

export type ChangeWorld = Desks & {
  app: TestApp;
  /** Noon of another day; everybody signs in anew. */
  pass: (day: string) => Promise<void>;
  outlines: (on?: string) => Promise<OutlinedGrid[]>;
  put: (changeId: string, body: object, client?: TestClient) => Answer;
  decide: (
    client: TestClient,
    changeId: string,
    baseVersion: number,
    action: string,
    note?: string,
  ) => Answer;
  publish: (changeId: string, more?: object, client?: TestClient) => Answer;
  /** From a draft of version 1 to approval on a day after the term. */
  carry: (changeId: string, approvedOn: string) => Promise<GridChange>;
  effect: (changeId: string) => Promise<void>;
  codeOf: (answer: Answer) => Promise<string>;
  /** Grid 1 in two: the larger west keeps its code. */
  halves: () => Promise<{ replaces: object[]; grids: object[] }>;
};

/** A county whose grids change: its desks, and what they do, over days that pass as the test says. */
export const changeWorld = async (): Promise<ChangeWorld> => {
  const app = await testApp();
  const signIn = async (): Promise<Desks> => ({
    community: await app.as("head-community1"),
    street: await app.as("street1"),
    streetHead: await app.as("head-street1"),
  });
  const world: ChangeWorld = {
    app,
    ...(await signIn()),
    pass: async (day) => {
      app.clock.set(new Date(`${day}T04:00:00Z`));
      Object.assign(world, await signIn());
    },
    outlines: async (on) => {
      const query = `parent=${MINI.community1}${on ? `&on=${on}` : ""}`;
      const answer = await world.community.get(`/api/v1/grid-outlines?${query}`);
      return answer.json<{ grids: OutlinedGrid[] }>().grids;
    },
    put: (changeId, body, client = world.community) =>
      client.put(`/api/v1/grid-changes/${changeId}`, {
        baseVersion: 0,
        parentCode: MINI.community1,
        note: "网格过大，分为两个",
        ...body,
      }),
    decide: (client, changeId, baseVersion, action, note) =>
      client.post(`/api/v1/grid-changes/${changeId}/decision`, {
        baseVersion,
        action,
        ...(note && { note }),
      }),
    publish: (changeId, more = {}, client = world.street) =>
      client.post(`/api/v1/grid-changes/${changeId}/publication`, {
        baseVersion: 2,
        noticeId: newId(),
        title: "网格调整公示",
        body: "拟对以下网格边界进行调整，现予公示。",
        termDays: 5,
        ...more,
      }),
    carry: async (changeId, approvedOn) => {
      await world.decide(world.community, changeId, 1, "propose");
      await world.publish(changeId);
      await world.pass(approvedOn);
      return (await world.decide(world.streetHead, changeId, 3, "approve")).json<GridChange>();
    },
    effect: (changeId) =>
      takeEffect(
        {
          config: app.config,
          database: app.services.database,
          clock: app.clock,
          jobs: app.services.jobs,
        },
        { countyCode: MINI.county, changeId },
      ),
    codeOf: async (answer) => (await answer).json<Problem>().code,
    halves: async () => {
      const [grid1] = await world.outlines();
      const split = splitByLine(grid1?.outline as Area, [
        [107.06, 29],
        [107.06, 31],
      ]);
      if (grid1 === undefined || "refused" in split) throw new Error("cannot be split");
      const [west, east] = split.pieces;
      return {
        replaces: [{ gridCode: grid1.gridCode, version: grid1.version }],
        grids: [
          { gridCode: grid1.gridCode, name: "南门第一网格", outline: west },
          { gridCode: null, name: "南门第三网格", outline: east },
        ],
      };
    },
  };
  return world;
};
