import { ApiProblem } from "@onegrid/client";
import {
  putRegisterRow,
  REGISTER_COLUMNS,
  type RegisterColumn,
  type RegisterName,
  type RegisterRow,
  type RegisterValue,
} from "@onegrid/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, InputNumber, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ORGANISATIONS } from "../../platform/organisation-queries.ts";
import { ErrorNote } from "../../shared/states.tsx";

type Fields = Record<string, RegisterValue | undefined>;

const Field = ({ column, isNew }: { column: RegisterColumn; isNew: boolean }) => {
  const { t } = useTranslation();
  const options = (column.values ?? []).map((value) => ({
    value,
    label: t(`registerChoice>${value}`),
  }));
  const input = () => {
    switch (column.kind) {
      case "integer":
        return <InputNumber min={0} max={column.max ?? 1e9} style={{ width: "100%" }} />;
      case "decimal":
        return (
          <InputNumber
            min={column.min ?? 0}
            max={column.max ?? 1e9}
            step={0.000001}
            style={{ width: "100%" }}
          />
        );
      case "day":
        return <Input type="date" />;
      case "choice":
        return <Select options={options} />;
      case "choices":
        return <Select mode="multiple" options={options} />;
      default:
        return <Input maxLength={column.max ?? 32} disabled={column.key === "code" && !isNew} />;
    }
  };
  return (
    <Form.Item
      name={column.key}
      label={t(`registerColumn>${column.key}`)}
      rules={[{ required: column.required === true }]}
    >
      {input()}
    </Form.Item>
  );
};

type Props = { register: RegisterName; row: RegisterRow | null; onClose: () => void };

/** The form of a register's row, made from the register's description. */
export const RowDialog = ({ register, row, onClose }: Props) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const columns = REGISTER_COLUMNS[register];
  const save = useMutation({
    mutationFn: (fields: Fields) =>
      client.call(putRegisterRow, {
        params: { register, code: row?.code ?? String(fields["code"] ?? "").trim() },
        body: {
          baseVersion: row?.version ?? 0,
          values: Object.fromEntries(
            Object.entries(fields).map(([key, value]) => [key, value ?? null]),
          ),
        },
      }),
    onSuccess: async () => {
      void message.success(t("organisations>recordedNow"));
      await queries.invalidateQueries({ queryKey: [ORGANISATIONS] });
      onClose();
    },
    onError: (error) => {
      if (!(error instanceof ApiProblem)) return;
      form.setFields(
        (error.problem.fields ?? []).map(({ field, code }) => ({
          name: field.split("/").at(-1) ?? "",
          errors: [t(`problem>${code}`)],
        })),
      );
    },
  });
  return (
    <Modal
      open
      title={t(row === null ? "organisations>addRow" : "organisations>editRow", {
        name: t(`register>${register}`),
      })}
      okText={t("common>save")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={row?.values ?? {}}
        onFinish={(fields) => save.mutate(fields)}
      >
        {columns.map((column) => (
          <Field key={column.key} column={column} isNew={row === null} />
        ))}
      </Form>
      {save.error && <ErrorNote error={save.error} />}
    </Modal>
  );
};
