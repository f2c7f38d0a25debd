import type { CaseState, Net, PublicCase } from "@onegrid/contract";
import { agoWords, dueWords, instantWords } from "@onegrid/ui";
import type { View } from "../view.ts";

type Tone = "waiting" | "working" | "done" | "stopped";

/** A state as a resident sees it: who is to move, or how it ended. */
const TONES: Record<CaseState, Tone> = {
  reported: "waiting",
  checking: "waiting",
  filed: "waiting",
  dispatched: "waiting",
  signed: "working",
  handled: "working",
  fed_back: "working",
  verified: "working",
  closed: "done",
  self_handled: "done",
  not_accepted: "stopped",
  voided: "stopped",
  merged: "done",
};

export const StateBadge = ({ state, view: { t } }: { state: CaseState; view: View }) => (
  <span className={`state ${TONES[state]}`}>{t(`portal>state>${state}`)}</span>
);

/** The net by colour and by its letter: colour never speaks alone. */
export const NetMark = ({ net, view: { t } }: { net: Net; view: View }) => (
  <span className={`net ${net}`}>
    <b aria-hidden="true">{t(`netMark>${net}`)}</b>
    {t(`net>${net}`)}
  </span>
);

export const When = ({ at, view }: { at: string; view: View }) => (
  <time dateTime={at} title={instantWords(at, view.county.timeZone)}>
    {agoWords(view.t, at, view.at)}
  </time>
);

/** Time left or over; how it went once the case has ended. */
const Due = ({ item, view }: { item: PublicCase; view: View }) => {
  if (item.dueAt === null) return null;
  if (item.closedAt !== null) {
    return (
      <span>
        {view.t("portal>closedOn", { at: instantWords(item.closedAt, view.county.timeZone) })}
      </span>
    );
  }
  const over = Date.parse(item.dueAt) < view.at.getTime();
  return <span className={over ? "over" : undefined}>{dueWords(view.t, item.dueAt, view.at)}</span>;
};

/** Public cases, newest first: what, where, how far. Never a person, a text or a photo. */
export const CaseList = ({ cases, view }: { cases: PublicCase[]; view: View }) => (
  <ul className="cases">
    {cases.map((item) => (
      <li key={item.caseId}>
        <p className="what">
          <strong>{item.categoryName}</strong>
          <StateBadge state={item.state} view={view} />
        </p>
        <p className="where">
          {item.gridName}
          {item.holderName !== null && item.holderName !== item.gridName && (
            <> · {view.t("portal>heldBy", { holder: item.holderName })}</>
          )}
        </p>
        <p className="facts">
          <NetMark net={item.net} view={view} />
          <span>
            {view.t("portal>reportedWhen")} <When at={item.reportedAt} view={view} />
          </span>
          <Due item={item} view={view} />
          <span className="number">{item.number}</span>
        </p>
      </li>
    ))}
  </ul>
);
