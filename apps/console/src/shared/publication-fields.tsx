import { NOTICE_TERM_DAYS } from "@onegrid/contract";
import { Form, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";

export type Publication = { title: string; body: string; termDays: number };

/** Title, words and term of a notice 公示 that a guided act publishes. */
export const PublicationFields = () => {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="title" label={t("staffing>noticeTitle")} rules={[{ required: true }]}>
        <Input maxLength={80} />
      </Form.Item>
      <Form.Item name="body" label={t("staffing>noticeBody")} rules={[{ required: true }]}>
        <Input.TextArea maxLength={4000} rows={5} />
      </Form.Item>
      <Form.Item name="termDays" label={t("staffing>termDays")}>
        <InputNumber min={NOTICE_TERM_DAYS} max={60} precision={0} />
      </Form.Item>
    </>
  );
};
