import { ApiProblem } from "@onegrid/client";
import {
  getComponent,
  listComponents,
  putComponent,
  type Component,
  type EndpointInput,
} from "@onegrid/contract";
import {
  infiniteQueryOptions,
  keepPreviousData,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { client } from "../../../platform/client.ts";

export type ComponentQuery = NonNullable<EndpointInput<typeof listComponents>["query"]>;

export const componentsQuery = (query: ComponentQuery) =>
  infiniteQueryOptions({
    queryKey: ["components", query],
    queryFn: ({ pageParam, signal }) =>
      client.call(
        listComponents,
        { query: { ...query, ...(pageParam && { cursor: pageParam }) } },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });

export type ComponentBody = EndpointInput<typeof putComponent>["body"];

/** Writes what a component is now; the answer says which grid it lies in. */
export const usePutComponent = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ componentCode, ...body }: ComponentBody & { componentCode: string }) =>
      client.call(putComponent, { params: { componentCode }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["components"] }),
  });
};

/** A component as the server has it at this moment. */
export const readComponent = (componentCode: string): Promise<Component> =>
  client.call(getComponent, { params: { componentCode } });

export const isConflict = (error: unknown): boolean =>
  error instanceof ApiProblem && error.problem.code === "components.version_conflict";

/** What is wrong, field by field; empty when the answer was another. */
export const fieldProblems = (error: unknown): readonly { field: string; code: string }[] =>
  error instanceof ApiProblem ? (error.problem.fields ?? []) : [];
