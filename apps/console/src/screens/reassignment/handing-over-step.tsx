import { handOverPosts, type OfferedPost, type Reassignment } from "@onegrid/contract";
import { openCasesOf, selectedOf } from "@onegrid/domain";
import { useQuery } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { openWorkQuery } from "../../platform/reassignment-queries.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { OpenWorkList } from "../staffing/open-work-list.tsx";
import { actOf, MoveButton } from "./move-bar.tsx";
import { OfferedPostItem } from "./offered-post-item.tsx";
import { useAct } from "./use-act.ts";

/** Whether the holder has said that the duties are known. */
const Acknowledged = ({ post }: { post: OfferedPost }) => {
  const { t } = useTranslation();
  const { appointment } = post;
  if (appointment === null) return null;
  if (appointment.acknowledged === null) return <small>{t("reassignment>onPaper")}</small>;
  return appointment.acknowledged ? (
    <small>{t("staffing>acknowledged")}</small>
  ) : (
    <small className="organisation-missing">▲ {t("reassignment>unacknowledged")}</small>
  );
};

/** 移交: open cases of each grid go to the new holder; what is left is named. */
export const HandingOverStep = ({ round }: { round: Reassignment }) => {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { reassignmentId, version, posts } = round;
  const deed = useAct(reassignmentId);
  const { data: work } = useQuery(openWorkQuery(reassignmentId, version));
  const mayHandOver = actOf(round, "hand_over") !== undefined;
  const waiting = posts.filter(({ state }) => state === "appointed");
  const handOver = (chosen: OfferedPost[]) =>
    modal.confirm({
      title: t("reassignment>handOverN", { n: chosen.length }),
      content: t("reassignment>will_hand_over", {
        n: chosen.length,
        cases: openCasesOf(chosen),
      }),
      okText: t("reassignment>handOverN", { n: chosen.length }),
      cancelText: t("common>close"),
      onOk: () => {
        deed.mutate(() =>
          client.call(handOverPosts, {
            params: { reassignmentId },
            body: { postCodes: chosen.map(({ postCode }) => postCode) },
          }),
        );
      },
    });
  return (
    <>
      <ul className="offered-posts">
        {posts.map((post) => (
          <OfferedPostItem
            key={post.postCode}
            post={post}
            tools={
              mayHandOver &&
              post.state === "appointed" && (
                <Button size="small" onClick={() => handOver([post])}>
                  {t("reassignment>handOver")}
                </Button>
              )
            }
          >
            <p>
              {selectedOf(post)?.name} ·{" "}
              {post.handedOverCases === null
                ? t("reassignment>openCases", { n: post.openCases })
                : t("reassignment>handedOver", { n: post.handedOverCases })}
              {" · "}
              <Acknowledged post={post} />
            </p>
          </OfferedPostItem>
        ))}
      </ul>
      {waiting.length > 0 && work !== undefined && (
        <details>
          <summary>{t("staffing>handOver")}</summary>
          <OpenWorkList work={work} />
        </details>
      )}
      <footer className="guide-moves">
        {mayHandOver && waiting.length > 0 && (
          <Button loading={deed.isPending} onClick={() => handOver(waiting)}>
            {t("reassignment>handOverN", { n: waiting.length })}
          </Button>
        )}
        {deed.error && <ErrorNote error={deed.error} />}
        <MoveButton round={round} move="close" counts={{ n: posts.length }} />
      </footer>
    </>
  );
};
