export const id = 160;
export const ids = [160];
export const modules = {

/***/ 5057:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  v9: () => (/* binding */ holds),
  fc: () => (/* binding */ holdsVersion),
  fl: () => (/* binding */ parseComparison),
  zB: () => (/* binding */ parseCondition)
});

// UNUSED EXPORTS: parseAmount

// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
;// CONCATENATED MODULE: ./build/core/versions.js
// Digits with dots, perhaps a v before and a pre-release behind; what a distribution adds after that does not count.
const VERSION = /^v?(\d+(?:\.\d+)*)(-[A-Za-z][0-9A-Za-z.-]*)?/;
/** Two dots or more, or a leading v: what is no plain number. */
const isVersion = (text) => /^v?\d+(?:\.\d+){2,}(?:[-+][0-9A-Za-z.+-]+)?$|^v\d+(?:\.\d+)*$/.test(text.trim());
/**
 * Part by part as numbers, so that 1.10 is above 1.9; missing parts are zero, a pre-release is below its release. Reads
 * the front of a text: `15.18 (Debian 15.18-1)` is 15.18. Undefined when one of them does not begin with a version.
 */
function compareVersions(one, other) {
    const [a, b] = [VERSION.exec(one.trim()), VERSION.exec(other.trim())];
    if (a === null || b === null)
        return undefined;
    const [left, right] = [partsOf(a), partsOf(b)];
    for (let part = 0; part < Math.max(left.length, right.length); part++) {
        const difference = (left[part] ?? 0) - (right[part] ?? 0);
        if (difference !== 0)
            return Math.sign(difference);
    }
    return Number(b[2] !== undefined) - Number(a[2] !== undefined);
}
/** True if the version begins with all parts of the other: 15.18 with 15, but not with 1. */
function startsWithVersion(one, other) {
    const [a, b] = [VERSION.exec(one.trim()), VERSION.exec(other.trim())];
    return a !== null && b !== null && partsOf(b).every((part, place) => partsOf(a)[place] === part);
}
const partsOf = ([, digits = '']) => digits.split('.').map(Number);

;// CONCATENATED MODULE: ./build/core/condition.js


const OPERATOR = /^(>=|<=|==|!=|=>|=<|>|<|=)\s*(.*)$/s;
const PATTERN = /^\/(.+)\/([ims]*)$/s;
const UNITS = {
    count: 'a number such as 120000',
    duration: 'a duration such as 200ms or 30s',
    size: 'a size such as 2GB or 512MiB',
    percent: 'a share such as 10%',
    version: 'a version such as 1.2.3'
};
const ALL_UNITS = ['count', 'duration', 'size', 'percent', 'version'];
/**
 * `> 2GB`, `>= 120000`, `< 200ms`, `> 10%`, `>= 1.2.3`, `== ok`, `!= ok`, `/regex/i`; anything else is the text that is
 * expected. `== /text/` expects a text that looks like a pattern. `units` are those that an amount may have here.
 */
function parseCondition(written, units = ALL_UNITS) {
    const text = written.trim();
    const [, operator, operand = ''] = OPERATOR.exec(text) ?? [];
    if (operator !== undefined)
        return withOperator(operator, operand.trim(), written, units);
    const [, source, flags] = PATTERN.exec(text) ?? [];
    return source === undefined
        ? { condition: { kind: 'equal', negated: false, text: written, written } }
        : parsePattern(source, flags ?? '', written);
}
/** The same where only a comparison makes sense: `time: < 200ms`. A bare amount is refused, it would mean exactly that. */
function parseComparison(written, units) {
    const parsed = parseCondition(written, units);
    if ('problem' in parsed || parsed.condition.kind === 'order')
        return parsed;
    return { problem: `expected one of < <= > >= and ${listed(units)}` };
}
function withOperator(operator, operand, written, units) {
    if (operator === '==' || operator === '!=') {
        return { condition: { kind: 'equal', negated: operator === '!=', text: operand, written } };
    }
    if (!isOrder(operator))
        return { problem: `expected one of < <= > >= == != where ${operator} stands` };
    const amount = parseAmount(operand);
    return amount !== undefined && units.includes(amount.unit)
        ? { condition: { kind: 'order', operator, amount, written } }
        : { problem: `expected ${listed(units)} after ${operator}` };
}
function parsePattern(source, flags, written) {
    try {
        return { condition: { kind: 'pattern', pattern: new RegExp(source, `${flags}u`), written } };
    }
    catch {
        // Patterns from the wild often escape what the strict grammar wants bare, as in `\-`.
    }
    try {
        return { condition: { kind: 'pattern', pattern: new RegExp(source, flags), written } };
    }
    catch (cause) {
        return { problem: `expected a regular expression (${String(cause).replace(/^.*: /s, '').toLowerCase()})` };
    }
}
/** `12`, `-1.5`, `2GB`, `200ms`, `10%`, `1.2.3`; undefined for anything else, `1e6` too. */
function parseAmount(written) {
    const text = written.trim();
    if (/^[+-]?\d+(?:\.\d+)?$/.test(text))
        return { value: Number(text), unit: 'count', text };
    if (/^\d+(?:\.\d+)?\s*%$/.test(text))
        return { value: Number.parseFloat(text), unit: 'percent', text };
    const ms = (0,units/* parseDuration */.E9)(text);
    if (ms !== undefined)
        return { value: ms, unit: 'duration', text };
    const bytes = (0,units/* parseSize */.DB)(text);
    if (bytes !== undefined)
        return { value: bytes, unit: 'size', text };
    return isVersion(text) ? { value: Number.NaN, unit: 'version', text } : undefined;
}
/**
 * Whether what was found meets the condition. A number is taken to be in the condition's unit (ms, bytes, percent); a
 * text may carry one. What cannot be compared does not hold: null, a word against a number, seconds against bytes.
 */
function holds(condition, found, match = plainMatch) {
    switch (condition.kind) {
        case 'pattern':
            return found !== null && match(condition.pattern, String(found));
        case 'equal':
            return (found !== null && equals(condition.text, found)) !== condition.negated;
        case 'order': {
            const sign = order(found, condition.amount);
            return sign !== undefined && OPERATORS[condition.operator](sign);
        }
    }
}
/**
 * The same for the version of something: parts are compared as numbers (15.18 is above 15.9), and equal to 15 is every
 * 15.x. What stands behind the digits, as a distribution writes it, does not count.
 */
function holdsVersion(condition, found, match = plainMatch) {
    switch (condition.kind) {
        case 'pattern':
            return match(condition.pattern, found);
        case 'equal':
            return startsWithVersion(found, condition.text) !== condition.negated;
        case 'order': {
            const sign = compareVersions(found, condition.amount.text);
            return sign !== undefined && OPERATORS[condition.operator](sign);
        }
    }
}
const OPERATORS = {
    '>': sign => sign > 0,
    '>=': sign => sign >= 0,
    '<': sign => sign < 0,
    '<=': sign => sign <= 0
};
const isOrder = (operator) => Object.hasOwn(OPERATORS, operator);
// 5 equals 5.0, but a text that only looks like a number, as 007 does, equals itself alone.
const equals = (text, found) => String(found) === text || (typeof found === 'number' && text.trim() !== '' && Number(text) === found);
/** Negative, zero or positive as `found` is below, at or above the amount; undefined when they have no order. */
function order(found, amount) {
    if (found === null || typeof found === 'boolean')
        return undefined;
    if (typeof found === 'number')
        return amount.unit === 'version' ? undefined : sign(found - amount.value);
    const other = parseAmount(found);
    if (amount.unit === 'version' || other?.unit === 'version')
        return orderVersions(found, other, amount);
    if (other === undefined || (other.unit !== 'count' && other.unit !== amount.unit))
        return undefined;
    if (isInteger(other) && isInteger(amount))
        return orderIntegers(BigInt(other.text), BigInt(amount.text));
    return sign(other.value - amount.value);
}
function orderVersions(found, other, amount) {
    const comparable = (unit) => unit === 'version' || unit === 'count';
    return comparable(other?.unit) && comparable(amount.unit) ? compareVersions(found, amount.text) : undefined;
}
// A bigint of a database does not fit a double.
const isInteger = ({ unit, text }) => unit === 'count' && /^-?\d+$/.test(text);
const orderIntegers = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
const sign = (difference) => (Number.isNaN(difference) ? undefined : Math.sign(difference));
const plainMatch = (pattern, text) => pattern.test(text);
const listed = (units) => units.map(unit => UNITS[unit]).join(' or ');


/***/ }),

/***/ 7267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JK: () => (/* binding */ decideObjections),
/* harmony export */   T4: () => (/* binding */ chooseWay),
/* harmony export */   Z1: () => (/* binding */ pooledUrl),
/* harmony export */   dn: () => (/* binding */ onlyBehind)
/* harmony export */ });
/* harmony import */ var _core_units_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5673);
/* harmony import */ var _postgres_extensions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9966);
/* harmony import */ var _postgres_scratch_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1012);
/* harmony import */ var _postgres_source_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1937);
/* harmony import */ var _store_place_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(647);





const SCRATCH_FACTOR = 1.5;
function chooseWay({ client, scratch, atLeast }) {
    if (client !== undefined && scratch !== undefined)
        return { kind: 'dump', client, scratch };
    return { kind: atLeast === 'snapshot' ? 'snapshot' : 'none' };
}
/** Everything that stands in the way, each with its remedy. */
function decideObjections(facts) {
    const way = chooseWay(facts);
    return [
        ...ofConnection(facts),
        ...(way.kind === 'none' ? [noTool(facts)] : []),
        ...(way.kind === 'dump'
            ? [...ofExtensions(facts, way.scratch), ...ofCopy(facts, way.scratch), ...ofDump(facts)]
            : []),
        ...(way.kind === 'snapshot' ? ofSnapshot(facts) : [])
    ];
}
function ofConnection({ name, unreadable, source, ledger }) {
    const found = [];
    if (source.versionNumber < _postgres_source_js__WEBPACK_IMPORTED_MODULE_4__/* .OLDEST */ ._j) {
        found.push({
            reason: 'backup_not_proven',
            message: `${name}: expected PostgreSQL 13 or newer, found ${source.version}`,
            hint: 'Upgrade the server, or back it up with a command of your own (run: …).'
        });
    }
    if (unreadable.length > 0) {
        found.push({
            reason: 'missing_right',
            message: `${name}: the role cannot read all of ${firstOf(unreadable)}`,
            hint: 'Use a superuser, or a role with BYPASSRLS that is a member of pg_read_all_data.'
        });
    }
    return [...found, ...ofLedger(name, source, ledger)];
}
function ofLedger(name, source, ledger) {
    if (ledger === undefined || ledger.databaseOid !== source.databaseOid)
        return [];
    const known = ledger.systemIdentifier !== '' && source.systemIdentifier !== '';
    if (known && ledger.systemIdentifier !== source.systemIdentifier)
        return [];
    const lost = 'restoring it would take the record of the restore with it';
    const message = known
        ? `${name} keeps the ledger too: ${lost}`
        : `${name} may keep the ledger too (both have oid ${source.databaseOid}, and a role may not ask which server it is): ${lost}`;
    const ask = known ? '' : 'Let both roles ask which server it is (GRANT pg_monitor TO …). If it is one: ';
    return [{ reason: 'ledger_inside_database', message, hint: `${ask}Give the ledger a database of its own.` }];
}
/** Asked before everything else, since behind a pooler no other answer can be relied on. */
const pooledUrl = (name) => ({
    reason: 'pooled_url',
    message: `${name}: the URL goes through a pooler that shares sessions, so neither locks nor snapshots hold`,
    hint: 'Use the direct URL of the server (often another port, such as 5432 beside 6543).'
});
/** A snapshot shuts the database while it is made: nothing that is done before anybody has approved. */
const onlyBehind = (name) => ({
    reason: 'no_backup_tool',
    message: `${name} can only be copied on its own server here, with nobody connected; that is left to the job behind the gate`,
    hint: 'To have it proven before the gate, install pg_dump and a server to try the dump on, or name one (scratch: URL).',
    later: true
});
function noTool({ name, client, seen, source, atLeast }) {
    const tools = `expected pg_dump and pg_restore ${source.major} or newer, found ${seen.length === 0 ? 'none' : seen.join(', ')}`;
    const server = `found no server to try the dump on (initdb ${source.major} or newer, docker)`;
    return {
        reason: 'no_backup_tool',
        message: `${name}: ${client === undefined ? tools : server}; a snapshot on the same server is less than \`at-least: ${atLeast}\``,
        hint: `Install postgresql-client-${source.major} and postgresql-${source.major}, or name a server (scratch: URL), or allow it (at-least: snapshot).`
    };
}
function ofExtensions({ name, source, offered }, scratch) {
    const lacking = offered === undefined ? [] : (0,_postgres_extensions_js__WEBPACK_IMPORTED_MODULE_1__/* .lackingExtensions */ .OJ)(source.extensions, offered);
    if (lacking.length === 0)
        return [];
    const { message, hint } = (0,_postgres_scratch_js__WEBPACK_IMPORTED_MODULE_2__/* .lackingOn */ .lI)(scratch, lacking);
    return [{ reason: 'backup_not_proven', message: `${name}: ${message}`, hint }];
}
// A hosted runner is a machine of somebody else's: personal data may only go there if somebody has decided it.
function ofCopy({ name, diskDisappears, copyAllowed }, scratch) {
    if (!diskDisappears || copyAllowed || scratch.kind === 'given')
        return [];
    return [
        {
            reason: 'copy_not_allowed',
            message: `${name}: trying the backup would put a copy of the data on this hosted runner; expected the checklist to allow it, found nothing`,
            hint: `Allow it (databases: ${name}: scratch: runner), name a server of yours (scratch: URL), or use a self-hosted runner.`
        }
    ];
}
function ofDump({ name, source, space, diskDisappears }) {
    const { store, scratch } = space;
    const found = [...(0,_store_place_js__WEBPACK_IMPORTED_MODULE_3__/* .objectionsToStore */ .B)(name, store, diskDisappears)];
    const forScratch = scratch === undefined ? 0 : source.bytes * SCRATCH_FACTOR;
    const shared = scratch?.device === store.device;
    found.push(...tooLittle(name, store, source.bytes + (shared ? forScratch : 0)));
    if (scratch !== undefined && !shared)
        found.push(...tooLittle(name, scratch, forScratch));
    return found;
}
function ofSnapshot({ name, mayClone, prepared }) {
    const found = [];
    if (!mayClone) {
        found.push({
            reason: 'missing_right',
            message: `${name}: the role may not clone the database and end the sessions in it`,
            hint: "Use the database's owner with CREATEDB and membership in pg_signal_backend, or a superuser."
        });
    }
    if (prepared > 0) {
        found.push({
            reason: 'missing_right',
            message: `${name}: ${prepared} prepared transactions hold the database, so that it cannot be cloned`,
            hint: 'Commit or roll back what pg_prepared_xacts shows.'
        });
    }
    return found;
}
function tooLittle(name, { path, bytes }, needed) {
    if (bytes >= needed)
        return [];
    return [
        {
            reason: 'no_space',
            message: `${name}: ${(0,_core_units_js__WEBPACK_IMPORTED_MODULE_0__/* .formatSize */ .Xq)(needed)} are needed at ${path}, ${(0,_core_units_js__WEBPACK_IMPORTED_MODULE_0__/* .formatSize */ .Xq)(bytes)} are free`,
            hint: 'Free some, name another folder (store: …), or a server to try the backup on elsewhere (scratch: URL).'
        }
    ];
}
const firstOf = (names) => names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');


/***/ }),

/***/ 6160:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  expandPatterns: () => (/* reexport */ expandPatterns),
  a: () => (/* binding */ migrateKind)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/core/sql-names.js
var sql_names = __webpack_require__(8527);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
// EXTERNAL MODULE: ./build/database/postgres/catalog.js
var postgres_catalog = __webpack_require__(905);
// EXTERNAL MODULE: ./build/database/postgres/catalog-diff.js
var catalog_diff = __webpack_require__(809);
// EXTERNAL MODULE: ./build/database/postgres/faults.js
var faults = __webpack_require__(9213);
// EXTERNAL MODULE: ./build/core/plan.js
var plan = __webpack_require__(4115);
// EXTERNAL MODULE: ./build/database/postgres/sql-statements.js
var sql_statements = __webpack_require__(9149);
;// CONCATENATED MODULE: ./build/database/postgres/sql-files.js



const NO_TRANSACTION = /^\s*--\s*deploy-checklist:\s*no-transaction\s*$/;
const readSqlFile = (file, sql) => ({
    file,
    sha256: (0,plan/* sha256 */.sc)(sql),
    sql,
    statements: (0,sql_statements/* statementsIn */.WI)(sql),
    transaction: !headOf(sql).some(line => NO_TRANSACTION.test(line))
});
/**
 * What is to be run of these files, which are in their order: those that the ledger does not know. `changed` were
 * applied with another content; `late` would run after a file that stands behind them. `baseline` and what stands before
 * it was applied before there was a ledger.
 */
