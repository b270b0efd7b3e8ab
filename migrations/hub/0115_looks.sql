-- Who looked at what a student and the helper wrote, found by the student. Read by hub-server: privacy::talks, which shows it
-- to that student.
create index audit_entries_of_looks on audit_entries (subject_id, at desc) where action = 'transcript_read';
