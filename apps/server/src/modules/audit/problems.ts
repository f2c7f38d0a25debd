import type { Refusal } from "@onegrid/contract";

export const badCursor: Refusal = {
  code: "request.invalid",
  status: 422,
  detail: "the cursor is none that this list gave",
};
