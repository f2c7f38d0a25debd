/** How concurrent calls are gathered into one statement. */
export type GroupingOptions<Item, Answer> = {
  /** Statements under way at once: one at the disk while the next is being read. */
  inFlight: number;
  /** Items in one statement at most. */
  size: number;
  /** Two items with the same key never go into one statement; the later one waits. */
  keyOf?: (item: Item) => string;
  /**
   * One statement for all of them; answers in the same order. An answer that is an `Error`
   * rejects that item alone, a throw rejects all.
   */
  run: (items: readonly Item[]) => Promise<readonly (Answer | Error)[]>;
};

type Waiting<Item, Answer> = {
  item: Item;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

/**
 * Gathers concurrent calls: what arrives while statements are under way goes into the next one
 * together, so that round trips and waits for the disk are shared. Nothing waits for a timer; a
 * lone call runs at once.
 */
export class Grouping<Item, Answer> {
  readonly #options: GroupingOptions<Item, Answer>;
  #waiting: Waiting<Item, Answer>[] = [];
  #inFlight = 0;

  constructor(options: GroupingOptions<Item, Answer>) {
    this.#options = options;
  }

  take(item: Item): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.#waiting.push({ item, resolve, reject });
    // After the caller has queued the rest of its batch.
    queueMicrotask(() => this.#pump());
    return promise;
  }

  #pump(): void {
    while (this.#inFlight < this.#options.inFlight && this.#waiting.length > 0) {
      const group = this.#nextGroup();
      this.#inFlight += 1;
      void this.#run(group).finally(() => {
        this.#inFlight -= 1;
        this.#pump();
      });
    }
  }

  #nextGroup(): Waiting<Item, Answer>[] {
    const { size, keyOf } = this.#options;
    const keys = new Set<string>();
    const group: Waiting<Item, Answer>[] = [];
    const later: Waiting<Item, Answer>[] = [];
    for (const waiting of this.#waiting) {
      const key = keyOf?.(waiting.item);
      if (group.length < size && (key === undefined || !keys.has(key))) {
        if (key !== undefined) keys.add(key);
        group.push(waiting);
      } else {
        later.push(waiting);
      }
    }
    this.#waiting = later;
    return group;
  }

  async #run(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.#options.run(group.map(({ item }) => item));
      for (const [index, { resolve, reject }] of group.entries()) {
        const answer = answers[index];
        if (answer === undefined) reject(new Error("a grouped call was left without an answer"));
        else if (answer instanceof Error) reject(answer);
        else resolve(answer);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

const groupings = new WeakMap<object, Map<string, unknown>>();

/** The grouping of a database and a name (a county, a purpose); made at the first call. */
export const groupingOf = <Item, Answer>(
  db: object,
  name: string,
  make: () => GroupingOptions<Item, Answer>,
): Grouping<Item, Answer> => {
  let named = groupings.get(db);
  if (named === undefined) {
    named = new Map();
    groupings.set(db, named);
  }
  let grouping = named.get(name) as Grouping<Item, Answer> | undefined;
  if (grouping === undefined) {
    grouping = new Grouping(make());
    named.set(name, grouping);
  }
  return grouping;
};
