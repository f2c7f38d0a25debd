export { calendarOf } from "./calendar-cache.ts";
export { mountCalendar } from "./calendar-routes.ts";
export { officialDays, officialYears, type OfficialDay } from "./official-holidays.ts";
export { seedCalendar } from "./seed-calendar.ts";
