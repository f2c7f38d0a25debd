import { CaseDetail } from "@onegrid/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startStage, type Stage } from "../../server/test/support/browser.ts";
import {
  choose,
  confirm,
  plainDesk,
  dialogOf,
  listCount,
  panelOf,
  reportedCase,
  signInByForm,
  take,
  takeByApi,
} from "./support/steps.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await startStage({ fronts: ["console"] });
});
afterAll(() => stage?.close());

describe("a case over the desks", { timeout: 240_000 }, () => {
  it("is dispatched by the street, handled by a department, verified and closed", async () => {
    const street = await plainDesk(stage);
    await street.page.goto("/console/cases?open=true");
    await signInByForm(street.page, stage.account("street"));
    await street.page.getByLabel("搜索案件").waitFor();
    expect(street.page.url()).toContain("/console/cases?open=true");

    const { caseId, number } = await reportedCase(stage, street.context.request);
    await street.page.getByLabel("搜索案件").fill(number);
    await street.page.getByLabel("搜索案件").press("Enter");
    await street.page.locator(`#case-row-${caseId}`).click();
    const dialog = await choose(street.page, "派遣");
    const department = await plainDesk(stage, stage.account("department"));
    const session = (await (await department.context.request.get("/api/v1/session")).json()) as {
      account: { unitName: string };
    };
    await dialog.getByRole("combobox", { name: "职能部门" }).fill(session.account.unitName);
    await street.page.keyboard.press("Enter");
    await confirm(dialog, "派遣");
    await panelOf(street.page).getByText(`职能部门 · ${session.account.unitName}`).waitFor();

    await take(department.page, caseId, "签收", null, "处置中");
    const feedBack = await choose(department.page, "反馈结果");
    const ok = feedBack.getByRole("button", { name: "反馈结果", exact: true });
    expect(await ok.isDisabled()).toBe(true);
    await feedBack.getByRole("textbox").fill("已清理完毕");
    await confirm(feedBack, "反馈结果");

    const worker = await plainDesk(stage, stage.account("worker"));
    await take(worker.page, caseId, "核查通过", "现场已看", "待结案");
    await take(street.page, caseId, "结案", null, "已结案");
    const log = street.page.locator(".timeline strong");
    expect(await log.allInnerTexts()).toEqual([
      "结案",
      "核查通过",
      "反馈",
      "签收",
      "派遣",
      "派遣",
      "立案",
      "上报",
    ]);
    const complaints = [street, department, worker].flatMap((visit) => visit.complaints);
    // Asking who is signed in answers 401 before the form is filled in: that is how it is known.
    expect(complaints.filter((text) => !text.includes("401"))).toEqual([]);
  });

  it("sends an action again after a lost answer without doing it twice", async () => {
    const { page, context } = await plainDesk(stage, stage.account("street"));
    const { caseId } = await reportedCase(stage, context.request);
    await page.goto(`/console/cases/${caseId}`);
    await page.route(
      "**/api/v1/case-commands",
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    const dialog = await choose(page, "签收");
    await dialog.getByRole("button", { name: "签收", exact: true }).click();
    await dialog.getByText("连不上服务器").waitFor();
    await confirm(dialog, "签收");
    const detail = CaseDetail.parse(
      await (await context.request.get(`/api/v1/cases/${caseId}`)).json(),
    );
    expect(detail.events.filter((event) => event.kind === "sign")).toHaveLength(1);
  });

  it("shows what another desk changed, and goes on only when told to", async () => {
    const { page, context } = await plainDesk(stage, stage.account("street"));
    const { caseId } = await reportedCase(stage, context.request);
    await page.goto(`/console/cases/${caseId}`);
    const dialog = await choose(page, "退回");
    await dialog.getByRole("textbox").fill("不在本街道");
    const other = await plainDesk(stage, stage.account("county_centre"));
    await takeByApi(other.context.request, caseId, "dispatch", {
      note: "改由街道办理",
      target: { tier: "level1" },
    });
    await dialog.getByRole("button", { name: "退回", exact: true }).click();
    await dialog.getByText("改由街道办理").waitFor();
    await dialog.getByRole("button", { name: "已了解，仍要办理" }).click();
    await confirm(dialogOf(page), "退回");
    await panelOf(page).getByText("待派遣", { exact: true }).waitFor();
  });

  it("closes several cases at once and tells of each", async () => {
    const { page, context } = await plainDesk(stage, stage.account("street"));
    const first = await reportedCase(stage, context.request);
    const second = await reportedCase(stage, context.request);
    await page.goto("/console/cases?open=true&sort=reported_desc");
    for (const { number } of [first, second]) await page.getByLabel(`选择案件 ${number}`).check();
    await page
      .getByRole("region", { name: "批量办理" })
      .getByRole("button", { name: "签收", exact: true })
      .click();
    const dialog = dialogOf(page);
    await dialog.getByRole("button", { name: "签收", exact: true }).click();
    await dialog.getByText("办成 2 件，未办成 0 件").waitFor();
  });
});

describe("the board", { timeout: 240_000 }, () => {
  it("counts what its lists hold", async () => {
    const { page } = await plainDesk(stage, stage.account("street"));
    await page.goto("/console/board");
    const links = page.locator(".figures a, .board-table a[aria-label]");
    await links.first().waitFor();
    const figures = await links.evaluateAll((all) =>
      all.map((a) => ({ href: a.getAttribute("href") ?? "", n: Number(a.textContent) })),
    );
    // The head figures and each tier; one of each other kind keeps the test short.
    const chosen = figures.filter(({ n }) => n <= 150).slice(0, 14);
    expect(chosen.length).toBeGreaterThan(6);
    for (const { href, n } of chosen) {
      await page.goto(href);
      expect({ href, n: await listCount(page) }).toEqual({ href, n });
    }
  });
});
