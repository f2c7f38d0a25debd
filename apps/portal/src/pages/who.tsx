import type { PortalPage } from "@onegrid/contract";
import { WhoForm } from "../parts/who-form.tsx";
import type { View } from "../view.ts";

type Props = Extract<PortalPage, { page: "who" }> & { view: View };

/** 谁是我的网格员: places that answer what was typed, each leading to who serves there. */
export const WhoPage = ({ q, found, view }: Props) => {
  const { t } = view;
  return (
    <>
      <h1>{t("portal>title>who")}</h1>
      <p>{t("portal>who>lead")}</p>
      <WhoForm q={q} view={view} />
      {q !== "" && (
        <section aria-labelledby="found-heading">
          <h2 id="found-heading">{t("portal>who>found", { n: found.length, q })}</h2>
          {found.length === 0 ? (
            <p className="empty">{t("portal>who>none")}</p>
          ) : (
            <ul className="grid-links">
              {found.map((place) => (
                <li key={`${place.kind} ${place.gridCode} ${place.name}`}>
                  <a href={`/grids/${place.gridCode}`}>
                    {place.name}
                    <small>
                      {place.path.join(" · ")}
                      {!place.isExact && `（${t("portal>who>alike")}）`}
                    </small>
                  </a>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      <p>
        <a className="button" href="/grids">
          {t("portal>who>byMap")}
        </a>
      </p>
    </>
  );
};
