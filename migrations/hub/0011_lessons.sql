-- Lessons, their published versions and the passages the helper may quote.
-- Read by hub-server: lesson, student; by the helper: the view lesson_passage, and nothing else.

create table lessons (
    id uuid primary key,
    course_id uuid not null references courses on delete cascade,
    slug text not null check (slug ~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$'),
    -- The order within the course.
    position integer not null,
    session integer,
    -- The version students see.
    version integer not null,
    -- A lesson that is no longer in the course stays for what students did in it.
    removed_at timestamptz,
    created_at timestamptz not null,
    unique (course_id, slug)
);

create index lessons_in_order on lessons (course_id, position) where removed_at is null;

-- What was published. Rendered once, here, so that a page view renders no Markdown; never altered, so that a lesson
-- does not change while somebody reads it.
create table lesson_versions (
    lesson_id uuid not null references lessons on delete cascade,
    version integer not null check (version > 0),
    title text not null check (char_length(title) between 1 and 200),
    -- Plain text: what is shown of a lesson before it opens.
    introduction text not null,
    -- For students: teacher-only sections were cut before rendering, and the result was sanitised.
    html text not null,
    -- Headings as [{"anchor", "title"}].
    contents jsonb not null,
    makes text not null,
    needs text[] not null,
    done_looks_like text[] not null,
    quick_fixes text[] not null,
    extend text[] not null,
    duration_minutes integer,
    -- What may be asked of the helper beside the lesson itself.
    allowed_topics text[] not null,
    -- For teachers and for export: the front matter as it was read, and the whole Markdown.
    sheet jsonb not null,
    source text not null,
    -- SHA-256 over the file and what it links to: tells whether an import changed anything.
    digest text not null,
    published_at timestamptz not null,
    primary key (lesson_id, version)
);

create function refuse_change_of_published_lesson() returns trigger language plpgsql as $$
begin
    raise exception 'a published version never changes; publish a new one' using errcode = 'restrict_violation';
end
$$;

create trigger lesson_versions_stay
    before update on lesson_versions
    for each row execute function refuse_change_of_published_lesson();

-- The paragraphs, lists, tables and listings of the student-visible text.
create table lesson_passages (
    lesson_id uuid not null,
    version integer not null,
    position integer not null,
    -- The id of the element in the lesson's HTML.
    anchor text not null,
    -- The heading it stands under; empty before the first.
    heading text not null,
    body text not null,
    language text not null,
    -- Regular names of configurations, not their ids: a column of type regconfig stops pg_upgrade.
    search tsvector not null generated always as (
        case split_part(language, '-', 1)
            when 'en' then setweight(to_tsvector('english', heading), 'A') || setweight(to_tsvector('english', body), 'B')
            when 'es' then setweight(to_tsvector('spanish', heading), 'A') || setweight(to_tsvector('spanish', body), 'B')
            else setweight(to_tsvector('simple', heading), 'A') || setweight(to_tsvector('simple', body), 'B')
        end
    ) stored,
    primary key (lesson_id, version, position),
    foreign key (lesson_id, version) references lesson_versions on delete cascade
);

create index lesson_passages_by_words on lesson_passages using gin (search);

create view lesson_passage as
    select lesson_id, version, position, anchor, heading, body, search from lesson_passages;

-- The whole of what the helper may read here. The role is missing where only the hub's own tables are wanted.
do $$
begin
    if exists (select from pg_roles where rolname = 'helper') then
        execute format('grant usage on schema %I to helper', current_schema());
        grant select on lesson_passage to helper;
    end if;
end
$$;
