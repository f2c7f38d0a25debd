import type { Refusal } from "@onegrid/contract";

export const idTaken: Refusal = {
  code: "substitutions.id_taken",
  status: 409,
  detail: "another substitution already has this id",
};

export const unknownAccount = (accountId: string): Refusal => ({
  code: "substitutions.unknown_account",
  status: 422,
  detail: "no open account of the county has this id",
  params: { accountId },
});

export const notFound: Refusal = {
  code: "substitutions.not_found",
  status: 404,
  detail: "no substitution of the own scope has this id",
};
