import {
  appointSecretary as secretaryEndpoint,
  getCoverage,
  getOrganisation as getEndpoint,
  getOrganisationTree,
  listCoverageRows,
  listOrganisations as listEndpoint,
  recordOrganisationFact,
} from "@onegrid/contract";
import type { OrganisationFact } from "@onegrid/domain";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import {
  coverage,
  coverageRows,
  getOrganisation,
  listOrganisations,
  organisationTree,
} from "./read-organisations.ts";
import { recordFact } from "./record-facts.ts";
import { appointSecretary } from "./secretaries.ts";

export const mountOrganisations: MountRoutes = (app, { gate }) => {
  mount(app, gate, listEndpoint, (ctx, { query }) => listOrganisations(ctx, query));
  mount(app, gate, getEndpoint, (ctx, { params }) => getOrganisation(ctx, params.organisationCode));
  mount(app, gate, recordOrganisationFact, (ctx, { params, body }) =>
    recordFact(ctx, params.organisationCode, body.baseSeq, body.fact as OrganisationFact),
  );
  mount(app, gate, secretaryEndpoint, (ctx, { params, body }) =>
    appointSecretary(ctx, { ...params, ...body }),
  );
  mount(app, gate, getOrganisationTree, (ctx, { query }) => organisationTree(ctx, query));
  mount(app, gate, getCoverage, (ctx, { query }) => coverage(ctx, query));
  mount(app, gate, listCoverageRows, (ctx, { params, query }) =>
    coverageRows(ctx, params.kind, query),
  );
};
