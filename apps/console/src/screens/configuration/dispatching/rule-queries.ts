import { listDispatchRules, orderDispatchRules, type DispatchRule } from "@onegrid/contract";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { client } from "../../../platform/client.ts";
import {
  categoriesQuery,
  childGridsQuery,
  departmentsQuery,
  gridQuery,
} from "../../../platform/queries.ts";
import { useQueries } from "@tanstack/react-query";
import type { Names } from "./rule-words.ts";

export const rulesQuery = queryOptions({
  queryKey: ["dispatchRules"],
  queryFn: ({ signal }) => client.call(listDispatchRules, {}, { signal }),
});

/** Names of what the rules refer to; a code stands for a name that is not known. */
export const useNames = (rules: readonly DispatchRule[]): Names => {
  const { data: categories = [] } = useQuery(categoriesQuery);
  const { data: departments = [] } = useQuery(departmentsQuery);
  const codes = [...new Set(rules.flatMap(({ when }) => when.gridCodes))];
  const grids = useQueries({ queries: codes.map((code) => gridQuery(code)) });
  const names = new Map(codes.map((code, index) => [code, grids[index]?.data?.name ?? code]));
  return { categories, departments, gridName: (code) => names.get(code) ?? code };
};

/** Streets of the county, for choosing where a rule holds. */
export const useStreets = () => useQuery(childGridsQuery(undefined)).data ?? [];

/** Puts the rules into another order; on a refusal the list is read again. */
export const useOrder = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ruleIds }: { version: number; ruleIds: string[] }) =>
      client.call(orderDispatchRules, { body: { baseVersion: version, ruleIds } }),
    onSuccess: (list) => queries.setQueryData(rulesQuery.queryKey, list),
    onError: () => queries.invalidateQueries(rulesQuery),
  });
};
