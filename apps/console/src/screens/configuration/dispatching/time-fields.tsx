import type { TimeWindow } from "@onegrid/contract";
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { windowWords } from "./rule-words.ts";

const WINDOW = /^\s*([01]?\d|2[0-3]):([0-5]\d)\s*[-–—至]\s*([01]?\d|2[0-4]):([0-5]\d)\s*$/;
const MINUTES_A_DAY = 1440;

/** `22:00-06:00` → minutes after midnight; an end before the start lies on the next day. */
export const windowOf = (text: string): TimeWindow | null => {
  const found = WINDOW.exec(text);
  if (found === null) return null;
  const [fromHour, fromMinute, toHour, toMinute] = found.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const startMinute = fromHour * 60 + fromMinute;
  const end = toHour * 60 + toMinute;
  return { startMinute, endMinute: end > startMinute ? end : end + MINUTES_A_DAY };
};

export const windowText = (window: TimeWindow): string => windowWords(window).replace("–", "-");

/** The conditions of a rule that are about time. */
export const TimeFields = ({ workingTime }: { workingTime: ReactNode }) => {
  const { t } = useTranslation();
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((value) => ({
    value,
    label: t(`calendar>weekday${value}`),
  }));
  return (
    <>
      <div className="form-pair">
        <Form.Item name="workingTime" label={t("dispatching>if_working_time")}>
          {workingTime}
        </Form.Item>
        <Form.Item name="weekdays" label={t("dispatching>if_weekday")}>
          <Select mode="multiple" allowClear options={weekdays} />
        </Form.Item>
      </div>
      <Form.Item
        name="windows"
        label={t("dispatching>if_window")}
        extra={t("dispatching>windowHint")}
        rules={[
          {
            validator: (_, texts: string[]) =>
              texts.every((text) => windowOf(text) !== null)
                ? Promise.resolve()
                : Promise.reject(new Error(t("dispatching>windowHint"))),
          },
        ]}
      >
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
      <div className="form-pair">
        <Form.Item name="fromDay" label={t("dispatching>fromDay")}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="untilDay" label={t("dispatching>untilDay")}>
          <Input type="date" />
        </Form.Item>
      </div>
    </>
  );
};
