import type { LngLat } from "@onegrid/geo/edit";
import { Button, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EditorGrid } from "./editor.ts";

type Props = {
  grid: EditorGrid;
  onSplit: (line: LngLat[]) => void;
  onShape: (ring: LngLat[]) => void;
};

/** A seventh decimal is a centimetre. */
const STEP_DEGREES = 1e-5;

/** Splitting and reshaping by the numbers of corners, for whoever works without a mouse. */
export const CornerPanel = ({ grid, onSplit, onShape }: Props) => {
  const { t } = useTranslation();
  const ring = (grid.outline[0]?.[0] ?? []).slice(0, -1);
  const [from, setFrom] = useState(0);
  const [to, setTo] = useState(Math.floor(ring.length / 2));
  const [moved, setMoved] = useState<[number, number] | null>(null);
  const corner = ring[from];
  const other = ring[to];
  if (corner === undefined || other === undefined) return null;
  const [lng, lat] = moved ?? corner;
  const options = ring.map(([x, y], value) => ({
    value,
    label: t("grids>corner", { n: value + 1, at: `${x.toFixed(5)}, ${y.toFixed(5)}` }),
  }));
  const shaped = (corners: LngLat[]) => onShape([...corners, corners[0] as LngLat]);
  return (
    <fieldset className="grid-corners">
      <legend>{t("grids>corners", { name: grid.name })}</legend>
      <Select
        aria-label={t("grids>fromCorner")}
        showSearch={{ optionFilterProp: "label" }}
        value={from}
        options={options}
        onChange={(index: number) => {
          setFrom(index);
          setMoved(null);
        }}
      />
      <Select
        aria-label={t("grids>toCorner")}
        showSearch={{ optionFilterProp: "label" }}
        value={to}
        options={options}
        onChange={setTo}
      />
      <Button onClick={() => onSplit([corner, other])}>{t("grids>splitBetween")}</Button>
      <InputNumber
        aria-label={t("grids>lng")}
        value={lng}
        step={STEP_DEGREES}
        onChange={(value) => value !== null && setMoved([value, lat])}
      />
      <InputNumber
        aria-label={t("grids>lat")}
        value={lat}
        step={STEP_DEGREES}
        onChange={(value) => value !== null && setMoved([lng, value])}
      />
      <Button
        disabled={moved === null}
        onClick={() => moved && shaped(ring.map((one, i): LngLat => (i === from ? moved : one)))}
      >
        {t("grids>moveCorner")}
      </Button>
      <Button
        disabled={ring.length < 4}
        onClick={() => shaped(ring.filter((_, index) => index !== from))}
      >
        {t("grids>removeCorner")}
      </Button>
    </fieldset>
  );
};
