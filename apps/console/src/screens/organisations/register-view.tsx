import {
  REGISTER_COLUMNS,
  REGISTERS,
  type RegisterColumn,
  type RegisterName,
  type RegisterRow,
  type RegisterValue,
} from "@onegrid/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Segmented, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { registerQuery } from "../../platform/organisation-queries.ts";
import { SampleBadge } from "../../shared/badges.tsx";
import { PagedTable } from "../../shared/paged-table.tsx";
import { ImportButton } from "../imports/import-button.tsx";
import { RowDialog } from "./row-dialog.tsx";

const shown = (t: TFunction, { kind }: RegisterColumn, value: RegisterValue | undefined) => {
  if (value === null || value === undefined) return "—";
  if (Array.isArray(value)) {
    return value.length === 0 ? "—" : value.map((v) => t(`registerChoice>${v}`)).join("、");
  }
  return kind === "choice" ? t(`registerChoice>${value}`) : String(value);
};

/** Room of a column in pixels, so that a day or a code stays in one line. */
const WIDTHS: Record<RegisterColumn["kind"], number> = {
  code: 150,
  text: 180,
  integer: 80,
  decimal: 110,
  day: 116,
  choice: 116,
  choices: 230,
};
const EDIT_WIDTH = 80;

const minWidthOf = (register: RegisterName): number =>
  REGISTER_COLUMNS[register].reduce((sum, { kind }) => sum + WIDTHS[kind], EDIT_WIDTH);

type Edited = { row: RegisterRow | null } | null;

const columnsOf = (
  t: TFunction,
  register: RegisterName,
  edit: ((row: RegisterRow) => void) | null,
): TableColumnsType<RegisterRow> => [
  ...REGISTER_COLUMNS[register].map((column) => ({
    key: column.key,
    width: WIDTHS[column.kind],
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
          width: EDIT_WIDTH,
          render: (_: unknown, row: RegisterRow) => (
            <Button size="small" onClick={() => edit(row)}>
              {t("organisations>edit")}
            </Button>
          ),
        },
      ]),
];

/** One register at a time: estates, buildings, property companies, owners' committees. */
export const RegisterView = ({
  editable,
  bringsComponents,
}: {
  editable: boolean;
  bringsComponents: boolean;
}) => {
  const { t } = useTranslation();
  const [register, setRegister] = useState<RegisterName>("estates");
  const [q, setQ] = useState("");
  const [edited, setEdited] = useState<Edited>(null);
  const query = useInfiniteQuery(registerQuery(register, q === "" ? {} : { q }));
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
          <>
            <Button onClick={() => setEdited({ row: null })}>
              {t("organisations>addRow", { name: t(`register>${register}`) })}
            </Button>
            <ImportButton kind={register} />
          </>
        )}
        {bringsComponents && <ImportButton kind="components" named />}
      </div>
      <PagedTable
        query={query}
        rowsOf={({ rows }) => rows}
        rowKey="code"
        minWidth={minWidthOf(register)}
        empty={t("organisations>noRows")}
        columns={columnsOf(t, register, editable ? (row) => setEdited({ row }) : null)}
      />
      {edited !== null && (
        <RowDialog register={register} row={edited.row} onClose={() => setEdited(null)} />
      )}
    </section>
  );
};
