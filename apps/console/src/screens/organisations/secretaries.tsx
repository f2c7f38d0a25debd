import { appointSecretary, type Secretary } from "@onegrid/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { ORGANISATIONS } from "../../platform/organisation-queries.ts";
import { ErrorNote } from "../../shared/states.tsx";
import { PersonSelect } from "../staffing/person-select.tsx";
import { today } from "../../shared/today.ts";

type Fields = { personId: string; beginsOn: string };

const SecretaryForm = ({ code, onDone }: { code: string; onDone: () => void }) => {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (body: Fields) =>
      client.call(appointSecretary, { params: { organisationCode: code }, body }),
    onSuccess: async () => {
      void message.success(t("staffing>done"));
      await queries.invalidateQueries({ queryKey: [ORGANISATIONS] });
      onDone();
    },
  });
  return (
    <Form<Fields>
      layout="vertical"
      initialValues={{ beginsOn: today() }}
      onFinish={(fields) => save.mutate(fields)}
    >
      <Form.Item name="personId" label={t("staffing>person")} rules={[{ required: true }]}>
        <PersonSelect />
      </Form.Item>
      <Form.Item name="beginsOn" label={t("staffing>beginsOn")} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t("common>save")}
      </Button>
      {save.error && <ErrorNote error={save.error} />}
    </Form>
  );
};

/** 书记: who leads the organisation and who led it. */
export const Secretaries = ({
  code,
  secretaries,
  editable,
}: {
  code: string;
  secretaries: Secretary[];
  editable: boolean;
}) => {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section>
      <h2>{t("organisations>secretary")}</h2>
      {secretaries.length === 0 && <p>{t("organisations>noSecretary")}</p>}
      <ol className="organisation-life">
        {secretaries.map(({ name, beginsOn, endsOn }) => (
          <li key={beginsOn}>
            <strong>{name}</strong> {beginsOn} {t("organisations>to")} {endsOn ?? "…"}
          </li>
        ))}
      </ol>
      {editable &&
        (isOpen ? (
          <SecretaryForm code={code} onDone={() => setIsOpen(false)} />
        ) : (
          <Button onClick={() => setIsOpen(true)}>{t("organisations>newSecretary")}</Button>
        ))}
    </section>
  );
};
