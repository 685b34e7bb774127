import type { ExecutionRecord } from '../core/execution.js'
import type { Json } from '../core/json.js'

/** Rises with each change of the schema; an older deploy-checklist refuses a newer ledger. */
export const SCHEMA_VERSION = 1

/** Any fixed number that is ours: two first runs at once wait for each other behind it. */
export const MIGRATION_LOCK = 7_340_221_985_231

type Column = Readonly<{ name: string; type: string; of(record: ExecutionRecord): Json }>

const time = (text: string): Json => (text === '' ? null : text)

/**
 * What a person can ask for with psql. The whole record is in `record`, as canonical JSON and as text: jsonb refuses
 * NUL and half surrogate pairs, which a program's output may well hold; in these columns they become U+FFFD.
 */
const COLUMNS: readonly Column[] = [
  { name: 'id', type: 'text PRIMARY KEY', of: ({ id }) => id },
  { name: 'repository', type: 'text NOT NULL', of: ({ key }) => key.repository },
  { name: 'checklist', type: 'text NOT NULL', of: ({ key }) => key.checklist },
  { name: 'environment', type: 'text NOT NULL', of: ({ key }) => key.environment },
  { name: 'number', type: 'integer NOT NULL', of: ({ number }) => number },
  { name: 'purpose', type: 'text NOT NULL', of: ({ purpose }) => purpose },
  { name: 'trigger', type: 'text NOT NULL', of: ({ trigger }) => trigger },
  { name: 'actor', type: 'text NOT NULL', of: ({ actor }) => actor },
  { name: 'commit', type: 'text NOT NULL', of: ({ commit }) => commit },
  { name: 'ref', type: 'text NOT NULL', of: ({ ref }) => ref },
  { name: 'release', type: 'text NOT NULL', of: ({ release }) => release },
  { name: 'plan_digest', type: 'text NOT NULL', of: ({ planDigest }) => planDigest },
  { name: 'status', type: 'text NOT NULL', of: ({ status }) => status },
  { name: 'reason', type: 'text NOT NULL', of: ({ reason }) => reason },
  { name: 'error_message', type: 'text NOT NULL', of: ({ errorMessage }) => errorMessage },
  { name: 'started_at', type: 'timestamptz NOT NULL', of: ({ startedAt }) => startedAt },
  { name: 'completed_at', type: 'timestamptz', of: ({ completedAt }) => time(completedAt) },
  { name: 'duration_seconds', type: 'double precision NOT NULL', of: ({ durationSeconds }) => durationSeconds },
  { name: 'rolled_back', type: 'boolean NOT NULL', of: ({ rolledBack }) => rolledBack },
  { name: 'rollback_reason', type: 'text NOT NULL', of: ({ rollbackReason }) => rollbackReason },
  { name: 'marked_bad', type: 'text NOT NULL', of: ({ markedBad }) => markedBad },
  { name: 'previous_execution_id', type: 'text NOT NULL', of: ({ previousExecutionId }) => previousExecutionId },
  { name: 'undoes_execution_id', type: 'text NOT NULL', of: ({ undoesExecutionId }) => undoesExecutionId },
  { name: 'acted', type: 'boolean NOT NULL', of: ({ acted }) => acted },
  { name: 'holds_environment', type: 'boolean NOT NULL', of: ({ holdsEnvironment }) => holdsEnvironment },
  { name: 'token', type: 'bigint NOT NULL', of: ({ token }) => token },
  { name: 'heartbeat_at', type: 'timestamptz', of: ({ heartbeatAt }) => time(heartbeatAt) },
  { name: 'host', type: 'text NOT NULL', of: ({ process }) => process.host },
  { name: 'run_id', type: 'text NOT NULL', of: ({ runId }) => runId },
  { name: 'run_attempt', type: 'integer NOT NULL', of: ({ runAttempt }) => runAttempt },
  { name: 'log_url', type: 'text NOT NULL', of: ({ logUrl }) => logUrl }
]

/** The columns of a record, for jsonb_populate_record. */
export const rowOf = (record: ExecutionRecord): Json =>
  Object.fromEntries(COLUMNS.map(({ name, of }) => [name, asColumn(of(record))]))

/** A text as a column can hold it. */
export const asText = (text: string): string => text.replaceAll(/\0|[\ud800-\udfff]/gu, '\ufffd')
const asColumn = (value: Json): Json => (typeof value === 'string' ? asText(value) : value)

const quoted = COLUMNS.map(({ name }) => `"${name}"`)
const declared = COLUMNS.map(({ name, type }) => `"${name}" ${type}`)
const SETTINGS = "SET search_path = deploy_checklist, pg_catalog, pg_temp SET lock_timeout = '10s'"
const ANY_NUMBER = '(repository, checklist, environment) = (n.repository, n.checklist, n.environment)'