function planFiles(files, applied, baseline) {
    const pending = (0,sql_names/* pendingOf */.lc)(files, nameOf, applied, baseline);
    const last = files.findLastIndex(({ file }) => applied[file] !== undefined);
    return {
        changed: files.filter(({ file, sha256 }) => applied[file] !== undefined && applied[file] !== sha256).map(nameOf),
        late: pending.filter(each => files.indexOf(each) < last).map(nameOf),
        pending
    };
}
/** The last of these files that is applied, or `none`: the version of a database that SQL files made. */
const versionOf = (files, applied, baseline) => files.findLast(({ file }) => applied[file] !== undefined || (baseline !== undefined && (0,sql_names/* isNamed */.ev)(file, baseline)))
    ?.file ?? 'none';
/** What cannot be run as it stands, each as `file:line:col: what was found, what to do`. */
function problemsOf(file) {
    const at = ({ offset }) => {
        const { line, col } = (0,sql_statements/* placeOf */.$t)(file.sql, offset);
        return `${file.file}:${line}:${col}`;
    };
    if (file.statements.length === 0)
        return [`${file.file}: has no statement`];
    return file.statements.flatMap(statement => {
        const problem = problemWith(statement, file.transaction);
        return problem === undefined ? [] : [`${at(statement)}: ${problem}`];
    });
}
/** Builds or drops an index beside running writes: cannot stand in a transaction, and waits for old snapshots. */
const isConcurrently = (statement) => /^(create (unique )?index|drop index|reindex (\( .* \) )?(index|table|schema|database|system)) concurrently\b/.test((0,sql_statements/* wordsOf */.Z9)(statement, 12)) || /^refresh materialized view concurrently\b/.test((0,sql_statements/* wordsOf */.Z9)(statement, 4));
function problemWith(statement, transaction) {
    const words = (0,sql_statements/* wordsOf */.Z9)(statement, 12);
    if (statement.text.startsWith('\\'))
        return 'a psql command; use "migrate: psql -f …" for such a file';
    if (/^copy .* from stdin\b/.test(words))
        return 'COPY FROM STDIN has no input here; use INSERT, or "migrate: psql -f …"';
    if (/^(begin|start transaction|commit|end|rollback(?! to)|abort|prepare transaction)\b/.test(words)) {
        return transaction
            ? `${words.split(' ')[0]?.toUpperCase()} is not needed: each file runs in a transaction of its own; remove it`
            : 'a file without a transaction runs statement by statement and cannot hold one; split it in two files';
    }
    if (transaction && mustStandAlone(statement)) {
        return 'cannot run in a transaction; give the file the first line "-- deploy-checklist: no-transaction"';
    }
    return undefined;
}
const mustStandAlone = (statement) => (isConcurrently(statement) && !(0,sql_statements/* wordsOf */.Z9)(statement, 1).startsWith('refresh')) ||
    /^(vacuum|alter system|(create|drop) (database|tablespace|subscription))\b/.test((0,sql_statements/* wordsOf */.Z9)(statement, 2));
const nameOf = ({ file }) => file;
// The lines before the first statement: comments and empty ones.
function headOf(sql) {
    const lines = sql.split('\n');
    const first = lines.findIndex(line => !/^\s*(--.*)?$/.test(line));
    return first < 0 ? lines : lines.slice(0, first);
}

;// CONCATENATED MODULE: ./build/database/migrate/apply.js





/** Pauses between tries for a lock, in milliseconds; after the last one it is given up. */
const LOCK_PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000];
/** Runs one file, again and again while a lock is not granted, since then nothing of it has happened. */
const applyFile = (job, bench) => job.sql.transaction ? inTransaction(job, bench) : byStatement(job, bench);
async function inTransaction(job, bench) {
    for (let tries = 0;; tries += 1) {
        const result = await tryTransaction(job, bench);
        if (result.kind !== 'failed' || !(await mayTryAgain(result.error, tries, job, bench)))
            return result;
    }
}
async function tryTransaction({ sql, as }, { connection, limits, note, signal }) {
    let committing = false;
    try {
        await connection.query(`BEGIN; SET LOCAL lock_timeout = ${limits.lockMs}; SET LOCAL statement_timeout = ${limits.statementMs}`);
        await note(trying(as, await transactionOf(connection)));
        for (const statement of sql.statements)
            await run(statement, sql, connection, signal);
        committing = true;
        await connection.query('COMMIT');
    }
    catch (error) {
        if (!isServers(error)) {
            // Nothing of it is there unless the server was about to commit; the end of the connection rolls it back.
            if (committing)
                return { kind: 'doubt', error };
            throw error;
        }
        // The server has spoken: whatever it said, the transaction is not there, not even when it said so at COMMIT.
        if (!signal.aborted) {
            await connection.query('ROLLBACK');
            await note(undone(as));
        }
        return failure(error, sql, 0);
    }
    await note(done(as));
    return { kind: 'applied' };
}
async function byStatement({ sql, as, from }, bench) {
    const { connection, note, limits, signal } = bench;
    for (const [index, statement] of sql.statements.entries()) {
        if (index < from)
            continue;
        const marks = { ...as, index, pid: connection.pid };
        await note({ note: 'statement', ...marks });
        for (let tries = 0;; tries += 1) {
            try {
                // Building an index beside running writes waits for old transactions, which a lock_timeout would cut off in the
                // middle and leave an INVALID index.
                const lockMs = isConcurrently(statement) ? 0 : limits.lockMs;
                await connection.query(`SET lock_timeout = ${lockMs}; SET statement_timeout = ${limits.statementMs}`);
                await run(statement, sql, connection, signal);
                break;
            }
            catch (error) {
                if (!isServers(error))
                    return { kind: 'doubt', error };
                if (isConcurrently(statement) || !(await mayTryAgain(error, tries, { sql, as, from }, bench))) {
                    await note(undone(as));
                    return failure(error, sql, index);
                }
            }
        }
        await note({ note: 'statement-done', ...marks });
    }
    await note(done(as));
    return { kind: 'applied' };
}
async function run(statement, sql, connection, signal) {
    signal.throwIfAborted();
    try {
        await connection.query(statement.text);
    }
    catch (error) {
        throw isServers(error) ? new StatementError(sql, statement, error) : error;
    }
}
async function transactionOf(connection) {
    const { rows } = await connection.query('SELECT txid_current()::text, pg_postmaster_start_time()::text');
    const [xid, serverStartedAt] = rows[0] ?? [];
    return { xid: xid ?? '', serverStartedAt: serverStartedAt ?? '', pid: connection.pid };
}
async function mayTryAgain(error, tries, { as }, { clock, signal, say, limits }) {
    const pause = LOCK_PAUSES_MS[tries];
    if ((0,faults/* sqlStateOf */.v9)(error) !== '55P03' || pause === undefined || signal.aborted)
        return false;
    const waited = limits.lockMs === 0 ? '' : ` within ${(0,units/* formatDuration */.a3)(limits.lockMs)}`;
    say(`${as.file}: a lock was not granted${waited}; trying again in ${(0,units/* formatDuration */.a3)(pause)}`);
    await clock.sleep(pause, signal);
    return !signal.aborted;
}
function failure(error, sql, through) {
    const hint = (0,faults/* sqlStateOf */.v9)(error) === '55P03'
        ? 'Find out who holds the lock (pg_stat_activity), or migrate at a quieter time.'
        : 'Correct the file, or the data that it stumbles over, and run again.';
    const kept = sql.transaction || through === 0 ? '' : `; ${through} of its ${sql.statements.length} statements went through`;
    return { kind: 'failed', through, detail: `${(0,errors/* messageOf */.bD)(error)}${kept}`, hint, error };
}
const trying = (as, attempt) => ({
    note: 'trying',
    ...as,
    ...attempt
});
const done = (as) => ({ note: 'done', ...as });
const undone = (as) => ({ note: 'undone', ...as });
// With a SQLSTATE and not about the connection: those come translated.
const isServers = (error) => error instanceof Error && error.name !== 'ChecklistError' && (0,faults/* sqlStateOf */.v9)(error) !== undefined;
/** `001.sql:3:14: what the server said (SQLSTATE 42703)`; the server's own error is its cause. */
class StatementError extends Error {
    constructor(sql, statement, cause) {
        const position = Number(cause instanceof Error && 'position' in cause ? cause.position : 0);
        const offset = statement.offset + (position > 0 ? (0,sql_statements/* offsetOf */.b4)(statement.text, position) : 0);
        const { line, col } = (0,sql_statements/* placeOf */.$t)(sql.sql, offset);
        super(`${sql.file}:${line}:${col}: ${(0,errors/* messageOf */.bD)(cause)} (SQLSTATE ${(0,faults/* sqlStateOf */.v9)(cause)})`, { cause });
    }
}

// EXTERNAL MODULE: ./build/core/interpolate.js
var interpolate = __webpack_require__(7393);
// EXTERNAL MODULE: ./build/database/postgres/client.js + 1 modules
var client = __webpack_require__(9004);
;// CONCATENATED MODULE: ./build/database/migrate/database.js



