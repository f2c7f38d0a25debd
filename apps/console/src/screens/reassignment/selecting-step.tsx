import {
  selectCandidate,
  type Candidacy,
  type OfferedPost,
  type Reassignment,
} from "@onegrid/contract";
import { isSelectable } from "@onegrid/domain";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { CandidateLine } from "./candidate-line.tsx";
import { actOf, MoveButton } from "./move-bar.tsx";
import { OfferedPostItem } from "./offered-post-item.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";

type Chosen = { post: OfferedPost; candidacy: Candidacy };

/** 择优选聘: one of the eligible for each post; who was objected to is not chosen again. */
export const SelectingStep = ({ round }: { round: Reassignment }) => {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const { reassignmentId, posts, maxPostsPerPerson } = round;
  const maySelect = actOf(round, "select") !== undefined;
  const selected = posts.filter(({ state }) => state === "selected").length;
  const open = posts.filter(({ state }) => state === "vacant" || state === "returned").length;
  return (
    <>
      <p className="hint">{t("reassignment>limitNote", { n: maxPostsPerPerson })}</p>
      <ul className="offered-posts">
        {posts.map((post) => (
          <OfferedPostItem key={post.postCode} post={post}>
            {post.state === "returned" && (
              <p className="organisation-missing">▲ {t("reassignment>returnedNote")}</p>
            )}
            <ul className="candidates">
              {post.candidacies
                .filter(({ state, barred }) => state === "eligible" || barred)
                .map((candidacy) => {
                  const { candidacyId, barred, name } = candidacy;
                  const isSelected = candidacyId === post.selectedId && !barred;
                  return (
                    <CandidateLine key={candidacyId} candidacy={candidacy} isSelected={isSelected}>
                      {maySelect && isSelectable(post.state) && !barred && !isSelected && (
                        <Button
                          size="small"
                          aria-label={`${t("reassignment>select")} ${name}`}
                          onClick={() => setChosen({ post, candidacy })}
                        >
                          {t("reassignment>select")}
                        </Button>
                      )}
                    </CandidateLine>
                  );
                })}
            </ul>
            {post.selectionReason !== null && post.selectionReason !== "" && (
              <p>{t("reassignment>selectedFor", { reason: post.selectionReason })}</p>
            )}
          </OfferedPostItem>
        ))}
      </ul>
      <footer className="guide-moves">
        {open > 0 && (
          <p className="organisation-missing">
            ▲ {t("reassignment>gap_posts_unselected", { n: open })}
          </p>
        )}
        <p>{t("reassignment>selectedCount", { n: selected, all: posts.length })}</p>
        <MoveButton round={round} move="reopen_review" kind="default" />
      </footer>
      {chosen !== null && (
        <ReasonDialog
          reassignmentId={reassignmentId}
          title={`${t("reassignment>select")} · ${chosen.candidacy.name} · ${chosen.post.gridName ?? ""} ${chosen.post.postName}`}
          okText={t("reassignment>select")}
          required={false}
          deed={(reason) =>
            client.call(selectCandidate, {
              params: { reassignmentId, postCode: chosen.post.postCode },
              body: { candidacyId: chosen.candidacy.candidacyId, reason },
            })
          }
          onClose={() => setChosen(null)}
        />
      )}
    </>
  );
};
