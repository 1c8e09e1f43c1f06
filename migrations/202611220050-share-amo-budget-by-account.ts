import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
-- What all integrations of an account share: amoCRM's second limit, the pause and the pace after a 429. Unlogged, as
-- amo_budget: worth nothing after a crash. Times are milliseconds of this server's clock.
CREATE UNLOGGED TABLE amo_account_budget (
  account_id bigint PRIMARY KEY,
  grants float8[] NOT NULL DEFAULT '{}',
  -- Part of the full rate that is allowed, at pace_at; it grows back from there.
  pace float8 NOT NULL DEFAULT 1,
  pace_at float8 NOT NULL DEFAULT 0,
  slowed_at float8 NOT NULL DEFAULT 0,
  paused_until float8 NOT NULL DEFAULT 0
) WITH (fillfactor = 40);
GRANT SELECT, INSERT, UPDATE ON amo_account_budget TO sdelka_system;
`;

const HELPERS = `
-- 5 % of the full rate every 10 s.
CREATE FUNCTION amo_budget_pace(row_pace float8, row_pace_at float8, at float8) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
  SELECT least(1, row_pace + 0.05 * greatest(0, at - row_pace_at) / 10000);
$$;

-- Times of a window that count at this moment, oldest first. A clock that was set back must not freeze the account:
-- what lies ahead of now happened just now.
CREATE FUNCTION amo_budget_recent(grants float8[], span float8, at float8) RETURNS float8[]
LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY(SELECT least(g, at) FROM unnest(grants) AS g WHERE g > at - span ORDER BY 1);
$$;

-- Milliseconds until a window of these times has room.
CREATE FUNCTION amo_budget_room_in(recent float8[], slots integer, span float8, at float8) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
  SELECT greatest(0, coalesce(recent[cardinality(recent) - slots + 1] + span - at, 0));
$$;

-- The account's row, locked; always before the row of an integration.
CREATE FUNCTION amo_account_budget_lock(p_account bigint) RETURNS amo_account_budget LANGUAGE plpgsql AS $$
DECLARE
  a amo_account_budget;
BEGIN
  SELECT * INTO a FROM amo_account_budget WHERE account_id = p_account FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO amo_account_budget (account_id) VALUES (p_account) ON CONFLICT DO NOTHING;
    SELECT * INTO a FROM amo_account_budget WHERE account_id = p_account FOR UPDATE;
  END IF;
  RETURN a;
END $$;
`;

const TAKE = `
-- One try of one client, on behalf of everybody who waits in it. The same rules as amo_budget_acquire, which stays for
-- processes of the release before, and the account's window, pause and pace besides.
CREATE FUNCTION amo_budget_take(
  p_account bigint, p_key text, p_client text, p_waiting integer[],
  p_per_second integer, p_account_per_second integer, p_window_ms float8,
  OUT lane integer, OUT wait_ms float8, OUT granted_at float8, OUT pace float8, OUT paused boolean
) LANGUAGE plpgsql AS $$
DECLARE
  overdue_after constant integer[] := '{1000000,6,13}';
  a amo_account_budget;
  b amo_budget;
  at float8;
  rate float8;
  slots integer;
  span float8;
  recent float8[];
  whole_rate float8;
  whole_slots integer;
  whole_span float8;
  whole_recent float8[];
  others integer[] := '{0,0,0}';
  mine integer[] := p_waiting;
  entry record;
  ahead integer := 0;
  overdue integer;
  free integer;
