import { lookup as resolve, type LookupAddress, type LookupOptions } from "node:dns";
import http from "node:http";
import https from "node:https";
import ipaddr from "ipaddr.js";

/** What came back; the body is not kept beyond its first characters. */
export type SafeAnswer = { status: number; text: string };

/** Thrown before anything is sent: the host's address belongs to a private or special network. */
export class AddressNotAllowed extends Error {
  override name = "AddressNotAllowed";
}

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES = 4_096;

/** True for addresses of the public internet; loopback, private, link-local and the like are not. */
export const isPublicAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";

type Found = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/** Looks a host up and hands on only what may be called: what is checked is what is connected to. */
const checkedLookup =
  (allowPrivate: boolean) =>
  (host: string, options: LookupOptions, found: Found): void => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return found(error, "");
      const strange = addresses.find(({ address }) => !allowPrivate && !isPublicAddress(address));
      const [first] = addresses;
      if (strange !== undefined || first === undefined) {
        return found(new AddressNotAllowed(`${host} leads to an address that is not public`), "");
      }
      return options.all === true
        ? found(null, addresses)
        : found(null, first.address, first.family);
    });
  };

/** A host written as an address never asks DNS, so it is looked at here. */
const literalAddress = (hostname: string): string | null => {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return ipaddr.isValid(bare) ? bare : null;
};

/** Throws `AddressNotAllowed` when a URL's host is an address that may not be called. */
export const refuseLiteral = (url: URL, privateHosts: readonly string[]): void => {
  if (privateHosts.includes(url.hostname.toLowerCase())) return;
  const literal = literalAddress(url.hostname);
  if (literal !== null && !isPublicAddress(literal)) {
    throw new AddressNotAllowed(`${url.hostname} is not a public address`);
  }
};

/**
 * POSTs to an address that somebody configured, so that it reaches no neighbour of this server:
 * private addresses are refused (by the very answer of DNS that is connected to) unless the host
 * is named in `privateHosts`; redirects are not followed; ten seconds and 4 kB are enough.
 */
export const safePost = (
  address: string,
  body: string,
  headers: Record<string, string>,
  privateHosts: readonly string[],
): Promise<SafeAnswer> =>
  new Promise((resolveAnswer, reject) => {
    const url = new URL(address);
    refuseLiteral(url, privateHosts);
    const allowPrivate = privateHosts.includes(url.hostname.toLowerCase());
    const request = (url.protocol === "https:" ? https : http).request(
      url,
      {
        method: "POST",
        headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
        lookup: checkedLookup(allowPrivate) as NonNullable<http.RequestOptions["lookup"]>,
        // No kept connection: each call is checked by its own answer of DNS.
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      (answer) => {
        const parts: Buffer[] = [];
        let bytes = 0;
        const done = () =>
          resolveAnswer({
            status: answer.statusCode ?? 0,
            text: Buffer.concat(parts).toString("utf8").slice(0, ANSWER_BYTES),
          });
        answer.on("data", (part: Buffer) => {
          parts.push(part);
          bytes += part.length;
          if (bytes >= ANSWER_BYTES) {
            done();
            answer.destroy();
          }
        });
        answer.on("end", done);
        answer.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
