import { NoAnswer } from "@onegrid/client";
import {
  actOnCases,
  joinCaseAsStaff,
  recordLooks,
  reportCases,
  type Problem,
} from "@onegrid/contract";
import { api, inScope } from "../session/api.ts";
import type { OutboxItem, CommandItem, JoinItem, LookItem, ReportItem } from "./item.ts";
import type { Acknowledgement } from "./settle.ts";
import { wireCommand, wireJoin, wireReport } from "./wire.ts";

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
  const { results } = await api.call(
    actOnCases,
    { body: { commands: [wireCommand(item)] } },
    inScope(item),
  );
  const result = results.find(({ commandId }) => commandId === item.id);
  if (result === undefined) throw new NoAnswer("the answer is about something else");
  if (result.outcome === "refused") return { refused: result.problem };
  const { version, state, tier } = result;
  return { taken: { version, state, tier, number: null } };
}

async function deliverLook(item: LookItem): Promise<Delivered> {
  const { results } = await api.call(recordLooks, { body: { looks: [item.look] } }, inScope(item));
  const result = results.find(({ spot }) => spot === item.look.spot);
  if (result === undefined) throw new NoAnswer("the answer is about something else");
  if (result.outcome === "refused") return { refused: result.problem };
  return { taken: { version: 0, state: null, tier: null, number: null } };
}

async function deliverJoin(item: JoinItem): Promise<Delivered> {
  const input = { params: { caseId: item.caseId }, body: wireJoin(item) };
  const { number } = await api.call(joinCaseAsStaff, input);
  return { taken: { version: 0, state: null, tier: null, number } };
}

/** Sends one report, command, look or join. Rejects like the client when no answer came or the call failed. */
export function deliver(item: OutboxItem): Promise<Delivered> {
  switch (item.kind) {
    case "report":
      return deliverReport(item);
    case "command":
      return deliverCommand(item);
    case "look":
      return deliverLook(item);
    case "join":
      return deliverJoin(item);
  }
}
