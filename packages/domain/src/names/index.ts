export { soundsLike } from "./sounds-like.ts";
export { editsWithin, matchName, plainName, type NameKeys } from "./match-name.ts";
