import { getCalendarYear, putCalendarDays } from "@onegrid/contract";
import { inScope } from "../../platform/database.ts";
import { mount } from "../../platform/http.ts";
import type { MountRoutes } from "../../platform/services.ts";
import { readYears } from "./calendar-queries.ts";
import { unknownYear, yearView } from "./calendar-row.ts";
import { editCalendar } from "./edit-calendar.ts";

const DEFAULT_ROWS = 20;

export const mountCalendar: MountRoutes = (app, { gate }) => {
  mount(app, gate, getCalendarYear, async (ctx, { params: { year } }) => {
    const { countyCode } = ctx.county;
    const years = await inScope(ctx.db, { countyCode, scopeCode: "", unitCode: "" }, (trx) =>
      readYears(trx, countyCode),
    );
    return yearView(years.find((stored) => stored.year === year) ?? unknownYear(year, years));
  });

  mount(app, gate, putCalendarDays, (ctx, { params: { year }, query, body }) =>
    editCalendar(ctx, {
      year,
      ...body,
      page: { offset: query.offset ?? 0, limit: query.limit ?? DEFAULT_ROWS },
    }),
  );
};
