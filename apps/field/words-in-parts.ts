import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** Groups of the catalogues that the first screen speaks: the list of tasks and what frames it. */
const FIRST = new Set(["app", "banner", "tasks", "state", "light", "time", "action", "sampleData"]);

const ID = /^virtual:words\/(first|rest)\/(zh-CN|en)$/;

const fileOf = (folder: string, language: string): string =>
  fileURLToPath(new URL(`${folder}/${language}.json`, import.meta.url));

/**
 * The shared words and the phone's own of one language, in two parts: `virtual:words/first/en` is
 * fetched before anything can be drawn, `virtual:words/rest/en` beside the other screens.
 */
export const wordsInParts: Plugin = {
  name: "onegrid-words-in-parts",
  resolveId: (id) => (ID.test(id) ? `\0${id}` : null),
  load(id) {
    const [, part, language] = ID.exec(id.replace("\0", "")) ?? [];
    if (part === undefined || language === undefined) return null;
    const files = ["../../packages/ui/src/words", "src/words"].map((at) => fileOf(at, language));
    for (const file of files) this.addWatchFile(file);
    const all = files.flatMap((file) => Object.entries(JSON.parse(readFileSync(file, "utf8"))));
    const wanted = all.filter(([group]) => FIRST.has(group) === (part === "first"));
    const text = JSON.stringify(Object.fromEntries(wanted));
    // Parsed as JSON, which browsers do faster than a script of the same size.
    return { code: `export default JSON.parse(${JSON.stringify(text)});`, moduleType: "js" };
  },
};
