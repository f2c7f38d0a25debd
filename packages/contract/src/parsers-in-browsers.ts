import { config } from "zod";

// Zod compiles its parsers with `new Function` where it may, and tries whether it may; the policy of
// our pages forbids it and says so at each try. Must run before the first schema is made.
if ("document" in globalThis) config({ jitless: true });
