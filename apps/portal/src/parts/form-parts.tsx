import type { PortalFormProblem, PortalReportField } from "@onegrid/contract";
import type { ReactNode } from "react";
import type { View } from "../view.ts";

/** Where the link of a problem leads: the control that mends it. */
const CONTROL: Record<PortalReportField, string> = {
  categoryCode: "categoryCode",
  description: "description",
  place: "address",
  photos: "photos",
  contact: "contact",
  updates: "updatesTo",
};

/** The portal's own words where it has them, else the shared words of the problem. */
export const formProblemWords = ({ t }: View, { code, params }: PortalFormProblem): string =>
  t([`portal>problem>${code}`, `problem>${code}`, "problem>unknown"], { code, ...params });

/** All that is wrong, each a link to its field; read out at once by a screen reader. */
export const ErrorSummary = ({ problems, view }: { problems: PortalFormProblem[]; view: View }) =>
  problems.length === 0 ? null : (
    <div className="errors" id="errors" role="alert" tabIndex={-1}>
      <h2>{view.t("portal>report>errors")}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.field} ${problem.code}`}>
            {problem.field === null ? (
              formProblemWords(view, problem)
            ) : (
              <a href={`#${CONTROL[problem.field]}`}>{formProblemWords(view, problem)}</a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );

export const problemOf = (
  problems: PortalFormProblem[],
  field: PortalReportField,
): PortalFormProblem | undefined => problems.find((problem) => problem.field === field);

/** Ties a control to its hint and its problem. */
export const described = (field: PortalReportField, problems: PortalFormProblem[]) => {
  const wrong = problemOf(problems, field) !== undefined;
  return {
    "aria-describedby": wrong ? `${field}-problem ${field}-hint` : `${field}-hint`,
    ...(wrong && { "aria-invalid": true as const }),
  };
};

/** Label, hint, problem, control — in this order, as they are read. */
export const Field = (props: {
  field: PortalReportField;
  label: string;
  hint: string;
  problems: PortalFormProblem[];
  view: View;
  children: ReactNode;
}) => {
  const { field, label, hint, problems, view, children } = props;
  const problem = problemOf(problems, field);
  return (
    <div className={problem ? "field wrong" : "field"} data-field={field}>
      <label htmlFor={CONTROL[field]}>{label}</label>
      <p className="hint" id={`${field}-hint`}>
        {hint}
      </p>
      {problem && (
        <p className="problem" id={`${field}-problem`}>
          {formProblemWords(view, problem)}
        </p>
      )}
      {children}
    </div>
  );
};
