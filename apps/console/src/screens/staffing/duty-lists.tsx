import { putDuties, type PostTemplate } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { templatesQuery } from "../../platform/staffing-queries.ts";
import { EmptyNote, ErrorNote, Loading } from "../../shared/states.tsx";
import { StaffingRule } from "./staffing-rule.tsx";
import { useDeed } from "./use-deed.ts";

const DutyDialog = ({ template, onClose }: { template: PostTemplate; onClose: () => void }) => {
  const { t } = useTranslation();
  const [words, setWords] = useState(template.duties.join("\n"));
  const duties = words
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const save = useDeed(
    () =>
      client.call(putDuties, {
        params: { templateCode: template.templateCode },
        body: { baseVersion: template.dutyVersion, duties },
      }),
    onClose,
  );
  return (
    <Modal
      open
      width={720}
      title={template.name}
      okText={t("staffing>publishDuties", { n: template.dutyVersion + 1 })}
      okButtonProps={{ disabled: duties.length === 0 }}
      onOk={() => save.mutate(undefined)}
      onCancel={onClose}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
    >
      <label htmlFor="duties">{t("staffing>dutyLines")}</label>
      <Input.TextArea
        id="duties"
        autoSize={{ minRows: 8 }}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <p className="hint">{t("staffing>dutyNote")}</p>
      {save.error && <ErrorNote error={save.error} />}
    </Modal>
  );
};

/** 职责清单 of each kind of post in the version in force; the next one is published from here. */
export const DutyLists = ({ editable }: { editable: boolean }) => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(templatesQuery);
  const [edited, setEdited] = useState<PostTemplate | null>(null);
  if (isPending) return <Loading />;
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (data.length === 0) return <EmptyNote words={t("staffing>noTemplates")} />;
  return (
    <>
      <StaffingRule editable={editable} />
      <ul className="duty-lists">
        {data.map((template) => (
          <li key={template.templateCode} className="coverage-figure">
            <h2>
              {template.name} · {t("staffing>version", { n: template.dutyVersion })}{" "}
              {template.sampleDuties && (
                <span className="badge badge-sample">{t("staffing>sampleDuties")}</span>
              )}
            </h2>
            <ol>
              {template.duties.map((duty) => (
                <li key={duty}>{duty}</li>
              ))}
            </ol>
            {editable && (
              <Button onClick={() => setEdited(template)}>{t("organisations>edit")}</Button>
            )}
          </li>
        ))}
        {edited !== null && <DutyDialog template={edited} onClose={() => setEdited(null)} />}
      </ul>
    </>
  );
};
