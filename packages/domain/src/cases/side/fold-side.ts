import { isGridTier } from "../../grids/code.ts";
import type { CaseEvent } from "../event.ts";
import { isInterim } from "../event.ts";
import { isOpenSubTask, openWhistle, type Side } from "./side.ts";

type At = { at: string; by: string | null };

/** Changes the members of a list that match. */
const mend = <T>(list: readonly T[], matches: (one: T) => boolean, change: (one: T) => T): T[] =>
  list.map((one) => (matches(one) ? change(one) : one));

const isPending = ({ state }: { state: string }): boolean =>
  state === "asked" || state === "endorsed";

const decided = <S extends string>(state: S, { at }: At) => ({ state, decidedAt: at });

/** Requests of a holder end with its turn: the next one asks for itself. */
const lapseRequests = (side: Side, at: string): Partial<Side> => ({
  extensions: mend(side.extensions, isPending, (e) => ({ ...e, state: "lapsed", decidedAt: at })),
  suspensions: mend(side.suspensions, isPending, (s) => ({ ...s, state: "lapsed", decidedAt: at })),
});

/**
 * What an ended case leaves behind: nothing waits any more. A whistle that was answered counts as
 * ended, so that the street can still rate who came.
 */
export const endSide = (side: Side, at: string): Side => ({
  ...side,
  ...lapseRequests(side, at),
  supervisions: mend(
    side.supervisions,
    ({ answeredAt }) => answeredAt === null,
    (s) => ({ ...s, answeredAt: at }),
  ),
  whistles: mend(
    side.whistles,
    ({ state }) => state === "called" || state === "approved",
    (w) => ({ ...w, state: w.state === "approved" ? "ended" : "lapsed", endedAt: at }),
  ),
  subTasks: mend(side.subTasks, isOpenSubTask, (t) => ({ ...t, state: "waived", endedAt: at })),
});

const judgeReturn = (
  side: Side,
  to: { tier: string; holderCode: string },
  told: "dispatch" | "unit" | undefined,
) => {
  const open = side.returns.findLastIndex(({ fault }) => fault === null);
  if (open === -1) return {};
  return {
    returns: side.returns.map((one, index) =>
      index === open
        ? {
            ...one,
            // Sent back to the very unit that returned it: the dispatcher does not agree.
            fault: told ?? (one.holderCode === to.holderCode ? "unit" : "dispatch"),
          }
        : one,
    ),
  };
};

const whistle = (side: Side, event: CaseEvent, { at }: At): Partial<Side> => {
  const open = openWhistle(side);
  const change = (next: (w: Side["whistles"][number]) => Side["whistles"][number]) => ({
    whistles: mend(side.whistles, (w) => w === open, next),
  });
  switch (event.kind) {
    case "call_whistle": {
      const units = event.data.unitCodes.map((unitCode) => ({
        unitCode,
        arriveBy: null,
        arrivedAt: null,
        score: null,
      }));
      const called = { kind: event.data.kind, state: "called" as const, calledAt: at };
      return { whistles: [...side.whistles, { ...called, decidedAt: null, endedAt: null, units }] };
    }
    case "approve_whistle": {
      const { arriveBy } = event.data;
      return change((w) => ({
        ...w,
        ...decided("approved", { at, by: null }),
        units: w.units.map((unit) => ({ ...unit, arriveBy })),
      }));
    }
    case "decline_whistle":
      return change((w) => ({ ...w, ...decided("declined", { at, by: null }), endedAt: at }));
    case "arrive": {
      const { unitCode } = event.data;
      return change((w) => ({
        ...w,
        units: mend(
          w.units,
          (u) => u.unitCode === unitCode,
          (u) => ({ ...u, arrivedAt: at }),
        ),
      }));
    }
    case "end_whistle":
      return change((w) => ({ ...w, state: "ended", endedAt: at }));
    case "rate_whistle": {
      const { unitCode, score } = event.data;
      const rated = side.whistles.findLast(
        ({ state, units }) =>
          state === "ended" && units.some((u) => u.unitCode === unitCode && u.score === null),
      );
      return {
        whistles: mend(
          side.whistles,
          (w) => w === rated,
          (w) => ({
            ...w,
            units: mend(
              w.units,
              (u) => u.unitCode === unitCode,
              (u) => ({ ...u, score }),
            ),
          }),
        ),
      };
    }
    default:
      return {};
  }
};

const requests = (side: Side, event: CaseEvent, now: At): Partial<Side> => {
  const { at, by } = now;
  const extension = (state: "granted" | "refused") => ({
    extensions: mend(side.extensions, isPending, (e) => ({ ...e, ...decided(state, now) })),
  });
  const suspension = (state: "granted" | "refused") => ({
    suspensions: mend(side.suspensions, isPending, (s) => ({ ...s, ...decided(state, now) })),
  });
  const appeal = (state: "granted" | "refused") => ({
    appeals: mend(side.appeals, isPending, (a) => ({ ...a, ...decided(state, now) })),
  });
  const asked = {
    state: "asked" as const,
    askedAt: at,
    askedBy: by,
    endorsedBy: null,
    decidedAt: null,
  };
  const endorsed = { state: "endorsed" as const, endorsedBy: by };
  switch (event.kind) {
    case "ask_extension":
      return { extensions: [...side.extensions, asked] };
    case "endorse_extension":
      return { extensions: mend(side.extensions, isPending, (e) => ({ ...e, ...endorsed })) };
    case "grant_extension":
      return extension("granted");
    case "refuse_extension":
      return extension("refused");
    case "ask_suspension": {
      const { reason, endsOn } = event.data;
      const { endorsedBy: _none, ...one } = asked;
      return { suspensions: [...side.suspensions, { ...one, reason, endsOn, resumedAt: null }] };
    }
    case "grant_suspension":
      return suspension("granted");
    case "refuse_suspension":
      return suspension("refused");
    case "resume": {
      const last = side.suspensions.findLast(({ state }) => state === "granted");
      return {
        suspensions: mend(
          side.suspensions,
          (s) => s === last,
          (s) => ({ ...s, resumedAt: at }),
        ),
      };
    }
    case "ask_appeal":
      return { appeals: [...side.appeals, asked] };
    case "endorse_appeal":
      return { appeals: mend(side.appeals, isPending, (a) => ({ ...a, ...endorsed })) };
    case "grant_appeal":
      return appeal("granted");
    case "refuse_appeal":
      return appeal("refused");
    default:
      return whistle(side, event, now);
  }
};

