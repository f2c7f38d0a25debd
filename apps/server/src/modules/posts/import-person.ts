import type { RegisterValue } from "@onegrid/contract";
import { v5 } from "uuid";
import { textIn } from "../../platform/import-target.ts";

/** A namespace of our own (RFC 9562, version 5): the same words always make the same id. */
const NAMESPACE = "6f1dc5a8-6f0b-4e0e-9d5c-52f1f4f5a1d7";

/** 32 hexadecimal digits: what a table that was taken out holds as the code of a person. */
const IS_ID = /^[0-9a-f]{32}$/i;

/** The person whom a code in a table means: the same code always means the same. */
export const personIdOf = (countyCode: string, code: string): string =>
  IS_ID.test(code)
    ? code.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
    : v5(`person ${countyCode} ${code}`, NAMESPACE);

export const codeOfPerson = (personId: string): string => personId.replaceAll("-", "");

export type PersonRead = {
  personId: string;
  name: string;
  gridCode: string;
  phone: string | null;
  idNumber: string | null;
  login: string | null;
  post: { appointmentId: string; postCode: string; beginsOn: string } | null;
};

const plain = (text: string | null): string | null =>
  text === null ? null : text.normalize("NFKC").replaceAll(/[\s-]/g, "");

/** A row of a table as a person; `today` is where a post begins when the row names no day. */
export const readPerson = (
  values: Record<string, RegisterValue>,
  countyCode: string,
  today: string,
): PersonRead => {
  const personId = personIdOf(countyCode, textIn(values, "code") ?? "");
  const postCode = textIn(values, "postCode");
  const beginsOn = textIn(values, "beginsOn") ?? today;
  const appointmentId = v5(`appointment ${personId} ${postCode} ${beginsOn}`, NAMESPACE);
  return {
    personId,
    name: textIn(values, "personName") ?? "",
    gridCode: textIn(values, "gridCode") ?? "",
    phone: plain(textIn(values, "phone")),
    idNumber: plain(textIn(values, "idNumber"))?.toUpperCase() ?? null,
    login: textIn(values, "login")?.toLowerCase() ?? null,
    post: postCode === null ? null : { appointmentId, postCode, beginsOn },
  };
};
