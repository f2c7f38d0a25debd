-- The text of a notice as it was published, kept for ever: its SHA-256 stands beside it on the page,
-- and no later change of a name or a post touches it.
ALTER TABLE notice ADD COLUMN published_text text;
ALTER TABLE notice ADD CONSTRAINT notice_published_text_check
  CHECK ((published_text IS NULL) = (published_at IS NULL));

CREATE FUNCTION onegrid.keep_published_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL AND (NEW.published_text, NEW.text_sha256, NEW.published_at)
      IS DISTINCT FROM (OLD.published_text, OLD.text_sha256, OLD.published_at) THEN
    RAISE EXCEPTION 'a published text does not change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notice_keeps_published_text BEFORE UPDATE ON notice
  FOR EACH ROW EXECUTE FUNCTION onegrid.keep_published_text();
