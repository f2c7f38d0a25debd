import type { Problem } from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { useWords } from "../words.ts";

/** The server's reason, in words, with the number to quote to whoever runs it. */
export const ServerSaid = ({ problem }: { problem: Problem }) => {
  const { t } = useWords();
  return (
    <p className="error">
      {t("queue>serverSaid")}
      {problemWords(t, { problem })}
      {problem.requestId && (
        <span className="weak"> {t("queue>requestId", { id: problem.requestId })}</span>
      )}
    </p>
  );
};
