export const id = 234;
export const ids = [234];
export const modules = {

/***/ 5234:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openPostgresLedger: () => (/* binding */ openPostgresLedger)
});

// EXTERNAL MODULE: ./build/core/events.js
var events = __webpack_require__(4793);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
// EXTERNAL MODULE: ./build/core/ledger/damage.js
var damage = __webpack_require__(9561);
// EXTERNAL MODULE: ./build/core/ledger/doubts.js
var ledger_doubts = __webpack_require__(2599);
// EXTERNAL MODULE: ./build/core/ledger/pages.js
var pages = __webpack_require__(2942);
// EXTERNAL MODULE: ./build/core/ledger/rules.js
var rules = __webpack_require__(8369);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
;// CONCATENATED MODULE: ./build/ledger/postgres-schema.js
/** Rises with each change of the schema; an older deploy-checklist refuses a newer ledger. */
const SCHEMA_VERSION = 1;
/** Any fixed number that is ours: two first runs at once wait for each other behind it. */
const MIGRATION_LOCK = 7_340_221_985_231;
const time = (text) => (text === '' ? null : text);
/**
 * What a person can ask for with psql. The whole record is in `record`, as canonical JSON and as text: jsonb refuses
 * NUL and half surrogate pairs, which a program's output may well hold; in these columns they become U+FFFD.
 */
