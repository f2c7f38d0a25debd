import { REASSIGNMENT_STEPS, type Reassignment, type ReassignmentStep } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { reassignmentQuery } from "../../platform/reassignment-queries.ts";
import { useSession } from "../../platform/session.ts";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { NoticeDrawer } from "../staffing/notice-drawer.tsx";
import { AppointingStep } from "./appointing-step.tsx";
import { CandidatesStep } from "./candidates-step.tsx";
import { HandingOverStep } from "./handing-over-step.tsx";
import { ListingStep } from "./listing-step.tsx";
import { MoveButton } from "./move-bar.tsx";
import { OpeningStep } from "./opening-step.tsx";
import { PublishingStep } from "./publishing-step.tsx";
import { Record } from "./record.tsx";
import { SelectingStep } from "./selecting-step.tsx";

type StepProps = {
  round: Reassignment;
  step: ReassignmentStep;
  onNotice: (noticeId: string) => void;
};

const StepWork = ({ round, step, onNotice }: StepProps) => {
  switch (step) {
    case "listing":
      return <ListingStep round={round} />;
    case "opening":
      return <OpeningStep round={round} />;
    case "calling":
      return <CandidatesStep key="calling" round={round} reviewing={false} />;
    case "reviewing":
      return <CandidatesStep key="reviewing" round={round} reviewing />;
    case "selecting":
      return <SelectingStep round={round} />;
    case "publishing":
      return <PublishingStep round={round} onNotice={onNotice} />;
    case "appointing":
      return <AppointingStep round={round} />;
    case "handing_over":
      return <HandingOverStep round={round} />;
  }
};

/** How far each step is: those before the one whose turn it is are done. */
const progressOf = (round: Reassignment, step: ReassignmentStep): "done" | "current" | "later" => {
  if (round.step === null) return round.state === "closed" ? "done" : "later";
  const distance = REASSIGNMENT_STEPS.indexOf(step) - REASSIGNMENT_STEPS.indexOf(round.step);
  return distance === 0 ? "current" : distance < 0 ? "done" : "later";
};

/** On a phone the steps lie side by side: the one that is looked at comes into sight. */
const intoSight = (step: HTMLLIElement | null): void => {
  const rail = step?.parentElement;
  if (rail) rail.scrollLeft = step.offsetLeft - rail.offsetLeft;
};

const Rail = ({
  round,
  shown,
  onShow,
}: {
  round: Reassignment;
  shown: ReassignmentStep;
  onShow: (step: ReassignmentStep) => void;
}) => {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("reassignment>steps")}>
      <ol className="guide-rail">
        {REASSIGNMENT_STEPS.map((step, index) => {
          const progress = progressOf(round, step);
          return (
            <li
              key={step}
              ref={shown === step ? intoSight : null}
              className={`guide-step guide-step-${progress}`}
            >
              <button
                type="button"
                aria-current={shown === step ? "step" : undefined}
                onClick={() => onShow(step)}
              >
                <span className="guide-mark">{progress === "done" ? "✓" : index + 1}</span>
                {t(`reassignment>step_${step}`)}
                {progress === "current" && (
                  <span className="visually-hidden">{t("reassignment>current")}</span>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
};

/** 归零整合 of one street: the steps, the work of one of them, what is missing, and the record. */
export const Guide = ({ reassignmentId }: { reassignmentId: string }) => {
  const { t } = useTranslation();
  const { account } = useSession();
  const { data: round, error, isPending, refetch } = useQuery(reassignmentQuery(reassignmentId));
  // Looked at out of turn, until the turn moves on.
  const [looked, setLooked] = useState<{ step: ReassignmentStep; at: string | null } | null>(null);
  // Here and not in its step: an upheld objection moves the turn back, and its answer is still read.
  const [noticeId, setNoticeId] = useState<string | null>(null);
  if (isPending) return <Loading rows={10} />;
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  const shown =
    looked !== null && looked.at === round.step ? looked.step : (round.step ?? "handing_over");
  return (
    <div className="guide">
      <Rail round={round} shown={shown} onShow={(step) => setLooked({ step, at: round.step })} />
      <section className="guide-work" aria-labelledby="guide-step">
        <h2 id="guide-step">{t(`reassignment>step_${shown}`)}</h2>
        <p className="hint">{t(`reassignment>about_${shown}`)}</p>
        {round.step === null && (
          <p className="guide-end">{t(`reassignmentState>${round.state}`)}</p>
        )}
        <StepWork round={round} step={shown} onNotice={setNoticeId} />
        <Record round={round} />
        <MoveButton round={round} move="cancel" kind="danger" counts={round.former} />
      </section>
      {noticeId !== null && (
        <NoticeDrawer
          noticeId={noticeId}
          editable={account.role === "county_centre" || account.role === "street"}
          onClose={() => setNoticeId(null)}
        />
      )}
    </div>
  );
};
