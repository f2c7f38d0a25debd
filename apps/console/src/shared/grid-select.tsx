import type { Grid } from "@onegrid/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { TreeSelect } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { childGridsQuery, gridQuery } from "../platform/queries.ts";
import { useSession } from "../platform/session.ts";

type Node = {
  id: string;
  pId: string;
  value: string;
  title: string;
  /** Pinyin and initials of the title. */
  keys: string;
  isLeaf: boolean;
};

const nodeOf = (grid: Grid): Node => ({
  id: grid.gridCode,
  pId: grid.parentCode ?? "",
  value: grid.gridCode,
  title: grid.name,
  keys: grid.nameKeys,
  isLeaf: grid.childCount === 0,
});

/** The grids the account serves, its own on top; children come as branches are opened. */
const useScopeTree = (chosen: string | undefined) => {
  const queries = useQueryClient();
  const { account, countyCode } = useSession();
  const [more, setMore] = useState<Node[]>([]);
  const everywhere = account.scopeCode === countyCode;
  const top = useQuery({ ...gridQuery(account.scopeCode), enabled: !everywhere });
  const first = useQuery(childGridsQuery(everywhere ? undefined : account.scopeCode));
  const current = useQuery({ ...gridQuery(chosen ?? ""), enabled: chosen !== undefined });

  const nodes = useMemo(() => {
    const all = [
      ...(top.data ? [nodeOf(top.data)] : []),
      ...(first.data ?? []).map(nodeOf),
      ...more,
    ];
    // A linked grid that no open branch shows yet must still read as its name.
    if (current.data && !all.some((n) => n.id === current.data.gridCode)) {
      all.push({ ...nodeOf(current.data), pId: "" });
    }
    const known = new Set(all.map((n) => n.id));
    return all.map((one) => ({ ...one, pId: known.has(one.pId) ? one.pId : "" }));
  }, [top.data, first.data, more, current.data]);

  const open = async (gridCode: string) => {
    const children = await queries.ensureQueryData(childGridsQuery(gridCode));
    setMore((before) => {
      const known = new Set([...nodes, ...before].map((n) => n.id));
      return [...before, ...children.map(nodeOf).filter((n) => !known.has(n.id))];
    });
  };
  return { nodes, open };
};

type Props = {
  id?: string;
  value: string | undefined;
  onChange: (gridCode: string | undefined) => void;
  label: string;
};

/** Chooses a grid out of the tree of streets, communities and level-3 grids. */
export const GridSelect = ({ id, value, onChange, label }: Props) => {
  const { t } = useTranslation();
  const { nodes, open } = useScopeTree(value);
  return (
    <TreeSelect
      {...(id !== undefined && { id })}
      aria-label={label}
      allowClear
      showSearch={{
        filterTreeNode: (typed, node) => {
          const sound = typed.toLowerCase().replaceAll(/[\s'’]/g, "");
          return String(node.title).includes(typed) || String(node["keys"]).includes(sound);
        },
      }}
      treeDataSimpleMode={{ id: "id", pId: "pId", rootPId: "" }}
      treeData={nodes}
      loadData={(node) => open(String(node.value))}
      placeholder={t("filter>gridHint")}
      value={value ?? null}
      onChange={(code: string | null) => onChange(code ?? undefined)}
      style={{ width: "100%" }}
      popupMatchSelectWidth={280}
    />
  );
};
