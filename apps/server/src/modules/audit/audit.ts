import { sql } from "kysely";
import type { Ctx } from "../../platform/context.ts";
import type { Trx } from "../../platform/database.ts";

/** What is recorded; a module adds its own action here, so that the list stays whole. */
export type AuditAction =
  | "session.sign_in"
  | "session.sign_out"
  | "account.password_change"
  | "account.password_reset"
  | "account.create"
  | "account.create_dormant"
  | "account.disable"
  | "account.enable"
  | "catalogue.change"
  | "calendar.change"
  | "case_rules.change"
  | "register.change"
  | "register.import"
  | "organisation.record"
  | "duties.publish"
  | "post.open"
  | "post.close"
  | "staffing.rule"
  | "reassignment.act"
  | "person.add"
  | "person.open_data"
  | "person.leave"
  | "appointment.begin"
  | "appointment.end"
  | "notice.write"
  | "notice.publish"
  | "notice.withdraw"
  | "objection.answer"
  | "webhook.change"
  | "webhook.remove"
  | "grids.import"
  | "grids.draft"
  | "grids.decide"
  | "grids.change"
  | "cases.digest"
  | "cases.export"
  | "cases.file"
  | "list.export"
  | "audit.export"
  | "contact.open"
  | "session.end"
  | "session.send_code"
  | "account.second_factor"
  | "security.change"
  | "api_key.create"
  | "api_key.revoke"
  | "api_key.use"
  | "keys.rotate"
  | "installation.restore"
  | "account.employee_number"
  | "own_data.export"
  | "own_data.remove"
  | "patrol.put_point"
  | "substitution.arrange"
  | "substitution.end"
  | "dispatching.change"
  | "dispatching.order"
  | "components.change"
  | "components.import";

export type AuditEntry = {
  action: AuditAction;
  outcome: "done" | "refused";
  /** What it was done to: an id or a code, never a name. */
  subject?: string | null;
  /** Whose act it was when the context does not say (a sign-in). */
  accountId?: string | null;
  /** Network address of a request; jobs and commands have none. */
  address?: string | null;
  /** Codes and counts that explain the outcome; never a secret or personal data. */
  detail?: Record<string, string | number | boolean>;
};

/**
 * Appends to the audit log in the transaction of what is recorded, so that neither is there
 * without the other. The application role can insert and read; nobody changes a line.
 */
export const audit = async (
  trx: Trx,
  ctx: Pick<Ctx, "county" | "actor" | "clock" | "requestId">,
  entry: AuditEntry,
): Promise<void> => {
  await sql`
    INSERT INTO audit_event (county_code, occurred_at, account_id, action, outcome, subject,
                             request_id, address, detail)
    VALUES (${ctx.county.countyCode}, ${ctx.clock.now()},
            ${entry.accountId ?? ctx.actor.accountId}, ${entry.action}, ${entry.outcome},
            ${entry.subject ?? null}, ${ctx.requestId}, ${entry.address ?? null}::inet,
            ${JSON.stringify(entry.detail ?? {})}::jsonb)`.execute(trx);
};
