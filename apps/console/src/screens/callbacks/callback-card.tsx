import type { Callback } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useCallContact } from "../../platform/callback-queries.ts";
import { caseQuery } from "../../platform/queries.ts";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { CallbackForm } from "./callback-form.tsx";

/** Masked until the call is made: opening it is recorded with its reason, 回访. */
const Contact = ({ caseId, masked }: { caseId: string; masked: string | null }) => {
  const { t } = useTranslation();
  const open = useCallContact(caseId);
  if (masked === null) return <p className="callback-contact">{t("callbacks>noContact")}</p>;
  return (
    <div className="callback-contact">
      <strong>{open.data?.contact ?? masked}</strong>
      {!open.data && (
        <Button type="primary" ghost loading={open.isPending} onClick={() => open.mutate()}>
          {t("callbacks>openContact")}
        </Button>
      )}
      <small>{t("callbacks>contactNote")}</small>
      {open.error && <ErrorNote error={open.error} />}
    </div>
  );
};

/** What the caller has to know of the case: what was reported and how it was answered. */
const Story = ({ caseId, timeZone }: { caseId: string; timeZone: string }) => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(caseQuery(caseId));
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (isPending) return <Loading rows={3} />;
  const answer = data.events.findLast(
    ({ kind, note }) => note !== null && (kind === "feed_back" || kind === "self_handle"),
  );
  return (
    <dl className="callback-story">
      <div>
        <dt>{t("callbacks>reported", { at: instantWords(data.reportedAt, timeZone) })}</dt>
        <dd>{data.description}</dd>
      </div>
      {data.address !== null && (
        <div>
          <dt>{t("case>address")}</dt>
          <dd>{data.address}</dd>
        </div>
      )}
      {answer && (
        <div>
          <dt>{t("callbacks>answered", { at: instantWords(answer.occurredAt, timeZone) })}</dt>
          <dd>{answer.note}</dd>
        </div>
      )}
    </dl>
  );
};

type Props = { callback: Callback; timeZone: string; onSaved: (words: string) => void };

/** One call: whom, about what, and the short form of what it brought. */
export const CallbackCard = ({ callback, timeZone, onSaved }: Props) => {
  const { caseId, callbackId, categoryName, gridName, number } = callback;
  return (
    <section className="card callback-card" aria-labelledby="callback-title">
      <header>
        <h2 id="callback-title">
          {categoryName} · {gridName}
        </h2>
        <Link to="/cases/$caseId" params={{ caseId }} search={{}}>
          {number}
        </Link>
      </header>
      <Story caseId={caseId} timeZone={timeZone} />
      <Contact caseId={caseId} masked={callback.maskedContact} />
      <CallbackForm callbackId={callbackId} attempts={callback.attempts} onSaved={onSaved} />
    </section>
  );
};
