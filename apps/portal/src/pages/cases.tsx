import { NETS, type PortalPage } from "@onegrid/contract";
import { CaseList } from "../parts/case-list.tsx";
import { MapBox } from "../parts/map-box.tsx";
import type { View } from "../view.ts";

type Props = Extract<PortalPage, { page: "cases" }> & { view: View };

const Filters = ({ filters, gridChoices, grid, view: { t } }: Props) => {
  // A limit to a grid that is no choice of the list (found by a link) is offered as it is.
  const extra =
    grid && !gridChoices.some((choice) => choice.gridCode === grid.gridCode) ? [grid] : [];
  return (
    <form className="filters" method="get" action="/cases">
      <div>
        <label htmlFor="net">{t("portal>cases>net")}</label>
        <select id="net" name="net" defaultValue={filters.net ?? ""}>
          <option value="">{t("portal>cases>allNets")}</option>
          {NETS.map((net) => (
            <option key={net} value={net}>
              {t(`net>${net}`)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="grid">{t("portal>cases>grid")}</label>
        <select id="grid" name="grid" defaultValue={filters.grid ?? ""}>
          <option value="">{t("portal>cases>allGrids")}</option>
          {[...extra, ...gridChoices].map((choice) => (
            <option key={choice.gridCode} value={choice.gridCode}>
              {choice.name}
            </option>
          ))}
        </select>
      </div>
      <button className="button">{t("portal>cases>show")}</button>
    </form>
  );
};

/** Address of this list with the filters and a place to go on from. */
const pageAfter = ({ net, grid }: Props["filters"], cursor: string): string => {
  const query = new URLSearchParams({ ...(net && { net }), ...(grid && { grid }), cursor });
  return `/cases?${query}`;
};

/** What was reported and what became of it: on a map where scripts run, always as a list. */
export const CasesPage = (props: Props) => {
  const { list, filters, grid, view } = props;
  const { t } = view;
  return (
    <>
      <h1>{grid ? t("portal>cases>headingIn", { grid: grid.name }) : t("portal>cases>heading")}</h1>
      <p>{t("portal>cases>lead")}</p>
      <Filters {...props} />
      <MapBox
        kind="cases"
        view={view}
        label={t("portal>map>casesLabel")}
        data={{ net: filters.net, grid: filters.grid }}
      />
      <h2>{t("portal>cases>list")}</h2>
      {list.cases.length === 0 ? (
        <p className="empty">
          {t("portal>cases>empty")}{" "}
          {(filters.net ?? filters.grid) && <a href="/cases">{t("portal>cases>clear")}</a>}
        </p>
      ) : (
        <CaseList cases={list.cases} view={view} />
      )}
      <nav className="pages" aria-label={t("portal>cases>paging")}>
        {filters.cursor !== null && (
          <a className="button" href="/cases">
            {t("portal>cases>newest")}
          </a>
        )}
        {list.nextCursor !== null && (
          <a className="button" rel="next" href={pageAfter(filters, list.nextCursor)}>
            {t("portal>cases>older")}
          </a>
        )}
      </nav>
    </>
  );
};
