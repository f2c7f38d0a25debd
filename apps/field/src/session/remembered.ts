import type { Account } from "@onegrid/contract";

/**
 * Who used this phone last: display data, so that the app opens without a network. It proves
 * nothing; whatever is sent needs a session of the server.
 */
export type Remembered = { account: Account; countyCode: string };

const WHO = "onegrid.field.who";
/** Sessions to end as soon as the server can be reached: somebody signed out offline. */
const END_SESSION = "onegrid.field.endSession";

const isRemembered = (value: unknown): value is Remembered =>
  typeof value === "object" &&
  value !== null &&
  "account" in value &&
  typeof value.account === "object" &&
  value.account !== null &&
  "accountId" in value.account;

/** Null on a fresh phone, after signing out, or when what is stored cannot be read. */
export function remembered(): Remembered | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(WHO) ?? "null");
    return isRemembered(value) ? value : null;
  } catch {
    return null;
  }
}

export const remember = (who: Remembered): void =>
  localStorage.setItem(WHO, JSON.stringify({ account: who.account, countyCode: who.countyCode }));

export const forget = (): void => localStorage.removeItem(WHO);

export const owesSignOut = (): boolean => localStorage.getItem(END_SESSION) === "yes";

export const oweSignOut = (owes: boolean): void =>
  owes ? localStorage.setItem(END_SESSION, "yes") : localStorage.removeItem(END_SESSION);
