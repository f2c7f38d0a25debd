import {
  actOnCases as actEndpoint,
  getCaseActions as actionsEndpoint,
  getCase as getEndpoint,
  getCaseRules as getRulesEndpoint,
  getReceipt,
  listCases as listEndpoint,
  listPublicCases as listPublicEndpoint,
  openReporterContact as openContactEndpoint,
  putCaseRules as putRulesEndpoint,
  reportAsResident as residentEndpoint,
  reportCases as reportEndpoint,
} from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { actOnCases } from "./act-on-cases.ts";
import { getCaseActions } from "./case-actions.ts";
import { mountCaseStream } from "./case-stream.ts";
import { getCase } from "./get-case.ts";
import { listCases } from "./list-cases.ts";
import { openReporterContact } from "./open-reporter-contact.ts";
import { getReceiptCase, listPublicCases } from "./public-cases.ts";
import { getCaseRules, putCaseRules } from "./put-case-rules.ts";
import { reportAsResident } from "./report-as-resident.ts";
import { reportCases } from "./report-cases.ts";

/** Mounts reporting, acting, lists, public cases and the stream of changes. */
export const mountCases: MountRoutes = (app, services) => {
  const { gate, config } = services;
  mount(app, gate, reportEndpoint, (ctx, { body }) =>
    reportCases(ctx, body.reports, { dataKey: config.dataKey }),
  );
  mount(app, gate, actEndpoint, (ctx, { body }) => actOnCases(ctx, body.commands));
  mount(app, gate, listEndpoint, (ctx, { query }) => listCases(ctx, query));
  mount(app, gate, actionsEndpoint, (ctx, { query }) => getCaseActions(ctx, query.caseIds));
  mount(app, gate, getEndpoint, (ctx, { params }) => getCase(ctx, params.caseId));
  mount(app, gate, residentEndpoint, (ctx, { body }) =>
    reportAsResident(ctx, config.dataKey, body),
  );
  mount(app, gate, listPublicEndpoint, (ctx, { query }) => listPublicCases(ctx, query));
  mount(app, gate, getReceipt, (ctx, { params }) => getReceiptCase(ctx, params.receiptCode));
  mount(app, gate, getRulesEndpoint, getCaseRules);
  mount(app, gate, putRulesEndpoint, (ctx, { body }) => putCaseRules(ctx, body));
  mount(app, gate, openContactEndpoint, async (ctx, { params, body }, { request, reply }) => {
    void reply.header("cache-control", "no-store");
    const asked = { reason: body.reason, address: request.ip };
    return { contact: await openReporterContact(ctx, config.dataKey, params.caseId, asked) };
  });
  mountCaseStream(app, services);
};
