import { changePassword } from "@onegrid/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { sessionQuery } from "../../platform/session.ts";
import { ErrorNote } from "../../shared/states.tsx";

/** The server's rule, told before it refuses. */
const MIN_LENGTH = 10;

type Fields = { currentPassword: string; newPassword: string; again: string };

/** Changes the own password. */
export const PasswordForm = () => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const change = useMutation({
    mutationFn: ({ currentPassword, newPassword }: Fields) =>
      client.call(changePassword, { body: { currentPassword, newPassword } }),
    onSuccess: () => {
      form.resetFields();
      // A password that had to be changed first keeps everything else shut until the server says so.
      return queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  });
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      className="password-form"
      onFinish={(fields) => change.mutate(fields)}
    >
      <Form.Item
        name="currentPassword"
        label={t("account>current")}
        rules={[{ required: true, message: t("account>required") }]}
      >
        <Input type="password" autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="newPassword"
        label={t("account>new")}
        extra={t("account>rule", { n: MIN_LENGTH })}
        rules={[{ required: true, min: MIN_LENGTH, message: t("account>rule", { n: MIN_LENGTH }) }]}
      >
        <Input type="password" autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("account>again")}
        dependencies={["newPassword"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue("newPassword")
                ? Promise.resolve()
                : Promise.reject(new Error(t("account>different"))),
          }),
        ]}
      >
        <Input type="password" autoComplete="new-password" maxLength={200} />
      </Form.Item>
      {change.isSuccess && <Alert type="success" showIcon title={t("account>changed")} />}
      {change.error && <ErrorNote error={change.error} />}
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t("account>change")}
      </Button>
    </Form>
  );
};
