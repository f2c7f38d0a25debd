import {
  putSubstitution,
  SUBSTITUTION_KINDS,
  type Account,
  type AccountRole,
  type SubstitutionKind,
} from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { useState } from "react";
import { v7 as newId } from "uuid";
import { dayHere } from "../outbox/enqueue-look.ts";
import { api } from "../session/api.ts";
import { Button } from "../ui/button.tsx";
import { Choose } from "../ui/choose.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { useWords } from "../words.ts";
import type { Staff } from "./staff-screen.tsx";

/** 借用: the street or the county takes a worker from the grid's work, and says why. */
const BORROWERS: readonly AccountRole[] = ["street", "county_centre"];

type PickProps = {
  label: string;
  staff: Staff;
  value: string;
  byGrid?: boolean;
  onPick: (value: string) => void;
};

/** People with the open cases of their grid, so that the load is seen before it is moved. */
const Pick = ({ label, staff, value, byGrid = false, onPick }: PickProps) => {
  const { t } = useWords();
  const lines = byGrid ? [...new Map(staff.map((one) => [one.scopeCode, one])).values()] : staff;
  return (
    <Field label={label}>
      {(attributes) => (
        <select {...attributes} value={value} onChange={(event) => onPick(event.target.value)}>
          <option value="">{t("staff>choose")}</option>
          {lines.map((one) => (
            <option key={one.accountId} value={byGrid ? one.scopeCode : one.accountId}>
              {byGrid
                ? t("staff>gridLine", { grid: one.scopeName, count: one.openCases })
                : t("staff>line", {
                    name: one.name,
                    role: t(`role>${one.role}`),
                    grid: one.scopeName,
                    count: one.openCases,
                  })}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
};

type ArrangeSheetProps = {
  account: Account;
  staff: Staff;
  onClose: () => void;
  onArranged: () => void;
};

/** Lets somebody stand in for another, or lends them to another grid for some days. */
export const ArrangeSheet = ({ account, staff, onClose, onArranged }: ArrangeSheetProps) => {
  const { t } = useWords();
  const [substitutionId] = useState(() => newId());
  const [kind, setKind] = useState<SubstitutionKind>("leave");
  const [absent, setAbsent] = useState("");
  const [serves, setServes] = useState("");
  const [grid, setGrid] = useState("");
  const [reason, setReason] = useState("");
  const [startsOn, setStartsOn] = useState(() => dayHere());
  const [endsOn, setEndsOn] = useState("");
  const [error, setError] = useState<string>();
  const isLeave = kind === "leave";
  const away = staff.find((one) => one.accountId === absent);
  const others = isLeave
    ? staff.filter((one) => one.accountId !== absent && one.role === away?.role)
    : staff.filter((one) => one.role === "worker");

  const submit = async () => {
    const isWhole = serves !== "" && endsOn !== "" && (isLeave ? absent !== "" : grid !== "");
    if (!isWhole || (!isLeave && reason.trim() === "")) {
      setError(t(isWhole ? "staff>needReason" : "staff>needAll"));
      return;
    }
    try {
      await api.call(putSubstitution, {
        params: { substitutionId },
        body: {
          kind,
          accountId: serves,
          forAccountId: isLeave ? absent : null,
          scopeCode: isLeave ? null : grid,
          reason: reason.trim() === "" ? null : reason.trim(),
          startsOn,
          endsOn,
        },
      });
      onArranged();
    } catch (cause) {
      setError(problemWords(t, cause));
    }
  };

  const day = (label: string, value: string, onChange: (day: string) => void) => (
    <Field label={label}>
      {(attributes) => (
        <input
          {...attributes}
          type="date"
          min={dayHere()}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );

  return (
    <Dialog
      title={t("staff>arrange")}
      onClose={onClose}
      foot={
        <Button look="primary" className="button-big" onClick={() => void submit()}>
          {t("task>submit")}
        </Button>
      }
    >
      {BORROWERS.includes(account.role) && (
        <Choose
          label={t("staff>kind")}
          error={undefined}
          value={kind}
          options={SUBSTITUTION_KINDS.map((each) => [each, t(`staff>kinds>${each}`)] as const)}
          onChange={(value) => setKind(value === "borrow" ? "borrow" : "leave")}
        />
      )}
      {isLeave && (
        <Pick label={t("staff>absent")} staff={staff} value={absent} onPick={setAbsent} />
      )}
      <Pick label={t("staff>serves")} staff={others} value={serves} onPick={setServes} />
      {!isLeave && (
        <Pick byGrid label={t("staff>toGrid")} staff={staff} value={grid} onPick={setGrid} />
      )}
      {day(t("staff>from"), startsOn, setStartsOn)}
      {day(t("staff>to"), endsOn, setEndsOn)}
      <Field label={t("task>reason")} isOptional={isLeave} error={error}>
        {(attributes) => (
          <textarea
            {...attributes}
            rows={2}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
};
