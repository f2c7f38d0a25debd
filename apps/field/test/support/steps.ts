import type { Locator, Page } from "playwright-core";
import type { FirstAccount } from "../../../server/src/commands/start/first-account.ts";
import type { Stage } from "../../../server/test/support/browser.ts";
import { withClient } from "../../../server/src/platform/roles.ts";
import { asFile } from "./photo.ts";

/** A point in the grid of the sample worker, as a device would give it. */
export const workerPosition = ({ database, account }: Pick<Stage, "database" | "account">) =>
  withClient(database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ longitude: number; latitude: number }>(
      `SELECT label_lng AS longitude, label_lat AS latitude FROM grid
         JOIN account ON account.scope_code = grid.grid_code
        WHERE login = $1 AND valid_to IS NULL`,
      [account("worker").login],
    );
    const [row] = rows;
    if (row === undefined) throw new Error("the sample worker has no grid");
    return { ...row, accuracy: 8 };
  });

/** Waits until the app has everything on the phone that it needs offline. */
export async function untilReady(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "我的待办" }).waitFor();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.getByRole("navigation").getByRole("link", { name: "我的" }).click();
  await page.getByText(/类别 \d+ 个/).waitFor();
}

/** Signs in through the form. */
export async function signInByForm(page: Page, account: FirstAccount): Promise<void> {
  await page.getByLabel("账号").fill(account.login);
  await page.getByLabel("密码", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

/** What a worker presses, counted; choosing the photo in the camera is not a press of ours. */
export class Thumb {
  taps = 0;

  async tap(target: Locator): Promise<void> {
    this.taps += 1;
    await target.click();
  }
}

/** A report by the shortest way: 上报, photo, category, 上报. */
export async function report(page: Page, photo: Buffer, nth = 0, thumb = new Thumb()) {
  await thumb.tap(page.getByRole("navigation").getByRole("link", { name: "上报" }));
  await page.getByLabel("拍照", { exact: true }).setInputFiles(asFile(photo));
  await page.getByAltText("第 1 张照片").waitFor();
  const common = page.getByRole("group", { name: "常用" }).getByRole("button");
  await thumb.tap(common.filter({ hasNotText: "紧急" }).nth(nth));
  await page.getByText(/已定位/).waitFor();
  await thumb.tap(page.getByRole("main").getByRole("button", { name: "上报", exact: true }));
  await page.getByRole("heading", { name: "待发送" }).waitFor();
  return thumb;
}

/** Waits until everything has left the phone. */
export const untilSent = (page: Page, timeout = 30_000): Promise<void> =>
  page.getByText("全部已送达").waitFor({ timeout });

export type ServerReport = { case_id: string; description: string; photos: number };

/** Reports of an account as the database has them since an instant. */
export const reportsSince = (ownerUrl: string, login: string, since: Date) =>
  withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<ServerReport>(
      `SELECT c.case_id, c.description, cardinality(c.attachment_ids) AS photos
         FROM cases c JOIN account a ON (a.county_code, a.account_id) =
              (c.county_code, c.reporter_account_id)
         JOIN case_event e ON (e.county_code, e.case_id) = (c.county_code, c.case_id) AND e.seq = 1
        WHERE a.login = $1 AND e.recorded_at >= $2 ORDER BY c.case_id`,
      [login, since],
    );
    return rows;
  });
