import { randomUUID } from "node:crypto";
import {
  actOnCases,
  CaseDetail,
  listCategories,
  reportCases,
  type CaseAction,
  type CaseCommand,
  type Session,
} from "@onegrid/contract";
import type { APIRequestContext, Locator, Page } from "playwright-core";
import { v7 } from "uuid";
import type { FirstAccount } from "../../../server/src/commands/start/first-account.ts";
import { withClient } from "../../../server/src/platform/roles.ts";
import type { Stage, Visit } from "../../../server/test/support/browser.ts";

/**
 * A desk whose browser cannot draw maps: the list must do, and two cores have no graphics card to
 * draw with.
 */
export const plainDesk = async (stage: Stage, as?: FirstAccount): Promise<Visit> => {
  const visit = await stage.visit({ size: "desktop", ...(as && { as }) });
  await visit.context.addInitScript(() => {
    const getContext = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function plain(
      this: HTMLCanvasElement,
      kind: string,
      ...rest: unknown[]
    ) {
      if (kind.startsWith("webgl")) return null;
      return Reflect.apply(getContext, this, [kind, ...rest]);
    } as typeof getContext;
  });
  return visit;
};

/** Signs in through the form, as a person does. */
export const signInByForm = async (page: Page, { login, password }: FirstAccount) => {
  await page.getByLabel("账号").fill(login);
  await page.getByLabel("密码").fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
};

/** Headers that let a page's own session change things past its screens. */
export const csrfOf = async (request: APIRequestContext) => {
  const session = (await (await request.get("/api/v1/session")).json()) as Session;
  return { "x-csrf-token": session.csrfToken };
};

/**
 * Reports a case in the sample worker's grid, of a category that starts there unless another is
 * named by how its code begins; answers its id and number.
 */
export const reportedCase = async (
  stage: Stage,
  request: APIRequestContext,
  codePrefix?: string,
) => {
  const place = await withClient(stage.database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ lng: number; lat: number }>(
      `SELECT label_lng AS lng, label_lat AS lat FROM grid
         JOIN account ON account.scope_code = grid.grid_code WHERE login = $1`,
      [stage.account("worker").login],
    );
    if (rows[0] === undefined) throw new Error("the sample worker has no grid");
    return rows[0];
  });
  const { categories } = listCategories.answer.parse(
    await (await request.get("/api/v1/categories")).json(),
  );
  const category = categories.find((c) =>
    codePrefix === undefined
      ? c.startTier === "level3" && !c.emergency
      : c.active && c.categoryCode.startsWith(codePrefix),
  );
  const caseId = v7();
  const answer = await request.post("/api/v1/cases", {
    headers: await csrfOf(request),
    data: {
      reports: [
        {
          caseId,
          categoryCode: category?.categoryCode,
          description: `桌面流程 ${randomUUID().slice(0, 8)}`,
          location: place,
          accuracyM: null,
          address: null,
          capturedAt: null,
          attachmentIds: [],
          selfHandledNote: null,
        },
      ],
    },
  });
  const [result] = reportCases.answer.parse(await answer.json()).results;
  if (result?.outcome !== "accepted") throw new Error(JSON.stringify(result));
  return { caseId, number: result.number };
};

/** Takes an action past the screens, as another desk would; throws when it is refused. */
export const takeByApi = async (
  request: APIRequestContext,
  caseId: string,
  action: CaseAction,
  rest: Partial<Pick<CaseCommand, "note" | "target">> = {},
) => {
  const shown = CaseDetail.parse(await (await request.get(`/api/v1/cases/${caseId}`)).json());
  const command = {
    commandId: v7(),
    caseId,
    action,
    baseVersion: shown.version,
    deviceSeq: 1,
    capturedAt: null,
    note: null,
    target: null,
    attachmentIds: [],
    ...rest,
  };
  const answer = await request.post("/api/v1/case-commands", {
    headers: await csrfOf(request),
    data: { commands: [command] },
  });
  const [result] = actOnCases.answer.parse(await answer.json()).results;
  if (result?.outcome === "refused") throw new Error(JSON.stringify(result));
};

export const panelOf = (page: Page): Locator => page.locator("aside.case-panel");
export const dialogOf = (page: Page): Locator => page.getByRole("dialog");

/** Presses an action of the open case and answers its dialog. */
export const choose = async (page: Page, action: string): Promise<Locator> => {
  await panelOf(page)
    .getByRole("region", { name: "可以办理" })
    .getByRole("button", { name: action, exact: true })
    .click();
  const dialog = dialogOf(page);
  await dialog.waitFor();
  return dialog;
};

/** Confirms the dialog of an action and waits until it is gone. */
export const confirm = async (dialog: Locator, action: string) => {
  await dialog.getByRole("button", { name: action, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
};

/** Opens a case by its address, takes an action with a note, and waits for the new state. */
export const take = async (
  page: Page,
  caseId: string,
  action: string,
  note: string | null,
  newState: string,
) => {
  await page.goto(`/console/cases/${caseId}`);
  const dialog = await choose(page, action);
  if (note !== null) await dialog.getByRole("textbox").fill(note);
  await confirm(dialog, action);
  await panelOf(page).locator("header").getByText(newState, { exact: true }).waitFor();
};

/** Loads every page of the list on screen and answers how many cases it holds. */
export const listCount = async (page: Page): Promise<number> => {
  const line = page.locator(".count-line");
  const empty = page.getByText("没有符合条件的案件");
  await line.or(empty).first().waitFor();
  if (await empty.isVisible()) return 0;
  while ((await line.innerText()).includes("还有更多")) {
    const before = await line.innerText();
    await page.locator(".case-list").evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await page.waitForFunction(
      (text) => document.querySelector<HTMLElement>(".count-line")?.innerText !== text,
      before,
    );
  }
  return Number(/\d+/.exec(await line.innerText())?.[0]);
};
