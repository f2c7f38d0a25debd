import type { MountRoutes } from "../../platform/services.ts";

/** Nothing is mounted until the portal lands. */
export const mountPortal: MountRoutes = () => {};
