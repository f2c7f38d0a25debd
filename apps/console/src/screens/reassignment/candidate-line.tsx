import type { Candidacy } from "@onegrid/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** A candidate with how the review went; an upheld objection stands beside it in words. */
export const CandidateLine = ({
  candidacy,
  isSelected = false,
  children,
}: {
  candidacy: Candidacy;
  isSelected?: boolean;
  children?: ReactNode;
}) => {
  const { t } = useTranslation();
  const { name, way, words, state, reason, barred } = candidacy;
  return (
    <li className={isSelected ? "candidate candidate-selected" : "candidate"}>
      <div>
        <strong>{name}</strong> <small>{t(`reassignment>way_${way}`)}</small>{" "}
        <small>{barred ? t("reassignment>barred") : t(`candidacyState>${state}`)}</small>
        {isSelected && <small className="offered-state"> {t("reassignment>chosen")}</small>}
        {words !== "" && <p>{words}</p>}
        {reason !== null && reason !== "" && (
          <p>
            {t("organisations>reason")}：{reason}
          </p>
        )}
      </div>
      {children !== undefined && <div className="offered-tools">{children}</div>}
    </li>
  );
};
