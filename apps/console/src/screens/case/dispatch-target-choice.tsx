import { GRID_TIERS, type CaseDetail, type DispatchTarget } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useEffect, useEffectEvent, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { bySound } from "../../shared/by-sound.ts";
import { categoriesQuery, departmentsQuery } from "../../platform/queries.ts";

type Props = {
  shown: CaseDetail;
  value: DispatchTarget | null;
  onChange: (target: DispatchTarget) => void;
};

const useChoices = (shown: CaseDetail) => {
  const { data: categories } = useQuery(categoriesQuery);
  const { data: departments } = useQuery(departmentsQuery);
  return useMemo(() => {
    const category = categories?.find((c) => c.categoryCode === shown.categoryCode);
    const owner = category?.ownerUnitCode ?? null;
    const ofNet = (unit: { unitCode: string; nets: string[] }) =>
      (unit.unitCode === owner ? 0 : 2) + (unit.nets.includes(shown.net) ? 0 : 1);
    // 权责清单 first: the legal owner, then departments of the same net, then the others.
    const units = (departments ?? []).toSorted((a, b) => ofNet(a) - ofNet(b));
    return { owner, units, startTier: category?.startTier };
  }, [categories, departments, shown]);
};

/** Where a case goes: the owner by the authority list is suggested, the dispatcher decides. */
export const DispatchTargetChoice = ({ shown, value, onChange }: Props) => {
  const { t } = useTranslation();
  const { owner, units, startTier } = useChoices(shown);
  const ready = units.length > 0;
  const suggest = useEffectEvent(() => {
    if (value !== null) return;
    if (owner !== null) onChange({ tier: "department", unitCode: owner });
    else if (startTier !== undefined && startTier !== "department") onChange({ tier: startTier });
  });
  useEffect(() => {
    if (ready) suggest();
  }, [ready]);

  return (
    <fieldset className="target-choice">
      <legend>{t("case>target")}</legend>
      <label className="target-department">
        <input
          type="radio"
          name="tier"
          checked={value?.tier === "department"}
          disabled={!ready}
          onChange={() =>
            onChange({ tier: "department", unitCode: owner ?? units[0]?.unitCode ?? "" })
          }
        />
        {t("tier>department")}
        <Select
          aria-label={t("tier>department")}
          showSearch={bySound}
          value={value?.tier === "department" ? value.unitCode : null}
          placeholder={t("case>chooseUnit")}
          onChange={(unitCode: string) => onChange({ tier: "department", unitCode })}
          options={units.map((unit) => ({
            value: unit.unitCode,
            keys: unit.nameKeys,
            label: unit.unitCode === owner ? `${unit.name}（${t("case>owner")}）` : unit.name,
          }))}
        />
      </label>
      {GRID_TIERS.map((tier) => (
        <label key={tier}>
          <input
            type="radio"
            name="tier"
            checked={value?.tier === tier}
            onChange={() => onChange({ tier })}
          />
          {t(`tier>${tier}`)}
        </label>
      ))}
    </fieldset>
  );
};