/**
 * Writes are functions, so that each is one round trip and one transaction; plpgsql sees in each of its statements what
 * was committed before, so that what is read behind the key's lock is true. That lock ends with the transaction, no
 * state is left in the session: a transaction pooler in between does no harm. `again` marks a repetition after a lost
 * answer: what the first attempt has written then counts as written.
 */
const VERSION_1 = `
CREATE TABLE deploy_checklist.schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL);

CREATE TABLE deploy_checklist.executions (
  ${declared.join(',\n  ')},
  fence bigint NOT NULL,
  head text NOT NULL,
  head_seq integer NOT NULL,
  record text NOT NULL
);
CREATE UNIQUE INDEX executions_number ON deploy_checklist.executions (repository, checklist, environment, number);
CREATE UNIQUE INDEX executions_one_holder ON deploy_checklist.executions (repository, checklist, environment)
  WHERE holds_environment;
CREATE INDEX executions_newest ON deploy_checklist.executions (started_at DESC, number DESC, id COLLATE "C" DESC);

CREATE TABLE deploy_checklist.events (
  execution_id text NOT NULL REFERENCES deploy_checklist.executions ON DELETE CASCADE,
  seq integer NOT NULL,
  at text NOT NULL,
  token bigint NOT NULL,
  type text NOT NULL,
  body text NOT NULL,
  prev text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (execution_id, seq)
);

CREATE TABLE deploy_checklist.tombstones (
  id text PRIMARY KEY,
  repository text NOT NULL,
  checklist text NOT NULL,
  environment text NOT NULL,
  number integer NOT NULL,
  started_at timestamptz NOT NULL,
  completed_at timestamptz NOT NULL,
  last_hash text NOT NULL,
  fence bigint NOT NULL,
  deleted_at timestamptz NOT NULL,
  deleted_by text NOT NULL
);
CREATE INDEX tombstones_key ON deploy_checklist.tombstones (repository, checklist, environment);

CREATE FUNCTION deploy_checklist.iso(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT pg_catalog.to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;

CREATE FUNCTION deploy_checklist.lock_key(n deploy_checklist.executions) RETURNS void LANGUAGE sql AS $$
  SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(
    pg_catalog.jsonb_build_array('deploy_checklist', n.repository, n.checklist, n.environment)::text, 0))
$$;

CREATE FUNCTION deploy_checklist.highest_fence(n deploy_checklist.executions) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce(max(fence), 0) FROM (
    SELECT fence FROM deploy_checklist.executions WHERE ${ANY_NUMBER}
    UNION ALL SELECT fence FROM deploy_checklist.tombstones WHERE ${ANY_NUMBER}) AS fences
$$;

CREATE FUNCTION deploy_checklist.add_events(execution text, added jsonb) RETURNS void LANGUAGE sql AS $$
  INSERT INTO deploy_checklist.events (execution_id, seq, at, token, type, body, prev, hash)
  SELECT execution, e.* FROM jsonb_to_recordset(added)
    AS e(seq integer, at text, token bigint, type text, body text, prev text, hash text)
$$;

CREATE FUNCTION deploy_checklist.was_written(execution text, change jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (change->>'again')::boolean AND EXISTS (SELECT FROM deploy_checklist.events
    WHERE execution_id = execution AND hash = change->'events'->-1->>'hash')
$$;

CREATE FUNCTION deploy_checklist.append(change jsonb) RETURNS jsonb LANGUAGE plpgsql ${SETTINGS} AS $$
DECLARE
  n executions := jsonb_populate_record(NULL::executions, change->'row');
  o executions;
  holder text;
  highest bigint;
BEGIN
  PERFORM lock_key(n);
  SELECT * INTO o FROM executions WHERE id = n.id FOR UPDATE;
  IF NOT FOUND THEN RETURN jsonb_build_object('kind', 'moved', 'head', ''); END IF;
  IF (o.repository, o.checklist, o.environment, o.number) <> (n.repository, n.checklist, n.environment, n.number) THEN
    RAISE EXCEPTION 'execution % cannot change its key or number', n.id;
  END IF;
  IF o.head <> change->>'expectedHead' THEN
    IF was_written(n.id, change) THEN RETURN jsonb_build_object('kind', 'appended'); END IF;
    RETURN jsonb_build_object('kind', 'moved', 'head', o.head);
  END IF;
  IF jsonb_array_length(change->'events') > 0 AND (change->'events'->0->>'seq')::integer <> o.head_seq + 1 THEN
    RAISE EXCEPTION 'event % does not continue %', change->'events'->0->>'seq', o.head_seq;
  END IF;
  highest := highest_fence(n);
  IF n.token < o.token THEN
    RETURN jsonb_build_object('kind', 'fenced', 'highest', greatest(highest, o.token));
  END IF;
  n.fence := o.fence;
  IF n.holds_environment THEN
    IF NOT (o.holds_environment AND n.token = o.token) THEN
      SELECT record INTO holder FROM executions WHERE ${ANY_NUMBER} AND holds_environment AND id <> n.id;
      IF FOUND THEN RETURN jsonb_build_object('kind', 'held', 'by', holder); END IF;
      IF n.token <= highest THEN RETURN jsonb_build_object('kind', 'fenced', 'highest', highest); END IF;
    END IF;
    n.fence := n.token;
  END IF;
  PERFORM add_events(n.id, change->'events');
  n.head := coalesce(change->'events'->-1->>'hash', o.head);
  n.head_seq := o.head_seq + jsonb_array_length(change->'events');
  n.heartbeat_at := greatest(o.heartbeat_at, n.heartbeat_at);
  UPDATE executions SET (${quoted.join(', ')}, fence, head, head_seq, record)
    = ROW(${quoted.map(name => `n.${name}`).join(', ')}, n.fence, n.head, n.head_seq, change->>'record')
    WHERE id = n.id;
  RETURN jsonb_build_object('kind', 'appended');
END
$$;

CREATE FUNCTION deploy_checklist.create_execution(entry jsonb, freeing jsonb) RETURNS jsonb LANGUAGE plpgsql ${SETTINGS} AS $$
DECLARE
  n executions := jsonb_populate_record(NULL::executions, entry->'row');
  holder text;
  verdict text := 'appended';
BEGIN
  PERFORM lock_key(n);
  IF EXISTS (SELECT FROM executions WHERE id = n.id) THEN
    RETURN jsonb_build_object('kind', CASE WHEN was_written(n.id, entry) THEN 'created' ELSE 'moved' END);
  END IF;
  IF n.holds_environment THEN
    SELECT record INTO holder FROM executions
      WHERE ${ANY_NUMBER} AND holds_environment AND id IS DISTINCT FROM freeing->'row'->>'id';
    IF FOUND THEN RETURN jsonb_build_object('kind', 'held', 'by', holder); END IF;
    IF n.token <= highest_fence(n) THEN RETURN jsonb_build_object('kind', 'moved'); END IF;
  END IF;
  IF n.number <> 1 + (SELECT coalesce(max(number), 0) FROM executions WHERE ${ANY_NUMBER}) THEN
    RETURN jsonb_build_object('kind', 'moved');
  END IF;
  IF freeing IS NOT NULL THEN verdict := append(freeing)->>'kind'; END IF;
  IF verdict <> 'appended' THEN RETURN jsonb_build_object('kind', 'moved'); END IF;
  n.fence := CASE WHEN n.holds_environment THEN n.token ELSE 0 END;
  n.head := coalesce(entry->'events'->-1->>'hash', repeat('0', 64));
  n.head_seq := jsonb_array_length(entry->'events');
  n.record := entry->>'record';
  INSERT INTO executions SELECT n.*;
  PERFORM add_events(n.id, entry->'events');
  RETURN jsonb_build_object('kind', 'created');
END
$$;

CREATE FUNCTION deploy_checklist.remove_execution(removed text, by text, at text, again boolean) RETURNS text
LANGUAGE plpgsql ${SETTINGS} AS $$
DECLARE
  n executions;
BEGIN
  SELECT * INTO n FROM executions WHERE id = removed;
  IF FOUND THEN PERFORM lock_key(n); END IF;
  SELECT * INTO n FROM executions WHERE id = removed FOR UPDATE;
  IF NOT FOUND THEN
    RETURN CASE WHEN again AND EXISTS (SELECT FROM tombstones
      WHERE id = removed AND deleted_by = by AND deleted_at = at::timestamptz) THEN 'removed' ELSE 'absent' END;
  END IF;
  IF n.completed_at IS NULL OR n.holds_environment THEN RETURN 'not-ended'; END IF;
  IF n.number = (SELECT max(number) FROM executions WHERE ${ANY_NUMBER}) THEN RETURN 'newest'; END IF;
  INSERT INTO tombstones VALUES (n.id, n.repository, n.checklist, n.environment, n.number, n.started_at,
    n.completed_at, n.head, n.fence, at::timestamptz, by);
  DELETE FROM executions WHERE id = n.id;
  RETURN 'removed';
END
$$;
`

/** From the version before to this one, in order. */
export const MIGRATIONS: readonly string[] = [VERSION_1]
