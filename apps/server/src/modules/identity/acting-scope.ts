import { SCOPE_HEADER } from "@onegrid/contract";
import { localDayOf } from "@onegrid/domain";
import type { FastifyRequest } from "fastify";
import type { CountyContext } from "../../platform/context.ts";
import { inScope } from "../../platform/database.ts";
import { ProblemError } from "../../platform/problems.ts";
import type { Services } from "../../platform/services.ts";
import { servesOn } from "../substitutions/substitution-queries.ts";
import { scopeNotHeld } from "./problems.ts";
import type { LiveSession } from "./session-store.ts";

/**
 * The scope that a request acts in: the account's own, or the grid named in the header, when the
 * account stands in for somebody there today. Throws `identity.scope_not_held`.
 */
export const actingScope = async (
  { database, clock }: Pick<Services, "database" | "clock">,
  request: FastifyRequest,
  { countyCode, timeZone }: Pick<CountyContext, "countyCode" | "timeZone">,
  { accountId, scopeCode: ownScope }: Pick<LiveSession, "accountId" | "scopeCode">,
): Promise<string> => {
  const named = request.headers[SCOPE_HEADER];
  if (named === undefined || named === ownScope) return ownScope;
  const scopeCode = String(named);
  const today = localDayOf(clock.now().getTime(), timeZone);
  const scope = { countyCode, scopeCode: countyCode, unitCode: "" };
  const serves = await inScope(database.db, scope, (trx) =>
    servesOn(trx, countyCode, { accountId, scopeCode }, today),
  );
  if (!serves) throw new ProblemError(scopeNotHeld(scopeCode.slice(0, 32)));
  return scopeCode;
};
