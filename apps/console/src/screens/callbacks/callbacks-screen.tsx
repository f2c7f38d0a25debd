import type { Callback } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { callbacksQuery } from "../../platform/callback-queries.ts";
import { countyQuery } from "../../platform/queries.ts";
import { ListExport } from "../../shared/list-export.tsx";
import { EmptyNote, ErrorNote, Loading } from "../../shared/states.tsx";
import { CallbackCard } from "./callback-card.tsx";
import "../../styles/callbacks.css";

type QueueProps = {
  callbacks: readonly Callback[];
  openId: string;
  timeZone: string;
  onOpen: (callbackId: string) => void;
};

const Queue = ({ callbacks, openId, timeZone, onOpen }: QueueProps) => {
  const { t } = useTranslation();
  return (
    <ol className="callback-queue" aria-label={t("callbacks>queue")}>
      {callbacks.map(({ callbackId, categoryName, gridName, number, closedAt, attempts }) => (
        <li key={callbackId}>
          <button
            type="button"
            aria-current={callbackId === openId}
            onClick={() => onOpen(callbackId)}
          >
            <strong>{categoryName}</strong>
            <span>{gridName}</span>
            <small>
              {number} · {t("callbacks>closedAt", { at: instantWords(closedAt, timeZone) })}
            </small>
            {attempts > 0 && (
              <small className="callback-tried">{t("callbacks>tried", { n: attempts })}</small>
            )}
          </button>
        </li>
      ))}
    </ol>
  );
};

/** The one after this one; from the end it goes on at the beginning. */
const after = (callbacks: readonly Callback[], callbackId: string): string | null => {
  const at = callbacks.findIndex((each) => each.callbackId === callbackId);
  const next = callbacks[at + 1] ?? callbacks[0];
  return next === undefined || next.callbackId === callbackId ? null : next.callbackId;
};

/** 回访: who of the random sample is to be called, and what the call brought. */
export const CallbacksScreen = () => {
  const { t } = useTranslation();
  const { data: county } = useQuery(countyQuery);
  const timeZone = county?.timeZone ?? "Asia/Shanghai";
  const { data, error, isPending, refetch } = useQuery(callbacksQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const callbacks = data?.callbacks ?? [];
  const open = callbacks.find(({ callbackId }) => callbackId === chosen) ?? callbacks[0];
  return (
    <div className="page callbacks">
      <header className="page-head">
        <h1>{t("callbacks>title")}</h1>
        {data && <p>{t("callbacks>lead", { share: data.sharePercent })}</p>}
        {callbacks.length > 0 && <ListExport list="callbacks" />}
      </header>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {isPending && <Loading rows={8} />}
      <output className="callback-saved">{saved}</output>
      {data && open === undefined && <EmptyNote words={t("callbacks>none")} />}
      {open && (
        <div className="callback-columns">
          <Queue
            callbacks={callbacks}
            openId={open.callbackId}
            timeZone={timeZone}
            onOpen={setChosen}
          />
          <CallbackCard
            key={`${open.callbackId} ${open.attempts}`}
            callback={open}
            timeZone={timeZone}
            onSaved={(words) => {
              setSaved(words);
              setChosen(after(callbacks, open.callbackId));
            }}
          />
        </div>
      )}
    </div>
  );
};
