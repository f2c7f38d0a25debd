import type { Grid, PortalPage } from "@onegrid/contract";
import { Chain } from "../parts/chain.tsx";
import { WhoForm } from "../parts/who-form.tsx";
import { MapBox } from "../parts/map-box.tsx";
import type { View } from "../view.ts";

type Props = Extract<PortalPage, { page: "grids" }> & { view: View };

/** Grids as links: the way down for whoever has no map. */
export const GridLinks = ({ grids, view: { t } }: { grids: Grid[]; view: View }) => (
  <ul className="grid-links">
    {grids.map((grid) => (
      <li key={grid.gridCode}>
        <a href={`/grids/${grid.gridCode}`}>
          {grid.name}
          {grid.childCount > 0 && (
            <small>{t("portal>grids>children", { n: grid.childCount })}</small>
          )}
        </a>
      </li>
    ))}
  </ul>
);

/** Who is responsible here: by the device's place, by a tap on the map, or by name. */
export const GridsPage = ({ grids, place, view }: Props) => {
  const { t } = view;
  return (
    <>
      <h1>{t("portal>grids>heading")}</h1>
      <p>{t("portal>grids>lead")}</p>
      <WhoForm q="" view={view} />
      <MapBox
        kind="grids"
        view={view}
        label={t("portal>map>gridsLabel")}
        data={{
          lng: place?.lng ?? null,
          lat: place?.lat ?? null,
          grid: place?.grid?.gridCode ?? null,
        }}
      />
      {place !== null && (
        <section id="found" aria-labelledby="found-heading">
          <h2 id="found-heading">
            {place.grid === null
              ? t("portal>grids>outside")
              : t("portal>grids>found", { grid: place.grid.path.join(" · ") })}
          </h2>
          <Chain chain={place.chain} view={view} />
        </section>
      )}
      <section aria-labelledby="choose-heading">
        <h2 id="choose-heading">{t("portal>grids>choose")}</h2>
        {grids.length === 0 ? (
          <p className="empty">{t("portal>grids>none")}</p>
        ) : (
          <GridLinks grids={grids} view={view} />
        )}
      </section>
    </>
  );
};
