export { mountNotices } from "./notice-routes.ts";
export { getObjection, objectToNotice } from "./objections.ts";
export { publishNotice } from "./publish-notice.ts";
export { getPublicNotice, listPublicNotices } from "./read-notices.ts";
export { putNotice } from "./write-notice.ts";
