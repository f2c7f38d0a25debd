import type { CaseListItem, CaseState, Net } from "@onegrid/contract";
import { dueWords, lightOf, type Light } from "@onegrid/ui";
import { useTranslation } from "react-i18next";
import { useNow } from "./use-now.ts";

export const SampleBadge = () => {
  const { t } = useTranslation();
  return <span className="badge badge-sample">{t("sampleData")}</span>;
};

export const SchematicBadge = () => {
  const { t } = useTranslation();
  return <span className="badge badge-sample">{t("schematic")}</span>;
};

/** Shape and words as well as colour. */
const MARKS: Record<Light, string> = { green: "●", amber: "▲", red: "■" };

/** The shape of a light, for eyes that do not tell its colour, and its name for ears. */
export const LightShape = ({ light }: { light: Light }) => {
  const { t } = useTranslation();
  return (
    <>
      <span aria-hidden="true">{MARKS[light]}</span>
      <span className="visually-hidden">{t(`light>${light}`)}：</span>
    </>
  );
};

type Timed = Pick<CaseListItem, "reportedAt" | "dueAt" | "disposedAt" | "disposedOnTime">;

/** 红黄绿灯 with words: how much time is left, or whether it was done in time. */
export const LightMark = ({ of }: { of: Timed }) => {
  const { t } = useTranslation();
  const now = useNow();
  const done = of.disposedAt !== null;
  const light = done ? (of.disposedOnTime === false ? "red" : "green") : lightOf(of, now);
  const words = done
    ? t(of.disposedOnTime === false ? "case>disposedLate" : "case>disposedInTime")
    : dueWords(t, of.dueAt, now);
  return (
    <span className={`light light-${light}`}>
      <LightShape light={light} />
      {words}
    </span>
  );
};

export const StateTag = ({ state }: { state: CaseState }) => {
  const { t } = useTranslation();
  return <span className={`badge badge-state badge-state-${state}`}>{t(`state>${state}`)}</span>;
};

export const NetTag = ({ net }: { net: Net }) => {
  const { t } = useTranslation();
  return <span className={`net net-${net}`}>{t(`net>${net}`)}</span>;
};

export const EmergencyTag = () => {
  const { t } = useTranslation();
  return <span className="badge badge-emergency">{t("case>emergency")}</span>;
};
