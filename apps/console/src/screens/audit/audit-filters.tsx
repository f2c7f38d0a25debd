import { AuditFilter } from "@onegrid/contract";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

type Fields = Record<"from" | "to" | "action" | "login" | "outcome", string | undefined>;

/** What is left empty does not filter. */
const filterOf = (fields: Fields): AuditFilter => {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== "");
  return AuditFilter.catch({}).parse(Object.fromEntries(given));
};

type Props = { onChange(filter: AuditFilter): void; exportAddress: string };

/** Days, account, action and result; the export takes the same choice. */
export const AuditFilters = ({ onChange, exportAddress }: Props) => {
  const { t } = useTranslation();
  const actions = Object.keys(t("auditAction", { returnObjects: true }) as Record<string, string>);
  return (
    <Form<Fields>
      layout="inline"
      className="audit-filters"
      onFinish={(fields) => onChange(filterOf(fields))}
    >
      <Form.Item name="from" label={t("audit>fromDay")}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="to" label={t("audit>toDay")}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="login" label={t("audit>who")}>
        <Input maxLength={60} allowClear />
      </Form.Item>
      <Form.Item name="action" label={t("audit>what")}>
        <Select
          allowClear
          className="audit-action"
          options={actions.map((key) => ({
            value: key.replace("_", "."),
            label: t(`auditAction>${key}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="outcome" label={t("audit>outcome")}>
        <Select
          allowClear
          className="audit-outcome"
          options={(["done", "refused"] as const).map((value) => ({
            value,
            label: t(`audit>${value}`),
          }))}
        />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t("audit>search")}
      </Button>
      <Button href={exportAddress} download>
        {t("audit>export")}
      </Button>
    </Form>
  );
};
