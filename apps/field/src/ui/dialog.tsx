import { useEffect, useId, useRef, type ReactNode } from "react";
import { useWords } from "../words.ts";
import { Icon } from "./icons.tsx";

type DialogProps = {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the foot, always in view. */
  foot?: ReactNode;
  /** Fills the screen, for a map. */
  isFull?: boolean;
};

/** A modal sheet from the bottom edge. Esc and the cross close it; the browser keeps the focus in. */
export const Dialog = ({ title, onClose, children, foot, isFull = false }: DialogProps) => {
  const { t } = useWords();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const opener = document.activeElement;
    ref.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={isFull ? "sheet sheet-full" : "sheet"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="sheet-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="icon-button" aria-label={t("app>close")} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="sheet-body">{children}</div>
      {foot && <div className="sheet-foot">{foot}</div>}
    </dialog>
  );
};
