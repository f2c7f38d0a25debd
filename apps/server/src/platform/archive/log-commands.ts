import { archivePaths } from "./archive-folder.ts";

/** At most so much is lost with the disk: a segment that is not full goes out after this time. */
const SEGMENT_SECONDS = 60;

/** `%` means something to PostgreSQL, `'` to the shell. */
const quoted = (path: string): string =>
  `'${path.replaceAll("'", String.raw`'\''`).replaceAll("%", "%%")}'`;

/**
 * Settings of a server that archives its log. A segment is packed (what is not used of its 16 MB
 * takes nothing), flushed to the disk under another name, and renamed; it keeps the time of its last
 * write, so that the archive can say how far it reaches. One that is there already must be the same.
 */
export const archiveSettings = (archive: string): Record<string, string> => {
  const log = quoted(archivePaths(archive).log);
  const [kept, half] = [`${log}/%f.gz`, `${log}/%f.part`];
  const copy = `gzip -1 -c "%p" > ${half} && touch -r "%p" ${half} && sync ${half} && mv ${half} ${kept}`;
  return {
    archive_mode: "on",
    archive_timeout: String(SEGMENT_SECONDS),
    archive_command: `if test -f ${kept}; then gzip -dc ${kept} | cmp -s - "%p"; else ${copy}; fi`,
  };
};

/** Settings of a server that recovers from an archive; to `at`, or to the end of the log. */
export const recoverySettings = (archive: string, at: Date | null): Record<string, string> => {
  const kept = `${quoted(archivePaths(archive).log)}/%f.gz`;
  return {
    restore_command: `test -f ${kept} && gzip -dc ${kept} > "%p"`,
    recovery_target_action: "promote",
    // The server reads this before it knows any zone's name, `Z` included.
    ...(at !== null && { recovery_target_time: at.toISOString().replace("Z", "+00") }),
    // Nobody reads before it is done, and what the server says is wanted here.
    hot_standby: "off",
    logging_collector: "off",
    archive_mode: "off",
  };
};
