/**
 * Personal numbers that people write into free text, each as a run of its own: identity cards (18
 * or 15 digits), bank cards (16 to 19) and mobile phones (11, China). What is left tells two apart
 * and nobody's number.
 */
const NUMBERS: readonly { pattern: RegExp; head: number; tail: number }[] = [
  { pattern: /(?<![0-9])[0-9]{17}[0-9Xx](?![0-9A-Za-z])/g, head: 4, tail: 2 },
  { pattern: /(?<![0-9])(?:[0-9]{15,17}|[0-9]{19})(?![0-9])/g, head: 4, tail: 2 },
  { pattern: /(?<![0-9])1[3-9][0-9]{9}(?![0-9])/g, head: 3, tail: 4 },
];

/** 脱敏: the text with personal numbers masked, for whatever leaves the system as a file. */
export const maskNumbers = (text: string): string =>
  NUMBERS.reduce(
    (masked, { pattern, head, tail }) =>
      masked.replaceAll(
        pattern,
        (found) =>
          found.slice(0, head) + "*".repeat(found.length - head - tail) + found.slice(-tail),
      ),
    text,
  );
