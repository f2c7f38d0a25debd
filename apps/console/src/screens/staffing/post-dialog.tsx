import { openPost, type EndpointInput } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { templatesQuery } from "../../platform/staffing-queries.ts";
import { GridField } from "../../shared/grid-field.tsx";
import { ErrorNote } from "../../shared/states.tsx";
import { today } from "../../shared/today.ts";
import { useDeed } from "./use-deed.ts";

type Fields = EndpointInput<typeof openPost>["body"];

/** Opens a post of a template in a grid. */
export const PostDialog = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const { data: templates } = useQuery(templatesQuery);
  const save = useDeed(
    (fields: Fields) =>
      client.call(openPost, {
        body: {
          ...fields,
          dutyPhone: fields.dutyPhone || null,
          serviceHours: fields.serviceHours || null,
        },
      }),
    onClose,
  );
  const required = [{ required: true }];
  return (
    <Modal
      open
      title={t("staffing>openPost")}
      okText={t("common>save")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ openedOn: today() }}
        onFinish={(fields) => save.mutate(fields)}
      >
        <Form.Item name="postCode" label={t("organisations>code")} rules={required}>
          <Input maxLength={32} />
        </Form.Item>
        <Form.Item name="templateCode" label={t("staffing>post")} rules={required}>
          <Select
            options={(templates ?? []).map(({ templateCode, name }) => ({
              value: templateCode,
              label: name,
            }))}
          />
        </Form.Item>
        <Form.Item name="gridCode" label={t("filter>grid")} rules={required}>
          <GridField />
        </Form.Item>
        <div className="form-pair">
          <Form.Item name="dutyPhone" label={t("configuration>dutyPhone")}>
            <Input maxLength={30} />
          </Form.Item>
          <Form.Item name="serviceHours" label={t("staffing>hours")}>
            <Input maxLength={60} />
          </Form.Item>
        </div>
        <Form.Item name="openedOn" label={t("staffing>openedOn")} rules={required}>
          <Input type="date" />
        </Form.Item>
      </Form>
      {save.error && <ErrorNote error={save.error} />}
    </Modal>
  );
};
