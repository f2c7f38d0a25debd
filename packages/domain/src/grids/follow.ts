import type { GridTieKind, GridTieWay } from "@onegrid/contract";

/** What is tied to a grid by its code. */
export type Tied = {
  kind: GridTieKind;
  code: string;
  gridCode: string;
  /** Where it lies, WGS-84; null: nobody knows. */
  at: readonly [number, number] | null;
  /** What it belongs to and goes along with: a building with its estate. */
  leader: { kind: GridTieKind; code: string } | null;
};

/** What the writer of a change decided; `to` null: it ends on the day of the change. */
export type TieChoice = { kind: GridTieKind; code: string; to: number | null };

/** Where something goes: `to` is a place in the change's list of grids. */
export type Following = { way: GridTieWay; to: number | null };

/** The grids of a change by their place in its list. */
export type Successors = {
  /** Of the grid that goes on under a code. */
  kept: (gridCode: string) => number | null;
  /** Of the grid that holds a place. */
  at: (lngLat: readonly [number, number]) => number | null;
  /** Of the grid in which the middle of an old one lies. */
  middleOf: (gridCode: string) => number | null;
};

/** Posts and organisations end; a house does not end because a line is drawn elsewhere. */
export const mayEndWithGrid = (kind: GridTieKind): boolean =>
  kind === "post" || kind === "organisation";

const keyOf = ({ kind, code }: { kind: GridTieKind; code: string }): string => `${kind} ${code}`;

const byRule = (tie: Tied, grids: Successors): Following => {
  const kept = grids.kept(tie.gridCode);
  const there = tie.at === null ? null : grids.at(tie.at);
  if (there !== null) return { way: there === kept ? "stays" : "place", to: there };
  if (kept !== null) return { way: "stays", to: kept };
  const to = grids.middleOf(tie.gridCode);
  return to === null ? { way: "open", to } : { way: "middle", to };
};

/**
 * Where everything that is tied to the grids of a change goes: where its writer sends it, else with
 * what it belongs to, else where it lies, else it stays with its grid's code, and where that is gone
 * it goes where the middle of the grid went. `open` is what none of this settles. Same order as `ties`.
 */
export const followGrids = (
  ties: readonly Tied[],
  choices: readonly TieChoice[],
  grids: Successors,
): Following[] => {
  const chosen = new Map(choices.map((choice) => [keyOf(choice), choice]));
  const present = new Map(ties.map((tie) => [keyOf(tie), tie]));
  const settle = (tie: Tied, seen: ReadonlySet<string>): Following => {
    const choice = chosen.get(keyOf(tie));
    if (choice !== undefined) return { way: choice.to === null ? "ends" : "chosen", to: choice.to };
    const leader = tie.leader === null ? undefined : present.get(keyOf(tie.leader));
    if (leader === undefined || leader.gridCode !== tie.gridCode || seen.has(keyOf(leader))) {
      return byRule(tie, grids);
    }
    const { to } = settle(leader, new Set([...seen, keyOf(tie)]));
    return to === null ? byRule(tie, grids) : { way: "along", to };
  };
  return ties.map((tie) => settle(tie, new Set()));
};
