import type { Grid } from "@onegrid/contract";
import { gridsOf } from "../../modules/grids/index.ts";
import { loadSecretaries } from "../../modules/organisations/index.ts";
import type { MadeAccount } from "../../modules/identity/index.ts";
import { loadPosts, shippedTemplates } from "../../modules/posts/index.ts";
import type { Ctx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { seededRandom } from "../cases/random.ts";
import { sampleName } from "../people.ts";

/** Its own seed: the sample cases do not move when posts change. */
const SEED = 500_233;
/** The day the four networks became one in the sample. */
const OPENED_ON = "2026-01-05";
const HOURS = "周一至周五 9:00–18:00，急事随时";

const templates = shippedTemplates();

/**
 * Sample posts for each grid of the two streets and every community of the county, each with a
 * holder: the accounts that exist, else a made-up name. One post in twenty stays vacant.
 */
export const loadDemoPosts = async (
  ctx: Ctx,
  streets: readonly string[],
  made: readonly MadeAccount[],
): Promise<void> => {
  const random = seededRandom(SEED);
  const grids = await gridsOf(ctx);
  const accounts = new Map(
    made.map((account) => [`${account.role} ${account.scopeCode}`, account]),
  );
  const communities = grids
    .childrenOf(ctx.county.countyCode)
    .flatMap(({ gridCode }) => grids.childrenOf(gridCode));
  const isInStreets = (gridCode: string) => streets.some((street) => gridCode.startsWith(street));
  const staffed: Pick<Grid, "gridCode" | "level">[] = [
    ...streets.flatMap((code) => grids.get(code) ?? []),
    ...communities,
    ...communities
      .filter(({ gridCode }) => isInStreets(gridCode))
      .flatMap(({ gridCode }) => grids.childrenOf(gridCode)),
  ];
  const taken = new Set<string>();
  const holderOf = (templateCode: string, gridCode: string, role: string) => {
    const account = templateCode.endsWith("D") ? undefined : accounts.get(`${role} ${gridCode}`);
    const isFree = account !== undefined && !taken.has(account.accountId);
    if (!isFree && random.chance(0.05)) return null;
    if (isFree) taken.add(account.accountId);
    return {
      personId: newId(),
      appointmentId: newId(),
      name: isFree ? account.name : sampleName(random),
      accountId: isFree ? account.accountId : null,
    };
  };
  const posts = staffed.flatMap(({ gridCode, level }) =>
    templates
      .filter(({ gridLevel }) => gridLevel === level)
      .map(({ templateCode, accountRole }) => ({
        postCode: `GW-${templateCode}-${gridCode}`,
        templateCode,
        gridCode,
        dutyPhone: `023-745${String(Math.floor(random.between(10_000, 99_999)))}`,
        serviceHours: HOURS,
        openedOn: OPENED_ON,
        holder: holderOf(templateCode, gridCode, accountRole),
      })),
  );
  await loadPosts(ctx, { templates, posts });
  // 一肩挑: most grid heads lead the Party organisation of their grid; one in nine does not.
  const heads = posts.filter(({ templateCode }) => templateCode.endsWith("H"));
  await loadSecretaries(
    ctx,
    heads.flatMap(({ gridCode, holder }, index) =>
      holder === null || index % 9 === 4
        ? []
        : [
            {
              organisationCode: `DZ-${gridCode}`,
              personId: holder.personId,
              beginsOn: OPENED_ON,
            },
          ],
    ),
  );
};
