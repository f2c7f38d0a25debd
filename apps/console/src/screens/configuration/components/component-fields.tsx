import { COMPONENT_CONDITIONS, type LngLat } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, Select } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { bySound, unitChoices } from "../../../shared/by-sound.ts";
import { countyQuery, departmentsQuery } from "../../../platform/queries.ts";
import { Loading } from "../../../shared/states.tsx";
import { ClassSelect } from "./class-select.tsx";
import { PlaceInput } from "./place-input.tsx";

const PlacePicker = lazy(async () => ({
  default: (await import("../../../shared/place-picker.tsx")).PlacePicker,
}));

type PlaceProps = { value?: LngLat; onChange?: (place: LngLat | undefined) => void };

/** A place by two numbers or by a press on the map; both show the same. */
const Place = ({ value, onChange }: PlaceProps) => (
  <>
    <PlaceInput value={value ?? null} onChange={(place) => onChange?.(place ?? undefined)} />
    <Suspense fallback={<Loading rows={4} />}>
      <PlacePicker value={value ?? null} onChange={(place) => onChange?.(place)} />
    </Suspense>
  </>
);

/** Code, name, kind, owner, condition and place of a component. */
export const ComponentFields = ({ isNew }: { isNew: boolean }) => {
  const { t } = useTranslation();
  const { data: county } = useQuery(countyQuery);
  const { data: departments } = useQuery(departmentsQuery);
  const required = [{ required: true, message: t("account>required") }];
  const codeRule = t("components>codeRule", { county: county?.countyCode ?? "" });
  return (
    <>
      <div className="form-pair">
        <Form.Item
          name="componentCode"
          label={t("components>code")}
          extra={isNew && codeRule}
          rules={[
            ...required,
            { pattern: new RegExp(`^${county?.countyCode ?? ""}[0-9]{11}$`), message: codeRule },
          ]}
        >
          <Input disabled={!isNew} maxLength={32} inputMode="numeric" autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={t("components>name")} rules={required}>
          <Input maxLength={60} />
        </Form.Item>
      </div>
      <div className="form-pair">
        <Form.Item name="categoryCode" label={t("components>kind")} rules={required}>
          <ClassSelect label={t("components>kind")} />
        </Form.Item>
        <Form.Item name="condition" label={t("components>condition")} rules={required}>
          <Select
            options={COMPONENT_CONDITIONS.map((value) => ({
              value,
              label: t(`componentCondition>${value}`),
            }))}
          />
        </Form.Item>
      </div>
      <div className="form-pair">
        <Form.Item name="ownerUnitCode" label={t("components>owner")}>
          <Select allowClear showSearch={bySound} options={unitChoices(departments ?? [])} />
        </Form.Item>
        <Form.Item name="address" label={t("components>address")}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
      <Form.Item
        name="location"
        label={t("components>place")}
        rules={[{ required: true, message: t("components>placeNeeded") }]}
      >
        <Place />
      </Form.Item>
      <Form.Item name="restricted" valuePropName="checked" extra={t("components>restrictedNote")}>
        <Checkbox>{t("components>restricted")}</Checkbox>
      </Form.Item>
    </>
  );
};
