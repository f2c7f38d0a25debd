import { suggestCategoriesFor, type Category } from "@onegrid/contract";
import { suggestCategories } from "@onegrid/domain";
import { useEffect, useMemo, useState } from "react";
import { api } from "../session/api.ts";

const SHOWN = 3;
const TYPING_MS = 500;
const LEAST_LENGTH = 2;

/**
 * Categories that fit what was written: at once by the words of the list on the phone, then by the
 * county's own model when the server answers. They only suggest.
 */
export function useSuggestions(text: string, categories: readonly Category[]): Category[] {
  const words = text.trim();
  const [answer, setAnswer] = useState<{ words: string; codes: string[] }>();
  const here = useMemo(
    () => (words.length < LEAST_LENGTH ? [] : suggestCategories(words, categories, SHOWN)),
    [words, categories],
  );

  useEffect(() => {
    if (words.length < LEAST_LENGTH || !navigator.onLine) return undefined;
    const stop = new AbortController();
    const ask = async () => {
      const input = { body: { text: words } };
      const { suggestions } = await api.call(suggestCategoriesFor, input, { signal: stop.signal });
      setAnswer({ words, codes: suggestions.map(({ categoryCode }) => categoryCode) });
    };
    // Without an answer the phone's own suggestion stands.
    const timer = setTimeout(() => void ask().catch(() => {}), TYPING_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [words]);

  if (answer?.words !== words) return here;
  return answer.codes
    .flatMap((code) => categories.find(({ categoryCode }) => categoryCode === code) ?? [])
    .slice(0, SHOWN);
}
