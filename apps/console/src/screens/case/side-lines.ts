import type { CaseDetail } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import type { TFunction } from "i18next";

/** One matter beside a case, in words. `waits`: somebody has to do something about it. */
export type SideLine = {
  key: string;
  title: string;
  state: string;
  facts: string[];
  waits: boolean;
};

type Names = { t: TFunction; timeZone: string; unit: (code: string) => string };

const WAITING = ["asked", "endorsed"];

/** Everything beside a case's main line, what waits first. */
export const sideLines = ({ side }: CaseDetail, { t, timeZone, unit }: Names): SideLine[] => {
  const at = (instant: string) => instantWords(instant, timeZone);
  const asked = (instant: string) => t("side>askedAt", { at: at(instant) });
  const lines: SideLine[] = [];
  const add = (key: string, title: string, state: string, waits: boolean, ...facts: string[]) =>
    lines.push({ key, title, state, facts, waits });

  if (side.check) {
    const { finding, askedAt, holderCode } = side.check;
    add(
      "check",
      t("side>check"),
      finding === null ? t("side>unanswered") : t(`finding>${finding}`),
      finding === null,
      asked(askedAt),
      t("side>waitsFor", { who: unit(holderCode) }),
    );
  }
  side.extensions.forEach((e, n) =>
    add(
      `extension${n}`,
      t("side>extension"),
      t(`requestState>${e.state}`),
      WAITING.includes(e.state),
      asked(e.askedAt),
    ),
  );
  side.suspensions.forEach((s, n) =>
    add(
      `suspension${n}`,
      t("side>suspension"),
      s.resumedAt === null
        ? t(`requestState>${s.state}`)
        : t("side>resumed", { at: at(s.resumedAt) }),
      WAITING.includes(s.state),
      t(`suspensionReason>${s.reason}`),
      t("side>until", { day: s.endsOn }),
      asked(s.askedAt),
    ),
  );
  side.supervisions.forEach((s, n) =>
    add(
      `supervision${n}`,
      t(`supervisionLevel>${s.level}`),
      s.answeredAt === null ? t("side>unanswered") : t("side>answeredAt", { at: at(s.answeredAt) }),
      s.answeredAt === null,
      t("side>answerBy", { at: at(s.answerBy) }),
    ),
  );
  side.whistles.forEach((w, n) =>
    add(
      `whistle${n}`,
      t(`whistleKind>${w.kind}`),
      t(`whistleState>${w.state}`),
      w.state === "called" || w.state === "approved",
      ...w.units.map((u) =>
        [
          unit(u.unitCode),
          u.arrivedAt !== null
            ? t("side>arrivedAt", { at: at(u.arrivedAt) })
            : u.arriveBy !== null
              ? t("side>arriveBy", { at: at(u.arriveBy) })
              : "",
          u.score === null ? "" : t("side>scored", { n: u.score }),
        ]
          .filter(Boolean)
          .join(" · "),
      ),
    ),
  );
  side.appeals.forEach((a, n) =>
    add(
      `appeal${n}`,
      t("side>appeal"),
      t(`requestState>${a.state}`),
      WAITING.includes(a.state),
      asked(a.askedAt),
    ),
  );
  side.subTasks.forEach((s) =>
    add(
      `subTask${s.subTask}`,
      `${t("side>subTask")}：${s.task}`,
      t(`subTaskState>${s.state}`),
      s.endedAt === null,
      t("side>by", { who: unit(s.holderCode) }),
      t("side>dueAt", { at: at(s.dueAt) }),
    ),
  );
  if (side.noOwner) {
    const { decision, markedAt } = side.noOwner;
    add(
      "noOwner",
      t("side>noOwner"),
      decision === null
        ? t("side>undecided")
        : t("side>decided", { who: unit(decision.holderCode) }),
      decision === null,
      asked(markedAt),
    );
  }
  side.reopenings.forEach((r, n) =>
    add(`reopening${n}`, t("side>reopened"), t(`reopenReason>${r.reason}`), false, at(r.at)),
  );
  return lines.sort((a, b) => Number(b.waits) - Number(a.waits));
};
