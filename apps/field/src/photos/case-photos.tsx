import { getPhoto, type PhotoSize } from "@onegrid/contract";
import { useState } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words.ts";

const urlOf = (attachmentId: string, size: PhotoSize): string =>
  getPhoto.path.replace("{attachmentId}", attachmentId).replace("{size}", size);

/** Small pictures of a case; one tap shows one large. */
export const CasePhotos = ({ attachmentIds }: { attachmentIds: readonly string[] }) => {
  const { t } = useWords();
  const [open, setOpen] = useState<number>();
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  const shown = open === undefined ? undefined : attachmentIds[open];
  return (
    <>
      <ul className="thumbs">
        {attachmentIds.map((id, i) => (
          <li key={id}>
            {failed.has(id) ? (
              <span className="thumb thumb-missing">{t("task>photoOffline")}</span>
            ) : (
              <button type="button" className="thumb-button" onClick={() => setOpen(i)}>
                <img
                  className="thumb"
                  src={urlOf(id, "thumb")}
                  alt={t("task>photoAlt", { n: i + 1 })}
                  loading="lazy"
                  onError={() => setFailed((before) => new Set([...before, id]))}
                />
              </button>
            )}
          </li>
        ))}
      </ul>
      {shown && open !== undefined && (
        <Dialog
          isFull
          title={t("task>photoAlt", { n: open + 1 })}
          onClose={() => setOpen(undefined)}
        >
          <img
            className="photo-large"
            src={urlOf(shown, "screen")}
            alt={t("task>photoAlt", { n: open + 1 })}
          />
        </Dialog>
      )}
    </>
  );
};
