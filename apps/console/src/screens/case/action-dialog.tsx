import type { CaseAction, CaseDetail } from "@onegrid/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Input, Modal } from "antd";
import { useRef, useState, type ComponentRef } from "react";
import { useTranslation } from "react-i18next";
import { caseQuery } from "../../platform/queries.ts";
import {
  commandOf,
  isVersionConflict,
  newIntention,
  NO_WORDS,
  sendCommand,
  type ActionWords,
} from "../../shared/commands.ts";
import { PhotoInput } from "../../shared/photo-input.tsx";
import { ErrorNote } from "../../shared/states.tsx";
import { ConflictNote } from "./conflict-note.tsx";
import { DetailsForm } from "./details/details-form.tsx";
import { DispatchTargetChoice } from "./dispatch-target-choice.tsx";

type TextAreaRef = ComponentRef<typeof Input.TextArea>;
type Allowed = CaseDetail["allowed"][number];
/** Steps whose result a photo can show. Never compulsory. */
const WITH_PHOTOS: readonly CaseAction[] = [
  "handle",
  "feed_back",
  "self_handle",
  "rework",
  "verify",
  "checked",
  "finish_sub_task",
];

/**
 * One intention: its id is made when the dialog opens, so pressing again after a lost answer does
 * nothing twice. When the case moved on meanwhile, what changed is shown and the version that was
 * looked at becomes the new one only by the person's own press.
 */
const useAction = (shown: CaseDetail, action: CaseAction, onDone: () => void) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [intention, setIntention] = useState(newIntention);
  const [seen, setSeen] = useState({ version: shown.version });
  const send = useMutation({
    mutationFn: (words: ActionWords) =>
      sendCommand(commandOf({ ...shown, ...seen }, action, words, intention)),
    onSuccess: async () => {
      void message.success(t("case>done", { action: t(`action>${action}`) }));
      await Promise.all([
        queries.invalidateQueries(caseQuery(shown.caseId)),
        queries.invalidateQueries({ queryKey: ["cases"] }),
        queries.invalidateQueries({ queryKey: ["board"] }),
      ]);
      onDone();
    },
    onError: (error) => {
      if (isVersionConflict(error)) void queries.invalidateQueries(caseQuery(shown.caseId));
    },
  });
  const accept = () => {
    setIntention(newIntention());
    setSeen({ version: shown.version });
    send.reset();
  };
  return { send, seen, accept, conflict: isVersionConflict(send.error) };
};

type Props = { shown: CaseDetail; allowed: Allowed; onClose: () => void };

/** Confirms an action, with the words, target and photos it takes. */
export const ActionDialog = ({ shown, allowed, onClose }: Props) => {
  const { t } = useTranslation();
  const { action, noteRequired, targetRequired, detailsRequired } = allowed;
  const [words, setWords] = useState<ActionWords>(NO_WORDS);
  const [photosBusy, setPhotosBusy] = useState(false);
  const [detailsMissing, setDetailsMissing] = useState(false);
  const note = useRef<TextAreaRef>(null);
  const { send, seen, accept, conflict } = useAction(shown, action, onClose);
  const stillAllowed = shown.allowed.some((a) => a.action === action);
  const missing =
    (noteRequired && !words.note?.trim()) ||
    (targetRequired && words.target === null) ||
    (detailsRequired && words.details === null) ||
    detailsMissing;

  return (
    <Modal
      open
      title={t("case>confirm", { action: t(`action>${action}`), number: shown.number })}
      okText={t(`action>${action}`)}
      onOk={() => send.mutate(words)}
      onCancel={onClose}
      confirmLoading={send.isPending}
      // Not when the step is gone from `allowed`: after a lost answer it may be gone because it was done.
      okButtonProps={{ disabled: missing || photosBusy || conflict }}
      mask={{ closable: false }}
      afterOpenChange={(open) => open && !targetRequired && note.current?.focus()}
    >
      <div className="dialog-form">
        <p className="dialog-case">
          {shown.categoryName} · {shown.gridName}
        </p>
        {targetRequired && (
          <DispatchTargetChoice
            shown={shown}
            value={words.target}
            onChange={(target) => setWords((w) => ({ ...w, target }))}
          />
        )}
        <DetailsForm
          shown={shown}
          allowed={allowed}
          onChange={(details) => {
            setDetailsMissing(details === "missing");
            setWords((w) => ({ ...w, details: details === "missing" ? null : details }));
          }}
        />
        <label>
          <span>{t(noteRequired ? "case>noteRequired" : "case>note")}</span>
          <Input.TextArea
            ref={note}
            rows={3}
            maxLength={1000}
            required={noteRequired}
            placeholder={t(`noteHint>${action}`, { defaultValue: "" })}
            onChange={(event) => setWords((w) => ({ ...w, note: event.target.value }))}
          />
        </label>
        {WITH_PHOTOS.includes(action) && (
          <PhotoInput
            onChange={({ sentIds, busy }) => {
              setWords((w) => ({ ...w, attachmentIds: sentIds }));
              setPhotosBusy(busy);
            }}
          />
        )}
        {conflict ? (
          <ConflictNote
            shown={shown}
            seenVersion={seen.version}
            stillAllowed={stillAllowed}
            onAccept={accept}
          />
        ) : (
          send.error && <ErrorNote error={send.error} />
        )}
      </div>
    </Modal>
  );
};
