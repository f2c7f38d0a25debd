import { startReassignment, type ReassignmentSummary } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Button, Form, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { newId } from "../../platform/ids.ts";
import { reassignmentsQuery } from "../../platform/reassignment-queries.ts";
import { useSession } from "../../platform/session.ts";
import { GridField } from "../../shared/grid-field.tsx";
import { EmptyNote, ErrorNote, Loading } from "../../shared/states.tsx";
import { Guide } from "./guide.tsx";
import { useAct } from "./use-act.ts";

const isRunning = ({ state }: ReassignmentSummary): boolean =>
  state !== "closed" && state !== "cancelled";

const StartDialog = ({ onDone }: { onDone: (reassignmentId: string | null) => void }) => {
  const { t } = useTranslation();
  const { account } = useSession();
  const [form] = Form.useForm<{ streetCode: string }>();
  const [reassignmentId] = useState(newId);
  const deed = useAct(reassignmentId);
  return (
    <Modal
      open
      title={t("reassignment>start")}
      okText={t("reassignment>start")}
      onOk={() => form.submit()}
      onCancel={() => onDone(null)}
      confirmLoading={deed.isPending}
      mask={{ closable: false }}
    >
      <Form<{ streetCode: string }>
        form={form}
        layout="vertical"
        initialValues={account.role === "street" ? { streetCode: account.scopeCode } : {}}
        onFinish={({ streetCode }) =>
          deed.mutate(
            () => client.call(startReassignment, { body: { reassignmentId, streetCode } }),
            { onSuccess: () => onDone(reassignmentId) },
          )
        }
      >
        <Form.Item name="streetCode" label={t("reassignment>street")} rules={[{ required: true }]}>
          <GridField />
        </Form.Item>
      </Form>
      <p className="hint">{t("reassignment>startNote")}</p>
      {deed.error && <ErrorNote error={deed.error} />}
    </Modal>
  );
};

/** 归零整合: the street's reassignment, led step by step. */
export const ReassignmentScreen = () => {
  const { t } = useTranslation();
  const { account } = useSession();
  const { data, error, isPending, refetch } = useQuery(reassignmentsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const [isStarting, setIsStarting] = useState(false);
  const rounds = data ?? [];
  const shown = chosen ?? (rounds.find(isRunning) ?? rounds[0])?.reassignmentId ?? null;
  // A street has one at a time.
  const start = !(account.role === "street" && rounds.some(isRunning)) && (
    <Button type={shown === null ? "primary" : "default"} onClick={() => setIsStarting(true)}>
      {t("reassignment>start")}
    </Button>
  );
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("nav>reassignment")}</h1>
        {shown !== null && (
          <div className="organisation-tools">
            <Select
              aria-label={t("reassignment>street")}
              className="guide-choice"
              value={shown}
              onChange={setChosen}
              options={rounds.map(
                ({ reassignmentId, streetName, streetCode, state, startedAt }) => ({
                  value: reassignmentId,
                  label: `${streetName ?? streetCode} · ${t(`reassignmentState>${state}`)} · ${startedAt.slice(0, 10)}`,
                }),
              )}
            />
            {start}
          </div>
        )}
      </header>
      {isPending && <Loading />}
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {data !== undefined && shown === null && (
        <EmptyNote words={t("reassignment>none")}>{start}</EmptyNote>
      )}
      {shown !== null && <Guide key={shown} reassignmentId={shown} />}
      {isStarting && (
        <StartDialog
          onDone={(started) => {
            if (started !== null) setChosen(started);
            setIsStarting(false);
          }}
        />
      )}
    </div>
  );
};
