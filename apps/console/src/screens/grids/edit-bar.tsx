import { Button, InputNumber, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BALANCES, type Balance } from "./balance.ts";
import type { Tool } from "./drawing.ts";
import type { Editor } from "./use-editor.ts";

type Props = {
  editor: Editor;
  tool: Tool;
  onTool: (tool: Tool) => void;
  onMerge: () => void;
  /** What is known of the chosen grid, and so what an even split balances unless told otherwise. */
  balance: Balance;
  onSplitEvenly: (count: number, by: Balance) => void;
};

const TOOLS: readonly Tool[] = ["choose", "split", "draw", "reshape"];
const MOST_PIECES = 12;

/** Tools of the drawing table. What needs a chosen grid is off until one is chosen. */
export const EditBar = ({ editor, tool, onTool, onMerge, balance, onSplitEvenly }: Props) => {
  const { t } = useTranslation();
  const [pieces, setPieces] = useState(2);
  const [by, setBy] = useState<Balance | null>(null);
  const one = editor.selected.length === 1;
  return (
    <div className="grid-bar" role="toolbar" aria-label={t("grids>tools")}>
      <Segmented<Tool>
        value={tool}
        onChange={onTool}
        options={TOOLS.map((value) => ({
          value,
          label: t(`grids>tool_${value}`),
          disabled: (value === "split" || value === "reshape") && !one,
        }))}
      />
      <Button disabled={editor.selected.length < 2} onClick={onMerge}>
        {t("grids>merge")}
      </Button>
      <span className="grid-evenly">
        <Button disabled={!one} onClick={() => onSplitEvenly(pieces, by ?? balance)}>
          {t("grids>splitEvenly")}
        </Button>
        <InputNumber
          aria-label={t("grids>pieces")}
          min={2}
          max={MOST_PIECES}
          value={pieces}
          onChange={(value) => setPieces(value ?? 2)}
        />
        <Select<Balance>
          aria-label={t("grids>balance")}
          value={by ?? balance}
          onChange={setBy}
          options={BALANCES.map((value) => ({ value, label: t(`grids>balance_${value}`) }))}
        />
      </span>
      <Button disabled={!editor.canUndo} onClick={editor.undo}>
        {t("grids>undo")}
      </Button>
      <Button disabled={!editor.canRedo} onClick={editor.redo}>
        {t("grids>redo")}
      </Button>
    </div>
  );
};