const COLUMNS = [
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
];
/** The columns of a record, for jsonb_populate_record. */
const rowOf = (record) => Object.fromEntries(COLUMNS.map(({ name, of }) => [name, asColumn(of(record))]));
/** A text as a column can hold it. */
const asText = (text) => text.replaceAll(/\0|[\ud800-\udfff]/gu, '\ufffd');
const asColumn = (value) => (typeof value === 'string' ? asText(value) : value);
const quoted = COLUMNS.map(({ name }) => `"${name}"`);
const declared = COLUMNS.map(({ name, type }) => `"${name}" ${type}`);
const SETTINGS = "SET search_path = deploy_checklist, pg_catalog, pg_temp SET lock_timeout = '10s'";
const ANY_NUMBER = '(repository, checklist, environment) = (n.repository, n.checklist, n.environment)';
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
`;
/** From the version before to this one, in order. */
const MIGRATIONS = [VERSION_1];

;// CONCATENATED MODULE: ./build/ledger/postgres-session.js

const ANSWER_MS = 20_000;
const TIMES = 5;
/**
 * Serialization failures, deadlocks, and races that were lost for a unique index or (where transactions are
 * serializable, and do not see what the other first run has just made) for a schema, a table, a function: the same
 * statement again sees what won.
 */
const AGAIN = ['40001', '40P01', '23505', '42P06', '42P07', '42723'];
function openLine(open, name, clock) {
    let session;
    async function drop() {
        const dropped = session;
        session = undefined;
        // What hangs may take its time to close; nobody waits for it.
        dropped?.then(broken => broken.close()).catch(() => { });
    }
    async function once(sql, values) {
        session ??= open();
        const current = session;
        try {
            return (await inTime((await current).query(sql, values), clock)).rows;
        }
        catch (error) {
            if (isLost(error) && session === current)
                await drop();
            throw error;
        }
    }
    async function ask(sql, values) {
        let lost = false;
        for (let time = 1;; time++) {
            try {
                return await once(sql, values(lost));
            }
            catch (error) {
                const state = sqlStateOf(error);
                const again = isLost(error) ? !lost : state !== undefined && AGAIN.includes(state) && time < TIMES;
                lost ||= isLost(error);
                if (!again)
                    throw translate(error, name);
            }
        }
    }
    return {
        ask,
        close: async () => {
            const current = await session?.catch(() => undefined);
            session = undefined;
            await current?.close();
        }
    };
}
async function inTime(answer, clock) {
    const over = new AbortController();
    const late = clock.sleep(ANSWER_MS, over.signal).then(() => {
        if (!over.signal.aborted)
            throw lost(`gave no answer within ${ANSWER_MS / 1000} s`);
        return answer;
    });
    try {
        return await Promise.race([answer, late]);
    }
    finally {
        over.abort();
        answer.catch(() => { });
        late.catch(() => { });
    }
}
const lost = (why) => (0,errors/* unavailable */.hU)('ledger_unavailable', `the server of the ledger ${why}`, 'Look at the server, then try again.');
const isLost = (error) => error instanceof errors/* ChecklistError */.vm && error.status === 'UNAVAILABLE';
/** SQLSTATE of a statement's error, also of a translated one. */
function sqlStateOf(error) {
    if (typeof error !== 'object' || error === null)
        return undefined;
    if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code))
        return error.code;
    return 'cause' in error ? sqlStateOf(error.cause) : undefined;
}
/** The schema, or a part of it, is not there. */
const isAbsent = (error) => ['3F000', '42P01', '42883'].includes(sqlStateOf(error) ?? '');
const GRANTS = [
    'GRANT USAGE ON SCHEMA deploy_checklist TO "ROLE"',
    'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA deploy_checklist TO "ROLE"'
].join('; ');
function translate(error, name) {
    if (error instanceof errors/* ChecklistError */.vm) {
        if (error.status !== 'UNAVAILABLE')
            return error;
        return (0,errors/* unavailable */.hU)('ledger_unavailable', `the ledger ${name}: ${error.message}`, error.hint, error);
    }
    switch (sqlStateOf(error)) {
        case '42501':
            return (0,errors/* refused */.J5)('missing_right', `the role of the ledger ${name} lacks a right: ${(0,errors/* messageOf */.bD)(error)}`, `As the owner of the schema: ${GRANTS}. Where there is no schema yet: GRANT CREATE ON DATABASE "NAME" TO "ROLE".`, error);
        case '25006':
            return (0,errors/* refused */.J5)('ledger_unavailable', `the ledger ${name} is read-only: ${(0,errors/* messageOf */.bD)(error)}`, 'Name the primary server, the one that accepts writes.', error);
        case '55P03':
        case '57014':
            return (0,errors/* unavailable */.hU)('ledger_unavailable', `the ledger ${name} was locked for too long: ${(0,errors/* messageOf */.bD)(error)}`, 'Look in pg_stat_activity for who holds a lock on deploy_checklist, then try again.', error);
        case undefined:
        case 'P0001':
            return error;
        default:
            return (0,errors/* unavailable */.hU)('ledger_unavailable', `the ledger ${name} does not answer as it should: ${(0,errors/* messageOf */.bD)(error)}`, 'If its schema deploy_checklist was changed by hand, restore it from a backup; else look at the log of the server.', error);
    }
}

;// CONCATENATED MODULE: ./build/ledger/postgres-prepare.js



/** Brings the schema to our version. Two first runs at once wait for each other; each step is done by one of them. */
async function prepareSchema(line, name) {
    const version = await versionOf(line);
    if (version > SCHEMA_VERSION)
        throw newer(version, name);
    if (version < SCHEMA_VERSION)
        await line.ask(MIGRATION, () => []);
}
/** False when there is no schema yet, as opposed to one that lacks something. */
const isPrepared = async (line) => (await line.ask(`SELECT to_regclass('deploy_checklist.schema_version')::text`, () => []))[0]?.[0] != null;
/**
 * The answer, or `empty` where there is no schema yet. One that a first run made between the two questions is asked once
 * more; one that lacks something is an error.
 */
async function orEmpty(line, empty, ask) {
    try {
        return await ask();
    }
    catch (error) {
        if (!isAbsent(error))
            throw error;
        return (await isPrepared(line)) ? await ask() : empty;
    }
}
const versionOf = (line) => orEmpty(line, 0, async () => {
    const rows = await line.ask('SELECT max(version)::text FROM deploy_checklist.schema_version', () => []);
    return Number(rows[0]?.[0] ?? 0);
});
const newer = (version, name) => (0,errors/* refused */.J5)('ledger_unavailable', `the ledger ${name} has schema version ${version}, this deploy-checklist knows ${SCHEMA_VERSION}`, 'Use the newer deploy-checklist that has changed it.');
// One statement, so that it is one transaction whatever stands between us and the server, and can be repeated whole.
const MIGRATION = `DO $migration$
DECLARE
  done integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(${MIGRATION_LOCK});
  IF to_regnamespace('deploy_checklist') IS NULL THEN CREATE SCHEMA deploy_checklist; END IF;
  IF to_regclass('deploy_checklist.schema_version') IS NOT NULL THEN
    SELECT coalesce(max(version), 0) INTO done FROM deploy_checklist.schema_version;
  END IF;
  ${MIGRATIONS.map(step).join('\n  ')}
