import type { View } from "./view.ts";

/** An instant as the county's day and time; — for none. */
export const formatDay = ({ language, county }: View, at: string | null): string =>
  at === null
    ? "—"
    : new Intl.DateTimeFormat(language, {
        timeZone: county.timeZone,
        dateStyle: "long",
        timeStyle: "short",
      }).format(new Date(at));
