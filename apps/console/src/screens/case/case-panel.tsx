import { CloseOutlined, FilePdfOutlined, PrinterOutlined } from "@ant-design/icons";
import type { CaseDetail } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { caseQuery, countyQuery } from "../../platform/queries.ts";
import { EmergencyTag, SampleBadge, StateTag } from "../../shared/badges.tsx";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { useShortcuts } from "../../shared/use-shortcuts.ts";
import { BeforeAfter } from "./before-after.tsx";
import { CaseActions } from "./case-actions.tsx";
import { CaseClocks } from "./case-clocks.tsx";
import { CaseFacts } from "./case-facts.tsx";
import { CaseTimeline } from "./case-timeline.tsx";
import { ReporterContact } from "./reporter-contact.tsx";
import { SideSection } from "./side-section.tsx";

/** Whose reports may come with a person's contact. */
const PERSONS: ReadonlySet<CaseDetail["source"]> = new Set(["resident", "hotline", "walk_in"]);

const CaseBody = ({ shown }: { shown: CaseDetail }) => {
  const { t } = useTranslation();
  const { data: county } = useQuery(countyQuery);
  const timeZone = county?.timeZone ?? "Asia/Shanghai";
  return (
    <>
      {shown.emergency && <p className="emergency-note">{t("emergencyCall")}</p>}
      <p className="case-words">{shown.description}</p>
      <BeforeAfter shown={shown} timeZone={timeZone} />
      <CaseActions shown={shown} />
      <CaseClocks clocks={shown.clocks} timeZone={timeZone} />
      <SideSection shown={shown} timeZone={timeZone} />
      <CaseFacts shown={shown} timeZone={timeZone} />
      {PERSONS.has(shown.source) && <ReporterContact caseId={shown.caseId} />}
      <h3>{t("case>timeline")}</h3>
      <CaseTimeline events={shown.events} timeZone={timeZone} />
    </>
  );
};

const Panel = ({ caseId }: { caseId: string }) => {
  const { t, i18n } = useTranslation();
  const search = useSearch({ from: "/signed-in/cases" });
  const navigate = useNavigate();
  const { data, error, isPending, refetch } = useQuery(caseQuery(caseId));
  const panel = useRef<HTMLElement>(null);
  const close = () => {
    const row = document.querySelector<HTMLElement>(`#case-row-${caseId}`);
    void navigate({ to: "/cases", search }).then(() => row?.focus());
  };
  const toActions = () =>
    panel.current?.querySelector<HTMLElement>(".case-actions button:enabled")?.focus();
  useShortcuts({ Escape: close, a: toActions });
  useEffect(() => panel.current?.focus({ preventScroll: true }), []);

  return (
    <aside
      className="case-panel"
      aria-label={t("case>label", { number: data?.number ?? "" })}
      tabIndex={-1}
      ref={panel}
    >
      <header>
        <div>
          <h2>{data?.categoryName ?? t("case>title")}</h2>
          {data && (
            <p>
              <StateTag state={data.state} />
              {data.emergency && <EmergencyTag />}
              <span>{data.number}</span>
              {data.sample && <SampleBadge />}
            </p>
          )}
        </div>
        <Button
          type="text"
          icon={<FilePdfOutlined aria-hidden />}
          aria-label={t("case>file")}
          title={t("case>file")}
          href={`/api/v1/cases/${caseId}/file?language=${i18n.language === "en" ? "en" : "zh-CN"}`}
          download
        />
        <Button
          type="text"
          icon={<PrinterOutlined aria-hidden />}
          aria-label={t("case>print")}
          title={t("case>print")}
          onClick={() => print()}
        />
        <Button
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t("common>close")}
          onClick={close}
        />
      </header>
      <div className="case-panel-body">
        {error && <ErrorNote error={error} retry={() => void refetch()} />}
        {isPending && <Loading rows={12} />}
        {data && <CaseBody shown={data} />}
      </div>
    </aside>
  );
};

/** One case beside the list: facts, what may be done now, and its log. */
export const CasePanel = () => {
  const { caseId } = useParams({ from: "/signed-in/cases/$caseId" });
  return <Panel key={caseId} caseId={caseId} />;
};
