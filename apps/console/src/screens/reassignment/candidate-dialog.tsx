import {
  CANDIDACY_WAYS,
  enterCandidacy,
  type CandidacyWay,
  type OfferedPost,
  type Reassignment,
} from "@onegrid/contract";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Form, Input, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { newId } from "../../platform/ids.ts";
import { formerPostsQuery } from "../../platform/reassignment-queries.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { PersonSelect } from "../staffing/person-select.tsx";
import { useAct } from "./use-act.ts";

type Fields = {
  from: "former" | "people";
  formerCode?: string;
  personId?: string;
  way: CandidacyWay;
  words?: string;
};
type FieldProps = { id?: string; value?: string; onChange?: (code: string) => void };

/** Chooses somebody of the old networks of the street by name. */
const FormerSelect = ({ streetCode, id, value, onChange }: FieldProps & { streetCode: string }) => {
  const { t } = useTranslation();
  const [q, setQ] = useState("");
  const { data, isFetching } = useInfiniteQuery(
    formerPostsQuery({ grid: streetCode, ...(q !== "" && { q }) }),
  );
  const people = data?.pages.flatMap(({ formerPosts }) => formerPosts) ?? [];
  return (
    <Select
      {...(id !== undefined && { id })}
      {...(value !== undefined && { value })}
      showSearch={{ filterOption: false, onSearch: setQ }}
      loading={isFetching}
      onChange={(code: string) => onChange?.(code)}
      options={people.map(({ code, personName, net, role }) => ({
        value: code,
        label: `${personName}（${t(`net>${net}`)} · ${role}）`,
      }))}
    />
  );
};

type Props = { round: Reassignment; post: OfferedPost; onClose: () => void };

/** 报名 or 推荐 for one post. */
export const CandidateDialog = ({ round, post, onClose }: Props) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const from = Form.useWatch("from", form) ?? "former";
  const { reassignmentId, streetCode } = round;
  const [candidacyId] = useState(newId);
  const deed = useAct(reassignmentId);
  const enter = ({ formerCode, personId, way, words = "" }: Fields) =>
    deed.mutate(
      () =>
        client.call(enterCandidacy, {
          params: { reassignmentId },
          body: {
            candidacyId,
            postCode: post.postCode,
            ...(from === "former" ? { formerCode } : { personId }),
            way,
            words,
          },
        }),
      { onSuccess: onClose },
    );
  const required = [{ required: true }];
  return (
    <Modal
      open
      title={`${t("reassignment>enter")} · ${post.gridName ?? post.gridCode} ${post.postName}`}
      okText={t("reassignment>enter")}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={deed.isPending}
      mask={{ closable: false }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ from: "former", way: "applied" }}
        onFinish={enter}
      >
        <Form.Item name="from" label={t("reassignment>from")}>
          <Radio.Group
            options={[
              { value: "former", label: t("reassignment>fromFormer") },
              { value: "people", label: t("reassignment>fromPeople") },
            ]}
          />
        </Form.Item>
        {from === "former" ? (
          <Form.Item name="formerCode" label={t("staffing>person")} rules={required}>
            <FormerSelect streetCode={streetCode} />
          </Form.Item>
        ) : (
          <Form.Item name="personId" label={t("staffing>person")} rules={required}>
            <PersonSelect />
          </Form.Item>
        )}
        <Form.Item name="way" label={t("reassignment>way")}>
          <Radio.Group
            options={CANDIDACY_WAYS.map((value) => ({
              value,
              label: t(`reassignment>way_${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="words" label={t("reassignment>words")} extra={t("reassignment>wordsHint")}>
          <Input.TextArea maxLength={500} />
        </Form.Item>
      </Form>
      {deed.error && <ErrorNote error={deed.error} />}
    </Modal>
  );
};
