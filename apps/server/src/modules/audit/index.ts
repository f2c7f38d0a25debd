export { auditTasks } from "./anchor-audit.ts";
export { setAnchorsAside } from "./anchors.ts";
export { audit, type AuditAction, type AuditEntry } from "./audit.ts";
export { mountAudit } from "./audit-routes.ts";
export { verifyAudit, type AuditVerdict } from "./verify-audit.ts";
export { readHead } from "./verify-queries.ts";
