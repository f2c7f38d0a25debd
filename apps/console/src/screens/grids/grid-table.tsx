import type { OutlinedGrid, WorkPlaces } from "@onegrid/contract";
import { areaM2, isInArea, type LngLat } from "@onegrid/geo/edit";
import { Checkbox, Input } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { householdsIn } from "./balance.ts";
import type { EditorGrid } from "./editor.ts";

type Props = {
  grids: readonly EditorGrid[];
  /** The grids as they are, for what is known of them. */
  known: readonly OutlinedGrid[];
  /** Where estates and cases lie; null when not known (past days, other people's grids). */
  work: WorkPlaces | null;
  selected: readonly string[];
  onSelect: (keys: string[]) => void;
  /** Without it names are only shown. */
  onRename?: (key: string, name: string) => void;
};

export const hectares = (m2: number): string =>
  m2 >= 1e6 ? `${(m2 / 1e6).toFixed(2)} km²` : `${(m2 / 1e4).toFixed(2)} hm²`;

/** Counts points in each outline; each counts once. */
const countIn = (grids: readonly EditorGrid[], work: WorkPlaces): number[] => {
  const counts = grids.map(() => 0);
  for (const { lng, lat } of work.open) {
    const at: LngLat = [lng, lat];
    const index = grids.findIndex(({ outline }) => isInArea(outline, at));
    if (index !== -1) counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
};

/** Of the register while a grid is as it was; drawn anew, of the estates whose place is known. */
const householdsOf = (
  { outline }: EditorGrid,
  old: OutlinedGrid | undefined,
  work: WorkPlaces | null,
): string => {
  if (JSON.stringify(old?.outline) === JSON.stringify(outline)) {
    return String(old?.households ?? "—");
  }
  return work === null || work.estates.length === 0 ? "—" : String(householdsIn(work, outline));
};

/** The grids beside the map: choosing and naming them needs no mouse. */
export const GridTable = ({ grids, known, work, selected, onSelect, onRename }: Props) => {
  const { t } = useTranslation();
  const counts = useMemo(() => work && countIn(grids, work), [grids, work]);
  const before = new Map(known.map((grid) => [grid.gridCode, grid]));
  const toggle = (key: string, on: boolean) =>
    onSelect(on ? [...selected, key] : selected.filter((one) => one !== key));
  return (
    <table className="grid-table">
      <thead>
        <tr>
          <th scope="col">{t("grids>grid")}</th>
          <th scope="col">{t("grids>area")}</th>
          <th scope="col">{t("grids>households")}</th>
          <th scope="col">{t("grids>openCases")}</th>
        </tr>
      </thead>
      <tbody>
        {grids.map((grid, index) => {
          const old = before.get(grid.gridCode ?? "");
          return (
            <tr key={grid.key} aria-selected={selected.includes(grid.key)}>
              <td>
                <div className="grid-name">
                  <Checkbox
                    checked={selected.includes(grid.key)}
                    onChange={({ target }) => toggle(grid.key, target.checked)}
                    aria-label={t("grids>choose", { name: grid.name })}
                  />
                  {onRename === undefined ? (
                    <span>{grid.name}</span>
                  ) : (
                    <Input
                      size="small"
                      maxLength={60}
                      value={grid.name}
                      aria-label={t("grids>nameOf", { name: grid.name })}
                      onChange={({ target }) => onRename(grid.key, target.value)}
                    />
                  )}
                  <small>{grid.gridCode ?? t("grids>new")}</small>
                </div>
              </td>
              <td>{hectares(areaM2(grid.outline))}</td>
              <td>{householdsOf(grid, old, work)}</td>
              <td>{counts?.[index] ?? "—"}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};
