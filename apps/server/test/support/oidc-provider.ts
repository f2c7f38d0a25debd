import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import OpenIdProvider from "oidc-provider";

/** A real OpenID Connect provider on this machine, whose people prove themselves by their number. */
export type TestProvider = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who sits in front of it, and how they prove themselves (RFC 8176). */
  person: { employeeNumber: string; amr: string[] };
  /** Goes through the provider as a browser does; answers the address that it sends back to. */
  through(address: string): Promise<URL>;
  close(): Promise<void>;
};

/** Starts the provider; `callback` is where it may send browsers back to. */
export const startOidcProvider = async (callback: string): Promise<TestProvider> => {
  const person = { employeeNumber: "", amr: ["pwd"] };
  // The provider names itself by its port, so the port comes first and the provider after it.
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { clientId: "onegrid", clientSecret: "a secret between the two of them" };
  const provider = new OpenIdProvider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [callback],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ["sub", "amr"], profile: ["employee_number"] },
    findAccount: (_ctx, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, employee_number: accountId }),
    }),
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ["only for this test"] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    loadExistingGrant: async (ctx) => {
      const { Grant } = ctx.oidc.provider;
      const grant = new Grant({
        clientId: client.clientId,
        accountId: ctx.oidc.session?.accountId ?? "",
      });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
  });
  const inside = provider.callback();
  server.on("request", (request, response) => {
    if (!request.url?.startsWith("/interaction/")) return void inside(request, response);
    const login = { accountId: person.employeeNumber, amr: person.amr };
    return void provider.interactionFinished(request, response, { login });
  });
  return {
    issuer,
    ...client,
    person,
    through: async (address) => {
      const cookies = new Map<string, string>();
      let next = new URL(address);
      for (let step = 0; step < 10; step += 1) {
        if (next.href.startsWith(callback)) return next;
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        const answer = await fetch(next, { redirect: "manual", headers: { cookie } });
        for (const line of answer.headers.getSetCookie()) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          cookies.set(name, value);
        }
        const location = answer.headers.get("location");
        if (location === null) throw new Error(`${answer.status} ${await answer.text()}`);
        next = new URL(location, next);
      }
      throw new Error(`the provider goes on and on: ${next.href}`);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
