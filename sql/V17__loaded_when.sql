-- When sites' past calls, and whose wall clocks they live by, were loaded: an estimate of a cut goes by what
-- had been loaded when the link was lost, whenever it is made. Kept by the projection "views" from the journal.

-- What was there before counts as if it had always been known.
ALTER TABLE history_call ADD COLUMN loaded_at TIMESTAMPTZ NOT NULL DEFAULT '-infinity';
ALTER TABLE history_call ALTER COLUMN loaded_at DROP DEFAULT;

-- The clocks as they were told from loaded_at on.
ALTER TABLE history_zone ADD COLUMN loaded_at TIMESTAMPTZ NOT NULL DEFAULT '-infinity';
ALTER TABLE history_zone ALTER COLUMN loaded_at DROP DEFAULT;
ALTER TABLE history_zone DROP CONSTRAINT history_zone_pkey;
ALTER TABLE history_zone ADD PRIMARY KEY (site, loaded_at);