const subTask = (
  side: Side,
  number: number,
  change: Partial<Side["subTasks"][number]>,
): Partial<Side> => ({
  subTasks: mend(
    side.subTasks,
    (task) => task.subTask === number,
    (task) => ({ ...task, ...change }),
  ),
});

const change = (side: Side, event: CaseEvent, now: At): Partial<Side> => {
  const { at } = now;
  switch (event.kind) {
    case "check": {
      const { tier, holderCode } = event.data;
      return { check: { tier, holderCode, askedAt: at, finding: null, answeredAt: null } };
    }
    case "checked":
      return side.check === null
        ? {}
        : { check: { ...side.check, finding: event.data.finding, answeredAt: at } };
    case "dispatch":
      return {
        ...lapseRequests(side, at),
        ...judgeReturn(side, event.data, event.data.returnFault),
      };
    case "mark_no_owner":
      return {
        ...lapseRequests(side, at),
        ...judgeReturn(side, event.data, "dispatch"),
        noOwner: { markedAt: at, decision: null },
      };
    case "escalate":
      return lapseRequests(side, at);
    case "feed_back": {
      const { result = "done", nextDay = null } = event.data;
      return {
        ...(isInterim(event) ? {} : lapseRequests(side, at)),
        feedback: { result, nextDay, at },
      };
    }
    case "supervise": {
      const { level, answerBy } = event.data;
      const issued = { level, issuedAt: at, answerBy, answeredAt: null };
      return { supervisions: [...side.supervisions, issued] };
    }
    case "answer_supervision":
      return {
        supervisions: mend(
          side.supervisions,
          ({ answeredAt }) => answeredAt === null,
          (s) => ({ ...s, answeredAt: at }),
        ),
      };
    case "assign_sub_task": {
      const { tier, holderCode, note, dueAt } = event.data;
      const task = {
        subTask: side.subTasks.length + 1,
        tier,
        holderCode,
        state: "assigned" as const,
        task: note ?? "",
        assignedAt: at,
        dueAt,
        endedAt: null,
      };
      return { subTasks: [...side.subTasks, task] };
    }
    case "sign_sub_task":
      return subTask(side, event.data.subTask, { state: "signed" });
    case "finish_sub_task":
      return subTask(side, event.data.subTask, { state: "done", endedAt: at });
    case "waive_sub_task":
      return subTask(side, event.data.subTask, { state: "waived", endedAt: at });
    case "decide_owner": {
      const { tier, holderCode } = event.data;
      return side.noOwner === null
        ? {}
        : { noOwner: { ...side.noOwner, decision: { tier, holderCode } } };
    }
    case "merge":
      return { mergedInto: event.data.intoCaseId };
    case "absorb":
      return { absorbed: [...side.absorbed, event.data.fromCaseId] };
    case "reopen":
      return {
        reopenings: [...side.reopenings, { reason: event.data.reason, at }],
        appeals: mend(side.appeals, isPending, (a) => ({ ...a, state: "lapsed", decidedAt: at })),
      };
    default:
      return requests(side, event, now);
  }
};

/** Open sub-tasks of a grid go along to the grid that the case lies in now. */
const relocatedTasks = (side: Side, from: string, to: string): Side["subTasks"] =>
  mend(
    side.subTasks,
    (task) => isOpenSubTask(task) && task.holderCode === from && from.length === to.length,
    (task) => ({ ...task, holderCode: to }),
  );

/** The side matters after an event. `held` is the case before it: who held it, and where it lay. */
export const foldSide = (
  side: Side,
  event: CaseEvent,
  held: {
    tier: Side["returns"][number]["tier"];
    holderCode: string | null;
    gridCode: string;
  },
): Side => {
  const now = { at: event.occurredAt.toISOString(), by: event.actorAccountId };
  if (event.kind === "relocate") {
    return { ...side, subTasks: relocatedTasks(side, held.gridCode, event.data.gridCode) };
  }
  if (event.kind === "return") {
    const returned = {
      tier: held.tier,
      holderCode: held.holderCode ?? "",
      at: now.at,
      fault: null,
    };
    return { ...side, ...lapseRequests(side, now.at), returns: [...side.returns, returned] };
  }
  return { ...side, ...change(side, event, now) };
};

/** Departments that an event lets see the case, beside those that hold it. */
export const unitsCalled = (side: Side, event: CaseEvent): string[] => {
  if (event.kind === "approve_whistle") {
    return openWhistle(side)?.units.map(({ unitCode }) => unitCode) ?? [];
  }
  if (event.kind === "assign_sub_task" && !isGridTier(event.data.tier)) {
    return [event.data.holderCode];
  }
  return [];
};