/** The one that `in` names, or the only one there is. */
function databaseOf({ item, execution, names }) {
    const known = Object.keys(execution.databases);
    const name = item.in ?? (known.length === 1 ? known[0] : undefined);
    const plan = name === undefined ? undefined : execution.databases[name];
    if (name === undefined || plan === undefined) {
        const found = known.length === 0 ? 'none is declared' : `there are ${known.join(', ')}`;
        throw (0,errors/* refused */.J5)('usage', `expected the database of ${item.id}, and ${found}`, 'Name it with `in`, under `databases`.');
    }
    const url = (0,interpolate/* interpolate */.GW)(plan.url, names);
    if ('text' in url)
        return { name, url: url.text };
    const missing = url.missing.join(', ');
    throw (0,errors/* refused */.J5)('missing_value', `the URL of ${name} needs ${missing}`, `Set ${missing} where this stage runs.`);
}
/** How the server shows the sessions in which an execution migrates, so that a later process finds what is left of them. */
const workSession = (execution) => `deploy-checklist migrate ${execution}`.slice(0, 63);
/** A connection with a name of its own, which the server gives up soon after our end of it is gone. */
const withSession = ({ url }, { session, signal }, work) => (0,client/* withClient */.S)(url, { signal }, async (connection) => {
    await prepare(connection, session);
    return await work(connection);
});
/** Forgets what a file has set (search_path, role …), so that the next one begins as it would in a process of its own. */
async function renewSession(connection, session) {
    await connection.query('DISCARD ALL');
    await prepare(connection, session);
}
async function prepare({ query }, session) {
    await query("SELECT set_config('application_name', $1, false)", [session]);
    await query(`SELECT set_config(name, '1s', false) FROM pg_settings
    WHERE name = 'client_connection_check_interval' AND current_setting('server_version_num')::int >= 140000`);
}
/** Sessions of that name in this database, but for the asking one. */
async function livingSessions(connection, session) {
    const { rows } = await connection.query(`SELECT pid FROM pg_stat_activity
     WHERE application_name = $1 AND datname = current_database() AND pid <> pg_backend_pid()`, [session]);
    return rows.map(([pid]) => Number(pid));
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./build/database/migrate/notes.js


/** Notes as the journal gives them back; what is none of ours is left out. */
const readNotes = (notes) => notes.flatMap(note => {
    const read = readNote(note);
    return read === undefined ? [] : [read];
});
const beginOf = (notes) => notes.find(each => each.note === 'begin');
/** A catalogue small enough for the journal: a tenth of its text, without line ends. */
const packCatalog = (catalog) => (0,external_node_zlib_.gzipSync)(JSON.stringify(catalog)).toString('base64');
const unpackCatalog = (packed) => (0,catalog_diff/* readCatalog */.uM)(JSON.parse((0,external_node_zlib_.gunzipSync)(Buffer.from(packed, 'base64')).toString()));
function progressOf(notes) {
    const applied = {};
    const statements = {};
    let doubt;
    for (const each of notes) {
        if (each.note === 'begin')
            continue;
        doubt = doubtOf(each);
        if (each.note === 'done')
            applied[each.file] = each.sha256;
        if (each.note === 'statement-done')
            statements[each.file] = each.index + 1;
    }
    return { applied, statements, doubt };
}
function doubtOf(note) {
    if (note.note === 'trying')
        return { ...note, kind: 'transaction' };
    return note.note === 'statement' ? { ...note, kind: 'statement' } : undefined;
}
function readNote(raw) {
    const text = (key) => textOf(raw[key]);
    const number = (key) => Number(raw[key]);
    const [file, sha256] = [text('file'), text('sha256')];
    switch (raw['note']) {
        case 'begin':
            return { note: 'begin', before: text('before'), catalog: text('catalog'), session: text('session') };
        case 'trying':
            return {
                note: 'trying',
                file,
                sha256,
                xid: text('xid'),
                pid: number('pid'),
                serverStartedAt: text('serverStartedAt')
            };
        case 'done':
        case 'undone':
            return { note: raw['note'], file, sha256 };
        case 'statement':
        case 'statement-done':
            return { note: raw['note'], file, sha256, index: number('index'), pid: number('pid') };
        default:
            return undefined;
    }
}
const textOf = (value) => (typeof value === 'string' ? value : '');

;// CONCATENATED MODULE: ./build/database/migrate/record.js


/** What the journal keeps. It moved if a file was applied, or the version or the catalogue is another one. */
function recordOf({ database, before, after, applied, downs = {} }) {
    const moved = applied.length > 0 ||
        before.version !== after.version ||
        (0,catalog_diff/* digestOfCatalog */.ve)(before.catalog) !== (0,catalog_diff/* digestOfCatalog */.ve)(after.catalog);
    const known = applied.flatMap(({ file }) => (downs[file] === undefined ? [] : [[file, downs[file].sha256]]));
    const catalog = { ...(0,catalog_diff/* recordCatalogs */.EB)(before.catalog, after.catalog), downs: Object.fromEntries(known) };
    return { database, before: before.version, after: after.version, moved, applied, catalog };
}
/** What an earlier process noted before it began; undefined when it never came so far. */
function standingBefore(notes) {
    const begin = beginOf(notes);
    return begin === undefined ? undefined : { version: begin.before, catalog: unpackCatalog(begin.catalog) };
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(2311);
// EXTERNAL MODULE: ./build/core/condition.js + 1 modules
var condition = __webpack_require__(5057);
;// CONCATENATED MODULE: ./build/database/migrate/spec.js




const spec_text = (expected) => schemas/* string */.YjP(`expected ${expected}`).min(1, `expected ${expected}, found nothing`);
const some = (expected) => {
    const one = spec_text(expected);
    return schemas/* union */.KCZ([one, schemas/* array */.YOg(one).min(1)], `expected ${expected}, or a list of them`);
};
const limit = (example) => spec_text(`a time such as ${example}, or none`).refine(value => value === 'none' || (0,interpolate/* namesIn */.wX)(value).length > 0 || (0,units/* parseDuration */.E9)(value) !== undefined, `expected a time such as ${example}, or none`);
const version = spec_text('a version').refine(value => (0,interpolate/* namesIn */.wX)(value).length > 0 || 'condition' in (0,condition/* parseCondition */.zB)(value), 'expected a version, or a condition such as /^2/');
const sqlFiles = schemas/* strictObject */.rej({
    sql: some('a folder such as migrations/, or a file such as migrations/001.sql').describe('SQL files: a folder (`migrations/`), a pattern (`migrations/*.sql`) or a list; run in the order of their numbers, each in a transaction of its own unless its first line is `-- deploy-checklist: no-transaction`. `001_users.down.sql` takes back `001_users.sql`.'),
    baseline: spec_text('a file name')
        .optional()
        .describe('The last file that the database had before this tool looked after it; it and those before it are not run.')
});
/** Keys of `migrate` beside the common ones; `undo` is common: shell text that sees SCHEMA_BEFORE and SCHEMA_AFTER. */
const migrateShape = schemas/* strictObject */.rej({
    migrate: schemas/* union */.KCZ([spec_text('a command'), sqlFiles], 'expected a command, or SQL files as in {sql: migrations/}')
        .describe('A command that migrates the database, or the SQL files that do.'),
    version: spec_text('a command')
        .optional()
        .describe('Command that prints the version of the schema; asked before and after. Unchanged means nothing to undo. Without it, the catalogue is compared, and of SQL files the last one applied is the version.'),
    expect: schemas/* strictObject */.rej({
        tables: schemas/* array */.YOg(spec_text('a table')).min(1).optional().describe('Tables or views that must be there.'),
        columns: schemas/* array */.YOg(spec_text('table.column')).min(1).optional().describe('Columns that must be there, as table.column.'),
        version: version.optional().describe('What `version` must print afterwards.')
    })
        .refine(expect => Object.keys(expect).length > 0, 'expected tables, columns or version')
        .optional()
        .describe('What the schema must have afterwards; else the migration failed.'),
    'lock-timeout': limit('2s')
        .default('2s')
        .describe('How long a statement may wait for a lock while others wait behind it; then it gives way and is tried again. `none` for a command that builds indexes concurrently; such statements of SQL files wait without it anyway.'),
    'statement-timeout': limit('5m').default('none').describe('How long one statement may run.')
});
/** Milliseconds; 0 is the server's word for no limit. */
const limitMs = (limit) => (limit === 'none' ? 0 : ((0,units/* parseDuration */.E9)(limit) ?? 0));
/** Paths and patterns of a spec, as they are written; none for a command. */
const patternsOf = ({ migrate }) => typeof migrate === 'string' ? [] : typeof migrate.sql === 'string' ? [migrate.sql] : migrate.sql;

;// CONCATENATED MODULE: ./build/database/migrate/task.js

const isOfFiles = (task) => typeof task.spec.migrate !== 'string';
const isOfCommand = (task) => typeof task.spec.migrate === 'string';
const limitsOf = (spec) => ({
    lockMs: limitMs(spec['lock-timeout']),
    statementMs: limitMs(spec['statement-timeout'])
});
const failed = (detail, hint) => ({
    outcome: 'fail',
    detail,
    hint,
    reason: 'migration_failed'
});
/** Nobody knows now, but the notes say how far it came: the probe of a later process finds out. */
const inDoubt = (detail, hint) => ({
    outcome: 'unknown',
    detail,
    hint: `${hint} Then resume: the server is asked what became of it.`,
    reason: 'unknown_effect'
});

;// CONCATENATED MODULE: ./build/database/migrate/verify.js

/** What is wrong with the schema after a migration, one text for each thing; empty when it is as expected. */
async function verifySchema(connection, { expect }, { invalidBefore, version }) {
    const invalid = (await invalidIndexes(connection)).filter(name => !invalidBefore.includes(name));
    const missing = [
        ...(await missingTables(connection, expect?.tables ?? [])),
        ...(await missingColumns(connection, expect?.columns ?? []))
    ];
    const moved = expect?.version === undefined || isExpected(expect.version, version);
    return [
        ...invalid.map(name => `index ${name} is INVALID: drop it (DROP INDEX CONCURRENTLY ${name}) and build it again`),
        ...missing.map(name => `${name} is not there`),
        ...(moved ? [] : [`expected version ${expect?.version}, found ${version === '' ? 'none' : version}`])
    ];
}
/** That text, or a condition such as `/^2/`, whose form the shape has checked. */
function isExpected(expected, version) {
    const parsed = (0,condition/* parseCondition */.zB)(expected);
    return 'condition' in parsed && (0,condition/* holds */.v9)(parsed.condition, version);
}
/** What a failed migration leaves behind, of all that `verifySchema` finds. */
const isInvalid = (problem) => problem.includes(' is INVALID: ');
/** Indexes that a failed or running CREATE INDEX CONCURRENTLY left, which slow writes and serve nobody. */
async function invalidIndexes(connection) {
    const { rows } = await connection.query(`SELECT format('%I.%I', nspname, relname) FROM pg_index JOIN pg_class c ON c.oid = indexrelid
     JOIN pg_namespace n ON n.oid = relnamespace
     WHERE NOT indisvalid AND relkind = 'i' AND nspname !~ '^pg_toast' ORDER BY 1`);
    return rows.map(([name]) => name ?? '');
}
/** The same, of a catalogue that was noted. */
const invalidIn = (catalog) => Object.entries(catalog).flatMap(([name, { def }]) => name.startsWith('index ') && def.endsWith(' invalid') ? [name.slice('index '.length)] : []);
async function missingTables(connection, tables) {
    const { rows } = await connection.query('SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NULL', [arrayOf(tables)]);
    return rows.map(([name]) => `table ${name}`);
}
async function missingColumns(connection, columns) {
    const { rows } = await connection.query(`SELECT name FROM unnest($1::text[]) AS name WHERE NOT EXISTS (
       SELECT FROM pg_attribute WHERE attrelid = to_regclass(substring(name from '^(.*)\\.')) AND NOT attisdropped
         AND attname = btrim(substring(name from '([^.]*)$'), '"'))`, [arrayOf(columns)]);
    return rows.map(([name]) => `column ${name}`);
}
const arrayOf = (texts) => `{${texts.map(text => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;

;// CONCATENATED MODULE: ./build/database/migrate/command.js










// As libpq, psycopg, SQLAlchemy, Rails, node-postgres and Prisma say that a lock was not granted in time.
const NO_LOCK = /55P03|lock timeout|LockNotAvailable|lock_not_available|LockWaitTimeout/i;
const VERSION_MS = 60_000;
/** Runs the command, again while a lock is not granted and nothing has moved, and looks at what it did. */
async function runCommand(task) {
    const before = await standingOf(task);
    const invalidBefore = await look(task, invalidIndexes);
    await task.context.note({
        note: 'begin',
        before: before.version,
        catalog: packCatalog(before.catalog),
        session: workSession(task.context.execution.id)
    });
    for (let tries = 0;; tries += 1) {
        const exit = await runText(task, task.spec.migrate, {});
        if (wasCutOff(exit))
            return inDoubt(saysOf(exit), 'Find out what it waited for.');
        const after = await standingAfter(task);
        if (after instanceof errors/* ChecklistError */.vm)
            return inDoubt(`${saysOf(exit)}, and ${after.message}`, after.hint);
        const pause = LOCK_PAUSES_MS[tries];
        if (pause === undefined || !command_mayTryAgain(task, exit, before, after)) {
            return await judge(task, { before, after, invalidBefore }, exit);
        }
        task.context.say(`a lock was not granted and nothing has moved; trying again in ${(0,units/* formatDuration */.a3)(pause)}`);
        await task.ports.clock.sleep(pause, task.context.signal);
    }
}
/** Repeated only when both the version and the catalogue say that nothing of it stayed. */
const command_mayTryAgain = ({ spec, context }, exit, before, after) => exit.code !== 0 &&
    spec.version !== undefined &&
    !context.signal.aborted &&
    NO_LOCK.test(`${exit.stdout}\n${exit.stderr}`) &&
    isSame(before, after);
const isSame = (a, b) => a.version === b.version && (0,catalog_diff/* digestOfCatalog */.ve)(a.catalog) === (0,catalog_diff/* digestOfCatalog */.ve)(b.catalog);
/** What is there now; without an exit, of a command that took effect before its process died. */
async function judge(task, { before, after, invalidBefore }, exit) {
    const { spec, database } = task;
    const migration = recordOf({ database: database.name, before, after, applied: [] });
    const version = after.version;
    const wrong = await look(task, connection => verifySchema(connection, spec, { invalidBefore, version }));
    const moved = movement(task, before, after);
    if (exit !== undefined && exit.code !== 0) {
        const detail = [`${saysOf(exit)}; ${moved}`, ...wrong.filter(isInvalid)].join('; ');
        return { ...failed(detail, 'Its output above says why.'), migration };
    }
    if (wrong.length > 0)
        return { ...failed(wrong.join('; '), 'Correct the migration, or what it expects.'), migration };
    return { outcome: 'pass', detail: moved, migration };
}
function movement({ spec }, before, after) {
    const [from, to] = [before.version || 'none', after.version || 'none'];
    if (before.version !== after.version)
        return `the version moved from ${from} to ${to}`;
    if (!isSame(before, after))
        return 'the schema changed';
    return spec.version === undefined
        ? 'the schema is the same; without `version`, changed rows go unnoticed'
        : `still at ${to}`;
}
/** Runs shell text with the names of the checklist, and with limits for whatever reaches the database through libpq. */
function runText({ context, spec, ports }, text, names) {
    const { lockMs, statementMs } = limitsOf(spec);
    const given = context.names['PGOPTIONS'] ?? ports.env['PGOPTIONS'];
    const limits = [`-c lock_timeout=${lockMs}`, ...(statementMs === 0 ? [] : [`-c statement_timeout=${statementMs}`])];
    const options = [...(given === undefined ? [] : [given]), ...limits].join(' ');
    const session = { PGOPTIONS: options, PGAPPNAME: workSession(context.execution.id) };
    return ports.shell.run({
        what: { text, shell: 'sh' },
        env: { ...ports.env, ...context.names, ...session, ...names },
        folder: context.execution.folder,
        timeoutMs: context.timeoutMs,
        signal: context.signal,
        onAbort: 'interrupt',
        onLine: line => context.say(line)
    });
}
/** Version and catalogue as they are now. */
async function standingOf(task) {
    return { version: await readVersion(task), catalog: await look(task, postgres_catalog/* queryCatalog */.il) };
}
async function standingAfter(task) {
    try {
        return await standingOf(task);
    }
    catch (error) {
        if (error instanceof errors/* ChecklistError */.vm)
            return error;
        throw error;
    }
}
const look = ({ database, context }, ask) => withSession(database, { session: 'deploy-checklist', signal: context.signal }, ask);
/**
 * What `version` prints, its lines joined by a space, without Alembic's ` (head)`, which `downgrade` would not take.
 * Empty when there is no such command; a database that was never migrated may print nothing, too.
 */
async function readVersion(task) {
    const { spec, context, ports } = task;
    if (spec.version === undefined)
        return '';
    const exit = await ports.shell.run({
        what: { text: spec.version, shell: 'sh' },
        env: { ...ports.env, ...context.names },
        folder: context.execution.folder,
        timeoutMs: VERSION_MS,
        signal: context.signal,
        onAbort: 'end'
    });
    if (exit.kind !== 'exited' || exit.code !== 0)
        throw noVersion(spec.version, exit);
    const lines = exit.stdout.split('\n').map(line => line.trim().replace(/ \(head\)$/, ''));
    return lines.filter(line => line !== '').join(' ');
}
function noVersion(text, exit) {
    const last = exit.stderr.trim().split('\n').at(-1) ?? '';
    const message = `the version command (${text}) ${exit.kind === 'timed-out' ? 'did not end' : `ended with ${exit.code}`}${last === '' ? '' : `: ${last}`}`;
    const hint = 'It must print the version of the schema and end with 0, wherever this stage runs.';
    return new errors/* ChecklistError */.vm('FAILED', 'migration_failed', { message, hint });
}
// It did not end by itself, so nobody knows how far it came.
const wasCutOff = (exit) => exit.kind !== 'exited' && !(exit.byItself && exit.code === 0);
const saysOf = (exit) => exit.kind === 'exited'
    ? `the command ended with ${exit.code}`
    : exit.kind === 'timed-out'
        ? `the command did not end within ${(0,units/* formatDuration */.a3)(exit.durationMs)}`
        : 'the command was cut off by a cancel';

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./build/database/migrate/listing.js





/**
 * Paths relative to `folder` that these patterns stand for: a folder means every .sql file right in it, `*` any part of
 * a file's name, and any other path itself, whether it is there or not. Sorted by number within each pattern.
 */
async function expandPatterns(folder, patterns) {
    const found = await Promise.all(patterns.map(pattern => expand(folder, pattern)));
    return [...new Set(found.flat())];
}
/** All files of the patterns, with their down files, which are never run forward. */
async function listMigrations(folder, patterns) {
    const paths = (await expandPatterns(folder, patterns)).filter(path => !(0,sql_names/* isDown */.Pj)(path));
    if (paths.length === 0) {
        const hint = 'Correct the path under `migrate`; it is relative to the folder that the tool runs in.';
        throw (0,errors/* refused */.J5)('usage', `expected SQL files in ${patterns.join(', ')}, found none`, hint);
    }
    const files = await Promise.all(paths.map(path => read(folder, path)));
    const downs = await Promise.all(paths.map(path => readDown(folder, path)));
    return { files, downs: Object.fromEntries(downs.flat()) };
}
async function expand(folder, pattern) {
    const path = external_node_path_.posix.normalize(pattern);
    if (path.startsWith('../') || external_node_path_.posix.isAbsolute(path)) {
        const hint = 'Name files of the repository, relative to its folder, so that they are part of what is deployed.';
        throw (0,errors/* refused */.J5)('usage', `expected a path inside the repository, found ${pattern}`, hint);
    }
    if (await isFolder((0,external_node_path_.join)(folder, path)))
        return await matching(folder, path, /\.sql$/);
    if (path.endsWith('/'))
        return [];
    const name = external_node_path_.posix.basename(path);
    if (!name.includes('*'))
        return [path];
    return await matching(folder, external_node_path_.posix.dirname(path), (0,sql_names/* namesLike */.kF)(name));
}
async function matching(folder, path, name) {
    const entries = await (0,promises_.readdir)((0,external_node_path_.join)(folder, path), { withFileTypes: true }).catch(() => []);
    const names = entries.filter(entry => !entry.isDirectory() && name.test(entry.name)).map(entry => entry.name);
    return names.map(each => external_node_path_.posix.join(path, each)).sort(sql_names/* compareNames */.MP);
}
const isFolder = (path) => (0,promises_.stat)(path).then(found => found.isDirectory(), () => false);
async function read(folder, path) {
    try {
        return readSqlFile(path, await (0,promises_.readFile)((0,external_node_path_.join)(folder, path), 'utf8'));
    }
    catch (error) {
        throw (0,errors/* refused */.J5)('usage', `expected the SQL file ${path}, and it cannot be read`, 'Correct the path.', error);
    }
}
async function readDown(folder, path) {
    const down = (0,sql_names/* downOf */.eU)(path);
    const sql = await (0,promises_.readFile)((0,external_node_path_.join)(folder, down), 'utf8').catch(() => undefined);
    return sql === undefined ? [] : [[path, readSqlFile(down, sql)]];
}

;// CONCATENATED MODULE: ./build/database/migrate/settle.js


const LOOK_AGAIN_MS = 200;
const LOOKS = 100;
/**
 * Ends what still lives of a dead process's sessions and waits until they are gone, so that what is found afterwards
 * stays so. False if they do not go.
 */
async function endSessions(connection, session, clock) {
    for (let look = 0; look < LOOKS; look += 1) {
        const pids = await livingSessions(connection, session);
        if (pids.length === 0)
            return true;
        await connection.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [`{${pids.join(',')}}`]);
        await clock.sleep(LOOK_AGAIN_MS);
    }
    return false;
}
/** Asks the server what became of the transaction that a dead process left, without guessing. */
async function settleDoubt(connection, doubt) {
    if (doubt.kind === 'statement') {
        return unknown(`statement ${doubt.index + 1} of ${doubt.file}, which has no transaction, was running`);
    }
    const { rows } = await connection.query('SELECT txid_status($1::bigint), pg_postmaster_start_time()::text', [
        doubt.xid
    ]);
    const [status, serverStartedAt] = rows[0] ?? [];
    if (status === 'aborted')
        return { kind: 'undone' };
    if (status === 'in progress')
        return unknown(`the transaction of ${doubt.file} is still open`);
    if (status !== 'committed')
        return unknown(`the server has forgotten the transaction of ${doubt.file}`);
    // A server that crashed may give the same number again, to a transaction that is none of ours.
    if (serverStartedAt === doubt.serverStartedAt)
        return { kind: 'done' };
    return unknown(`the server was restarted while ${doubt.file} was being committed`);
}
/** The notes with their doubt resolved, or why it cannot be. */
async function settleNotes(connection, notes) {
    const progress = progressOf(notes);
    if (progress.doubt === undefined)
        return { progress, unknown: undefined };
    const settled = await settleDoubt(connection, progress.doubt);
    if (settled.kind === 'unknown')
        return { progress, unknown: settled.why };
    const { file, sha256 } = progress.doubt;
    const applied = settled.kind === 'done' ? { ...progress.applied, [file]: sha256 } : progress.applied;
    return { progress: { ...progress, applied, doubt: undefined }, unknown: undefined };
}
const unknown = (why) => ({ kind: 'unknown', why });

;// CONCATENATED MODULE: ./build/database/migrate/files.js












/**
 * Applies the files that are not applied yet, also on from where an earlier process died. What went through is in the
 * finding, whatever came after it; what nobody can tell is `unknown`, and the notes are there for the probe.
 */
async function runFiles(task) {
    const { context, database, spec } = task;
    const listing = await listMigrations(context.execution.folder, patternsOf(spec));
    const problems = listing.files.flatMap(problemsOf);
    if (problems.length > 0)
        return failed(problems.join('; '), 'Correct the files.');
    const reached = { begun: false, applied: new Map() };
    try {
        const session = { session: workSession(context.execution.id), signal: context.signal };
        const end = await withSession(database, session, connection => applyAll(connection, task, listing, reached));
        if (end.course === undefined)
            return end.stopped;
        if (end.stopped?.outcome === 'unknown')
            return end.stopped;
        return await conclude(task, listing, end.course, end.stopped);
    }
    catch (error) {
        if (!(error instanceof errors/* ChecklistError */.vm) || !reached.begun)
            throw error;
        return inDoubt(error.message, error.hint);
    }
}
async function applyAll(connection, task, listing, reached) {
    const { context, database, spec, ports } = task;
    const notes = readNotes(context.notes);
    await endSessions(connection, workSession(context.execution.id), ports.clock);
    // Who runs this again has asked the probe or a person; what neither could tell counts as not applied.
    const { progress } = await settleNotes(connection, notes);
    const known = { ...context.execution.applied[database.name], ...progress.applied };
    const plan = planFiles(listing.files, known, spec.migrate.baseline);
    if (plan.changed.length > 0)
        return { course: undefined, stopped: changed(plan.changed) };
    const before = standingBefore(notes) ?? (await begin(connection, task, listing));
    reached.begun = true;
    const invalidBefore = await invalidIndexes(connection);
    for (const [file, sha256] of Object.entries(progress.applied))
        reached.applied.set(file, sha256);
    const course = () => ({ before, invalidBefore, applied: Object.fromEntries(reached.applied) });
    for (const file of plan.late)
        context.say(`${file} stands before files that are applied; it runs after them`);
    for (const [index, file] of plan.pending.entries()) {
        context.progress({ what: file.file, done: index, total: plan.pending.length, unit: 'items' });
        const result = await applyOne(file, progress.statements[file.file] ?? 0, connection, task);
        if (result.kind !== 'applied')
            return { course: course(), stopped: stoppedAt(file, result) };
        reached.applied.set(file.file, file.sha256);
    }
    return { course: course(), stopped: undefined };
}
async function begin(connection, task, { files }) {
    const { context, database, spec } = task;
    const version = versionOf(files, context.execution.applied[database.name] ?? {}, spec.migrate.baseline);
    const catalog = await (0,postgres_catalog/* queryCatalog */.il)(connection);
    const session = workSession(context.execution.id);
    await context.note({ note: 'begin', before: version, catalog: packCatalog(catalog), session });
    return { version, catalog };
}
async function applyOne(file, from, connection, { context, spec, ports }) {
    const { signal, say, note } = context;
    say(`${file.file}${file.transaction ? '' : ' (without a transaction)'}`);
    await renewSession(connection, workSession(context.execution.id));
    const as = { file: file.file, sha256: file.sha256 };
    return await applyFile({ sql: file, as, from }, { connection, limits: limitsOf(spec), clock: ports.clock, signal, say, note });
}
/** Looks at what there is now, with a connection of its own: the other one may be what broke. */
async function conclude(task, listing, course, stopped) {
    const { database, context } = task;
    const session = { session: workSession(context.execution.id), signal: context.signal };
    return await withSession(database, session, connection => files_judge(connection, task, listing, course, stopped));
}
/** The finding of what is there now: the record of the migration, and what is wrong with the schema. */
async function files_judge(connection, { context, database, spec }, { files, downs }, { before, invalidBefore, applied: reached }, stopped) {
    const known = { ...context.execution.applied[database.name], ...reached };
    const version = versionOf(files, known, spec.migrate.baseline);
    const after = { version, catalog: await (0,postgres_catalog/* queryCatalog */.il)(connection) };
    const applied = Object.entries(reached).map(([file, sha256]) => ({ file, sha256 }));
    const migration = recordOf({ database: database.name, before, after, applied, downs });
    const names = applied.map(({ file }) => file).join(', ');
    const wrong = await verifySchema(connection, spec, { invalidBefore, version });
    if (stopped !== undefined) {
        const before = applied.length === 0 ? [] : [`applied before it: ${names}`];
        const detail = [stopped.detail, ...before, ...wrong.filter(isInvalid)].join('; ');
        return { ...stopped, detail, migration };
    }
    if (wrong.length > 0)
        return { ...failed(wrong.join('; '), 'Correct the migration, or what it expects.'), migration };
    const detail = applied.length === 0 ? `nothing new, at ${version}` : `applied ${names}`;
    return { outcome: 'pass', detail, migration };
}
function stoppedAt(file, result) {
    if (result.kind === 'failed')
        return failed(result.detail, result.hint);
    const why = (0,errors/* messageOf */.bD)(result.error);
    return inDoubt(`${file.file}: the connection broke while the server was working (${why})`, 'Bring the server back.');
}
const changed = (files) => ({
    outcome: 'fail',
    detail: `applied files have another content now: ${files.join(', ')}`,
    hint: 'Put the old content back, and write what you want to change into a new file.',
    reason: 'migration_changed'
});

;// CONCATENATED MODULE: ./build/database/migrate/probe.js











/**
 * What became of a migration whose process died. What still lives of it on the server is ended first, so that the answer
 * stays true. Of files it is exact, by the id of the transaction; of a command it is known only that nothing has moved,
 * or that exactly what was expected is there.
 */
async function probeMigration(task) {
    // The first note is durable before the first statement.
    if (readNotes(task.context.notes).length === 0)
        return { took: 'no-effect', detail: 'it had not begun' };
    const probe = await onceQuiet(task, async (connection) => {
        if (isOfFiles(task))
            return await probeFiles(connection, task);
        return isOfCommand(task) ? await probeCommand(task) : probe_unknown('');
    });
    return probe ?? probe_unknown(NOT_QUIET);
}
/** Looks when no session of the dead process is left on the server; undefined if one does not end. */
async function onceQuiet({ context, database, ports }, look) {
    const session = beginOf(readNotes(context.notes))?.session ?? workSession(context.execution.id);
    return await withSession(database, { session: 'deploy-checklist', signal: context.signal }, async (connection) => (await endSessions(connection, session, ports.clock)) ? await look(connection) : undefined);
}
const NOT_QUIET = 'its session on the server does not end';
async function probeFiles(connection, task) {
    const { context, database, spec } = task;
    const notes = readNotes(context.notes);
    const { progress, unknown: why } = await settleNotes(connection, notes);
    if (why !== undefined)
        return probe_unknown(why);
    const before = standingBefore(notes);
    const files = Object.keys(progress.applied);
    if (before === undefined || files.length === 0)
        return { took: 'no-effect', detail: 'no file was applied' };
    const listing = await listMigrations(context.execution.folder, patternsOf(spec));
    const known = { ...context.execution.applied[database.name], ...progress.applied };
    const { pending } = planFiles(listing.files, known, spec.migrate.baseline);
    const course = { before, invalidBefore: invalidIn(before.catalog), applied: progress.applied };
    const finding = await files_judge(connection, task, listing, course);
    const took = pending.length === 0 ? 'effect' : 'no-effect';
    return { took, detail: `${files.length} applied, ${pending.length} still to come`, finding };
}
async function probeCommand(task) {
    const { context, spec } = task;
    const before = standingBefore(readNotes(context.notes));
    if (before === undefined)
        return probe_unknown('its notes cannot be read');
    const after = await standingOf(task);
    if (isSame(before, after)) {
        // Without a version, rows may have changed unseen.
        return spec.version === undefined
            ? probe_unknown('the schema is as it was before; whether rows changed cannot be told without `version`')
            : { took: 'no-effect', detail: `still at ${after.version || 'none'}` };
    }
    if (spec.version === undefined || after.version !== spec.expect?.version) {
        return probe_unknown(`the schema moved (${before.version || 'none'} to ${after.version || 'none'}), and nobody knows whether all of it is there`);
    }
    const finding = await judge(task, { before, after, invalidBefore: invalidIn(before.catalog) });
    return { took: 'effect', detail: `the version is the expected one, ${after.version}`, finding };
}
/**
 * For an undo whose process died. It may always run again, since it looks first at what is already back; only a file
 * without a transaction is left to a person. The engine reads `effect` as: the migration is still there.
 */
async function probeUndo(task) {
    const notes = readNotes(task.context.notes);
    if (notes.length === 0)
        return { took: 'effect', detail: 'the undo had not begun' };
    const probe = await onceQuiet(task, async (connection) => {
        const { unknown: why } = await settleNotes(connection, notes);
        return why === undefined ? { took: 'effect', detail: 'the undo may go on' } : probe_unknown(why);
    });
    return probe ?? probe_unknown(NOT_QUIET);
}
const probe_unknown = (detail) => ({ took: 'unknown', detail });

;// CONCATENATED MODULE: ./build/database/migrate/finish.js












/**
 * For a migration of a dead process of which a person, or the item's own `probe`, says that it took effect: what it left
 * is recorded and judged as that of any other.
 */
async function finishMigration(task) {
    const finding = await onceQuiet(task, async (connection) => {
        if (isOfFiles(task))
            return await finishFiles(connection, task);
        return isOfCommand(task) ? await finishCommand(task) : undefined;
    });
    return finding ?? { outcome: 'unknown', detail: NOT_QUIET };
}
async function finishCommand(task) {
    const before = standingBefore(readNotes(task.context.notes));
    const after = await standingOf(task);
    const invalidBefore = invalidIn((before ?? after).catalog);
    const { migration, ...finding } = await judge(task, { before: before ?? after, after, invalidBefore });
    // Done by hand before it had begun here: nobody knows what it was before.
    return before === undefined || migration === undefined ? finding : { ...finding, migration };
}
async function finishFiles(connection, task) {
    const { context, database, spec } = task;
    const notes = readNotes(context.notes);
    const { progress } = await settleNotes(connection, notes);
    const { doubt } = progress;
    // Whoever says that it took effect answers for the file that was in doubt; the server knows the others.
    if (doubt !== undefined)
        await context.note({ note: 'done', file: doubt.file, sha256: doubt.sha256 });
    const applied = doubt === undefined ? progress.applied : { ...progress.applied, [doubt.file]: doubt.sha256 };
    const listing = await listMigrations(context.execution.folder, patternsOf(spec));
    const known = { ...context.execution.applied[database.name], ...applied };
    const { pending } = planFiles(listing.files, known, spec.migrate.baseline);
    if (pending.length > 0) {
        const detail = `not applied yet: ${pending.map(({ file }) => file).join(', ')}`;
        return { outcome: 'unknown', detail, hint: 'Sign it with `again`, so that the rest is applied.' };
    }
    const before = standingBefore(notes) ?? {
        version: versionOf(listing.files, known, spec.migrate.baseline),
        catalog: await (0,postgres_catalog/* queryCatalog */.il)(connection)
    };
    return await files_judge(connection, task, listing, { before, invalidBefore: invalidIn(before.catalog), applied });
}

// EXTERNAL MODULE: ./build/database/backup-decision.js
var backup_decision = __webpack_require__(7267);
// EXTERNAL MODULE: ./build/database/postgres/address.js
var address = __webpack_require__(8658);
// EXTERNAL MODULE: ./build/database/postgres/rights.js
var rights = __webpack_require__(91);
;// CONCATENATED MODULE: ./build/database/migrate/lock.js





const sessionOf = ({ execution, signal }) => ({
    session: `deploy-checklist lock ${execution}`.slice(0, 63),
    signal
});
// Of this database alone: advisory locks of different databases do not meet.
const KEY = "hashtextextended('deploy-checklist migration', 0)";
/**
 * Runs `work` while nobody else migrates this database by this tool. The lock is a session's own, without an open
 * transaction, which an index that is built concurrently would wait for; it is free as soon as that session is gone.
 */
async function withMigrationLock(database, options, work) {
    await demandDirect(database, options);
    return await withSession(database, sessionOf(options), async (lock) => {
        if (!(await take(lock)))
            throw held(database, await holderOf(lock));
        return await work();
    });
}
/** Refused through a pooler: a second connection may be given the same session, and with it every lock of the first. */
async function demandDirect({ name, url }, { signal }) {
    if (!(await (0,rights/* isPooled */.Ue)((0,address.parseAddress)(url), { signal })))
        return;
    const { reason, message, hint } = (0,backup_decision/* pooledUrl */.Z1)(name);
    throw (0,errors/* refused */.J5)(reason, message, hint);
}
const take = async (connection) => (await connection.query(`SELECT pg_try_advisory_lock(${KEY})`)).rows[0]?.[0] === 't';
async function holderOf(connection) {
    const { rows } = await connection.query(`SELECT a.pid, a.application_name, a.usename, coalesce(host(a.client_addr), 'the server itself'), a.backend_start
     FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND (l.classid::bigint << 32) | l.objid::bigint = ${KEY}`);
    const [pid, name, user, from, since] = rows[0] ?? [];
    return pid === undefined
        ? 'somebody who is gone again'
        : `${name} (${user} from ${from}, process ${pid}, since ${since})`;
}
const held = ({ name }, holder) => (0,errors/* refused */.J5)('environment_held', `${name} is being migrated by ${holder}`, 'Wait for it to end; if that session is a leftover, end it with pg_terminate_backend.');

;// CONCATENATED MODULE: ./build/database/migrate/guard.js









/** A transaction that is open for longer would hold up what the migration changes, and it everybody else. */
const LONG_TRANSACTION_S = 300;
/** What stands in the way of a migration; looks only, and finds everything at once. */
async function guardMigration(spec, context, ports) {
    const database = databaseOf(context);
    const found = await Promise.all([
        told(() => objectionsToFiles(spec, context, database)),
        told(async () => {
            await readVersion({ spec, context, ports });
            return [];
        }),
        told(() => objectionsToDatabase(database, context))
    ]);
    return found.flat();
}
/** A refusal is one more objection, so that the reader sees all of them. */
async function told(look) {
    try {
        return await look();
    }
    catch (error) {
        if (!(error instanceof errors/* ChecklistError */.vm))
            throw error;
        return [{ reason: error.reason, message: (0,errors/* messageOf */.bD)(error), hint: error.hint }];
    }
}
async function objectionsToFiles(spec, { execution }, { name }) {
    if (typeof spec.migrate === 'string')
        return [];
    const { files, downs } = await listMigrations(execution.folder, patternsOf(spec));
    const { changed } = planFiles(files, execution.applied[name] ?? {}, spec.migrate.baseline);
    const { baseline } = spec.migrate;
    const known = baseline === undefined || files.some(({ file }) => (0,sql_names/* isNamed */.ev)(file, baseline));
    const problems = [...files, ...Object.values(downs)].flatMap(problemsOf);
    return [
        ...problems.map(message => objection('usage', message, 'Correct the file.')),
        ...(known
            ? []
            : [
                objection('usage', `expected the baseline ${baseline} among the files, it is not there`, 'Correct `baseline`.')
            ]),
        ...changed.map(file => objection('migration_changed', `${file} was applied with another content`, 'Put the old content back, and write what you want to change into a new file.'))
    ];
}
async function objectionsToDatabase(database, { signal }) {
    await demandDirect(database, { signal });
    return await withSession(database, { session: 'deploy-checklist', signal }, async (connection) => [
        ...(await guard_rights(connection, database)),
        ...(await unfit(connection, database))
    ]);
}
async function guard_rights(connection, { name }) {
    const { rows } = await connection.query(`SELECT current_user, (has_database_privilege(current_database(), 'CREATE') OR EXISTS (
       SELECT FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND has_schema_privilege(oid, 'CREATE')))::text,
     pg_is_in_recovery()::text, current_setting('default_transaction_read_only')`);
    const [role, mayCreate, standby, readOnly] = rows[0] ?? [];
    return [
        ...(mayCreate === 'true'
            ? []
            : [
                objection('missing_right', `${role} may create nothing in ${name}`, `GRANT CREATE ON SCHEMA … TO ${role}, or use the URL of the owner.`)
            ]),
        ...(standby === 'true' || readOnly === 'on'
            ? [objection('usage', `${name} is read-only`, 'Give the URL of the server that accepts writes.')]
            : [])
    ];
}
async function unfit(connection, { name }) {
    const prepared = await connection.query('SELECT gid FROM pg_prepared_xacts WHERE database = current_database() ORDER BY 1');
    const long = await connection.query(`SELECT pid, usename, coalesce(application_name, ''), extract(epoch FROM now() - xact_start)::int FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
       AND xact_start < now() - make_interval(secs => $1) ORDER BY xact_start`, [LONG_TRANSACTION_S]);
    const invalid = await invalidIndexes(connection);
    return [
        ...prepared.rows.map(([gid]) => objection('database_unfit', `${name} has a prepared transaction (${gid}), whose locks nothing ends`, `COMMIT PREPARED or ROLLBACK PREPARED '${gid}'.`)),
        ...long.rows.map(([pid, user, program, seconds]) => objection('database_unfit', `a transaction is open in ${name} for ${seconds} s (${user}, ${program}, process ${pid})`, `Let it end, or end it: SELECT pg_terminate_backend(${pid}).`)),
        ...invalid.map(index => objection('database_unfit', `the index ${index} of ${name} is INVALID`, `DROP INDEX CONCURRENTLY ${index}, and build it again.`))
    ];
}
const objection = (reason, message, hint) => ({ reason, message, hint });

;// CONCATENATED MODULE: ./build/database/postgres/catalog-loss.js
/** What must be counted now: rows of tables that were added, values of columns that were added to older tables. */
const questionsOf = ({ added }) => Object.entries(added).flatMap(([key, { def, of }]) => {
    const table = catalog_loss_nameOf(key, 'table');
    if (table !== undefined)
        return holdsRows(def) ? [{ of: 'rows', key, table }] : [];
    const [owner = ''] = of;
    const holder = catalog_loss_nameOf(owner, 'table');
    if (holder === undefined || added[owner] !== undefined || !key.startsWith(`column ${holder}.`))
        return [];
    return [{ of: 'values', key, table: holder, column: key.slice(`column ${holder}.`.length) }];
});
/**
 * Whether undoing a migration with this difference loses nothing. Only added tables without rows and added columns that
 * are all NULL or their default do; what belongs to them goes with them. All else is named, with what would be lost.
 */
function losslessUndo(diff, counts) {
    const { added, removed, changed } = diff;
    const counted = new Set(questionsOf(diff).map(({ key }) => key));
    const losses = [
        ...Object.keys(added).flatMap(key => {
            if (counted.has(key))
                return countedLoss(key, counts[key]);
            return goesAlong(key, diff) ? [] : [`${key} would be dropped`];
        }),
        ...Object.keys(removed).map(key => `${key} was dropped by the migration: what it held does not come back by an undo`),
        ...Object.keys(changed).map(key => `${key} was changed by the migration: what that did to its values stays unknown`)
    ];
    const unseen = Object.keys({ ...added, ...removed, ...changed }).length === 0;
    // The version moved and the catalogue did not: then it changed rows, and no undo is known to give those back.
    const all = unseen ? ['the catalogue is the same as before: what the migration did to rows cannot be told'] : losses;
    return { lossless: all.length === 0, losses: [...all].sort() };
}
function countedLoss(key, count) {
    if (count === 0)
        return [];
    const what = key.startsWith('column ') ? 'values that are neither NULL nor the default' : 'rows';
    return count === undefined ? [`${key}: its ${what} could not be counted`] : [`${key} holds ${count} ${what}`];
}
// An index on an added column, a policy of an added table, the sequence of an added column.
const goesAlong = (key, { added }) => (added[key]?.of ?? []).some(owner => owner !== key && added[owner] !== undefined) ||
    (catalog_loss_nameOf(key, 'table') !== undefined && !holdsRows(added[key]?.def ?? ''));
/** Partitioned tables hold their rows in their partitions, which are counted themselves. */
const holdsRows = (def) => !def.startsWith('partitioned ');
const catalog_loss_nameOf = (key, kind) => key.startsWith(`${kind} `) ? key.slice(kind.length + 1) : undefined;

;// CONCATENATED MODULE: ./build/database/migrate/undo-finding.js

const stuck = (detail, hint) => ({
    outcome: 'fail',
    detail,
    hint,
    reason: 'rollback_failed'
});
const undo_finding_undone = (record, gone) => ({
    outcome: 'pass',
    detail: `the schema is back at ${record.before === '' ? 'what it was' : record.before}`,
    migration: reversed(record, gone)
});
/** What an undo did, in the words of a run: from after to before, with the files that it took back. */
const reversed = (record, gone) => ({
    database: record.database,
    before: record.after,
    after: record.before,
    moved: true,
    applied: gone,
    catalog: {}
});
const migratedSince = (record, found) => stuck(`somebody migrated since: expected the schema that this run left (${record.after || 'no version'}), found ${found}`, 'Look at what was migrated since and undo that first, or undo this one by hand.');
/** Whether everything that the migration did is gone. `after` is the catalogue that it had left, `now` the one of now. */
function judgeUndo(record, gone, { after, diff, now }) {
    const left = (0,catalog_diff/* describeDiff */.l7)((0,catalog_diff/* diffCatalogs */.UA)((0,catalog_diff/* takeBack */.zH)(after, diff), now));
    if (left.length === 0)
        return undo_finding_undone(record, gone);
    const more = left.length > 10 ? ` and ${left.length - 10} more` : '';
    const detail = `after the undo the schema is not the one from before: ${left.slice(0, 10).join('; ')}${more}`;
    const hint = 'The undo does not take back all that the migration did: correct the schema by hand.';
    return { ...stuck(detail, hint), migration: reversed(record, gone) };
}

;// CONCATENATED MODULE: ./build/database/migrate/undo-command.js






/** Runs the item's `undo`, which sees SCHEMA_BEFORE and SCHEMA_AFTER, only on the schema that this migration left. */
async function undoByCommand(task, record) {
    const { context } = task;
    const catalogs = (0,catalog_diff/* readCatalogs */.rJ)(record.catalog);
    if (catalogs === undefined)
        return stuck('the journal does not say what the migration changed', 'Undo it by hand.');
    const now = await standingOf(task);
    if (stands(task, now, record.before, catalogs.before))
        return undo_finding_undone(record, record.applied);
    if (!stands(task, now, record.after, catalogs.after))
        return migratedSince(record, now.version || 'another one');
    await undo_command_begin(task, now);
    const exit = await runText(task, context.item.undo ?? '', {
        SCHEMA_BEFORE: record.before,
        SCHEMA_AFTER: record.after
    });
    if (wasCutOff(exit))
        return inDoubt(`undoing, ${saysOf(exit)}`, 'Find out what it waited for.');
    if (exit.code !== 0)
        return stuck(`undoing, ${saysOf(exit)}`, 'Its output above says why; finish it by hand.');
    const left = await standingOf(task);
    if (task.spec.version !== undefined && left.version !== record.before) {
        const detail = `after the undo the version is ${left.version || 'none'}, expected ${record.before || 'none'}`;
        return stuck(detail, 'Correct the `undo` for the next time, and the schema by hand now.');
    }
    return judgeUndo(record, record.applied, { after: now.catalog, diff: catalogs.diff, now: left.catalog });
}
const stands = ({ spec }, now, version, digest) => (0,catalog_diff/* digestOfCatalog */.ve)(now.catalog) === digest && (spec.version === undefined || now.version === version);
async function undo_command_begin({ context }, { version, catalog }) {
    const session = workSession(context.execution.id);
    await context.note({ note: 'begin', before: version, catalog: packCatalog(catalog), session });
}

// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
;// CONCATENATED MODULE: ./build/database/migrate/undo-files.js














/** Runs the down files of what was applied, newest first, each in a transaction of its own. */
async function undoByFiles(task, record) {
    const { context, database, spec, ports } = task;
    const { downs } = await listMigrations(context.execution.folder, patternsOf(spec));
    const problem = downProblem(record, downs);
    if (problem !== undefined)
        return stuck(problem, 'Undo it by hand, or restore the proven backup by name.');
    const catalogs = (0,catalog_diff/* readCatalogs */.rJ)(record.catalog);
    if (catalogs === undefined)
        return stuck('the journal does not say what the migration changed', 'Undo it by hand.');
    const session = { session: workSession(context.execution.id), signal: context.signal };
    return await withSession(database, session, async (connection) => {
        await endSessions(connection, session.session, ports.clock);
        const { progress } = await settleNotes(connection, readNotes(context.notes));
        const after = await undo_files_begin(connection, task, catalogs);
        if (after === undefined)
            return migratedSince(record, 'another one');
        const { gone, stopped } = await takeAllBack(connection, task, { record, downs, progress });
        if (stopped !== undefined)
            return stopped;
        return judgeUndo(record, gone, { after, diff: catalogs.diff, now: await (0,postgres_catalog/* queryCatalog */.il)(connection) });
    });
}
/** The catalogue that the migration had left, also for an undo that goes on; undefined if it is not that one. */
async function undo_files_begin(connection, { context }, catalogs) {
    const earlier = standingBefore(readNotes(context.notes));
    if (earlier !== undefined)
        return earlier.catalog;
    const catalog = await (0,postgres_catalog/* queryCatalog */.il)(connection);
    if ((0,catalog_diff/* digestOfCatalog */.ve)(catalog) !== catalogs.after)
        return undefined;
    const session = workSession(context.execution.id);
    await context.note({ note: 'begin', before: '', catalog: packCatalog(catalog), session });
    return catalog;
}
async function takeAllBack(connection, task, { record, downs, progress }) {
    const { context, spec, ports } = task;
    const { signal, say, note } = context;
    const bench = { connection, limits: limitsOf(spec), clock: ports.clock, signal, say, note };
    const newestFirst = [...record.applied].reverse();
    const gone = newestFirst.filter(({ file }) => progress.applied[file] !== undefined);
    for (const as of newestFirst) {
        const sql = downs[as.file];
        if (sql === undefined || gone.includes(as))
            continue;
        say(sql.file);
        await renewSession(connection, workSession(context.execution.id));
        const result = await applyFile({ sql, as, from: progress.statements[as.file] ?? 0 }, bench);
        if (result.kind === 'doubt') {
            const why = (0,errors/* messageOf */.bD)(result.error);
            return { gone, stopped: inDoubt(`${sql.file}: the connection broke (${why})`, 'Bring the server back.') };
        }
        if (result.kind === 'failed') {
            return { gone, stopped: { ...stuck(result.detail, result.hint), migration: reversed(record, gone) } };
        }
        gone.push(as);
    }
    return { gone, stopped: undefined };
}
/** A down file that is not there, or not the one that was planned, must not be found out halfway. */
function downProblem({ applied, catalog }, downs) {
    const noted = (0,json/* isObject */.Gv)(catalog['downs']) ? catalog['downs'] : {};
    for (const { file } of applied) {
        const down = downs[file];
        if (down === undefined)
            return `${file} has no down file, and the item has no undo`;
        if (noted[file] !== undefined && noted[file] !== down.sha256) {
            return `${down.file} is not the one that stood there when ${file} was applied`;
        }
        const [problem] = problemsOf(down);
        if (problem !== undefined)
            return problem;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/database/migrate/undo.js












/** What the undo would lose now: see losslessUndo. Never lossless where the journal does not say what changed. */
async function assessUndo(task, done) {
    return await undo_look(task, async (connection) => {
        const record = await recordFor(connection, task, done);
        const diff = (0,catalog_diff/* readCatalogs */.rJ)(record?.catalog)?.diff;
        if (diff === undefined)
            return { lossless: false, losses: ['what the journal does not say'] };
        return losslessUndo(diff, await (0,postgres_catalog/* countFor */.n_)(connection, questionsOf(diff)));
    });
}
/**
 * Takes a migration back: by its `undo`, else by the down files of what was applied, newest first. Refused when somebody
 * migrated since, because then it would undo something else. What an undo that died has taken back already stays so.
 */
async function undoMigration(task, done) {
    const record = await undo_look(task, connection => recordFor(connection, task, done));
    if (record === undefined)
        return stuck('the journal does not say what the migration did', 'Undo it by hand.');
    if (!record.moved)
        return { outcome: 'pass', detail: 'nothing had moved' };
    return task.context.item.undo === undefined && isOfFiles(task)
        ? await undoByFiles(task, record)
        : await undoByCommand(task, record);
}
/** What the run recorded; of a run that died, what its notes and the database say together. */
async function recordFor(connection, task, done) {
    if (done.migration !== undefined)
        return done.migration;
    const notes = readNotes(done.notes ?? []);
    const before = standingBefore(notes);
    const { progress, unknown } = await settleNotes(connection, notes);
    if (before === undefined || unknown !== undefined)
        return undefined;
    const applied = Object.entries(progress.applied).map(([file, sha256]) => ({ file, sha256 }));
    const version = isOfFiles(task) ? (applied.at(-1)?.file ?? before.version) : await readVersion(task);
    return recordOf({
        database: task.database.name,
        before,
        after: { version, catalog: await (0,postgres_catalog/* queryCatalog */.il)(connection) },
        applied
    });
}
const undo_look = ({ database, context }, work) => withSession(database, { session: 'deploy-checklist', signal: context.signal }, work);

;// CONCATENATED MODULE: ./build/database/migrate.js













/** `migrate: alembic upgrade head`, or `migrate: {sql: migrations/}`: changes a schema, and knows how far it came. */
const migrateKind = (ports) => ({
    name: 'migrate',
    shape: migrateShape,
    effect: 'action',
    shellText: ['migrate', 'version'],
    usesDatabase: true,
    turn: () => 'barrier',
    subject: ({ migrate }) => (typeof migrate === 'string' ? migrate : `SQL files of ${[migrate.sql].flat().join(', ')}`),
    files: filesOf,
    guard: (spec, context) => guardMigration(spec, context, ports),
    run: (spec, context) => {
        const task = taskOf(spec, context, ports);
        return locked(task, async () => {
            if (isOfFiles(task))
                return await runFiles(task);
            if (isOfCommand(task))
                return await runCommand(task);
            throw new Error('neither a command nor files');
        });
    },
    probe: (spec, context) => {
        const task = taskOf(spec, context, ports);
        return context.deed === 'undo' ? probeUndo(task) : probeMigration(task);
    },
    finish: (spec, context) => finishMigration(taskOf(spec, context, ports)),
    undo: (spec, context, done) => {
        const task = taskOf(spec, context, ports);
        return locked(task, () => undoMigration(task, done));
    },
    assess: (spec, context, done) => assessUndo(taskOf(spec, context, ports), done)
});
const taskOf = (spec, context, ports) => ({
    spec,
    context,
    database: databaseOf(context),
    ports
});
const locked = ({ database, context: { execution, signal } }, work) => withMigrationLock(database, { execution: execution.id, signal }, work);
/** As they are written, to be expanded by `expandPatterns`; the pattern beside a single file finds its down file. */
const filesOf = (spec) => patternsOf(spec).flatMap(path => external_node_path_.posix.basename(path).includes('.sql') && !path.includes('*') ? [path, `${(0,sql_names/* downOf */.eU)(path)}*`] : [path]);


/***/ }),

/***/ 809:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EB: () => (/* binding */ recordCatalogs),
/* harmony export */   UA: () => (/* binding */ diffCatalogs),
/* harmony export */   l7: () => (/* binding */ describeDiff),
/* harmony export */   rJ: () => (/* binding */ readCatalogs),
/* harmony export */   uM: () => (/* binding */ readCatalog),
/* harmony export */   ve: () => (/* binding */ digestOfCatalog),
/* harmony export */   zH: () => (/* binding */ takeBack)
/* harmony export */ });
/* unused harmony export isEmptyDiff */
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8314);
/* harmony import */ var _core_plan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4115);


function diffCatalogs(before, after) {
    const missingIn = (other) => (key) => other[key] === undefined;
    const common = Object.keys(before).filter(key => after[key] !== undefined && after[key].def !== before[key]?.def);
    return {
        added: pick(after, Object.keys(after).filter(missingIn(before))),
        removed: pick(before, Object.keys(before).filter(missingIn(after))),
        changed: Object.fromEntries(common.map(key => [key, { before: before[key]?.def ?? '', after: after[key]?.def ?? '' }]))
    };
}
const isEmptyDiff = ({ added, removed, changed }) => [added, removed, changed].every(part => Object.keys(part).length === 0);
/** What each line of a comparison says, in the order of the keys. */
function describeDiff({ added, removed, changed }) {
    const lines = [
        ...Object.keys(added).map(key => [key, `${key} was added`]),
        ...Object.keys(removed).map(key => [key, `${key} is gone`]),
        ...Object.keys(changed).map(key => [key, `${key} was changed`])
    ];
    return lines.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}
/** The catalogue that stood before, from the one that stands after and the difference. */
function takeBack(after, { added, removed, changed }) {
    const kept = Object.entries(after)
        .filter(([key]) => added[key] === undefined)
        .map(([key, entry]) => [key, { ...entry, def: changed[key]?.before ?? entry.def }]);
    return { ...Object.fromEntries(kept), ...removed };
}
/** Equal for equal catalogues, whatever order the server gave them in. */
const digestOfCatalog = (catalog) => (0,_core_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(JSON.stringify(Object.keys(catalog)
    .sort()
    .map(key => [key, catalog[key]?.def])));
const recordCatalogs = (before, after) => {
    const { added, removed, changed } = diffCatalogs(before, after);
    return { before: digestOfCatalog(before), after: digestOfCatalog(after), diff: { added, removed, changed } };
};
/** Reads what `recordCatalogs` wrote; undefined for anything else, such as the record of another engine. */
function readCatalogs(record) {
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(record) || typeof record.before !== 'string' || typeof record.after !== 'string')
        return undefined;
    const { before, after, diff } = record;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(diff))
        return undefined;
    const changed = Object.entries((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(diff.changed) ? diff.changed : {}).map(([key, change]) => {
        const [was, is] = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(change) ? [change.before, change.after] : [];
        return [key, { before: String(was), after: String(is) }];
    });
    return {
        before,
        after,
        diff: { added: readCatalog(diff.added), removed: readCatalog(diff.removed), changed: Object.fromEntries(changed) }
    };
}
function readCatalog(value) {
    const entries = Object.entries((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) ? value : {}).map(([key, entry]) => {
        const of = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(entry) && Array.isArray(entry.of) ? entry.of.map(String) : [];
        return [key, { def: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(entry) ? String(entry.def) : '', of }];
    });
    return Object.fromEntries(entries);
}
const pick = (catalog, keys) => Object.fromEntries(keys.flatMap(key => (catalog[key] === undefined ? [] : [[key, catalog[key]]])));


/***/ }),

/***/ 905:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hs: () => (/* binding */ BOOKS),
/* harmony export */   il: () => (/* binding */ queryCatalog),
/* harmony export */   n_: () => (/* binding */ countFor)
/* harmony export */ });
/** Tables in which migration tools keep their books: they stay behind an undo and hold nothing of the application. */
const BOOKS = [
    'alembic_version',
    'schema_migrations',
    'ar_internal_metadata',
    'django_migrations',
    'flyway_schema_history',
    '_prisma_migrations',
    'knex_migrations',
    'knex_migrations_lock',
    'goose_db_version',
    'atlas_schema_revisions',
    '__drizzle_migrations',
    'SequelizeMeta',
    'databasechangelog',
    'databasechangeloglock',
    'pgmigrations'
];
// Each part gives key, definition and the keys that it goes away with. Long texts are kept as their MD5, which is only
// ever compared with another one of the same server. What extensions own is the extension's matter.
const CATALOG = `
WITH ours AS (
  SELECT oid, nspname, nspowner, nspacl FROM pg_namespace n
  WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'deploy_checklist')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
), books AS (
  SELECT oid FROM pg_class WHERE relname = ANY ($1::text[])
), rel AS (
  SELECT c.*, quote_ident(n.nspname) AS schema_name, format('%I.%I', n.nspname, c.relname) AS full_name FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    AND c.oid NOT IN (SELECT oid FROM books)
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                    AND d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT oid FROM books))
    AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indexrelid = c.oid AND i.indrelid IN (SELECT oid FROM books))
)
SELECT 'schema ' || quote_ident(nspname), format('owner %s acl %s', nspowner::regrole, nspacl), '{}'::text[] FROM ours
UNION ALL
SELECT 'extension ' || quote_ident(extname), extversion, '{}' FROM pg_extension
UNION ALL
SELECT 'table ' || full_name,
  concat_ws(' ', CASE relkind WHEN 'p' THEN 'partitioned' WHEN 'f' THEN 'foreign' ELSE 'table' END, relpersistence,
    'owner', relowner::regrole, 'acl', relacl, reloptions, CASE WHEN relrowsecurity THEN 'rls' END,
    CASE WHEN relforcerowsecurity THEN 'force' END, pg_get_expr(relpartbound, oid), pg_get_partkeydef(oid),
    (SELECT array_agg(inhparent::regclass::text ORDER BY inhseqno) FROM pg_inherits WHERE inhrelid = rel.oid)),
  ARRAY['schema ' || schema_name]
  FROM rel WHERE relkind IN ('r', 'p', 'f')
