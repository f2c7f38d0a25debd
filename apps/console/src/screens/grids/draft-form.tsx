import { putGridChange, type GridChange } from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { Alert, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { today } from "../../shared/today.ts";
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

/** From which day, and why; kept as a draft that can be taken up again. */
export const DraftForm = ({ parentCode, change, newId, drawn, onSaved, onLeave }: Props) => {
  const { t } = useTranslation();
  const [effectiveOn, setEffectiveOn] = useState(change?.effectiveOn ?? today());
  const [note, setNote] = useState(change?.note ?? "");
  const save = useGridDeed(
    () =>
      client.call(putGridChange, {
        params: { changeId: change?.changeId ?? newId },
        body: { baseVersion: change?.version ?? 0, parentCode, effectiveOn, note, ...drawn },
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