BEGIN
  wait_ms := 0;
  a := amo_account_budget_lock(p_account);
  b := amo_budget_lock(p_key);
  at := extract(epoch FROM clock_timestamp()) * 1000;
  pace := amo_budget_pace(a.pace, a.pace_at, at);

  -- A lower rate keeps the burst small: fewer slots first, then a longer window.
  rate := greatest(1, p_per_second * pace);
  slots := ceil(rate);
  span := p_window_ms * slots / rate;
  recent := amo_budget_recent(b.grants, span, at);
  whole_rate := greatest(1, p_account_per_second * pace);
  whole_slots := ceil(whole_rate);
  whole_span := p_window_ms * whole_slots / whole_rate;
  whole_recent := amo_budget_recent(a.grants, whole_span, at);
  free := least(slots - cardinality(recent), whole_slots - cardinality(whole_recent));
  a.paused_until := least(a.paused_until, at + 900000);
  paused := a.paused_until > at;
  IF paused THEN free := 0; END IF;

  FOR entry IN SELECT w.key AS client, w.value AS v FROM jsonb_each(b.waiting) AS w LOOP
    IF entry.client = p_client OR (entry.v->>0)::float8 < at THEN
      b.waiting := b.waiting - entry.client;
    ELSE
      FOR l IN 1..3 LOOP others[l] := others[l] + (entry.v->>l)::integer; END LOOP;
    END IF;
  END LOOP;

  -- A lane that was passed over for too long has the next slot to itself; otherwise the better lane goes first, and a
  -- slot is ours only if one is left after those that better lanes of other clients are waiting for.
  FOR l IN REVERSE 3..2 LOOP
    IF overdue IS NULL AND b.skipped[l] >= overdue_after[l] AND mine[l] + others[l] > 0 THEN overdue := l; END IF;
  END LOOP;
  FOR l IN 1..3 LOOP
    IF lane IS NULL AND mine[l] > 0 AND ((overdue IS NULL AND free > ahead) OR (l = overdue AND free > 0)) THEN
      lane := l;
    END IF;
    ahead := ahead + others[l];
  END LOOP;

  IF lane IS NOT NULL THEN
    granted_at := at;
    recent := recent || at;
    whole_recent := whole_recent || at;
    mine[lane] := mine[lane] - 1;
    FOR l IN 1..3 LOOP
      b.skipped[l] := CASE WHEN l = lane OR mine[l] + others[l] = 0 THEN 0 ELSE b.skipped[l] + 1 END;
    END LOOP;
    b.last_client := p_client;
  ELSIF free > 0 THEN
    wait_ms := 10;
  ELSE
    wait_ms := greatest(a.paused_until - at, amo_budget_room_in(recent, slots, span, at),
      amo_budget_room_in(whole_recent, whole_slots, whole_span, at), 1);
    -- Clients of one lane take turns: the one served last lets the others ask first.
    IF b.last_client = p_client AND others <> '{0,0,0}' THEN wait_ms := wait_ms + 3; END IF;
  END IF;

  IF mine <> '{0,0,0}' THEN
    -- Whoever does not come for its slot in time (a stopped or killed process) loses its claim.
    b.waiting := b.waiting || jsonb_build_object(p_client, jsonb_build_array(at + wait_ms + 500, mine[1], mine[2], mine[3]));
  END IF;
  UPDATE amo_budget SET grants = recent, skipped = b.skipped, last_client = b.last_client, waiting = b.waiting
    WHERE key = p_key;
  UPDATE amo_account_budget SET grants = whole_recent, paused_until = a.paused_until WHERE account_id = p_account;
END $$;
`;

const SLOW = `
-- amoCRM said 429, which may mean either limit: nobody calls the account for p_pause_ms, and both rates fall to 0.7 of
-- what they were. Several 429s of one burst count as one.
CREATE FUNCTION amo_budget_slow(p_account bigint, p_pause_ms float8) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  a amo_account_budget;
  at float8;
BEGIN
  a := amo_account_budget_lock(p_account);
  at := extract(epoch FROM clock_timestamp()) * 1000;
  IF a.slowed_at NOT BETWEEN at - 1000 AND at THEN
    a.pace := greatest(0.02, 0.7 * amo_budget_pace(a.pace, a.pace_at, at));
    a.pace_at := at;
    a.slowed_at := at;
  END IF;
  UPDATE amo_account_budget SET pace = a.pace, pace_at = a.pace_at, slowed_at = a.slowed_at,
    paused_until = greatest(a.paused_until, at + p_pause_ms) WHERE account_id = p_account;
END $$;

-- The request granted at p_at left p_late_ms later: both windows count it from then.
CREATE FUNCTION amo_budget_postpone(p_account bigint, p_key text, p_at float8, p_late_ms float8) RETURNS void
LANGUAGE sql AS $$
  UPDATE amo_account_budget SET grants = ARRAY(
    SELECT CASE WHEN abs(g - p_at) < 0.001 THEN g + p_late_ms ELSE g END FROM unnest(grants) AS g
  ) WHERE account_id = p_account;
  UPDATE amo_budget SET grants = ARRAY(
    SELECT CASE WHEN abs(g - p_at) < 0.001 THEN g + p_late_ms ELSE g END FROM unnest(grants) AS g
  ) WHERE key = p_key;
$$;
`;

const CALLS = [
  'amo_account_budget_lock(bigint)',
  'amo_budget_take(bigint, text, text, integer[], integer, integer, float8)',
  'amo_budget_slow(bigint, float8)',
  'amo_budget_postpone(bigint, text, float8, float8)',
].join(', ');

const LIMITS = `
-- Null = the server's settings. An account with a paid package has more.
ALTER TABLE amo_connections
  ADD COLUMN requests_per_second integer CHECK (requests_per_second BETWEEN 1 AND 200),
  ADD COLUMN account_requests_per_second integer CHECK (account_requests_per_second BETWEEN 1 AND 1000);
`;

/** amoCRM's limit of a whole account beside that of an integration, one pace for both, and limits of single accounts. */
export class ShareAmoBudgetByAccount202611220050 implements MigrationInterface {
  name = 'ShareAmoBudgetByAccount0202611220050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(HELPERS);
    await runner.query(TAKE);
    await runner.query(SLOW);
    await runner.query(
      `REVOKE ALL ON FUNCTION ${CALLS} FROM PUBLIC; GRANT EXECUTE ON FUNCTION ${CALLS} TO sdelka_system`,
    );
    await runner.query(LIMITS);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
