import type { View } from "../view.ts";

type Part = { receiptCode: string; isWrong: boolean; view: View };

/** What is kept about the receipt's holder: to take along, or to have deleted. Folded: few need it. */
export const OwnDataPart = ({ receiptCode, isWrong, view }: Part) => {
  const { t } = view;
  const at = `/receipts/${encodeURIComponent(receiptCode)}`;
  return (
    <details className="say-back own-data screen-only" open={isWrong}>
      <summary>{t("portal>ownData>heading")}</summary>
      <p>{t("portal>ownData>lead")}</p>
      <form method="post" action={`${at}/data`}>
        <button className="button">{t("portal>ownData>take")}</button>
      </form>
      <form method="post" action={`${at}/removal`}>
        {isWrong && (
          <p className="problem" id="removal-problem" role="alert">
            {t("portal>problem>form.removal_unconfirmed")}
          </p>
        )}
        <label className="tick">
          <input
            type="checkbox"
            name="confirmed"
            value="yes"
            required
            {...(isWrong && {
              "aria-invalid": true as const,
              "aria-describedby": "removal-problem",
            })}
          />
          <span>{t("portal>ownData>confirm")}</span>
        </label>
        <button className="button">{t("portal>ownData>remove")}</button>
      </form>
    </details>
  );
};
