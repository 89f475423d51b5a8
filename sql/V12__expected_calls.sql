-- Calls that wait at other sites and may come here: of those that never came no view tells, and yet
-- whoever they were from may ask to be forgotten.
CREATE INDEX event_journal_expected ON event_journal (persistence_id)
WHERE event_ser_manifest LIKE 'call.expected/%';
