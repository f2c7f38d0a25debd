import { Alert, Button, Modal } from "antd";
import { useTranslation } from "react-i18next";

/** A first password, shown this once. */
export const OneTimePassword = ({ password, onClose }: { password: string; onClose(): void }) => {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t("accounts>password")}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t("factor>kept")}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t("accounts>passwordOnce")} />
      <p className="one-time-password">
        <code>{password}</code>
      </p>
    </Modal>
  );
};
