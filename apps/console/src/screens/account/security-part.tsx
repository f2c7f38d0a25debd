import { useQuery } from "@tanstack/react-query";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { Factors } from "./factors.tsx";
import { securityQuery } from "./security-query.ts";
import { Sessions } from "./sessions.tsx";

/** Second factors and sessions of the own account. */
export const SecurityPart = () => {
  const { data, error, refetch } = useQuery(securityQuery);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  return (
    <>
      <Factors security={data} />
      <Sessions sessions={data.sessions} />
    </>
  );
};
