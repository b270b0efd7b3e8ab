-- Files of an organisation that lessons of any of its courses may use. Read by hub-server: asset.
-- Nothing here is a student's.

create table assets (
    id uuid primary key,
    organisation_id uuid not null references organisations on delete cascade,
    -- The folder it lies in, `a/b`; empty at the top. A folder is there as long as something lies in it.
    folder text not null default '' check (char_length(folder) <= 200),
    name text not null check (char_length(name) between 1 and 120),
    file_id uuid not null references stored_files,
    -- Students may see it.
    published boolean not null default false,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- Soft: a deletion can be taken back for thirty days.
    deleted_at timestamptz
);

create index assets_in_order on assets (organisation_id, folder, name) where deleted_at is null;
create index assets_deleted on assets (organisation_id, deleted_at) where deleted_at is not null;
create index assets_by_file on assets (file_id);
