import { putCalendarDays, type CalendarYear } from "@onegrid/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../../platform/client.ts";
import { calendarQuery, countyQuery } from "../../../platform/queries.ts";
import { ErrorNote } from "../../../shared/states.tsx";
import { windowOf, windowText } from "../dispatching/time-fields.tsx";
import { MOVED_ROWS, MovedCases } from "./moved-cases.tsx";
import { SpecialDays, type SpecialDay } from "./special-days.tsx";

type Draft = { days: SpecialDay[]; windows: string[]; confirmed: boolean };

const useEdit = (calendar: CalendarYear, draft: Draft) =>
  useMutation({
    mutationFn: (how: { dryRun: boolean; moveCases: boolean; page: number }) =>
      client.call(putCalendarDays, {
        params: { year: String(calendar.year) },
        query: { limit: String(MOVED_ROWS), offset: String((how.page - 1) * MOVED_ROWS) },
        body: {
          baseVersion: calendar.version,
          dryRun: how.dryRun,
          moveCases: how.moveCases,
          days: draft.days.map(({ day, kind, name }) => ({ day, kind, name })),
          windows: draft.windows.flatMap((text) => windowOf(text) ?? []),
          confirmed: draft.confirmed,
        },
      }),
  });

/** Edits a year: days, hours, whether it is official. What it moves is seen before it is saved. */
export const CalendarDialog = ({
  calendar,
  onClose,
}: {
  calendar: CalendarYear;
  onClose: () => void;
}) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { data: county } = useQuery(countyQuery);
  const [draft, setDraft] = useState<Draft>({
    days: calendar.days,
    windows: calendar.windows.map(windowText),
    confirmed: !calendar.provisional,
  });
  const [page, setPage] = useState(1);
  const [moveCases, setMoveCases] = useState(false);
  const preview = useEdit(calendar, draft);
  const save = useEdit(calendar, draft);
  const change = (next: Partial<Draft>) => {
    setDraft({ ...draft, ...next });
    preview.reset();
  };
  const look = (next: number) => {
    setPage(next);
    preview.mutate({ dryRun: true, moveCases: false, page: next });
  };
  const apply = async () => {
    await save.mutateAsync({ dryRun: false, moveCases, page: 1 });
    void message.success(t("calendarEdit>saved"));
    await queries.invalidateQueries(calendarQuery(calendar.year));
    onClose();
  };
  return (
    <Modal
      open
      width={680}
      title={`${t("calendarEdit>edit")} · ${t("calendar>year", { year: calendar.year })}`}
      onCancel={onClose}
      footer={[
        <Button key="look" loading={preview.isPending} onClick={() => look(1)}>
          {t("calendarEdit>preview")}
        </Button>,
        <Button
          key="apply"
          type="primary"
          disabled={preview.data === undefined}
          loading={save.isPending}
          // What went wrong is shown; there is nothing else to do about it here.
          onClick={() => void apply().catch(() => {})}
        >
          {t("calendarEdit>apply")}
        </Button>,
      ]}
    >
      {[preview.error, save.error].map(
        (error) => error && <ErrorNote key={error.message} error={error} />,
      )}
      <SpecialDays year={calendar.year} days={draft.days} onChange={(days) => change({ days })} />
      <p className="hint">{t("calendarEdit>hoursHint")}</p>
      <Select
        mode="tags"
        open={false}
        suffixIcon={null}
        aria-label={t("calendarEdit>hours")}
        style={{ width: "100%" }}
        value={draft.windows}
        onChange={(windows: string[]) =>
          change({ windows: windows.filter((text) => windowOf(text) !== null) })
        }
      />
      <Checkbox
        style={{ margin: "12px 0" }}
        checked={draft.confirmed}
        onChange={(event) => change({ confirmed: event.target.checked })}
      >
        {t("calendarEdit>confirm")}
      </Checkbox>
      {preview.data && (
        <MovedCases
          total={preview.data.movedCases}
          rows={preview.data.examples}
          page={page}
          timeZone={county?.timeZone ?? "Asia/Shanghai"}
          loading={preview.isPending}
          moveCases={moveCases}
          onPage={look}
          onMoveCases={setMoveCases}
        />
      )}
    </Modal>
  );
};