END
$migration$`;
function step(sql, index) {
    const version = index + 1;
    return `IF done < ${version} THEN
    EXECUTE $step$${sql}$step$;
    INSERT INTO deploy_checklist.schema_version VALUES (${version}, now());
  END IF;`;
}

;// CONCATENATED MODULE: ./build/ledger/postgres-queries.js


const SAME_KEY = '(repository, checklist, environment) = ($1, $2, $3)';
const BEAT_TEXT = 'deploy_checklist.iso(heartbeat_at)';
const SURVEY = `
SELECT (SELECT coalesce(max(number), 0) FROM deploy_checklist.executions WHERE ${SAME_KEY})::text,
  greatest((SELECT coalesce(max(fence), 0) FROM deploy_checklist.executions WHERE ${SAME_KEY}),
    (SELECT coalesce(max(fence), 0) FROM deploy_checklist.tombstones WHERE ${SAME_KEY}))::text,
  newest.record, newest.beat, newest.head, holder.record, holder.beat
FROM (SELECT 1) AS one
LEFT JOIN (SELECT record, ${BEAT_TEXT} AS beat, head FROM deploy_checklist.executions WHERE ${SAME_KEY}
  ORDER BY number DESC LIMIT 1) AS newest ON true
LEFT JOIN (SELECT record, ${BEAT_TEXT} AS beat FROM deploy_checklist.executions WHERE ${SAME_KEY}
  AND holds_environment) AS holder ON true`;
// The record and its events of one moment: the record is the row without a number.
const READ = `
SELECT NULL::integer AS seq, record, ${BEAT_TEXT}, head, NULL, NULL, NULL FROM deploy_checklist.executions WHERE id = $1
UNION ALL SELECT seq, at, token::text, type, body, prev, hash FROM deploy_checklist.events WHERE execution_id = $1
ORDER BY seq NULLS FIRST`;
const BEAT = `UPDATE deploy_checklist.executions SET heartbeat_at = greatest(heartbeat_at, $3::timestamptz)
WHERE id = $1 AND token = $2`;
const IDENTITY = `SELECT has_function_privilege('pg_catalog.pg_control_system()', 'execute')::text,
  extract(epoch FROM pg_postmaster_start_time())::text, (SELECT oid FROM pg_database WHERE datname = current_database())::text`;
/** Records and tombstones as one list, newest first, without a limit. */
function listing(filter, cursor) {
    const values = [];
    const next = (value) => `$${values.push(value)}`;
    const wanted = [];
    for (const part of ['repository', 'checklist', 'environment']) {
        const value = filter.key?.[part];
        if (value !== undefined)
            wanted.push(`${part} = ${next(asText(value))}`);
    }
    if (filter.since !== undefined)
        wanted.push(`started_at >= ${next(filter.since)}::timestamptz`);
    if (filter.until !== undefined)
        wanted.push(`started_at < ${next(filter.until)}::timestamptz`);
    if (cursor !== undefined) {
        const { startedAt, number, id } = (0,pages/* readCursor */.fS)(cursor);
        const place = `(${next(startedAt)}::timestamptz, ${next(number)}::integer, ${next(id)})`;
        wanted.push(`(started_at, number, id COLLATE "C") < ${place}`);
    }
    const ofRecords = [...wanted];
    if (filter.status !== undefined) {
        ofRecords.push(`status IN (SELECT jsonb_array_elements_text(${next(JSON.stringify(filter.status))}::jsonb))`);
    }
    if (filter.commit !== undefined)
        ofRecords.push(`commit = ${next(asText(filter.commit))}`);
    if (filter.release !== undefined)
        ofRecords.push(`release = ${next(asText(filter.release))}`);
    const where = (conditions) => (conditions.length === 0 ? 'true' : conditions.join(' AND '));
    const order = 'ORDER BY started_at DESC, number DESC, id COLLATE "C" DESC';
    const records = `SELECT 'record', record, ${BEAT_TEXT}, deploy_checklist.iso(started_at), number, id, started_at,
    environment FROM deploy_checklist.executions WHERE ${where(ofRecords)}`;
    const tombstones = (0,pages/* wantsTombstones */.K_)(filter) ? `UNION ALL ${TOMBSTONES} WHERE ${where(wanted)}` : '';
    return { sql: `SELECT * FROM (${records} ${tombstones}) AS entries ${order}`, values };
}
const TOMBSTONES = `SELECT 'tombstone', json_build_object('id', id, 'number', number, 'lastHash', last_hash,
    'key', json_build_object('repository', repository, 'checklist', checklist, 'environment', environment),
    'startedAt', deploy_checklist.iso(started_at), 'completedAt', deploy_checklist.iso(completed_at),
    'deletedAt', deploy_checklist.iso(deleted_at), 'deletedBy', deleted_by)::text, NULL,
    deploy_checklist.iso(started_at), number, id, started_at, environment
  FROM deploy_checklist.tombstones`;

;// CONCATENATED MODULE: ./build/ledger/postgres-rows.js

/** A record with the newest heartbeat, which has a column of its own so that it never moves a head. */
function readRecord(text, beat) {
    const record = parse(text, 'the record of an execution');
    return beat && beat > record.heartbeatAt ? { ...record, heartbeatAt: beat } : record;
}
/** Every part of an event as it stands in its columns, so that whatever is edited there breaks the hash. */
function readEvent(execution, row) {
    const [seq, at, token, type, text, prev, hash] = row;
    const body = parse(text ?? '', `event ${seq} of execution ${execution}`);
    if (body.type !== type)
        throw broken(`event ${seq} of execution ${execution} is of type ${body.type} and says ${type}`);
    return { seq: Number(seq), at: at ?? '', token: Number(token), body, prev: prev ?? '', hash: hash ?? '' };
}
const readTombstone = (text) => parse(text, 'a tombstone');
function parse(text, what) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw broken(`${what} is no JSON`, error);
    }
}
const broken = (what, cause) => (0,errors/* refused */.J5)('ledger_broken', `the ledger is damaged: ${what}`, 'Nothing was changed. Restore the schema deploy_checklist from a backup; `verify` then compares it.', cause);

;// CONCATENATED MODULE: ./build/ledger/postgres.js











/**
 * Executions in the schema `deploy_checklist` of a PostgreSQL database (11 or newer). Every write is one call of a
 * function there, hence one round trip and one transaction. Nothing lives in the session between two calls (locks are
 * the transaction's, nothing is set or prepared by name), so a pooler in transaction mode may stand in between.
 */
function openPostgresLedger({ address, open, clock }) {
    const name = `postgres ${address}`;
    const line = openLine(open, name, clock);
    const doubts = (0,ledger_doubts/* openDoubts */.m)();
    async function create(entry, takingOverFrom) {
        (0,rules/* assertChained */.rR)(entry.events, events/* GENESIS */.h, 0);
        const sql = 'SELECT deploy_checklist.create_execution($1::jsonb, $2::jsonb)';
        const rows = await doubts.during(entry.events, before => line.ask(sql, again => [
            payload(entry, before || again),
            takingOverFrom === undefined ? null : payload(takingOverFrom, before || again)
        ]));
        return readVerdict(rows);
    }
    async function append(change) {
        (0,rules/* assertChained */.rR)(change.events, change.expectedHead, (change.events[0]?.seq ?? 1) - 1);
        const sql = 'SELECT deploy_checklist.append($1::jsonb)';
        const rows = await doubts.during(change.events, before => orEmpty(line, [[MOVED]], () => line.ask(sql, again => [payload(change, before || again)])));
        return readVerdict(rows);
    }
    async function survey({ repository, checklist, environment }) {
        const key = [repository, checklist, environment].map(asText);
        const rows = await orEmpty(line, [['0', '0']], () => line.ask(SURVEY, () => key));
        const [number, fence, newest, newestBeat, newestHead, holder, holderBeat] = rows[0] ?? [];
        return {
            nextNumber: Number(number) + 1,
            nextToken: Number(fence) + 1,
            newest: newest ? readRecord(newest, newestBeat) : undefined,
            newestHead: newestHead ?? events/* GENESIS */.h,
            holder: holder ? readRecord(holder, holderBeat) : undefined
        };
    }
    async function read(id) {
        const [first, ...rest] = await orEmpty(line, [], () => line.ask(READ, () => [asText(id)]));
        if (first === undefined)
            return undefined;
        const [, record, beat, head] = first;
        const events = rest.map(row => readEvent(id, row));
        return { record: readRecord(record ?? '', beat), events, head: head ?? '' };
    }
    async function list(filter, page) {
        const limit = (0,pages/* limitOf */.LF)(page.limit);
        const { sql, values } = listing(filter, page.cursor);
        const rows = await orEmpty(line, [], () => line.ask(`${sql} LIMIT ${limit + 1}`, () => values));
        const shown = rows.slice(0, limit);
        const last = shown.at(-1);
        const place = { startedAt: last?.[3] ?? '', number: Number(last?.[4]), id: last?.[5] ?? '' };
        const records = [];
        const { unreadable, orTell } = (0,damage/* damageFor */.$)(page);
        for (const [kind, text, beat, , number, id, , environment] of shown) {
            if (kind !== 'record')
                continue;
            const what = { id: id ?? '', number: Number(number), environment: environment ?? '' };
            const record = orTell(what, () => readRecord(text ?? '', beat));
            if (record !== undefined)
                records.push(record);
        }
        return {
            records,
            ...(unreadable.length > 0 && { unreadable }),
            tombstones: shown.flatMap(([kind, text]) => (kind === 'tombstone' ? [readTombstone(text ?? '')] : [])),
            next: rows.length > limit ? (0,pages/* writeCursor */.Wh)(place) : undefined
        };
    }
    return {
        name,
        prepare: () => prepareSchema(line, name),
        create: (entry, options) => create(entry, options?.takingOverFrom),
        survey,
        append,
        beat: async (id, token, at) => {
            await orEmpty(line, [], () => line.ask(BEAT, () => [asText(id), token, at]));
        },
        read,
        list,
        remove: async (id, by, at) => {
            const sql = 'SELECT deploy_checklist.remove_execution($1, $2, $3, $4::boolean)';
            const values = (again) => [asText(id), asText(by), at, String(again)];
            const [[verdict] = []] = await orEmpty(line, [['absent']], () => line.ask(sql, values));
            return verdict === 'removed' || verdict === 'not-ended' || verdict === 'newest' ? verdict : 'absent';
        },
        identity: async () => {
            const [[identifier, startedAt, oid] = []] = await line.ask(IDENTITY, () => []);
            const systemIdentifier = identifier === 'true' ? await systemIdentifierOf(line.ask) : '';
            return { systemIdentifier, serverStartedAt: startedAt ?? '', databaseOid: Number(oid) };
        },
        close: () => line.close()
    };
}
const MOVED = '{"kind":"moved","head":""}';
async function systemIdentifierOf(ask) {
    return (await ask('SELECT system_identifier::text FROM pg_control_system()', () => []))[0]?.[0] ?? '';
}
/** Records and bodies go as text inside the JSON, so that the server never looks into what it could not hold. */
function payload({ record, events, ...change }, again) {
    const rows = events.map(({ body, ...event }) => ({ ...event, type: body.type, body: (0,json/* canonicalOf */.qe)(body) }));
    return JSON.stringify({ ...change, again, row: rowOf(record), record: (0,json/* canonicalOf */.qe)(record), events: rows });
}
function readVerdict(rows) {
    const verdict = JSON.parse(rows[0]?.[0] ?? 'null');
    return verdict.kind === 'held' ? { ...verdict, by: readRecord(verdict.by, null) } : verdict;
}


/***/ })

};
