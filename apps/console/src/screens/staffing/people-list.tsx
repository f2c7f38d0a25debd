import {
  addPerson,
  leave,
  openPersonData,
  type EndpointInput,
  type OpenWork,
  type Person,
} from "@onegrid/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, type TableColumnsType } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { v7 as newId } from "uuid";
import { client } from "../../platform/client.ts";
import { peopleQuery } from "../../platform/staffing-queries.ts";
import { SampleBadge } from "../../shared/badges.tsx";
import { GridField } from "../../shared/grid-field.tsx";
import { PagedTable } from "../../shared/paged-table.tsx";
import { ErrorNote } from "../../shared/states.tsx";
import { ImportButton } from "../imports/import-button.tsx";
import { OpenWorkList } from "./open-work-list.tsx";
import { useDeed } from "./use-deed.ts";

type Asked = { kind: "data" | "leave"; person: Person };
type Fields = EndpointInput<typeof addPerson>["body"];

const columns = (t: TFunction, ask: (asked: Asked) => void): TableColumnsType<Person> => [
  {
    title: t("staffing>person"),
    render: (_, person) => (
      <>
        {person.name} {person.sample && <SampleBadge />}
      </>
    ),
  },
  { title: t("filter>grid"), render: (_, person) => person.gridName ?? person.gridCode },
  {
    title: t("staffing>posts"),
    render: (_, p) => p.posts.map(({ name }) => name).join("、") || "—",
  },
  { title: t("session>login"), render: (_, person) => person.login ?? "—" },
  { title: t("staffing>phone"), render: (_, person) => person.maskedPhone ?? "—" },
  { title: t("staffing>idNumber"), render: (_, person) => person.maskedIdNumber ?? "—" },
  {
    title: t("staffing>act"),
    width: 170,
    render: (_, person) =>
      person.leftOn !== null ? (
        t("staffing>left", { day: person.leftOn })
      ) : (
        <div className="organisation-tools">
          {(person.maskedPhone !== null || person.maskedIdNumber !== null) && (
            <Button size="small" onClick={() => ask({ kind: "data", person })}>
              {t("staffing>openData")}
            </Button>
          )}
          <Button size="small" onClick={() => ask({ kind: "leave", person })}>
            {t("staffing>leave")}
          </Button>
        </div>
      ),
  },
];

/** Asks why: a look at personal data and a leaving are both on record with their reason. */
const ReasonDialog = ({ asked, onClose }: { asked: Asked; onClose: () => void }) => {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const [reason, setReason] = useState("");
  const params = { personId: asked.person.personId };
  const look = useDeed(
    () => client.call(openPersonData, { params, body: { reason } }),
    (data: { phone: string | null; idNumber: string | null }) => {
      onClose();
      modal.info({
        title: asked.person.name,
        content: `${t("staffing>phone")} ${data.phone ?? "—"} · ${t("staffing>idNumber")} ${data.idNumber ?? "—"}`,
      });
    },
  );
  const go = useDeed(
    () => client.call(leave, { params, body: { reason } }),
    ({ openWork }: { openWork: OpenWork[] }) => {
      onClose();
      modal.info({ title: t("staffing>handOver"), content: <OpenWorkList work={openWork} /> });
    },
  );
  const deed = asked.kind === "data" ? look : go;
  return (
    <Modal
      open
      title={`${t(asked.kind === "data" ? "staffing>openData" : "staffing>leave")} · ${asked.person.name}`}
      okButtonProps={{ disabled: reason.trim().length < 2 }}
      onOk={() => deed.mutate(undefined)}
      onCancel={onClose}
      confirmLoading={deed.isPending}
    >
      <label htmlFor="reason">{t("organisations>reason")}</label>
      <Input.TextArea
        id="reason"
        maxLength={200}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <p className="hint">{t(asked.kind === "data" ? "staffing>logNote" : "staffing>leaveNote")}</p>
      {deed.error && <ErrorNote error={deed.error} />}
    </Modal>
  );
};

const PersonDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const save = useDeed(
    (fields: Fields) =>
      client.call(addPerson, {
        body: {
          ...fields,
          personId: newId(),
          phone: fields.phone || null,
          idNumber: fields.idNumber?.toUpperCase() || null,
          login: fields.login || null,
        },
      }),
    onClose,
  );
  return (
    <Modal
      open
      title={t("staffing>addPerson")}
      okText={t("common>save")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
    >
      <Form<Fields> form={form} layout="vertical" onFinish={(fields) => save.mutate(fields)}>
        <Form.Item name="name" label={t("organisations>name")} rules={[{ required: true }]}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="gridCode" label={t("filter>grid")} rules={[{ required: true }]}>
          <GridField />
        </Form.Item>
        <div className="form-pair">
          <Form.Item name="phone" label={t("staffing>phone")} rules={[{ pattern: /^1\d{10}$/ }]}>
            <Input autoComplete="off" maxLength={11} />
          </Form.Item>
          <Form.Item
            name="idNumber"
            label={t("staffing>idNumber")}
            rules={[{ pattern: /^\d{17}[\dXx]$/ }]}
          >
            <Input autoComplete="off" maxLength={18} />
          </Form.Item>
        </div>
        <Form.Item name="login" label={t("session>login")} extra={t("staffing>loginHint")}>
          <Input autoComplete="off" maxLength={60} />
        </Form.Item>
      </Form>
      {save.error && <ErrorNote error={save.error} />}
    </Modal>
  );
};

/** People who serve in the own grids; what is personal is masked until somebody says why. */
export const PeopleList = () => {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const [asked, setAsked] = useState<Asked | null>(null);
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery(peopleQuery(q === "" ? {} : { q }));
  return (
    <section>
      <div className="table-tools">
        <Input.Search
          allowClear
          aria-label={t("staffing>searchPeople")}
          placeholder={t("staffing>searchPeople")}
          onSearch={(typed) => setQ(typed.trim())}
        />
        <Button type="primary" onClick={() => setAdding(true)}>
          {t("staffing>addPerson")}
        </Button>
        <ImportButton kind="people" />
      </div>
      <PagedTable
        query={query}
        rowsOf={({ people }) => people}
        rowKey="personId"
        minWidth={1000}
        empty={t("staffing>noPeople")}
        columns={columns(t, setAsked)}
      />
      {asked !== null && <ReasonDialog asked={asked} onClose={() => setAsked(null)} />}
      {adding && <PersonDialog onClose={() => setAdding(false)} />}
    </section>
  );
};
