import { describe, expect, it } from "vitest";
import { compileCalendar, fiveDayWeek, DEFAULT_WINDOWS } from "../calendar/index.ts";
import { isRefused } from "../refused.ts";
import { findPersonalData, publishedText, termEndMs } from "./index.ts";

const kinds = (text: string, known?: ReadonlySet<string>) =>
  findPersonalData(text, known).map(({ kind }) => kind);

describe("a public text", () => {
  it.each([
    ["拟任人选：王某，身份证 11010519491231002X", ["id_number"]],
    ["１１０１０５ １９４９１２３１ ００２Ｘ", ["id_number"]],
    ["联系电话 138 1234 5678", ["private_phone"]],
    ["+86-13812345678", ["private_phone"]],
    ["阳光花园3栋2单元501室", ["home_address"]],
    ["家庭住址：桂溪街道", ["home_address"]],
    ["值班电话 023-74510001，服务时间 9:00-18:00", []],
    ["公示期 2026-11-24 至 2026-12-01，地址：人民东路 12 号", []],
    ["负责阳光花园 3 栋", []],
    ["金额 123456789012 元", []],
  ])("%s", (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  it("may name a grid, whose code is as long as an old ID number", () => {
    const grid = "500231001001001";
    expect(kinds(`网格 ${grid}`)).toEqual(["id_number"]);
    expect(kinds(`网格 ${grid}`, new Set([grid]))).toEqual([]);
  });

  it("says where what was found begins in the text as given", () => {
    const text = "电话：１３８１２３４５６７８。";
    const [found] = findPersonalData(text);
    expect(text.slice(found?.at, (found?.at ?? 0) + (found?.length ?? 0))).toBe(
      "１３８１２３４５６７８",
    );
  });
});

it("counts its term in whole working days from the day after, over a holiday and a made-up Saturday", () => {
  const timeZone = "Asia/Shanghai";
  const calendar = compileCalendar({
    version: 1,
    timeZone,
    hours: [
      {
        fromDay: "2026-01-01",
        week: fiveDayWeek(DEFAULT_WINDOWS),
        workdayWindows: DEFAULT_WINDOWS,
      },
    ],
    days: [
      { day: "2026-10-01", kind: "holiday" },
      { day: "2026-10-02", kind: "holiday" },
      { day: "2026-10-10", kind: "makeup_workday" },
    ],
    confirmedYears: [2026],
    fromDay: "2026-01-01",
    toDay: "2027-01-01",
  });
  if (isRefused(calendar)) throw new Error(calendar.refused.code);
  // Wednesday 30 September, late: 5, 6, 7, 8, 9 October are the five days.
  const end = termEndMs(calendar, timeZone, Date.parse("2026-09-30T15:00:00Z"), 5);
  expect(new Date(end as number).toISOString()).toBe("2026-10-09T10:00:00.000Z");
  const six = termEndMs(calendar, timeZone, Date.parse("2026-09-30T15:00:00Z"), 6);
  expect(new Date(six as number).toISOString()).toBe("2026-10-10T10:00:00.000Z");
});

it("is frozen line by line", () => {
  expect(
    publishedText({
      title: "上岗公示",
      body: "甲\r\n乙",
      nominees: [{ grid: "第一网格", post: "网格员", name: "赵一" }],
      publishedOn: "2026-11-24",
      termEndsAt: "2026-12-01T10:00:00.000Z",
    }),
  ).toBe("上岗公示\n\n甲\n乙\n\n第一网格 网格员 赵一\n\n2026-11-24 / 2026-12-01T10:00:00.000Z\n");
});
