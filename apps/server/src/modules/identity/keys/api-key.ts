import type { FastifyRequest } from "fastify";
import { newSecret } from "../session-cookie.ts";

/** Told apart from every other secret by its beginning, so that scanners of leaked text find it. */
const BEGINNING = "onegrid_key_";
const BEARER = /^Bearer (\S{1,200})$/i;

/** A new key of 256 random bits. */
export const newApiKey = (): string => `${BEGINNING}${newSecret()}`;

/** What a request brings in `Authorization: Bearer`, whatever it is; null without. */
export const bearerOf = (request: Pick<FastifyRequest, "headers">): string | null =>
  BEARER.exec(request.headers.authorization ?? "")?.[1] ?? null;
