import { listAlerts, readAlerts, type Alert } from "@onegrid/contract";
import { agoWords } from "@onegrid/ui";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Badge, Button, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../platform/client.ts";
import { useNow } from "./use-now.ts";

const alertsQuery = queryOptions({
  queryKey: ["alerts"],
  queryFn: ({ signal }) => client.call(listAlerts, { query: { limit: "20" } }, { signal }),
});

const AlertLine = ({ item, onOpen }: { item: Alert; onOpen: () => void }) => {
  const { t } = useTranslation();
  const now = useNow();
  const isUnread = item.readAt === null;
  return (
    <li className={isUnread ? "alert-line alert-unread" : "alert-line"}>
      <Link to="/cases/$caseId" params={{ caseId: item.caseId }} search={{}} onClick={onOpen}>
        <strong>{t(`alert>${item.kind}`)}</strong> {item.categoryName} · {item.gridName}
        <small>
          {item.number} · {agoWords(t, item.raisedAt, now)}
          {isUnread && <> · {t("bell>unread")}</>}
        </small>
      </Link>
    </li>
  );
};

const AlertList = ({ close }: { close: () => void }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, isPending, isError, refetch } = useQuery(alertsQuery);
  const read = useMutation({
    mutationFn: (body: { what: "all" } | { what: "some"; alertIds: string[] }) =>
      client.call(readAlerts, { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["alerts"] }),
  });
  if (isPending) return <p className="alert-empty">{t("bell>loading")}</p>;
  if (isError) {
    return (
      <p className="alert-empty">
        {t("problem>noAnswer")} <Button onClick={() => void refetch()}>{t("bell>again")}</Button>
      </p>
    );
  }
  if (data.alerts.length === 0) return <p className="alert-empty">{t("bell>empty")}</p>;
  return (
    <>
      <ul className="alert-list">
        {data.alerts.map((item) => (
          <AlertLine
            key={item.alertId}
            item={item}
            onOpen={() => {
              if (item.readAt === null) read.mutate({ what: "some", alertIds: [item.alertId] });
              close();
            }}
          />
        ))}
      </ul>
      {data.unread > 0 && (
        <Button block loading={read.isPending} onClick={() => read.mutate({ what: "all" })}>
          {t("bell>readAll")}
        </Button>
      )}
    </>
  );
};

/** 提醒: what the account should see at once; the number is of those not read yet. */
export const AlertBell = () => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { data } = useQuery(alertsQuery);
  const unread = data?.unread ?? 0;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      title={t("bell>title")}
      content={<AlertList close={() => setOpen(false)} />}
    >
      <button
        type="button"
        className="plain-button alert-bell"
        aria-label={t("bell>label", { n: unread })}
        aria-expanded={open}
        aria-haspopup="dialog"
      >
        <Badge count={unread} size="small" overflowCount={99}>
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
            <path
              fill="none"
              stroke="currentColor"
              strokeWidth="1.8"
              strokeLinejoin="round"
              d="M6 16V10a6 6 0 1 1 12 0v6l1.5 2h-15zM10 20.5h4"
            />
          </svg>
        </Badge>
      </button>
    </Popover>
  );
};
