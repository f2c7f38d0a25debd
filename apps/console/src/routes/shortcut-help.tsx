import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "../shared/use-shortcuts.ts";

const SHORTCUTS = [
  { keys: ["j", "↓"], words: "next" },
  { keys: ["k", "↑"], words: "previous" },
  { keys: ["Enter"], words: "open" },
  { keys: ["x"], words: "pick" },
  { keys: ["/"], words: "search" },
  { keys: ["Esc"], words: "close" },
  { keys: ["?"], words: "help" },
] as const;

/** The list of keys, opened by `?` on any screen. */
export const ShortcutHelp = () => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  useShortcuts({ "?": () => setOpen(true) });
  return (
    <Modal
      open={open}
      title={t("shortcuts>title")}
      footer={null}
      onCancel={() => setOpen(false)}
      destroyOnHidden
    >
      <dl className="shortcut-list">
        {SHORTCUTS.map(({ keys, words }) => (
          <div key={words}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`shortcuts>${words}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
};
