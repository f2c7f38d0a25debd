import { type Kysely, sql, type Transaction } from "kysely";
import pg from "pg";
import type { DB } from "./schema.gen.ts";

/** What processes keep in memory and must drop when another process changes it. */
export const CHANGE_TOPICS = [
  "case_rules",
  "calendar",
  "catalogue",
  "dispatching",
  "grids",
  "suggestions",
] as const;
export type ChangeTopic = (typeof CHANGE_TOPICS)[number];

const CHANNEL = "onegrid_change";
/** Channels that a module listens to with its own payloads, over the same connection. */
export const NEWS_CHANNELS = ["onegrid_case", "onegrid_alert"] as const;
/** Whose bell rings: `[county, kind, case, [account, …]]`. */
export const ALERT_CHANNEL = "onegrid_alert" satisfies (typeof NEWS_CHANNELS)[number];
export type NewsChannel = (typeof NEWS_CHANNELS)[number];
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;

/** Told of a change; `null` when changes may have been missed, so everything is suspect. */
export type ChangeListener = (change: { topic: ChangeTopic; countyCode: string } | null) => void;

/** Told of a payload; `null` when some may have been missed. */
export type NewsListener = (payload: string | null) => void;

/** The ear of a process: one connection of its own that listens to every topic. */
export type Changes = {
  /** Resolves to true once changes are heard; false when the ear cannot be opened now. */
  listening(): Promise<boolean>;
  subscribe(listener: ChangeListener): void;
  /** Listens to a channel of news until the function it answers is called. */
  hear(channel: NewsChannel, listener: NewsListener): () => void;
  close(): Promise<void>;
};

/** Tells every process, when this transaction commits, that a county's facts have changed. */
export const announceChange = async (
  trx: Transaction<DB>,
  topic: ChangeTopic,
  countyCode: string,
): Promise<void> => {
  await sql`SELECT pg_notify(${CHANNEL}, ${`${topic} ${countyCode}`})`.execute(trx);
};

const parse = (payload: string | undefined): Parameters<ChangeListener>[0] => {
  const [topic, countyCode] = (payload ?? "").split(" ");
  const known = CHANGE_TOPICS.find((candidate) => candidate === topic);
  return known === undefined || countyCode === undefined ? null : { topic: known, countyCode };
};

/** Opens the ear on first use; opens it again, with growing pauses, whenever it is lost. */
export const openChanges = (url: string): Changes => {
  const listeners = new Set<ChangeListener>();
  const news = new Map(NEWS_CHANNELS.map((channel) => [channel, new Set<NewsListener>()]));
  let client: pg.Client | null = null;
  let opening: Promise<boolean> | null = null;
  let retryMs = FIRST_RETRY_MS;
  let retry: NodeJS.Timeout | null = null;
  let closed = false;

  const tell: ChangeListener = (change) => {
    for (const listener of listeners) listener(change);
  };

  const lose = (lost: pg.Client) => {
    if (client !== lost) return;
    client = null;
    tell(null);
    for (const hearers of news.values()) for (const hearer of hearers) hearer(null);
    scheduleRetry();
  };

  const scheduleRetry = () => {
    if (closed || retry !== null) return;
    retry = setTimeout(() => {
      retry = null;
      void listening();
    }, retryMs);
    retry.unref();
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  };

  const open = async (): Promise<boolean> => {
    const next = new pg.Client({
      connectionString: url,
      application_name: "onegrid changes",
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    next.on("error", () => lose(next));
    next.on("end", () => lose(next));
    next.on("notification", ({ channel, payload }) => {
      if (channel === CHANNEL) tell(parse(payload));
      else for (const hearer of news.get(channel as NewsChannel) ?? []) hearer(payload ?? null);
    });
    try {
      await next.connect();
      await next.query([CHANNEL, ...NEWS_CHANNELS].map((name) => `LISTEN ${name}`).join("; "));
    } catch {
      await next.end().catch(() => {});
      scheduleRetry();
      return false;
    }
    if (closed) {
      await next.end();
      return false;
    }
    client = next;
    retryMs = FIRST_RETRY_MS;
    return true;
  };

  const listening = async (): Promise<boolean> => {
    if (client !== null) return true;
    // While a retry is due the caller does without rather than knock on a closed door.
    if (closed || retry !== null) return false;
    opening ??= open().finally(() => {
      opening = null;
    });
    return opening;
  };

  return {
    listening,
    subscribe: (listener) => {
      listeners.add(listener);
    },
    hear: (channel, listener) => {
      news.get(channel)?.add(listener);
      return () => news.get(channel)?.delete(listener);
    },
    close: async () => {
      closed = true;
      if (retry !== null) clearTimeout(retry);
      await opening;
      const last = client;
      client = null;
      await last?.end();
    },
  };
};

const changesByDb = new WeakMap<Kysely<DB>, Changes>();

/** Ties the ear to a database, so that whoever has the one finds the other. */
export const tieChanges = (db: Kysely<DB>, changes: Changes): void => {
  changesByDb.set(db, changes);
};

/** The ear of a database; null for one that `openDatabase` did not make. */
export const changesOf = (db: Kysely<DB>): Changes | null => changesByDb.get(db) ?? null;
