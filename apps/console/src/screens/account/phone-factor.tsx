import { removePhone, type Security } from "@onegrid/contract";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { PasswordDialog } from "./password-dialog.tsx";
import { PhoneSetup } from "./phone-setup.tsx";

type Props = {
  sms: Security["sms"];
  when(at: string): string;
  onChange(recoveryCodes: string[]): void;
};

/** The phone that codes for signing in go to; not shown where no messages are sent and none is set up. */
export const PhoneFactor = ({ sms, when, onChange }: Props) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState<"set" | "remove">();
  if (!sms.isOffered && sms.phone === null) return null;
  const close = () => setOpen(undefined);
  const done = (recoveryCodes: string[]) => {
    close();
    onChange(recoveryCodes);
  };
  return (
    <div>
      <dt>{t("factor>sms")}</dt>
      <dd>
        {sms.phone !== null && sms.since !== null
          ? t("factor>smsSince", { phone: sms.phone, at: when(sms.since) })
          : t("factor>none")}
        {!sms.isOffered && <span>{t("factor>smsNotOffered")}</span>}
      </dd>
      <dd>
        {sms.isOffered && (
          <Button onClick={() => setOpen("set")}>
            {t(sms.phone === null ? "factor>smsSetUp" : "factor>smsReplace")}
          </Button>
        )}
        {sms.phone !== null && (
          <Button danger onClick={() => setOpen("remove")}>
            {t("factor>remove")}
          </Button>
        )}
      </dd>
      {open === "set" && <PhoneSetup onDone={done} onClose={close} />}
      {open === "remove" && (
        <PasswordDialog
          title={t("factor>wish>remove_phone")}
          onConfirm={async (currentPassword) => {
            await client.call(removePhone, { body: { currentPassword } });
            done([]);
          }}
          onClose={close}
        />
      )}
    </div>
  );
};
