import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

/** Takes one table file, chosen or dropped: the field itself covers the place to drop on. */
export const FileDrop = ({ onFile }: { onFile: (file: File) => void }) => {
  const { t } = useTranslation();
  const hint = useId();
  const [over, setOver] = useState(false);
  return (
    <label className={over ? "file-drop file-drop-over" : "file-drop"}>
      <strong>{t("imports>choose")}</strong>
      <span id={hint}>{t("imports>limits")}</span>
      <input
        type="file"
        accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        aria-describedby={hint}
        onDragEnter={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={() => setOver(false)}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file, mended, can be chosen again.
          event.target.value = "";
          if (file !== undefined) onFile(file);
        }}
      />
    </label>
  );
};
