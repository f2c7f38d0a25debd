/** ` line N` for PostgreSQL's 1-based character position in `sql`; empty when there is none. */
export function lineOf(sql: string, position: string | undefined): string {
  const at = Number(position);
  if (!Number.isInteger(at) || at < 1) return "";
  // PostgreSQL counts characters, JavaScript UTF-16 units.
  const before = [...sql].slice(0, at - 1);
  return ` line ${before.filter((char) => char === "\n").length + 1}`;
}
