import {
  REGISTER_COLUMNS,
  REGISTERS,
  type RegisterColumn,
  type RegisterName,
  type RegisterRow,
  type RegisterValue,
} from "@onegrid/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Segmented, Table, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { registerQuery } from "../../platform/organisation-queries.ts";
import { SampleBadge } from "../../shared/badges.tsx";
import { EmptyNote, ErrorNote } from "../../shared/states.tsx";
import { RowDialog } from "./row-dialog.tsx";

const shown = (t: TFunction, { kind }: RegisterColumn, value: RegisterValue | undefined) => {
  if (value === null || value === undefined) return "—";
  if (Array.isArray(value)) {
    return value.length === 0 ? "—" : value.map((v) => t(`registerChoice>${v}`)).join("、");
  }
  return kind === "choice" ? t(`registerChoice>${value}`) : String(value);
};

type Edited = { row: RegisterRow | null } | null;

const columnsOf = (
  t: TFunction,
  register: RegisterName,
  edit: ((row: RegisterRow) => void) | null,
): TableColumnsType<RegisterRow> => [
  ...REGISTER_COLUMNS[register].map((column) => ({
    key: column.key,
    title: t(`registerColumn>${column.key}`),
    render: (_: unknown, row: RegisterRow) => (
      <>
        {shown(t, column, row.values[column.key])}{" "}
        {column.key === "name" && row.sample && <SampleBadge />}
      </>
    ),
  })),
  ...(edit === null
    ? []
    : [
        {
          key: "edit",
          title: t("organisations>edit"),
          width: 80,
          render: (_: unknown, row: RegisterRow) => (
            <Button size="small" onClick={() => edit(row)}>
              {t("organisations>edit")}
            </Button>
          ),
        },
      ]),
];

/** One register at a time: estates, buildings, property companies, owners' committees. */
export const RegisterView = ({ editable }: { editable: boolean }) => {
  const { t } = useTranslation();
  const [register, setRegister] = useState<RegisterName>("estates");
  const [q, setQ] = useState("");
  const [edited, setEdited] = useState<Edited>(null);
  const query = useInfiniteQuery(registerQuery(register, q === "" ? {} : { q }));
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <section>
      <div className="table-tools">
        <Segmented<RegisterName>
          value={register}
          onChange={setRegister}
          options={REGISTERS.map((value) => ({ value, label: t(`register>${value}`) }))}
        />
        <Input.Search
          allowClear
          aria-label={t("organisations>search")}
          placeholder={t("organisations>search")}
          onSearch={(typed) => setQ(typed.trim())}
        />
        {editable && (
          <Button onClick={() => setEdited({ row: null })}>
            {t("organisations>addRow", { name: t(`register>${register}`) })}
          </Button>
        )}
      </div>
      {query.error ? (
        <ErrorNote error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Table<RegisterRow>
          size="small"
          rowKey="code"
          loading={query.isPending}
          columns={columnsOf(t, register, editable ? (row) => setEdited({ row }) : null)}
          dataSource={rows}
          pagination={false}
          scroll={{ x: 1100 }}
          locale={{ emptyText: <EmptyNote words={t("organisations>noRows")} /> }}
        />
      )}
      {query.hasNextPage && (
        <Button block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t("organisations>more")}
        </Button>
      )}
      {edited !== null && (
        <RowDialog register={register} row={edited.row} onClose={() => setEdited(null)} />
      )}
    </section>
  );
};
