import type { OrganisationTreeNode } from "@onegrid/contract";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { organisationTreeQuery } from "../../platform/organisation-queries.ts";
import { EmptyNote, ErrorNote, Loading } from "../../shared/states.tsx";
import { RenewalMark } from "./renewal-mark.tsx";

type Props = { on: string; onOpen: (code: string) => void };

const Node = ({ node, on, onOpen }: Props & { node: OrganisationTreeNode }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const isLeaf = node.childCount === 0;
  return (
    <li>
      <div className="organisation-node">
        {isLeaf ? (
          <span className="organisation-twist" />
        ) : (
          <button
            type="button"
            className="plain-button organisation-twist"
            aria-expanded={open}
            aria-label={t(open ? "organisations>close" : "organisations>open", { name: node.name })}
            onClick={() => setOpen(!open)}
          >
            {open ? "▾" : "▸"}
          </button>
        )}
        <strong>{node.name}</strong>
        <small>{t(`level>${node.level}`)}</small>
        <small>{t("organisations>below", { n: node.organisationCount })}</small>
        {node.organisations.map((organisation) => (
          <button
            type="button"
            key={organisation.code}
            className="organisation-chip"
            onClick={() => onOpen(organisation.code)}
          >
            {organisation.name} <RenewalMark organisation={organisation} />
          </button>
        ))}
        {!node.organisations.some(({ base }) => base === "grid") && (
          <span className="organisation-missing">▲ {t("organisations>noOwn")}</span>
        )}
      </div>
      {open && <OrganisationTree on={on} parent={node.gridCode} onOpen={onOpen} />}
    </li>
  );
};

/** The grids of a day with the organisations of each; a branch is fetched when it is opened. */
export const OrganisationTree = ({ on, parent, onOpen }: Props & { parent?: string }) => {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useQuery(organisationTreeQuery(on, parent));
  if (isPending) return <Loading rows={parent === undefined ? 8 : 2} />;
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (data.nodes.length === 0) return <EmptyNote words={t("organisations>none")} />;
  return (
    <ul className={parent === undefined ? "organisation-tree" : "organisation-branch"}>
      {data.nodes.map((node) => (
        <Node key={node.gridCode} node={node} on={on} onOpen={onOpen} />
      ))}
    </ul>
  );
};