UNION ALL
SELECT format('column %s.%I', full_name, attname),
  concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'not null' END,
    'identity ' || nullif(attidentity::text, ''), 'generated ' || nullif(attgenerated::text, ''),
    'collation ' || nullif(attcollation, 0)::regcollation, 'acl ' || attacl::text,
    'default ' || pg_get_expr(adbin, adrelid)),
  ARRAY['table ' || full_name]
  FROM rel JOIN pg_attribute ON attrelid = rel.oid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE relkind IN ('r', 'p', 'f') AND attnum > 0 AND NOT attisdropped
UNION ALL
SELECT format('constraint %s.%I', full_name, conname),
  pg_get_constraintdef(k.oid) || CASE WHEN convalidated THEN '' ELSE ' not valid' END,
  ARRAY['table ' || full_name] || ARRAY(SELECT format('column %s.%I', full_name, attname) FROM pg_attribute
    WHERE attrelid = rel.oid AND attnum = ANY (conkey))
  FROM rel JOIN pg_constraint k ON conrelid = rel.oid WHERE contype NOT IN ('n', 't')
UNION ALL
SELECT 'index ' || rel.full_name, pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' invalid' END,
  ARRAY['table ' || t.full_name] || ARRAY(SELECT format('column %s.%I', t.full_name, attname) FROM pg_attribute
    WHERE attrelid = t.oid AND attnum = ANY (indkey::int2[]))
  FROM rel JOIN pg_index ON indexrelid = rel.oid JOIN rel t ON t.oid = indrelid
