import type { GridServing, Post } from "@onegrid/contract";
import { NoticeLinks } from "../pages/notices.tsx";
import type { View } from "../view.ts";

const PostFacts = ({ post, view: { t } }: { post: Post; view: View }) => (
  <li className="post">
    <strong>{post.templateName}</strong> {post.holder?.name ?? t("portal>who>vacant")}{" "}
    <small>{post.gridName}</small>
    {post.sample && <span className="badge">{t("sampleData")}</span>}
    {(post.dutyPhone !== null || post.serviceHours !== null) && (
      <p className="quiet-text">
        {post.dutyPhone !== null && (
          <>
            {t("portal>dutyPhone")}{" "}
            <a className="phone" href={`tel:${post.dutyPhone}`}>
              {post.dutyPhone}
            </a>{" "}
          </>
        )}
        {post.serviceHours !== null && `${t("portal>who>hours")} ${post.serviceHours}`}
      </p>
    )}
  </li>
);

/** 职责清单 of the kinds of posts that serve here, each opened by whoever wants to read it. */
const Duties = ({ serving, view: { t } }: { serving: GridServing; view: View }) => (
  <>
    {serving.templates
      .filter(({ duties }) => duties.length > 0)
      .map((template) => (
        <details key={template.templateCode}>
          <summary>
            {t("portal>who>dutiesOf", { post: template.name, n: template.duties.length })}
            {template.sampleDuties && <span className="badge">{t("portal>who>sampleDuties")}</span>}
          </summary>
          <ol className="duties">
            {template.duties.map((duty) => (
              <li key={duty}>{duty}</li>
            ))}
          </ol>
        </details>
      ))}
  </>
);

/** Who serves here in which post, what they are to do, and the open notices about the place. */
export const Serving = ({ serving, view }: { serving: GridServing; view: View }) => {
  const { t } = view;
  return (
    <>
      {serving.posts.length > 0 && (
        <section aria-labelledby="posts-heading">
          <h2 id="posts-heading">{t("portal>who>posts")}</h2>
          <ul className="posts">
            {serving.posts.map((post) => (
              <PostFacts key={post.postCode} post={post} view={view} />
            ))}
          </ul>
          <Duties serving={serving} view={view} />
        </section>
      )}
      {serving.notices.length > 0 && (
        <section aria-labelledby="notices-heading">
          <h2 id="notices-heading">{t("portal>who>notices")}</h2>
          <NoticeLinks notices={serving.notices} view={view} />
        </section>
      )}
    </>
  );
};
