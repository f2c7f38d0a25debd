export { editsWithin, matchName, plainName, type NameKeys } from "./match-name.ts";
