import {
  answerCallback,
  getSatisfaction,
  listCallbacks,
  openReporterContact,
  type EndpointInput,
} from "@onegrid/contract";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client } from "./client.ts";

/** Reporters of the sample who wait for a call; contacts masked. */
export const callbacksQuery = queryOptions({
  queryKey: ["callbacks"],
  queryFn: ({ signal }) => client.call(listCallbacks, {}, { signal }),
});

export type CallbackAnswer = EndpointInput<typeof answerCallback>["body"];

/** Writes down what a call brought; the list is read again whatever the answer was. */
export const useCallbackAnswer = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ callbackId, ...body }: CallbackAnswer & { callbackId: string }) =>
      client.call(answerCallback, { params: { callbackId }, body }),
    onSettled: () => queries.invalidateQueries(callbacksQuery),
  });
};

/** Opens the one contact that is called now; recorded, and kept nowhere. */
export const useCallContact = (caseId: string) =>
  useMutation({
    mutationFn: () =>
      client.call(openReporterContact, { params: { caseId }, body: { reason: "call_back" } }),
    gcTime: 0,
  });

/** Totals of what residents answered in finished months from one to another, `YYYY-MM`. */
export const satisfactionQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ["satisfaction", from, to],
    queryFn: ({ signal }) => client.call(getSatisfaction, { query: { from, to } }, { signal }),
  });
