// A process of its own that opens the embedded database of a folder and keeps it, to be killed.
import { openEmbeddedPostgres } from "../../src/platform/embedded-postgres.ts";

const [dir] = process.argv.slice(2);
if (dir === undefined) throw new Error("hold-database.ts DIR");
const database = await openEmbeddedPostgres({ dir });
console.log(JSON.stringify({ pid: database.pid, ownerUrl: database.ownerUrl }));
setInterval(() => {}, 60_000);
