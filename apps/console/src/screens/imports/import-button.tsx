import type { ImportKind } from "@onegrid/contract";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ImportPanel } from "./import-panel.tsx";

/** Opens the bringing in and taking out of one kind of table beside its list. */
export const ImportButton = ({ kind, named = false }: { kind: ImportKind; named?: boolean }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        {t("imports>button", { name: named ? t(`importKind>${kind}`) : "" })}
      </Button>
      {open && (
        <Drawer
          open
          size={760}
          title={`${t("imports>title")} · ${t(`importKind>${kind}`)}`}
          onClose={() => setOpen(false)}
        >
          <ImportPanel kind={kind} />
        </Drawer>
      )}
    </>
  );
};
