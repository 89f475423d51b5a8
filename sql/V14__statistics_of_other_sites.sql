-- What has been reported so far counts too, so all views begin with the journal again.
TRUNCATE live_call, site_call, site_queue, queue_quarter, call_history, agent_now, agent_stint,
  open_deadline, call_mention, queue_visit, call_offering, site_stint, queue_skills, strategy_version;
UPDATE projection_offset SET xid = '0', ordering = 0 WHERE name = 'views';

-- A controller keeps the books of the sites that it watches beside its own. What a call or an agent is
-- called is each site's own affair.
ALTER TABLE queue_visit DROP CONSTRAINT queue_visit_pkey, ADD PRIMARY KEY (site, call_id, number);
ALTER TABLE call_offering DROP CONSTRAINT call_offering_pkey, ADD PRIMARY KEY (site, call_id, offer);
ALTER TABLE site_stint DROP CONSTRAINT site_stint_pkey, ADD PRIMARY KEY (site, agent, number);

DROP INDEX call_offering_open_idx;
CREATE INDEX call_offering_open_idx ON call_offering (site, agent) WHERE over_at IS NULL;
DROP INDEX site_stint_open_idx;
CREATE INDEX site_stint_open_idx ON site_stint (site, agent) WHERE to_at IS NULL;

-- Ranges of one number, because GiST has no plain equality without an extension.
DROP INDEX queue_visit_time_idx;
CREATE INDEX queue_visit_time_idx ON queue_visit USING gist (
  int8range(hashtext(site), hashtext(site), '[]'), tstzrange(entered_at, left_at, '[]'));
DROP INDEX call_offering_time_idx;
CREATE INDEX call_offering_time_idx ON call_offering USING gist (
  int8range(hashtext(site), hashtext(site), '[]'), tstzrange(offered_at, over_at, '[]'));
DROP INDEX site_stint_time_idx;
CREATE INDEX site_stint_time_idx ON site_stint USING gist (
  int8range(hashtext(site), hashtext(site), '[]'), tstzrange(from_at, to_at, '[]'));
