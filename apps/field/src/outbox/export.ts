import { db } from "../storage/database.ts";
import { itemsOf } from "./items-of.ts";
import type { OutboxItem } from "./item.ts";
import { wireCommand, wireJoin, wireReport } from "./wire.ts";

/** What the server takes, and where. */
function callOf(item: OutboxItem) {
  switch (item.kind) {
    case "report":
      return { endpoint: "POST /api/v1/cases", body: wireReport(item) };
    case "command":
      return { endpoint: "POST /api/v1/case-commands", body: wireCommand(item) };
    case "look":
      return { endpoint: "POST /api/v1/patrol-looks", body: item.look };
    case "join":
      return { endpoint: `POST /api/v1/cases/${item.caseId}/followers`, body: wireJoin(item) };
  }
}

/** Second edition: each entry also holds the item as it lies here, for taking it back in. */
export const EXPORT_FORMAT = "onegrid-outbox/2";

/** A photo as base64 without line breaks. */
async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const CHUNK = 0x8000;
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary);
}

/**
 * The queue of an account as one JSON file: each item with the very body the server takes
 * and each photo under its id, so that it can be taken in again here or on another phone, or sent
 * from a desk when no phone can. Built in parts, so that a
 * day's photos are not one string in memory.
 */
export async function exportQueue(accountId: string): Promise<Blob> {
  const items = await itemsOf(accountId);
  const entries = items.map((item) => ({
    seq: item.seq,
    madeAt: item.madeAt,
    title: item.title,
    state: item.state,
    problem: item.problem,
    ...callOf(item),
    item,
  }));
  const head = {
    format: EXPORT_FORMAT,
    accountId,
    exportedAt: new Date().toISOString(),
    items: entries,
  };
  const parts: string[] = [JSON.stringify(head).slice(0, -1), ',"photos":['];
  const photoIds = items.flatMap((item) => item.photoIds);
  let comma = "";
  for (const attachmentId of photoIds) {
    const photo = await db.photos.get(attachmentId);
    if (photo === undefined) continue;
    const contentType = photo.blob.type;
    const line = { attachmentId, contentType, base64: await base64(photo.blob) };
    parts.push(comma, JSON.stringify(line));
    comma = ",";
  }
  parts.push("]}");
  return new Blob(parts, { type: "application/json" });
}
