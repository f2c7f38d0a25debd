import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { STAFFING } from "../../platform/staffing-queries.ts";

/** Something done to posts, people or notices: says so, and reads everything that hangs on it anew. */
export const useDeed = <Input, Answer>(
  deed: (input: Input) => Promise<Answer>,
  onDone: (answer: Answer) => void,
) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSuccess: async (answer) => {
      void message.success(t("staffing>done"));
      await queries.invalidateQueries({ queryKey: [STAFFING] });
      onDone(answer);
    },
  });
};
