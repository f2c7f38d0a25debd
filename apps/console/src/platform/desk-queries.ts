import {
  deleteSavedFilter,
  getCaseActions,
  getDuty,
  listSavedFilters,
  putSavedFilter,
  type SavedFilter,
} from "@onegrid/contract";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client } from "./client.ts";

/** What many cases allow, in one request; under `cases`, so that it is read again with the lists. */
export const caseActionsQuery = (caseIds: readonly string[]) =>
  queryOptions({
    queryKey: ["cases", "actions", caseIds],
    queryFn: async ({ signal }) =>
      (await client.call(getCaseActions, { query: { caseIds: caseIds.join(",") } }, { signal }))
        .cases,
    enabled: caseIds.length > 0,
  });

export const dutyQuery = queryOptions({
  queryKey: ["cases", "duty"],
  queryFn: async ({ signal }) => (await client.call(getDuty, {}, { signal })).silent,
});

export const savedFiltersQuery = queryOptions({
  queryKey: ["saved-filters"],
  queryFn: async ({ signal }) => (await client.call(listSavedFilters, {}, { signal })).filters,
});

/** Names a list, or forgets one. */
export const useSavedFilters = () => {
  const queries = useQueryClient();
  const onSuccess = ({ filters }: { filters: (SavedFilter & { filterId: string })[] }) =>
    queries.setQueryData(savedFiltersQuery.queryKey, filters);
  const put = useMutation({
    mutationFn: ({ filterId, ...body }: SavedFilter & { filterId: string }) =>
      client.call(putSavedFilter, { params: { filterId }, body }),
    onSuccess,
  });
  const forget = useMutation({
    mutationFn: (filterId: string) => client.call(deleteSavedFilter, { params: { filterId } }),
    onSuccess,
  });
  return { put, forget };
};
