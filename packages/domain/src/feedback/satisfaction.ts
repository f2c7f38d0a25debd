/** A month's answers about one unit or place. `month` is `YYYY-MM`. */
export type MonthAnswers = {
  month: string;
  answered: number;
  satisfied: number;
  resolved: number;
};

/** Months that are shown as one, with at least {@link FEWEST_ANSWERS} answers in all. */
export type SatisfactionBlock = Omit<MonthAnswers, "month"> & {
  fromMonth: string;
  toMonth: string;
};

/** Fewer answers than these show nothing: a unit could guess whose they are. */
export const FEWEST_ANSWERS = 5;

/** A score from here on counts as satisfied 满意. */
export const SATISFIED_FROM = 4;

/**
 * Months in order, few answers joined with those that follow until there are enough. The cut is the
 * same whoever looks and whenever, so no difference of two views is a single answer; months that
 * are not over (`before` and later) and a rest that is too small stay out.
 */
export const satisfactionBlocks = (
  months: readonly MonthAnswers[],
  before: string,
): SatisfactionBlock[] => {
  const blocks: SatisfactionBlock[] = [];
  let open: SatisfactionBlock | null = null;
  for (const { month, answered, satisfied, resolved } of months.toSorted((a, b) =>
    a.month < b.month ? -1 : 1,
  )) {
    if (month >= before) break;
    open ??= { fromMonth: month, toMonth: month, answered: 0, satisfied: 0, resolved: 0 };
    open.toMonth = month;
    open.answered += answered;
    open.satisfied += satisfied;
    open.resolved += resolved;
    if (open.answered < FEWEST_ANSWERS) continue;
    blocks.push(open);
    open = null;
  }
  return blocks;
};
