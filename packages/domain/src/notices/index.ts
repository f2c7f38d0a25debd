export { findPersonalData, type PersonalDataFound } from "./personal-data.ts";
export { publishedText, type PublishedNotice } from "./published-text.ts";
export { termEndMs } from "./term.ts";
