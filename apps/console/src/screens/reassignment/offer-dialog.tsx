import { offerPosts, type Reassignment } from "@onegrid/contract";
import { useQueries, useQuery } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { childGridsQuery, gridQuery } from "../../platform/queries.ts";
import { templatesQuery } from "../../platform/staffing-queries.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { useAct } from "./use-act.ts";

type Fields = {
  templateCode: string;
  gridCodes: string[];
  perGrid: number;
  dutyPhone?: string;
  serviceHours?: string;
};
type Choice = { value: string; label: string };

/** The grids of the street that posts of a level may be opened in. */
const useGridsOfLevel = (streetCode: string, level: number | undefined): Choice[] => {
  const street = useQuery(gridQuery(streetCode));
  const communities = useQuery(childGridsQuery(streetCode));
  const below = useQueries({
    queries: (level === 3 ? (communities.data ?? []) : []).map(({ gridCode }) =>
      childGridsQuery(gridCode),
    ),
  });
  const choice = ({ gridCode, name }: { gridCode: string; name: string }, above = "") => ({
    value: gridCode,
    label: `${above}${name}`,
  });
  if (level === 1) return street.data === undefined ? [] : [choice(street.data)];
  if (level === 2) return (communities.data ?? []).map((grid) => choice(grid));
  return (communities.data ?? []).flatMap(({ name }, index) =>
    (below[index]?.data ?? []).map((grid) => choice(grid, `${name} · `)),
  );
};

/** 设岗: posts of a template in the chosen grids; vacant ones are offered before new ones open. */
export const OfferDialog = ({ round, onClose }: { round: Reassignment; onClose: () => void }) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const { reassignmentId, streetCode } = round;
  const { data: templates } = useQuery(templatesQuery);
  const templateCode = Form.useWatch("templateCode", form);
  const chosen = Form.useWatch("gridCodes", form) ?? [];
  const perGrid = Form.useWatch("perGrid", form) ?? 1;
  const level = templates?.find((known) => known.templateCode === templateCode)?.gridLevel;
  const grids = useGridsOfLevel(streetCode, level);
  const deed = useAct(reassignmentId);
  const offer = (fields: Fields) =>
    deed.mutate(
      () =>
        client.call(offerPosts, {
          params: { reassignmentId },
          body: {
            ...fields,
            dutyPhone: fields.dutyPhone || null,
            serviceHours: fields.serviceHours || null,
          },
        }),
      { onSuccess: onClose },
    );
  const required = [{ required: true }];
  return (
    <Modal
      open
      title={t("reassignment>offer")}
      okText={t("reassignment>offerN", { n: chosen.length * perGrid })}
      okButtonProps={{ disabled: chosen.length === 0 }}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={deed.isPending}
      mask={{ closable: false }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ perGrid: 1, gridCodes: [] }}
        onFinish={offer}
      >
        <Form.Item name="templateCode" label={t("staffing>post")} rules={required}>
          <Select
            options={(templates ?? []).map((template) => ({
              value: template.templateCode,
              label: template.name,
            }))}
            onChange={() => form.setFieldsValue({ gridCodes: [] })}
          />
        </Form.Item>
        <Form.Item name="gridCodes" label={t("filter>grid")} rules={required}>
          <Select
            mode="multiple"
            maxTagCount={6}
            disabled={level === undefined}
            showSearch={{ optionFilterProp: "label" }}
            options={grids}
          />
        </Form.Item>
        <div className="table-tools">
          <Button
            disabled={level === undefined}
            onClick={() => form.setFieldsValue({ gridCodes: grids.map(({ value }) => value) })}
          >
            {t("reassignment>allGrids", { n: grids.length })}
          </Button>
        </div>
        <Form.Item name="perGrid" label={t("reassignment>perGrid")}>
          <InputNumber min={1} max={9} precision={0} />
        </Form.Item>
        <div className="form-pair">
          <Form.Item name="dutyPhone" label={t("configuration>dutyPhone")}>
            <Input maxLength={30} />
          </Form.Item>
          <Form.Item name="serviceHours" label={t("staffing>hours")}>
            <Input maxLength={60} />
          </Form.Item>
        </div>
      </Form>
      <p className="hint">{t("reassignment>offerNote")}</p>
      {deed.error && <ErrorNote error={deed.error} />}
    </Modal>
  );
};
