import { NoAnswer } from "@onegrid/client";
import { actOnCases, reportCases, type Problem } from "@onegrid/contract";
import { api } from "../session/api.ts";
import type { OutboxItem, CommandItem, ReportItem } from "./item.ts";
import type { Acknowledgement } from "./settle.ts";
import { wireCommand, wireReport } from "./wire.ts";

/** The server's answer to one item. */
export type Delivered = { taken: Acknowledgement } | { refused: Problem };

async function deliverReport(item: ReportItem): Promise<Delivered> {
  const { results } = await api.call(reportCases, { body: { reports: [wireReport(item)] } });
  const result = results.find(({ caseId }) => caseId === item.caseId);
  if (result === undefined) throw new NoAnswer("the answer is about something else");
  if (result.outcome === "refused") return { refused: result.problem };
  const { version, state, number } = result;
  return { taken: { version, state, tier: null, number } };
}

async function deliverCommand(item: CommandItem): Promise<Delivered> {
  const { results } = await api.call(actOnCases, { body: { commands: [wireCommand(item)] } });
  const result = results.find(({ commandId }) => commandId === item.id);
  if (result === undefined) throw new NoAnswer("the answer is about something else");
  if (result.outcome === "refused") return { refused: result.problem };
  const { version, state, tier } = result;
  return { taken: { version, state, tier, number: null } };
}

/** Sends one report or command. Rejects like the client when no answer came or the call failed. */
export function deliver(item: OutboxItem): Promise<Delivered> {
  return item.kind === "report" ? deliverReport(item) : deliverCommand(item);
}
