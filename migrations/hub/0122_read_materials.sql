-- Readings and links that a student marked as done, so that one with a date is not what is next for ever. Read by
-- hub-server: material.

create table read_materials (
    student_id uuid not null references students on delete cascade,
    material_id uuid not null references materials on delete cascade,
    read_at timestamptz not null,
    primary key (student_id, material_id)
);

create index read_materials_by_material on read_materials (material_id);

create trigger read_materials_change after insert or update or delete on read_materials
    for each row execute function student_changes();
