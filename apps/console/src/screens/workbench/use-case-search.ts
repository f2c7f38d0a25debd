import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { CaseSearch } from "../../shared/case-search.ts";

/** The filters in the address bar, and a way to change some: `undefined` takes one away. */
export const useCaseSearch = () => {
  const search = useSearch({ from: "/signed-in/cases" });
  const navigate = useNavigate();
  const change = useCallback(
    (part: { [Name in keyof CaseSearch]?: CaseSearch[Name] | undefined }) => {
      void navigate({
        // Stays on the open case: only the list beside it changes.
        to: ".",
        search: (before) => ({ ...before, ...part }) as CaseSearch,
        replace: true,
      });
    },
    [navigate],
  );
  const clear = useCallback(() => {
    void navigate({ to: ".", search: {} });
  }, [navigate]);
  return { search, change, clear };
};
