import { ACCOUNT_ROLES, getSignInRules, putSignInRules, type SignInRules } from "@onegrid/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Checkbox, Select } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ErrorNote } from "../../shared/states.tsx";

const rulesQuery = {
  queryKey: ["sign-in-rules"],
  queryFn: ({ signal }: { signal: AbortSignal }) => client.call(getSignInRules, {}, { signal }),
};

/** Days that counties choose from; 0: a password does not run out by itself. */
const AGES = [0, 90, 180, 365];

/** Which roles need a second factor; whoever has none sets it up at the next sign-in. */
export const FactorRules = () => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useQuery(rulesQuery);
  const put = useMutation({
    mutationFn: (rules: SignInRules) => client.call(putSignInRules, { body: rules }),
    onSuccess: (rules) => queries.setQueryData(rulesQuery.queryKey, rules),
  });
  return (
    <fieldset className="factor-rules">
      <legend>{t("accounts>factorRules")}</legend>
      <Checkbox.Group
        disabled={!data || put.isPending}
        value={data?.factorRequired ?? []}
        options={ACCOUNT_ROLES.map((value) => ({ value, label: t(`role>${value}`) }))}
        onChange={(factorRequired) => data && put.mutate({ ...data, factorRequired })}
      />
      <label className="password-age">
        {t("accounts>passwordAge")}
        <Select
          disabled={!data || put.isPending}
          value={data?.passwordMaxAgeDays ?? 0}
          options={AGES.map((days) => ({
            value: days,
            label: days === 0 ? t("accounts>passwordStays") : t("accounts>days", { n: days }),
          }))}
          onChange={(days) => data && put.mutate({ ...data, passwordMaxAgeDays: days || null })}
        />
      </label>
      {put.error && <ErrorNote error={put.error} />}
    </fieldset>
  );
};
