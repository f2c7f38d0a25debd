import type { OfferedPost } from "@onegrid/contract";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

const TONES: Record<OfferedPost["state"], string> = {
  vacant: "amber",
  selected: "brand",
  in_term: "brand",
  objected: "red",
  returned: "red",
  free: "green",
  appointed: "green",
  handed_over: "green",
};

/** One offered post with where it stands; what can be done about it comes inside. */
export const OfferedPostItem = ({
  post,
  tools,
  children,
}: {
  post: OfferedPost;
  tools?: ReactNode;
  children?: ReactNode;
}) => {
  const { t } = useTranslation();
  return (
    <li className="offered-post">
      <header>
        <h3>
          {post.gridName ?? post.gridCode} · {post.postName}
        </h3>
        <span className={`offered-state offered-state-${TONES[post.state]}`}>
          {t(`offeredPostState>${post.state}`)}
        </span>
        {tools !== undefined && <div className="offered-tools">{tools}</div>}
      </header>
      {children}
    </li>
  );
};
