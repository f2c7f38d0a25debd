import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { categoriesQuery, departmentsQuery, gridQuery } from "../../platform/queries.ts";
import type { CaseSearch } from "../../shared/case-search.ts";
import { useCaseSearch } from "./use-case-search.ts";

type Name = keyof CaseSearch;
/** Drawn as chips of their own above. */
const ELSEWHERE: readonly Name[] = ["sort", "q", "mine", "open", "overdue"];
const WORD_LISTS: readonly Name[] = ["state", "tier", "net"];

const useValueWords = (search: CaseSearch) => {
  const { t } = useTranslation();
  const grid = useQuery({ ...gridQuery(search.grid ?? ""), enabled: search.grid !== undefined });
  const categories = useQuery({ ...categoriesQuery, enabled: search.category !== undefined });
  const departments = useQuery({ ...departmentsQuery, enabled: search.unit !== undefined });
  return (name: Name, value: string): string => {
    if (WORD_LISTS.includes(name)) {
      return value
        .split(",")
        .map((one) => t(`${name}>${one}`))
        .join("、");
    }
    if (name === "grid") return grid.data?.name ?? value;
    if (name === "category") {
      return categories.data?.find((c) => c.categoryCode === value)?.name ?? value;
    }
    if (name === "unit") return departments.data?.find((d) => d.unitCode === value)?.name ?? value;
    if (value === "true" || value === "false")
      return t(`common>${value === "true" ? "yes" : "no"}`);
    return value;
  };
};

/** What narrows the list now, each with a way to take it off: nothing filters unseen. */
export const ActiveFilters = () => {
  const { t } = useTranslation();
  const { search, change } = useCaseSearch();
  const words = useValueWords(search);
  const active = (Object.entries(search) as [Name, string][]).filter(
    ([name]) => !ELSEWHERE.includes(name),
  );
  if (active.length === 0) return null;
  return (
    <ul className="active-filters" aria-label={t("filter>active")}>
      {active.map(([name, value]) => (
        <li key={name}>
          <span>
            {t(`filter>${name}`)}：{words(name, value)}
          </span>
          <button
            type="button"
            aria-label={t("filter>remove", { name: t(`filter>${name}`) })}
            onClick={() => change({ [name]: undefined })}
          >
            ×
          </button>
        </li>
      ))}
    </ul>
  );
};
