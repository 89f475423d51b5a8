-- When all that had been loaded of a site's past was forgotten, as it was wrong. Kept by the projection "views"
-- from the journal.
CREATE TABLE history_forgotten (
  site VARCHAR(64) NOT NULL,
  forgotten_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (site, forgotten_at)
);

-- After how many of those a call was loaded. It counts until the next one, and still does for whoever makes
-- the estimate of a cut of back then once more.
ALTER TABLE history_call ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE history_call ALTER COLUMN generation DROP DEFAULT;
ALTER TABLE history_call DROP CONSTRAINT history_call_pkey;
ALTER TABLE history_call ADD PRIMARY KEY
  (site, generation, entered_ms, answered_ms, ended_ms, agent, queue, head_start_ms, copy);
