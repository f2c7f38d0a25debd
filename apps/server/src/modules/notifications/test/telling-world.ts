import { CONSENT_VERSION } from "@onegrid/contract";
import { v7 as uuidv7 } from "uuid";
import { testApp, type TestApp, type TestLogin } from "../../../../test/support/app.ts";
import { MINI } from "../../../../test/support/mini-county.ts";
import type { MessagingConfig } from "../../../platform/messaging-config.ts";
import type { WorkerServices } from "../../../platform/jobs.ts";
import { feedbackTasks } from "../../feedback/index.ts";
import { notificationTasks } from "../index.ts";

const TASKS = { ...notificationTasks, ...feedbackTasks };

type Job = { id: string; name: keyof typeof TASKS; payload: never };

/** The mini county with channels, and the queue under the test's own hand. */
export type TellingWorld = TestApp & {
  services: TestApp["services"];
  worker: WorkerServices;
  /** Names of the jobs that wait, oldest first. */
  waiting(): Promise<string[]>;
  /**
   * Does what waits, as the worker would, until nothing is left; a job that fails stays and is
   * left for the next call. Answers how many were done.
   */
  work(): Promise<number>;
  /** Reports as a resident; answers the receipt's code and the case's id. */
  report(over?: Record<string, unknown>): Promise<{ caseId: string; receiptCode: string }>;
  /** Does one action through the wire with the case's present version. */
  act(
    login: TestLogin,
    caseId: string,
    action: string,
    over?: Record<string, unknown>,
  ): Promise<void>;
};

export const tellingWorld = async (messaging: MessagingConfig): Promise<TellingWorld> => {
  const app = await testApp({ config: { messaging } });
  const worker: WorkerServices = {
    config: app.config,
    database: app.services.database,
    clock: app.clock,
    jobs: app.services.jobs,
  };
  const jobs = async (): Promise<Job[]> => {
    const { rows } = await app.owner.query(
      `SELECT j.id::text, t.identifier AS name, j.payload FROM graphile_worker._private_jobs j
       JOIN graphile_worker._private_tasks t ON t.id = j.task_id ORDER BY j.priority, j.id`,
    );
    return rows.filter(({ name }) => Object.hasOwn(TASKS, name));
  };
  return {
    ...app,
    worker,
    waiting: async () => (await jobs()).map(({ name }) => name),
    work: async () => {
      let done = 0;
      const failed = new Set<string>();
      for (;;) {
        const next = (await jobs()).find(({ id }) => !failed.has(id));
        if (next === undefined) return done;
        try {
          await TASKS[next.name](worker, next.payload);
        } catch {
          failed.add(next.id);
          continue;
        }
        await app.owner.query("DELETE FROM graphile_worker._private_jobs WHERE id = $1", [next.id]);
        done += 1;
      }
    },
    report: async (over = {}) => {
      const caseId = uuidv7();
      const answer = await app.anonymous.post("/api/v1/public/cases", {
        caseId,
        categoryCode: MINI.categories.litter,
        description: "门口堆了垃圾",
        location: { lng: 107.05, lat: 30.05 },
        accuracyM: null,
        address: null,
        componentCode: null,
        attachmentIds: [],
        contact: null,
        contactConsent: CONSENT_VERSION,
        ...over,
      });
      if (answer.statusCode !== 201) throw new Error(answer.payload);
      return { caseId, receiptCode: answer.json().receiptCode };
    },
    act: async (login, caseId, action, over = {}) => {
      const { rows } = await app.owner.query("SELECT version FROM cases WHERE case_id = $1", [
        caseId,
      ]);
      const client = await app.as(login);
      const answer = await client.post("/api/v1/case-commands", {
        commands: [
          {
            commandId: uuidv7(),
            caseId,
            action,
            baseVersion: rows[0].version,
            deviceSeq: 0,
            capturedAt: null,
            note: null,
            target: null,
            attachmentIds: [],
            details: null,
            ...over,
          },
        ],
      });
      const [result] = answer.json().results;
      if (result.outcome !== "applied") throw new Error(JSON.stringify(result));
    },
  };
};
