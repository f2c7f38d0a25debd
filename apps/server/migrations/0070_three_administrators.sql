-- 三员分立 (GB/T 22239-2019 8.1.5): who keeps the system running, who decides about accounts and who
-- reads the audit log are three people, and none of them can do another's work. Whoever was the one
-- administrator keeps the system; the other two are made by ./onegrid user add.
ALTER TABLE account DROP CONSTRAINT account_role_check;
UPDATE account SET role = 'system_administrator' WHERE role = 'administrator';
ALTER TABLE account ADD CONSTRAINT account_role_check CHECK (role IN
  ('worker', 'head', 'street', 'county_centre', 'department', 'system_administrator',
   'security_administrator', 'audit_administrator'));

ALTER TABLE case_event DROP CONSTRAINT case_event_actor_role_check;
UPDATE case_event SET actor_role = 'system_administrator' WHERE actor_role = 'administrator';
ALTER TABLE case_event ADD CONSTRAINT case_event_actor_role_check CHECK (actor_role IN
  ('worker', 'head', 'street', 'county_centre', 'department', 'system_administrator',
   'security_administrator', 'audit_administrator', 'resident', 'system'));
