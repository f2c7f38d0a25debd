import { useEffect, useState } from "react";
import { chainOf, discard } from "../outbox/correct.ts";
import type { OutboxItem } from "../outbox/item.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useWords } from "../words.ts";

/** Asks before work is thrown away, and says how much of it. */
export const DiscardDialog = ({ item, onClose }: { item: OutboxItem; onClose: () => void }) => {
  const { t } = useWords();
  const [count, setCount] = useState(1);
  useEffect(() => {
    void chainOf(item).then((chain) => setCount(chain.length));
  }, [item]);
  return (
    <Dialog
      title={t("queue>discardTitle")}
      onClose={onClose}
      foot={
        <div className="row">
          <Button onClick={onClose}>{t("app>cancel")}</Button>
          <Button look="danger" onClick={() => void discard(item).then(onClose)}>
            {t("queue>discardYes")}
          </Button>
        </div>
      }
    >
      <p>{t("queue>discardHint", { count })}</p>
    </Dialog>
  );
};
