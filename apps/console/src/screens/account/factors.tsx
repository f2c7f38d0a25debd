import {
  addPasskey,
  offerPasskey,
  offerTotp,
  removePasskey,
  removeTotp,
  renewRecoveryCodes,
  type Security,
} from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import {
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
} from "@simplewebauthn/browser";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { countyQuery } from "../../platform/queries.ts";
import { PasswordDialog } from "./password-dialog.tsx";
import { PhoneFactor } from "./phone-factor.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { securityQuery } from "./security-query.ts";
import { TotpSetup, type TotpOffer } from "./totp-setup.tsx";

/** What the password dialog was opened for. */
type Wish =
  | { kind: "set_totp" | "remove_totp" | "renew" | "add_passkey" }
  | { kind: "remove_passkey"; credentialId: string };

const makePasskey = async (currentPassword: string, name: string): Promise<void> => {
  const { challenge, options } = await client.call(offerPasskey, { body: { currentPassword } });
  const response = await startRegistration({
    // The server's library made it; the contract only says that it is an object.
    optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON,
  });
  await client.call(addPasskey, { body: { challenge, name, response: { ...response } } });
};

/** Authenticator app, phone, passkeys and recovery codes of the own account. */
export const Factors = ({ security }: { security: Security }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: county } = useQuery(countyQuery);
  const [wish, setWish] = useState<Wish>();
  const [offer, setOffer] = useState<TotpOffer>();
  const [codes, setCodes] = useState<string[]>();
  const when = (at: string) => instantWords(at, county?.timeZone ?? "UTC");
  const refresh = () => queries.invalidateQueries({ queryKey: securityQuery.queryKey });

  const confirm = async (asked: Wish, currentPassword: string) => {
    const body = { currentPassword };
    if (asked.kind === "set_totp") setOffer(await client.call(offerTotp, { body }));
    if (asked.kind === "remove_totp") await client.call(removeTotp, { body });
    if (asked.kind === "renew") {
      setCodes((await client.call(renewRecoveryCodes, { body })).recoveryCodes);
    }
    if (asked.kind === "add_passkey") {
      await makePasskey(currentPassword, `${t("factor>passkey")} ${security.passkeys.length + 1}`);
    }
    if (asked.kind === "remove_passkey") {
      await client.call(removePasskey, { body: { ...body, credentialId: asked.credentialId } });
    }
    setWish(undefined);
    await refresh();
  };

  return (
    <section aria-labelledby="factors">
      <h2 id="factors">{t("factor>title")}</h2>
      {security.factorRequired && <Alert type="info" showIcon title={t("factor>required")} />}
      <dl className="factor-list">
        <div>
          <dt>{t("factor>totp")}</dt>
          <dd>
            {security.totpSince
              ? t("factor>since", { at: when(security.totpSince) })
              : t("factor>none")}
          </dd>
          <dd>
            <Button onClick={() => setWish({ kind: "set_totp" })}>
              {t(security.totpSince ? "factor>replace" : "factor>setUp")}
            </Button>
            {security.totpSince && (
              <Button danger onClick={() => setWish({ kind: "remove_totp" })}>
                {t("factor>remove")}
              </Button>
            )}
          </dd>
        </div>
        <PhoneFactor
          sms={security.sms}
          when={when}
          onChange={(fresh) => {
            if (fresh.length > 0) setCodes(fresh);
            void refresh();
          }}
        />
        {security.passkeys.map((key) => (
          <div key={key.credentialId}>
            <dt>{key.name}</dt>
            <dd>{t("factor>since", { at: when(key.createdAt) })}</dd>
            <dd>
              <Button
                danger
                onClick={() => setWish({ kind: "remove_passkey", credentialId: key.credentialId })}
              >
                {t("factor>remove")}
              </Button>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t("factor>passkey")}</dt>
          <dd>{t("factor>passkeyNote")}</dd>
          <dd>
            <Button onClick={() => setWish({ kind: "add_passkey" })}>{t("factor>add")}</Button>
          </dd>
        </div>
        <div>
          <dt>{t("factor>recovery")}</dt>
          <dd>{t("factor>codesLeft", { n: security.recoveryCodesLeft })}</dd>
          <dd>
            <Button onClick={() => setWish({ kind: "renew" })}>{t("factor>renew")}</Button>
          </dd>
        </div>
      </dl>
      {wish && (
        <PasswordDialog
          title={t(`factor>wish>${wish.kind}`)}
          onConfirm={(password) => confirm(wish, password)}
          onClose={() => setWish(undefined)}
        />
      )}
      {offer && (
        <TotpSetup
          offer={offer}
          onClose={() => setOffer(undefined)}
          onDone={(fresh) => {
            setOffer(undefined);
            setCodes(fresh);
            void refresh();
          }}
        />
      )}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </section>
  );
};
