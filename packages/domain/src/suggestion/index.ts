export * from "./evaluate.ts";
export * from "./naive-bayes.ts";
