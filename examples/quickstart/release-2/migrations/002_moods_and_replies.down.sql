drop table replies;
alter table entries drop column mood;
