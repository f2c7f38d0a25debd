const DIGITS = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"] as const;

/** 1 → 第一网格, 12 → 第十二网格, 20 → 第二十网格. For numbers up to 99. */
export function gridName(number: number): string {
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  const word =
    (tens > 1 ? DIGITS[tens] : "") + (tens > 0 ? "十" : "") + (ones > 0 ? DIGITS[ones] : "");
  return `第${word}网格`;
}

/** A community's name without the committee: 东街社区居民委员会 → 东街社区. */
export function shortName(name: string): string {
  return name.replace(/(居民|村民)委员会$/, "");
}

/** The Party organisation a place of this kind would have; made up, so it says 示例. */
export function partyGroupName(name: string): string {
  const place = shortName(name);
  if (place.endsWith("街道")) return `${place}党工委（示例）`;
  if (/[镇乡]$/.test(place)) return `${place}党委（示例）`;
  if (place.endsWith("网格")) return `${place}党支部（示例）`;
  return `${place}党委（示例）`;
}
