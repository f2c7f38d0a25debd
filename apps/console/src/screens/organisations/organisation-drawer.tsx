import type { Organisation } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { organisationQuery } from "../../platform/organisation-queries.ts";
import { SampleBadge } from "../../shared/badges.tsx";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { FactDialog, type FactKind } from "./fact-dialog.tsx";
import { RenewalMark } from "./renewal-mark.tsx";
import { Secretaries } from "./secretaries.tsx";

const Span = ({ span, onOpen }: { span: Organisation; onOpen: (code: string) => void }) => {
  const { t } = useTranslation();
  return (
    <li>
      <strong>
        {span.validFrom} {t("organisations>to")} {span.validTo ?? "…"}
      </strong>{" "}
      {span.name} · {t(`organisationLevel>${span.level}`)} · {t(`organisationBase>${span.base}`)}{" "}
      {span.baseName ?? span.baseCode}
      {span.parentCode !== null && (
        <>
          {" · "}
          <button
            type="button"
            className="link-button"
            onClick={() => onOpen(span.parentCode ?? "")}
          >
            {span.parentName ?? span.parentCode}
          </button>
        </>
      )}
      {span.termEndsOn !== null && (
        <>
          {" · "}
          {t("organisations>termEnds")} {span.termEndsOn} <RenewalMark organisation={span} />
        </>
      )}
    </li>
  );
};

type Props = {
  code: string;
  editable: boolean;
  onOpen: (code: string) => void;
  onClose: () => void;
};

/** One organisation: its life, the facts behind it, and what can be written down next. */
export const OrganisationDrawer = ({ code, editable, onOpen, onClose }: Props) => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(organisationQuery(code));
  const [writing, setWriting] = useState<FactKind | null>(null);
  const last = data?.spans.at(-1);
  return (
    <Drawer
      open
      size={640}
      title={
        <>
          {last?.name ?? code} {data?.sample && <SampleBadge />}
        </>
      }
      onClose={onClose}
      extra={
        editable &&
        last !== undefined &&
        last.validTo === null && (
          <div className="organisation-tools">
            {(["change", "renew", "dissolve"] as const)
              .filter((kind) => kind !== "renew" || last.termYears !== null)
              .map((kind) => (
                <Button key={kind} onClick={() => setWriting(kind)}>
                  {t(`organisations>fact_${kind}`)}
                </Button>
              ))}
          </div>
        )
      }
    >
      {isPending && <Loading />}
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {data && (
        <>
          <h2>{t("organisations>life")}</h2>
          <ol className="organisation-life">
            {data.spans.map((span) => (
              <Span key={span.validFrom} span={span} onOpen={onOpen} />
            ))}
          </ol>
          <Secretaries
            code={code}
            secretaries={data.secretaries}
            editable={editable && last?.validTo === null}
          />
          <h2>{t("organisations>facts")}</h2>
          <ol className="organisation-life">
            {data.facts.map((fact) => (
              <li key={fact.seq}>
                <strong>
                  {fact.effectiveOn} {t(`organisations>fact_${fact.kind}`)}
                </strong>{" "}
                {fact.isVoid && <span className="badge">{t("organisations>isVoid")}</span>}{" "}
                <small>
                  {t("organisations>recorded", {
                    at: fact.recordedAt.slice(0, 10),
                    who: fact.recordedBy ?? t("organisations>system"),
                  })}
                </small>
              </li>
            ))}
          </ol>
        </>
      )}
      {writing !== null && data && last && (
        <FactDialog
          organisation={last}
          kind={writing}
          baseSeq={data.facts.length}
          onClose={() => setWriting(null)}
        />
      )}
    </Drawer>
  );
};
