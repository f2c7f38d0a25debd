import type { Department } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Table, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { departmentsQuery } from "../../platform/queries.ts";
import { NetTag, SampleBadge } from "../../shared/badges.tsx";
import { ListExport } from "../../shared/list-export.tsx";
import { ErrorNote } from "../../shared/states.tsx";

const columns = (t: TFunction): TableColumnsType<Department> => [
  { title: t("configuration>code"), dataIndex: "unitCode", width: 140 },
  {
    title: t("configuration>name"),
    render: (_, d) => (
      <>
        {d.name} {d.sample && <SampleBadge />}
      </>
    ),
  },
  {
    title: t("filter>net"),
    render: (_, d) => (
      <span className="net-list">
        {d.nets.map((net) => (
          <NetTag key={net} net={net} />
        ))}
      </span>
    ),
  },
  { title: t("configuration>dutyPhone"), width: 160, render: (_, d) => d.dutyPhone ?? "—" },
];

/** Departments that can be given cases. Duty phones belong to the post, not to a person. */
export const DepartmentList = () => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(departmentsQuery);
  return (
    <section>
      <div className="table-tools">
        <ListExport list="departments" />
      </div>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      <Table
        rowKey="unitCode"
        size="small"
        loading={isPending}
        columns={columns(t)}
        dataSource={data ?? []}
        pagination={false}
        scroll={{ x: 640 }}
      />
    </section>
  );
};
