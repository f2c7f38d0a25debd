import {
  GRID_TOLERANCE_M2,
  type GridChange,
  type OutlinedGrid,
  type WorkPlaces,
} from "@onegrid/contract";
import { checkPartition, type LngLat } from "@onegrid/geo/edit";
import { Alert } from "antd";
import { Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../platform/ids.ts";
import { useShortcuts } from "../../shared/use-shortcuts.ts";
import { bestBalance, weightsOf } from "./balance.ts";
import { CornerPanel } from "./corner-panel.tsx";
import { DraftForm } from "./draft-form.tsx";
import type { Drawn, Tool } from "./drawing.ts";
import { EditBar } from "./edit-bar.tsx";
import {
  applied,
  begin,
  changeOf,
  draw,
  merge,
  rename,
  shape,
  split,
  splitEvenly,
  withSharedCorners,
  type Base,
} from "./editor.ts";
import { FindingList } from "./finding-list.tsx";
import { GridTable } from "./grid-table.tsx";
import { OutlineMap } from "./lazy-outline-map.ts";
import { useEditor } from "./use-editor.ts";

type Props = {
  parentCode: string;
  base: Base & { grids: OutlinedGrid[] };
  work: WorkPlaces | null;
  /** A draft that is taken up again. */
  change: GridChange | null;
  onSaved: (change: GridChange) => void;
  onLeave: () => void;
};

/** 第六网格, as its neighbours are called; from ten on in figures. */
const numeral = (n: number, language: string): string =>
  new Intl.NumberFormat(language === "zh-CN" && n < 10 ? "zh-CN-u-nu-hanidec" : "en").format(n);

/** The drawing table: map, tools, list and check; every step can be taken back. */
export const Editing = ({ parentCode, base, work, change, onSaved, onLeave }: Props) => {
  const { t, i18n } = useTranslation();
  const nameOf = (n: number) => t("grids>newName", { n: numeral(n, i18n.language) });
  const editor = useEditor(() =>
    change === null ? begin(base, nameOf) : applied(base.grids, change),
  );
  const { grids, selected, take } = editor;
  const [tool, setTool] = useState<Tool>("choose");
  const [id] = useState(newId);
  const [chosen] = selected;
  useShortcuts({ u: editor.undo, r: editor.redo });

  const findings = useMemo(
    () =>
      checkPartition(
        base.parent.outline,
        new Map(grids.map(({ key, outline }) => [key, outline])),
        GRID_TOLERANCE_M2,
      ).map(({ kind, keys, areaM2 }) => ({
        kind,
        areaM2,
        names: keys.map((key) => grids.find((grid) => grid.key === key)?.name ?? key),
      })),
    [base, grids],
  );
  const drawn = useMemo(() => changeOf(base, grids), [base, grids]);

  const toShell = (ring: LngLat[]) => {
    const outline = grids.find(({ key }) => key === chosen)?.outline;
    if (chosen === undefined || outline === undefined) return;
    const [part, ...parts] = outline;
    take(shape(grids, chosen, [[ring, ...(part ?? []).slice(1)], ...parts]));
  };
  const onDrawn = (made: Drawn) => {
    if ("line" in made) take(split(grids, chosen ?? "", made.line, nameOf));
    else if (tool === "reshape") toShell(made.ring);
    else take(draw(base, grids, [[made.ring]], nameOf));
    if (tool !== "reshape") setTool("choose");
  };
  const balance = bestBalance(work, grids.find(({ key }) => key === chosen)?.outline);
  const takeTool = (next: Tool) => {
    if (next === "reshape") editor.set(withSharedCorners(grids));
    setTool(next);
  };
  return (
    <>
      <EditBar
        editor={editor}
        tool={selected.length === 1 || tool === "draw" ? tool : "choose"}
        onTool={takeTool}
        onMerge={() => take(merge(grids, selected))}
        balance={balance}
        onSplitEvenly={(count, by) =>
          take(splitEvenly(grids, chosen ?? "", count, weightsOf(by, work), nameOf))
        }
      />
      {editor.refused !== null && (
        <Alert type="warning" showIcon title={t(`grids>refused_${editor.refused}`)} />
      )}
      <div className="grid-panes">
        <Suspense fallback={<div className="grid-map" />}>
          <OutlineMap
            parent={base.parent.outline}
            grids={grids}
            selected={selected}
            on={undefined}
            tool={tool}
            onChoose={(key, more) => editor.setSelected(more ? [...selected, key] : [key])}
            onDrawn={onDrawn}
          />
        </Suspense>
        <div className="grid-side">
          <GridTable
            grids={grids}
            known={base.grids}
            work={work}
            selected={selected}
            onSelect={editor.setSelected}
            onRename={(key, name) => editor.set(rename(grids, key, name))}
          />
          <FindingList findings={findings} />
          {selected.length === 1 && chosen !== undefined && (
            <CornerPanel
              key={`${chosen} ${grids.length}`}
              grid={grids.find(({ key }) => key === chosen) ?? (grids[0] as (typeof grids)[number])}
              onSplit={(line) => take(split(grids, chosen, line, nameOf))}
              onShape={toShell}
            />
          )}
          <DraftForm
            parentCode={parentCode}
            change={change}
            newId={id}
            drawn={drawn}
            onSaved={onSaved}
            onLeave={onLeave}
          />
        </div>
      </div>
    </>
  );
};
