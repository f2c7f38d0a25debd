import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";

/**
 * Makes the hook for what is done on one desk: it says so in `words`, reads everything anew that
 * hangs under `key`, and goes on then.
 */
export const deedOn =
  (key: string, words: "staffing>done" | "grids>done") =>
  <Input, Answer>(deed: (input: Input) => Promise<Answer>, onDone: (answer: Answer) => void) => {
    const { t } = useTranslation();
    const { message } = App.useApp();
    const queries = useQueryClient();
    return useMutation({
      mutationFn: deed,
      onSuccess: async (answer) => {
        void message.success(t(words));
        await queries.invalidateQueries({ queryKey: [key] });
        onDone(answer);
      },
    });
  };
