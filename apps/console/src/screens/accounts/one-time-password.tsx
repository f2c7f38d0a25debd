import { useTranslation } from "react-i18next";
import { ShownOnce } from "../../shared/shown-once.tsx";

/** A first password, shown this once. */
export const OneTimePassword = ({ password, onClose }: { password: string; onClose(): void }) => {
  const { t } = useTranslation();
  return (
    <ShownOnce
      title={t("accounts>password")}
      warning={t("accounts>passwordOnce")}
      className="one-time-password"
      secret={password}
      onClose={onClose}
    />
  );
};
