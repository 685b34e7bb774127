alter table entries add column mood text not null default 'calm';

create table replies (
  id bigint generated always as identity primary key,
  entry_id bigint not null references entries (id),
  author text not null,
  words text not null
);
