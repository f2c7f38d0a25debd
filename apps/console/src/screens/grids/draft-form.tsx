import { putGridChange, type GridChange } from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { Alert, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { dayAhead, today } from "../../shared/today.ts";
import { chosenMoves } from "./change-ties.tsx";
import { useGridDeed } from "./use-grid-deed.ts";

type Props = {
  parentCode: string;
  /** The draft that is written on; null for a new one. */
  change: GridChange | null;
  newId: string;
  drawn: Pick<
    Parameters<typeof client.call<typeof putGridChange>>[1]["body"],
    "replaces" | "grids"
  >;
  onSaved: (change: GridChange) => void;
  onLeave: () => void;
};

/** Room for the shortest term of a notice, with its weekend, and for the approval after it. */
const DAYS_AHEAD = 14;

/** Choices about what is tied to the grids hold as long as the grids are drawn the same. */
const movesOf = (change: GridChange | null, drawn: Props["drawn"]) =>
  change !== null && JSON.stringify(change.grids) === JSON.stringify(drawn.grids)
    ? chosenMoves(change.ties)
    : [];

/** From which day, and why; kept as a draft that can be taken up again. */
export const DraftForm = ({ parentCode, change, newId, drawn, onSaved, onLeave }: Props) => {
  const { t } = useTranslation();
  const [effectiveOn, setEffectiveOn] = useState(change?.effectiveOn ?? dayAhead(DAYS_AHEAD));
  const [note, setNote] = useState(change?.note ?? "");
  const save = useGridDeed(
    () =>
      client.call(putGridChange, {
        params: { changeId: change?.changeId ?? newId },
        body: {
          baseVersion: change?.version ?? 0,
          parentCode,
          effectiveOn,
          note,
          ...drawn,
          moves: movesOf(change, drawn),
        },
      }),
    onSaved,
  );
  return (
    <form
      className="grid-draft"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <label>
        {t("grids>effectiveOn")}
        <Input
          type="date"
          required
          min={today()}
          value={effectiveOn}
          onChange={({ target }) => setEffectiveOn(target.value)}
        />
        <small>{t("grids>effectiveHint")}</small>
      </label>
      <label>
        {t("grids>note")}
        <Input.TextArea
          required
          minLength={2}
          maxLength={500}
          rows={2}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      {save.isError && <Alert type="error" title={problemWords(t, save.error)} />}
      <div className="grid-buttons">
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={drawn.grids.length === 0}
        >
          {t("grids>save")}
        </Button>
        <Button onClick={onLeave}>{t("grids>leave")}</Button>
      </div>
    </form>
  );
};
