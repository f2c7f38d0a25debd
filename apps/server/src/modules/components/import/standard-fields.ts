import type { ComponentCondition } from "@onegrid/contract";

/** Our names of a component's fields, and those of the attribute table of GB/T 47678.5. */
export const FIELD_NAMES: Record<string, readonly string[]> = {
  componentCode: ["componentCode", "GLBJBSM"],
  name: ["name", "GLBJMC"],
  categoryCode: ["categoryCode"],
  ownerUnitCode: ["ownerUnitCode", "QSDWDM"],
  condition: ["condition", "GLBJZT"],
  lng: ["lng"],
  lat: ["lat"],
  address: ["address"],
  recordedOn: ["recordedOn", "CSRQ"],
  restricted: ["restricted"],
};

/** The standard's words for the condition of a component, as files hold them. */
export const STANDARD_CONDITIONS: Record<string, ComponentCondition> = {
  完好: "intact",
  破损: "damaged",
  丢失: "missing",
  废弃: "abandoned",
  移除: "removed",
};
