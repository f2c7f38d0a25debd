import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "../shared/use-shortcuts.ts";

type Line = { keys: readonly string[]; words: string };

/** Every key that does something, by where it does; checked by pressing each in the browser tests. */
const GROUPS: readonly { place: string; lines: readonly Line[] }[] = [
  {
    place: "list",
    lines: [
      { keys: ["j", "↓"], words: "next" },
      { keys: ["k", "↑"], words: "previous" },
      { keys: ["Enter"], words: "open" },
      { keys: ["x"], words: "pick" },
      { keys: ["/"], words: "search" },
    ],
  },
  {
    place: "case",
    lines: [
      { keys: ["a"], words: "actions" },
      { keys: ["j", "k"], words: "beside" },
      { keys: ["Esc"], words: "close" },
    ],
  },
  { place: "photo", lines: [{ keys: ["←", "→"], words: "photos" }] },
  {
    place: "map",
    lines: [
      { keys: ["←", "↑", "↓", "→"], words: "move" },
      { keys: ["+", "−"], words: "zoom" },
    ],
  },
  {
    place: "everywhere",
    lines: [
      { keys: ["Tab"], words: "skip" },
      { keys: ["Esc"], words: "leave" },
      { keys: ["?"], words: "help" },
    ],
  },
];

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
      {GROUPS.map(({ place, lines }) => (
        <section key={place} className="shortcut-group">
          <h3>{t(`shortcuts>place_${place}`)}</h3>
          <dl className="shortcut-list">
            {lines.map(({ keys, words }) => (
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
        </section>
      ))}
    </Modal>
  );
};
