import { Alert, Modal } from "antd";
import { useTranslation } from "react-i18next";

/** Recovery codes, shown this once. */
export const RecoveryCodes = ({ codes, onClose }: { codes: string[]; onClose(): void }) => {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t("factor>recovery")}
      okText={t("factor>kept")}
      onOk={onClose}
      closable={false}
      keyboard={false}
      cancelButtonProps={{ hidden: true }}
      mask={{ closable: false }}
    >
      <Alert type="warning" showIcon title={t("factor>recoveryOnce")} />
      <ol className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
    </Modal>
  );
};
