export type KnownPost = {
  postCode: string;
  gridCode: string;
  templateCode: string;
  /** Held, or to be held, or offered already: not to be taken. */
  isTaken: boolean;
};

/** A code has 32 characters at most; the number after it needs four. */
const STEM_CHARS = 28;

/**
 * Which posts of a kind a reassignment offers in some grids, `perGrid` in each: those that exist and
 * are vacant first, then new ones. A new code is grid, kind and a number from the second on:
 * `500231001001001-L3W`, `500231001001001-L3W-2`; codes in use are stepped over.
 */
export const postsToOpen = (
  gridCodes: readonly string[],
  templateCode: string,
  perGrid: number,
  known: readonly KnownPost[],
): { postCode: string; gridCode: string; isNew: boolean }[] => {
  const codes = new Set(known.map(({ postCode }) => postCode));
  return [...new Set(gridCodes)].flatMap((gridCode) => {
    const vacant = known
      .filter(
        (post) => post.gridCode === gridCode && post.templateCode === templateCode && !post.isTaken,
      )
      .slice(0, perGrid)
      .map(({ postCode }) => ({ postCode, gridCode, isNew: false }));
    const opened: { postCode: string; gridCode: string; isNew: boolean }[] = [];
    const stem = `${gridCode}-${templateCode}`.slice(0, STEM_CHARS);
    for (let n = 1; vacant.length + opened.length < perGrid; n += 1) {
      const postCode = n === 1 ? stem : `${stem}-${n}`;
      if (codes.has(postCode)) continue;
      codes.add(postCode);
      opened.push({ postCode, gridCode, isNew: true });
    }
    return [...vacant, ...opened];
  });
};
