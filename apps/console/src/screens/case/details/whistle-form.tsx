import { WHISTLE_KINDS, type WhistleKind } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bySound, unitChoices } from "../../../shared/by-sound.ts";
import { departmentsQuery } from "../../../platform/queries.ts";
import { Choice } from "../../../shared/choice.tsx";
import type { DetailsProps } from "./details-form.tsx";

const useUnits = () => useQuery(departmentsQuery).data ?? [];

/** 吹哨: what for, and which departments are to come. */
export const WhistleForm = ({ onChange }: DetailsProps) => {
  const { t } = useTranslation();
  const units = useUnits();
  const [kind, setKind] = useState<WhistleKind | null>(null);
  const [unitCodes, setUnitCodes] = useState<string[]>([]);
  const tell = (nextKind: typeof kind, nextUnits: string[]) => {
    setKind(nextKind);
    setUnitCodes(nextUnits);
    onChange(
      nextKind === null || nextUnits.length === 0
        ? null
        : { action: "call_whistle", kind: nextKind, unitCodes: nextUnits },
    );
  };
  return (
    <>
      <Choice
        words={t("side>whistleKind")}
        options={WHISTLE_KINDS.map((value) => ({ value, words: t(`whistleKind>${value}`) }))}
        value={kind}
        onChange={(value) => tell(value, unitCodes)}
      />
      <label>
        <span>{t("side>whistleUnits")}</span>
        <Select
          mode="multiple"
          maxCount={12}
          aria-label={t("side>whistleUnits")}
          showSearch={bySound}
          options={unitChoices(units)}
          value={unitCodes}
          onChange={(codes: string[]) => tell(kind, codes)}
          style={{ width: "100%" }}
        />
      </label>
    </>
  );
};

const SCORES = ["1", "2", "3", "4", "5"] as const;

/** 街道评分 of one department that came. */
export const RateForm = ({ allowed, onChange }: DetailsProps) => {
  const { t } = useTranslation();
  const units = useUnits();
  const [unitCode, setUnitCode] = useState(allowed.units[0] ?? null);
  const [score, setScore] = useState<(typeof SCORES)[number] | null>(null);
  const tell = (unit: typeof unitCode, points: typeof score) => {
    setUnitCode(unit);
    setScore(points);
    onChange(
      unit === null || points === null
        ? null
        : { action: "rate_whistle", unitCode: unit, score: Number(points) },
    );
  };
  return (
    <>
      <Choice
        words={t("side>ratedUnit")}
        options={allowed.units.map((value) => ({
          value,
          words: units.find((unit) => unit.unitCode === value)?.name ?? value,
        }))}
        value={unitCode}
        onChange={(value) => tell(value, score)}
      />
      <Choice
        words={t("side>score")}
        options={SCORES.map((value) => ({ value, words: value }))}
        value={score}
        onChange={(value) => tell(unitCode, value)}
      />
    </>
  );
};
