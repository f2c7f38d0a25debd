import type { Organisation } from "@onegrid/contract";
import { useTranslation } from "react-i18next";

/** 换届 overdue or near, in shape and words; nothing while it is far. */
export const RenewalMark = ({ organisation }: { organisation: Organisation }) => {
  const { t } = useTranslation();
  const { renewal } = organisation;
  if (renewal === null || renewal === "later") return null;
  return (
    <span className={`light light-${renewal === "overdue" ? "red" : "amber"}`}>
      <span aria-hidden="true">{renewal === "overdue" ? "■" : "▲"}</span>
      {t(`organisations>renewal_${renewal}`)}
    </span>
  );
};
