import { appointSelected, type Reassignment } from "@onegrid/contract";
import { selectedOf } from "@onegrid/domain";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { today } from "../../shared/today.ts";
import { actOf, Gaps, MoveButton } from "./move-bar.tsx";
import { OfferedPostItem } from "./offered-post-item.tsx";
import { useAct } from "./use-act.ts";

/** The later of today and the day on which the old posts end. */
const firstDay = (endsOn: string | null): string => {
  const now = today();
  return endsOn !== null && endsOn > now ? endsOn : now;
};

/** 任职: everybody whose term is over and against whom nothing stands. */
export const AppointingStep = ({ round }: { round: Reassignment }) => {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [beginsOn, setBeginsOn] = useState(() => firstDay(round.endsOn));
  const { reassignmentId, posts } = round;
  const deed = useAct(reassignmentId);
  const act = actOf(round, "appoint");
  const free = posts.filter(({ state }) => state === "free").length;
  const ask = () =>
    modal.confirm({
      title: t("reassignment>appointN", { n: free }),
      content: t("reassignment>will_appoint", { n: free, day: beginsOn }),
      okText: t("reassignment>appointN", { n: free }),
      cancelText: t("common>close"),
      onOk: () => {
        deed.mutate(() =>
          client.call(appointSelected, { params: { reassignmentId }, body: { beginsOn } }),
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
              post.appointment !== null && (
                <a href={`/grids/${post.gridCode}/sign`} target="_blank" rel="noreferrer">
                  {t("reassignment>doorSign")}
                </a>
              )
            }
          >
            <p>
              {selectedOf(post)?.name ?? t("reassignment>nobodyYet")}
              {post.appointment !== null &&
                ` · ${t("staffing>beginsOn")} ${post.appointment.beginsOn}`}
            </p>
          </OfferedPostItem>
        ))}
      </ul>
      <footer className="guide-moves">
        {act !== undefined && free > 0 && (
          <>
            <label className="guide-day">
              {t("staffing>beginsOn")}
              <Input
                type="date"
                value={beginsOn}
                onChange={({ target }) => setBeginsOn(target.value)}
              />
            </label>
            <Gaps round={round} act={act} />
            <Button type="primary" loading={deed.isPending} onClick={ask}>
              {t("reassignment>appointN", { n: free })}
            </Button>
          </>
        )}
        {deed.error && <ErrorNote error={deed.error} />}
        <MoveButton round={round} move="finish_appointing" counts={{ n: posts.length }} />
      </footer>
    </>
  );
};
