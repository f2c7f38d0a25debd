import type { CaseDetail } from "@onegrid/contract";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

type Props = {
  shown: CaseDetail;
  /** Version that was on screen when the action was chosen. */
  seenVersion: number;
  stillAllowed: boolean;
  onAccept: () => void;
};

/** What others did to the case since it was looked at, and the choice to go on all the same. */
export const ConflictNote = ({ shown, seenVersion, stillAllowed, onAccept }: Props) => {
  const { t } = useTranslation();
  const news = shown.events.filter((event) => event.seq > seenVersion);
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={t("problem>cases.version_conflict")}
      description={
        <>
          <ul className="conflict-news">
            {news.map((event) => (
              <li key={event.seq}>
                {event.actorName ?? t(`role>${event.actorRole}`)}：{t(`event>${event.kind}`)}
                {event.note !== null && `「${event.note}」`}
              </li>
            ))}
          </ul>
          <p>
            {t("case>nowIs", { state: t(`state>${shown.state}`) })}
            {!stillAllowed && t("case>noLongerPossible")}
          </p>
          {stillAllowed && (
            <Button size="small" onClick={onAccept}>
              {t("case>goOnAnyway")}
            </Button>
          )}
        </>
      }
    />
  );
};
