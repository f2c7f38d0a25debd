import { ApiProblem } from "@onegrid/client";
import {
  getCalendarYear,
  getBoard,
  getCase,
  getCounty,
  getGrid,
  listCases,
  listCategories,
  listDepartments,
  listGrids,
  type EndpointInput,
} from "@onegrid/contract";
import {
  infiniteQueryOptions,
  keepPreviousData,
  QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import { client } from "./client.ts";

const HOUR_MS = 3_600_000;
/** Rows of one page of a list; the server allows up to 100. */
const PAGE_ROWS = 50;

/** Problems are answers and are not asked again; a missing answer is, twice. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2,
        staleTime: 15_000,
      },
      mutations: { retry: false },
    },
  });

export const countyQuery = queryOptions({
  queryKey: ["county"],
  queryFn: ({ signal }) => client.call(getCounty, {}, { signal }),
  staleTime: HOUR_MS,
});

export const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  queryFn: async ({ signal }) =>
    (await client.call(listCategories, { query: {} }, { signal })).categories,
  staleTime: HOUR_MS,
});

export const departmentsQuery = queryOptions({
  queryKey: ["departments"],
  queryFn: async ({ signal }) => (await client.call(listDepartments, {}, { signal })).departments,
  staleTime: HOUR_MS,
});

export const gridQuery = (gridCode: string) =>
  queryOptions({
    queryKey: ["grid", gridCode],
    queryFn: ({ signal }) => client.call(getGrid, { params: { gridCode } }, { signal }),
    staleTime: HOUR_MS,
  });

export const childGridsQuery = (parent: string | undefined) =>
  queryOptions({
    queryKey: ["grids", parent ?? ""],
    queryFn: async ({ signal }) =>
      (await client.call(listGrids, { query: { parent } }, { signal })).grids,
    staleTime: HOUR_MS,
  });

export type CaseListQuery = NonNullable<EndpointInput<typeof listCases>["query"]>;

/** A list of cases by keyset pages; `query` are the filters as they stand in the address. */
export const casesQuery = (query: CaseListQuery) =>
  infiniteQueryOptions({
    queryKey: ["cases", query],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        listCases,
        { query: { limit: String(PAGE_ROWS), ...query, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export const caseQuery = (caseId: string) =>
  queryOptions({
    queryKey: ["case", caseId],
    queryFn: ({ signal }) => client.call(getCase, { params: { caseId } }, { signal }),
  });

export type BoardQuery = NonNullable<EndpointInput<typeof getBoard>["query"]>;

export const boardQuery = (query: BoardQuery) =>
  queryOptions({
    queryKey: ["board", query],
    queryFn: ({ signal }) => client.call(getBoard, { query }, { signal }),
    placeholderData: keepPreviousData,
  });

export const calendarQuery = (year: number) =>
  queryOptions({
    queryKey: ["calendar", year],
    queryFn: ({ signal }) =>
      client.call(getCalendarYear, { params: { year: String(year) } }, { signal }),
  });
