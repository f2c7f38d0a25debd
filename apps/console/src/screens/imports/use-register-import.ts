import {
  applyImport,
  getImport,
  putImport,
  type FaultyRows,
  type ImportKind,
  type RegisterImport,
} from "@onegrid/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { newId } from "../../platform/ids.ts";
import { ORGANISATIONS } from "../../platform/organisation-queries.ts";
import { STAFFING } from "../../platform/staffing-queries.ts";

const POLL_MS = 500;

const isBusy = (state: RegisterImport["state"] | undefined): boolean =>
  state === "waiting" || state === "checking" || state === "applying";

/** One table on its way in: uploaded and looked at, then stored when somebody says so. */
export const useRegisterImport = (kind: ImportKind) => {
  const { i18n } = useTranslation();
  const queries = useQueryClient();
  const [importId, setImportId] = useState<string | null>(null);
  const key = ["register-import", importId];
  const keep = (state: RegisterImport) =>
    queries.setQueryData(["register-import", state.importId], state);
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const id = newId();
      const language = i18n.language === "en" ? "en" : "zh-CN";
      const query = { kind, fileName: file.name.slice(-200), language } as const;
      return client.upload(putImport, { params: { importId: id }, query }, file);
    },
    onSuccess: (state) => {
      keep(state);
      setImportId(state.importId);
    },
  });
  const { data, error } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const state = await client.call(
        getImport,
        { params: { importId: importId ?? "" } },
        { signal },
      );
      if (state.state === "applied") {
        await Promise.all([
          queries.invalidateQueries({ queryKey: [ORGANISATIONS] }),
          queries.invalidateQueries({ queryKey: [STAFFING] }),
          queries.invalidateQueries({ queryKey: ["components"] }),
        ]);
      }
      return state;
    },
    enabled: importId !== null,
    refetchInterval: (query) => (isBusy(query.state.data?.state) ? POLL_MS : false),
  });
  const apply = useMutation({
    mutationFn: (faultyRows: FaultyRows) =>
      client.call(applyImport, { params: { importId: importId ?? "" }, body: { faultyRows } }),
    onSuccess: keep,
  });
  return {
    state: importId === null ? undefined : data,
    busy: upload.isPending || apply.isPending || isBusy(data?.state),
    error: upload.error ?? apply.error ?? error,
    upload: (file: File) => {
      apply.reset();
      upload.mutate(file);
    },
    apply: apply.mutate,
    again: () => {
      upload.reset();
      apply.reset();
      setImportId(null);
    },
  };
};
