import type { SendingChannel } from "@onegrid/contract";
import type { View } from "../view.ts";

/** Which of the words fit the channels that the county offers. */
export const channelsKey = (offered: readonly SendingChannel[]): "both" | SendingChannel =>
  offered.length > 1 ? "both" : (offered[0] ?? "email");

/** Where to send news, with the consent beside it: the address alone is not used. */
export const UpdatesControls = (props: {
  id: string;
  offered: readonly SendingChannel[];
  updatesTo: string;
  agreed: boolean;
  keptDays: number;
  describedBy: string;
  invalid: boolean;
  view: View;
}) => {
  const { id, offered, updatesTo, agreed, keptDays, describedBy, invalid, view } = props;
  const { t } = view;
  return (
    <>
      <input
        id={id}
        name="updatesTo"
        defaultValue={updatesTo}
        maxLength={120}
        autoComplete={offered.includes("email") ? "email" : "tel"}
        inputMode={offered.length > 1 ? "text" : offered.includes("email") ? "email" : "tel"}
        spellCheck={false}
        autoCapitalize="none"
        aria-describedby={describedBy}
        {...(invalid && { "aria-invalid": true as const })}
      />
      <label className="tick">
        <input type="checkbox" name="updatesAgreed" value="yes" defaultChecked={agreed} />
        <span>{t("portal>updates>consent", { days: keptDays })}</span>
      </label>
    </>
  );
};
