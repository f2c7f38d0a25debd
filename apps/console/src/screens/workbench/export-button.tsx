import { getExport, startExport, type ExportFormat } from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { newId } from "../../platform/ids.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { useCaseSearch } from "./use-case-search.ts";

const POLL_MS = 700;

/** Progress of one export, and its file when it is written. */
const ExportDialog = ({ format, onClose }: { format: ExportFormat; onClose: () => void }) => {
  const { t, i18n } = useTranslation();
  const { search } = useCaseSearch();
  const [exportId] = useState(newId);
  const [filters] = useState(search);
  const start = useMutation({
    mutationFn: () =>
      client.call(startExport, {
        body: {
          exportId,
          format,
          language: i18n.language === "en" ? "en" : "zh-CN",
          filters: { sort: "due", ...filters },
        },
      }),
  });
  const { data, error } = useQuery({
    queryKey: ["export", exportId],
    queryFn: ({ signal }) => client.call(getExport, { params: { exportId } }, { signal }),
    enabled: start.isSuccess,
    refetchInterval: ({ state }) =>
      state.data?.state === "done" || state.data?.state === "failed" ? false : POLL_MS,
  });
  const state = data?.state ?? "waiting";
  return (
    <Modal
      open
      title={t("export>title", { format: format.toUpperCase() })}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("common>close")}</Button>
          {!start.isSuccess && (
            <Button type="primary" loading={start.isPending} onClick={() => start.mutate()}>
              {t("export>start")}
            </Button>
          )}
          {state === "done" && (
            <Button type="primary" href={`/api/v1/case-exports/${exportId}/file`} download>
              {t("export>download")}
            </Button>
          )}
        </>
      }
    >
      <p>{t("export>what")}</p>
      {(start.error ?? error) && <ErrorNote error={start.error ?? error} />}
      {start.isSuccess && state !== "failed" && (
        <output className="block">{t(`export>${state}`, { n: data?.rows ?? 0 })}</output>
      )}
      {state === "failed" && (
        <p role="alert">
          {problemWords(t, { problem: { code: data?.problem ?? "server.unexpected" } })}
        </p>
      )}
    </Modal>
  );
};

/** Writes the list with its filters to a file. */
export const ExportButton = () => {
  const { t } = useTranslation();
  const [format, setFormat] = useState<ExportFormat | null>(null);
  const items = (["xlsx", "csv"] as const).map((key) => ({ key, label: t(`export>${key}`) }));
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{ items, onClick: ({ key }) => setFormat(key as ExportFormat) }}
      >
        <Button size="small" type="text">
          {t("export>button")}
        </Button>
      </Dropdown>
      {format && <ExportDialog format={format} onClose={() => setFormat(null)} />}
    </>
  );
};
