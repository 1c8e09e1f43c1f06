import type { MigrationInterface, QueryRunner } from 'typeorm';

const KEEPER = `
-- One step of keeping the daily partitions of hooks: makes a missing one of the next days, or drops an expired one, or
-- deletes some expired rows that went to a default partition. A step a transaction, and no step waits for a lock: the
-- intake stands behind whoever waits for one. Answers what it did, 'busy' when a lock was taken, null when all is done.
-- A partition has no grants: it is reached only through its parent, whose policies then hold.
CREATE FUNCTION sdelka_keep_hook_partitions(retention_days integer) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET lock_timeout = '300ms' AS $$
DECLARE
  parents CONSTANT text[] := ARRAY['hook_inbox', 'hook_entities', 'hook_runs'];
  today CONSTANT date := (now() AT TIME ZONE 'UTC')::date;
  cutoff CONSTANT date := today - retention_days;
  parent text;
  child text;
  first date;
  deleted bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('sdelka_keep_hook_partitions', 0)) THEN RETURN 'busy'; END IF;
  FOREACH parent IN ARRAY parents LOOP
    FOR first IN SELECT today + step FROM generate_series(0, 7) step LOOP
      child := format('%s_%s', parent, to_char(first, 'YYYY_MM_DD'));
      CONTINUE WHEN to_regclass(child) IS NOT NULL;
      BEGIN
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
          child, parent, first || ' 00:00:00+00', first + 1 || ' 00:00:00+00');
        RETURN 'made ' || child;
      EXCEPTION
        -- Hooks of that day are in the default partition; the other days must not suffer for it.
        WHEN check_violation THEN RAISE WARNING 'partition % cannot be made: the default partition holds rows of its day', child;
        -- A monthly partition of an earlier version has that day.
        WHEN invalid_object_definition THEN NULL;
      END;
    END LOOP;
  END LOOP;
  FOREACH parent IN ARRAY parents LOOP
    SELECT c.relname INTO child
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = parent::regclass AND CASE
      WHEN c.relname ~ '_\\d{4}_\\d{2}_\\d{2}$' THEN to_date(right(c.relname, 10), 'YYYY_MM_DD') + 1 <= cutoff
      WHEN c.relname ~ '_\\d{4}_\\d{2}$' THEN to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= cutoff
      ELSE false END
    ORDER BY c.relname LIMIT 1;
    IF child IS NOT NULL THEN
      EXECUTE format('DROP TABLE %I', child);
      RETURN 'dropped ' || child;
    END IF;
    EXECUTE format('DELETE FROM %1$I WHERE ctid = ANY (ARRAY(SELECT ctid FROM %1$I WHERE received_at < $1 LIMIT 5000))',
      parent || '_default') USING cutoff::timestamp AT TIME ZONE 'UTC';
    GET DIAGNOSTICS deleted = ROW_COUNT;
    IF deleted > 0 THEN RETURN format('deleted %s rows of %s_default', deleted, parent); END IF;
  END LOOP;
  RETURN NULL;
EXCEPTION WHEN lock_not_available THEN RETURN 'busy';
END $$;
REVOKE ALL ON FUNCTION sdelka_keep_hook_partitions(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sdelka_keep_hook_partitions(integer) TO sdelka_system;
`;

const CONVERT = `
-- By the day from now on, for days are what they are kept by. Monthly partitions that hold hooks stay until they expire.
DELETE FROM partitioned_tables WHERE table_name IN ('hook_inbox', 'hook_entities', 'hook_runs');
DO $$
DECLARE
  month record;
  holds boolean;
BEGIN
  FOR month IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent IN ('hook_inbox'::regclass, 'hook_entities'::regclass, 'hook_runs'::regclass)
      AND c.relname ~ '_\\d{4}_\\d{2}$'
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %I)', month.relname) INTO holds;
    IF NOT holds THEN EXECUTE format('DROP TABLE %I', month.relname); END IF;
  END LOOP;
  FOR step IN 1..100 LOOP
    -- Ten years: a migration drops nothing that the operator's setting would keep.
    EXIT WHEN sdelka_keep_hook_partitions(3650) IS NULL;
  END LOOP;
END $$;
GRANT DELETE ON hook_replays TO sdelka_system;
`;

/** Hooks are kept by the day, for as many days as the operator says. */
export class PartHooksByDay202611220042 implements MigrationInterface {
  name = 'PartHooksByDay0202611220042';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(KEEPER);
    await runner.query(CONVERT);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
