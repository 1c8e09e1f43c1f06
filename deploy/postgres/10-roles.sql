-- Run once by the postgres image on an empty data directory, as its superuser, in the product's database.
--
-- sdelka_migrator  owns the schema and runs the migrations (DATABASE_MIGRATION_URL)
-- sdelka_login     what api and worker connect as (DATABASE_URL); it owns nothing and can only become the two
--                  roles that the migrations grant tables to, neither of which may bypass row-level security
\set ON_ERROR_STOP on
\set migrator_password `cat /run/secrets/postgres_migrator_password`
\set login_password `cat /run/secrets/postgres_login_password`

CREATE ROLE sdelka_app NOLOGIN NOBYPASSRLS;
CREATE ROLE sdelka_system NOLOGIN NOBYPASSRLS;

CREATE ROLE sdelka_migrator LOGIN CREATEROLE PASSWORD :'migrator_password';
-- With the admin option, because each migration run grants both roles again.
GRANT sdelka_app, sdelka_system TO sdelka_migrator WITH ADMIN OPTION;

CREATE ROLE sdelka_login LOGIN NOINHERIT PASSWORD :'login_password';
GRANT sdelka_app, sdelka_system TO sdelka_login;

ALTER DATABASE sdelka OWNER TO sdelka_migrator;
ALTER SCHEMA public OWNER TO sdelka_migrator;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
