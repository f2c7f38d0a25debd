import { putEmployeeNumber, type AccountLine } from "@onegrid/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Typography } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ErrorNote } from "../../shared/states.tsx";

/** By which the county's identity provider knows somebody; changed in place. */
export const EmployeeNumber = ({ account }: { account: AccountLine }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { accountId, employeeNumber, role } = account;
  const put = useMutation({
    mutationFn: (typed: string) =>
      client.call(putEmployeeNumber, {
        params: { accountId },
        body: { employeeNumber: typed.trim() === "" ? null : typed.trim() },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["accounts"] }),
  });
  if (role.endsWith("_administrator")) return employeeNumber;
  return (
    <>
      <Typography.Text
        editable={{
          text: employeeNumber ?? "",
          maxLength: 60,
          tooltip: t("accounts>editNumber"),
          onChange: (typed) => put.mutate(typed),
        }}
      >
        {employeeNumber ?? "–"}
      </Typography.Text>
      {put.error && <ErrorNote error={put.error} />}
    </>
  );
};
