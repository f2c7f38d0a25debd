import { ApiProblem } from "@onegrid/client";
import {
  reportCases,
  SPOKEN_CONSENT,
  type BehalfSource,
  type CaseReport,
  type LngLat,
} from "@onegrid/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../../platform/client.ts";
import { newId } from "../../platform/ids.ts";

export type Draft = {
  categoryCode: string | undefined;
  description: string;
  address: string;
  place: LngLat | null;
  source: BehalfSource;
  /** Number that the hotline or the department gave it. */
  sourceNumber: string;
  /** How the caller may be reached; sent only when they agreed. */
  contact: string;
  agreed: boolean;
};

export const EMPTY_DRAFT: Draft = {
  categoryCode: undefined,
  description: "",
  address: "",
  place: null,
  source: "hotline",
  sourceNumber: "",
  contact: "",
  agreed: false,
};

/** The first thing a report still lacks; null when it can be sent. */
export const missingIn = (
  draft: Draft,
): "category" | "description" | "place" | "consent" | null => {
  if (draft.categoryCode === undefined) return "category";
  if (draft.description.trim() === "") return "description";
  if (draft.place === null && draft.address.trim() === "") return "place";
  if (draft.source !== "department" && draft.contact.trim() !== "" && !draft.agreed) {
    return "consent";
  }
  return null;
};

type Sent = Draft & Pick<CaseReport, "attachmentIds">;

/**
 * Sends a report under an id made once a form: pressing again after a lost answer files nothing
 * twice. Fails with the server's own refusal.
 */
export const useReport = () => {
  const queries = useQueryClient();
  const [caseId] = useState(newId);
  return useMutation({
    mutationFn: async ({ categoryCode, description, address, place, ...sent }: Sent) => {
      const contact = sent.source === "department" ? "" : sent.contact.trim();
      const report = {
        caseId,
        categoryCode,
        description: description.trim(),
        location: place,
        accuracyM: null,
        address: address.trim() || null,
        capturedAt: null,
        attachmentIds: sent.attachmentIds,
        onBehalf: {
          source: sent.source,
          number: sent.sourceNumber.trim() || null,
          ...(contact !== "" && { contact, contactConsent: SPOKEN_CONSENT }),
        },
        selfHandledNote: null,
      };
      const { results } = await client.call(reportCases, { body: { reports: [report] } });
      const [result] = results;
      if (result?.outcome === "accepted") return result;
      throw result ? new ApiProblem(result.problem) : new Error("an answer without a result");
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["cases"] });
      void queries.invalidateQueries({ queryKey: ["board"] });
    },
  });
};
