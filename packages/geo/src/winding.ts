import type { Area } from "./lng-lat.ts";
import { turnOf } from "./edit/segments.ts";

/** The same area with shells counter-clockwise and holes clockwise, as RFC 7946 has it. */
export const rewound = (area: Area): Area =>
  area.map((polygon) =>
    polygon.map((ring, index) => (turnOf(ring) > 0 === (index === 0) ? ring : ring.toReversed())),
  );
