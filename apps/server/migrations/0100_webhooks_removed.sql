-- A webhook that nobody wants any more goes with its secret and the log of its deliveries. The
-- deliveries follow their webhook, so that the application itself deletes nothing from the log.
ALTER TABLE webhook_delivery
  DROP CONSTRAINT webhook_delivery_county_code_webhook_id_fkey,
  ADD FOREIGN KEY (county_code, webhook_id) REFERENCES webhook ON DELETE CASCADE;
GRANT DELETE ON webhook TO onegrid_app;
