/** Weeks of a month, Monday first; days as `YYYY-MM-DD`, null outside the month. `month` is 1–12. */
export const monthWeeks = (year: number, month: number): (string | null)[][] => {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const blanks = (first.getUTCDay() + 6) % 7;
  const name = (day: number) =>
    `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const cells: (string | null)[] = [
    ...Array<null>(blanks).fill(null),
    ...Array.from({ length: days }, (_, index) => name(index + 1)),
  ];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
};

/** What the plain week says of a day. */
export const weekdayKind = (day: string): "workday" | "weekend" => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 ? "weekend" : "workday";
};
