import type { CaseCommand, CaseReport } from "@onegrid/contract";
import type { CommandItem, JoinItem, ReportItem } from "./item.ts";

/** The report as it is sent. Stable between tries: the server knows a repetition by it. */
export const wireReport = (item: ReportItem): CaseReport => ({
  ...item.report,
  caseId: item.caseId,
  attachmentIds: item.photoIds,
});

/** The join as it is sent: twice with one id is one follower. */
export const wireJoin = (item: JoinItem) => ({ followerId: item.id });

/** The command as it is sent; stable from its first sending on. */
export const wireCommand = (item: CommandItem): CaseCommand => ({
  commandId: item.id,
  caseId: item.caseId,
  action: item.command.action,
  baseVersion: item.command.baseVersion,
  deviceSeq: item.seq,
  capturedAt: item.command.capturedAt,
  note: item.command.note,
  target: null,
  attachmentIds: item.photoIds,
  details: item.command.details ?? null,
});
