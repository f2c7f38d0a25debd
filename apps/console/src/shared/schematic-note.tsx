import { useQuery } from "@tanstack/react-query";
import { childGridsQuery } from "../platform/queries.ts";
import { SchematicBadge } from "./badges.tsx";

/** 示意, when the map's outlines are generated and not surveyed. */
export const SchematicNote = () => {
  const { data } = useQuery(childGridsQuery(undefined));
  return data?.some((grid) => grid.schematic) ? <SchematicBadge /> : null;
};
