import type { z } from "zod";

/**
 * Who may call an endpoint. `public` needs no sign-in; the others name what the policy
 * in the server's access module is asked. An endpoint without a permission does not compile.
 */
export type Permission =
  | "public"
  | "signed_in"
  | "cases.read"
  | "cases.report"
  | "cases.act"
  | "board.read"
  | "callbacks.handle"
  | "configuration.read"
  | "configuration.write"
  | "accounts.manage"
  | "security.manage"
  | "audit.read"
  | "contacts.open"
  | "organisation.read"
  | "organisation.write"
  | "work.arrange";

export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = {
  /** Unique name, `<noun>.<verb>`; becomes the OpenAPI operationId. */
  name: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path with `{name}` parameters, beginning with `/api/v1/`. */
  path: string;
  permission: Permission;
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  answer: Answer;
  /** Status of the good answer; 200 unless told. */
  status?: 200 | 201 | 204;
  /** Problem codes it can answer beside the general ones. */
  problems?: readonly string[];
};

/** Declares an endpoint; only fixes the types. */
export const endpoint = <
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
  /** Kept as written, so that a public endpoint's handler is not handed an account. */
  Allowed extends Permission = Permission,
>(
  definition: Endpoint<Params, Query, Body, Answer> & { permission: Allowed },
): Endpoint<Params, Query, Body, Answer> & { permission: Allowed } => definition;

/** What a caller passes: the schema's input side (strings in queries and paths). */
export type EndpointInput<E> =
  E extends Endpoint<infer P, infer Q, infer B, z.ZodType>
    ? (P extends z.ZodUndefined ? { params?: undefined } : { params: z.input<P> }) &
        (Q extends z.ZodUndefined ? { query?: undefined } : { query?: z.input<Q> }) &
        (B extends z.ZodUndefined ? { body?: undefined } : { body: z.input<B> })
    : never;

/** What a handler receives: the schema's output side. */
export type EndpointParsed<E> =
  E extends Endpoint<infer P, infer Q, infer B, z.ZodType>
    ? { params: z.output<P>; query: z.output<Q>; body: z.output<B> }
    : never;

export type EndpointAnswer<E> =
  E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer A> ? z.output<A> : never;
