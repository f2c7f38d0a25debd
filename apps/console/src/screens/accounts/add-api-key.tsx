import {
  addApiKey,
  LONGEST_KEY_DAYS,
  MACHINE_PERMISSIONS,
  MACHINE_ROLES,
  type MachinePermission,
  type MachineRole,
} from "@onegrid/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Checkbox, Form, Input, InputNumber, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { bySound, unitChoices } from "../../shared/by-sound.ts";
import { client } from "../../platform/client.ts";
import { countyQuery, departmentsQuery } from "../../platform/queries.ts";
import { GridField } from "../../shared/grid-field.tsx";
import { ShownOnce } from "../../shared/shown-once.tsx";
import { ErrorNote } from "../../shared/states.tsx";

type Fields = {
  name: string;
  role: MachineRole;
  scopeCode?: string;
  unitCode?: string;
  permissions: MachinePermission[];
  requestsPerMinute: number;
  expiresOn: string;
};

/** Half a year, unless somebody says otherwise. */
const USUAL_DAYS = 180;

const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Makes a key for another system; it is shown once. */
export const AddApiKey = ({ onClose }: { onClose(): void }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: county } = useQuery(countyQuery);
  const { data: departments = [] } = useQuery(departmentsQuery);
  const [form] = Form.useForm<Fields>();
  const role = Form.useWatch("role", form);
  const add = useMutation({
    mutationFn: ({ scopeCode, unitCode, ...fields }: Fields) =>
      client.call(addApiKey, {
        body: {
          ...fields,
          scopeCode: (fields.role === "street" && scopeCode) || (county?.countyCode ?? ""),
          unitCode: fields.role === "department" ? (unitCode ?? null) : null,
        },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["api-keys"] }),
  });
  if (add.data) {
    return (
      <ShownOnce
        title={t("apiKeys>key")}
        warning={t("apiKeys>keyOnce")}
        className="api-key-secret"
        secret={add.data.key}
        onClose={onClose}
      >
        <p className="hint">{t("apiKeys>keyUse")}</p>
      </ShownOnce>
    );
  }
  const required = [{ required: true, message: t("account>required") }];
  return (
    <Modal
      open
      title={t("apiKeys>add")}
      okText={t("apiKeys>add")}
      cancelText={t("common>close")}
      confirmLoading={add.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          role: "street",
          permissions: ["cases.report"],
          requestsPerMinute: 60,
          expiresOn: dayFromNow(USUAL_DAYS),
        }}
        onFinish={(fields) => add.mutate(fields)}
      >
        <Form.Item name="name" label={t("apiKeys>name")} rules={required}>
          <Input maxLength={60} autoComplete="off" placeholder={t("apiKeys>nameHint")} />
        </Form.Item>
        <Form.Item name="role" label={t("apiKeys>actsAs")} rules={required}>
          <Select options={MACHINE_ROLES.map((value) => ({ value, label: t(`role>${value}`) }))} />
        </Form.Item>
        {role === "street" && (
          <Form.Item name="scopeCode" label={t("filter>grid")} rules={required}>
            <GridField />
          </Form.Item>
        )}
        {role === "department" && (
          <Form.Item name="unitCode" label={t("apiKeys>department")} rules={required}>
            <Select showSearch={bySound} options={unitChoices(departments)} />
          </Form.Item>
        )}
        <Form.Item name="permissions" label={t("apiKeys>may")} rules={required}>
          <Checkbox.Group
            className="api-key-permissions"
            options={MACHINE_PERMISSIONS.map((value) => ({
              value,
              label: t(`apiKeys>can>${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="expiresOn"
          label={t("apiKeys>lastDay")}
          extra={t("apiKeys>lastDayHint", { days: LONGEST_KEY_DAYS })}
          rules={required}
        >
          <Input type="date" min={dayFromNow(0)} max={dayFromNow(LONGEST_KEY_DAYS)} />
        </Form.Item>
        <Form.Item name="requestsPerMinute" label={t("apiKeys>perMinute")} rules={required}>
          <InputNumber min={1} max={6000} precision={0} />
        </Form.Item>
      </Form>
      {add.error && <ErrorNote error={add.error} />}
    </Modal>
  );
};
