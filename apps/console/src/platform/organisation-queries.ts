import {
  getCoverage,
  getOrganisation,
  getOrganisationTree,
  listCoverageRows,
  listOrganisations,
  listRegister,
  type CoverageKind,
  type EndpointInput,
  type RegisterName,
} from "@onegrid/contract";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "./client.ts";

/** Everything below hangs under this key, so that a change refreshes all of it. */
export const ORGANISATIONS = "organisations";

const nextOf = (page: { nextCursor: string | null }) => page.nextCursor ?? undefined;

export const organisationTreeQuery = (on: string, parent: string | undefined) =>
  queryOptions({
    queryKey: [ORGANISATIONS, "tree", on, parent ?? ""],
    queryFn: ({ signal }) =>
      client.call(getOrganisationTree, { query: { on, parent } }, { signal }),
  });

type ListQuery = NonNullable<EndpointInput<typeof listOrganisations>["query"]>;

export const organisationsQuery = (query: ListQuery) =>
  infiniteQueryOptions({
    queryKey: [ORGANISATIONS, "list", query],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        listOrganisations,
        { query: { ...query, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });

export type Renewal = NonNullable<ListQuery["renewal"]>;

/** How many organisations are to elect again, as far as one page tells. */
export const renewalsQuery = (on: string, renewal: Renewal) =>
  queryOptions({
    queryKey: [ORGANISATIONS, "renewals", on, renewal],
    queryFn: async ({ signal }) => {
      const query = { on, renewal, limit: "200" };
      const page = await client.call(listOrganisations, { query }, { signal });
      return { count: page.organisations.length, isMore: page.nextCursor !== null };
    },
  });

export const organisationQuery = (organisationCode: string) =>
  queryOptions({
    queryKey: [ORGANISATIONS, "one", organisationCode],
    queryFn: ({ signal }) =>
      client.call(getOrganisation, { params: { organisationCode } }, { signal }),
  });

export const coverageQuery = (on: string) =>
  queryOptions({
    queryKey: [ORGANISATIONS, "coverage", on],
    queryFn: ({ signal }) => client.call(getCoverage, { query: { on } }, { signal }),
    placeholderData: keepPreviousData,
  });

export const coverageRowsQuery = (
  kind: CoverageKind,
  query: { on: string; covered?: "true" | "false" },
) =>
  infiniteQueryOptions({
    queryKey: [ORGANISATIONS, "rows", kind, query],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        listCoverageRows,
        { params: { kind }, query: { ...query, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: nextOf,
  });

export const registerQuery = (
  register: RegisterName,
  query: { q?: string; grid?: string; on?: string },
) =>
  infiniteQueryOptions({
    queryKey: [ORGANISATIONS, "register", register, query],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        listRegister,
        { params: { register }, query: { ...query, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  });
