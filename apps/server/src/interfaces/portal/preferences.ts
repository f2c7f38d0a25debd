import { pickLanguage, type Language } from "@onegrid/ui";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Config } from "../../platform/config.ts";

const LANGUAGE_COOKIE = "onegrid_language";
const TEXT_COOKIE = "onegrid_text";
const YEAR_SECONDS = 365 * 86_400;

/** Languages a browser prefers, best first; qualities are in order in every browser. */
const preferred = (request: FastifyRequest): string[] =>
  (request.headers["accept-language"] ?? "").split(",").map((part) => part.split(";")[0] ?? "");

export const languageOf = (request: FastifyRequest): Language =>
  pickLanguage(request.cookies[LANGUAGE_COOKIE] ?? null, preferred(request));

export const wantsLargeText = (request: FastifyRequest): boolean =>
  request.cookies[TEXT_COOKIE] === "large";

const Choice = z.object({
  language: z.enum(["zh-CN", "en"]).optional().catch(undefined),
  text: z.enum(["large", "normal"]).optional().catch(undefined),
  back: z.string().max(500).catch("/"),
});

/** A path of this site: one slash, then neither a slash nor a backslash, or it names a host. */
const pathBack = (back: string): string => (/^\/(?![/\\])[\x21-\x7e]*$/.test(back) ? back : "/");

/** Remembers a choice of language or letter size and goes back to the page it was made on. */
export const choose = (
  config: Pick<Config, "secureCookies">,
  body: unknown,
  reply: FastifyReply,
) => {
  const { language, text, back } = Choice.parse(body ?? {});
  const options = {
    path: "/",
    maxAge: YEAR_SECONDS,
    sameSite: "lax",
    httpOnly: true,
    secure: config.secureCookies,
  } as const;
  if (language) reply.setCookie(LANGUAGE_COOKIE, language, options);
  if (text) reply.setCookie(TEXT_COOKIE, text, options);
  return reply.redirect(pathBack(back), 303);
};
