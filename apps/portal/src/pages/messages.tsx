import type { View } from "../view.ts";

/** Where a letter's link leads: its receiver says yes or no by a button, never by looking. */
export const MessagesPage = (props: {
  token: string;
  state: "waits" | "confirmed" | "stopped" | "unknown";
  view: View;
}) => {
  const { token, state, view } = props;
  const { t } = view;
  return (
    <div className="narrow">
      <h1>{t(`portal>messages>heading>${state}`)}</h1>
      <p>{t(`portal>messages>lead>${state}`)}</p>
      {state === "waits" && (
        <form method="post" action={`/messages/${token}`}>
          <p className="send">
            <button className="button primary">{t("portal>messages>confirm")}</button>
          </p>
        </form>
      )}
      {(state === "waits" || state === "confirmed") && (
        <form method="post" action={`/messages/${token}/stop`}>
          <p className="send">
            <button className="button">{t("portal>messages>stop")}</button>
          </p>
        </form>
      )}
      <p className="actions">
        <a className="button" href="/track">
          {t("portal>home>track")}
        </a>
      </p>
    </div>
  );
};
