import {
  CASE_SOURCES,
  CATEGORY_KINDS,
  GRID_TIERS,
  NETS,
  NO_CONDITION,
  putDispatchRule,
  type DispatchRule,
  type RuleConditions,
  type RuleTarget,
} from "@onegrid/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { bySound, unitChoices } from "../../../shared/by-sound.ts";
import { client } from "../../../platform/client.ts";
import { departmentsQuery } from "../../../platform/queries.ts";
import { ErrorNote } from "../../../shared/states.tsx";
import { rulesQuery, useStreets } from "./rule-queries.ts";
import { TimeFields, windowOf, windowText } from "./time-fields.tsx";

/** A rule as the form holds it: the target as one word, a yes-or-no condition as a word too. */
type Fields = Omit<
  RuleConditions,
  "emergency" | "workingTime" | "windows" | "fromDay" | "untilDay"
> & {
  name: string;
  active: boolean;
  target: string;
  emergency: string;
  workingTime: string;
  windows: string[];
  fromDay: string;
  untilDay: string;
};

const yesNo = (word: string): boolean | null => (word === "any" ? null : word === "true");
const wordOf = (value: boolean | null): string => (value === null ? "any" : String(value));
const textOf = (target: RuleTarget): string =>
  target.to === "grid"
    ? `grid ${target.tier}`
    : target.to === "department"
      ? `department ${target.unitCode}`
      : target.to;

const targetOf = (text: string): RuleTarget => {
  const [to, value = ""] = text.split(" ");
  if (to === "department") return { to, unitCode: value };
  const tier = GRID_TIERS.find((known) => known === value);
  return to === "grid" && tier !== undefined ? { to, tier } : { to: "component_owner" };
};

const fieldsOf = (rule: DispatchRule | null): Fields => {
  const when = rule?.when ?? NO_CONDITION;
  return {
    ...when,
    name: rule?.name ?? "",
    active: rule?.active ?? true,
    target: textOf(rule?.target ?? { to: "grid", tier: "level1" }),
    emergency: wordOf(when.emergency),
    workingTime: wordOf(when.workingTime),
    windows: when.windows.map(windowText),
    fromDay: when.fromDay ?? "",
    untilDay: when.untilDay ?? "",
  };
};

const conditionsOf = (fields: Fields): RuleConditions => {
  const { name: _name, active: _active, target: _target, ...when } = fields;
  return {
    ...when,
    emergency: yesNo(fields.emergency),
    workingTime: yesNo(fields.workingTime),
    windows: fields.windows.flatMap((text) => windowOf(text) ?? []),
    fromDay: fields.fromDay || null,
    untilDay: fields.untilDay || null,
  };
};

const useSave = (ruleId: string, baseVersion: number, onDone: () => void) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (fields: Fields) =>
      client.call(putDispatchRule, {
        params: { ruleId },
        body: {
          baseVersion,
          name: fields.name,
          active: fields.active,
          when: conditionsOf(fields),
          target: targetOf(fields.target),
        },
      }),
    onSuccess: async () => {
      void message.success(t("configuration>saved"));
      await queries.invalidateQueries(rulesQuery);
      onDone();
    },
  });
};

const RuleFields = () => {
  const { t } = useTranslation();
  const { data: departments = [] } = useQuery(departmentsQuery);
  const streets = useStreets();
  const units = unitChoices(departments);
  const targets = [
    ...GRID_TIERS.map((tier) => ({ value: `grid ${tier}`, label: t(`tier>${tier}`) })),
    { value: "component_owner", label: t("dispatching>toOwner") },
    ...units.map((unit) => ({ ...unit, value: `department ${unit.value}` })),
  ];
  const many = (options: { value: string; label: string; keys?: string }[]) => (
    <Select mode="multiple" allowClear options={options} showSearch={bySound} />
  );
  const triple = (group: string) => (
    <Select
      options={["any", "true", "false"].map((word) => ({
        value: word,
        label: word === "any" ? t("filter>any") : t(`dispatching>${group}_${word}`),
      }))}
    />
  );
  return (
    <>
      <Form.Item name="name" label={t("configuration>name")} rules={[{ required: true }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="target" label={t("dispatching>target")} rules={[{ required: true }]}>
        <Select options={targets} showSearch={bySound} />
      </Form.Item>
      <h3>{t("dispatching>conditions")}</h3>
      <p className="hint">{t("dispatching>conditionsNote")}</p>
      <Form.Item
        name="categoryPrefixes"
        label={t("dispatching>if_category")}
        extra={t("dispatching>categoryHint")}
      >
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <div className="form-pair">
        <Form.Item name="nets" label={t("dispatching>if_net")}>
          {many(NETS.map((value) => ({ value, label: t(`net>${value}`) })))}
        </Form.Item>
        <Form.Item name="kinds" label={t("dispatching>if_kind")}>
          {many(CATEGORY_KINDS.map((value) => ({ value, label: t(`dispatching>kind_${value}`) })))}
        </Form.Item>
        <Form.Item name="gridCodes" label={t("dispatching>if_grid")}>
          {many(streets.map((grid) => ({ value: grid.gridCode, label: grid.name })))}
        </Form.Item>
        <Form.Item name="componentOwners" label={t("dispatching>if_component_owner")}>
          {many(units)}
        </Form.Item>
        <Form.Item name="sources" label={t("dispatching>if_source")}>
          {many(CASE_SOURCES.map((value) => ({ value, label: t(`source>${value}`) })))}
        </Form.Item>
        <Form.Item name="emergency" label={t("dispatching>if_emergency")}>
          {triple("emergency")}
        </Form.Item>
      </div>
      <TimeFields workingTime={triple("workingTime")} />
      <Form.Item name="active" valuePropName="checked">
        <Checkbox>{t("configuration>active")}</Checkbox>
      </Form.Item>
    </>
  );
};

type Props = { rule: DispatchRule | null; ruleId: string; onClose: () => void };

/** A rule's next version, or a new rule at the end of the list. */
export const RuleDialog = ({ rule, ruleId, onClose }: Props) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const save = useSave(ruleId, rule?.version ?? 0, onClose);
  return (
    <Modal
      open
      width={640}
      title={rule ? t("dispatching>edit", { name: rule.name }) : t("dispatching>add")}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          {t("common>close")}
        </Button>,
        <Button key="save" type="primary" loading={save.isPending} onClick={() => form.submit()}>
          {t("common>save")}
        </Button>,
      ]}
    >
      {save.error && <ErrorNote error={save.error} />}
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={fieldsOf(rule)}
        onFinish={(fields) => save.mutate(fields)}
      >
        <RuleFields />
      </Form>
    </Modal>
  );
};
