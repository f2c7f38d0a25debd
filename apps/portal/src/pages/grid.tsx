import type { PortalPage } from "@onegrid/contract";
import { Chain } from "../parts/chain.tsx";
import { Serving } from "../parts/serving.tsx";
import { MapBox } from "../parts/map-box.tsx";
import type { View } from "../view.ts";
import { GridLinks } from "./grids.tsx";

type Props = Extract<PortalPage, { page: "grid" }> & { view: View };

/** One grid: the Party group and the people of its posts, those above, and the grids inside. */
export const GridPage = ({ grid, chain, children, serving, view }: Props) => {
  const { t } = view;
  const above = chain.filter((link) => link.level > 0 && link.level < grid.level).toReversed();
  const [west, south, east, north] = grid.bounds;
  return (
    <>
      <nav className="crumbs" aria-label={t("portal>grids>crumbs")}>
        <a href="/grids">{t("portal>nav>grids")}</a>
        {above.map((link) => (
          <a key={link.gridCode} href={`/grids/${link.gridCode}`}>
            {link.name}
          </a>
        ))}
      </nav>
      <h1>
        {grid.name} <small>{t(`level>${grid.level}`)}</small>
        {grid.schematic && <span className="badge">{t("schematic")}</span>}
      </h1>
      <div className="columns">
        <section aria-labelledby="chain-heading">
          <h2 id="chain-heading">{t("portal>grids>chain")}</h2>
          <Chain chain={chain} view={view} />
        </section>
        <MapBox
          kind="grids"
          view={view}
          label={t("portal>map>gridLabel", { grid: grid.name })}
          data={{ grid: grid.gridCode, west, south, east, north }}
        />
      </div>
      <Serving serving={serving} view={view} />
      <p className="actions">
        <a className="button primary" href="/report">
          {t("portal>home>report")}
        </a>
        <a className="button" href={`/cases?grid=${grid.gridCode}`}>
          {t("portal>grids>cases")}
        </a>
        <a className="button" href={`/grids/${grid.gridCode}/sign`}>
          {t("portal>sign>print")}
        </a>
      </p>
      {children.length > 0 && (
        <section aria-labelledby="inside-heading">
          <h2 id="inside-heading">{t("portal>grids>inside")}</h2>
          <GridLinks grids={children} view={view} />
        </section>
      )}
    </>
  );
};
