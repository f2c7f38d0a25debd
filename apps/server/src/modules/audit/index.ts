export { audit, type AuditAction, type AuditEntry } from "./audit.ts";
