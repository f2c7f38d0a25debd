import { REOPEN_REASONS, type PortalPage } from "@onegrid/contract";
import type { ReactNode } from "react";
import type { View } from "../view.ts";
import { formProblemWords } from "./form-parts.tsx";
import { channelsKey, UpdatesControls } from "./updates-field.tsx";

type ReceiptPageData = Extract<PortalPage, { page: "receipt" }>;
type Part = ReceiptPageData & { view: View };

const SCORES = [5, 4, 3, 2, 1] as const;
/** As in reportAsResident: what the consent beside the field says. */
const KEPT_DAYS = 180;

/** Which form on the page a problem belongs to. */
const PROBLEMS = {
  rating: ["form.rating_missing", "feedback.not_closed", "feedback.already_rated"],
  reopening: ["form.reason_missing", "feedback.reopen_not_possible"],
  messages: [
    "form.consent_missing",
    "form.bad_email",
    "form.bad_phone",
    "feedback.channel_not_offered",
  ],
  removal: ["form.removal_unconfirmed"],
} as const;

const Problem = (props: { of: keyof typeof PROBLEMS; page: Part }) => {
  const { problem, view } = props.page;
  if (problem === null || !(PROBLEMS[props.of] as readonly string[]).includes(problem.code)) {
    return null;
  }
  return (
    <p className="problem" id={`${props.of}-problem`} role="alert">
      {formProblemWords(view, { field: null, code: problem.code })}
    </p>
  );
};

const Section = (props: { id: string; heading: string; children: ReactNode }) => (
  <section className="say-back" aria-labelledby={`${props.id}-heading`}>
    <h2 id={`${props.id}-heading`}>{props.heading}</h2>
    {props.children}
  </section>
);

const Rating = (page: Part) => {
  const { receiptCode, feedback, problem, view } = page;
  const { t } = view;
  if (feedback.rating !== null) {
    const { score, resolved } = feedback.rating;
    return (
      <Section id="rating" heading={t("portal>rating>given")}>
        <p>
          {t(`portal>rating>score>${score}`)} ·{" "}
          {t(resolved ? "portal>rating>solved" : "portal>rating>notSolved")}
        </p>
      </Section>
    );
  }
  if (!feedback.mayRate) return null;
  const typed = problem?.typed ?? {};
  return (
    <Section id="rating" heading={t("portal>rating>heading")}>
      <p className="hint">{t("portal>rating>hint")}</p>
      <Problem of="rating" page={page} />
      <form method="post" action={`/receipts/${receiptCode}/rating`}>
        <fieldset className="choices">
          <legend>{t("portal>rating>how")}</legend>
          {SCORES.map((score) => (
            <label key={score} className="tick">
              <input
                type="radio"
                name="score"
                value={score}
                required
                defaultChecked={typed["score"] === String(score)}
              />
              <span>{t(`portal>rating>score>${score}`)}</span>
            </label>
          ))}
        </fieldset>
        <fieldset className="choices">
          <legend>{t("portal>rating>isSolved")}</legend>
          {(["yes", "no"] as const).map((answer) => (
            <label key={answer} className="tick">
              <input
                type="radio"
                name="resolved"
                value={answer}
                required
                defaultChecked={typed["resolved"] === answer}
              />
              <span>
                {t(answer === "yes" ? "portal>rating>solved" : "portal>rating>notSolved")}
              </span>
            </label>
          ))}
        </fieldset>
        <div className="field">
          <label htmlFor="rating-words">{t("portal>rating>words")}</label>
          <textarea
            id="rating-words"
            name="words"
            rows={2}
            maxLength={500}
            defaultValue={typed["score"] === undefined ? "" : typed["words"]}
          />
        </div>
        <p className="send">
          <button className="button primary">{t("portal>rating>send")}</button>
        </p>
      </form>
    </Section>
  );
};

