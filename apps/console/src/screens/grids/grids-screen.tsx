import type { GridChange } from "@onegrid/contract";
import { isGridChangeOpen, mayArrangeGrids } from "@onegrid/domain";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Alert, Button, Input, Spin } from "antd";
import { Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  gridChangeQuery,
  outlinesQuery,
  workPlacesQuery,
} from "../../platform/grid-change-queries.ts";
import { countyQuery } from "../../platform/queries.ts";
import { useSession } from "../../platform/session.ts";
import { GridSelect } from "../../shared/grid-select.tsx";
import { today } from "../../shared/today.ts";
import { ChangeList } from "./change-list.tsx";
import { ChangePanel } from "./change-panel.tsx";
import { Editing } from "./editing.tsx";
import { applied, present } from "./editor.ts";
import { ExportButtons } from "./export-buttons.tsx";
import { GridTable } from "./grid-table.tsx";
import { OutlineMap } from "./lazy-outline-map.ts";

const nothing = () => {};

/** The grids of any day on the map, and changes of level-3 grids from drawing to their day. */
export const GridsScreen = () => {
  const { t } = useTranslation();
  const { account, countyCode } = useSession();
  const { data: county } = useQuery(countyQuery);
  const { grid } = useSearch({ from: "/signed-in/grids" });
  const navigate = useNavigate();
  const parent = grid ?? account.scopeCode;
  const [on, setOn] = useState(today);
  const [editing, setEditing] = useState(false);
  const [changeId, setChangeId] = useState<string | null>(null);
  const [selected, setSelected] = useState<string[]>([]);

  const isToday = on === today();
  const outlines = useQuery(outlinesQuery(parent, isToday ? undefined : on));
  const isCommunity = parent.length === county?.levelLengths[2];
  const isMine = mayArrangeGrids(account, parent);
  const work = useQuery({ ...workPlacesQuery(parent), enabled: isToday && isMine && isCommunity });
  const change = useQuery({ ...gridChangeQuery(changeId ?? ""), enabled: changeId !== null });

  const data = outlines.data;
  const opened = changeId === null ? undefined : change.data;
  const places = work.data ?? null;
  const grids = useMemo(() => {
    if (data === undefined) return [];
    const waits = opened !== undefined && isGridChangeOpen(opened.state);
    return waits ? applied(data.grids, opened) : present(data.grids);
  }, [data, opened]);
  const go = (gridCode: string) => {
    void navigate({ to: "/grids", search: { grid: gridCode } });
    setEditing(false);
    setChangeId(null);
    setSelected([]);
  };
  const onSaved = ({ changeId: saved }: GridChange) => {
    setEditing(false);
    setChangeId(saved);
  };
  return (
    <div className="page grid-page">
      <header className="page-head">
        <h1>{t("grids>title")}</h1>
        <div className="organisation-tools">
          <div className="grid-choice">
            <GridSelect
              value={parent}
              onChange={(code) => go(code ?? countyCode)}
              label={t("grids>community")}
            />
          </div>
          <label htmlFor="grids-on">{t("organisations>on")}</label>
          <Input
            id="grids-on"
            type="date"
            min="1949-10-01"
            max={today()}
            value={on}
            disabled={editing}
            onChange={({ target }) => {
              if (target.value === "") return;
              setOn(target.value);
              setChangeId(null);
            }}
          />
          {!editing && isToday && isMine && (
            <Button
              type="primary"
              disabled={!isCommunity || data === undefined}
              onClick={() => {
                setChangeId(null);
                setEditing(true);
              }}
            >
              {t("grids>begin")}
            </Button>
          )}
        </div>
      </header>
      {!isToday && <Alert type="info" showIcon title={t("grids>pastDay", { day: on })} />}
      {!isCommunity && isMine && isToday && (
        <Alert type="info" showIcon title={t("grids>chooseCommunity")} />
      )}
      {outlines.isError && <Alert type="warning" showIcon title={t("grids>noneThatDay")} />}
      {data === undefined && outlines.isPending && <Spin />}
      {data !== undefined && editing && (
        <Editing
          key={`${parent} ${opened?.changeId ?? ""}`}
          parentCode={parent}
          base={data}
          work={places}
          change={opened ?? null}
          onSaved={onSaved}
          onLeave={() => setEditing(false)}
        />
      )}
      {data !== undefined && !editing && (
        <div className="grid-panes">
          <Suspense fallback={<div className="grid-map" />}>
            <OutlineMap
              parent={data.parent.outline}
              grids={grids}
              selected={selected}
              on={isToday ? undefined : on}
              tool="choose"
              onChoose={(key) => setSelected([key])}
              onDrawn={nothing}
            />
          </Suspense>
          <div className="grid-side">
            {opened !== undefined && (
              <ChangePanel
                key={opened.changeId}
                change={opened}
                onEdit={() => setEditing(true)}
                onClose={() => setChangeId(null)}
              />
            )}
            <GridTable
              grids={grids}
              known={data.grids}
              work={isCommunity ? places : null}
              selected={selected}
              onSelect={setSelected}
            />
            {mayArrangeGrids(account, account.scopeCode) && opened === undefined && (
              <section>
                <h2>{t("grids>changes")}</h2>
                <ChangeList
                  onOpen={(line) => {
                    go(line.parentCode);
                    setOn(today());
                    setChangeId(line.changeId);
                  }}
                />
              </section>
            )}
            <ExportButtons on={isToday ? undefined : on} />
          </div>
        </div>
      )}
    </div>
  );
};
