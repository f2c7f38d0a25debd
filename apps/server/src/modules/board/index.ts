import type { MountRoutes } from "../../platform/services.ts";

/** Nothing is mounted until the module lands. */
export const mountBoard: MountRoutes = () => {};
