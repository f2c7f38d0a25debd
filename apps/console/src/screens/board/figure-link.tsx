import type { Rate } from "@onegrid/contract";
import { rateWords } from "@onegrid/ui";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CaseSearch } from "../../shared/case-search.ts";

/** Below so many cases a percentage says more than is known. */
export const SMALL_DENOMINATOR = 10;

/** `5 / 6` for small numbers, `83.3%` for others, `—` when there is nothing to divide by. */
export const rateFigure = (rate: Rate): string =>
  rate.denominator > 0 && rate.denominator < SMALL_DENOMINATOR
    ? `${rate.numerator} / ${rate.denominator}`
    : rateWords(rate);

/** A figure that opens the list of exactly the cases it counts. */
export const FigureLink = ({
  n,
  search,
  words,
}: {
  n: number;
  search: CaseSearch;
  words: string;
}) => {
  const { t } = useTranslation();
  return (
    <Link
      to="/cases"
      search={search}
      preload={false}
      aria-label={t("board>openList", { words, n })}
    >
      {n}
    </Link>
  );
};

type RateProps = { rate: Rate; base: CaseSearch; words: string };

/** A rate with both numbers it is made of, each a link to its cases. */
export const RateWithParts = ({ rate, base, words }: RateProps) => {
  const { t } = useTranslation();
  return (
    <span className="rate">
      <strong>{rateFigure(rate)}</strong>
      <small>
        {t("board>onTimeOf")}{" "}
        <FigureLink
          n={rate.numerator}
          search={{ ...base, disposedOnTime: "true" }}
          words={`${words} ${t("board>onTimeNumerator")}`}
        />
        {" / "}
        <FigureLink
          n={rate.denominator}
          search={base}
          words={`${words} ${t("board>onTimeDenominator")}`}
        />
      </small>
    </span>
  );
};
