import type { Reassignment } from "@onegrid/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { reassignmentQuery } from "../../platform/reassignment-queries.ts";
import { STAFFING } from "../../platform/staffing-queries.ts";

/** One act of a reassignment: shows how it stands afterwards, and reads it anew when it was refused. */
export const useAct = (reassignmentId: string) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (deed: () => Promise<Reassignment>) => deed(),
    onSuccess: async (answer) => {
      void message.success(t("staffing>done"));
      queries.setQueryData(reassignmentQuery(reassignmentId).queryKey, answer);
      await queries.invalidateQueries({
        queryKey: [STAFFING],
        predicate: ({ queryKey }) => queryKey[1] !== "reassignment",
      });
    },
    onError: () =>
      queries.invalidateQueries({ queryKey: reassignmentQuery(reassignmentId).queryKey }),
  });
};
