import type { GridFinding } from "@onegrid/contract";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { hectares } from "./grid-table.tsx";

type Line = Pick<GridFinding, "kind" | "names" | "areaM2">;

const sizeWords = (m2: number): string => (m2 < 1e4 ? `${m2.toFixed(1)} m²` : hectares(m2));

/** What the check finds, or that everything fits. */
export const FindingList = ({ findings }: { findings: readonly Line[] }) => {
  const { t } = useTranslation();
  if (findings.length === 0) return <p className="grid-fits">✓ {t("grids>fits")}</p>;
  return (
    <Alert
      type="error"
      showIcon
      title={t("grids>doesNotFit", { n: findings.length })}
      description={
        <ul className="grid-findings">
          {findings.slice(0, 20).map(({ kind, names, areaM2 }) => (
            <li key={`${kind} ${names.join()} ${areaM2}`}>
              {t(`gridFinding>${kind}`)} {names.join(t("grids>and"))}{" "}
              {kind !== "crossing" && sizeWords(areaM2)}
            </li>
          ))}
        </ul>
      }
    />
  );
};
