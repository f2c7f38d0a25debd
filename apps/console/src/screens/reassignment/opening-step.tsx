import { removeOfferedPost, type OfferedPost, type Reassignment } from "@onegrid/contract";
import { isSelectable } from "@onegrid/domain";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { EmptyNote } from "../../shared/states.tsx";
import { actOf, MoveButton } from "./move-bar.tsx";
import { OfferDialog } from "./offer-dialog.tsx";
import { OfferedPostItem } from "./offered-post-item.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";

/** 设岗: the posts that are offered; those nobody fits leave again and stay vacant. */
export const OpeningStep = ({ round }: { round: Reassignment }) => {
  const { t } = useTranslation();
  const [isOffering, setIsOffering] = useState(false);
  const [leaving, setLeaving] = useState<OfferedPost | null>(null);
  const { reassignmentId, posts } = round;
  const mayRemove = actOf(round, "remove_post") !== undefined;
  return (
    <>
      {actOf(round, "open_posts") !== undefined && (
        <div className="table-tools">
          <Button type="primary" onClick={() => setIsOffering(true)}>
            {t("reassignment>offer")}
          </Button>
        </div>
      )}
      {posts.length === 0 ? (
        <EmptyNote words={t("reassignment>noPosts")} />
      ) : (
        <ul className="offered-posts">
          {posts.map((post) => (
            <OfferedPostItem
              key={post.postCode}
              post={post}
              tools={
                mayRemove &&
                isSelectable(post.state) && (
                  <Button size="small" onClick={() => setLeaving(post)}>
                    {t("reassignment>remove")}
                  </Button>
                )
              }
            >
              <small>{post.postCode}</small>
            </OfferedPostItem>
          ))}
        </ul>
      )}
      <footer className="guide-moves">
        <MoveButton round={round} move="call" counts={{ n: posts.length }} />
      </footer>
      {isOffering && <OfferDialog round={round} onClose={() => setIsOffering(false)} />}
      {leaving !== null && (
        <ReasonDialog
          reassignmentId={reassignmentId}
          title={`${t("reassignment>remove")} · ${leaving.gridName ?? ""} ${leaving.postName}`}
          okText={t("reassignment>remove")}
          required
          deed={(reason) =>
            client.call(removeOfferedPost, {
              params: { reassignmentId, postCode: leaving.postCode },
              body: { reason },
            })
          }
          onClose={() => setLeaving(null)}
        />
      )}
    </>
  );
};
