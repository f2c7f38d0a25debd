import {
  deleteWebhook,
  listWebhookDeliveries,
  listWebhooks,
  putWebhook,
  testWebhook,
  type EndpointInput,
  type Webhook,
} from "@onegrid/contract";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { client } from "../../../platform/client.ts";

export const webhooksQuery = queryOptions({
  queryKey: ["webhooks"],
  queryFn: async ({ signal }) => (await client.call(listWebhooks, {}, { signal })).webhooks,
});

export const deliveriesQuery = (webhookId: string) =>
  queryOptions({
    queryKey: ["webhooks", webhookId, "deliveries"],
    queryFn: async ({ signal }) =>
      (await client.call(listWebhookDeliveries, { params: { webhookId } }, { signal })).deliveries,
    staleTime: 0,
  });

export type WebhookBody = EndpointInput<typeof putWebhook>["body"];

/** Adds a webhook or changes it. The secret in the answer is told this once and kept nowhere. */
export const usePutWebhook = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ webhookId, ...body }: WebhookBody & { webhookId: string }) =>
      client.call(putWebhook, { params: { webhookId }, body }),
    onSuccess: () => queries.invalidateQueries(webhooksQuery),
    gcTime: 0,
  });
};

export const useDeleteWebhook = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (webhookId: string) => client.call(deleteWebhook, { params: { webhookId } }),
    onSuccess: ({ webhooks }) => queries.setQueryData(webhooksQuery.queryKey, webhooks),
  });
};

export const useTestWebhook = ({ webhookId }: Pick<Webhook, "webhookId">) =>
  useMutation({ mutationFn: () => client.call(testWebhook, { params: { webhookId } }) });
