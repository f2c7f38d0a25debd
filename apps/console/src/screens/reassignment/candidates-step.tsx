import {
  reviewCandidacy,
  type Candidacy,
  type OfferedPost,
  type Reassignment,
} from "@onegrid/contract";
import { isSelectable } from "@onegrid/domain";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { EmptyNote } from "../../shared/states.tsx";
import { CandidateDialog } from "./candidate-dialog.tsx";
import { CandidateLine } from "./candidate-line.tsx";
import { actOf, MoveButton } from "./move-bar.tsx";
import { OfferedPostItem } from "./offered-post-item.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import { useAct } from "./use-act.ts";

type Doing = { kind: "enter"; post: OfferedPost } | { kind: "refuse"; candidacy: Candidacy } | null;

const Review = ({
  reassignmentId,
  candidacy,
  onRefuse,
}: {
  reassignmentId: string;
  candidacy: Candidacy;
  onRefuse: () => void;
}) => {
  const { t } = useTranslation();
  const act = useAct(reassignmentId);
  const { candidacyId, state, name } = candidacy;
  const pass = () =>
    act.mutate(() =>
      client.call(reviewCandidacy, {
        params: { reassignmentId, candidacyId },
        body: { outcome: "eligible", reason: "" },
      }),
    );
  return (
    <>
      {state !== "eligible" && (
        <Button
          size="small"
          aria-label={`${t("reassignment>pass")} ${name}`}
          loading={act.isPending}
          onClick={pass}
        >
          {t("reassignment>pass")}
        </Button>
      )}
      {state !== "refused" && (
        <Button size="small" aria-label={`${t("reassignment>refuse")} ${name}`} onClick={onRefuse}>
          {t("reassignment>refuse")}
        </Button>
      )}
    </>
  );
};

/** 报名推荐 and 资格审查: who stands for which post, and whether they may. */
export const CandidatesStep = ({
  round,
  reviewing,
}: {
  round: Reassignment;
  reviewing: boolean;
}) => {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing>(null);
  const { reassignmentId, posts } = round;
  const mayEnter = actOf(round, "enter") !== undefined;
  const mayReview = reviewing && actOf(round, "review") !== undefined;
  const candidates = posts.reduce((sum, { candidacies }) => sum + candidacies.length, 0);
  const close = () => setDoing(null);
  return (
    <>
      {posts.length === 0 && <EmptyNote words={t("reassignment>noPosts")} />}
      <ul className="offered-posts">
        {posts.map((post) => (
          <OfferedPostItem
            key={post.postCode}
            post={post}
            tools={
              mayEnter &&
              isSelectable(post.state) && (
                <Button size="small" onClick={() => setDoing({ kind: "enter", post })}>
                  {t("reassignment>enter")}
                </Button>
              )
            }
          >
            {post.candidacies.length === 0 ? (
              <p className="organisation-missing">▲ {t("reassignment>noCandidates")}</p>
            ) : (
              <ul className="candidates">
                {post.candidacies.map((candidacy) => (
                  <CandidateLine key={candidacy.candidacyId} candidacy={candidacy}>
                    {mayReview && isSelectable(post.state) && !candidacy.barred && (
                      <Review
                        reassignmentId={reassignmentId}
                        candidacy={candidacy}
                        onRefuse={() => setDoing({ kind: "refuse", candidacy })}
                      />
                    )}
                  </CandidateLine>
                ))}
              </ul>
            )}
          </OfferedPostItem>
        ))}
      </ul>
      <footer className="guide-moves">
        {reviewing ? (
          <>
            <MoveButton round={round} move="finish_review" counts={{ n: candidates }} />
            <MoveButton round={round} move="reopen_call" kind="default" />
          </>
        ) : (
          <MoveButton
            round={round}
            move="close_call"
            counts={{ n: candidates, posts: posts.length }}
          />
        )}
      </footer>
      {doing?.kind === "enter" && (
        <CandidateDialog round={round} post={doing.post} onClose={close} />
      )}
      {doing?.kind === "refuse" && (
        <ReasonDialog
          reassignmentId={reassignmentId}
          title={`${t("reassignment>refuse")} · ${doing.candidacy.name}`}
          okText={t("reassignment>refuse")}
          required
          deed={(reason) =>
            client.call(reviewCandidacy, {
              params: { reassignmentId, candidacyId: doing.candidacy.candidacyId },
              body: { outcome: "refused", reason },
            })
          }
          onClose={close}
        />
      )}
    </>
  );
};
