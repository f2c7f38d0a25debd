import {
  getStaffingRule,
  getNotice,
  listNotices,
  listPeople,
  listPosts,
  listPostTemplates,
  type EndpointInput,
  type NoticeState,
} from "@onegrid/contract";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "./client.ts";

/** Posts, people and notices hang together: a change of one refreshes all. */
export const STAFFING = "staffing";

const nextOf = (page: { nextCursor: string | null }) => page.nextCursor ?? undefined;

export const templatesQuery = queryOptions({
  queryKey: [STAFFING, "templates"],
  queryFn: async ({ signal }) => (await client.call(listPostTemplates, {}, { signal })).templates,
});

type PostsQuery = NonNullable<EndpointInput<typeof listPosts>["query"]>;

export const postsQuery = (query: PostsQuery) =>
  infiniteQueryOptions({
    queryKey: [STAFFING, "posts", query],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        listPosts,
        { query: { ...query, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });

export const peopleQuery = (query: { q?: string }) =>
  infiniteQueryOptions({
    queryKey: [STAFFING, "people", query],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        listPeople,
        { query: { ...query, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });

export const noticesQuery = (query: { state?: NoticeState }) =>
  infiniteQueryOptions({
    queryKey: [STAFFING, "notices", query],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        listNotices,
        { query: { ...query, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });

export const noticeQuery = (noticeId: string) =>
  queryOptions({
    queryKey: [STAFFING, "notice", noticeId],
    queryFn: ({ signal }) => client.call(getNotice, { params: { noticeId } }, { signal }),
  });

export const staffingRuleQuery = queryOptions({
  queryKey: [STAFFING, "rule"],
  queryFn: ({ signal }) => client.call(getStaffingRule, {}, { signal }),
});
