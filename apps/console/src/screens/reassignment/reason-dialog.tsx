import type { Reassignment } from "@onegrid/contract";
import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../shared/states.tsx";
import { useAct } from "./use-act.ts";

type Props = {
  reassignmentId: string;
  title: string;
  okText: string;
  /** Without words it is not done. */
  required: boolean;
  deed: (reason: string) => Promise<Reassignment>;
  onClose: () => void;
};

/** Asks why: what is decided about somebody is on record with its reason. */
export const ReasonDialog = ({ reassignmentId, title, okText, required, deed, onClose }: Props) => {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const act = useAct(reassignmentId);
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{ disabled: required && reason.trim() === "" }}
      onOk={() => act.mutate(() => deed(reason.trim()), { onSuccess: onClose })}
      onCancel={onClose}
      confirmLoading={act.isPending}
    >
      <label htmlFor="why">
        {t(required ? "organisations>reason" : "reassignment>optionalReason")}
      </label>
      <Input.TextArea
        id="why"
        maxLength={200}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      {act.error && <ErrorNote error={act.error} />}
    </Modal>
  );
};
