import type { View } from "../view.ts";

/** Ask for the code of a receipt. A code that is not found stays in the field to be mended. */
export const TrackPage = (props: { receiptCode: string; problem: string | null; view: View }) => {
  const { receiptCode, problem, view } = props;
  const { t } = view;
  return (
    <div className="narrow">
      <h1>{t("portal>track>heading")}</h1>
      <form method="post" action="/track">
        <div className={problem === null ? "field" : "field wrong"}>
          <label htmlFor="receiptCode">{t("portal>track>label")}</label>
          <p className="hint" id="receiptCode-hint">
            {t("portal>track>hint")}
          </p>
          {problem !== null && (
            <p className="problem" id="receiptCode-problem" role="alert">
              {t(`problem>${problem}`)}
            </p>
          )}
          <input
            id="receiptCode"
            name="receiptCode"
            className="code-input"
            defaultValue={receiptCode}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={60}
            required
            aria-describedby={
              problem === null ? "receiptCode-hint" : "receiptCode-problem receiptCode-hint"
            }
            {...(problem !== null && { "aria-invalid": true as const })}
          />
        </div>
        <p className="send">
          <button className="button primary">{t("portal>track>button")}</button>
        </p>
      </form>
      <p className="hint">{t("portal>track>lost")}</p>
    </div>
  );
};
