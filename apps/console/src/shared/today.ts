/** Today where this desk stands, `YYYY-MM-DD`. */
export const today = (): string => new Intl.DateTimeFormat("en-CA").format(new Date());
