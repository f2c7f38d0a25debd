import {
  addAccount,
  closeAccount,
  endAccountSessions,
  getSignInRules,
  listAccounts as listAccountsEndpoint,
  putEmployeeNumber,
  putSignInRules,
  resetAccountFactors,
  resetAccountPassword,
} from "@onegrid/contract";
import type { FastifyInstance } from "fastify";
import { mount, type Gate } from "../../platform/http.ts";
import {
  endAllSessionsOf,
  loginOf,
  readSignInRules,
  refuseAdministrator,
  resetFactorsOf,
  setEmployeeNumber,
  writeSignInRules,
} from "./administer-accounts.ts";
import { createAccount } from "./create-account.ts";
import { listAccounts, resetPassword, setAccountClosed } from "./manage-accounts.ts";
import { newOneTimePassword } from "./one-time-password.ts";

/** What the security administrator does: accounts and what signing in asks for. */
export const mountAccounts = (app: FastifyInstance, gate: Gate): void => {
  mount(app, gate, listAccountsEndpoint, async (ctx) => ({
    accounts: (await listAccounts(ctx)).map((account) => ({
      ...account,
      disabledAt: account.disabledAt?.toISOString() ?? null,
      lockedUntil: account.lockedUntil?.toISOString() ?? null,
    })),
  }));
  mount(app, gate, addAccount, async (ctx, { body }, { reply }) => {
    void reply.header("cache-control", "no-store");
    refuseAdministrator(body.role);
    const password = newOneTimePassword();
    return { accountId: await createAccount(ctx, { ...body, password }), password };
  });
  mount(app, gate, resetAccountPassword, async (ctx, { params }, { reply }) => {
    void reply.header("cache-control", "no-store");
    const password = newOneTimePassword();
    await resetPassword(ctx, await loginOf(ctx, params.accountId), password);
    return { ...params, password };
  });
  mount(app, gate, closeAccount, async (ctx, { params, body }) => {
    await setAccountClosed(ctx, await loginOf(ctx, params.accountId), body.closed);
    return undefined;
  });
  mount(app, gate, resetAccountFactors, async (ctx, { params }, { request }) => {
    await resetFactorsOf(ctx, params.accountId, request.ip);
    return undefined;
  });
  mount(app, gate, putEmployeeNumber, async (ctx, { params, body }, { request }) => {
    await setEmployeeNumber(ctx, params.accountId, body.employeeNumber, request.ip);
    return undefined;
  });

  mount(app, gate, endAccountSessions, async (ctx, { params }, { request }) => {
    await endAllSessionsOf(ctx, params.accountId, request.ip);
    return undefined;
  });
  mount(app, gate, getSignInRules, (ctx) => readSignInRules(ctx));
  mount(app, gate, putSignInRules, (ctx, { body }, { request }) =>
    writeSignInRules(ctx, body, request.ip),
  );
};
