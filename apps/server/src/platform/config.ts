import { z } from "zod";
import { oidcFromEnvironment, type OidcProviders } from "./oidc-config.ts";
import { messagingFromEnvironment, type MessagingConfig } from "./messaging-config.ts";

/** Everything the environment decides, read once at the door and passed on as a value. */
export type Config = {
  host: string;
  port: number;
  /** Connection of the application role, which owns nothing. */
  databaseUrl: string;
  /** Folder for photos and other files. */
  filesDir: string;
  /** Folder with the built fronts, or null to serve the API alone (tests). */
  frontsDir: string | null;
  /** True behind TLS: cookies are `__Host-` and Secure. */
  secureCookies: boolean;
  logLevel: "silent" | "error" | "warn" | "info" | "debug";
  /** 32 bytes, base64: the installation's key; data keys are sealed with it (platform/data-keys). */
  dataKey: Uint8Array;
  /** Milliseconds between two looks for new data keys; 5,000 unless told. */
  dataKeyRefreshMs?: number;
  /** How people and other systems are told; nobody beyond the page unless configured. */
  messaging?: MessagingConfig;
  /** The counties' own identity providers (OpenID Connect). */
  oidc?: OidcProviders;
  /** Minutes without a request after which a session ends; 30 unless told. */
  sessionIdleMinutes?: number;
  /** Changes one address may make without an account in a minute; 60 unless told. */
  anonymousChangesPerMinute?: number;
  /** Looks at public things one address may take in a minute; 12,000 unless told. */
  anonymousReadsPerMinute?: number;
  /** Requests one account may make in a minute; 3,000 unless told. */
  accountRequestsPerMinute?: number;
};

/** Most requests a minute; what is not set is decided where requests are counted. */
const RequestLimits = z.object({
  ONEGRID_ANONYMOUS_CHANGES_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  ONEGRID_ANONYMOUS_READS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  ONEGRID_ACCOUNT_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
});

type LimitsOfRequests = Pick<
  Config,
  "anonymousChangesPerMinute" | "anonymousReadsPerMinute" | "accountRequestsPerMinute"
>;

const limitsOf = (e: z.infer<typeof RequestLimits>): LimitsOfRequests => {
  const changes = e.ONEGRID_ANONYMOUS_CHANGES_PER_MINUTE;
  const reads = e.ONEGRID_ANONYMOUS_READS_PER_MINUTE;
  const account = e.ONEGRID_ACCOUNT_REQUESTS_PER_MINUTE;
  return {
    ...(changes !== undefined && { anonymousChangesPerMinute: changes }),
    ...(reads !== undefined && { anonymousReadsPerMinute: reads }),
    ...(account !== undefined && { accountRequestsPerMinute: account }),
  };
};

/**
 * The limits of requests that the environment sets; nothing where it sets none.
 * Throws a ZodError that names each variable that is wrong.
 */
export const limitsFromEnvironment = (env: Record<string, string | undefined>): LimitsOfRequests =>
  limitsOf(RequestLimits.parse(env));

const Environment = z.object({
  ONEGRID_HOST: z.string().default("127.0.0.1"),
  ONEGRID_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  ONEGRID_DATABASE_URL: z.string().min(1),
  ONEGRID_FILES_DIR: z.string().min(1),
  ONEGRID_FRONTS_DIR: z.string().optional(),
  ONEGRID_SECURE_COOKIES: z.enum(["true", "false"]).default("false"),
  ONEGRID_LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
  ONEGRID_SESSION_IDLE_MINUTES: z.coerce.number().int().min(1).max(720).default(30),
  ...RequestLimits.shape,
  ONEGRID_DATA_KEY: z.base64().refine((s) => Buffer.from(s, "base64").length === 32, {
    message: "32 bytes in base64, e.g. from `openssl rand -base64 32`",
  }),
});

/**
 * Configuration of a server that is started by its environment alone.
 * Throws a ZodError that names each variable that is missing or wrong.
 */
export const configFromEnvironment = (env: Record<string, string | undefined>): Config => {
  const e = Environment.parse(env);
  return {
    host: e.ONEGRID_HOST,
    port: e.ONEGRID_PORT,
    databaseUrl: e.ONEGRID_DATABASE_URL,
    filesDir: e.ONEGRID_FILES_DIR,
    frontsDir: e.ONEGRID_FRONTS_DIR ?? null,
    secureCookies: e.ONEGRID_SECURE_COOKIES === "true",
    logLevel: e.ONEGRID_LOG_LEVEL,
    dataKey: Buffer.from(e.ONEGRID_DATA_KEY, "base64"),
    messaging: messagingFromEnvironment(env, e.ONEGRID_SECURE_COOKIES === "true"),
    oidc: oidcFromEnvironment(env),
    sessionIdleMinutes: e.ONEGRID_SESSION_IDLE_MINUTES,
    ...limitsOf(e),
  };
};
