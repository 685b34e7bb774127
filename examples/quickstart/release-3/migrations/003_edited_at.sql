alter table entries add column edited_at timestamptz;
