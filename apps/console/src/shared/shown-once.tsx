import { Alert, Button, Modal } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Props = {
  title: string;
  /** Says that it is not shown again. */
  warning: string;
  className: string;
  secret: string;
  onClose: () => void;
  children?: ReactNode;
};

/** A secret that is shown this once: the dialog goes only when its button is pressed. */
export const ShownOnce = ({ title, warning, className, secret, onClose, children }: Props) => {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t("factor>kept")}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={warning} />
      <p className={className}>
        <code>{secret}</code>
      </p>
      {children}
    </Modal>
  );
};