UNION ALL
SELECT CASE relkind WHEN 'm' THEN 'materialized view ' ELSE 'view ' END || full_name,
  format('%s owner %s acl %s %s', md5(pg_get_viewdef(oid)), relowner::regrole, relacl, reloptions),
  ARRAY['schema ' || schema_name]
  FROM rel WHERE relkind IN ('v', 'm')
UNION ALL
SELECT 'sequence ' || full_name,
  format('%s start %s by %s from %s to %s cycle %s owner %s acl %s', format_type(seqtypid, NULL), seqstart, seqincrement,
    seqmin, seqmax, seqcycle, relowner::regrole, relacl),
  ARRAY(SELECT unnest(ARRAY['table ' || t.full_name, format('column %s.%I', t.full_name, attname)])
    FROM pg_depend d JOIN rel t ON t.oid = d.refobjid JOIN pg_attribute ON attrelid = t.oid AND attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.objid = rel.oid AND d.deptype IN ('a', 'i'))
  FROM rel JOIN pg_sequence ON seqrelid = rel.oid
UNION ALL
SELECT format('function %I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(p.oid)),
  md5(concat_ws(' ', CASE prokind WHEN 'a' THEN prosrc ELSE pg_get_functiondef(p.oid) END)) ||
    format(' owner %s acl %s', proowner::regrole, proacl),
  ARRAY['schema ' || quote_ident(nspname)]
  FROM pg_proc p JOIN ours ON ours.oid = pronamespace
  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT format('%s %I.%I', CASE typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range' ELSE 'type' END,
    nspname, typname),
  concat_ws(' ', (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid),
    CASE typtype WHEN 'd' THEN format_type(typbasetype, typtypmod) END, CASE WHEN typnotnull THEN 'not null' END, typdefault,
    (SELECT string_agg(pg_get_constraintdef(oid), ', ' ORDER BY conname) FROM pg_constraint WHERE contypid = t.oid),
    (SELECT format_type(rngsubtype, NULL) FROM pg_range WHERE rngtypid = t.oid),
    (SELECT string_agg(quote_ident(attname) || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
      FROM pg_attribute WHERE attrelid = typrelid AND NOT attisdropped AND typtype = 'c'),
    'owner', typowner::regrole, 'acl', typacl),
  ARRAY['schema ' || quote_ident(nspname)]
  FROM pg_type t JOIN ours ON ours.oid = typnamespace
  WHERE (typtype IN ('e', 'd', 'r') OR (typtype = 'c' AND (SELECT relkind = 'c' FROM pg_class WHERE oid = typrelid)))
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
UNION ALL
SELECT format('collation %I.%I', nspname, collname),
  concat_ws(' ', collprovider::text, collisdeterministic, to_jsonb(c) - 'oid' - 'collnamespace' - 'collowner'),
  ARRAY['schema ' || quote_ident(nspname)]
  FROM pg_collation c JOIN ours ON ours.oid = collnamespace
  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_collation'::regclass AND d.objid = c.oid AND d.deptype = 'e')
UNION ALL
SELECT format('trigger %s.%I', full_name, tgname), pg_get_triggerdef(t.oid) || ' ' || tgenabled::text, ARRAY['table ' || full_name]
  FROM rel JOIN pg_trigger t ON tgrelid = rel.oid WHERE NOT tgisinternal
UNION ALL
SELECT format('policy %s.%I', full_name, polname),
  concat_ws(' ', polcmd::text, polpermissive, polroles::regrole[]::text, pg_get_expr(polqual, polrelid),
    'check ' || pg_get_expr(polwithcheck, polrelid)),
  ARRAY['table ' || full_name]
  FROM rel JOIN pg_policy ON polrelid = rel.oid
UNION ALL
SELECT format('rule %s.%I', full_name, rulename), pg_get_ruledef(r.oid) || ' ' || ev_enabled::text, ARRAY['table ' || full_name]
  FROM rel JOIN pg_rewrite r ON ev_class = rel.oid WHERE rulename <> '_RETURN'`;
/** The catalogue of the connection's database, without the ledger's schema and the books of migration tools. */
async function queryCatalog(connection) {
    const query = `SELECT key, def, array_to_json(of)::text FROM (${CATALOG}) AS catalog (key, def, of) ORDER BY key`;
    // Names come out as another session's search path would have them, unless it is fixed.
    await connection.query("SELECT set_config('search_path', 'pg_catalog', false)");
    try {
        const { rows } = await connection.query(query, [`{${BOOKS.map(name => `"${name}"`).join(',')}}`]);
        return Object.fromEntries(rows.map(([key, def, of]) => [key ?? '', { def: def ?? '', of: JSON.parse(of ?? '[]') }]));
    }
    finally {
        await connection.query('RESET search_path');
    }
}
/**
 * Counts rows of added tables, and values of added columns that are neither NULL nor the default. What cannot be read
 * as a whole, because of row-level security for one, has no count, and so is a loss.
 */
async function countFor(connection, questions) {
    const counts = {};
    for (const question of questions) {
        const count = await countOne(connection, question);
        if (count !== undefined)
            counts[question.key] = count;
    }
    return counts;
}
async function countOne(connection, question) {
    await connection.query('BEGIN READ ONLY; SET LOCAL row_security = off');
    try {
        const { rows } = await connection.query(await countingQuery(connection, question));
        return Number(rows[0]?.[0]);
    }
    catch {
        return undefined;
    }
    finally {
        await connection.query('ROLLBACK');
    }
}
async function countingQuery(connection, question) {
    if (question.of === 'rows')
        return `SELECT count(*) FROM ONLY ${question.table}`;
    const { rows } = await connection.query(`SELECT pg_get_expr(adbin, adrelid), attgenerated, attidentity FROM pg_attribute
     LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
     WHERE attrelid = $1::regclass AND format('%I', attname) = $2 AND NOT attisdropped`, [question.table, question.column]);
    const [initial = null, generated, identity] = rows[0] ?? [];
    // Computed from other columns, it comes back with the column.
    if (generated === 's' || generated === 'v')
        return 'SELECT 0';
    const value = `t.${question.column}`;
    const given = `SELECT count(*) FROM ONLY ${question.table} AS t WHERE ${value} IS NOT NULL`;
    if (initial === null || identity === 'a' || identity === 'd' || /\bnextval\(/.test(initial))
        return given;
    // As bytes: what is equal need not be identical, and json has no equality at all.
    const bytes = (expression) => `(${expression})::text COLLATE "C"`;
    return `${given} AND ${bytes(value)} IS DISTINCT FROM ${bytes(initial)}`;
}


/***/ }),

/***/ 7084:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ck: () => (/* binding */ reopen),
/* harmony export */   Oo: () => (/* binding */ createPrivate),
/* harmony export */   Qb: () => (/* binding */ withClosing),
/* harmony export */   m8: () => (/* binding */ withNeighbour)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);
/* harmony import */ var _address_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8658);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9004);
/* harmony import */ var _quote_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3702);




/** For what cannot be done from inside the database itself: its neighbour `postgres`, else `template1`. */
async function withNeighbour(database, signal, work) {
    const name = await (0,_client_js__WEBPACK_IMPORTED_MODULE_2__/* .withClient */ .S)((0,_address_js__WEBPACK_IMPORTED_MODULE_1__/* .inDatabase */ .jG)(database, 'postgres'), { signal }, async () => 'postgres').catch(error => {
        // Missing, or not ours to enter; whatever else is wrong is wrong with the other one too.
        if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ChecklistError */ .vm && error.status === 'REFUSED')
            return 'template1';
        throw error;
    });
    return (0,_client_js__WEBPACK_IMPORTED_MODULE_2__/* .withClient */ .S)((0,_address_js__WEBPACK_IMPORTED_MODULE_1__/* .inDatabase */ .jG)(database, name), { signal }, work);
}
/**
 * A new database that its owner can enter and nobody else: a copy of production must never let in more people than
 * production does, not even before it has rights of its own.
 */
async function createPrivate({ query }, database, how) {
    const name = (0,_quote_js__WEBPACK_IMPORTED_MODULE_3__/* .quoteName */ .A)(database);
    await query(`CREATE DATABASE ${name} ${how} ALLOW_CONNECTIONS false`);
    await query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
}
/**
 * From `work`'s call of `close` on nobody can connect to the database. It is open again afterwards in every case but the
 * end of our process: what is to reopen it then has to be noted before. `closedMs` is how long that was.
 */
async function withClosing(database, { signal, nowMs }, work) {
    let closedAt;
    const close = except => withNeighbour(database, signal, async (neighbour) => {
        closedAt = nowMs();
        await neighbour.query(`ALTER DATABASE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_3__/* .quoteName */ .A)(database.database)} ALLOW_CONNECTIONS false`);
        await endSessions(neighbour, database.database, { except, signal });
    });
    let result;
    try {
        result = await work(close);
    }
    finally {
        if (closedAt !== undefined)
            await reopen(database);
    }
    return { result, closedMs: closedAt === undefined ? 0 : nowMs() - closedAt };
}
/** Lets connections in again. Idempotent; has its own time, since it must happen after a cancel too. */
async function reopen(database) {
    const name = (0,_quote_js__WEBPACK_IMPORTED_MODULE_3__/* .quoteName */ .A)(database.database);
    try {
        await withNeighbour(database, AbortSignal.timeout(5_000), neighbour => neighbour.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`));
    }
    catch (cause) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .unavailable */ .hU)('service_unavailable', `the database ${database.database} could not be opened again: nobody can connect to it`, `As soon as its server answers: ALTER DATABASE ${name} ALLOW_CONNECTIONS true`, cause);
    }
}
/** Ends every session in the database and waits until they are gone. */
async function endSessions({ query }, database, { except, signal }) {
    const spared = [0, ...except].join(', ');
    for (let tries = 0; tries < 200; tries += 1) {
        (0,_client_js__WEBPACK_IMPORTED_MODULE_2__/* .throwIfCancelled */ .d)(signal);
        const { rows } = await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = $1 AND pid NOT IN (${spared}) AND backend_type NOT IN ('parallel worker', 'autovacuum worker')`, [database]);
        if (rows.length === 0)
            return;
        await query('SELECT pg_sleep(0.05)');
    }
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .unavailable */ .hU)('service_unavailable', `sessions in ${database} did not end within 10 s`, 'Look at pg_stat_activity for what they do, end them, and try again.');
}


/***/ }),

/***/ 8216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ withDockerServer),
/* harmony export */   e: () => (/* binding */ dockerAnswers)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _address_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8658);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9004);




/** True if a docker engine answers here. */
async function dockerAnswers(docker) {
    try {
        return (await call(docker, ['version', '--format', '{{.Server.Version}}'], 5_000)).code === 0;
    }
    catch {
        return false;
    }
}
/** A throwaway server in a container, gone afterwards in every case. */
async function withDockerServer(docker, work) {
    const name = `deploy-checklist-pg-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(6).toString('hex')}`;
    const password = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(18).toString('hex');
    // The value travels by environment; docker takes it over by its name alone.
    const withPassword = { ...docker, env: { ...docker.env, POSTGRES_PASSWORD: password } };
    const made = ['run', '--rm', '--detach', '--name', name, '--env', 'POSTGRES_PASSWORD', '--publish', '127.0.0.1::5432'];
    const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'];
    try {
        const started = await call(withPassword, [...made, docker.image, ...settings.flatMap(setting => ['-c', setting])], 300_000);
        if (started.code !== 0)
            throw notStarted(docker.image, started.stderr);
        const port = /:(\d+)\s*$/m.exec((await call(docker, ['port', name, '5432/tcp'], 10_000)).stdout)?.[1];
        const url = (0,_address_js__WEBPACK_IMPORTED_MODULE_2__/* .formatAddress */ .M0)({
            host: '127.0.0.1',
            port: Number(port),
            user: 'postgres',
            password,
            database: 'postgres',
            ssl: { mode: 'disable', rootCert: '', cert: '', key: '' },
            options: ''
        });
        await waitUntilUp(url, docker);
        return await work(url);
    }
    finally {
        await call({ ...docker, signal: AbortSignal.timeout(15_000) }, ['rm', '--force', name], 15_000).catch(() => { });
    }
}
// The image starts a first server without TCP to set itself up, so an answer over TCP is the real one's.
async function waitUntilUp(url, { signal }) {
    for (let tries = 0;; tries += 1) {
        try {
            await (0,_client_js__WEBPACK_IMPORTED_MODULE_3__/* .withClient */ .S)(url, { signal, connectTimeoutMs: 2_000 }, ({ query }) => query('SELECT 1'));
            return;
        }
        catch (error) {
            if (tries === 120 || signal.aborted)
                throw error;
            await new Promise(resolve => setTimeout(resolve, 500));
        }
    }
}
const call = ({ shell, env, signal }, args, timeoutMs) => shell.run({ what: { argv: ['docker', ...args] }, env, folder: '/', timeoutMs, signal, onAbort: 'end' });
const notStarted = (image, stderr) => (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .unavailable */ .hU)('service_unavailable', `docker did not start ${image}: ${stderr.trim().slice(0, 500)}`, 'Mend what docker says, or give the checklist a server to try backups on (databases: …: scratch: URL).');


/***/ }),

/***/ 9966:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $R: () => (/* binding */ defaultVersionIn),
/* harmony export */   OJ: () => (/* binding */ lackingExtensions),
/* harmony export */   RH: () => (/* binding */ describeLacking),
/* harmony export */   Sr: () => (/* binding */ offeredByImage)
/* harmony export */ });
/**
 * Extensions that a dump would ask for in vain. A newer one takes a dump of an older one; an older one may lack what the
 * database uses. The third number and what follows it are mended faults, and no reason to refuse.
 */
const lackingExtensions = (needed, offered) => needed
    .filter(({ name, version }) => !offered.has(name) || isOlder(offered.get(name), version))
    .map(extension => ({ ...extension, found: offered.get(extension.name) }));
/** What was expected and what was found, one after another: `postgis 3.4.2 (found 3.1.0), vector 0.7.0 (found none)`. */
const describeLacking = (lacking) => lacking.map(({ name, version, found }) => `${name} ${version} (found ${found ?? 'none'})`).join(', ');
// Versions are any text to PostgreSQL. What does not begin with a number cannot be said to be older.
function isOlder(found, needed) {
    const [a, b] = [release(found ?? ''), release(needed)];
    if (a === undefined || b === undefined)
        return false;
    return a.major < b.major || (a.major === b.major && a.minor < b.minor);
}
function release(version) {
    const [, major, minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
    return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}
/** `default_version` of a control file, whose syntax is the one of postgresql.conf; the last one holds. */
function defaultVersionIn(control) {
    const found = [...control.matchAll(/^\s*default_version\s*=?\s*(?:'((?:[^'\n]|'')*)'|([^\s'#]+))/gm)].at(-1);
    return (found?.[1] ?? found?.[2])?.replaceAll("''", "'");
}
const LAST_KNOWN_MAJOR = 18;
// Of PostgreSQL's own; a number is the last major that had it.
const CONTRIB = {
    ...Object.fromEntries(`amcheck autoinc bloom btree_gin btree_gist citext cube dblink dict_int dict_xsyn earthdistance file_fdw fuzzystrmatch
    hstore insert_username intagg intarray isn lo ltree moddatetime pageinspect pg_buffercache pg_freespacemap
    pg_logicalinspect pg_prewarm pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect pgcrypto pgrowlocks
    pgstattuple plpgsql postgres_fdw refint seg sslinfo tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp
    xml2`
        .split(/\s+/)
        .map(name => [name, LAST_KNOWN_MAJOR])),
    adminpack: 16,
    old_snapshot: 16,
    timetravel: 11
};
/**
 * What the official image of that major offers: only what PostgreSQL brings along, and none of its languages but
 * plpgsql (https://github.com/docker-library/postgres installs the one package). Undefined for a major that came later
 * than this list. Which of them is newer than the source does not matter, since the image is never older.
 */
function offeredByImage(major) {
    if (major > LAST_KNOWN_MAJOR)
        return undefined;
    const names = Object.entries(CONTRIB).filter(([, last]) => major <= last);
    return new Map(names.map(([name]) => [name, undefined]));
}


/***/ }),

/***/ 2913:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i_: () => (/* binding */ readOffered),
/* harmony export */   yh: () => (/* binding */ offeredByServer)
/* harmony export */ });
/* unused harmony export offeredOnDisk */
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7975);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9004);
/* harmony import */ var _extensions_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9966);






/** What the scratch server will offer, without starting one of our own; undefined where that cannot be known. */
async function readOffered(plan, signal) {
    if (plan.kind === 'given')
        return await (0,_client_js__WEBPACK_IMPORTED_MODULE_4__/* .withClient */ .S)(plan.url, { signal }, offeredByServer);
    return plan.kind === 'docker' ? (0,_extensions_js__WEBPACK_IMPORTED_MODULE_5__/* .offeredByImage */ .Sr)(plan.major) : await offeredOnDisk(plan.programs);
}
// Without a default version it cannot be created as a dump does it.
const OFFERED = 'SELECT name, default_version FROM pg_available_extensions WHERE default_version IS NOT NULL';
async function offeredByServer({ query }) {
    return new Map((await query(OFFERED)).rows.map(([name, version]) => [name ?? '', version ?? undefined]));
}
/** What a server of these programs will offer: the control files beside them, as the server itself reads them. */
async function offeredOnDisk(programs) {
    const share = await shareFolder(programs);
    if (share === undefined)
        return undefined;
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(share, 'extension');
    const controls = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder).catch(() => [])).filter(name => /^(?!.*--).*\.control$/.test(name));
    const read = controls.map(async (file) => {
        const version = (0,_extensions_js__WEBPACK_IMPORTED_MODULE_5__/* .defaultVersionIn */ .$R)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, file), 'utf8').catch(() => ''));
        return version === undefined ? [] : [[file.slice(0, -'.control'.length), version]];
    });
    return new Map((await Promise.all(read)).flat());
}
/**
 * Where these programs keep what initdb and the server read. pg_config knows it as they do; where it is not installed, it
 * is one of the known places, unless several of them look like it. All of them go by where the program really lies.
 */
async function shareFolder(programs) {
    const { major } = programs;
    const linked = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(programs.folder, 'postgres');
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(linked).catch(() => linked));
    const told = await toldByConfig(folder);
    if (told !== undefined && (await isShareOf(major, told)))
        return told;
    const places = ['../share/postgresql', '../share', '../share/pgsql'];
    const versioned = [
        `../share/postgresql${major}`,
        `../../share/postgresql${major}`,
        `../../../share/postgresql${major}`
    ];
    const debian = `../../../../share/postgresql/${major}`;
    const candidates = [...places, ...versioned, debian].map(place => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, place));
    const real = await Promise.all(candidates.map(place => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(place).catch(() => place)));
    const looked = await Promise.all([...new Set(real)].map(async (p) => ((await isShareOf(major, p)) ? [p] : [])));
    const [first, second] = looked.flat();
    return second === undefined ? first : undefined;
}
async function toldByConfig(folder) {
    try {
        const asked = (0,node_util__WEBPACK_IMPORTED_MODULE_3__.promisify)(node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'pg_config'), ['--sharedir'], {
            timeout: 5_000,
            env: { LC_ALL: 'C' }
        });
        return (await asked).stdout.trim();
    }
    catch {
        return undefined;
    }
}
/** initdb reads this file and demands the same first line. */
async function isShareOf(major, folder) {
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'postgres.bki')).catch(() => undefined);
    if (file === undefined)
        return false;
    try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
        return new RegExp(`^# PostgreSQL ${major}\\s`).test(buffer.toString('utf8', 0, bytesRead));
    }
    finally {
        await file.close();
    }
}


