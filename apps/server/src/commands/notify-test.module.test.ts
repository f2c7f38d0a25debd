import { afterEach, expect, test, vi } from "vitest";
import {
  startHttpReceiver,
  startMailServer,
  wordsOf,
} from "../modules/notifications/test/receivers.ts";
import { command } from "./notify-test.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test("sends by a real mail server and says what it answered", async () => {
  const mail = await startMailServer();
  const said = vi.spyOn(console, "log").mockImplementation(() => {});
  vi.stubEnv("ONEGRID_SMTP_URL", mail.url);
  vi.stubEnv("ONEGRID_MAIL_FROM", "no-reply@grid.example.org");
  try {
    expect(await command.run(["--to", "me@example.org", "--language", "en"])).toBe(0);
    expect(wordsOf(mail.mails[0]!)).toContain("This is a test message");
    expect(said.mock.calls.flat().join()).toContain("Taken by the mail server");
    mail.behaviour.refuse = "no mailbox";
    await expect(command.run(["--to", "me@example.org"])).rejects.toThrow(/refused the address/);
  } finally {
    await mail.close();
  }
});

test("sends a text message through the gateway; says what is not set up", async () => {
  const gateway = await startHttpReceiver();
  vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await expect(command.run(["--to", "13800001111"])).rejects.toThrow(/No channel/);
    vi.stubEnv("ONEGRID_SMS_GATEWAY_URL", gateway.url);
    vi.stubEnv("ONEGRID_SMS_GATEWAY_TOKEN", "sesame");
    expect(await command.run(["--to", "138 0000 1111"])).toBe(0);
    expect(JSON.parse(gateway.calls[0]?.body ?? "")).toMatchObject({ to: "13800001111" });
    await expect(command.run(["--to", "nobody"])).rejects.toThrow(/--to/);
  } finally {
    await gateway.close();
  }
});
