/** Today where this desk stands, `YYYY-MM-DD`. */
export const today = (): string => new Intl.DateTimeFormat("en-CA").format(new Date());

/** A day so many days from today, where this desk stands. */
export const dayAhead = (days: number): string =>
  new Intl.DateTimeFormat("en-CA").format(new Date(Date.now() + days * 86_400_000));