/***/ }),

/***/ 3702:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ quoteName),
/* harmony export */   o: () => (/* binding */ quoteText)
/* harmony export */ });
/** A name as an identifier of SQL. */
const quoteName = (name) => `"${name.replaceAll('"', '""')}"`;
/** A text as a literal of SQL, for the statements that take no parameters. */
const quoteText = (text) => ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;


/***/ }),

/***/ 91:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kv: () => (/* binding */ readUnreadable),
/* harmony export */   Ue: () => (/* binding */ isPooled),
/* harmony export */   fg: () => (/* binding */ mayClone),
/* harmony export */   pU: () => (/* binding */ countPrepared)
/* harmony export */ });
/* unused harmony export sharesSessions */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9004);


/**
 * True if the URL leads to a pooler that hands one server session to several clients. Two connections ask for one lock
 * and then who serves them: a session of its own gives it once, and never changes.
 */
const isPooled = (database, options) => (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .withClient */ .S)(database, options, one => (0,_client_js__WEBPACK_IMPORTED_MODULE_1__/* .withClient */ .S)(database, options, other => sharesSessions(one, other)));
async function sharesSessions(one, other) {
    const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomInt)(2 ** 31);
    const ask = async ({ query }, what) => (await query(`SELECT ${what}::text`)).rows[0]?.[0] ?? '';
    const servedBy = (asked) => ask(asked, 'pg_backend_pid()');
    // Each is asked twice in a row as well, or sessions that are handed out in turn would look like the clients' own.
    const ones = [await servedBy(one), await servedBy(one)];
    const others = [await servedBy(other), await servedBy(other)];
    const locked = await ask(one, `pg_try_advisory_lock(${key})`);
    const twice = await ask(other, `pg_try_advisory_lock(${key})`);
    ones.push(await servedBy(one));
    others.push(await servedBy(other));
    const freed = await ask(one, `pg_advisory_unlock(${key})`);
    const steady = new Set(ones).size === 1 && new Set(others).size === 1 && ones[0] !== others[0];
    const pooled = !steady || (locked === 'true' && twice === 'true') || freed !== 'true';
    // Behind a pooler the lock may lie in any session that we are given.
    for (let tries = 0; pooled && tries < 8; tries += 1) {
        await ask(tries % 3 === 0 ? one : other, `pg_advisory_unlock(${key})`);
    }
    return pooled;
}
// What pg_dump would stumble over: something it may not select, or rows that row-level security would hide from it.
const UNREADABLE = `
SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_roles me
WHERE me.rolname = current_user AND NOT me.rolsuper AND c.relkind IN ('r', 'p', 'm', 'S') AND c.relpersistence <> 't'
  AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  AND (NOT has_schema_privilege(n.oid, 'USAGE')
    OR CASE c.relkind WHEN 'S' THEN NOT has_sequence_privilege(c.oid, 'SELECT')
       ELSE NOT has_table_privilege(c.oid, 'SELECT') END
    OR (c.relrowsecurity AND NOT me.rolbypassrls AND (c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE'))))
UNION ALL SELECT 'large object ' || l.oid FROM pg_largeobject_metadata l, pg_roles me
WHERE me.rolname = current_user AND NOT me.rolsuper AND current_setting('lo_compat_privileges') = 'off'
  AND NOT pg_has_role(l.lomowner, 'USAGE')
  AND NOT EXISTS (SELECT FROM aclexplode(l.lomacl) WHERE privilege_type = 'SELECT'
    AND (grantee = 0 OR pg_has_role(grantee, 'USAGE')))
ORDER BY 1`;
/** Relations and large objects that the role cannot read whole, relations as quoted names. */
async function readUnreadable({ query }) {
    return (await query(UNREADABLE)).rows.map(([name]) => name ?? '');
}
const SNAPSHOT_RIGHTS = `
SELECT me.rolsuper OR (me.rolcreatedb AND pg_has_role(d.datdba, 'USAGE') AND pg_has_role('pg_signal_backend', 'USAGE'))
FROM pg_roles me, pg_database d WHERE me.rolname = current_user AND d.datname = current_database()`;
/** A clone needs its owner's rights, CREATEDB, and that sessions can be ended. */
async function mayClone({ query }) {
    return (await query(SNAPSHOT_RIGHTS)).rows[0]?.[0] === 't';
}
/** Transactions prepared for a two-phase commit: a dump does not hold them, and a clone is refused with them. */
async function countPrepared({ query }) {
    const { rows } = await query('SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()');
    return Number(rows[0]?.[0]);
}


