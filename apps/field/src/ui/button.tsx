import type { ButtonHTMLAttributes } from "react";
import { Icon, type IconName } from "./icons.tsx";

type Look = "primary" | "secondary" | "danger" | "quiet";
type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: Look;
  icon?: IconName;
  /** Work is under way: pressing again does nothing, and it is said aloud. */
  isBusy?: boolean;
};

/** A thumb-sized button, at least 44 px high. */
export const Button = ({
  look = "secondary",
  icon,
  isBusy = false,
  children,
  className = "",
  onClick,
  ...rest
}: ButtonProps) => (
  <button
    type="button"
    className={`button button-${look} ${className}`}
    aria-busy={isBusy}
    onClick={isBusy ? undefined : onClick}
    {...rest}
  >
    {icon && <Icon name={icon} />}
    <span>{children}</span>
  </button>
);
