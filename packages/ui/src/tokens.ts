import type { Net } from "@onegrid/contract";

/** The same values as tokens.css, for code that draws by itself: maps, charts, antd's theme. */
export const COLORS = {
  ink: "#1b2430",
  ink2: "#4a5563",
  line: "#d9dfe6",
  surface: "#ffffff",
  surface2: "#f4f6f8",
  brand: "#1f5fa8",
  green: "#1a7340",
  amber: "#8a5300",
  red: "#b3261e",
} as const;

export const NET_COLORS: Record<Net, string> = {
  party_building: COLORS.red,
  comprehensive_governance: COLORS.brand,
  city_management: COLORS.green,
  illegal_construction: COLORS.amber,
};
