-- Organisations whose teachers may read what students and the helper wrote. None may until its owner or an administrator
-- switches it on; students are told on every page with the chat. The words themselves stay in the helper's schema.
-- Read by hub-server: transcripts, and helper_link (the scope token says whether a question may be read later).
create table transcripts (
    organisation_id uuid primary key references organisations on delete cascade,
    enabled boolean not null,
    changed_at timestamptz not null
);
