import { pageWords } from "../page-words.ts";
import { enhanceCategories } from "./categories.ts";
import { enhancePhotos } from "./photos.ts";
import { enhancePlace } from "./place.ts";
import { enhanceSending } from "./send.ts";

/** Search among categories, a map for the place, photos on their way early, a patient send. */
export const enhanceReport = async (): Promise<void> => {
  const form = document.querySelector<HTMLFormElement>("form#report");
  if (form === null) return;
  const { t } = pageWords();
  enhanceCategories(form, t);
  const photos = enhancePhotos(form, t);
  enhanceSending(form, photos, t);
  await enhancePlace(form, t);
};
