import { generate } from "otplib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeViolations, startStage, type Stage } from "../../server/test/support/browser.ts";
import { plainDesk, signInByForm } from "./support/steps.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ fronts: ["console"] });
});
afterAll(() => stage?.close());

const now = () => Math.floor(Date.now() / 1000);

it("asks for the authenticator's code once it is set up, and opens with a recovery code", async () => {
  const account = stage.account("street");
  const { page } = await plainDesk(stage, account);
  await page.goto("/console/account");
  await page.getByRole("button", { name: "设置", exact: true }).click();
  const password = page.getByRole("dialog").getByLabel("当前密码");
  await password.fill("not the password");
  await page.getByRole("button", { name: "确认" }).click();
  await page.getByRole("dialog").getByRole("alert").waitFor();
  await password.fill(account.password);
  await page.getByRole("button", { name: "确认" }).click();
  const shown = await page.locator(".totp-picture code").innerText();
  const secret = shown.replaceAll(" ", "");
  expect(await axeViolations(page)).toEqual([]);
  await page.getByLabel("验证码").fill(await generate({ secret, epoch: now() }));
  await page.getByRole("button", { name: "完成设置" }).click();
  await page.locator(".recovery-codes code").first().waitFor();
  const codes = await page.locator(".recovery-codes code").allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.getByRole("button", { name: "我已保存" }).click();
  await page.getByText("还剩 10 个").waitFor();

  await page.getByRole("button", { name: "退出", exact: true }).click();
  await signInByForm(page, account);
  await page.getByLabel("验证码").fill("000000");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("验证码").fill(codes[0] ?? "");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByText(/上次登录/).waitFor();
}, 120_000);

it("signs in with a passkey of the device, and stays signed out without it", async () => {
  const account = stage.account("county_centre");
  // Passkeys belong to a name, not to a number.
  const address = stage.address.replace("127.0.0.1", "localhost");
  const { page, context } = await plainDesk(stage);
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto(`${address}/console/`);
  await signInByForm(page, account);
  await page.getByRole("link", { name: account.name }).click();
  await page.getByRole("button", { name: "添加", exact: true }).click();
  await page.getByRole("dialog").getByLabel("当前密码").fill(account.password);
  await page.getByRole("button", { name: "确认" }).click();
  await page.getByText("通行密钥 1").waitFor();
  await page.getByRole("button", { name: "退出", exact: true }).click();
  await page.getByRole("button", { name: "用通行密钥登录" }).click();
  await page.getByText(/上次登录/).waitFor();

  // The password alone does not open any more.
  await page.getByRole("button", { name: "退出", exact: true }).click();
  await signInByForm(page, account);
  await page.getByLabel("验证码").waitFor();
  expect(page.url()).toContain("/sign-in");
}, 120_000);
