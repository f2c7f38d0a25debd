import { useTranslation } from "react-i18next";
import { useSession } from "../../platform/session.ts";
import { PasswordForm } from "../account/password-form.tsx";
import { SecurityPart } from "../account/security-part.tsx";

/** The own account: who one is here, and the password. */
export const AccountScreen = () => {
  const { t } = useTranslation();
  const { account } = useSession();
  return (
    <div className="page account">
      <header className="page-head">
        <h1>{account.name}</h1>
        <p>
          {account.login} · {t(`role>${account.role}`)} · {account.unitName ?? account.scopeName}
        </p>
      </header>
      <h2>{t("account>title")}</h2>
      <p className="hint">{t("account>note")}</p>
      <PasswordForm />
      <SecurityPart />
    </div>
  );
};