const Reopening = (page: Part) => {
  const { receiptCode, feedback, commandId, problem, view } = page;
  const { t } = view;
  if (!feedback.mayReopen) return null;
  const typed = problem?.typed ?? {};
  return (
    <Section id="reopening" heading={t("portal>reopening>heading")}>
      <p className="hint">{t("portal>reopening>hint", { day: feedback.reopenUntil })}</p>
      <Problem of="reopening" page={page} />
      <form method="post" action={`/receipts/${receiptCode}/reopening`}>
        <input type="hidden" name="commandId" value={commandId} />
        <div className="field">
          <label htmlFor="reason">{t("portal>reopening>reason")}</label>
          <select id="reason" name="reason" defaultValue={typed["reason"] ?? "not_done"}>
            {REOPEN_REASONS.map((reason) => (
              <option key={reason} value={reason}>
                {t(`portal>reopening>reasons>${reason}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="reopening-words">{t("portal>reopening>words")}</label>
          <textarea
            id="reopening-words"
            name="words"
            rows={3}
            maxLength={500}
            required
            defaultValue={typed["reason"] === undefined ? "" : typed["words"]}
          />
        </div>
        <p className="send">
          <button className="button">{t("portal>reopening>send")}</button>
        </p>
      </form>
    </Section>
  );
};

const Messages = (page: Part) => {
  const { receiptCode, feedback, receipt, problem, view } = page;
  const { t } = view;
  const { messages, offered } = feedback;
  const isOver = receipt.closedAt !== null && !feedback.mayReopen;
  if (messages.channel !== "page") {
    const state = messages.confirmed ? "on" : "waits";
    return (
      <Section id="messages" heading={t("portal>updates>heading")}>
        <p>{t(`portal>updates>${state}`, { address: messages.address })}</p>
        <p className="hint">{t("portal>updates>until", { day: messages.deleteAfter })}</p>
        <form method="post" action={`/receipts/${receiptCode}/messages`}>
          <p className="send">
            <button className="button" name="stop" value="yes">
              {t("portal>updates>stop")}
            </button>
          </p>
        </form>
      </Section>
    );
  }
  if (offered.length === 0 || isOver) return null;
  const isWrong = (PROBLEMS.messages as readonly string[]).includes(problem?.code ?? "");
  return (
    <Section id="messages" heading={t("portal>updates>heading")}>
      <form method="post" action={`/receipts/${receiptCode}/messages`}>
        <div className={isWrong ? "field wrong" : "field"}>
          <label htmlFor="updatesTo">{t(`portal>updates>label>${channelsKey(offered)}`)}</label>
          <p className="hint" id="updates-hint">
            {t("portal>updates>hint")}
          </p>
          <Problem of="messages" page={page} />
          <UpdatesControls
            id="updatesTo"
            offered={offered}
            updatesTo={problem?.typed["updatesTo"] ?? ""}
            agreed={problem?.typed["updatesAgreed"] === "yes"}
            keptDays={KEPT_DAYS}
            describedBy={isWrong ? "messages-problem updates-hint" : "updates-hint"}
            invalid={isWrong}
            view={view}
          />
        </div>
        <p className="send">
          <button className="button">{t("portal>updates>send")}</button>
        </p>
      </form>
    </Section>
  );
};

/** What the holder of a receipt may say back, and how they are told. */
export const FeedbackParts = (page: Part) => {
  const { done, view, problem, feedback } = page;
  const isLoose =
    problem !== null &&
    !Object.values(PROBLEMS).some((codes) => (codes as readonly string[]).includes(problem.code));
  return (
    <div id="feedback">
      {done !== null && <output className="good-news">{view.t(`portal>done>${done}`)}</output>}
      {isLoose && (
        <p className="problem" role="alert">
          {formProblemWords(view, { field: null, code: problem.code })}
        </p>
      )}
      <Rating {...page} />
      <Reopening {...page} />
      <Messages {...page} />
      {feedback.followers > 0 && (
        <p className="hint">{view.t("portal>nearby>others", { n: feedback.followers })}</p>
      )}
    </div>
  );
};
