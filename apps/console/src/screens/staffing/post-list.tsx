import type { Post } from "@onegrid/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Checkbox, Input, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { postsQuery } from "../../platform/staffing-queries.ts";
import { SampleBadge } from "../../shared/badges.tsx";
import { PagedTable } from "../../shared/paged-table.tsx";
import { ImportButton } from "../imports/import-button.tsx";
import { AppointDialog, EndDialog } from "./appointment-dialogs.tsx";
import { PostDialog } from "./post-dialog.tsx";

type Deed = { kind: "open" } | { kind: "appoint" | "end"; post: Post };

const columns = (t: TFunction, act: ((deed: Deed) => void) | null): TableColumnsType<Post> => [
  {
    title: t("staffing>post"),
    render: (_, post) => (
      <>
        {post.templateName} {post.sample && <SampleBadge />}
      </>
    ),
  },
  { title: t("filter>grid"), render: (_, post) => post.gridName ?? post.gridCode },
  {
    title: t("staffing>holder"),
    render: (_, post) =>
      post.holder === null ? (
        <span className="organisation-missing">▲ {t("staffing>vacant")}</span>
      ) : (
        `${post.holder.name}（${post.holder.beginsOn}）`
      ),
  },
  {
    title: t("staffing>acknowledged"),
    width: 120,
    render: (_, { holder, dutyVersion }) =>
      holder === null || dutyVersion === 0
        ? "—"
        : t(holder.dutyVersion === dutyVersion ? "common>yes" : "common>no"),
  },
  { title: t("configuration>dutyPhone"), width: 140, render: (_, post) => post.dutyPhone ?? "—" },
  ...(act === null
    ? []
    : [
        {
          title: t("staffing>act"),
          width: 110,
          render: (_: unknown, post: Post) => (
            <Button
              size="small"
              onClick={() => act({ kind: post.holder === null ? "appoint" : "end", post })}
            >
              {t(post.holder === null ? "staffing>appoint" : "staffing>end")}
            </Button>
          ),
        },
      ]),
];

/** Posts of today or of any past day, who holds them, and what can be done about it. */
export const PostList = ({ editable }: { editable: boolean }) => {
  const { t } = useTranslation();
  const [filters, setFilters] = useState<{ q?: string; on?: string; vacant?: "true" }>({});
  const [deed, setDeed] = useState<Deed | null>(null);
  const query = useInfiniteQuery(postsQuery(filters));
  const set = (key: "q" | "on", value: string) =>
    setFilters(({ [key]: _before, ...others }) =>
      value === "" ? others : { ...others, [key]: value },
    );
  const close = () => setDeed(null);
  return (
    <section>
      <div className="table-tools">
        <Input.Search
          allowClear
          aria-label={t("staffing>search")}
          placeholder={t("staffing>search")}
          onSearch={(typed) => set("q", typed.trim())}
        />
        <label htmlFor="posts-on">{t("organisations>on")}</label>
        <Input
          id="posts-on"
          type="date"
          style={{ width: 160 }}
          onChange={({ target }) => set("on", target.value)}
        />
        <Checkbox
          onChange={({ target }) =>
            setFilters(({ vacant: _before, ...others }) =>
              target.checked ? { ...others, vacant: "true" } : others,
            )
          }
        >
          {t("staffing>vacantOnly")}
        </Checkbox>
        {editable && (
          <>
            <Button type="primary" onClick={() => setDeed({ kind: "open" })}>
              {t("staffing>openPost")}
            </Button>
            <ImportButton kind="posts" />
          </>
        )}
      </div>
      <PagedTable
        query={query}
        rowsOf={({ posts }) => posts}
        rowKey="postCode"
        minWidth={900}
        empty={t("staffing>noPosts")}
        columns={columns(t, editable ? setDeed : null)}
      />
      {deed?.kind === "open" && <PostDialog onClose={close} />}
      {deed?.kind === "appoint" && <AppointDialog post={deed.post} onClose={close} />}
      {deed?.kind === "end" && <EndDialog post={deed.post} onClose={close} />}
    </section>
  );
};
