import type { CaseDetail } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { LightMark, NetTag } from "../../shared/badges.tsx";
import { categoriesQuery } from "../../platform/queries.ts";

const Fact = ({ words, children }: { words: string; children: ReactNode }) => (
  <div>
    <dt>{words}</dt>
    <dd>{children}</dd>
  </div>
);

/** What is known of a case, each fact once. */
export const CaseFacts = ({ shown, timeZone }: { shown: CaseDetail; timeZone: string }) => {
  const { t } = useTranslation();
  const { data: categories } = useQuery(categoriesQuery);
  const category = categories?.find((c) => c.categoryCode === shown.categoryCode);
  const at = (instant: string | null) => (instant === null ? "—" : instantWords(instant, timeZone));
  return (
    <dl className="facts">
      <Fact words={t("case>due")}>
        <LightMark of={shown} />
        {shown.dueAt !== null && (
          <small>
            {at(shown.dueAt)}
            {shown.limit &&
              ` · ${t("case>limitIs", {
                amount: shown.limit.amount,
                unit: t(`limitUnit>${shown.limit.unit}`),
              })}`}
          </small>
        )}
      </Fact>
      <Fact words={t("case>holder")}>
        {shown.holderName === null ? "—" : `${t(`tier>${shown.tier}`)} · ${shown.holderName}`}
      </Fact>
      <Fact words={t("case>place")}>
        {[...shown.gridPath].join(" › ") || shown.gridName}
        {shown.address !== null && <small>{shown.address}</small>}
        {shown.lng === null && <small>{t("case>noPlace")}</small>}
        {shown.accuracyM !== null && (
          <small>{t("case>accuracy", { m: Math.round(shown.accuracyM) })}</small>
        )}
      </Fact>
      <Fact words={t("case>category")}>
        <NetTag net={shown.net} />
        {category?.standardClass && (
          <small>
            {category.standardClass.standard} · {category.standardClass.classCode}
          </small>
        )}
      </Fact>
      {shown.component && (
        <Fact words={t("case>component")}>
          {shown.component.name} · {t(`componentCondition>${shown.component.condition}`)}
          <small>
            {shown.component.componentCode} · {shown.component.ownerUnitName ?? "—"}
          </small>
        </Fact>
      )}
      <Fact words={t("case>source")}>
        {t(`source>${shown.source}`)}
        {shown.sourceNumber !== null && <small>{shown.sourceNumber}</small>}
      </Fact>
      <Fact words={t("case>reported")}>{at(shown.reportedAt)}</Fact>
      {shown.closedAt !== null && <Fact words={t("case>closed")}>{at(shown.closedAt)}</Fact>}
    </dl>
  );
};
