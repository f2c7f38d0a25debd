/**
 * The closed vocabularies of the field. Every union is declared once, here, as a tuple;
 * the database repeats each in a CHECK constraint and a schema test compares the two.
 * The Chinese words stand in docs/glossary.md.
 */

/** 四网 — the four networks that were merged. */
export const NETS = [
  "party_building",
  "comprehensive_governance",
  "city_management",
  "illegal_construction",
] as const;
export type Net = (typeof NETS)[number];

/** 办理层级 — who handles a case, from the street corner upwards. */
export const TIERS = ["level3", "level2", "level1", "county", "department"] as const;
export type Tier = (typeof TIERS)[number];

/** Tiers that are held by a grid (or the county centre) rather than by a department. */
export const GRID_TIERS = ["level3", "level2", "level1", "county"] as const;
export type GridTier = (typeof GRID_TIERS)[number];

/**
 * 案件状态. `self_handled`, `closed`, `not_accepted`, `voided` 作废 and `merged` 合并 end a case;
 * `checking` is 核实: a grid worker looks on the spot before a desk accepts the report.
 */
export const CASE_STATES = [
  "reported",
  "checking",
  "filed",
  "dispatched",
  "signed",
  "handled",
  "fed_back",
  "verified",
  "closed",
  "self_handled",
  "not_accepted",
  "voided",
  "merged",
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** Actions that move a case along its main line. `report` opens it and is not among them. */
export const MAIN_ACTIONS = [
  "check",
  "checked",
  "file",
  "refuse",
  "dispatch",
  "sign",
  "handle",
  "feed_back",
  "verify",
  "rework",
  "close",
  "self_handle",
  "return",
  "escalate",
  "mark_no_owner",
  "void",
  "merge",
  "reopen",
] as const;
export type MainAction = (typeof MAIN_ACTIONS)[number];

/**
 * Actions on the side matters of a case: 延期, 挂账, 督办, 吹哨报到, 超时申诉, 协办, 无主. The case
 * stays where it is on its main line.
 */
export const SIDE_ACTIONS = [
  "ask_extension",
  "endorse_extension",
  "grant_extension",
  "refuse_extension",
  "ask_suspension",
  "grant_suspension",
  "refuse_suspension",
  "resume",
  "supervise",
  "answer_supervision",
  "call_whistle",
  "approve_whistle",
  "decline_whistle",
  "arrive",
  "end_whistle",
  "rate_whistle",
  "ask_appeal",
  "endorse_appeal",
  "grant_appeal",
  "refuse_appeal",
  "assign_sub_task",
  "sign_sub_task",
  "finish_sub_task",
  "waive_sub_task",
  "decide_owner",
] as const;
export type SideAction = (typeof SIDE_ACTIONS)[number];

/** What people do to a case. */
export const CASE_ACTIONS = [...MAIN_ACTIONS, ...SIDE_ACTIONS] as const;
export type CaseAction = (typeof CASE_ACTIONS)[number];

/**
 * Kinds of the case log; each action writes the event of its own name. `absorb`: another case was
 * merged into this one. `recalendar`: its deadline was moved to another version of the calendar.
 * `relocate`: the grids were changed, and it lies in another one, or in another version of its own.
 */
export const CASE_EVENT_KINDS = [
  "report",
  ...CASE_ACTIONS,
  "absorb",
  "recalendar",
  "relocate",
] as const;
export type CaseEventKind = (typeof CASE_EVENT_KINDS)[number];

/** Rules of the software itself by which a case moves; a county's own are called by their names. */
export const SOFTWARE_RULES = [
  "category.owner",
  "category.tier",
  "clock.hold_ran_out",
  "clock.sign_ran_out",
] as const;
export type SoftwareRule = (typeof SOFTWARE_RULES)[number];

/** Where a report came from. */
export const CASE_SOURCES = [
  "worker",
  "resident",
  "hotline",
  "walk_in",
  "department",
  "import",
] as const;
export type CaseSource = (typeof CASE_SOURCES)[number];

/** 代为登记: whose report a desk enters — the hotline's, of somebody at the counter, a department's. */
export const BEHALF_SOURCES = ["hotline", "walk_in", "department"] as const;
export type BehalfSource = (typeof BEHALF_SOURCES)[number];

/** 时限单位: working hours, working days, and the two natural clocks that run at night too. */
export const LIMIT_UNITS = ["working_hour", "working_day", "urgent_hour", "urgent_day"] as const;
export type LimitUnit = (typeof LIMIT_UNITS)[number];

/** 部件 (a thing) or 事项 (a matter), as GB/T 47678.5-2026 divides its classes. */
export const CATEGORY_KINDS = ["component", "matter"] as const;
export type CategoryKind = (typeof CATEGORY_KINDS)[number];

/**
 * Roles of accounts. Three separate administrators 三员分立: the first keeps the system, the second
 * decides about accounts, the third reads the audit log. A resident has no account; `system` is the software itself.
 */
export const ACCOUNT_ROLES = [
  "worker",
  "head",
  "street",
  "county_centre",
  "department",
  "system_administrator",
  "security_administrator",
  "audit_administrator",
] as const;
export type AccountRole = (typeof ACCOUNT_ROLES)[number];
export const ACTOR_ROLES = [...ACCOUNT_ROLES, "resident", "system"] as const;
export type ActorRole = (typeof ACTOR_ROLES)[number];

export const DAY_KINDS = ["workday", "holiday", "makeup_workday"] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** Three stored sizes of a photo, longest side in pixels: thumb 320, screen 1280, full 2560. */
export const PHOTO_SIZES = ["thumb", "screen", "full"] as const;
export type PhotoSize = (typeof PHOTO_SIZES)[number];

/** 部件状态, as GB/T 47678.5 names it: 完好, 破损, 丢失, 废弃, 移除. */
export const COMPONENT_CONDITIONS = [
  "intact",
  "damaged",
  "missing",
  "abandoned",
  "removed",
] as const;
export type ComponentCondition = (typeof COMPONENT_CONDITIONS)[number];
