import {
  applyForPost as applyEndpoint,
  appointSelected as appointEndpoint,
  enterCandidacy as enterEndpoint,
  getReassignment as getEndpoint,
  handOverPosts as handOverEndpoint,
  listCalledPosts as calledEndpoint,
  listFormerPosts as formerEndpoint,
  listOpenWork as openWorkEndpoint,
  listReassignments as listEndpoint,
  moveReassignment as moveEndpoint,
  offerPosts as offerEndpoint,
  publishSelected as publishEndpoint,
  removeOfferedPost as removeEndpoint,
  reviewCandidacy as reviewEndpoint,
  selectCandidate as selectEndpoint,
  startReassignment as startEndpoint,
} from "@onegrid/contract";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { applyForPost, listCalledPosts } from "./apply.ts";
import { appointSelected } from "./appoint-selected.ts";
import { enterCandidacy, reviewCandidacy } from "./candidacies.ts";
import { listFormerPosts } from "./former-posts.ts";
import { handOverPosts } from "./hand-over.ts";
import { moveReassignment } from "./move-reassignment.ts";
import { offerPosts, removeOfferedPost } from "./offer-posts.ts";
import { publishSelected } from "./publish-selected.ts";
import { getReassignment, listOpenWork, listReassignments } from "./read-reassignments.ts";
import { selectCandidate } from "./select-candidate.ts";
import { startReassignment } from "./start-reassignment.ts";

/** Mounts the old posts and the guided 归零整合. */
export const mountReassignments: MountRoutes = (app, { gate }) => {
  mount(app, gate, formerEndpoint, (ctx, { query }) => listFormerPosts(ctx, query));
  mount(app, gate, calledEndpoint, (ctx) => listCalledPosts(ctx));
  mount(app, gate, applyEndpoint, (ctx, { body }) => applyForPost(ctx, body));
  mount(app, gate, listEndpoint, (ctx) => listReassignments(ctx));
  mount(app, gate, startEndpoint, (ctx, { body }) => startReassignment(ctx, body));
  mount(app, gate, getEndpoint, (ctx, { params }) => getReassignment(ctx, params.reassignmentId));
  mount(app, gate, moveEndpoint, (ctx, { params, body }) =>
    moveReassignment(ctx, { ...params, ...body }),
  );
  mount(app, gate, offerEndpoint, (ctx, { params, body }) =>
    offerPosts(ctx, { ...params, ...body }),
  );
  mount(app, gate, removeEndpoint, (ctx, { params, body }) =>
    removeOfferedPost(ctx, { ...params, ...body }),
  );
  mount(app, gate, enterEndpoint, (ctx, { params, body }) =>
    enterCandidacy(ctx, { ...params, ...body }),
  );
  mount(app, gate, reviewEndpoint, (ctx, { params, body }) =>
    reviewCandidacy(ctx, { ...params, ...body }),
  );
  mount(app, gate, selectEndpoint, (ctx, { params, body }) =>
    selectCandidate(ctx, { ...params, ...body }),
  );
  mount(app, gate, publishEndpoint, (ctx, { params, body }) =>
    publishSelected(ctx, { ...params, ...body }),
  );
  mount(app, gate, appointEndpoint, (ctx, { params, body }) =>
    appointSelected(ctx, { ...params, ...body }),
  );
  mount(app, gate, handOverEndpoint, (ctx, { params, body }) =>
    handOverPosts(ctx, { ...params, ...body }),
  );
  mount(app, gate, openWorkEndpoint, (ctx, { params }) => listOpenWork(ctx, params.reassignmentId));
};
