/**
 * First character, in the order of the Chinese collation, of each pinyin initial. Comparing with
 * them tells the initial of a common character without a dictionary in the bundle; a character
 * with several readings goes by its first, which is enough for a search hint.
 */
const FIRSTS = [..."阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀"];
const INITIALS = [..."abcdefghjklmnopqrstwxyz"];
const collator = new Intl.Collator("zh-CN-u-co-pinyin");

const initialOf = (character: string): string => {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
  const next = FIRSTS.findIndex((first) => collator.compare(character, first) < 0);
  return INITIALS[next === -1 ? INITIALS.length - 1 : Math.max(0, next - 1)] ?? "";
};

/** 暴露垃圾 → `bllj`. Letters and digits stay. */
export const pinyinInitials = (text: string): string => [...text].map(initialOf).join("");
