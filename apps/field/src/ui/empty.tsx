import type { ReactNode } from "react";
import { Icon, type IconName } from "./icons.tsx";

type EmptyProps = { icon: IconName; title: string; hint?: string; children?: ReactNode };

/** What a list shows when it has nothing to list. */
export const Empty = ({ icon, title, hint, children }: EmptyProps) => (
  <div className="empty">
    <Icon name={icon} />
    <p className="empty-title">{title}</p>
    {hint && <p className="weak">{hint}</p>}
    {children}
  </div>
);
