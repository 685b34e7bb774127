alter table entries drop column edited_at;
