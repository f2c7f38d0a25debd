import {
  getGridChange,
  listGridChanges,
  listOutlines,
  listWorkPlaces,
  type GridChangeState,
} from "@onegrid/contract";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { client } from "./client.ts";

/** Everything below hangs under this key, so that a change refreshes all of it. */
export const GRID_MAP = "grid-map";

export const outlinesQuery = (parent: string, on: string | undefined) =>
  queryOptions({
    queryKey: [GRID_MAP, "outlines", parent, on ?? ""],
    queryFn: ({ signal }) => client.call(listOutlines, { query: { parent, on } }, { signal }),
    placeholderData: keepPreviousData,
  });

export const workPlacesQuery = (gridCode: string) =>
  queryOptions({
    queryKey: [GRID_MAP, "work", gridCode],
    queryFn: ({ signal }) => client.call(listWorkPlaces, { params: { gridCode } }, { signal }),
  });

export const gridChangesQuery = (query: { parent?: string; state?: GridChangeState }) =>
  queryOptions({
    queryKey: [GRID_MAP, "changes", query],
    queryFn: async ({ signal }) =>
      (await client.call(listGridChanges, { query }, { signal })).changes,
  });

export const gridChangeQuery = (changeId: string) =>
  queryOptions({
    queryKey: [GRID_MAP, "change", changeId],
    queryFn: ({ signal }) => client.call(getGridChange, { params: { changeId } }, { signal }),
  });
