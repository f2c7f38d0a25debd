/** The closed vocabularies of organisations, posts and notices; see words.ts for the rule. */

/** 党组织层级: 街道党工委, 社区党委, 网格党支部, 小区（楼栋）党小组. */
export const ORGANISATION_LEVELS = [
  "street_committee",
  "community_committee",
  "grid_branch",
  "party_group",
] as const;
export type OrganisationLevel = (typeof ORGANISATION_LEVELS)[number];

/** What a Party organisation is built on. */
export const ORGANISATION_BASES = [
  "grid",
  "estate",
  "building",
  "property_company",
  "owners_committee",
] as const;
export type OrganisationBase = (typeof ORGANISATION_BASES)[number];

/** Dated facts about an organisation; `void` takes an earlier one back. */
export const ORGANISATION_FACT_KINDS = ["found", "change", "renew", "dissolve", "void"] as const;

/** “三无”小区: on the list, or passed acceptance. */
export const THREE_WITHOUT_STATES = ["not_listed", "listed", "accepted"] as const;
export type ThreeWithoutState = (typeof THREE_WITHOUT_STATES)[number];

/** What a 三无 estate lacks: 物业管理, 主管部门, 人防物防. */
export const ESTATE_LACKS = ["property_management", "responsible_unit", "security"] as const;
export type EstateLack = (typeof ESTATE_LACKS)[number];

/** 公示 kinds: appointment 上岗, grid change 网格调整, funds 经费, award 表彰, other. */
export const NOTICE_KINDS = ["appointment", "grid_change", "funds", "award", "other"] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const NOTICE_STATES = ["draft", "published", "withdrawn"] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** 异议: being handled, upheld 成立, dismissed 不成立. */
export const OBJECTION_STATES = ["open", "upheld", "dismissed"] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];
