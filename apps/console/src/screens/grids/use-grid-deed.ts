import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { GRID_MAP } from "../../platform/grid-change-queries.ts";

/** Something done to a change of grids: says so, and reads what hangs on it anew. */
export const useGridDeed = <Input, Answer>(
  deed: (input: Input) => Promise<Answer>,
  onDone: (answer: Answer) => void,
) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSuccess: async (answer) => {
      void message.success(t("grids>done"));
      onDone(answer);
      await queries.invalidateQueries({ queryKey: [GRID_MAP] });
    },
  });
};
