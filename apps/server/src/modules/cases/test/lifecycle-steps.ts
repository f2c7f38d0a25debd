import { getCase, listCases } from "../index.ts";
import { aCommand, actOne, type CaseWorld, type Who } from "./case-world.ts";

/** Who does what, and what beside the common they bring. */
export type Step = [
  who: Who,
  action: Parameters<typeof aCommand>[1],
  over?: Record<string, unknown>,
];

/** Ways to take a case through its life by different accounts, and to look at it. */
export const lifecycleSteps = (world: () => CaseWorld) => {
  const stepAs = async (caseId: string, [who, action, over = {}]: Step) => {
    const { version } = await getCase(world().as("centre"), caseId);
    return actOne(world().as(who), aCommand(caseId, action, version, over));
  };
  const look = (caseId: string, who: Who = "centre") => getCase(world().as(who), caseId);
  return {
    look,
    /** Takes a case through steps by different accounts; each must be applied. */
    walk: async (caseId: string, ...steps: Step[]): Promise<void> => {
      for (const step of steps) {
        const result = await stepAs(caseId, step);
        if (result.outcome === "refused") {
          throw new Error(`${step[0]} ${step[1]}: ${JSON.stringify(result.problem)}`);
        }
      }
    },
    /** Code of the refusal, or the state that the step led to. */
    codeOf: async (caseId: string, ...step: Step): Promise<string> => {
      const result = await stepAs(caseId, step);
      return result.outcome === "refused" ? result.problem.code : result.state;
    },
    allowedTo: async (caseId: string, who: Who): Promise<string[]> =>
      (await look(caseId, who)).allowed.map(({ action }) => action),
    waitsFor: async (who: Who): Promise<string[]> =>
      (await listCases(world().as(who), { mine: true, limit: 100 })).cases.map(
        ({ caseId }) => caseId,
      ),
  };
};
