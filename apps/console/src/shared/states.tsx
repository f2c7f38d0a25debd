import { problemWords } from "@onegrid/ui";
import { Alert, Button, Empty, Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** What went wrong, in words, and a way on. */
export const ErrorNote = ({ error, retry }: { error: unknown; retry?: () => void }) => {
  const { t } = useTranslation();
  return (
    <Alert
      type="error"
      showIcon
      title={problemWords(t, error)}
      action={
        retry && (
          <Button size="small" onClick={retry}>
            {t("common>retry")}
          </Button>
        )
      }
    />
  );
};

export const EmptyNote = ({ words, children }: { words: string; children?: ReactNode }) => (
  <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words}>
    {children}
  </Empty>
);

/** Placeholder of a list or a page that is on its way. */
export const Loading = ({ rows = 6 }: { rows?: number }) => {
  const { t } = useTranslation();
  return (
    <output aria-label={t("common>loading")} className="loading block">
      <Skeleton active title={false} paragraph={{ rows }} />
    </output>
  );
};
