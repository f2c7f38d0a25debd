import { endOwnSession, type Security } from "@onegrid/contract";
import { instantWords } from "@onegrid/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { countyQuery } from "../../platform/queries.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { securityQuery } from "./security-query.ts";

/** Enough to tell one's own devices apart; a browser's whole name tells nobody anything. */
const deviceOf = (userAgent: string | null): string => {
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/.exec(userAgent ?? "")?.[1];
  const browser = /(Edg|Firefox|Chrome|Safari)/.exec(userAgent ?? "")?.[1];
  return [browser === "Edg" ? "Edge" : browser, system].filter(Boolean).join(" · ") || "–";
};

/** Where the own account is signed in, each to be ended from here. */
export const Sessions = ({ sessions }: Pick<Security, "sessions">) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: county } = useQuery(countyQuery);
  const end = useMutation({
    mutationFn: (sessionId: string) => client.call(endOwnSession, { params: { sessionId } }),
    onSettled: () => queries.invalidateQueries({ queryKey: securityQuery.queryKey }),
  });
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{t("sessions>title")}</h2>
      {end.error && <ErrorNote error={end.error} />}
      <ul className="session-list">
        {sessions.map((session) => (
          <li key={session.sessionId}>
            <span>
              <strong>{deviceOf(session.userAgent)}</strong>
              <small>
                {t("sessions>seen", {
                  at: instantWords(session.lastSeenAt, county?.timeZone ?? "UTC"),
                  from: session.address ?? "–",
                })}
              </small>
            </span>
            {session.isPresent ? (
              <span className="session-here">{t("sessions>here")}</span>
            ) : (
              <Button size="small" onClick={() => end.mutate(session.sessionId)}>
                {t("sessions>end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};
