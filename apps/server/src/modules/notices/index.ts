export { mountNotices } from "./notice-routes.ts";
export { getObjection, objectToNotice } from "./objections.ts";
export { publishInTransaction, publishNotice, withdrawInTransaction } from "./publish-notice.ts";
export { getPublicNotice, listNotices, listPublicNotices } from "./read-notices.ts";
export {
  noticeProblemOf,
  putNotice,
  refusePersonalData,
  writeInTransaction,
} from "./write-notice.ts";
