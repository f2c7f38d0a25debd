import { putStaffingRule } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Button, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { staffingRuleQuery } from "../../platform/staffing-queries.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { useDeed } from "./use-deed.ts";

const MOST = 10;

/** How many posts one person may hold at once; the county's centre sets it. */
export const StaffingRule = ({ editable }: { editable: boolean }) => {
  const { t } = useTranslation();
  const { data } = useQuery(staffingRuleQuery);
  const [chosen, setChosen] = useState<number | null>(null);
  const save = useDeed(
    (maxPostsPerPerson: number) => client.call(putStaffingRule, { body: { maxPostsPerPerson } }),
    () => setChosen(null),
  );
  if (data === undefined) return null;
  const { maxPostsPerPerson: stands } = data;
  if (!editable) return <p className="hint">{t("staffing>maxPosts", { n: stands })}</p>;
  const next = chosen ?? stands;
  return (
    <div className="staffing-rule">
      <label htmlFor="max-posts">{t("staffing>maxPostsLabel")}</label>
      <InputNumber
        id="max-posts"
        min={1}
        max={MOST}
        precision={0}
        value={next}
        onChange={(value) => setChosen(value)}
      />
      <Button disabled={next === stands} loading={save.isPending} onClick={() => save.mutate(next)}>
        {t("common>save")}
      </Button>
      <small className="hint">{t("staffing>maxPostsNote")}</small>
      {save.error && <ErrorNote error={save.error} />}
    </div>
  );
};
