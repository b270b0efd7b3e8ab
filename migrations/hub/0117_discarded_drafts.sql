-- When somebody threw their draft of a lesson away; until it is swept they can take that back. Read by hub-server:
-- lesson::editor.
alter table lesson_drafts add column discarded_at timestamptz;

create index lesson_drafts_discarded on lesson_drafts (discarded_at) where discarded_at is not null;
