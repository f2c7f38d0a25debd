import {
  moveReassignment,
  type EndpointInput,
  type Reassignment,
  type ReassignmentMove,
} from "@onegrid/contract";
import { App, Button, Input } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { useAct } from "./use-act.ts";

/** Posts named in one line; the others are counted. */
const NAMED = 4;

type Act = Reassignment["acts"][number];

/** What stands in the way of an act, in plain words, with the posts it is about. */
export const Gaps = ({ round, act }: { round: Reassignment; act: Act }) => {
  const { t } = useTranslation();
  if (act.missing.length === 0) return null;
  const nameOf = (code: string) => {
    const post = round.posts.find(({ postCode }) => postCode === code);
    return post === undefined ? code : `${post.gridName ?? post.gridCode} ${post.postName}`;
  };
  return (
    <ul className="gap-list" aria-label={t("reassignment>missing")}>
      {act.missing.map(({ gap, count, postCodes }) => (
        <li key={gap}>
          ▲ {t(`reassignment>gap_${gap}`, { n: count })}
          {postCodes.length > 0 && (
            <small>
              {postCodes.slice(0, NAMED).map(nameOf).join("、")}
              {postCodes.length > NAMED && t("reassignment>andMore", { n: postCodes.length })}
            </small>
          )}
        </li>
      ))}
    </ul>
  );
};

export const actOf = (round: Reassignment, name: Act["act"]): Act | undefined =>
  round.acts.find(({ act }) => act === name);

type Body = Omit<EndpointInput<typeof moveReassignment>["body"], "move" | "baseVersion">;

type Props = {
  round: Reassignment;
  move: ReassignmentMove;
  /** Said in the dialog: how many of what it is about. */
  counts?: Record<string, string | number>;
  /** What it needs beside the press. */
  body?: Body;
  /** Steps back and cancelling look like what they are. */
  kind?: "primary" | "default" | "danger";
};

const NOTHING = {};

/** A step forward or back: what is missing, what it will do, and the button. */
export const MoveButton = ({
  round,
  move,
  counts = NOTHING,
  body = NOTHING,
  kind = "primary",
}: Props) => {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const reason = useRef("");
  const { reassignmentId, version } = round;
  const deed = useAct(reassignmentId);
  const act = actOf(round, move);
  if (act === undefined) return null;
  const ask = () => {
    reason.current = "";
    modal.confirm({
      title: t(`reassignment>move_${move}`),
      content: (
        <>
          <p>{t(`reassignment>will_${move}`, counts)}</p>
          {move === "cancel" && (
            <Input
              aria-label={t("organisations>reason")}
              placeholder={t("organisations>reason")}
              maxLength={200}
              onChange={({ target }) => {
                reason.current = target.value.trim();
              }}
            />
          )}
        </>
      ),
      okText: t(`reassignment>move_${move}`),
      cancelText: t("common>close"),
      okButtonProps: { danger: kind === "danger" },
      onOk: () => {
        const words = reason.current === "" ? {} : { reason: reason.current };
        deed.mutate(() =>
          client.call(moveReassignment, {
            params: { reassignmentId },
            body: { move, baseVersion: version, ...body, ...words },
          }),
        );
      },
    });
  };
  return (
    <>
      {kind === "primary" && <Gaps round={round} act={act} />}
      <Button
        type={kind === "primary" ? "primary" : "default"}
        danger={kind === "danger"}
        disabled={act.missing.length > 0}
        loading={deed.isPending}
        onClick={ask}
      >
        {t(`reassignment>move_${move}`)}
      </Button>
      {deed.error && <ErrorNote error={deed.error} />}
    </>
  );
};
