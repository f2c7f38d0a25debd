import {
  getReassignment,
  listFormerPosts,
  listOpenWork,
  listReassignments,
  type EndpointInput,
} from "@onegrid/contract";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "./client.ts";
import { STAFFING } from "./staffing-queries.ts";

export const reassignmentsQuery = queryOptions({
  queryKey: [STAFFING, "reassignments"],
  queryFn: async ({ signal }) =>
    (await client.call(listReassignments, {}, { signal })).reassignments,
});

export const reassignmentQuery = (reassignmentId: string) =>
  queryOptions({
    queryKey: [STAFFING, "reassignment", reassignmentId],
    queryFn: ({ signal }) =>
      client.call(getReassignment, { params: { reassignmentId } }, { signal }),
  });

/** `version`: what is open changes with each hand-over. */
export const openWorkQuery = (reassignmentId: string, version: number) =>
  queryOptions({
    queryKey: [STAFFING, "open-work", reassignmentId, version],
    queryFn: async ({ signal }) =>
      (await client.call(listOpenWork, { params: { reassignmentId } }, { signal })).openWork,
  });

type FormerQuery = NonNullable<EndpointInput<typeof listFormerPosts>["query"]>;

export const formerPostsQuery = (query: FormerQuery) =>
  infiniteQueryOptions({
    queryKey: [STAFFING, "former-posts", query],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        listFormerPosts,
        { query: { ...query, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
