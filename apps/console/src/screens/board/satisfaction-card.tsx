import type { Satisfaction } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { satisfactionQuery } from "../../platform/callback-queries.ts";
import { useSession } from "../../platform/session.ts";
import { ErrorNote, Loading } from "../../shared/states.tsx";
import { rateFigure } from "./figure-link.tsx";

type Totals = Satisfaction["satisfied"];

const Figure = ({ words, rate }: { words: string; rate: Totals }) => {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{words}</dt>
      <dd>
        <strong>{rateFigure(rate)}</strong>{" "}
        <small>{t("satisfaction>of", { n: rate.numerator, all: rate.denominator })}</small>
      </dd>
    </div>
  );
};

type Line = { key: string; words: string; rate: Totals };

const Lines = ({ head, lines }: { head: string; lines: Line[] }) => {
  const { t } = useTranslation();
  return (
    <table className="board-table">
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col">{t("satisfaction>satisfied")}</th>
          <th scope="col">{t("satisfaction>answers")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, words, rate }) => (
          <tr key={key}>
            <th scope="row">{words}</th>
            <td>{rateFigure(rate)}</td>
            <td>{rate.denominator}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const monthsWords = (from: string, to: string) => (from === to ? from : `${from} – ${to}`);

const Body = ({ shown }: { shown: Satisfaction }) => {
  const { t } = useTranslation();
  if (shown.satisfied.denominator === 0) {
    return <p className="hint">{t("satisfaction>tooFew", { n: shown.fewestAnswers })}</p>;
  }
  return (
    <>
      <dl className="satisfaction-figures">
        <Figure words={t("satisfaction>satisfied")} rate={shown.satisfied} />
        <Figure words={t("satisfaction>resolved")} rate={shown.resolved} />
      </dl>
      <Lines
        head={t("satisfaction>months")}
        lines={shown.blocks.map(({ fromMonth, toMonth, satisfied }) => ({
          key: fromMonth,
          words: monthsWords(fromMonth, toMonth),
          rate: satisfied,
        }))}
      />
      {shown.units.length > 0 && (
        <details>
          <summary>{t("satisfaction>byUnit")}</summary>
          <Lines
            head={t("satisfaction>unit")}
            lines={shown.units.map(({ unitCode, name, satisfied }) => ({
              key: unitCode,
              words: name,
              rate: satisfied,
            }))}
          />
        </details>
      )}
      <p className="hint">{t("satisfaction>note", { n: shown.fewestAnswers })}</p>
    </>
  );
};

/**
 * 满意率 of the account's own scope: totals alone, since no answer may be told apart. There is no
 * list of answers to open; the county centre goes on to the calls that wait.
 */
export const SatisfactionCard = ({ from, to }: { from: string; to: string }) => {
  const { t } = useTranslation();
  const { account } = useSession();
  const months = [from.slice(0, 7), to.slice(0, 7)] as const;
  const { data, error, isPending, refetch } = useQuery(satisfactionQuery(...months));
  return (
    <section className="card" aria-labelledby="satisfaction">
      <h2 id="satisfaction">
        {t("satisfaction>title")}
        <small> · {account.unitName ?? account.scopeName}</small>
      </h2>
      {error && <ErrorNote error={error} retry={() => void refetch()} />}
      {isPending && <Loading rows={3} />}
      {data && <Body shown={data} />}
      {account.role === "county_centre" && (
        <p>
          <Link to="/callbacks">{t("satisfaction>callbacks")}</Link>
        </p>
      )}
    </section>
  );
};
