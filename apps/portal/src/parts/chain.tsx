import type { Responsible } from "@onegrid/contract";
import type { View } from "../view.ts";

type Link = Responsible["chain"][number];

const Fact = ({ name, value }: { name: string; value: string | null }) =>
  value === null || value === "" ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );

const ChainLink = ({ link, view: { t } }: { link: Link; view: View }) => (
  <li>
    <h3>
      {link.level === 0 ? link.name : <a href={`/grids/${link.gridCode}`}>{link.name}</a>}
      <small>{t(`level>${link.level}`)}</small>
    </h3>
    <dl>
      <Fact name={t("portal>partyGroup")} value={link.partyGroup} />
      <Fact name={t("portal>head")} value={link.head} />
      <Fact name={t("portal>workers")} value={link.workers.join(t("portal>comma"))} />
      {link.dutyPhone && (
        <div>
          <dt>{t("portal>dutyPhone")}</dt>
          <dd>
            <a className="phone" href={`tel:${link.dutyPhone}`}>
              {link.dutyPhone}
            </a>
          </dd>
        </div>
      )}
    </dl>
    {link.head === null && link.workers.length === 0 && link.dutyPhone === null && (
      <p className="quiet-text">{t("portal>noHolder")}</p>
    )}
  </li>
);

/** Who serves a place, smallest grid first, up to the county: posts and duty phones. */
export const Chain = ({ chain, view }: { chain: Link[]; view: View }) => (
  <ol className="chain">
    {chain.map((link) => (
      <ChainLink key={link.gridCode} link={link} view={view} />
    ))}
  </ol>
);
