import { getSecurity } from "@onegrid/contract";
import { queryOptions } from "@tanstack/react-query";
import { client } from "../../platform/client.ts";

/** How the own account is signed in to, and where it is signed in. */
export const securityQuery = queryOptions({
  queryKey: ["security"],
  queryFn: ({ signal }) => client.call(getSecurity, {}, { signal }),
});
