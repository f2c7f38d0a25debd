import { ACCOUNT_ROLES, getSignInRules, putSignInRules, type AccountRole } from "@onegrid/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Checkbox } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ErrorNote } from "../../shared/states.tsx";

const rulesQuery = {
  queryKey: ["sign-in-rules"],
  queryFn: ({ signal }: { signal: AbortSignal }) => client.call(getSignInRules, {}, { signal }),
};

/** Which roles need a second factor; whoever has none sets it up at the next sign-in. */
export const FactorRules = () => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data } = useQuery(rulesQuery);
  const put = useMutation({
    mutationFn: (factorRequired: AccountRole[]) =>
      client.call(putSignInRules, { body: { factorRequired } }),
    onSuccess: (rules) => queries.setQueryData(rulesQuery.queryKey, rules),
  });
  return (
    <fieldset className="factor-rules">
      <legend>{t("accounts>factorRules")}</legend>
      <Checkbox.Group
        disabled={!data || put.isPending}
        value={data?.factorRequired ?? []}
        options={ACCOUNT_ROLES.map((value) => ({ value, label: t(`role>${value}`) }))}
        onChange={(roles) => put.mutate(roles)}
      />
      {put.error && <ErrorNote error={put.error} />}
    </fieldset>
  );
};
