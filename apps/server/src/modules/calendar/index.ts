export { calendarOf, calendarVersionOf, forgetCalendar } from "./calendar-cache.ts";
export { mountCalendar } from "./calendar-routes.ts";
export { officialDays } from "./official-holidays.ts";
export { seedCalendar } from "./seed-calendar.ts";
