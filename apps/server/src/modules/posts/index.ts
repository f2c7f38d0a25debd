export { mountPosts } from "./post-routes.ts";
export { listPosts, listTemplates } from "./posts.ts";
export { loadPosts, type StaffedPosts } from "./load-posts.ts";
export { postTasks } from "./settle-access.ts";
export { peopleTarget } from "./import-people.ts";
export { postTarget } from "./import-posts.ts";
