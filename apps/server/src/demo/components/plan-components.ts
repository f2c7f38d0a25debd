import type { SeededRandom } from "../cases/random.ts";

/** A sample component as a row of the file that is imported. */
export type DemoComponent = {
  componentCode: string;
  name: string;
  categoryCode: string;
  ownerUnitCode: string;
  condition: "intact" | "damaged" | "missing";
  lng: number;
  lat: number;
  address: string;
  recordedOn: string;
};

/** Kinds of sample components: category, class of GB/T 47678.5-2026, name, owner, share of all. */
const KINDS = [
  ["CM010", "01037", "路灯", "SAMPLE500231CG0001", 36],
  ["CM006", "01023", "检查井盖", "SAMPLE500231ZJ0001", 24],
  ["CM031", "04002", "行道树", "SAMPLE500231CG0001", 16],
  ["CG010", "01013", "消防栓", "SAMPLE500231XF0001", 8],
  ["CM011", "02014", "交通信号灯", "SAMPLE500231GA0001", 6],
  ["CM014", "02004", "公交站亭", "SAMPLE500231JT0001", 5],
  ["CM032", "01046", "健身器材", "SAMPLE500231WL0001", 5],
] as const;

const shares = KINDS.flatMap((kind) => Array.from({ length: kind[4] }, () => kind));

/**
 * Sample components in the places given, the same ones for the same seed. `places` answers a point
 * inside itself and the words of its address.
 */
export const planComponents = (
  countyCode: string,
  places: readonly { point: () => { lng: number; lat: number }; names: readonly string[] }[],
  random: SeededRandom,
  count: number,
): DemoComponent[] => {
  const serials = new Map<string, number>();
  return Array.from({ length: count }, () => {
    const [categoryCode, classCode, name, ownerUnitCode] = random.pick(shares);
    const serial = (serials.get(classCode) ?? 0) + 1;
    serials.set(classCode, serial);
    const place = random.pick(places);
    const worn = random.next();
    return {
      componentCode: `${countyCode}${classCode}${String(serial).padStart(6, "0")}`,
      name: `示例${name}${serial}号`,
      categoryCode,
      ownerUnitCode,
      condition: worn < 0.93 ? "intact" : worn < 0.99 ? "damaged" : "missing",
      ...place.point(),
      address: place.names.join(""),
      recordedOn: "2025-06-30",
    };
  });
};
