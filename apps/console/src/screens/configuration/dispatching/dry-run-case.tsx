import { dryRunDispatch, listCases } from "@onegrid/contract";
import { useMutation } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../../platform/client.ts";
import { ErrorNote } from "../../../shared/states.tsx";
import { DryRunAnswer } from "./dry-run-answer.tsx";

/** The case of a number, as somebody typed it; null when nobody's list has one. */
const caseOfNumber = async (typed: string): Promise<string | null> => {
  const number = typed.trim();
  const { cases } = await client.call(listCases, { query: { q: number, limit: "20" } });
  return cases.find((each) => each.number === number)?.caseId ?? null;
};

/** Tries the rules on a case that is there: with its category, place, source and component. */
export const DryRunCase = () => {
  const { t } = useTranslation();
  const [number, setNumber] = useState("");
  const run = useMutation({
    mutationFn: async (typed: string) => {
      const caseId = await caseOfNumber(typed);
      return caseId === null ? null : client.call(dryRunDispatch, { body: { caseId } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number.trim() !== "") run.mutate(number);
  };
  return (
    <>
      <form className="table-tools" onSubmit={submit}>
        <Input
          aria-label={t("dispatching>caseNumber")}
          placeholder={t("dispatching>caseNumberHint")}
          maxLength={60}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
        <Button
          type="primary"
          htmlType="submit"
          disabled={number.trim() === ""}
          loading={run.isPending}
        >
          {t("dispatching>try")}
        </Button>
      </form>
      {run.error && <ErrorNote error={run.error} />}
      {run.data === null && <p role="alert">{t("dispatching>noSuchCase")}</p>}
      {run.data && <DryRunAnswer answer={run.data} />}
    </>
  );
};
