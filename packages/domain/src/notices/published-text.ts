export type PublishedNotice = {
  title: string;
  body: string;
  /** Post and holder to be, in the words of the day. */
  nominees: readonly { grid: string; post: string; name: string }[];
  publishedOn: string;
  termEndsAt: string;
};

/**
 * The text whose SHA-256 is published: lines of UTF-8 ended by \n, the same from the same facts. What
 * a visitor reads on the page is this, so that anybody can compute the sum again.
 */
export const publishedText = (notice: PublishedNotice): string =>
  [
    notice.title,
    "",
    ...notice.body.replaceAll("\r\n", "\n").split("\n"),
    ...(notice.nominees.length === 0 ? [] : [""]),
    ...notice.nominees.map(({ grid, post, name }) => `${grid} ${post} ${name}`),
    "",
    `${notice.publishedOn} / ${notice.termEndsAt}`,
    "",
  ].join("\n");
