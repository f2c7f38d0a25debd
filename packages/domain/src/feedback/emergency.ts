import list from "./emergency-words.json" with { type: "json" };

/**
 * Whether words mean danger to life, fire, gas or collapse, so that a screen says first whom to
 * call. It errs towards asking: being told to call for nothing costs a moment.
 */
export const soundsUrgent = (words: string): boolean => {
  let text = words.toLowerCase();
  for (const harmless of list.notThese) text = text.replaceAll(harmless, "");
  return list.words.some((word) => text.includes(word));
};
