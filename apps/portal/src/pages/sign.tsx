import type { PortalPage } from "@onegrid/contract";
import type { View } from "../view.ts";

type Props = Extract<PortalPage, { page: "sign" }> & { view: View };

/** 门牌公示 in A4 or A3: the browser prints the sheet and leaves the rest of the page out. */
export const SignPage = ({ grid, chain, serving, qrCode, address, paper, view }: Props) => {
  const { t } = view;
  const own = chain.find(({ gridCode }) => gridCode === grid.gridCode);
  const other = paper === "a4" ? "a3" : "a4";
  return (
    <>
      <div className="no-print">
        <h1>{t("portal>title>sign")}</h1>
        <p>{t("portal>sign>note")}</p>
        <p className="actions">
          <a className="button" href={`/grids/${grid.gridCode}/sign?paper=${other}`}>
            {t(`portal>sign>${other}`)}
          </a>
          <a className="button" href={`/grids/${grid.gridCode}`}>
            {grid.name}
          </a>
        </p>
      </div>
      <article className={`sign sign-${paper}`} aria-label={grid.name}>
        <header>
          <p>{grid.path.join(" · ")}</p>
          <h2>{grid.name}</h2>
          {own?.partyGroup && <p className="sign-party">{own.partyGroup}</p>}
        </header>
        <dl>
          {serving.posts.map((post) => (
            <div key={post.postCode}>
              <dt>{post.templateName}</dt>
              <dd>
                <strong>{post.holder?.name ?? t("portal>who>vacant")}</strong>
                {post.dutyPhone !== null && <span>{post.dutyPhone}</span>}
                {post.serviceHours !== null && <small>{post.serviceHours}</small>}
              </dd>
            </div>
          ))}
        </dl>
        <footer>
          <img src={qrCode} alt={t("portal>sign>qr", { address })} width={160} height={160} />
          <p>
            {t("portal>sign>scan")}
            <br />
            <span className="sign-address">{address}</span>
            {view.county.hotline !== null && (
              <>
                <br />
                {t("portal>hotline")} {view.county.hotline}
              </>
            )}
            {view.county.sample && (
              <>
                <br />
                {t("sampleData")}
              </>
            )}
          </p>
        </footer>
      </article>
    </>
  );
};
