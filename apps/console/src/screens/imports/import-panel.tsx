import type { ImportKind, RegisterImport } from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { Alert, Button, Progress } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "../../shared/states.tsx";
import { FileDrop } from "./file-drop.tsx";
import { ImportReportView } from "./import-report.tsx";
import { useRegisterImport } from "./use-register-import.ts";

const percentOf = ({ rowsDone, rowsTotal }: RegisterImport): number =>
  rowsTotal === 0 ? 0 : Math.round((rowsDone / rowsTotal) * 100);

/** The template to begin with, and what is stored, as tables. */
const Tables = ({ kind }: { kind: ImportKind }) => {
  const { t, i18n } = useTranslation();
  const language = i18n.language === "en" ? "en" : "zh-CN";
  return (
    <div className="table-tools">
      <Button href={`/api/v1/register-templates/${kind}?language=${language}`} download>
        {t("imports>template")}
      </Button>
      {(["xlsx", "csv"] as const).map((format) => (
        <Button
          key={format}
          href={`/api/v1/register-exports/${kind}?format=${format}&language=${language}`}
          download
        >
          {t("imports>export", { format: format.toUpperCase() })}
        </Button>
      ))}
    </div>
  );
};

type Choosing = { state: RegisterImport; busy: boolean; onApply: (skip: boolean) => void };

/** All of it, or what has no fault: the choice is on the button. */
const Choice = ({ state, busy, onApply }: Choosing) => {
  const { t } = useTranslation();
  const { report, importId } = state;
  if (report === null || report.issues.some(({ row }) => row === null)) return null;
  const { faulty, added, changed, read } = report;
  const good = read - faulty;
  return (
    <div className="table-tools">
      {faulty > 0 && (
        <Button href={`/api/v1/register-imports/${importId}/marked`} download type="primary">
          {t("imports>marked")}
        </Button>
      )}
      {state.state === "checked" && added + changed === 0 && faulty < read && (
        <span>{t("imports>nothingNew")}</span>
      )}
      {state.state === "checked" && added + changed > 0 && (
        <Button
          type={faulty > 0 ? "default" : "primary"}
          loading={busy}
          onClick={() => onApply(faulty > 0)}
        >
          {t(faulty > 0 ? "imports>applySkipping" : "imports>applyAll", { n: good, faulty })}
        </Button>
      )}
    </div>
  );
};

const Outcome = ({ state }: { state: RegisterImport }) => {
  const { t } = useTranslation();
  if (state.state === "failed") {
    const problem = { problem: { code: state.problem ?? "server.unexpected" } };
    return <Alert type="error" showIcon title={problemWords(t, problem)} />;
  }
  const fault = state.report?.issues.find(({ row }) => row === null);
  if (fault !== undefined) {
    const title = t(`problem>${fault.code}`, fault.params);
    return <Alert type="error" showIcon title={title} description={t("imports>nothingChanged")} />;
  }
  if (state.report === null) return null;
  return (
    <>
      {state.state === "applied" ? (
        <Alert type="success" showIcon title={t("imports>applied")} />
      ) : (
        <p className="hint">{t("imports>preview")}</p>
      )}
      <ImportReportView report={state.report} />
    </>
  );
};

/** Brings a table of one kind in: choose, look, store. Nothing changes before the last step. */
export const ImportPanel = ({ kind }: { kind: ImportKind }) => {
  const { t } = useTranslation();
  const { state, busy, error, upload, apply, again } = useRegisterImport(kind);
  return (
    <section className="import-panel" aria-label={t("imports>title")}>
      <Tables kind={kind} />
      {state === undefined ? (
        <FileDrop onFile={upload} />
      ) : (
        <div className="import-file">
          <strong>{state.fileName}</strong>
          {!busy && <Button onClick={again}>{t("imports>another")}</Button>}
        </div>
      )}
      {busy && (
        <output className="block">
          {t(state?.state === "applying" ? "imports>applying" : "imports>checking")}
          <Progress percent={state === undefined ? 0 : percentOf(state)} status="active" />
        </output>
      )}
      {error && <ErrorNote error={error} />}
      {state !== undefined && !busy && (
        <>
          <Outcome state={state} />
          <Choice state={state} busy={busy} onApply={(skip) => apply(skip ? "skip" : "refuse")} />
        </>
      )}
    </section>
  );
};
