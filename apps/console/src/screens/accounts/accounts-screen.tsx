import { listAccounts, type AccountLine } from "@onegrid/contract";
import { soundsLike } from "@onegrid/domain";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Table, Tabs, type TableColumnsType } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ListExport } from "../../shared/list-export.tsx";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { AccountActions } from "./account-actions.tsx";
import { AddAccount } from "./add-account.tsx";
import { ApiKeys } from "./api-keys.tsx";
import { EmployeeNumber } from "./employee-number.tsx";
import { FactorRules } from "./factor-rules.tsx";

const accountsQuery = {
  queryKey: ["accounts"],
  queryFn: ({ signal }: { signal: AbortSignal }) => client.call(listAccounts, {}, { signal }),
};

const stateOf = ({ disabledAt, lockedUntil }: AccountLine): "closed" | "locked" | "open" =>
  disabledAt !== null
    ? "closed"
    : lockedUntil !== null && Date.parse(lockedUntil) > Date.now()
      ? "locked"
      : "open";

/** People who can sign in, and what is asked of them. */
const People = () => {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(accountsQuery);
  const [words, setWords] = useState("");
  const [isAdding, setAdding] = useState(false);
  const columns: TableColumnsType<AccountLine> = [
    { title: t("session>login"), dataIndex: "login" },
    { title: t("accounts>name"), dataIndex: "name" },
    { title: t("accounts>role"), render: (_, { role }) => t(`role>${role}`) },
    { title: t("accounts>serves"), render: (_, a) => a.unitCode ?? a.scopeCode },
    { title: t("accounts>employeeNumber"), render: (_, a) => <EmployeeNumber account={a} /> },
    { title: t("accounts>state"), render: (_, account) => t(`accounts>${stateOf(account)}`) },
    { title: t("accounts>actions"), render: (_, account) => <AccountActions account={account} /> },
  ];
  const rows = data?.accounts.filter(
    ({ login, name, nameKeys }) => login.includes(words) || soundsLike(words, name, nameKeys),
  );
  return (
    <section>
      <FactorRules />
      <div className="accounts-bar">
        <Input.Search
          allowClear
          aria-label={t("accounts>find")}
          placeholder={t("accounts>find")}
          onChange={(event) => setWords(event.target.value.trim())}
        />
        <Button type="primary" onClick={() => setAdding(true)}>
          {t("accounts>add")}
        </Button>
        <ListExport list="accounts" />
      </div>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {rows && (
        <Table
          size="small"
          rowKey="accountId"
          columns={columns}
          dataSource={rows}
          scroll={{ x: 900 }}
          pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        />
      )}
      {isAdding && <AddAccount onClose={() => setAdding(false)} />}
    </section>
  );
};

/** Who may come in, people and machines: the security administrator's desk. */
export const AccountsScreen = () => {
  const { t } = useTranslation();
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("nav>accounts")}</h1>
        <p>{t("accounts>about")}</p>
      </header>
      <Tabs
        items={[
          { key: "people", label: t("accounts>people"), children: <People /> },
          { key: "machines", label: t("apiKeys>title"), children: <ApiKeys /> },
        ]}
      />
    </div>
  );
};
