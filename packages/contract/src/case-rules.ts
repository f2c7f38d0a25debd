import { z } from "zod";
import { Limit, MeTooReach } from "./catalogue.ts";
import { endpoint } from "./endpoint.ts";

const share = z.number().min(0).max(1);

/** Limits of holding a case at a tier before it goes up by itself; null: it stays. */
const TierLimits = z.strictObject({
  level3: Limit.nullable(),
  level2: Limit.nullable(),
  level1: Limit.nullable(),
});

/**
 * What differs between cities in how cases are worked: one versioned object a county. A case keeps
 * the version it was filed under for its clocks; what may be asked follows the present version.
 */
export const CaseRules = z.strictObject({
  /** 重开: days after closing in which the resident may reopen. */
  reopenDays: z.number().int().min(0).max(90),
  /** 延期: granted at most so often. */
  extensionMax: z.number().int().min(0).max(5),
  /** 挂账: granted at most so often, and at most so long. */
  suspensionMax: z.number().int().min(0).max(3),
  suspensionMaxDays: z.number().int().min(1).max(365),
  /** 超时申诉: days after closing in which the department may appeal. */
  appealDays: z.number().int().min(0).max(90),
  /** Share of a limit at which its light turns amber. */
  amberRatio: share,
  /** Shares of a limit at which somebody is told; 1 is the deadline. */
  milestones: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z0-9_]{1,30}$/),
        ratio: z.number().positive().max(10),
      }),
    )
    .max(10),
  checkLimit: Limit,
  signLimit: Limit,
  /** 紧急案件签收时限, by the natural clock. */
  emergencySignLimit: Limit,
  tierLimits: TierLimits,
  /** Whether a case goes up by itself when its tier's limit has run out. */
  autoEscalation: z.boolean(),
  supervisionLimits: z.strictObject({ ordinary: Limit, key: Limit, listed: Limit }),
  /** 到场时限 by kind of whistle. */
  whistleLimits: z.strictObject({ urgent: Limit, enforcement: Limit, coordination: Limit }),
  /** 协办: limit of a sub-task that names none. */
  subTaskLimit: Limit,
  /**
   * 我也遇到: how near and how recent an open case of the same kind is shown while reporting, where
   * the category says nothing of its own.
   */
  meTooDistanceM: MeTooReach.shape.distanceM,
  meTooHours: MeTooReach.shape.hours,
  /** 回访: share of a resident's closed cases that are called back, at random. */
  callBackShare: share,
});
export type CaseRules = z.infer<typeof CaseRules>;

const Versioned = z.object({
  /** 0 while the county follows the defaults. */
  version: z.number().int(),
  rules: CaseRules,
});

export const getCaseRules = endpoint({
  name: "caseRules.get",
  method: "GET",
  path: "/api/v1/case-rules",
  permission: "configuration.read",
  summary: "The county's rules for working cases, in their present version",
  answer: Versioned,
});

export const putCaseRules = endpoint({
  name: "caseRules.put",
  method: "PUT",
  path: "/api/v1/case-rules",
  permission: "configuration.write",
  summary: "Set the county's rules for working cases as their next version",
  body: z.strictObject({ baseVersion: z.number().int().min(0), rules: CaseRules }),
  answer: Versioned,
  problems: ["caseRules.version_conflict"],
});
