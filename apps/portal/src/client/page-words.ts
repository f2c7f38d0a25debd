import { pickLanguage } from "@onegrid/ui";
import { wordsIn } from "../words.ts";

/** Words in the language of the page as the server wrote it. */
export const pageWords = () => wordsIn(pickLanguage(document.documentElement.lang, []));
