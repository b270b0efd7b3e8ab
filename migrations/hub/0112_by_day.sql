-- A class's first page lists what was handed in today, among years of work.
create index submissions_by_day on submissions (submitted_at) where withdrawn_at is null;
create index responses_by_day on responses (handed_in_at) where handed_in_at is not null;
