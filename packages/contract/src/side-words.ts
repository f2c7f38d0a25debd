/*
 * The closed vocabularies of what goes on beside a case's main line. They live in the log's data
 * and in the `side` column (jsonb), so no CHECK repeats them, except where a comment says so.
 */

/** 核实结果: what the grid worker found on the spot. */
export const CHECK_FINDINGS = ["confirmed", "not_found", "already_solved"] as const;
export type CheckFinding = (typeof CHECK_FINDINGS)[number];

/**
 * 反馈结果: done; cannot be done, because …; or will be done on a named day — then work goes on and
 * so does the clock, but the reporter knows.
 */
export const FEEDBACK_RESULTS = ["done", "cannot_be_done", "scheduled"] as const;
export type FeedbackResult = (typeof FEEDBACK_RESULTS)[number];

/** 退回责任: sent to the wrong unit by the dispatch, or sent back wrongly by the unit. */
export const RETURN_FAULTS = ["dispatch", "unit"] as const;
export type ReturnFault = (typeof RETURN_FAULTS)[number];

/** 重开理由. */
export const REOPEN_REASONS = ["not_done", "came_back", "poor_quality", "other"] as const;
export type ReopenReason = (typeof REOPEN_REASONS)[number];

/** 延期: asked by the holder, endorsed by its own leader, granted by the dispatcher. */
export const EXTENSION_STATES = ["asked", "endorsed", "granted", "refused", "lapsed"] as const;
export type ExtensionState = (typeof EXTENSION_STATES)[number];

/** 挂账. `lapsed`: the case ended, or was disposed of, before an answer. */
export const SUSPENSION_STATES = ["asked", "granted", "refused", "lapsed"] as const;
export type SuspensionState = (typeof SUSPENSION_STATES)[number];
export const SUSPENSION_REASONS = ["engineering", "season", "no_owner", "other"] as const;
export type SuspensionReason = (typeof SUSPENSION_REASONS)[number];

/** 督办级别: 一般督办, 重点督办, 挂牌督办. Repeated by `cases_supervision_level_check`. */
export const SUPERVISION_LEVELS = ["ordinary", "key", "listed"] as const;
export type SupervisionLevel = (typeof SUPERVISION_LEVELS)[number];

/** 哨种: 应急哨, 执法哨, 攻坚哨. */
export const WHISTLE_KINDS = ["urgent", "enforcement", "coordination"] as const;
export type WhistleKind = (typeof WHISTLE_KINDS)[number];
export const WHISTLE_STATES = ["called", "approved", "declined", "ended", "lapsed"] as const;
export type WhistleState = (typeof WHISTLE_STATES)[number];

/** 超时申诉: asked by the department, reviewed twice by different people. */
export const APPEAL_STATES = ["asked", "endorsed", "granted", "refused", "lapsed"] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

/** 协办任务. */
export const SUB_TASK_STATES = ["assigned", "signed", "done", "waived"] as const;
export type SubTaskState = (typeof SUB_TASK_STATES)[number];

/** 灯色. Never shown by colour alone. */
export const LIGHTS = ["green", "amber", "red"] as const;
export type CaseLight = (typeof LIGHTS)[number];

/** What a case's clocks measure: the whole case, or a stage or unit of it. */
export const CLOCK_STAGES = [
  "case",
  "check",
  "sign",
  "hold",
  "supervision",
  "whistle",
  "sub_task",
] as const;
export type ClockStage = (typeof CLOCK_STAGES)[number];
