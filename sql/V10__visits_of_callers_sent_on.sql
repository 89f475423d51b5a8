-- Whether an agent had the caller already when the call came to the queue: such a visit counts for
-- its queue, and no second time for the site.
ALTER TABLE queue_visit ADD COLUMN sent_on BOOLEAN NOT NULL DEFAULT false;

UPDATE queue_visit visit SET sent_on = true
WHERE EXISTS (
  SELECT FROM queue_visit earlier
  WHERE earlier.call_id = visit.call_id AND earlier.number < visit.number AND earlier.how = 'ANSWERED'
);
