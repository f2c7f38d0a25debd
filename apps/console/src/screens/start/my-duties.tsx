import { acknowledgeDuties, listMyDuties, type MyDuty } from "@onegrid/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ErrorNote } from "../../shared/states.tsx";

const KEY = ["my-duties"];

const isKnown = ({ version, acknowledgedVersion }: MyDuty): boolean =>
  acknowledgedVersion === version;

const Duty = ({ duty }: { duty: MyDuty }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { appointmentId, version, gridName, postName } = duty;
  const acknowledge = useMutation({
    mutationFn: () =>
      client.call(acknowledgeDuties, { params: { appointmentId }, body: { version } }),
    onSuccess: (answer) => queries.setQueryData(KEY, answer.duties),
    // Another version came into force while this one was read.
    onError: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const isDone = isKnown(duty);
  return (
    <li>
      <details>
        <summary>
          {gridName} {postName}
          {isDone && ` · ${t("myDuties>acknowledgedVersion", { n: version })}`}{" "}
          {duty.sampleDuties && (
            <span className="badge badge-sample">{t("staffing>sampleDuties")}</span>
          )}
        </summary>
        <ol>
          {duty.duties.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ol>
        {!isDone && (
          <Button
            type="primary"
            loading={acknowledge.isPending}
            onClick={() => acknowledge.mutate()}
          >
            {t("myDuties>acknowledge")}
          </Button>
        )}
        {acknowledge.error && <ErrorNote error={acknowledge.error} />}
      </details>
    </li>
  );
};

/** What one is to do in one's posts: before the work what is to be acknowledged, after it the rest. */
export const MyDuties = ({ known }: { known: boolean }) => {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await client.call(listMyDuties, {}, { signal })).duties,
  });
  const duties = data?.filter((duty) => isKnown(duty) === known) ?? [];
  if (duties.length === 0) return null;
  const title = t(known ? "myDuties>title" : "myDuties>toAcknowledge");
  return (
    <section className="my-duties" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {duties.map((duty) => (
          <Duty key={duty.appointmentId} duty={duty} />
        ))}
      </ul>
    </section>
  );
};
