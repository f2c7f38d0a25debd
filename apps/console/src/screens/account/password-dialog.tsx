import { Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../shared/states.tsx";

type Props = {
  title: string;
  /** Resolves when it is done; what it throws is shown and asked again. */
  onConfirm(currentPassword: string): Promise<void>;
  onClose(): void;
};

/** Asks for the present password before something that decides who gets in. */
export const PasswordDialog = ({ title, onConfirm, onClose }: Props) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ currentPassword: string }>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const confirm = async ({ currentPassword }: { currentPassword: string }) => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm(currentPassword);
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      okText={t("account>confirm")}
      cancelText={t("common>close")}
      confirmLoading={isBusy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        // Ids of its own: the page behind asks for a password too.
        name="prove"
        layout="vertical"
        onFinish={(fields) => void confirm(fields)}
      >
        <Form.Item
          name="currentPassword"
          label={t("account>current")}
          rules={[{ required: true, message: t("account>required") }]}
        >
          <Input type="password" autoComplete="current-password" maxLength={200} />
        </Form.Item>
      </Form>
      {error !== undefined && <ErrorNote error={error} />}
    </Modal>
  );
};
