-- An offered post names the candidacy that was chosen, and a candidacy its offered post: a ring of
-- foreign keys. This one waits for the end of the transaction where it is asked to, so that a backup
-- can be filled in again, one table after the other.
ALTER TABLE offered_post ALTER CONSTRAINT offered_post_county_code_selected_id_fkey
  DEFERRABLE INITIALLY IMMEDIATE;
