import { totalmem } from "node:os";

/**
 * `safe` loses nothing that was committed. `test` gives that up for speed and is for databases that
 * are thrown away.
 */
export type Durability = "safe" | "test";

const MIB = 1024 * 1024;

/** Server settings of the embedded PostgreSQL, as `-c name=value` arguments; `more` comes last. */
export function serverArguments(
  port: number,
  logFolder: string,
  durability: Durability,
  more: Record<string, string> = {},
): string[] {
  const memoryMiB = Math.floor(totalmem() / MIB);
  // An eighth of the memory, because Node and the page cache share the machine.
  const sharedBuffersMiB = Math.min(2048, Math.max(128, Math.floor(memoryMiB / 8)));
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    password_encryption: "scram-sha-256",
    timezone: "UTC",
    max_connections: "120",
    shared_buffers: `${sharedBuffersMiB}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(memoryMiB / 2))}MB`,
    max_wal_size: "2GB",
    random_page_cost: "1.1",
    // Short statements only: compiling them costs more than it saves.
    jit: "off",
  };
  const extra: Record<string, string> =
    durability === "test"
      ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" }
      : {
          // One file a weekday, each overwritten a week later: the log never fills the disk.
          logging_collector: "on",
          log_directory: logFolder,
          log_filename: "postgresql-%a.log",
          log_rotation_age: "1d",
          log_truncate_on_rotation: "on",
        };
  return Object.entries({ ...settings, ...extra, ...more }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
}
