import type { ImportIssue, ImportReport } from "@onegrid/contract";
import { Table, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";

const columns = (t: TFunction): TableColumnsType<ImportIssue & { key: number }> => [
  { title: t("imports>row"), width: 80, render: (_, { row }) => row ?? "—" },
  {
    title: t("imports>column"),
    width: 160,
    render: (_, { column }) => (column === null ? "—" : t(`registerColumn>${column}`)),
  },
  {
    title: t("imports>problem"),
    render: (_, { code, params }) => t(`problem>${code}`, params),
  },
  {
    title: t("imports>found"),
    width: 180,
    render: (_, { found }) => <span className="import-found">{found ?? "—"}</span>,
  },
];

const Figure = ({ words, n, wrong = false }: { words: string; n: number; wrong?: boolean }) => (
  <li className={wrong ? "import-figure import-figure-wrong" : "import-figure"}>
    <strong>{n.toLocaleString()}</strong>
    <span>{words}</span>
  </li>
);

/** What a table would do or did: figures, which heading was taken for which column, each fault. */
export const ImportReportView = ({ report }: { report: ImportReport }) => {
  const { t } = useTranslation();
  const { read, added, changed, unchanged, faulty, issues, issueCount, ignored } = report;
  return (
    <>
      <ul className="import-figures">
        <Figure words={t("imports>read")} n={read} />
        <Figure words={t("imports>added")} n={added} />
        <Figure words={t("imports>changed")} n={changed} />
        <Figure words={t("imports>unchanged")} n={unchanged} />
        <Figure words={t("imports>faulty")} n={faulty} wrong={faulty > 0} />
      </ul>
      <details>
        <summary>
          {t("imports>matched", { n: report.columns.length })}
          {ignored.length > 0 && ` · ${t("imports>ignored", { names: ignored.join("、") })}`}
        </summary>
        <ul className="import-columns">
          {report.columns.map(({ key, heading }) => (
            <li key={key}>
              {heading} → {t(`registerColumn>${key}`)}
            </li>
          ))}
        </ul>
      </details>
      {issues.length > 0 && (
        <>
          <Table
            size="small"
            rowKey="key"
            columns={columns(t)}
            dataSource={issues.map((issue, key) => ({ ...issue, key }))}
            pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
            scroll={{ x: 620 }}
          />
          {issueCount > issues.length && (
            <p className="hint">
              {t("imports>moreIssues", { shown: issues.length, all: issueCount })}
            </p>
          )}
        </>
      )}
    </>
  );
};
