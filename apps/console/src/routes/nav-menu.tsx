import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import "../styles/nav.css";

type Props = {
  label: ReactNode;
  className: string;
  /** True: the present screen is one of those inside. */
  here: boolean;
  children: ReactNode;
};

/**
 * A button that opens a list of ways: closes with Esc (the focus goes back), by going on to
 * something else, by a press outside and once a way was taken.
 */
export const NavMenu = ({ label, className, here, children }: Props) => {
  const [open, setOpen] = useState(false);
  const id = useId();
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const press = ({ target }: PointerEvent) => {
      if (target instanceof Node && !frame.current?.contains(target)) setOpen(false);
    };
    // Also for the way to where one is already: the address would not tell.
    const click = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest("a") !== null) setOpen(false);
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener("pointerdown", press);
    document.addEventListener("click", click);
    document.addEventListener("keydown", key, true);
    return () => {
      document.removeEventListener("pointerdown", press);
      document.removeEventListener("click", click);
      document.removeEventListener("keydown", key, true);
    };
  }, [open]);
  return (
    <div
      className={`nav-menu ${className}`}
      ref={frame}
      onBlur={({ relatedTarget }) => {
        if (relatedTarget !== null && !frame.current?.contains(relatedTarget)) setOpen(false);
      }}
    >
      <button
        type="button"
        ref={button}
        className={here ? "active" : undefined}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {label}
      </button>
      <div className="nav-menu-list" id={id} hidden={!open}>
        {children}
      </div>
    </div>
  );
};
