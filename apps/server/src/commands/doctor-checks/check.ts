import type pg from "pg";

/** `bad` makes the doctor's exit code 1; `warn` asks for attention and does not. */
export type Health = "ok" | "warn" | "bad";

/** One line of the doctor's table. `advice` says what to do when it is not ok. */
export interface Finding {
  name: string;
  health: Health;
  detail: string;
  advice?: string;
}

/** What checks of the database are given: one connection of the owner, the time, and a voice. */
export interface DatabaseContext {
  client: pg.Client;
  ownerUrl: string;
  now: Date;
  /** Progress of a long check, one line that replaces the last. */
  say: (line: string) => void;
}

/** A check that needs the database. More can be added to the list in doctor.ts. */
export type DatabaseCheck = (context: DatabaseContext) => Promise<Finding[]>;
