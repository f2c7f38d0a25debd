import type { CaseState, PortalPage, PortalReceipt } from "@onegrid/contract";
import { dueWords, instantWords } from "@onegrid/ui";
import { NetMark, StateBadge } from "../parts/case-list.tsx";
import { Emergency } from "../parts/emergency.tsx";
import { OwnDataPart } from "../parts/own-data.tsx";
import { FeedbackParts } from "../parts/receipt-feedback.tsx";
import type { View } from "../view.ts";

/** The road of a report in five plain words; which stretch a state lies on. */
const STAGES = ["received", "assigned", "working", "checked", "done"] as const;
const STAGE_OF: Record<CaseState, number> = {
  reported: 0,
  checking: 0,
  filed: 1,
  dispatched: 1,
  signed: 2,
  handled: 3,
  fed_back: 3,
  verified: 3,
  closed: 4,
  self_handled: 4,
  not_accepted: 0,
  voided: 0,
  merged: 1,
};

const Road = ({ state, view: { t } }: { state: CaseState; view: View }) => {
  if (state === "not_accepted") return null;
  const at = STAGE_OF[state];
  return (
    <ol className="road" aria-label={t("portal>receipt>road")}>
      {STAGES.map((stage, index) => (
        <li
          key={stage}
          className={index < at ? "past" : index === at ? "now" : "ahead"}
          {...(index === at && { "aria-current": "step" as const })}
        >
          {t(`portal>receipt>stage>${stage}`)}
        </li>
      ))}
    </ol>
  );
};

/** The code in groups, each read as one; the whole is what a copy takes along. */
const CodeToKeep = ({ code, view: { t } }: { code: string; view: View }) => (
  <section className="code-to-keep" aria-labelledby="code-heading">
    <h2 id="code-heading">{t("portal>receipt>keep")}</h2>
    <p className="code" data-copy={code}>
      {code.split("-").map((group, index, groups) => (
        // Groups may repeat; their order is their identity.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={index}>
          {group}
          {index < groups.length - 1 && <i>-</i>}
        </span>
      ))}
    </p>
    <p>{t("portal>receipt>keepWhy")}</p>
  </section>
);

const Deadline = ({ receipt, view }: { receipt: PortalReceipt; view: View }) => {
  const { t, county, at } = view;
  if (receipt.closedAt !== null) {
    return <>{t("portal>closedOn", { at: instantWords(receipt.closedAt, county.timeZone) })}</>;
  }
  if (receipt.dueAt === null) return <>{t("portal>receipt>noDeadlineYet")}</>;
  return (
    <>
      {instantWords(receipt.dueAt, county.timeZone)} ({dueWords(t, receipt.dueAt, at)})
    </>
  );
};

const Facts = ({ receipt, view }: { receipt: PortalReceipt; view: View }) => {
  const { t } = view;
  return (
    <dl className="facts-list">
      <div>
        <dt>{t("portal>receipt>number")}</dt>
        <dd className="number">{receipt.number}</dd>
      </div>
      <div>
        <dt>{t("portal>receipt>what")}</dt>
        <dd>
          {receipt.categoryName} <NetMark net={receipt.net} view={view} />
        </dd>
      </div>
      <div>
        <dt>{t("portal>receipt>where")}</dt>
        <dd>
          {receipt.gridName}
          {receipt.address !== null && <> · {receipt.address}</>}
        </dd>
      </div>
      {receipt.description !== null && (
        <div>
          <dt>{t("portal>receipt>words")}</dt>
          <dd className="as-written">{receipt.description}</dd>
        </div>
      )}
      <div>
        <dt>{t("portal>receipt>who")}</dt>
        <dd>{receipt.holderName ?? t("portal>receipt>nobody")}</dd>
      </div>
      <div>
        <dt>{t("portal>receipt>deadline")}</dt>
        <dd>
          <Deadline receipt={receipt} view={view} />
        </dd>
      </div>
    </dl>
  );
};

/** A step in plain words; a result says honestly whether it is done, cannot be, or when. */
const stepWords = (step: PortalReceipt["steps"][number], { t }: View): string => {
  const holder = step.holderName ?? t("portal>step>somebody");
  if (step.kind === "feed_back" && step.result !== null) {
    return t(`portal>result>${step.result}`, { day: step.nextDay });
  }
  return t(`portal>step>${step.kind}`, {
    holder,
    day: step.pausedUntil,
    number: step.mergedInto,
  });
};

const Steps = ({ receipt, view }: { receipt: PortalReceipt; view: View }) => (
  <ol className="steps">
    {receipt.steps.toReversed().map((step) => (
      <li key={`${step.occurredAt} ${step.kind}`}>
        <time dateTime={step.occurredAt}>
          {instantWords(step.occurredAt, view.county.timeZone)}
        </time>
        <p>{stepWords(step, view)}</p>
        {step.note !== null && <blockquote className="as-written">{step.note}</blockquote>}
      </li>
    ))}
  </ol>
);

/** Where a report stands, for whoever holds its code; the first sight of it is the receipt. */
export const ReceiptPage = (props: Extract<PortalPage, { page: "receipt" }> & { view: View }) => {
  const { receiptCode, receipt, justSent, emergency, view } = props;
  const { t } = view;
  const last = receipt.steps.findLast(({ kind }) => kind === "feed_back");
  const isHonest = last?.result === "cannot_be_done" && receipt.closedAt !== null;
  const outcome = isHonest ? "cannot_be_done" : receipt.state;
  const isJoined = props.feedback.origin === "joined";
  const heading = justSent
    ? isJoined
      ? "portal>receipt>joined"
      : "portal>receipt>thanks"
    : "portal>receipt>heading";
  return (
    <div className="narrow receipt">
      <h1>{t(heading)}</h1>
      {emergency && receipt.closedAt === null && <Emergency view={view} loud />}
      {justSent && <CodeToKeep code={receiptCode} view={view} />}
      <section aria-labelledby="state-heading">
        <h2 id="state-heading">
          {t("portal>receipt>now")} <StateBadge state={receipt.state} view={view} />
        </h2>
        <p className="next">{t(`portal>next>${outcome}`)}</p>
        <Road state={receipt.state} view={view} />
      </section>
      <FeedbackParts {...props} />
      <Facts receipt={receipt} view={view} />
      <section aria-labelledby="steps-heading">
        <h2 id="steps-heading">{t("portal>receipt>steps")}</h2>
        <Steps receipt={receipt} view={view} />
      </section>
      {!justSent && <CodeToKeep code={receiptCode} view={view} />}
      <OwnDataPart
        receiptCode={receiptCode}
        isWrong={props.problem?.code === "form.removal_unconfirmed"}
        view={view}
      />
      <p className="actions screen-only">
        <a className="button" href="/report">
          {t("portal>receipt>another")}
        </a>
        <a className="button" href="/">
          {t("portal>receipt>home")}
        </a>
      </p>
    </div>
  );
};
