import {
  closeAccount,
  endAccountSessions,
  resetAccountFactors,
  resetAccountPassword,
  type AccountLine,
} from "@onegrid/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { OneTimePassword } from "./one-time-password.tsx";

const ACTIONS = ["password", "factors", "sessions", "close", "reopen"] as const;
type Action = (typeof ACTIONS)[number];

/** What can be done to one account; each asks once more. */
export const AccountActions = ({ account }: { account: AccountLine }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [password, setPassword] = useState<string>();
  const act = useMutation({
    mutationFn: async (action: Action) => {
      const params = { accountId: account.accountId };
      if (action === "password") {
        setPassword((await client.call(resetAccountPassword, { params })).password);
      }
      if (action === "factors") await client.call(resetAccountFactors, { params });
      if (action === "sessions") await client.call(endAccountSessions, { params });
      if (action === "close" || action === "reopen") {
        await client.call(closeAccount, { params, body: { closed: action === "close" } });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["accounts"] }),
  });
  if (account.role.endsWith("_administrator")) return <small>{t("accounts>atTheMachine")}</small>;
  const offered = ACTIONS.filter((action) =>
    account.disabledAt === null ? action !== "reopen" : action === "reopen",
  );
  return (
    <div className="account-actions">
      {offered.map((action) => (
        <Popconfirm
          key={action}
          title={t(`accounts>ask>${action}`, { name: account.name })}
          okText={t("account>confirm")}
          cancelText={t("common>close")}
          onConfirm={() => act.mutate(action)}
        >
          <Button size="small" danger={action === "close"}>
            {t(`accounts>do>${action}`)}
          </Button>
        </Popconfirm>
      ))}
      {act.error && <ErrorNote error={act.error} />}
      {password && <OneTimePassword password={password} onClose={() => setPassword(undefined)} />}
    </div>
  );
};
