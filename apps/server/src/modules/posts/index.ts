export { mountPosts } from "./post-routes.ts";
export { listPosts, listTemplates } from "./posts.ts";
export { postTasks } from "./settle-access.ts";
