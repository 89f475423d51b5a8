-- How many agents a call is offered to at this moment: as the call says, and as its site says.
ALTER TABLE live_call ADD COLUMN offers_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE site_call ADD COLUMN offers_out INTEGER NOT NULL DEFAULT 0;
