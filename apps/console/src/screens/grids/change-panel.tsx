import { decideGridChange, type GridChange, type GridChangeAction } from "@onegrid/contract";
import { isGridChangeOpen } from "@onegrid/domain";
import { problemWords } from "@onegrid/ui";
import { Alert, Button, Descriptions, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { FindingList } from "./finding-list.tsx";
import { useGridDeed } from "./use-grid-deed.ts";

type Props = {
  change: GridChange;
  onEdit: (change: GridChange) => void;
  onClose: () => void;
};

const NEEDS_NOTE: ReadonlySet<GridChangeAction> = new Set(["refuse"]);

/** What is tied to the grids; what stands on one that goes away has to be decided first. */
const Ties = ({ ties }: Pick<GridChange, "ties">) => {
  const { t } = useTranslation();
  const first = ties.filter(({ vanishing }) => vanishing);
  if (ties.length === 0) return null;
  return (
    <Alert
      type={first.length > 0 ? "warning" : "info"}
      showIcon
      title={first.length > 0 ? t("grids>toDecide", { n: first.length }) : t("grids>tied")}
      description={
        <ul className="grid-findings">
          {(first.length > 0 ? first : ties).slice(0, 30).map(({ kind, code, name, gridCode }) => (
            <li key={`${kind} ${code} ${gridCode}`}>
              {t(`gridTie>${kind}`)} {name} <small>{code}</small>
            </li>
          ))}
        </ul>
      }
    />
  );
};

/** A change with what was found about it, and what whoever looks may do. */
export const ChangePanel = ({ change, onEdit, onClose }: Props) => {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const decide = useGridDeed(
    (action: GridChangeAction) =>
      client.call(decideGridChange, {
        params: { changeId: change.changeId },
        body: { baseVersion: change.version, action, ...(note.trim() !== "" && { note }) },
      }),
    () => setNote(""),
  );
  const isOpen = isGridChangeOpen(change.state);
  const names = (people: (GridChange["proposedBy"] | null)[]) =>
    people.map((person) => person?.name ?? "—").join(" → ");
  return (
    <section className="grid-change" aria-label={t("grids>change")}>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: "state", label: t("grids>state"), children: t(`gridChangeState>${change.state}`) },
          { key: "on", label: t("grids>effectiveOn"), children: change.effectiveOn },
          { key: "note", label: t("grids>note"), children: change.note },
          {
            key: "grids",
            label: t("grids>becomes"),
            children: `${change.replaces.map(({ name }) => name).join("、") || "—"} → ${change.gridNames.join("、")}`,
          },
          {
            key: "people",
            label: t("grids>people"),
            children: names([change.writtenBy, change.proposedBy, change.decidedBy]),
          },
          ...(change.decisionNote === null
            ? []
            : [{ key: "why", label: t("grids>reason"), children: change.decisionNote }]),
          ...(isOpen
            ? [{ key: "cases", label: t("grids>movesCases"), children: change.openCases }]
            : []),
        ]}
      />
      {isOpen && <FindingList findings={change.findings} />}
      <Ties ties={change.ties} />
      {decide.isError && <Alert type="error" title={problemWords(t, decide.error)} />}
      {change.actions.length > 0 && change.state !== "draft" && (
        <Input.TextArea
          aria-label={t("grids>reason")}
          placeholder={t("grids>reason")}
          maxLength={500}
          rows={2}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      )}
      <div className="grid-buttons">
        {change.state === "draft" && change.actions.includes("propose") && (
          <Button onClick={() => onEdit(change)}>{t("grids>edit")}</Button>
        )}
        {change.actions.map((action) => (
          <Button
            key={action}
            type={action === "propose" || action === "approve" ? "primary" : "default"}
            danger={action === "refuse" || action === "withdraw"}
            loading={decide.isPending && decide.variables === action}
            disabled={NEEDS_NOTE.has(action) && note.trim() === ""}
            onClick={() => decide.mutate(action)}
          >
            {t(`gridChangeAction>${action}`)}
          </Button>
        ))}
        <Button onClick={onClose}>{t("grids>leave")}</Button>
      </div>
    </section>
  );
};
