-- People, accounts and kinds of post are found by how their names sound, as places and units are
-- (migration 0111).
DO $$
DECLARE
  named text;
BEGIN
  FOREACH named IN ARRAY ARRAY['person', 'account', 'post_template']
  LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN name_keys text NOT NULL DEFAULT ''''', named);
    EXECUTE format('UPDATE %I SET name_keys = onegrid.name_keys(name)', named);
    EXECUTE format('CREATE TRIGGER set_name_keys BEFORE INSERT OR UPDATE OF name ON %I
      FOR EACH ROW EXECUTE FUNCTION onegrid.set_name_keys()', named);
  END LOOP;
END
$$;
