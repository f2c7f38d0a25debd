import type { Account, CaseAction, CaseDetail } from "@onegrid/contract";
import { useReference } from "../sync/use-reference.ts";
import { Choose, ChooseMany } from "../ui/choose.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words.ts";
import { dayRange, fieldsFor, type DetailField, type DetailValues } from "./details.ts";

type Offered = CaseDetail["allowed"][number];
type FieldsProps = {
  account: Account;
  detail: CaseDetail;
  allowed: Offered;
  values: DetailValues;
  missing: readonly string[];
  onChange: (values: DetailValues) => void;
};

const SCORES = ["5", "4", "3", "2", "1"] as const;

type OneProps = Omit<FieldsProps, "account"> & {
  field: DetailField;
  unitName: (code: string) => string;
  unitCodes: readonly string[];
};

const One = ({
  field,
  detail,
  allowed,
  values,
  missing,
  onChange,
  unitName,
  unitCodes,
}: OneProps) => {
  const { t } = useWords();
  const { name } = field;
  const label = t(`task>details>${name}`);
  const error = missing.includes(name) ? t("task>needDetail") : undefined;
  const set = (value: DetailValues[string]) => onChange({ ...values, [name]: value });
  const text = String(values[name] ?? "");
  const common = { label, error, value: text };
  switch (field.kind) {
    case "choice": {
      const options = field.values.map((key) => [key, t(`${field.words}>${key}`)] as const);
      return <Choose {...common} options={options} onChange={set} />;
    }
    case "score":
      return (
        <Choose
          {...common}
          options={SCORES.map((n) => [n, t("task>points", { n })] as const)}
          onChange={(n) => set(Number(n))}
        />
      );
    case "subTask":
      return (
        <Choose
          {...common}
          options={allowed.subTasks.map((n) => {
            const task = detail.side.subTasks.find(({ subTask }) => subTask === n);
            return [String(n), task?.task ?? String(n)] as const;
          })}
          onChange={(n) => set(Number(n))}
        />
      );
    case "unit":
      return (
        <Choose
          {...common}
          options={allowed.units.map((code) => [code, unitName(code)] as const)}
          onChange={set}
        />
      );
    case "units":
      return (
        <ChooseMany
          label={label}
          error={error}
          options={unitCodes.map((code) => [code, unitName(code)] as const)}
          values={Array.isArray(values[name]) ? values[name] : []}
          onChange={set}
        />
      );
    case "day":
      return (
        <Field label={label} error={error}>
          {(attributes) => (
            <input
              {...attributes}
              type="date"
              {...dayRange(new Date())}
              value={text}
              onChange={(event) => set(event.target.value)}
            />
          )}
        </Field>
      );
  }
};

/** What an action needs beside words and photos, drawn from one table for all of them. */
export const DetailsFields = ({ account, ...rest }: FieldsProps & { account: Account }) => {
  const departments = useReference(account.accountId)?.departments ?? [];
  const unitName = (code: string) =>
    departments.find(({ unitCode }) => unitCode === code)?.name ?? code;
  const action: CaseAction = rest.allowed.action;
  return fieldsFor(action, rest.values).map((field) => (
    <One
      key={field.name}
      field={field}
      unitName={unitName}
      unitCodes={departments.map(({ unitCode }) => unitCode)}
      {...rest}
    />
  ));
};
