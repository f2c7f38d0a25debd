import { NETS, type FormerPost, type Net, type Reassignment } from "@onegrid/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Input, Select, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formerPostsQuery } from "../../platform/reassignment-queries.ts";
import { PagedTable } from "../../shared/paged-table.tsx";
import { ImportButton } from "../imports/import-button.tsx";
import { today } from "../../shared/today.ts";
import { MoveButton } from "./move-bar.tsx";

const columns = (t: TFunction): TableColumnsType<FormerPost> => [
  { title: t("registerColumn>personName"), dataIndex: "personName", width: 110 },
  { title: t("registerColumn>net"), width: 110, render: (_, { net }) => t(`net>${net}`) },
  { title: t("registerColumn>formerRole"), dataIndex: "role" },
  { title: t("filter>grid"), render: (_, { gridName, gridCode }) => gridName ?? gridCode },
  {
    title: t("reassignment>endedOn"),
    width: 130,
    render: (_, { endedOn }) => endedOn ?? t("reassignment>notEnded"),
  },
];

/** 列名单: everybody who served in the old four networks, and the one day on which that ends. */
export const ListingStep = ({ round }: { round: Reassignment }) => {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const [net, setNet] = useState<Net | undefined>();
  const [endsOn, setEndsOn] = useState(today);
  const query = useInfiniteQuery(
    formerPostsQuery({ grid: round.streetCode, ...(q !== "" && { q }), ...(net && { net }) }),
  );
  const { listed, ended } = round.former;
  return (
    <>
      <div className="table-tools">
        <Input.Search
          allowClear
          aria-label={t("reassignment>searchFormer")}
          placeholder={t("reassignment>searchFormer")}
          onSearch={(typed) => setQ(typed.trim())}
        />
        <Select<Net>
          allowClear
          aria-label={t("registerColumn>net")}
          placeholder={t("reassignment>allNets")}
          value={net ?? null}
          onChange={setNet}
          options={NETS.map((value) => ({ value, label: t(`net>${value}`) }))}
        />
        <ImportButton kind="former_posts" named />
      </div>
      <p>{t("reassignment>formerCounts", { listed, ended })}</p>
      <PagedTable
        query={query}
        rowsOf={({ formerPosts }) => formerPosts}
        rowKey="code"
        minWidth={620}
        empty={t("reassignment>noFormer")}
        columns={columns(t)}
      />
      <footer className="guide-moves">
        {round.state === "listing" && (
          <label className="guide-day">
            {t("reassignment>endsOn")}
            <Input type="date" value={endsOn} onChange={({ target }) => setEndsOn(target.value)} />
          </label>
        )}
        {(round.state === "listing" || ended < listed) && (
          <MoveButton
            round={round}
            move="end_former"
            counts={{ n: listed - ended, day: round.endsOn ?? endsOn }}
            body={round.state === "listing" ? { endsOn } : {}}
          />
        )}
        <MoveButton round={round} move="restore_former" counts={{ n: ended }} kind="default" />
      </footer>
    </>
  );
};
