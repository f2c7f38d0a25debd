import { putGridChange, type GridChange, type GridTie, type GridTieMove } from "@onegrid/contract";
import { mayEndWithGrid } from "@onegrid/domain";
import { problemWords } from "@onegrid/ui";
import { Alert, Select } from "antd";
import { useTranslation } from "react-i18next";
import { client } from "../../platform/client.ts";
import { useGridDeed } from "./use-grid-deed.ts";

const ENDS = "ends";
const nothing = () => {};
const keyOf = ({ kind, code }: Pick<GridTie, "kind" | "code">) => `${kind} ${code}`;

/** What the writer has chosen so far, as a draft says it. */
export const chosenMoves = (ties: readonly GridTie[]): GridTieMove[] =>
  ties
    .filter(({ way }) => way === "chosen" || way === "ends")
    .map(({ kind, code, to }) => ({ kind, code, to }));

type Props = { change: GridChange; editable: boolean };

/** Where everything goes that is tied to the grids; in a draft its writer may send it elsewhere. */
export const ChangeTies = ({ change, editable }: Props) => {
  const { t } = useTranslation();
  const { ties, grids } = change;
  const save = useGridDeed((moves: GridTieMove[]) => {
    const { changeId, version, parentCode, effectiveOn, note, replaces } = change;
    return client.call(putGridChange, {
      params: { changeId },
      body: {
        baseVersion: version,
        parentCode,
        effectiveOn,
        note,
        replaces: replaces.map(({ gridCode, version: drawnOn }) => ({
          gridCode,
          version: drawnOn,
        })),
        grids,
        moves,
      },
    });
  }, nothing);
  if (ties.length === 0) return null;
  const nameOf = ({ way, to }: GridTie) =>
    way === "ends"
      ? t("grids>tieEnds")
      : to === null
        ? t("grids>tieOpen")
        : (grids[to]?.name ?? "");
  const send = (tie: GridTie, target: number | typeof ENDS) => {
    const others = chosenMoves(ties).filter((move) => keyOf(move) !== keyOf(tie));
    const { kind, code } = tie;
    save.mutate([...others, { kind, code, to: target === ENDS ? null : target }]);
  };
  const open = ties.filter(({ way }) => way === "open").length;
  return (
    <section className="grid-ties" aria-label={t("grids>ties")}>
      <h3>
        {t("grids>ties")} <small>{t("grids>tiesCount", { n: ties.length })}</small>
      </h3>
      {open > 0 && <Alert type="warning" showIcon title={t("grids>toDecide", { n: open })} />}
      <ul>
        {ties.map((tie) => (
          <li key={keyOf(tie)}>
            <span>
              {t(`gridTie>${tie.kind}`)} <strong>{tie.name}</strong> <small>{tie.code}</small>
            </span>
            {editable ? (
              <Select<number | typeof ENDS>
                aria-label={t("grids>tieTo", { name: tie.name })}
                value={tie.way === ENDS ? ENDS : ((tie.to ?? undefined) as number)}
                placeholder={t("grids>tieOpen")}
                loading={save.isPending}
                onChange={(target) => send(tie, target)}
                options={[
                  ...grids.map(({ name }, index) => ({ value: index, label: name })),
                  ...(mayEndWithGrid(tie.kind)
                    ? [{ value: ENDS as typeof ENDS, label: t("grids>tieEnds") }]
                    : []),
                ]}
              />
            ) : (
              <span>→ {nameOf(tie)}</span>
            )}
            <small className="grid-tie-way">{t(`gridTieWay>${tie.way}`)}</small>
          </li>
        ))}
      </ul>
      {save.isError && <Alert type="error" title={problemWords(t, save.error)} />}
    </section>
  );
};
