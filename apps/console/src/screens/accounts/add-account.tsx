import { addAccount, ACCOUNT_ROLES, type AccountRole } from "@onegrid/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { countyQuery } from "../../platform/queries.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { OneTimePassword } from "./one-time-password.tsx";

type Fields = {
  login: string;
  name: string;
  role: AccountRole;
  scopeCode?: string;
  unitCode?: string;
};

/** The three administrators' accounts are made at the machine. */
const ROLES = ACCOUNT_ROLES.filter((role) => !role.endsWith("_administrator"));

/** Makes an account; its first password is shown once. */
export const AddAccount = ({ onClose }: { onClose(): void }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: county } = useQuery(countyQuery);
  const [form] = Form.useForm<Fields>();
  const role = Form.useWatch("role", form);
  const [password, setPassword] = useState<string>();
  const add = useMutation({
    mutationFn: ({ scopeCode, unitCode, ...fields }: Fields) =>
      client.call(addAccount, {
        body: {
          ...fields,
          scopeCode: scopeCode?.trim() || (county?.countyCode ?? ""),
          unitCode: fields.role === "department" ? (unitCode?.trim() ?? null) : null,
        },
      }),
    onSuccess: (made) => {
      setPassword(made.password);
      void queries.invalidateQueries({ queryKey: ["accounts"] });
    },
  });
  if (password) return <OneTimePassword password={password} onClose={onClose} />;
  const required = [{ required: true, message: t("account>required") }];
  return (
    <Modal
      open
      title={t("accounts>add")}
      okText={t("accounts>add")}
      cancelText={t("common>close")}
      confirmLoading={add.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form form={form} layout="vertical" onFinish={(fields) => add.mutate(fields)}>
        <Form.Item name="login" label={t("session>login")} rules={required}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={t("accounts>name")} rules={required}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name="role" label={t("accounts>role")} rules={required}>
          <Select options={ROLES.map((value) => ({ value, label: t(`role>${value}`) }))} />
        </Form.Item>
        <Form.Item name="scopeCode" label={t("accounts>scope")} extra={t("accounts>scopeHint")}>
          <Input maxLength={32} />
        </Form.Item>
        {role === "department" && (
          <Form.Item name="unitCode" label={t("accounts>unit")} rules={required}>
            <Input maxLength={32} />
          </Form.Item>
        )}
      </Form>
      {add.error && <ErrorNote error={add.error} />}
    </Modal>
  );
};
