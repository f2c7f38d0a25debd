import { ApiProblem } from "@onegrid/client";
import {
  NOTICE_KINDS,
  NOTICE_TERM_DAYS,
  putNotice,
  type Notice,
  type NoticeKind,
} from "@onegrid/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Form, Input, InputNumber, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { v7 as newId } from "uuid";
import { client } from "../../platform/client.ts";
import { postsQuery } from "../../platform/staffing-queries.ts";
import { GridField } from "../../shared/grid-field.tsx";
import { ErrorNote } from "../../shared/states.tsx";
import { PersonSelect } from "./person-select.tsx";
import { useDeed } from "./use-deed.ts";

type Fields = {
  kind: NoticeKind;
  gridCode: string;
  title: string;
  body: string;
  termDays: number;
  nominees: { postCode: string; personId: string }[];
};

/** Posts that are vacant, to nominate for. */
const Nominees = ({ gridCode }: { gridCode: string | undefined }) => {
  const { t } = useTranslation();
  const { data } = useInfiniteQuery(
    postsQuery({ vacant: "true", limit: "200", ...(gridCode !== undefined && { grid: gridCode }) }),
  );
  const posts = data?.pages.flatMap((page) => page.posts) ?? [];
  return (
    <Form.List name="nominees">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="nominee-row">
              <Form.Item
                name={[name, "postCode"]}
                label={t("staffing>post")}
                rules={[{ required: true }]}
              >
                <Select
                  showSearch={{ optionFilterProp: "label" }}
                  options={posts.map((post) => ({
                    value: post.postCode,
                    label: `${post.gridName ?? ""} ${post.templateName}`,
                  }))}
                />
              </Form.Item>
              <Form.Item
                name={[name, "personId"]}
                label={t("staffing>person")}
                rules={[{ required: true }]}
              >
                <PersonSelect />
              </Form.Item>
              <Button aria-label={t("staffing>removeNominee")} onClick={() => remove(name)}>
                ✕
              </Button>
            </div>
          ))}
          <Button onClick={() => add({})}>{t("staffing>addNominee")}</Button>
        </>
      )}
    </Form.List>
  );
};

/** Writes a draft from the template of its kind; what is private in it is refused and named. */
export const NoticeDialog = ({
  notice,
  onClose,
}: {
  notice: Notice | null;
  onClose: () => void;
}) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch("kind", form);
  const gridCode = Form.useWatch("gridCode", form);
  const noticeId = notice?.noticeId ?? newId();
  const save = useDeed(
    (fields: Fields) =>
      client.call(putNotice, {
        params: { noticeId },
        body: {
          ...fields,
          nominees: fields.kind === "appointment" ? (fields.nominees ?? []) : [],
          baseVersion: notice?.version ?? 0,
        },
      }),
    onClose,
  );
  const found = save.error instanceof ApiProblem ? (save.error.problem.fields ?? []) : [];
  return (
    <Modal
      open
      width={760}
      title={t("staffing>writeNotice")}
      okText={t("staffing>saveDraft")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={notice ?? { termDays: NOTICE_TERM_DAYS, nominees: [], title: "", body: "" }}
        onFinish={(fields) => save.mutate(fields)}
      >
        <div className="form-pair">
          <Form.Item name="kind" label={t("staffing>kind")} rules={[{ required: true }]}>
            <Select
              options={NOTICE_KINDS.map((value) => ({ value, label: t(`noticeKind>${value}`) }))}
              onChange={(chosen: NoticeKind) => {
                if (form.getFieldValue("body") !== "") return;
                form.setFieldsValue({
                  title: t(`noticeKind>${chosen}`),
                  body: t(`noticeTemplate>${chosen}`),
                });
              }}
            />
          </Form.Item>
          <Form.Item name="gridCode" label={t("filter>grid")} rules={[{ required: true }]}>
            <GridField />
          </Form.Item>
        </div>
        <Form.Item name="title" label={t("staffing>noticeTitle")} rules={[{ required: true }]}>
          <Input maxLength={80} />
        </Form.Item>
        <Form.Item name="body" label={t("staffing>noticeBody")} rules={[{ required: true }]}>
          <Input.TextArea maxLength={4000} autoSize={{ minRows: 5, maxRows: 14 }} />
        </Form.Item>
        <Form.Item name="termDays" label={t("staffing>termDays")}>
          <InputNumber min={NOTICE_TERM_DAYS} max={60} />
        </Form.Item>
        {kind === "appointment" && <Nominees gridCode={gridCode} />}
      </Form>
      {save.error && <ErrorNote error={save.error} />}
      {found.length > 0 && (
        <ul>
          {found.map(({ field, code, allowed }) => (
            <li key={`${field} ${code} ${allowed}`}>{t(`problem>${code}`)}</li>
          ))}
        </ul>
      )}
    </Modal>
  );
};
