import type { MadeAccount } from "../../modules/identity/index.ts";
import { publishNotice, putNotice } from "../../modules/notices/index.ts";
import type { Ctx, StaffCtx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";

/** One sample notice of the first street, open for objections, as its desk would publish it. */
export const loadDemoNotices = async (ctx: Ctx, made: readonly MadeAccount[]): Promise<void> => {
  const desk = made.find(({ role }) => role === "street");
  if (desk === undefined) throw new RangeError("the sample has no street desk");
  const { accountId, role, scopeCode, unitCode } = desk;
  const street: StaffCtx = { ...ctx, actor: { accountId, role, scopeCode, unitCode } };
  const noticeId = newId();
  await putNotice(street, {
    noticeId,
    baseVersion: 0,
    kind: "grid_change",
    gridCode: scopeCode,
    title: "三级网格划分方案公示（示例）",
    body: "为方便居民办事，拟按小区边界微调本街道三级网格。方案可在社区服务中心查阅，公示期内欢迎提出意见。",
    termDays: 5,
    nominees: [],
  });
  await publishNotice(street, noticeId, 1);
};
