import { problemWords } from "@onegrid/ui";
import { Link, type ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** While the code of a screen is on its way. */
export const Pending = () => {
  const { t } = useTranslation();
  return <output className="page-note block">{t("common>loading")}</output>;
};

/** When a screen could not be drawn: what to do, never a blank page. */
export const ScreenFailed = ({ error, reset }: ErrorComponentProps) => {
  const { t } = useTranslation();
  return (
    <div className="page-note" role="alert">
      <p>{problemWords(t, error)}</p>
      <button type="button" className="plain-button" onClick={reset}>
        {t("common>retry")}
      </button>
    </div>
  );
};

export const NotFound = () => {
  const { t } = useTranslation();
  return (
    <div className="page-note">
      <p>{t("problem>request.no_such_path")}</p>
      <Link to="/">{t("nav>start")}</Link>
    </div>
  );
};
