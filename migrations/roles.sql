-- Two roles, two schemas, one database. Run once by a superuser, before the servers' own migrations.
-- Each role owns its schema and may touch nothing else; what the helper may read of the hub is granted
-- by the hub's migrations, view by view. Passwords are set by whoever runs this.
do $$
begin
    if not exists (select from pg_roles where rolname = 'hub') then
        create role hub login;
    end if;
    if not exists (select from pg_roles where rolname = 'helper') then
        create role helper login;
    end if;
end
$$;

create schema if not exists hub authorization hub;
create schema if not exists helper authorization helper;
revoke all on schema public from public;

do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to hub, helper', current_database());
    execute format('alter role hub in database %I set search_path = hub', current_database());
    execute format('alter role helper in database %I set search_path = helper', current_database());
end
$$;
