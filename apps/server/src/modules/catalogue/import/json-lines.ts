/**
 * Lines on which the elements of the lists of a JSON document begin: `/matters/17` → 412. Only
 * lists that are values of the outermost object are looked at. `text` is valid JSON.
 */
export const linesOfElements = (text: string): Map<string, number> => {
  const lines = new Map<string, number>();
  let line = 1;
  let depth = 0;
  let key = "";
  let lastString = "";
  let index = -1;
  let expectsElement = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === "\n") line += 1;
    if (/\s/.test(char)) continue;
    if (expectsElement && char !== "]" && depth === 2) {
      index += 1;
      lines.set(`/${key}/${index}`, line);
    }
    expectsElement = false;
    if (char === '"') {
      const from = at + 1;
      for (at += 1; text[at] !== '"'; at += 1) if (text[at] === "\\") at += 1;
      lastString = text.slice(from, at);
    } else if (char === ":" && depth === 1) key = lastString;
    else if (char === "[" || char === "{") {
      depth += 1;
      if (char === "[" && depth === 2) {
        index = -1;
        expectsElement = true;
      }
    } else if (char === "]" || char === "}") depth -= 1;
    else if (char === "," && depth === 2 && index >= 0) expectsElement = true;
  }
  return lines;
};

/** Line of a place in a text, counted from 1. */
const lineAt = (text: string, position: number): number =>
  text.slice(0, position).split("\n").length;

/** Line at which a JSON document breaks off or breaks a rule, where the engine tells; else null. */
export const lineOfJsonError = (text: string, error: unknown): number | null => {
  const message = String(error);
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return lineAt(text, Number(position));
  return message.includes("end of JSON input") ? lineAt(text, text.length) : null;
};
