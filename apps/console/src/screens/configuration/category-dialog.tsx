import { ApiProblem } from "@onegrid/client";
import {
  LIMIT_UNITS,
  NETS,
  putCategory,
  TIERS,
  type Category,
  type EndpointInput,
} from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Form, Input, InputNumber, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { bySound, unitChoices } from "../../shared/by-sound.ts";
import { client } from "../../platform/client.ts";
import { categoriesQuery, departmentsQuery } from "../../platform/queries.ts";
import { ErrorNote } from "../../shared/states.tsx";

type Body = EndpointInput<typeof putCategory>["body"];
type Fields = Pick<
  Body,
  "name" | "net" | "words" | "ownerUnitCode" | "startTier" | "limit" | "emergency" | "active"
> & { meToo: { distanceM: number | null; hours: number | null } | null };

/** 我也遇到: both or neither; with neither, the county's rules decide. */
const meTooOf = ({ meToo }: Fields): Body["meToo"] => {
  const { distanceM = null, hours = null } = meToo ?? {};
  return distanceM === null || hours === null ? null : { distanceM, hours };
};

/** The whole next version: what the form holds, and what it does not touch as it was. */
const bodyOf = (before: Category, fields: Fields): Body => ({
  baseVersion: before.version,
  kind: before.kind,
  standardClass: before.standardClass && {
    standard: before.standardClass.standard,
    kind: before.standardClass.kind,
    classCode: before.standardClass.classCode,
  },
  ...fields,
  ownerUnitCode: fields.ownerUnitCode ?? null,
  meToo: meTooOf(fields),
});

const isConflict = (error: unknown) =>
  error instanceof ApiProblem && error.problem.code === "catalogue.version_conflict";

const useSave = (category: Category, onDone: () => void) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (fields: Fields) =>
      client.call(putCategory, {
        params: { categoryCode: category.categoryCode },
        body: bodyOf(category, fields),
      }),
    onSuccess: async () => {
      void message.success(t("configuration>saved"));
      await queries.invalidateQueries(categoriesQuery);
      onDone();
    },
  });
};

const CategoryFields = () => {
  const { t } = useTranslation();
  const { data: departments } = useQuery(departmentsQuery);
  const words = (list: readonly string[], group: string) =>
    list.map((value) => ({ value, label: t(`${group}>${value}`) }));
  return (
    <>
      <Form.Item name="name" label={t("configuration>name")} rules={[{ required: true }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="words" label={t("configuration>words")} extra={t("configuration>wordsHint")}>
        <Select mode="tags" open={false} suffixIcon={null} maxCount={30} />
      </Form.Item>
      <div className="form-pair">
        <Form.Item name="net" label={t("filter>net")}>
          <Select options={words(NETS, "net")} />
        </Form.Item>
        <Form.Item name="startTier" label={t("configuration>startTier")}>
          <Select options={words(TIERS, "tier")} />
        </Form.Item>
      </div>
      <Form.Item name="ownerUnitCode" label={t("configuration>owner")}>
        <Select allowClear showSearch={bySound} options={unitChoices(departments ?? [])} />
      </Form.Item>
      <div className="form-pair">
        <Form.Item
          name={["limit", "amount"]}
          label={t("configuration>limit")}
          rules={[{ required: true, type: "number", min: 0.1, max: 1000 }]}
        >
          <InputNumber min={0.1} max={1000} step={1} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name={["limit", "unit"]} label={t("configuration>limitUnit")}>
          <Select options={words(LIMIT_UNITS, "limitUnit")} />
        </Form.Item>
      </div>
      <div className="form-pair">
        <Form.Item
          name={["meToo", "distanceM"]}
          label={t("configuration>meTooDistance")}
          extra={t("configuration>meTooHint")}
        >
          <InputNumber min={0} max={5000} precision={0} style={{ width: "100%" }} />
        </Form.Item>
        <Form.Item name={["meToo", "hours"]} label={t("configuration>meTooHours")}>
          <InputNumber min={0} max={8760} precision={0} style={{ width: "100%" }} />
        </Form.Item>
      </div>
      <Form.Item name="emergency" valuePropName="checked">
        <Checkbox>{t("configuration>emergency")}</Checkbox>
      </Form.Item>
      <Form.Item name="active" valuePropName="checked">
        <Checkbox>{t("configuration>active")}</Checkbox>
      </Form.Item>
    </>
  );
};

type Props = {
  category: Category;
  onClose: () => void;
  onReload: (fresh: Category) => void;
};

/** Writes the next version of a category; open cases keep the limit they were filed with. */
export const CategoryDialog = ({ category, onClose, onReload }: Props) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const save = useSave(category, onClose);
  const reload = async () => {
    const fresh = await queries.fetchQuery({ ...categoriesQuery, staleTime: 0 });
    const found = fresh.find((c) => c.categoryCode === category.categoryCode);
    if (found) onReload(found);
  };
  return (
    <Modal
      open
      title={t("configuration>editTitle", { name: category.name, version: category.version })}
      okText={t("common>save")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={category}
        onFinish={(fields) => save.mutate(fields)}
      >
        <CategoryFields />
      </Form>
      <p className="hint">{t("configuration>frozenNote")}</p>
      {isConflict(save.error) ? (
        <Alert
          type="warning"
          showIcon
          title={problemWords(t, save.error)}
          action={
            <Button size="small" onClick={() => void reload()}>
              {t("configuration>reload")}
            </Button>
          }
        />
      ) : (
        save.error && <ErrorNote error={save.error} />
      )}
    </Modal>
  );
};
