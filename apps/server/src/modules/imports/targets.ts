import { REGISTERS, type ImportKind, type RegisterName } from "@onegrid/contract";
import type { ImportTarget } from "../../platform/import-target.ts";
import { componentTarget } from "../components/index.ts";
import { organisationTarget } from "../organisations/index.ts";
import { peopleTarget, postTarget } from "../posts/index.ts";
import { formerPostTarget } from "../reassignment/index.ts";
import { registerTarget } from "../registers/index.ts";

const isRegister = (kind: ImportKind): kind is RegisterName =>
  (REGISTERS as readonly ImportKind[]).includes(kind);

/** What tables of a kind are brought into; `dataKey` seals what is personal. */
export const targetOf = (kind: ImportKind, dataKey: Uint8Array): ImportTarget => {
  if (isRegister(kind)) return registerTarget(kind);
  switch (kind) {
    case "organisations":
      return organisationTarget;
    case "posts":
      return postTarget;
    case "people":
      return peopleTarget(dataKey);
    case "former_posts":
      return formerPostTarget;
    case "components":
      return componentTarget;
  }
};
