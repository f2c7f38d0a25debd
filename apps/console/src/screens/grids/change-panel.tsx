import { decideGridChange, type GridChange, type GridChangeDecision } from "@onegrid/contract";
import { isGridChangeOpen } from "@onegrid/domain";
import { problemWords } from "@onegrid/ui";
import { Alert, Button, Descriptions, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { becomes } from "./becomes.ts";
import { ChangeNotice } from "./change-notice.tsx";
import { ChangeTies } from "./change-ties.tsx";
import { FindingList } from "./finding-list.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { useGridDeed } from "./use-grid-deed.ts";

type Props = {
  change: GridChange;
  onEdit: (change: GridChange) => void;
  onClose: () => void;
};

const PRIMARY: ReadonlySet<string> = new Set(["propose", "publish", "approve"]);
const NEEDS_NOTE: ReadonlySet<string> = new Set(["refuse"]);

/** A change with what was found about it, and what whoever looks may do. */
export const ChangePanel = ({ change, onEdit, onClose }: Props) => {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const [isPublishing, setIsPublishing] = useState(false);
  const decide = useGridDeed(
    (action: GridChangeDecision) =>
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
            children: becomes(change),
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
      {change.state !== "draft" && <ChangeNotice change={change} />}
      <ChangeTies
        change={change}
        editable={change.state === "draft" && change.actions.includes("propose")}
      />
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
            type={PRIMARY.has(action) ? "primary" : "default"}
            danger={action === "refuse" || action === "withdraw"}
            loading={decide.isPending && decide.variables === action}
            disabled={NEEDS_NOTE.has(action) && note.trim() === ""}
            onClick={() => (action === "publish" ? setIsPublishing(true) : decide.mutate(action))}
          >
            {t(`gridChangeAction>${action}`)}
          </Button>
        ))}
        <Button onClick={onClose}>{t("grids>leave")}</Button>
      </div>
      {isPublishing && <PublishDialog change={change} onClose={() => setIsPublishing(false)} />}
    </section>
  );
};