/***/ }),

/***/ 1012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ct: () => (/* binding */ chooseScratch),
/* harmony export */   Dg: () => (/* binding */ HERE),
/* harmony export */   hM: () => (/* binding */ withScratch),
/* harmony export */   lI: () => (/* binding */ lackingOn),
/* harmony export */   vo: () => (/* binding */ localesFor)
/* harmony export */ });
/* unused harmony exports wordsOf, demandNewEnough */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _address_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8658);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9004);
/* harmony import */ var _closed_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7084);
/* harmony import */ var _docker_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8216);
/* harmony import */ var _extensions_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9966);
/* harmony import */ var _offered_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2913);
/* harmony import */ var _programs_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6901);
/* harmony import */ var _quote_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(3702);
/* harmony import */ var _server_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(8541);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(1937);












/** What `scratch` says to allow a copy of the data where the checklist runs, without naming a server. */
const HERE = 'runner';
async function chooseScratch(facts) {
    const { given, found, majors } = facts;
    if (given !== undefined && given !== HERE)
        return { kind: 'given', url: given };
    const machine = (0,_programs_js__WEBPACK_IMPORTED_MODULE_8__/* .chooseServer */ .Nh)(found, majors);
    if (machine !== undefined)
        return { kind: 'machine', programs: machine };
    const newer = Math.max(majors.server, majors.client);
    if (await facts.docker())
        return { kind: 'docker', image: `postgres:${newer}`, major: newer };
    const embedded = await facts.embedded();
    if (embedded === undefined || embedded.major < majors.server)
        return undefined;
    return { kind: 'embedded', programs: embedded };
}
/** In words for the receipt. */
function wordsOf(plan, version) {
    if (plan.kind === 'given')
        return `given server ${version}`;
    if (plan.kind === 'docker')
        return `docker ${plan.image}`;
    return plan.kind === 'machine' ? `initdb ${version} on this machine` : `embedded PostgreSQL ${version}`;
}
async function withScratch(plan, request, work) {
    const { source, signal } = request;
    const inServer = (url) => withScratchDatabase(plan, (0,_address_js__WEBPACK_IMPORTED_MODULE_2__.parseAddress)(url), source, signal, work);
    if (plan.kind === 'given')
        return inServer(plan.url);
    if (plan.kind === 'docker')
        return (0,_docker_js__WEBPACK_IMPORTED_MODULE_5__/* .withDockerServer */ .U)({ ...request, image: plan.image }, inServer);
    return (0,_server_js__WEBPACK_IMPORTED_MODULE_9__/* .withServer */ .eH)({ bin: plan.programs.folder, signal }, ({ url }) => inServer(url));
}
async function withScratchDatabase(plan, server, source, signal, work) {
    const name = `${PREFIX}${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(6).toString('hex')}`;
    const roles = [];
    try {
        return await (0,_client_js__WEBPACK_IMPORTED_MODULE_3__/* .withClient */ .S)(server, { signal }, async (holder) => {
            await demandNewEnough(holder);
            if (plan.kind === 'given')
                await dropStale(holder);
            await holder.query(`SELECT pg_advisory_lock(hashtext('${name}'))`);
            await demandExtensions(holder, source, plan);
            roles.push(...(await createRoles(holder, source)));
            const locale = await createDatabase(holder, name, source);
            const database = (0,_address_js__WEBPACK_IMPORTED_MODULE_2__/* .inDatabase */ .jG)(server, name);
            const made = await (0,_client_js__WEBPACK_IMPORTED_MODULE_3__/* .withClient */ .S)(database, { signal }, _source_js__WEBPACK_IMPORTED_MODULE_10__/* .readSource */ .o$);
            // A server that we have made ourselves is another one, even if the source does not tell which it is.
            if (plan.kind === 'given')
                demandApart(source, made);
            return await work({ database, words: wordsOf(plan, made.version), locale });
        });
    }
    finally {
        // On a server of our own everything goes with it.
        if (plan.kind === 'given')
            await clear(server, name, roles);
    }
}
/** Asked before a copy is there: on an older server it could not be taken away again. */
async function demandNewEnough({ query }) {
    const asked = `SELECT current_setting('server_version_num'), current_setting('server_version')`;
    const [number, version] = (await query(asked)).rows[0] ?? [];
    if (Number(number) >= _source_js__WEBPACK_IMPORTED_MODULE_10__/* .OLDEST */ ._j)
        return;
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('backup_not_proven', `the server that tries the dump is too old: expected PostgreSQL 13 or newer, found ${version}`, 'Name a newer one (databases: …: scratch: URL), or none, for one of this machine.');
}
const PREFIX = 'deploy_checklist_scratch_';
// Whoever works with a copy holds its lock; a copy of production that a killed process left is nobody's.
async function dropStale({ query }) {
    const { rows } = await query(`SELECT datname FROM pg_database WHERE starts_with(datname, '${PREFIX}')`);
    for (const [name] of rows) {
        const free = await query(`SELECT pg_try_advisory_lock(hashtext($1))`, [name ?? '']);
        if (free.rows[0]?.[0] !== 't')
            continue;
        await query(`DROP DATABASE IF EXISTS ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_11__/* .quoteName */ .A)(name ?? '')} WITH (FORCE)`);
        await query(`SELECT pg_advisory_unlock(hashtext($1))`, [name ?? '']);
    }
}
// Asked before anything starts too, but not everywhere can it be known before the server runs.
async function demandExtensions(connection, { extensions }, plan) {
    const lacking = (0,_extensions_js__WEBPACK_IMPORTED_MODULE_6__/* .lackingExtensions */ .OJ)(extensions, await (0,_offered_js__WEBPACK_IMPORTED_MODULE_7__/* .offeredByServer */ .yh)(connection));
    if (lacking.length === 0)
        return;
    const { message, hint } = lackingOn(plan, lacking);
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('backup_not_proven', message, hint);
}
/** That the server which tries the dump does not offer what the database uses, and the remedy. */
const lackingOn = (plan, lacking) => ({
    message: `the server that tries the dump (${placeOf(plan)}) does not offer extensions that the database uses: expected ${(0,_extensions_js__WEBPACK_IMPORTED_MODULE_6__/* .describeLacking */ .RH)(lacking)}`,
    hint: REMEDIES[plan.kind]
});
const placeOf = (plan) => 'programs' in plan ? wordsOf(plan, plan.programs.version) : plan.kind === 'docker' ? plan.image : 'given by `scratch`';
const INSTALL = 'Install their packages, in that version or a newer one, for PostgreSQL';
const NAME = 'name a server that has them (databases: …: scratch: URL)';
const REMEDIES = {
    given: `${INSTALL} on that server, or ${NAME}.`,
    machine: `${INSTALL} on this machine, or ${NAME}.`,
    docker: `The image has only what PostgreSQL brings along. Install PostgreSQL and their packages on this machine, or ${NAME}.`,
    embedded: `Install PostgreSQL and their packages on this machine, or ${NAME}.`
};
// Owners and grantees have to exist for a dump to go in; they can do nothing there.
async function createRoles({ query }, { roles }) {
    const there = new Set((await query('SELECT rolname FROM pg_roles')).rows.map(([name]) => name));
    const lacking = roles.filter(role => !there.has(role) && !role.startsWith('pg_'));
    for (const role of lacking)
        await query(`CREATE ROLE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_11__/* .quoteName */ .A)(role)} NOLOGIN`);
    return lacking;
}
async function createDatabase(connection, name, source) {
    const candidates = localesFor(source);
    for (const [index, { sql, words }] of candidates.entries()) {
        try {
            await (0,_closed_js__WEBPACK_IMPORTED_MODULE_4__/* .createPrivate */ .Oo)(connection, name, `TEMPLATE template0 ENCODING '${source.encoding}' ${sql}`);
            return words;
        }
        catch (error) {
            if (index === candidates.length - 1)
                throw error;
        }
    }
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .unavailable */ .hU)('service_unavailable', 'no scratch database could be made', "Look at the scratch server's log.");
}
/** Locales to try in this order: the source's own, then those that every system has. */
function localesFor({ locale, encoding }) {
    const { collate, ctype, provider, icu } = locale;
    const libc = (both) => ({
        sql: `LC_COLLATE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_11__/* .quoteText */ .o)(both)} LC_CTYPE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_11__/* .quoteText */ .o)(both)}`,
        words: `${both} for ${collate}`
    });
    const own = `LC_COLLATE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_11__/* .quoteText */ .o)(collate)} LC_CTYPE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_11__/* .quoteText */ .o)(ctype)}`;
    const provided = provider === 'i' ? ` LOCALE_PROVIDER icu ICU_LOCALE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_11__/* .quoteText */ .o)(icu)}` : '';
    const builtin = provider === 'b' ? ` LOCALE_PROVIDER builtin BUILTIN_LOCALE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_11__/* .quoteText */ .o)(icu)}` : '';
    const first = { sql: `${own}${provided}${builtin}`, words: collate };
    const unicode = encoding === 'UTF8' ? [libc('C.UTF-8'), libc('en_US.UTF-8')] : [];
    return [first, ...unicode, libc('C')];
}
function demandApart(source, scratch) {
    if ((0,_source_js__WEBPACK_IMPORTED_MODULE_10__/* .areApart */ .NQ)(source, scratch))
        return;
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('backup_not_proven', 'it cannot be told whether the scratch database is the source itself', 'Give the checklist another server to try backups on (databases: …: scratch: URL).');
}
async function clear(server, name, roles) {
    // Also when the run is being cancelled: a copy of production must not stay on somebody's server.
    await (0,_client_js__WEBPACK_IMPORTED_MODULE_3__/* .withClient */ .S)(server, { signal: AbortSignal.timeout(5_000) }, async ({ query }) => {
        await query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        for (const role of roles)
            await query(`DROP ROLE IF EXISTS ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_11__/* .quoteName */ .A)(role)}`);
    }).catch(() => { });
}


