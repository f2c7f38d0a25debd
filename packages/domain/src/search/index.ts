export { bigramsOf, searchPieces, searchText } from "./words.ts";
