import {
  acknowledgeDuties as acknowledgeEndpoint,
  addPerson as addEndpoint,
  appoint as appointEndpoint,
  endAppointment as endEndpoint,
  getStaffingRule as ruleEndpoint,
  leave as leaveEndpoint,
  listMyDuties as myEndpoint,
  listPeople as peopleEndpoint,
  listPosts as listEndpoint,
  listPostTemplates,
  openPersonData as openDataEndpoint,
  openPost as openEndpoint,
  putDuties as putDutiesEndpoint,
  putStaffingRule as putRuleEndpoint,
} from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { appoint } from "./appoint.ts";
import { endAppointment, leave } from "./end-appointment.ts";
import { acknowledgeDuties, listMyDuties } from "./my-duties.ts";
import { addPerson, listPeople, openPersonData } from "./people.ts";
import { listPosts, listTemplates, openPost, putDuties } from "./posts.ts";
import { getStaffingRule, putStaffingRule } from "./staffing-rule.ts";

export const mountPosts: MountRoutes = (app, { gate, config: { dataKey } }) => {
  mount(app, gate, listPostTemplates, async (ctx) => ({ templates: await listTemplates(ctx) }));
  mount(app, gate, putDutiesEndpoint, (ctx, { params, body }) =>
    putDuties(ctx, params.templateCode, body),
  );
  mount(app, gate, ruleEndpoint, (ctx) => getStaffingRule(ctx));
  mount(app, gate, putRuleEndpoint, (ctx, { body }) => putStaffingRule(ctx, body));
  mount(app, gate, listEndpoint, (ctx, { query }) => listPosts(ctx, query));
  mount(app, gate, openEndpoint, (ctx, { body }) => openPost(ctx, body));
  mount(app, gate, peopleEndpoint, (ctx, { query }, { reply }) => {
    void reply.header("cache-control", "no-store");
    return listPeople(ctx, dataKey, query);
  });
  mount(app, gate, addEndpoint, (ctx, { body }) => addPerson(ctx, dataKey, body));
  mount(app, gate, openDataEndpoint, (ctx, { params, body }, { reply }) => {
    void reply.header("cache-control", "no-store");
    return openPersonData(ctx, dataKey, params.personId, body.reason);
  });
  mount(app, gate, appointEndpoint, (ctx, { body }) => appoint(ctx, body));
  mount(app, gate, endEndpoint, (ctx, { params, body }) =>
    endAppointment(ctx, params.appointmentId, body),
  );
  mount(app, gate, leaveEndpoint, (ctx, { params, body }) =>
    leave(ctx, params.personId, body.reason),
  );
  mount(app, gate, myEndpoint, (ctx) => listMyDuties(ctx));
  mount(app, gate, acknowledgeEndpoint, (ctx, { params, body }) =>
    acknowledgeDuties(ctx, params.appointmentId, body.version),
  );
};
