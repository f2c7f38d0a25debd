import { CALLBACK_RESULTS, type CallbackResult } from "@onegrid/contract";
import { SATISFIED_FROM } from "@onegrid/domain";
import { Button, Form, Input, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { useCallbackAnswer } from "../../platform/callback-queries.ts";
import { ErrorNote } from "../../shared/states.tsx";

/** 5 very satisfied … 1 very dissatisfied, as residents rate by receipt. */
const SCORES = [5, 4, 3, 2, 1] as const;

type Fields = { result?: CallbackResult; score?: number; resolved?: boolean; words?: string };

/** Whether the answer says that something was not good, so that the reason is asked for. */
const isDissatisfied = ({ score, resolved }: Fields) =>
  (score !== undefined && score < SATISFIED_FROM) || resolved === false;

const AnswerFields = ({ dissatisfied }: { dissatisfied: boolean }) => {
  const { t } = useTranslation();
  const required = [{ required: true, message: t("callbacks>choose") }];
  return (
    <>
      <Form.Item name="score" label={t("callbacks>score")} rules={required}>
        <Radio.Group
          options={SCORES.map((value) => ({ value, label: t(`callbacks>score_${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="resolved" label={t("callbacks>resolved")} rules={required}>
        <Radio.Group
          options={[true, false].map((value) => ({
            value,
            label: t(`callbacks>resolved_${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="words"
        label={t(dissatisfied ? "callbacks>reason" : "callbacks>words")}
        extra={dissatisfied && t("callbacks>reopenNote")}
        rules={[
          {
            required: dissatisfied,
            whitespace: dissatisfied,
            message: t("callbacks>reasonNeeded"),
          },
        ]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
    </>
  );
};

type Props = { callbackId: string; attempts: number; onSaved: (words: string) => void };

/** Reached or not, how satisfied, and why not: three questions, then the next call. */
export const CallbackForm = ({ callbackId, attempts, onSaved }: Props) => {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const shown: Fields = Form.useWatch([], form) ?? {};
  const answer = useCallbackAnswer();
  const save = ({ result, score, resolved, words }: Fields) => {
    if (result === undefined) return;
    answer.mutate(
      {
        callbackId,
        result,
        score: score ?? null,
        resolved: resolved ?? null,
        words: words?.trim() || null,
      },
      {
        onSuccess: ({ done, attempts: tried }) =>
          onSaved(t(done ? "callbacks>saved" : "callbacks>savedTry", { n: tried })),
      },
    );
  };
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      className="callback-form"
      onFinish={save}
      preserve={false}
    >
      <Form.Item
        name="result"
        label={t("callbacks>result")}
        rules={[{ required: true, message: t("callbacks>choose") }]}
      >
        <Radio.Group
          options={CALLBACK_RESULTS.map((value) => ({
            value,
            label: t(`callbacks>result_${value}`),
          }))}
        />
      </Form.Item>
      {shown.result === "answered" && <AnswerFields dissatisfied={isDissatisfied(shown)} />}
      {shown.result === "not_reached" && (
        <p className="hint">{t("callbacks>triesNote", { n: attempts + 1 })}</p>
      )}
      {shown.result === "declined" && <p className="hint">{t("callbacks>declinedNote")}</p>}
      {answer.error && <ErrorNote error={answer.error} />}
      <Button type="primary" htmlType="submit" loading={answer.isPending}>
        {t("callbacks>save")}
      </Button>
    </Form>
  );
};
