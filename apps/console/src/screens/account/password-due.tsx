import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { leave, useSession } from "../../platform/session.ts";
import { PasswordForm } from "./password-form.tsx";

/** The password was given by somebody else or has run out: it is changed before anything else. */
export const PasswordDue = () => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { account } = useSession();
  return (
    <main className="page account password-due" id="main">
      <header className="page-head">
        <h1>{t("account>due")}</h1>
        <p>{t("account>dueWhy", { name: account.name })}</p>
      </header>
      <PasswordForm />
      <p>
        <button
          type="button"
          className="plain-button"
          onClick={() => void leave(queries).then(() => navigate({ to: "/sign-in", search: {} }))}
        >
          {t("session>signOut")}
        </button>
      </p>
    </main>
  );
};
