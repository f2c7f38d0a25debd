import type { Rate } from "@onegrid/contract";
import type { BoardCell, BoardFigure } from "@onegrid/domain";
import { rateWords } from "@onegrid/ui";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { figureSearch } from "./board-filters.ts";

/** Below so many cases a percentage says more than is known. */
export const SMALL_DENOMINATOR = 10;

/** `5 / 6` for small numbers, `83.3%` for others, `—` when there is nothing to divide by. */
export const rateFigure = (rate: Rate): string =>
  rate.denominator > 0 && rate.denominator < SMALL_DENOMINATOR
    ? `${rate.numerator} / ${rate.denominator}`
    : rateWords(rate);

type FigureProps = { n: number; figure: BoardFigure; cell: BoardCell; words: string };

/** A figure that opens the list of exactly the cases it counts. */
export const FigureLink = ({ n, figure, cell, words }: FigureProps) => {
  const { t } = useTranslation();
  return (
    <Link
      to="/cases"
      search={figureSearch(figure, cell)}
      preload={false}
      aria-label={t("board>openList", { words, n })}
    >
      {n}
    </Link>
  );
};

type RateProps = { rate: Rate; cell: BoardCell; words: string };

/** A rate with both numbers it is made of, each a link to its cases. */
export const RateWithParts = ({ rate, cell, words }: RateProps) => {
  const { t } = useTranslation();
  return (
    <span className="rate">
      <strong>{rateFigure(rate)}</strong>
      <small>
        {t("board>onTimeOf")}{" "}
        <FigureLink
          n={rate.numerator}
          figure="disposed_on_time"
          cell={cell}
          words={`${words} ${t("board>onTimeNumerator")}`}
        />
        {" / "}
        <FigureLink
          n={rate.denominator}
          figure="due"
          cell={cell}
          words={`${words} ${t("board>onTimeDenominator")}`}
        />
      </small>
    </span>
  );
};
