import type { Reassignment } from "@onegrid/contract";
import type { APIRequestContext, Page } from "playwright-core";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tableOf } from "../../server/src/modules/imports/test/workbooks.ts";
import { withClient } from "../../server/src/platform/roles.ts";
import { startWorker } from "../../server/src/worker.ts";
import {
  axeViolations,
  startStage,
  type Stage,
  type Visit,
} from "../../server/test/support/browser.ts";
import { csrfOf } from "./support/steps.ts";

let stage: Stage;
let worker: { close(): Promise<void> };
let desk: Visit;
beforeAll(async () => {
  stage = await startStage({ fronts: ["console", "portal"] });
  worker = await startWorker(stage.config);
  desk = await stage.visit({ size: "desktop", as: stage.account("street") });
}, 240_000);
afterAll(async () => {
  await worker?.close();
  await stage?.close();
});

const SHOTS = process.env["ONEGRID_SHOTS"];
const shot = async (page: Page, name: string) => {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/reassignment-${name}.png`, fullPage: true });
};

const STREET = "500231001";
const POSTS = 12;
/** 赵一 … and one more, who stands for the first post as well. */
const nameOf = (index: number) => `整合${"甲乙丙丁戊己庚辛壬癸子丑寅"[index]}`;
let grids: string[];
let url = "";
let headers: Record<string, string> | undefined;

const gridsOf = async (request: APIRequestContext): Promise<string[]> => {
  const below = async (parent: string) => {
    const answer = await request.get(`/api/v1/grids?parent=${parent}`);
    const { grids: found } = (await answer.json()) as { grids: { gridCode: string }[] };
    return found.map(({ gridCode }) => gridCode);
  };
  const communities = await below(STREET);
  return (await Promise.all(communities.map(below))).flat();
};

const read = async (): Promise<Reassignment> =>
  (await (await desk.context.request.get(url)).json()) as Reassignment;

/** What the screens before have shown once is done for the other posts past the screens. */
const send = async (path: string, data: object): Promise<Reassignment> => {
  const { request } = desk.context;
  headers ??= await csrfOf(request);
  const answer = await request.post(`${url}/${path}`, { headers, data });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as Reassignment;
};

/** The publication term ends now instead of in five working days. */
const endTerms = () =>
  withClient(stage.database.ownerUrl, (client) =>
    client.query(
      "UPDATE notice SET term_ends_at = now() - interval '1 minute' WHERE kind = 'appointment'",
    ),
  );

const press = async (page: Page, name: string) => {
  await page.getByRole("button", { name, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
};
const item = (page: Page, index: number) => page.locator(".offered-post").nth(index);
const step = (page: Page, name: string) =>
  page.getByRole("heading", { level: 2, name, exact: true }).waitFor();

const look = async (page: Page, name: string) => {
  const rail = page.getByRole("navigation", { name: "整合步骤" });
  await rail.getByRole("button", { name: new RegExp(name) }).click();
  await step(page, name);
};

describe("归零整合 of a street", { timeout: 120_000 }, () => {
  it("lists the old networks from a table, ends their posts, and opens twelve", async () => {
    const { page, context } = desk;
    grids = (await gridsOf(context.request)).slice(0, POSTS);
    expect(grids).toHaveLength(POSTS);
    await page.goto("/console/reassignment");
    await page.getByRole("button", { name: "开始归零整合" }).click();
    const start = page.getByRole("dialog");
    await start.getByRole("button", { name: "开始归零整合" }).click();
    await start.waitFor({ state: "detached" });
    await step(page, "列名单");
    await page.getByText("名单是空的，请先导入原四网人员").waitFor();
    await page.getByRole("button", { name: "原四网人员导入导出" }).click();
    const nets = ["城市党建", "综治网", "城管", "控违"];
    const rows = Array.from({ length: POSTS + 1 }, (_, index) => [
      `YS-${index}`,
      nameOf(index),
      nets[index % nets.length] ?? "",
      "网格协管员",
      grids[index % POSTS] ?? "",
    ]);
    const panel = page.getByRole("dialog");
    await panel.getByLabel(/选择表格文件/).setInputFiles({
      name: "原四网人员.xlsx",
      mimeType: "application/octet-stream",
      buffer: await tableOf([["编号", "姓名", "原网络", "职务", "所属网格"], ...rows]),
    });
    await panel.getByRole("button", { name: "写入全部 13 行" }).click();
    await panel.getByText("已写入").waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    await page.locator(".ant-table-row", { hasText: nameOf(0) }).waitFor();
    url = `/api/v1/reassignments/${(await (await context.request.get("/api/v1/reassignments")).json()).reassignments[0].reassignmentId}`;
    await shot(page, "listing");
    await press(page, "终止原岗位");
    await step(page, "设岗");
    await send("posts", {
      templateCode: "L3W",
      gridCodes: grids,
      perGrid: 1,
      dutyPhone: "023-74510001",
      serviceHours: null,
    });
    await page.reload();
    await press(page, "开始报名推荐");
    await step(page, "报名推荐");
    expect(await page.locator(".offered-post").count()).toBe(POSTS);
  });

  it("takes candidates, reviews and selects them, and publishes twelve", async () => {
    const { page } = desk;
    await item(page, 0).getByRole("button", { name: "登记人选" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "人员" }).fill(nameOf(0));
    await page.locator(".ant-select-item-option-active", { hasText: nameOf(0) }).waitFor();
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "登记人选" }).click();
    await dialog.waitFor({ state: "detached" });
    const { posts } = await read();
    const codes = posts.map(({ postCode }) => postCode);
    for (let index = 1; index <= POSTS; index += 1) {
      await send("candidacies", {
        candidacyId: newId(),
        postCode: codes[index % POSTS],
        formerCode: `YS-${index}`,
        way: "nominated",
        words: "熟悉本网格",
      });
    }
    await page.reload();
    await press(page, "截止报名，开始审查");
    await step(page, "资格审查");
    await page.getByText("13 名人选没有审查").waitFor();
    await shot(page, "reviewing");
    await page.getByRole("button", { name: `合格 ${nameOf(0)}` }).click();
    await page.getByText("12 名人选没有审查").waitFor();
    const { posts: called } = await read();
    for (const { candidacyId, state } of called.flatMap(({ candidacies }) => candidacies)) {
      if (state === "eligible") continue;
      await send(`candidacies/${candidacyId}/review`, { outcome: "eligible", reason: "" });
    }
    await page.reload();
    await press(page, "完成审查，开始择优");
    await step(page, "择优选聘");
    await page.getByRole("button", { name: `选聘 ${nameOf(0)}` }).click();
    await page.getByRole("dialog").getByLabel("理由（可不填）").fill("综合比选第一");
    await page.getByRole("dialog").getByRole("button", { name: "选聘" }).click();
    await page.getByText("已择优待公示 1 个，共 12 个岗位。").waitFor();
    for (const { postCode, candidacies } of called.slice(1)) {
      const { candidacyId } = candidacies[0] ?? {};
      await send(`posts/${postCode}/selection`, { candidacyId, reason: "唯一合格人选" });
    }
    await page.reload();
    await look(page, "公示");
    await page.getByRole("button", { name: "发布公示" }).click();
    const publish = page.getByRole("dialog");
    expect(await publish.locator("li").count()).toBe(POSTS);
    await publish.getByRole("button", { name: "公示 12 人" }).click();
    await publish.waitFor({ state: "detached" });
    await page
      .getByText(/公示至/)
      .first()
      .waitFor();
    await shot(page, "publishing");
    expect(await axeViolations(page)).toEqual([]);
  });

  it("gives a post back on an upheld objection from the portal, and appoints the next after it", async () => {
    const { page } = desk;
    const before = (await read()).posts[0];
    const resident = await stage.visit({ size: "smallPhone" });
    await resident.page.goto(`/notices/${before?.notice?.noticeId}`);
    const opened = Date.now();
    await resident.page.locator("#postCode").selectOption(before?.postCode ?? "");
    await resident.page.locator("#words").fill("长期不在本地居住");
    // Longer than the server takes for a person's quickest reading.
    await resident.page.waitForTimeout(Math.max(0, 3_200 - (Date.now() - opened)));
    await resident.page.getByRole("button", { name: "提交异议" }).click();
    await resident.page.getByText("正在核查").first().waitFor();
    await endTerms();

    await page.reload();
    await step(page, "任职");
    await item(page, 0).getByText("有异议").waitFor();
    await look(page, "公示");
    await item(page, 0).getByRole("button", { name: "公示与异议" }).click();
    const drawer = page.getByRole("dialog");
    await drawer.getByLabel("答复").fill("情况属实，该岗位重新择优。");
    await drawer.getByRole("button", { name: "异议成立" }).click();
    await drawer.getByText("情况属实").first().waitFor();
    await page.keyboard.press("Escape");
    await page.reload();
    await step(page, "择优选聘");
    await page.getByText("异议成立，请重新择优。").waitFor();
    await shot(page, "returned");

    await look(page, "任职");
    await press(page, "任职 11 人");
    await page.getByRole("link", { name: "门牌公示" }).first().waitFor();
    await look(page, "择优选聘");
    await page.getByRole("button", { name: `选聘 ${nameOf(POSTS)}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "选聘" }).click();
    await step(page, "公示");
    await page.getByRole("button", { name: "发布公示" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "公示 1 人" }).click();
    await item(page, 0)
      .getByText(/公示至/)
      .waitFor();
    await endTerms();
    await page.reload();
    await press(page, "任职 1 人");
    await press(page, "全部任职，开始移交");
    await step(page, "移交");
    await shot(page, "handing-over");
  });

  it("shows the new holder on the door sign and the portal, and closes", async () => {
    const { page, complaints } = desk;
    const resident = await stage.visit({ size: "smallPhone" });
    await resident.page.goto(`/grids/${grids[0]}/sign`);
    const sign = await resident.page.locator("main").innerText();
    expect(sign).toContain(nameOf(POSTS));
    expect(sign).not.toContain(nameOf(0));
    const pdf = await resident.page.pdf({ preferCSSPageSize: true, printBackground: true });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await resident.page.goto(`/grids/${grids[0]}`);
    expect(await resident.page.locator("main").innerText()).toContain(nameOf(POSTS));

    await press(page, "移交 12 个岗位");
    await press(page, "办结整合");
    await page.getByText("已办结", { exact: true }).waitFor();
    const phone = await stage.visit({ size: "smallPhone", as: stage.account("street") });
    await phone.page.goto("/console/reassignment");
    await step(phone.page, "移交");
    await shot(phone.page, "phone");
    const over = await phone.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBe(0);
    expect([...complaints, ...phone.complaints]).toEqual([]);
  });

  it("lets a holder acknowledge the duties of the post", async () => {
    const { page } = await stage.visit({ size: "phone", as: stage.account("worker") });
    await page.goto("/console/");
    await page.getByRole("region", { name: "请阅读并确认岗位职责" }).locator("summary").click();
    await shot(page, "duties-to-acknowledge");
    await page.getByRole("button", { name: "我已知悉，确认职责" }).click();
    await page.getByText("已确认第 1 版").waitFor();
    await shot(page, "my-duties");
  });
});
