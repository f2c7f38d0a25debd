import { openKept, sealToKeep, type SealedValue } from "../../platform/data-keys/ring.ts";

/** 联系方式 is kept this long after the report, then a job removes it. */
export const CONTACT_KEPT_DAYS = 180;

/** What is stored of a way to answer: unreadable without the installation's key. */
export type SealedContact = SealedValue;

/** The owner is part of what is sealed: a contact copied to another case does not open there. */
export const contactOwner = (countyCode: string, ownerId: string): string =>
  `${countyCode}\0${ownerId}`;

/** Encrypts a contact for one owner (a case, a follower, a person's phone) with the current key. */
export const sealContact = (
  dataKey: Uint8Array,
  countyCode: string,
  ownerId: string,
  contact: string,
): SealedContact => sealToKeep(dataKey, contactOwner(countyCode, ownerId), contact);

/** Opens a sealed contact; throws when the key or the owner is another, or a bit was changed. */
export const openContact = (
  dataKey: Uint8Array,
  countyCode: string,
  ownerId: string,
  { ciphertext }: SealedContact,
): string => openKept(dataKey, contactOwner(countyCode, ownerId), ciphertext);
