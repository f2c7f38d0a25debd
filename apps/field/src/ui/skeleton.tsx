import { useWords } from "../words.ts";

/** Grey cards in the place of a list that is being read. */
export const Skeleton = ({ rows = 3 }: { rows?: number }) => {
  const { t } = useWords();
  return (
    <div className="skeleton">
      <output className="unseen">{t("app>loading")}</output>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} className="skeleton-card" />
      ))}
    </div>
  );
};
