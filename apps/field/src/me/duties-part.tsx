import { acknowledgeDuties, listMyDuties, type MyDuty } from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { useEffect, useState } from "react";
import { api } from "../session/api.ts";
import { Button } from "../ui/button.tsx";
import { useWords } from "../words.ts";

const isKnown = ({ version, acknowledgedVersion }: MyDuty): boolean =>
  acknowledgedVersion === version;

const Duty = ({ duty, onKnown }: { duty: MyDuty; onKnown: (duties: MyDuty[]) => void }) => {
  const { t } = useWords();
  const [problem, setProblem] = useState<unknown>(null);
  const { appointmentId, version, gridName, postName, duties } = duty;
  const acknowledge = async () => {
    try {
      const answer = await api.call(acknowledgeDuties, {
        params: { appointmentId },
        body: { version },
      });
      onKnown(answer.duties);
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <details>
      <summary>
        {gridName} {postName} · {t(isKnown(duty) ? "duties>known" : "duties>toAcknowledge")}
      </summary>
      <ol>
        {duties.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ol>
      {!isKnown(duty) && (
        <Button className="button-block" onClick={() => void acknowledge()}>
          {t("duties>acknowledge")}
        </Button>
      )}
      {problem !== null && <p className="notice">{problemWords(t, problem)}</p>}
    </details>
  );
};

/** What I am to do in my posts; read from the server, so without a line it is not shown. */
export const DutiesPart = () => {
  const { t } = useWords();
  const [duties, setDuties] = useState<MyDuty[]>([]);
  useEffect(() => {
    const reading = new AbortController();
    api.call(listMyDuties, {}, { signal: reading.signal }).then(
      (answer) => setDuties(answer.duties),
      () => {},
    );
    return () => reading.abort();
  }, []);
  if (duties.length === 0) return null;
  return (
    <section className="card">
      <h2>{t("duties>title")}</h2>
      {duties.map((duty) => (
        <Duty key={duty.appointmentId} duty={duty} onKnown={setDuties} />
      ))}
    </section>
  );
};
