/// <reference types="vite/client" />

/** A part of the words of one language; see words-in-parts.ts. */
declare module "virtual:words/*" {
  const words: Record<string, unknown>;
  export default words;
}
