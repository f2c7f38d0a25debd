import { dueWords } from "@onegrid/ui";
import { hrefOf } from "../router.ts";
import { Icon } from "../ui/icons.tsx";
import { Light } from "../ui/light.tsx";
import { useWords } from "../words.ts";
import type { Task } from "./use-tasks.ts";

/** One task in the list; the whole card is one link. */
export const TaskCard = ({ task, now }: { task: Task; now: Date }) => {
  const { t } = useWords();
  const { item, waiting, isStandIn } = task;
  const actions = waiting.flatMap((i) =>
    i.kind === "command" ? [t(`action>${i.command.action}`)] : [],
  );
  const place = [item.gridName, item.address].filter(Boolean).join(" · ");
  return (
    <li>
      <a className="card" href={hrefOf({ name: "task", caseId: item.caseId })}>
        <div className="card-line">
          <Light of={item} now={now} />
          <span className="weak">{dueWords(t, item.dueAt, now)}</span>
          <span className="chip">{t(`state>${item.state}`)}</span>
        </div>
        <h3>
          {item.emergency && <span className="chip chip-red">{t("tasks>emergency")}</span>}{" "}
          {item.categoryName}
        </h3>
        {item.description !== item.categoryName && <p className="clamp">{item.description}</p>}
        <p className="weak">
          {isStandIn && <span className="chip">{t("tasks>standIn")}</span>} {place}
        </p>
        {actions.length > 0 && (
          <p className="chip chip-amber">
            <Icon name="queue" />
            {t("tasks>pending", { actions: actions.join("、") })}
          </p>
        )}
        {item.sample && <span className="chip">{t("sampleData")}</span>}
      </a>
    </li>
  );
};