/***/ }),

/***/ 1937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NQ: () => (/* binding */ areApart),
/* harmony export */   _j: () => (/* binding */ OLDEST),
/* harmony export */   o$: () => (/* binding */ readSource)
/* harmony export */ });
/* unused harmony export readIdentity */
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8314);

/** The oldest server that copies are made of and made on: before 13 none can be dropped while somebody is in it. */
const OLDEST = 130_000;
const SOURCE = `
SELECT current_setting('server_version_num'), split_part(current_setting('server_version'), ' ', 1), d.oid::text,
  d.datname, pg_database_size(d.oid)::text, pg_encoding_to_char(d.encoding), to_jsonb(d)::text,
  (r.rolsuper OR r.rolbypassrls)::text, pg_get_userbyid(d.datdba),
  coalesce((SELECT jsonb_object_agg(coalesce(pg_get_userbyid(nullif(setrole, 0)), ''), to_jsonb(setconfig))
            FROM pg_db_role_setting WHERE setdatabase = d.oid), '{}')::text
FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user`;
// The bootstrap superuser owns things without an entry in pg_shdepend.
const ROLES = `
SELECT rolname FROM pg_roles WHERE oid = 10 OR rolname = current_user OR oid IN (
  SELECT refobjid FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass
  AND (dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) OR (dbid = 0 AND classid = 'pg_database'::regclass))
) ORDER BY rolname`;
const EXTENSIONS = `SELECT extname, extversion FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname`;
async function readSource({ query }) {
    const [row = []] = (await query(SOURCE)).rows;
    const [number, version, oid, database, bytes, encoding, json, seesEveryRow, owner, settings] = row.map(String);
    const parsed = JSON.parse(json ?? '{}');
    const facts = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(parsed) ? parsed : {};
    const text = (...names) => String(names.map(name => facts[name]).find(value => value != null) ?? '');
    return {
        versionNumber: Number(number),
        major: Math.floor(Number(number) / 10_000),
        version: version ?? '',
        systemIdentifier: await readSystemIdentifier({ query }),
        databaseOid: Number(oid),
        database: database ?? '',
        bytes: Number(bytes),
        encoding: encoding ?? '',
        locale: {
            collate: text('datcollate'),
            ctype: text('datctype'),
            provider: text('datlocprovider'),
            icu: text('datlocale', 'daticulocale')
        },
        seesEveryRow: seesEveryRow === 'true',
        properties: {
            owner: owner ?? '',
            acl: facts['datacl'] ?? null,
            connectionLimit: facts['datconnlimit'] ?? -1,
            settings: JSON.parse(settings ?? '{}')
        },
        roles: first((await query(ROLES)).rows),
        extensions: (await query(EXTENSIONS)).rows.map(([name, version]) => ({ name: name ?? '', version: version ?? '' }))
    };
}
/** Which server and which database a connection leads to, whatever its URL says. */
async function readIdentity(connection) {
    const { rows } = await connection.query('SELECT oid::text FROM pg_database WHERE datname = current_database()');
    return { systemIdentifier: await readSystemIdentifier(connection), databaseOid: Number(rows[0]?.[0]) };
}
async function readSystemIdentifier({ query }) {
    const may = `SELECT has_function_privilege('pg_catalog.pg_control_system()', 'execute')::text`;
    if ((await query(may)).rows[0]?.[0] !== 'true')
        return '';
    return (await query('SELECT system_identifier::text FROM pg_control_system()')).rows[0]?.[0] ?? '';
}
/** True if they cannot be one database. An unknown server is no proof. */
const areApart = (a, b) => a.systemIdentifier !== '' &&
    b.systemIdentifier !== '' &&
    (a.systemIdentifier !== b.systemIdentifier || a.databaseOid !== b.databaseOid);
const first = (rows) => rows.map(([value]) => value ?? '');


/***/ }),

/***/ 9149:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   WI: () => (/* binding */ statementsIn),
/* harmony export */   Z9: () => (/* binding */ wordsOf),
/* harmony export */   b4: () => (/* binding */ offsetOf)
/* harmony export */ });
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
/**
 * Splits an SQL text at its top-level semicolons, as the server would: strings, quoted names, dollar quotes, nested
 * comments, parentheses and `BEGIN ATOMIC` bodies hide theirs. What the server would refuse is left for it to refuse.
 */
function statementsIn(sql) {
    const found = [];
    let start = -1;
    let end = 0;
    let parentheses = 0;
    let blocks = 0;
    let before = '';
    const close = () => {
        if (start >= 0)
            found.push({ text: sql.slice(start, end), offset: start });
        start = -1;
        parentheses = 0;
        blocks = 0;
        before = '';
    };
    for (let at = 0; at < sql.length;) {
        const token = tokenAt(sql, at);
        at = token.end;
        if (token.kind === 'blank')
            continue;
        if (token.text === ';' && parentheses === 0 && blocks === 0) {
            close();
            continue;
        }
        if (start < 0)
            start = token.start;
        end = token.end;
        if (token.text === '(')
            parentheses += 1;
        if (token.text === ')')
            parentheses = Math.max(0, parentheses - 1);
        blocks = blocksAfter(blocks, before, token.text);
        before = token.text;
    }
    close();
    return found;
}
/** First words of a statement in lower case, one space between them, comments left out: `create index concurrently`. */
function wordsOf({ text }, count) {
    const words = [];
    for (let at = 0; at < text.length && words.length < count;) {
        const token = tokenAt(text, at);
        at = token.end;
        if (token.kind === 'blank')
            continue;
        words.push(token.text.toLowerCase());
    }
    return words.join(' ');
}
/** Line and column, both from 1, of an offset in UTF-16 units. */
function placeOf(text, offset) {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length, col: (before.at(-1)?.length ?? 0) + 1 };
}
/** The offset in UTF-16 units of the server's position, which counts characters from 1. */
const offsetOf = (text, position) => [...text].slice(0, Math.max(0, position - 1)).join('').length;
function tokenAt(sql, start) {
    const make = (kind, end) => ({ kind, text: sql.slice(start, end), start, end });
    const char = sql[start] ?? '';
    const next = sql[start + 1] ?? '';
    if (char.trim() === '')
        return make('blank', start + 1);
    if (char === '-' && next === '-')
        return make('blank', endOr(sql, sql.indexOf('\n', start)));
    if (char === '/' && next === '*')
        return make('blank', commentEnd(sql, start));
    if (char === "'")
        return make('other', quotedEnd(sql, start, false));
    if (char === '"')
        return make('other', quotedEnd(sql, start, false));
    if ((char === 'e' || char === 'E') && next === "'")
        return make('other', quotedEnd(sql, start + 1, true));
    const dollar = matchAt(DOLLAR, sql, start);
    if (dollar !== '')
        return make('other', dollarEnd(sql, start, dollar));
    const word = matchAt(WORD, sql, start);
    return word === '' ? make('other', start + 1) : make('word', start + word.length);
}
const endOr = (sql, found) => (found < 0 ? sql.length : found);
function matchAt(pattern, text, at) {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? '';
}
function commentEnd(sql, start) {
    let depth = 1;
    for (let at = start + 2; at < sql.length; at += 1) {
        const pair = sql.slice(at, at + 2);
        if (pair !== '/*' && pair !== '*/')
            continue;
        depth += pair === '/*' ? 1 : -1;
        at += 1;
        if (depth === 0)
            return at + 1;
    }
    return sql.length;
}
// A doubled quote reads as two strings side by side, which ends at the same place.
function quotedEnd(sql, open, backslashes) {
    for (let at = open + 1; at < sql.length; at += 1) {
        if (backslashes && sql[at] === '\\')
            at += 1;
        else if (sql[at] === sql[open]) {
            if (sql[at + 1] !== sql[open])
                return at + 1;
            at += 1;
        }
    }
    return sql.length;
}
function dollarEnd(sql, start, tag) {
    const close = sql.indexOf(tag, start + tag.length);
    return close < 0 ? sql.length : close + tag.length;
}
// The body of an SQL-standard function; a CASE inside it has an END of its own.
function blocksAfter(blocks, before, text) {
    const word = text.toLowerCase();
    if (word === 'atomic' && before.toLowerCase() === 'begin')
        return blocks + 1;
    if (blocks > 0 && word === 'case')
        return blocks + 1;
    return blocks > 0 && word === 'end' ? blocks - 1 : blocks;
}


/***/ }),

/***/ 647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ objectionsToStore),
/* harmony export */   N: () => (/* binding */ readStorePlace)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _postgres_faults_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9213);
/* harmony import */ var _store_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1665);





// GitHub's images for Linux have a second disk at /mnt, as fleeting as the first.
const OF_EVERY_MACHINE = ['/', '/mnt', '/dev/shm'];
async function readStorePlace(path, workspace, { baseEnv, freeSpace: spaceAt = _store_js__WEBPACK_IMPORTED_MODULE_4__/* .freeSpace */ .FP }) {
    const here = [...OF_EVERY_MACHINE, workspace, baseEnv['RUNNER_TEMP'] ?? '', (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)()].filter(each => each !== '');
    const devices = await Promise.all(here.map(async (each) => (await spaceAt(each)).device));
    const space = await spaceAt(path);
    return { path, ...space, ofTheMachine: devices.includes(space.device), refuses: await whyNotWritable(path) };
}
/** What stands in the way of keeping `what` there: it would not last, or cannot be written. */
function objectionsToStore(what, { path, ofTheMachine, refuses }, diskDisappears) {
    const found = [];
    if (diskDisappears && ofTheMachine) {
        found.push({
            reason: 'no_lasting_store',
            message: `${what}: expected a store on a mounted place that outlives this hosted runner, found ${path} on the runner's own disk`,
            hint: 'Mount one before this step and name a folder in it (store: /mnt/backups/shop), or use a self-hosted runner.'
        });
    }
    if (refuses !== undefined) {
        found.push({
            reason: 'missing_right',
            message: `${what}: the store ${path} cannot be made or written: ${refuses}`,
            hint: `Let the user of this job write there (sudo install -d -o "$(id -un)" ${path}), or name another folder (store: …).`
        });
    }
    return found;
}
/** Asked of the nearest folder that is there, since nothing may be made yet. */
async function whyNotWritable(path) {
    for (let folder = path;; folder = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(folder)) {
        try {
            if (!(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder)).isDirectory())
                return `${folder} is no folder`;
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(folder, node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.W_OK | node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
            return undefined;
        }
        catch (error) {
            const code = (0,_postgres_faults_js__WEBPACK_IMPORTED_MODULE_3__/* .codeOf */ .$N)(error);
            if (!['ENOENT', 'ENOTDIR'].includes(code))
                return `${folder} does not let us (${code})`;
        }
    }
}


/***/ }),

/***/ 1665:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FP: () => (/* binding */ freeSpace),
/* harmony export */   HN: () => (/* binding */ writeManifest),
/* harmony export */   KP: () => (/* binding */ removeOld),
/* harmony export */   PD: () => (/* binding */ fineStampOf),
/* harmony export */   TC: () => (/* binding */ removeBackup),
/* harmony export */   TM: () => (/* binding */ digestFile),
/* harmony export */   WI: () => (/* binding */ readManifest),
/* harmony export */   Zs: () => (/* binding */ stampOf),
/* harmony export */   sN: () => (/* binding */ finishFile),
/* harmony export */   yW: () => (/* binding */ beginFile)
/* harmony export */ });
/* unused harmony exports manifestOf, choosePast */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2807);





/** A file of a store under a name that says it is not finished: made 0600 before anything is written into it. */
async function beginFile(folder, name) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, `${name}.partial`);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(folder, { recursive: true, mode: 0o700 });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(path, { force: true });
        const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(path, 'wx', 0o600);
        await file.close();
    }
    catch (cause) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .unavailable */ .hU)('missing_right', `the store ${folder} cannot be made or written: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(cause)}`, 'Let the user of this job write there, or name another folder (store: …).', cause);
    }
    return path;
}
/** Makes a finished file durable, then gives it its name: a reader sees all of it or nothing. */
async function finishFile(partial) {
    const path = partial.replace(/\.partial$/, '');
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.chmod)(partial, 0o600);
    await sync(partial);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(partial, path);
    await sync((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(path));
    return path;
}
/**
 * Writes the receipt beside the bytes that it is about, with what only this file may hold: settings of a database can be
 * secrets, and a receipt is shown.
 */
async function writeManifest(receipt, more = {}) {
    const name = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.basename)(manifestOf(receipt.location));
    const partial = await beginFile((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(receipt.location), name);
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(partial, 'w');
    await file.writeFile(`${JSON.stringify({ ...receipt, ...more }, null, 2)}\n`);
    await file.close();
    await finishFile(partial);
}
const manifestOf = (location) => `${location}.json`;
async function readManifest(location) {
    try {
        const { properties: _p, roles: _r, listing: _l, ...receipt } = JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(manifestOf(location), 'utf8'));
        return receipt;
    }
    catch {
        return undefined;
    }
}
async function removeBackup(location) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(location, { force: true });
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)(manifestOf(location), { force: true });
}
/** SHA-256 of the bytes as they lie on the disk, and how many they are. */
async function digestFile(path, signal) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let bytes = 0;
    for await (const chunk of (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(path, { signal, highWaterMark: 1 << 20 })) {
        hash.update(chunk);
        bytes += chunk.length;
    }
    return { sha256: hash.digest('hex'), bytes };
}
/** Removes the oldest backups of the same subject and source, so that `keep` are left. Returns what went. */
async function removeOld(newest, keep) {
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(newest.location);
    const names = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)(folder)).filter(name => name.endsWith('.json'));
    const receipts = await Promise.all(names.map(name => readManifest((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, name.slice(0, -'.json'.length)))));
    const going = choosePast(receipts.flatMap(receipt => (receipt !== undefined && (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(receipt.location) === folder ? [receipt] : [])), newest, keep);
    for (const { location } of going)
        await removeBackup(location);
    return going.map(({ location }) => location);
}
/** Which receipts are too many: never the newest, never one of another source, whoever shares the folder. */
function choosePast(receipts, newest, keep) {
    const same = receipts.filter(receipt => receipt.location !== newest.location &&
        receipt.subject === newest.subject &&
        receipt.source.systemIdentifier === newest.source.systemIdentifier &&
        receipt.source.databaseOid === newest.source.databaseOid &&
        receipt.source.database === newest.source.database);
    return [...same].sort((a, b) => (a.takenAt < b.takenAt ? 1 : -1)).slice(Math.max(keep, 1) - 1);
}
/** Free bytes where a path lies or will lie, and which file system that is. */
async function freeSpace(path) {
    for (let folder = path;; folder = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(folder)) {
        try {
            const [{ bavail, bsize }, { dev }] = await Promise.all([(0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.statfs)(folder), (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(folder)]);
            return { bytes: bavail * bsize, device: dev };
        }
        catch (error) {
            if (folder === (0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(folder))
                throw error;
        }
    }
}
/** `20261120T174455Z`: sorts as time does. For names that nothing else makes unique, `fineStampOf`. */
const stampOf = (at) => at.toISOString().replace(/[-:]|\.\d+/g, '');
/** `20261120T174455123Z`, to the millisecond. */
const fineStampOf = (at) => at.toISOString().replace(/[-:.]/g, '');
async function sync(path) {
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.open)(path, 'r');
    try {
        await file.sync();
    }
    finally {
        await file.close();
    }
}


/***/ })

};
