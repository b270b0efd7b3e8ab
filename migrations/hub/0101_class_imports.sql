-- Archives of whole classes that were sent in and are being looked at before anything changes; forgotten after a day.
-- Read by hub-server: classroom::archive. The archive itself lies in the storage.

create table class_imports (
    id uuid primary key,
    organisation_id uuid not null references organisations on delete cascade,
    staff_id uuid not null references staff on delete cascade,
    file_id uuid not null references stored_files,
    created_at timestamptz not null
);

create index class_imports_by_age on class_imports (created_at);
create index class_imports_by_file on class_imports (file_id);
create index class_imports_of_staff on class_imports (staff_id);
