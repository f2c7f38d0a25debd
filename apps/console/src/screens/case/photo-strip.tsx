import type { PhotoSize } from "@onegrid/contract";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

const photoUrl = (attachmentId: string, size: PhotoSize) =>
  `/api/v1/attachments/${attachmentId}/${size}`;

type ViewerProps = { ids: string[]; at: number; onMove: (at: number) => void; onClose: () => void };

/** One photo over the whole window; arrows go on, Esc closes. */
const Viewer = ({ ids, at, onMove, onClose }: ViewerProps) => {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const go = (step: number) => onMove((at + step + ids.length) % ids.length);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowRight") go(1);
    if (event.key === "ArrowLeft") go(-1);
    event.stopPropagation();
  };
  const words = t("photos>nOf", { n: at + 1, all: ids.length });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of a dialog
    <dialog
      ref={dialog}
      className="photo-viewer"
      aria-label={words}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      <img src={photoUrl(ids[at] as string, "full")} alt={words} />
      <div className="photo-viewer-bar">
        <button type="button" onClick={() => go(-1)}>
          {t("photos>previous")}
        </button>
        <span>{words}</span>
        <button type="button" onClick={() => go(1)}>
          {t("photos>next")}
        </button>
        <button type="button" onClick={() => dialog.current?.close()}>
          {t("common>close")}
        </button>
      </div>
    </dialog>
  );
};

/** Thumbs of photos; each opens the viewer. */
export const PhotoStrip = ({ ids }: { ids: string[] }) => {
  const { t } = useTranslation();
  const [at, setAt] = useState<number | null>(null);
  if (ids.length === 0) return null;
  return (
    <>
      <ul className="photo-strip">
        {ids.map((id, index) => (
          <li key={id}>
            <button type="button" onClick={() => setAt(index)}>
              <img
                src={photoUrl(id, "thumb")}
                alt={t("photos>nOf", { n: index + 1, all: ids.length })}
                loading="lazy"
              />
            </button>
          </li>
        ))}
      </ul>
      {at !== null && <Viewer ids={ids} at={at} onMove={setAt} onClose={() => setAt(null)} />}
    </>
  );
};
