import { lazy, type ComponentType, type LazyExoticComponent } from "react";
import { loadAllWords } from "../words.ts";

/** Fetches a screen and the words it speaks. */
export type LoadScreen<P> = () => Promise<ComponentType<P>>;

/** A screen that is fetched when it is first shown, with its words. */
export const lazyScreen = <P extends object>(
  load: LoadScreen<P>,
): LazyExoticComponent<ComponentType<P>> =>
  lazy(async () => {
    const [screen] = await Promise.all([load(), loadAllWords()]);
    return { default: screen };
  });
