create table entries (
  id bigint generated always as identity primary key,
  author text not null,
  words text not null,
  written_at timestamptz not null default now()
);

insert into entries (author, words) values
  ('Ada', 'The first line in a new book.'),
  ('Grace', 'Nice to see this ship.'),
  ('Edsger', 'Simplicity is a great virtue.');
