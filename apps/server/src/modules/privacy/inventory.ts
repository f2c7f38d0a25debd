import { LEGAL_BASES, PERSONAL_FIELDS } from "./personal-fields.ts";

const HEADS = ["Field", "About", "What", "Purpose", "Legal basis", "Term", "Seen by"] as const;

/** The inventory as rows of words, heads first. */
export const inventoryRows = (): string[][] => [
  [...HEADS],
  ...PERSONAL_FIELDS.map(({ table, columns, about, what, purpose, basis, term, seenBy }) => [
    columns.map((column) => `${table}.${column}`).join(", "),
    about,
    what,
    purpose,
    LEGAL_BASES[basis],
    term,
    seenBy,
  ]),
];

/** The inventory as a page of Markdown: docs/personal-data.md is this text. */
export const inventoryPage = (): string => {
  const fields = PERSONAL_FIELDS.map((field) => {
    const { table, columns, about, what, purpose, basis, term, seenBy } = field;
    const names = columns.map((column) => `\`${table}.${column}\``).join(", ");
    return [
      `## ${names}`,
      "",
      `- About: ${about}`,
      `- What: ${what}`,
      `- Purpose: ${purpose}`,
      `- Legal basis: ${LEGAL_BASES[basis]}`,
      `- Term: ${term}`,
      `- Seen by: ${seenBy}`,
      "",
    ].join("\n");
  });
  const lead = [
    "# Personal data",
    "",
    "Every field that holds something about a person. Written by",
    "`./onegrid privacy inventory --markdown` from `apps/server/src/modules/privacy`; a test compares it",
    "with the schema, column by column, and with this page. There is no register of residents, no",
    "profile, no track; nobody's age is asked or kept.",
    "",
  ];
  return [...lead, ...fields].join("\n");
};
