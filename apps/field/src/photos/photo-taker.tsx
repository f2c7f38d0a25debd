import { PHOTOS_PER_CASE } from "@onegrid/contract";
import { useId, useState } from "react";
import { v7 as newId } from "uuid";
import type { TakenPhoto } from "../outbox/enqueue.ts";
import { Icon } from "../ui/icons.tsx";
import { useWords } from "../words.ts";
import { BlobImage } from "./blob-image.tsx";
import { shrinkPhoto, UnreadablePhoto } from "./shrink.ts";

type PhotoTakerProps = {
  photos: readonly TakenPhoto[];
  onChange: (photos: TakenPhoto[]) => void;
};

type PickProps = { label: string; isCamera: boolean; onPick: (files: File[]) => void };

const Pick = ({ label, isCamera, onPick }: PickProps) => {
  const id = useId();
  return (
    <span className="pick">
      <input
        id={id}
        type="file"
        accept="image/*"
        {...(isCamera ? { capture: "environment" as const } : { multiple: true })}
        onChange={(event) => {
          onPick([...(event.target.files ?? [])]);
          // The same picture may be picked again after it was removed.
          event.target.value = "";
        }}
      />
      <label
        htmlFor={id}
        className={isCamera ? "button button-primary" : "button button-secondary"}
      >
        <Icon name={isCamera ? "camera" : "image"} />
        <span>{label}</span>
      </label>
    </span>
  );
};

/** Takes photos with the camera or from the album, shrinks them, shows and removes them. */
export const PhotoTaker = ({ photos, onChange }: PhotoTakerProps) => {
  const { t } = useWords();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const room = PHOTOS_PER_CASE - photos.length;

  const add = async (files: File[]) => {
    setBusy(true);
    setError(files.length > room ? t("photo>most", { n: PHOTOS_PER_CASE }) : undefined);
    try {
      const taken: TakenPhoto[] = [];
      for (const file of files.slice(0, room)) {
        taken.push({ photoId: newId(), blob: await shrinkPhoto(file) });
      }
      onChange([...photos, ...taken]);
    } catch (cause) {
      if (!(cause instanceof UnreadablePhoto)) throw cause;
      setError(t("photo>unreadable"));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="photo-taker">
      {photos.length > 0 && (
        <ul className="thumbs">
          {photos.map(({ photoId, blob }, i) => (
            <li key={photoId}>
              <BlobImage blob={blob} alt={t("photo>alt", { n: i + 1 })} />
              <button
                type="button"
                className="icon-button thumb-remove"
                aria-label={t("photo>remove", { n: i + 1 })}
                onClick={() => onChange(photos.filter((p) => p.photoId !== photoId))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {room > 0 && (
        <div className="row">
          <Pick
            isCamera
            label={t(photos.length === 0 ? "photo>take" : "photo>more")}
            onPick={(files) => void add(files)}
          />
          <Pick isCamera={false} label={t("photo>fromAlbum")} onPick={(files) => void add(files)} />
        </div>
      )}
      <output className="weak">{isBusy ? t("photo>busy") : ""}</output>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
};
