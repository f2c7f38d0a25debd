import { offerPhone, setPhone } from "@onegrid/contract";
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ErrorNote } from "../../shared/states.tsx";

type Asked = { currentPassword: string; phone: string };
type Props = { onDone(recoveryCodes: string[]): void; onClose(): void };

/** Password and number; a code goes to the number, and typed here it makes the number count. */
export const PhoneSetup = ({ onDone, onClose }: Props) => {
  const { t, i18n } = useTranslation();
  const [sentTo, setSentTo] = useState<string>();
  const offer = useMutation({
    mutationFn: (asked: Asked) =>
      client.call(offerPhone, {
        body: { ...asked, language: i18n.language === "en" ? "en" : "zh-CN" },
      }),
    onSuccess: (_answer, { phone }) => setSentTo(phone),
  });
  const set = useMutation({
    mutationFn: (code: string) =>
      client.call(setPhone, { body: { enrolment: offer.data?.enrolment ?? "", code } }),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  });
  return (
    <Modal open title={t("factor>wish>set_phone")} footer={null} onCancel={onClose}>
      {sentTo === undefined ? (
        <Form<Asked> key="phone" name="phone" layout="vertical" onFinish={offer.mutate}>
          <Form.Item
            name="currentPassword"
            label={t("account>current")}
            rules={[{ required: true, message: t("account>required") }]}
          >
            <Input type="password" autoComplete="current-password" maxLength={200} />
          </Form.Item>
          <Form.Item
            name="phone"
            label={t("factor>phone")}
            rules={[
              {
                required: true,
                pattern: /^\s*\+?(?:[\s-]*\d){7,15}\s*$/,
                message: t("factor>phoneForm"),
              },
            ]}
          >
            <Input type="tel" autoComplete="tel" maxLength={30} />
          </Form.Item>
          {offer.error && <ErrorNote error={offer.error} />}
          <Button type="primary" htmlType="submit" loading={offer.isPending}>
            {t("factor>sendCode")}
          </Button>
        </Form>
      ) : (
        <Form<{ code: string }>
          key="code"
          name="phone-code"
          layout="vertical"
          onFinish={({ code }) => set.mutate(code.trim())}
        >
          <output className="code-sent">{t("factor>codeSent", { phone: sentTo })}</output>
          <Form.Item
            name="code"
            label={t("session>code")}
            rules={[{ required: true, pattern: /^\s*\d{6}\s*$/, message: t("factor>sixDigits") }]}
          >
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
          </Form.Item>
          {set.error && <ErrorNote error={set.error} />}
          <Button type="primary" htmlType="submit" loading={set.isPending}>
            {t("factor>finish")}
          </Button>
        </Form>
      )}
    </Modal>
  );
};
