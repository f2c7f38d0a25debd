import { editsWithin, forgiven, plainName } from "./match-name.ts";

/**
 * Whether a name in a list answers what was typed: it holds the words, or sounds so, whole or by its
 * initials (`nameKeys`: its readings and their initials with blanks between), or nearly so with as
 * many slips as the length forgives.
 */
export const soundsLike = (typed: string, name: string, nameKeys: string): boolean => {
  const words = plainName(typed);
  if (words === "" || plainName(name).includes(words)) return true;
  const sound = words.replaceAll(/['’]/g, "");
  if (!/^[a-z0-9]{2,}$/.test(sound)) return false;
  const keys = nameKeys.split(" ");
  if (keys.some((key) => key.includes(sound))) return true;
  const most = forgiven(sound.length);
  return most > 0 && keys.some((key) => editsWithin(sound, key, most) <= most);
};
