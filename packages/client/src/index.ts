import type { Endpoint, EndpointAnswer, EndpointInput, Problem } from "@onegrid/contract";

/** A problem document our own server answered with. */
export class ApiProblem extends Error {
  override name = "ApiProblem";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

/** No usable answer came: offline, cut off, or a stranger (a captive portal) answered. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

export type ClientOptions = {
  /** Origin of the server; '' for the page's own. */
  baseUrl?: string;
  fetch?: typeof fetch;
  /** Read at each changing request, so that a new session is used at once. */
  csrfToken?: () => string | null;
  /** Gives up after this long; slow mobile networks need patience. */
  timeoutMs?: number;
};

/** `headers`: what a call says beside the usual. */
type CallOptions = { signal?: AbortSignal; headers?: Record<string, string> };

const path = (template: string, params: Record<string, unknown>) =>
  template.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(String(params[name])),
  );

const queryString = (query: Record<string, unknown>) => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
};

const isProblem = (value: unknown): value is Problem =>
  typeof value === "object" && value !== null && "code" in value && "status" in value;

/** The answer's JSON, or undefined when whoever answered did not send any. */
const json = async (response: Response): Promise<unknown> => {
  const type = response.headers.get("content-type") ?? "";
  if (!/\bjson\b/.test(type)) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
};

/**
 * A thin typed fetch. `call(endpoint, input)` resolves with the endpoint's answer, throws
 * `ApiProblem` with the server's problem document, or `NoAnswer` when it was not our server that
 * answered: only an answer that fits the contract counts as success.
 */
export const createClient = (options: ClientOptions = {}) => {
  const { baseUrl = "", csrfToken = () => null, timeoutMs = 30_000 } = options;
  const send = options.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));

  const request = async (url: string, init: RequestInit, signal?: AbortSignal) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      return await send(baseUrl + url, {
        credentials: "same-origin",
        ...init,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
    } catch (cause) {
      if (signal?.aborted) throw cause;
      throw new NoAnswer("the server did not answer", { cause });
    }
  };

  const headers = (method: string, extra: Record<string, string>) => {
    const token = method === "GET" ? null : csrfToken();
    return { accept: "application/json", ...extra, ...(token && { "x-csrf-token": token }) };
  };

  const finish = async <E extends Endpoint>(endpoint: E, response: Response) => {
    if (response.status === 204 && endpoint.status === 204) return undefined as EndpointAnswer<E>;
    const body = await json(response);
    if (!response.ok) {
      if (isProblem(body)) throw new ApiProblem(body);
      throw new NoAnswer(`status ${response.status} without a problem document`);
    }
    const parsed = endpoint.answer.safeParse(body);
    if (!parsed.success) throw new NoAnswer("an answer that is not of our server");
    return parsed.data as EndpointAnswer<E>;
  };

  const target = (endpoint: Endpoint, input: { params?: unknown; query?: unknown }) =>
    path(endpoint.path, (input.params ?? {}) as Record<string, unknown>) +
    queryString((input.query ?? {}) as Record<string, unknown>);

  return {
    call: async <E extends Endpoint>(
      endpoint: E,
      input: EndpointInput<E>,
      { signal, headers: more = {} }: CallOptions = {},
    ): Promise<EndpointAnswer<E>> => {
      const given = input as { params?: unknown; query?: unknown; body?: unknown };
      const hasBody = given.body !== undefined;
      const response = await request(
        target(endpoint, given),
        {
          method: endpoint.method,
          headers: headers(endpoint.method, {
            ...more,
            ...(hasBody && { "content-type": "application/json" }),
          }),
          ...(hasBody && { body: JSON.stringify(given.body) }),
        },
        signal,
      );
      return finish(endpoint, response);
    },

    /** Sends bytes as the body, for endpoints that take a photo or a piece of one. */
    upload: async <E extends Endpoint>(
      endpoint: E,
      input: Omit<EndpointInput<E>, "body">,
      blob: Blob,
      { signal }: CallOptions = {},
    ): Promise<EndpointAnswer<E>> => {
      const response = await request(
        target(endpoint, input as { params?: unknown; query?: unknown }),
        {
          method: endpoint.method,
          headers: headers(endpoint.method, {
            "content-type": blob.type || "application/octet-stream",
          }),
          body: blob,
        },
        signal,
      );
      return finish(endpoint, response);
    },
  };
};

export type Client = ReturnType<typeof createClient>;
