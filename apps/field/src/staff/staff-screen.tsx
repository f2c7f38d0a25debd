import {
  endSubstitution,
  listGridStaff,
  listSubstitutions,
  type Account,
  type EndpointAnswer,
  type Substitution,
} from "@onegrid/contract";
import { problemWords } from "@onegrid/ui";
import { useCallback, useEffect, useState } from "react";
import { api } from "../session/api.ts";
import { ScreenHead } from "../shell/screen-head.tsx";
import { Button } from "../ui/button.tsx";
import { Empty } from "../ui/empty.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWords } from "../words.ts";
import { ArrangeSheet } from "./arrange-sheet.tsx";

export type Staff = EndpointAnswer<typeof listGridStaff>["staff"];
type Known = { staff: Staff; substitutions: Substitution[] };

const BACK = { name: "me" } as const;

type LineProps = { line: Substitution; onEnd: (id: string) => void };

const Line = ({ line, onEnd }: LineProps) => {
  const { t } = useWords();
  return (
    <li className="card">
      <div className="card-line">
        <span className="chip">{t(`staff>kinds>${line.kind}`)}</span>
        <span className={line.state === "running" ? "chip chip-amber" : "chip"}>
          {t(`staff>states>${line.state}`)}
        </span>
      </div>
      <h2>
        {line.accountName} → {line.scopeName}
      </h2>
      <p className="weak">
        {line.forName && `${t("staff>for", { name: line.forName })} · `}
        {t("staff>days", { from: line.startsOn, to: line.endsOn })}
      </p>
      {line.reason && <p>{line.reason}</p>}
      {line.state !== "ended" && (
        <Button onClick={() => onEnd(line.substitutionId)}>{t("staff>end")}</Button>
      )}
    </li>
  );
};

async function readAll(): Promise<Known> {
  const [{ staff }, { substitutions }] = await Promise.all([
    api.call(listGridStaff, {}),
    api.call(listSubstitutions, {}),
  ]);
  return { staff, substitutions };
}

/** 替班与借调: who serves another grid, from when to when and why. Needs the server. */
export const StaffScreen = ({ account }: { account: Account }) => {
  const { t } = useWords();
  const [known, setKnown] = useState<Known>();
  const [error, setError] = useState<string>();
  const [isArranging, setArranging] = useState(false);

  const read = useCallback(
    () =>
      readAll()
        .then((all) => {
          setError(undefined);
          return setKnown(all);
        })
        .catch((cause: unknown) => setError(problemWords(t, cause))),
    [t],
  );
  useEffect(() => {
    void read();
  }, [read]);

  const end = async (substitutionId: string) => {
    try {
      await api.call(endSubstitution, { params: { substitutionId } });
    } catch (cause) {
      setError(problemWords(t, cause));
    }
    await read();
  };

  return (
    <>
      <ScreenHead title={t("staff>title")} back={BACK} />
      {error && (
        <div className="notice notice-amber" role="alert">
          <p>{error}</p>
          <Button onClick={() => void read()}>{t("app>retry")}</Button>
        </div>
      )}
      {known === undefined ? (
        !error && <Skeleton />
      ) : (
        <>
          <Button
            look="primary"
            className="button-block"
            icon="report"
            onClick={() => setArranging(true)}
          >
            {t("staff>arrange")}
          </Button>
          {known.substitutions.length === 0 ? (
            <Empty icon="check" title={t("staff>none")} />
          ) : (
            <ul className="cards">
              {known.substitutions.map((line) => (
                <Line key={line.substitutionId} line={line} onEnd={(id) => void end(id)} />
              ))}
            </ul>
          )}
        </>
      )}
      {isArranging && known && (
        <ArrangeSheet
          account={account}
          staff={known.staff}
          onClose={() => setArranging(false)}
          onArranged={() => {
            setArranging(false);
            void read();
          }}
        />
      )}
    </>
  );
};
