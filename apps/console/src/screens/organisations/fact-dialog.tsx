import {
  ORGANISATION_BASES,
  ORGANISATION_LEVELS,
  recordOrganisationFact,
  type Organisation,
  type OrganisationFactInput,
} from "@onegrid/contract";
import { PLACEMENTS } from "@onegrid/domain";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, InputNumber, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ORGANISATIONS } from "../../platform/organisation-queries.ts";
import { GridField } from "../../shared/grid-field.tsx";
import { ErrorNote } from "../../shared/states.tsx";
import { today } from "../../shared/today.ts";

export type FactKind = "found" | "change" | "renew" | "dissolve";

type Fields = Partial<Organisation> & { effectiveOn: string; reason?: string; note?: string };

const placeOf = (fields: Fields) => {
  const { level = "grid_branch", base = "grid", gridCode = "", name = "" } = fields;
  return {
    level,
    base,
    baseCode: base === "grid" ? gridCode : (fields.baseCode ?? ""),
    gridCode,
    parentCode: fields.parentCode || null,
    name,
    termYears: fields.termYears ?? null,
  };
};

const factOf = (kind: FactKind, fields: Fields): OrganisationFactInput => {
  const { effectiveOn } = fields;
  switch (kind) {
    case "found":
    case "change":
      return { kind, effectiveOn, data: placeOf(fields) };
    case "renew":
      return { kind, effectiveOn, data: { note: fields.note || null } };
    case "dissolve":
      return { kind, effectiveOn, data: { reason: fields.reason ?? "" } };
  }
};

const PlaceFields = () => {
  const { t } = useTranslation();
  const form = Form.useFormInstance<Fields>();
  const level = Form.useWatch("level", form) ?? "grid_branch";
  const base = Form.useWatch("base", form) ?? "grid";
  return (
    <>
      <Form.Item name="name" label={t("organisations>name")} rules={[{ required: true }]}>
        <Input maxLength={80} />
      </Form.Item>
      <div className="form-pair">
        <Form.Item name="level" label={t("organisations>level")} rules={[{ required: true }]}>
          <Select
            onChange={(next: keyof typeof PLACEMENTS) =>
              form.setFieldsValue({
                base: PLACEMENTS[next].bases[0] ?? "grid",
                termYears: PLACEMENTS[next].termYears,
              })
            }
            options={ORGANISATION_LEVELS.map((value) => ({
              value,
              label: t(`organisationLevel>${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="base" label={t("organisations>base")} rules={[{ required: true }]}>
          <Select
            options={ORGANISATION_BASES.map((value) => ({
              value,
              label: t(`organisationBase>${value}`),
              disabled: !PLACEMENTS[level].bases.includes(value),
            }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="gridCode" label={t("organisations>grid")} rules={[{ required: true }]}>
        <GridField />
      </Form.Item>
      {base !== "grid" && (
        <Form.Item name="baseCode" label={t("organisations>baseCode")} rules={[{ required: true }]}>
          <Input maxLength={32} />
        </Form.Item>
      )}
      <div className="form-pair">
        <Form.Item name="parentCode" label={t("organisations>parent")}>
          <Input maxLength={32} placeholder={t("organisations>code")} />
        </Form.Item>
        <Form.Item name="termYears" label={t("organisations>termYears")}>
          <InputNumber min={1} max={10} style={{ width: "100%" }} />
        </Form.Item>
      </div>
    </>
  );
};

type Props = {
  /** As it stands; null: a new one. */
  organisation: Organisation | null;
  kind?: FactKind;
  baseSeq: number;
  onClose: () => void;
};

/** Writes down one dated fact: founded, changed, elected again, dissolved. */
export const FactDialog = ({ organisation, kind = "found", baseSeq, onClose }: Props) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useMutation({
    mutationFn: (fields: Fields) =>
      client.call(recordOrganisationFact, {
        params: { organisationCode: organisation?.code ?? (fields.code ?? "").trim() },
        body: { baseSeq, fact: factOf(kind, fields) },
      }),
    onSuccess: async () => {
      void message.success(t("organisations>recordedNow"));
      await queries.invalidateQueries({ queryKey: [ORGANISATIONS] });
      onClose();
    },
  });
  const hasPlace = kind === "found" || kind === "change";
  return (
    <Modal
      open
      title={`${t(`organisations>fact_${kind}`)} ${organisation?.name ?? ""}`}
      okText={t("organisations>record")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{
          level: "grid_branch",
          base: "grid",
          termYears: 3,
          ...organisation,
          effectiveOn: today(),
        }}
        onFinish={(fields) => save.mutate(fields)}
      >
        {organisation === null && (
          <Form.Item
            name="code"
            label={t("organisations>code")}
            rules={[{ required: true, pattern: /^[0-9A-Za-z-]{1,32}$/ }]}
          >
            <Input maxLength={32} />
          </Form.Item>
        )}
        <Form.Item
          name="effectiveOn"
          label={t("organisations>effectiveOn")}
          rules={[{ required: true }]}
        >
          <Input type="date" />
        </Form.Item>
        {hasPlace && <PlaceFields />}
        {kind === "renew" && (
          <Form.Item name="note" label={t("organisations>note")}>
            <Input.TextArea maxLength={200} />
          </Form.Item>
        )}
        {kind === "dissolve" && (
          <Form.Item name="reason" label={t("organisations>reason")} rules={[{ required: true }]}>
            <Input.TextArea maxLength={200} />
          </Form.Item>
        )}
      </Form>
      {save.error && <ErrorNote error={save.error} />}
    </Modal>
  );
};
