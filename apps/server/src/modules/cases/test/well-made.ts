import type { CaseDetail, CommandDetails } from "@onegrid/contract";

type Allowed = CaseDetail["allowed"][number];

/** Details that an allowed action needs, so that only who and when can refuse it; null for none. */
export const detailsFor = (
  { action, subTasks, units }: Allowed,
  otherCaseId: string,
): CommandDetails | null => {
  switch (action) {
    case "checked":
      return { action, finding: "confirmed" };
    case "merge":
      return { action, intoCaseId: otherCaseId };
    case "reopen":
      return { action, reason: "not_done" };
    case "ask_suspension":
      return { action, reason: "engineering", endsOn: "2027-03-01" };
    case "supervise":
      return { action, level: "ordinary" };
    case "call_whistle":
      return { action, kind: "urgent", unitCodes: ["CGJ", "YJJ"] };
    case "rate_whistle":
      return { action, unitCode: units[0] ?? "", score: 4 };
    case "sign_sub_task":
    case "finish_sub_task":
    case "waive_sub_task":
      return { action, subTask: subTasks[0] ?? 1 };
    default:
      return null;
  }
};
