import { useEffect, type ReactNode } from "react";
import { hrefOf, type Route } from "../router.ts";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../words.ts";

type ScreenHeadProps = {
  title: string;
  /** Where the way back leads; none on the four main screens. */
  back?: Route;
  children?: ReactNode;
};

/** Title of a screen, of the page too, and what may stand beside it. */
export const ScreenHead = ({ title, back, children }: ScreenHeadProps) => {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · ${t("app>name")}`;
  }, [title, t]);
  return (
    <header className="screen-head">
      {back && (
        <a className="icon-button" href={hrefOf(back)} aria-label={t("app>back")}>
          <Icon name="back" />
        </a>
      )}
      <h1>{title}</h1>
      {children}
    </header>
  );
};
