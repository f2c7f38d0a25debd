import { PHOTOS_PER_CASE, putPhoto } from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../platform/client.ts";
import { newId } from "../platform/ids.ts";

type Entry = {
  attachmentId: string;
  file: File;
  preview: string;
  state: "sending" | "sent" | "failed";
  error?: unknown;
};

export type PhotosState = { sentIds: string[]; busy: boolean };

const useUploads = (onChange: (state: PhotosState) => void) => {
  const [entries, setEntries] = useState<Entry[]>([]);
  const mark = (attachmentId: string, part: Partial<Entry>) =>
    setEntries((all) => all.map((e) => (e.attachmentId === attachmentId ? { ...e, ...part } : e)));

  // The id stays the same when a photo is sent again, so it is stored once.
  const send = async ({ attachmentId, file }: Pick<Entry, "attachmentId" | "file">) => {
    mark(attachmentId, { state: "sending" });
    try {
      await client.upload(putPhoto, { params: { attachmentId } }, file);
      mark(attachmentId, { state: "sent" });
    } catch (error) {
      mark(attachmentId, { state: "failed", error });
    }
  };
  const add = (files: File[]) => {
    const fresh = files.slice(0, PHOTOS_PER_CASE - entries.length).map((file): Entry => ({
      attachmentId: newId(),
      file,
      preview: URL.createObjectURL(file),
      state: "sending",
    }));
    setEntries((all) => [...all, ...fresh]);
    for (const entry of fresh) void send(entry);
  };
  const remove = (entry: Entry) => {
    URL.revokeObjectURL(entry.preview);
    setEntries((all) => all.filter((e) => e.attachmentId !== entry.attachmentId));
  };

  const report = useEffectEvent(onChange);
  useEffect(() => {
    report({
      sentIds: entries.filter((e) => e.state === "sent").map((e) => e.attachmentId),
      busy: entries.some((e) => e.state === "sending"),
    });
  }, [entries]);
  return { entries, add, remove, send };
};

/** Picks photos and uploads them at once; tells the caller the ids that arrived. */
export const PhotoInput = ({ onChange }: { onChange: (state: PhotosState) => void }) => {
  const { t } = useTranslation();
  const { entries, add, remove, send } = useUploads(onChange);
  return (
    <div className="photo-input">
      <label className="photo-add">
        <input
          type="file"
          multiple
          accept="image/jpeg,image/png,image/webp"
          disabled={entries.length >= PHOTOS_PER_CASE}
          onChange={(event) => {
            add([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <span>{t("photos>add", { n: entries.length, most: PHOTOS_PER_CASE })}</span>
      </label>
      <ul>
        {entries.map((entry) => (
          <li key={entry.attachmentId} className={`photo-${entry.state}`}>
            <img src={entry.preview} alt={entry.file.name} />
            <span role={entry.state === "failed" ? "alert" : "status"}>
              {entry.state === "failed" ? problemWords(t, entry.error) : t(`photos>${entry.state}`)}
            </span>
            {entry.state === "failed" && (
              <button type="button" className="plain-button" onClick={() => void send(entry)}>
                {t("common>retry")}
              </button>
            )}
            <button type="button" className="plain-button" onClick={() => remove(entry)}>
              {t("photos>remove")}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
};
