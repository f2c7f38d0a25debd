/** A package as the bill of materials names it. */
export type Component = { name: string; version: string; licences: string[] };

/** Licences that ask for no more than their text and the names of the authors. */
const FREE: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/** Packages under another licence, each by name, with why it may be here all the same. */
export const EXCEPTIONS: Readonly<Record<string, { licence: string; why: string }>> = {
  "@img/sharp-libvips-*": {
    licence: "LGPL-3.0-or-later",
    why: "a shared library of its own that anybody may replace",
  },
  "geos-wasm": {
    licence: "LGPL-3.0-or-later",
    why: "a module of its own, loaded as it comes and replaceable",
  },
  "axe-core": { licence: "MPL-2.0", why: "tests only, unchanged" },
  "@axe-core/playwright": { licence: "MPL-2.0", why: "tests only, unchanged" },
  lightningcss: { licence: "MPL-2.0", why: "builds the fronts, unchanged, not shipped" },
  "lightningcss-*": { licence: "MPL-2.0", why: "as lightningcss" },
  "caniuse-lite": { licence: "CC-BY-4.0", why: "data for building, not shipped" },
  "@fontsource/noto-sans-sc": {
    licence: "OFL-1.1",
    why: "a font: free to embed and to pass on with its licence, not sold by itself",
  },
  "png-js": { licence: "none", why: "MIT by its LICENSE; its package.json names none" },
  "splaytree-ts": {
    licence: "none",
    why: "BSD-3-Clause by its LICENSE; its package.json misspells it",
  },
};

/** `(MIT OR CC0-1.0)`, `Apache-2.0 AND MIT`: free when one choice, or every part, is. */
const isFree = (expression: string): boolean => {
  const bare = expression.replaceAll(/[()]/g, "").trim();
  if (/ OR /.test(bare) && / AND /.test(bare)) return false;
  if (/ OR /.test(bare)) return bare.split(" OR ").some((one) => FREE.has(one.trim()));
  return bare.split(" AND ").every((one) => FREE.has(one.trim()));
};

const exceptionOf = (name: string): string | undefined =>
  Object.keys(EXCEPTIONS).find((pattern) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );

/**
 * What is wrong with the licences of these packages, one line each: a licence that nobody allowed,
 * an exception whose licence has changed, and one that nothing needs any more.
 */
export const licenceFaults = (components: readonly Component[], isWholeTree: boolean): string[] => {
  const faults: string[] = [];
  const used = new Set<string>();
  for (const { name, version, licences } of components) {
    const exception = exceptionOf(name);
    const said = licences.length === 0 ? "none" : licences.join(", ");
    if (exception !== undefined) used.add(exception);
    const isAllowed =
      exception === undefined
        ? licences.length > 0 && licences.every(isFree)
        : EXCEPTIONS[exception]?.licence === said;
    if (!isAllowed) faults.push(`${name}@${version}: licence ${said}`);
  }
  // Some packages are installed on one kind of machine alone.
  const gone = Object.keys(EXCEPTIONS).filter((name) => !used.has(name) && !name.endsWith("*"));
  if (isWholeTree) faults.push(...gone.map((name) => `${name}: an exception that nothing needs`));
  return faults;
};
