import type { DispatchRule } from "@onegrid/contract";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { conditionWords, targetWords, type Names } from "./rule-words.ts";

type RowProps = {
  rule: DispatchRule;
  place: number;
  count: number;
  names: Names;
  editable: boolean;
  dragged: boolean;
  onEdit: () => void;
  onMove: (to: number) => void;
  onDrag: (over: "start" | "end" | "over") => void;
};

const Faults = ({ rule }: { rule: DispatchRule }) => {
  const { t } = useTranslation();
  if (rule.faults.length === 0) return null;
  return (
    <ul className="rule-faults">
      {rule.faults.map(({ code, found }) => (
        <li key={`${code} ${found}`}>⚠ {t(`dispatching>fault_${code}`, { found })}</li>
      ))}
    </ul>
  );
};

const RuleRow = ({ rule, place, count, names, editable, dragged, ...on }: RowProps) => {
  const { t } = useTranslation();
  const conditions = conditionWords(t, rule.when, names);
  const broken = rule.faults.length > 0;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons in it do the same by keyboard
    <li
      className={`rule-row${dragged ? " rule-dragged" : ""}${rule.active ? "" : " rule-inactive"}`}
      draggable={editable}
      onDragStart={() => on.onDrag("start")}
      onDragEnd={() => on.onDrag("end")}
      onDragOver={(event) => {
        event.preventDefault();
        on.onDrag("over");
      }}
      onDrop={(event) => event.preventDefault()}
    >
      <span className="rule-place">{place}</span>
      <div className="rule-words">
        <strong>{rule.name}</strong>
        {!rule.active && <span className="badge">{t("configuration>inactive")}</span>}
        {broken && <span className="badge rule-broken">{t("dispatching>broken")}</span>}
        <p>
          {conditions.length === 0 ? t("dispatching>always") : conditions.join("；")}
          {" → "}
          <b>{targetWords(t, rule.target, names)}</b>
        </p>
        <Faults rule={rule} />
      </div>
      {editable && (
        <div className="rule-buttons">
          <Button
            size="small"
            disabled={place === 1}
            aria-label={t("dispatching>up", { name: rule.name })}
            onClick={() => on.onMove(place - 2)}
          >
            ↑
          </Button>
          <Button
            size="small"
            disabled={place === count}
            aria-label={t("dispatching>down", { name: rule.name })}
            onClick={() => on.onMove(place)}
          >
            ↓
          </Button>
          <Button
            size="small"
            aria-label={`${t("configuration>edit")} ${rule.name}`}
            onClick={on.onEdit}
          >
            {t("configuration>edit")}
          </Button>
        </div>
      )}
    </li>
  );
};

const moved = (rules: readonly DispatchRule[], from: number, to: number): DispatchRule[] => {
  const next = rules.toSpliced(from, 1);
  return next.toSpliced(to, 0, rules[from] as DispatchRule);
};

type Props = {
  rules: readonly DispatchRule[];
  names: Names;
  editable: boolean;
  onEdit: (rule: DispatchRule) => void;
  onOrder: (ruleIds: string[]) => void;
};

/** The rules in the order in which they are asked; dragged with the mouse, moved with the buttons. */
export const RuleList = ({ rules, names, editable, onEdit, onOrder }: Props) => {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const shown = drag === null ? rules : moved(rules, drag.from, drag.to);
  const order = (next: readonly DispatchRule[]) => onOrder(next.map(({ ruleId }) => ruleId));
  const onDrag = (index: number) => (over: "start" | "end" | "over") => {
    if (over === "start") setDrag({ from: index, to: index });
    else if (over === "over") setDrag(drag && { ...drag, to: index });
    else {
      if (drag !== null && drag.from !== drag.to) order(shown);
      setDrag(null);
    }
  };
  return (
    <ol className="rule-list">
      {shown.map((rule, index) => (
        <RuleRow
          key={rule.ruleId}
          rule={rule}
          place={index + 1}
          count={shown.length}
          names={names}
          editable={editable}
          dragged={drag?.to === index}
          onEdit={() => onEdit(rule)}
          onMove={(to) => order(moved(rules, index, to))}
          onDrag={onDrag(index)}
        />
      ))}
    </ol>
  );
};
