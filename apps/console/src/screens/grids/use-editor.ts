import { useCallback, useState } from "react";
import type { Edited, EditorGrid } from "./editor.ts";

type History = { past: EditorGrid[][]; now: EditorGrid[]; future: EditorGrid[][] };

/** Steps that can be taken back. */
const MOST_STEPS = 100;

/** The grids on the drawing table, with what was chosen and every step to and fro. */
export const useEditor = (start: () => EditorGrid[]) => {
  const [history, setHistory] = useState<History>(() => ({ past: [], now: start(), future: [] }));
  const [selected, setSelected] = useState<string[]>([]);
  const [refused, setRefused] = useState<string | null>(null);

  const set = useCallback((grids: EditorGrid[]) => {
    setRefused(null);
    setHistory(({ past, now }) => ({
      past: [...past, now].slice(-MOST_STEPS),
      now: grids,
      future: [],
    }));
  }, []);

  const take = useCallback(
    (edited: Edited) => {
      if ("refused" in edited) setRefused(edited.refused);
      else {
        set(edited.grids);
        setSelected(edited.selected);
      }
    },
    [set],
  );

  const undo = useCallback(() => {
    setRefused(null);
    setHistory((all) => {
      const before = all.past.at(-1);
      if (before === undefined) return all;
      return { past: all.past.slice(0, -1), now: before, future: [all.now, ...all.future] };
    });
  }, []);
  const redo = useCallback(() => {
    setRefused(null);
    setHistory((all) => {
      const [next, ...future] = all.future;
      if (next === undefined) return all;
      return { past: [...all.past, all.now], now: next, future };
    });
  }, []);

  const { past, now: grids, future } = history;
  const keys = new Set(grids.map(({ key }) => key));
  return {
    grids,
    /** What was chosen and is still there. */
    selected: selected.filter((key) => keys.has(key)),
    setSelected,
    refused,
    set,
    take,
    undo,
    redo,
    canUndo: past.length > 0,
    canRedo: future.length > 0,
  };
};

export type Editor = ReturnType<typeof useEditor>;
