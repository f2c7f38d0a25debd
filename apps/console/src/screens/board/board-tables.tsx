import type { Board } from "@onegrid/contract";
import type { BoardCell } from "@onegrid/domain";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { BoardSearch } from "../../shared/case-search.ts";
import { FigureLink, RateWithParts } from "./figure-link.tsx";

type Props = { board: Board; cell: BoardCell; search: BoardSearch };

const Head = ({ first }: { first: string }) => {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col">{t("board>reported")}</th>
        <th scope="col">{t("board>open")}</th>
        <th scope="col">{t("board>onTime")}</th>
      </tr>
    </thead>
  );
};

export const TierTable = ({ board, cell }: Pick<Props, "board" | "cell">) => {
  const { t } = useTranslation();
  return (
    <table className="board-table">
      <thead>
        <tr>
          <th scope="col">{t("filter>tier")}</th>
          <th scope="col">{t("board>open")}</th>
        </tr>
      </thead>
      <tbody>
        {board.openByTier.map(({ tier, open }) => (
          <tr key={tier}>
            <th scope="row">{t(`tier>${tier}`)}</th>
            <td>
              <FigureLink
                n={open}
                figure="open"
                cell={{ ...cell, tier }}
                words={t(`tier>${tier}`)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export const NetTable = ({ board, cell }: Omit<Props, "search">) => {
  const { t } = useTranslation();
  return (
    <table className="board-table">
      <Head first={t("filter>net")} />
      <tbody>
        {board.byNet.map(({ net, reported, open, disposedOnTime }) => {
          const words = t(`net>${net}`);
          const of = { ...cell, net };
          return (
            <tr key={net}>
              <th scope="row">
                <span className={`net net-${net}`}>{words}</span>
              </th>
              <td>
                <FigureLink n={reported} figure="reported" cell={of} words={words} />
              </td>
              <td>
                <FigureLink n={open} figure="open" cell={of} words={words} />
              </td>
              <td>
                <RateWithParts rate={disposedOnTime} cell={of} words={words} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

/** Children of the grid looked at; a name goes one level down. */
export const GridTable = ({ board, cell, search }: Props) => {
  const { t } = useTranslation();
  return (
    <table className="board-table">
      <Head first={t("filter>grid")} />
      <tbody>
        {board.byGrid.map(({ gridCode, name, reported, open, disposedOnTime }) => {
          const of = { ...cell, gridCode };
          return (
            <tr key={gridCode}>
              <th scope="row">
                <Link to="/board" search={{ ...search, grid: gridCode }}>
                  {name}
                </Link>
              </th>
              <td>
                <FigureLink n={reported} figure="reported" cell={of} words={name} />
              </td>
              <td>
                <FigureLink n={open} figure="open" cell={of} words={name} />
              </td>
              <td>
                <RateWithParts rate={disposedOnTime} cell={of} words={name} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

export const TrendTable = ({ board }: Pick<Props, "board">) => {
  const { t } = useTranslation();
  return (
    <table className="board-table">
      <thead>
        <tr>
          <th scope="col">{t("board>day")}</th>
          <th scope="col">{t("board>reported")}</th>
          <th scope="col">{t("board>closed")}</th>
        </tr>
      </thead>
      <tbody>
        {board.trend.map(({ day, reported, closed }) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            <td>{reported}</td>
            <td>{closed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
