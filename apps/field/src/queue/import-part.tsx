import { useId, useState } from "react";
import { importQueue, WrongFile } from "../outbox/import.ts";
import { kickSender } from "../outbox/run-sender.ts";
import { useWords } from "../words.ts";

/** Takes a queue back in that was exported to a file, here or on another phone. */
export const ImportPart = ({ accountId }: { accountId: string }) => {
  const { t } = useWords();
  const id = useId();
  const [said, setSaid] = useState("");
  const [error, setError] = useState<string>();

  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setSaid("");
    setError(undefined);
    try {
      const { added, known } = await importQueue(accountId, file);
      setSaid(t("queue>imported", { added, known }));
      kickSender();
    } catch (cause) {
      if (!(cause instanceof WrongFile)) throw cause;
      setError(t(`queue>wrongFile>${cause.why}`));
    }
  };

  return (
    <div className="import-part">
      <span className="pick">
        <input
          id={id}
          type="file"
          accept="application/json,.json"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        <label htmlFor={id} className="button button-quiet">
          <span>{t("queue>import")}</span>
        </label>
      </span>
      <output className="weak">{said}</output>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
};
