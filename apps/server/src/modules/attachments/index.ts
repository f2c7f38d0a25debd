export { mountAttachments } from "./attachment-routes.ts";
export { readVisiblePhotos } from "./read-photos.ts";
export { attachmentTasks } from "./remove-unnamed.ts";
export { takePhoto } from "./take-photo.ts";
