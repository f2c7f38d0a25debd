import type { MovedDeadline } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { Link } from "@tanstack/react-router";
import { Checkbox, Table } from "antd";
import { useTranslation } from "react-i18next";

export const MOVED_ROWS = 10;

type Props = {
  total: number;
  rows: readonly MovedDeadline[];
  page: number;
  timeZone: string;
  loading: boolean;
  moveCases: boolean;
  onPage: (page: number) => void;
  onMoveCases: (moveCases: boolean) => void;
};

/** Open cases that the edit would move, old deadline and new, and whether to move them. */
export const MovedCases = ({ total, rows, page, timeZone, loading, ...props }: Props) => {
  const { t } = useTranslation();
  if (total === 0) return <p>{t("calendarEdit>noneMoved")}</p>;
  return (
    <section>
      <h3>{t("calendarEdit>moved", { n: total })}</h3>
      <Table<MovedDeadline>
        rowKey="caseId"
        size="small"
        loading={loading}
        dataSource={[...rows]}
        pagination={{
          current: page,
          pageSize: MOVED_ROWS,
          total,
          hideOnSinglePage: true,
          showSizeChanger: false,
          onChange: props.onPage,
        }}
        columns={[
          {
            title: t("calendarEdit>number"),
            render: (_, one) => (
              <Link to="/cases/$caseId" params={{ caseId: one.caseId }}>
                {one.number}
              </Link>
            ),
          },
          {
            title: t("calendarEdit>oldDue"),
            render: (_, one) => instantWords(one.dueAt, timeZone),
          },
          {
            title: t("calendarEdit>newDue"),
            render: (_, one) => instantWords(one.newDueAt, timeZone),
          },
        ]}
      />
      <Checkbox
        checked={props.moveCases}
        onChange={(event) => props.onMoveCases(event.target.checked)}
      >
        {t("calendarEdit>moveCases")}
      </Checkbox>
      <p className="hint">{t("calendarEdit>keepNote")}</p>
    </section>
  );
};
