-- A case's row is the fold of its log. Where a later version folds an old log into more than the
-- version that wrote the row knew (0020: feedbacks and returns are side matters), the row is made
-- again after the upgrade, by the start (modules/cases/refold-cases.ts). What is listed is still to
-- be done, so that an upgrade that is cut off goes on.
CREATE TABLE case_refold (
  county_code text COLLATE "C" NOT NULL,
  case_id     uuid NOT NULL,
  PRIMARY KEY (county_code, case_id),
  FOREIGN KEY (county_code, case_id) REFERENCES cases
);
COMMENT ON TABLE case_refold IS 'Cases whose row is to be made again from their log; empty but in an upgrade.';
ALTER TABLE case_refold ENABLE ROW LEVEL SECURITY;
CREATE POLICY in_county ON case_refold USING (county_code = onegrid.county());

INSERT INTO case_refold (county_code, case_id)
SELECT c.county_code, c.case_id FROM cases c
 WHERE c.side = '{}' AND EXISTS (
   SELECT FROM case_event e WHERE e.county_code = c.county_code AND e.case_id = c.case_id
      AND e.kind IN ('feed_back', 'return'));
