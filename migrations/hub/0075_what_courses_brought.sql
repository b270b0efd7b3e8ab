-- What a course brought last, so that importing it again leaves alone what a teacher changed since: a title or a place
-- follows the course only as long as it is still the one that was brought. Read by hub-server: material. Null where
-- nothing came with a course.

alter table modules add column brought_title text, add column brought_position integer;
update modules set brought_title = title, brought_position = position where lesson_id is not null;

alter table materials add column brought_position integer;
update materials set brought_position = position where origin is not null;
