-- What waits in a street, a community or a grid: open cases there are few, those of the whole
-- county are many.
CREATE INDEX cases_open_by_grid ON cases (county_code, grid_code, state)
  WHERE state NOT IN ('closed', 'self_handled', 'not_accepted');
