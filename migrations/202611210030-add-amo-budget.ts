import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
-- Who may call amoCRM next, per account and integration. Worth nothing after a crash, hence unlogged: no WAL, no fsync.
CREATE UNLOGGED TABLE amo_budget (
  key text PRIMARY KEY,
  -- Milliseconds of this server's clock throughout.
  grants float8[] NOT NULL DEFAULT '{}',
  rate float8,
  rate_at float8 NOT NULL DEFAULT 0,
  slowed_at float8 NOT NULL DEFAULT 0,
  paused_until float8 NOT NULL DEFAULT 0,
  -- Per lane (person, trigger, bulk): grants to others while somebody waited there.
  skipped integer[] NOT NULL DEFAULT '{0,0,0}',
  last_client text,
  -- client -> [until, person, trigger, bulk]: who waits in which lane.
  waiting jsonb NOT NULL DEFAULT '{}'
) WITH (fillfactor = 40);
GRANT SELECT, INSERT, UPDATE ON amo_budget TO sdelka_system;
`;

const RATE = `
-- Requests a second allowed now: full, or cut by 429s and growing back by 5 % of the full rate every 10 s.
CREATE FUNCTION amo_budget_rate(row_rate float8, row_rate_at float8, per_second integer, at float8) RETURNS float8
LANGUAGE sql IMMUTABLE AS $$
  SELECT least(per_second, coalesce(row_rate + 0.05 * per_second * greatest(0, at - row_rate_at) / 10000, per_second));
$$;

-- The row, locked; made when it is missing. The clock must be read after this, or two callers would swap places.
CREATE FUNCTION amo_budget_lock(p_key text) RETURNS amo_budget LANGUAGE plpgsql AS $$
DECLARE
  b amo_budget;
BEGIN
  SELECT * INTO b FROM amo_budget WHERE key = p_key FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO amo_budget (key) VALUES (p_key) ON CONFLICT DO NOTHING;
    SELECT * INTO b FROM amo_budget WHERE key = p_key FOR UPDATE;
  END IF;
  RETURN b;
END $$;
`;

const ACQUIRE = `
-- One try of one client, on behalf of everybody who waits in it.
-- p_waiting: how many wait in each lane, best lane first; all zero = the client waits no more.
-- Answers the lane that was granted (1..3) and when, or no lane and how many milliseconds to wait before the next try.
CREATE FUNCTION amo_budget_acquire(
  p_key text, p_client text, p_waiting integer[], p_per_second integer, p_window_ms float8,
  OUT lane integer, OUT wait_ms float8, OUT granted_at float8
) LANGUAGE plpgsql AS $$
DECLARE
  overdue_after constant integer[] := '{1000000,6,13}';
  b amo_budget;
  at float8;
  rate float8;
  slots integer;
  span float8;
  recent float8[];
  others integer[] := '{0,0,0}';
  mine integer[] := p_waiting;
  entry record;
  ahead integer := 0;
  overdue integer;
  free integer;
BEGIN
  wait_ms := 0;
  b := amo_budget_lock(p_key);
  at := extract(epoch FROM clock_timestamp()) * 1000;

  -- A lower rate keeps the burst small: fewer slots first, then a longer window.
  rate := amo_budget_rate(b.rate, b.rate_at, p_per_second, at);
  slots := ceil(rate);
  span := p_window_ms * slots / rate;
  -- A clock that was set back must not freeze the account: what lies ahead of now happened just now.
  recent := ARRAY(SELECT least(g, at) FROM unnest(b.grants) AS g WHERE g > at - span ORDER BY 1);
  free := slots - cardinality(recent);
  b.paused_until := least(b.paused_until, at + 900000);
  IF b.paused_until > at THEN free := 0; END IF;

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
    mine[lane] := mine[lane] - 1;
    FOR l IN 1..3 LOOP
      b.skipped[l] := CASE WHEN l = lane OR mine[l] + others[l] = 0 THEN 0 ELSE b.skipped[l] + 1 END;
    END LOOP;
    b.last_client := p_client;
  ELSIF free > 0 THEN
    wait_ms := 10;
  ELSE
    wait_ms := greatest(b.paused_until - at, coalesce(recent[cardinality(recent) - slots + 1] + span - at, 0), 1);
    -- Clients of one lane take turns: the one served last lets the others ask first.
    IF b.last_client = p_client AND others <> '{0,0,0}' THEN wait_ms := wait_ms + 3; END IF;
  END IF;

  IF mine <> '{0,0,0}' THEN
    -- Whoever does not come for its slot in time (a stopped or killed process) loses its claim.
    b.waiting := b.waiting || jsonb_build_object(p_client, jsonb_build_array(at + wait_ms + 500, mine[1], mine[2], mine[3]));
  END IF;
  UPDATE amo_budget SET grants = recent, paused_until = b.paused_until, skipped = b.skipped,
    last_client = b.last_client, waiting = b.waiting WHERE key = p_key;
END $$;
`;

const SLOW_DOWN = `
-- amoCRM said 429: nobody calls for p_pause_ms, and the rate falls to 0.7 of what it was (1/s at least).
-- Several 429s of one burst count as one.
CREATE FUNCTION amo_budget_slow_down(p_key text, p_per_second integer, p_pause_ms float8) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  b amo_budget;
  at float8;
BEGIN
  b := amo_budget_lock(p_key);
  at := extract(epoch FROM clock_timestamp()) * 1000;
  IF b.slowed_at NOT BETWEEN at - 1000 AND at THEN
    b.rate := greatest(1, 0.7 * amo_budget_rate(b.rate, b.rate_at, p_per_second, at));
    b.rate_at := at;
    b.slowed_at := at;
  END IF;
  UPDATE amo_budget SET rate = b.rate, rate_at = b.rate_at, slowed_at = b.slowed_at,
    paused_until = greatest(b.paused_until, at + p_pause_ms) WHERE key = p_key;
END $$;

REVOKE ALL ON FUNCTION amo_budget_lock(text), amo_budget_slow_down(text, integer, float8),
  amo_budget_acquire(text, text, integer[], integer, float8) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION amo_budget_lock(text), amo_budget_slow_down(text, integer, float8),
  amo_budget_acquire(text, text, integer[], integer, float8) TO sdelka_system;
`;

/** The request budget of amoCRM accounts, shared by all processes. */
export class AddAmoBudget202611210030 implements MigrationInterface {
  name = 'AddAmoBudget0202611210030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(RATE);
    await runner.query(ACQUIRE);
    await runner.query(SLOW_DOWN);
  }

  down(): Promise<void> {
    throw new Error('Migrations go forward only');
  }
}
