import type { GridChange } from "@onegrid/contract";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { GRID_MAP } from "../../platform/grid-change-queries.ts";
import { useSession } from "../../platform/session.ts";
import { NoticeDrawer } from "../staffing/notice-drawer.tsx";

/** How the notice 公示 about a change stands, and what of it is waited for. */
export const ChangeNotice = ({ change }: { change: GridChange }) => {
  const { t, i18n } = useTranslation();
  const { account } = useSession();
  const queries = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const close = () => {
    setIsOpen(false);
    // An objection that was answered meanwhile no longer holds it up.
    void queries.invalidateQueries({ queryKey: [GRID_MAP] });
  };
  const { notice, hold } = change;
  const termEndsAt = notice?.termEndsAt ?? null;
  const until =
    termEndsAt === null
      ? ""
      : new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" }).format(
          new Date(termEndsAt),
        );
  const words =
    hold === null
      ? notice !== null && t("grids>noticeStands", { at: until })
      : t(`gridChangeHold>${hold}`, { at: until, n: notice?.openObjections ?? 0 });
  if (words === false) return null;
  return (
    <>
      <Alert
        type={hold === null ? "success" : hold.startsWith("objection") ? "warning" : "info"}
        showIcon
        title={words}
        action={
          notice !== null && (
            <Button size="small" onClick={() => setIsOpen(true)}>
              {t("reassignment>openNotice")}
            </Button>
          )
        }
      />
      {notice !== null && isOpen && (
        <NoticeDrawer
          noticeId={notice.noticeId}
          editable={account.role === "county_centre" || account.role === "street"}
          onClose={close}
        />
      )}
    </>
  );
};
