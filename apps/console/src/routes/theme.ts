import { COLORS } from "@onegrid/ui";
import type { ThemeConfig } from "antd";

/** antd in the product's colours; dense, as people use it all day. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: COLORS.brand,
    colorLink: COLORS.brand,
    colorText: COLORS.ink,
    colorTextSecondary: COLORS.ink2,
    // antd's own grey for hints is below a contrast of 4.5:1.
    colorTextTertiary: COLORS.ink2,
    colorTextDescription: COLORS.ink2,
    colorTextPlaceholder: "#667080",
    colorTextDisabled: "#667080",
    colorSuccess: COLORS.green,
    colorWarning: COLORS.amber,
    colorError: COLORS.red,
    colorBorder: "#aeb8c4",
    colorBorderSecondary: COLORS.line,
    colorBgLayout: COLORS.surface2,
    borderRadius: 8,
    fontFamily: "var(--font)",
    // antd does not ask by itself whether the person wants things to move.
    motion: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  },
  components: {
    Table: { headerBg: COLORS.surface2 },
    Tabs: { horizontalMargin: "0 0 16px" },
  },
};
