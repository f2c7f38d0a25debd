import { setTotp } from "@onegrid/contract";
import { Button, Form, Input, Modal, QRCode } from "antd";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ErrorNote } from "../../shared/states.tsx";

export type TotpOffer = { secret: string; uri: string; enrolment: string };

/** The picture an authenticator app reads, the same as text, and a field for its first code. */
export const TotpPicture = ({ uri, secret }: Pick<TotpOffer, "uri" | "secret">) => {
  const { t } = useTranslation();
  return (
    <div className="totp-picture">
      <QRCode type="svg" value={uri} size={200} aria-label={t("factor>scan")} />
      <p>{t("factor>scan")}</p>
      <code>{secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>
    </div>
  );
};

type Props = { offer: TotpOffer; onDone(recoveryCodes: string[]): void; onClose(): void };

/** Sets up an authenticator app: scan, type the first code. */
export const TotpSetup = ({ offer, onDone, onClose }: Props) => {
  const { t } = useTranslation();
  const set = useMutation({
    mutationFn: (code: string) =>
      client.call(setTotp, { body: { enrolment: offer.enrolment, code } }),
    onSuccess: ({ recoveryCodes }) => onDone(recoveryCodes),
  });
  return (
    <Modal open title={t("factor>totp")} footer={null} onCancel={onClose}>
      <TotpPicture {...offer} />
      <Form<{ code: string }> layout="vertical" onFinish={({ code }) => set.mutate(code.trim())}>
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
    </Modal>
  );
};
