import type { FoundPlace } from "@onegrid/contract";
import { matchName, plainName, type NameKeys } from "@onegrid/domain";
import { pinyin } from "pinyin-pro";
import { gridsOf, gridView } from "../../modules/grids/index.ts";
import { selectPlaceNames } from "../../modules/registers/register-queries.ts";
import { scopeOf, todayOf, type Ctx } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";

const MOST = 20;
/** How a name sounds does not change; a county has thousands of them, not millions. */
const MOST_KEPT = 50_000;
const kept = new Map<string, NameKeys>();

const keysOf = (text: string): NameKeys => {
  const name = plainName(text);
  const syllables = pinyin(name, { toneType: "none", type: "array", v: true });
  return {
    name,
    pinyin: syllables.join("").toLowerCase(),
    initials: syllables.map((syllable) => syllable.slice(0, 1)).join(""),
  };
};

const keptKeys = (text: string): NameKeys => {
  const known = kept.get(text);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const keys = keysOf(text);
  kept.set(text, keys);
  return keys;
};

/**
 * Estates and grids whose name answers what somebody typed: a name, a part of one, an address that
 * holds one, pinyin, initials, with a slip or two. Best first, twenty at most.
 */
export const findPlaces = async (ctx: Ctx, typed: string): Promise<FoundPlace[]> => {
  const asked = keysOf(typed.slice(0, 60));
  if (asked.name === "") return [];
  const { countyCode } = ctx.county;
  const today = todayOf(ctx);
  const [grids, estates] = await Promise.all([
    gridsOf(ctx),
    inScope(ctx.db, scopeOf(ctx), (trx) => selectPlaceNames(trx, countyCode, today)),
  ]);
  const places = [
    ...estates.map((estate) => ({ kind: "estate" as const, ...estate })),
    ...grids
      .all()
      .filter(({ level }) => level > 0)
      .map(({ name, gridCode }) => ({ kind: "grid" as const, name, gridCode, address: null })),
  ];
  return places
    .flatMap((place) => {
      const score =
        matchName(asked, keptKeys(place.name)) ??
        (place.address === null ? null : matchName(asked, keptKeys(place.address)));
      return score === null ? [] : [{ place, score }];
    })
    .toSorted((a, b) => a.score - b.score || (a.place.name < b.place.name ? -1 : 1))
    .slice(0, MOST)
    .flatMap(({ place: { kind, name, gridCode }, score }) => {
      const grid = grids.get(gridCode);
      if (grid === undefined) return [];
      return [{ kind, name, gridCode, path: gridView(grids, grid).path, isExact: score <= 2 }];
    });
};
