import { NOTICE_STATES, type Notice, type NoticeState } from "@onegrid/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Segmented, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { noticesQuery } from "../../platform/staffing-queries.ts";
import { SampleBadge } from "../../shared/badges.tsx";
import { ListExport } from "../../shared/list-export.tsx";
import { PagedTable } from "../../shared/paged-table.tsx";
import { NoticeDialog } from "./notice-dialog.tsx";
import { NoticeDrawer } from "./notice-drawer.tsx";

const columns = (t: TFunction, onOpen: (noticeId: string) => void): TableColumnsType<Notice> => [
  {
    title: t("staffing>noticeTitle"),
    render: (_, notice) => (
      <>
        <button type="button" className="link-button" onClick={() => onOpen(notice.noticeId)}>
          {notice.title}
        </button>{" "}
        {notice.sample && <SampleBadge />}
      </>
    ),
  },
  { title: t("staffing>kind"), width: 110, render: (_, n) => t(`noticeKind>${n.kind}`) },
  { title: t("filter>grid"), render: (_, n) => n.gridName ?? n.gridCode },
  { title: t("filter>state"), width: 100, render: (_, n) => t(`noticeState>${n.state}`) },
  {
    title: t("staffing>termEnds"),
    width: 170,
    render: (_, n) => (n.termEndsAt === null ? "—" : new Date(n.termEndsAt).toLocaleString()),
  },
  {
    title: t("staffing>objections"),
    width: 110,
    render: (_, n) =>
      n.openObjections === 0 ? (
        "—"
      ) : (
        <span className="organisation-missing">
          ▲ {t("staffing>openObjections", { n: n.openObjections })}
        </span>
      ),
  },
];

/** Notices of the own grids by state. */
export const NoticeList = ({ editable }: { editable: boolean }) => {
  const { t } = useTranslation();
  const [state, setState] = useState<NoticeState | "all">("all");
  const [opened, setOpened] = useState<string | null>(null);
  const [writing, setWriting] = useState(false);
  const query = useInfiniteQuery(noticesQuery(state === "all" ? {} : { state }));
  return (
    <section>
      <div className="table-tools">
        <Segmented<NoticeState | "all">
          value={state}
          onChange={setState}
          options={[
            { value: "all", label: t("filter>any") },
            ...NOTICE_STATES.map((value) => ({ value, label: t(`noticeState>${value}`) })),
          ]}
        />
        {editable && (
          <Button type="primary" onClick={() => setWriting(true)}>
            {t("staffing>writeNotice")}
          </Button>
        )}
        <ListExport list="notices" />
      </div>
      <PagedTable
        query={query}
        rowsOf={({ notices }) => notices}
        rowKey="noticeId"
        minWidth={900}
        empty={t("staffing>noNotices")}
        columns={columns(t, setOpened)}
      />
      {writing && <NoticeDialog notice={null} onClose={() => setWriting(false)} />}
      {opened !== null && (
        <NoticeDrawer noticeId={opened} editable={editable} onClose={() => setOpened(null)} />
      )}
    </section>
  );
};
