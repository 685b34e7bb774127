export const id = 590;
export const ids = [590,244];
export const modules = {

/***/ 2030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ addAfterEnd)
/* harmony export */ });
/* harmony import */ var _core_engine_journal_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3034);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _begin_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4628);



const TRIES = 20;
/**
 * Adds what is legal after the end (checkpoint, mark, link) to an execution that others may write to as well. `bodies` of
 * how it stands then: whoever comes second may have nothing to add any more. Returns what was added.
 */
async function addAfterEnd(id, bodies, ledger, { clock }) {
    for (let tries = 1; tries <= TRIES; tries++) {
        const stored = await (0,_begin_js__WEBPACK_IMPORTED_MODULE_2__/* .mustRead */ .qE)(id, ledger);
        const added = typeof bodies === 'function' ? bodies(stored) : bodies;
        if (added.length === 0)
            return added;
        const written = await ledger.append((0,_core_engine_journal_js__WEBPACK_IMPORTED_MODULE_0__/* .changeFrom */ .ft)(stored, added, ledger, clock.now().toISOString()));
        if (written.kind === 'appended')
            return added;
    }
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .unavailable */ .hU)('ledger_unavailable', `${id} changed each time something was to be added to it`, 'Try again.');
}


/***/ }),

/***/ 1478:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ mustBeAskedFor)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);
/* harmony import */ var _prepare_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9366);
/* harmony import */ var _records_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2882);



/**
 * A named execution of another environment than is asked for is not acted on: another gate was asked, and other secrets
 * are here. A step of the action that does not say which environment means the one that the checklist chooses, and acts on
 * executions of its own repository alone; on the command line the execution itself says what it belongs to.
 */
async function mustBeAskedFor(named, asked, shop) {
    const { id, key } = named;
    if (asked.surface === 'action') {
        const { repository } = await shop.identity();
        if (key.repository !== repository)
            throw notThat(repository, key.repository, id, 'Act on it from its own repository, whose gate and secrets it needs.');
    }
    const environment = asked.environment || (await unsaid(named, asked, shop));
    if (environment !== key.environment)
        throw notThat(environment, key.environment, id, NAME_IT);
}
const NAME_IT = 'Name that environment, so that its gate is asked and its secrets are there, or leave the execution out.';
const notThat = (expected, found, id, hint) => (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('usage', `expected an execution of ${expected}, found one of ${found} (${id})`, hint);
/** A checklist that is broken or gone must not stand in the way where the ledger knows of one environment only. */
async function unsaid({ id, key }, { surface, command, checklist }, shop) {
    // Whoever settles may do so without a checkout.
    if (surface === 'cli' || command === 'settle')
        return key.environment;
    const prepared = await (0,_prepare_js__WEBPACK_IMPORTED_MODULE_1__/* .prepare */ .iA)(shop, { checklist, environment: '' }).catch(error => error);
    if (!(prepared instanceof Error))
        return prepared.key.environment;
    const isRead = prepared instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ChecklistError */ .vm && prepared.reason === 'usage';
    if (!isRead && !(await hasSeveral(key, shop)))
        return key.environment;
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('usage', `it is not said which environment is meant, and ${id} is one of ${key.environment}: ${prepared.message}`, NAME_IT);
}
async function hasSeveral({ repository, environment }, shop) {
    for await (const { key } of (0,_records_js__WEBPACK_IMPORTED_MODULE_2__/* .recordsOf */ .M)(await shop.ledger(), { key: { repository } }))
        if (key.environment !== environment)
            return true;
    return false;
}


/***/ }),

/***/ 6831:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  oA: () => (/* binding */ branchIn),
  BS: () => (/* binding */ chooseLedger),
  qp: () => (/* binding */ defaultFolder)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/core/events.js
var core_events = __webpack_require__(4793);
// EXTERNAL MODULE: ./build/core/ledger/doubts.js
var ledger_doubts = __webpack_require__(2599);
// EXTERNAL MODULE: ./build/core/ledger/lines.js
var lines = __webpack_require__(3165);
// EXTERNAL MODULE: ./build/core/ledger/names.js
var names = __webpack_require__(6878);
// EXTERNAL MODULE: ./build/core/ledger/pages.js
var pages = __webpack_require__(2942);
// EXTERNAL MODULE: ./build/core/ledger/rules.js
var rules = __webpack_require__(8369);
// EXTERNAL MODULE: ./build/core/ledger/damage.js
var damage = __webpack_require__(9561);
;// CONCATENATED MODULE: ./build/ledger/file-faults.js

const isCode = (error, code) => codeOf(error) === code;
// By its shape: a fault of the file system may come from another realm, where `instanceof` says no.
const codeOf = (error) => typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error ? error.code : undefined;
/** Runs work on files; a fault of the file system is translated once, here. */
async function onDisk(folder, work) {
    try {
        return await work();
    }
    catch (error) {
        throw translate(folder, error);
    }
}
function translate(folder, error) {
    if (['EACCES', 'EPERM', 'EROFS'].some(code => isCode(error, code))) {
        const message = `the ledger in ${folder} cannot be read or written: ${(0,errors/* messageOf */.bD)(error)}`;
        return (0,errors/* refused */.J5)('missing_right', message, `Give this user the folder: chown -R "$(id -un)" '${folder}'`, error);
    }
    if (codeOf(error) !== undefined) {
        const message = `the ledger in ${folder} cannot be used: ${(0,errors/* messageOf */.bD)(error)}`;
        return (0,errors/* unavailable */.hU)('ledger_unavailable', message, 'Look at the disk (space, mount), then try again.', error);
    }
    return error;
}

;// CONCATENATED MODULE: ./build/ledger/file-write.js




const PRIVATE = 0o600;
/** The whole file or the one before, also after a loss of power; 0600. */
async function replaceFile(path, text) {
    await replaceQuickly(path, text, handle => handle.sync());
    await syncFolder((0,external_node_path_.dirname)(path));
}
/** The same without waiting for the disk, for what can be made again from other files. */
async function replaceQuickly(path, text, sync = async () => { }) {
    // Always the same name: one process writes at a time, and a killed one leaves no more than this.
    const temporary = `${path}.tmp`;
    const handle = await (0,promises_.open)(temporary, 'w', PRIVATE);
    try {
        await handle.writeFile(text);
        await sync(handle);
    }
    finally {
        await handle.close();
    }
    await (0,promises_.rename)(temporary, path);
}
/**
 * Writes at the end of a file whose end is at `at`, cutting what stands behind it first. Durable when it resolves; when
 * it throws, what it wrote has been taken back as far as the disk let us.
 */
async function writeAt(path, at, text) {
    const handle = await (0,promises_.open)(path, external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_CREAT, PRIVATE);
    try {
        await handle.truncate(at);
        await writeDurably(handle, at, text);
    }
    finally {
        await handle.close();
    }
}
async function writeDurably(handle, at, text) {
    const bytes = Buffer.from(text);
    // The write itself only fills memory, which is quicker than handing it over; it is the disk that is waited for.
    try {
        for (let done = 0; done < bytes.length;) {
            done += (0,external_node_fs_.writeSync)(handle.fd, bytes, done, bytes.length - done, at + done);
        }
        await handle.datasync();
    }
    catch (error) {
        await handle.truncate(at).catch(() => { });
        throw error;
    }
}
/** New names in a folder survive a loss of power only after this. */
async function syncFolder(folder) {
    const handle = await (0,promises_.open)(folder, 'r');
    try {
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}
async function removeFile(path) {
    try {
        await (0,promises_.unlink)(path);
    }
    catch (error) {
        if (!isCode(error, 'ENOENT'))
            throw error;
    }
}

;// CONCATENATED MODULE: ./build/ledger/file-execution.js







/** What stands beside a journal under the same name. */
const snapshotOf = (path) => path.replace(/\.jsonl$/, '.record.json');
const beatOf = (path) => path.replace(/\.jsonl$/, '.beat.json');
/** Paths of all executions in a key's folder, oldest first. */
const journalsIn = (folder) => entriesIn(folder)
    .map(({ name }) => name)
    .filter(names/* isJournal */.iW)
    .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    .map(name => (0,external_node_path_.join)(folder, name));
/** Paths of the keys' folders; none when there is no ledger yet. */
const foldersIn = (folder) => entriesIn(folder)
    .filter(entry => entry.isDirectory())
    .map(({ name }) => (0,external_node_path_.join)(folder, name));
function entriesIn(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true });
    }
    catch (error) {
        if (isCode(error, 'ENOENT'))
            return [];
        throw error;
    }
}
/** Everything that one file holds; undefined when it is not there. */
function readExecution(path) {
    const text = textFrom(path, 0);
    return text === undefined ? undefined : (0,lines/* readLines */.S)(path, text);
}
/**
 * Where a file ends, without reading it whole: a snapshot says how it stood at some length, and only what follows is
 * read. The snapshot is made after its lines were durable, so a file that is shorter has lost some.
 */
function readTail(path) {
    const snapshot = readSnapshot(path);
    const text = textFrom(path, snapshot?.bytes ?? 0);
    if (text === undefined)
        return undefined;
    try {
        return (0,lines/* readLines */.S)(path, text, snapshot)?.tail;
    }
    catch (error) {
        // Read from its beginning, a broken line has a number.
        readExecution(path);
        throw error;
    }
}
/** The record with the newest heartbeat, which is kept aside since it comes often and needs no durability. */
function withBeat(path, record) {
    const beat = readIfWhole(beatOf(path));
    if (beat?.token !== record.token || beat.at <= record.heartbeatAt)
        return record;
    return { ...record, heartbeatAt: beat.at };
}
const writeBeat = (path, token, at) => (0,external_node_fs_.writeFileSync)(beatOf(path), JSON.stringify({ token, at }), { mode: 0o600 });
const writeSnapshot = (path, tail) => replaceQuickly(snapshotOf(path), JSON.stringify(tail));
function readSnapshot(path) {
    const tail = readIfWhole(snapshotOf(path));
    return typeof tail?.bytes === 'number' && typeof tail.record?.id === 'string' ? tail : undefined;
}
// What can be made again is not worth an error when it is half there.
function readIfWhole(path) {
    try {
        return JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
    }
    catch (error) {
        if (isCode(error, 'ENOENT') || error instanceof SyntaxError)
            return undefined;
        throw error;
    }
}
function textFrom(path, offset) {
    const file = openIfThere(path);
    if (file === undefined)
        return undefined;
    try {
        const { size } = (0,external_node_fs_.fstatSync)(file);
        if (size < offset)
            throw (0,damage/* broken */.m)(path, `it has ${size} bytes and had ${offset}: its end was cut off`);
        const bytes = Buffer.alloc(size - offset);
        let done = 0;
        for (let read = -1; done < bytes.length && read !== 0; done += read) {
            read = (0,external_node_fs_.readSync)(file, bytes, done, bytes.length - done, offset + done);
        }
        return bytes.subarray(0, done).toString();
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}
function openIfThere(path) {
    try {
        return (0,external_node_fs_.openSync)(path, 'r');
    }
    catch (error) {
        if (isCode(error, 'ENOENT'))
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/ledger/file-index.js





/** Undefined when the folder has none yet. */
const readIndex = (folder) => readJson((0,external_node_path_.join)(folder, 'index.json'));
// Asked at each append, where it is not there: to look costs less than to fail.
const readRedo = (folder) => {
    const path = (0,external_node_path_.join)(folder, 'redo.json');
    return (0,external_node_fs_.existsSync)(path) ? readJson(path) : undefined;
};
/** Under the folder's lock: makes a change of several files happen, all or nothing. */
async function commit(folder, redo) {
    await replaceFile((0,external_node_path_.join)(folder, 'redo.json'), JSON.stringify(redo));
    await apply(folder, redo);
}
/** Under the folder's lock: ends what a killed process has begun. */
async function recover(folder) {
    const redo = readRedo(folder);
    if (redo !== undefined)
        await apply(folder, redo);
}
// The index goes last of the writes: where it is in place, so are they, and later ones may stand behind them already.
async function apply(folder, { index, writes, removes }) {
    if ((readIndex(folder)?.version ?? 0) < index.version) {
        for (const { file, at, text } of writes)
            await writeAt((0,external_node_path_.join)(folder, file), at, text);
        await replaceFile((0,external_node_path_.join)(folder, 'index.json'), JSON.stringify(index));
    }
    for (const file of removes)
        await removeFile((0,external_node_path_.join)(folder, file));
    await removeFile((0,external_node_path_.join)(folder, 'redo.json'));
}
function readJson(path) {
    try {
        return JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
    }
    catch (error) {
        if (isCode(error, 'ENOENT'))
            return undefined;
        if (error instanceof SyntaxError)
            throw (0,damage/* broken */.m)(path, 'it is no JSON');
        throw error;
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/ledger/file-mark.js



/** True when `path` is now one more name of our file; false when the name is taken. */
function tryLink(own, path) {
    try {
        (0,external_node_fs_.linkSync)(own, path);
        return true;
    }
    catch (error) {
        if (isCode(error, 'EEXIST'))
            return false;
        throw error;
    }
}
/** Who has that name; undefined when nobody has. */
function readMark(path) {
    const text = readIfThere(path);
    if (text === undefined)
        return undefined;
    const mark = parse(text);
    if (mark !== undefined)
        return mark;
    const hint = 'Something else has written there. Remove it when no deployment is running.';
    throw (0,errors/* unavailable */.hU)('ledger_unavailable', `${path} is no lock of this ledger`, hint);
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function readIfThere(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch (error) {
        if (isCode(error, 'ENOENT'))
            return undefined;
        throw error;
    }
}
/** On the disk before it gets its second name: after a loss of power a lock that says nothing would be nobody's. */
function writeMark(path, mark) {
    const file = (0,external_node_fs_.openSync)(path, 'w', 0o600);
    try {
        (0,external_node_fs_.writeSync)(file, JSON.stringify(mark));
        (0,external_node_fs_.fsyncSync)(file);
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}
/** The same where it may be half written. */
const peekMark = (path) => parse(readIfThere(path) ?? '');
function unlinkIfThere(path) {
    try {
        (0,external_node_fs_.unlinkSync)(path);
    }
    catch (error) {
        if (!isCode(error, 'ENOENT'))
            throw error;
    }
}

;// CONCATENATED MODULE: ./build/ledger/file-lock.js






const HOLDER = 'holder-';
const WAIT_MS = 10_000;
const ASK_EVERY_MS = 100;
const NAP_MS = 3;
/**
 * The lock is one more name (a hard link) of a file that says who we are: it is there whole or not at all, whoever finds
 * it can read it, and taking and giving it back costs the disk nothing (a new file, or a symbolic link that long, costs
 * more than the append itself). It is only ever held for milliseconds; what holds an environment is a record.
 *
 * A dead holder's lock may be removed by one process only, or two could remove each other's. That right is a second
 * link, `break-NONCE`, NONCE being the dead holder's: who makes it may remove that holder's lock, and nobody else's,
 * because the lock is read again afterwards. If that process dies too, its right passes on by `break-` and its nonce.
 */
async function openFolderLock(clock, liveness) {
    // The process and nothing but it: a run on GitHub may live on when the process that wrote here is dead.
    const { host, bootId, pid, startedAt } = await liveness.self();
    const mark = { nonce: (0,external_node_crypto_.randomBytes)(12).toString('hex'), process: { host, bootId, pid, startedAt } };
    const queues = new Map();
    const ours = new Set();
    /** Our file in that folder, made once; what dead processes have left of theirs goes then. */
    async function markIn(folder) {
        const path = (0,external_node_path_.join)(folder, `${HOLDER}${mark.nonce}`);
        if (ours.has(path))
            return path;
        await sweep(folder, liveness);
        writeMark(path, mark);
        ours.add(path);
        return path;
    }
    async function acquire(folder) {
        const path = (0,external_node_path_.join)(folder, 'lock');
        const own = await markIn(folder);
        if (tryLink(own, path))
            return;
        const deadline = clock.now().getTime() + WAIT_MS;
        let askAt = 0;
        let state = 'unknown';
        while (!tryLink(own, path)) {
            const now = clock.now().getTime();
            if (now > deadline)
                throw stuck(path, state);
            if (now >= askAt) {
                state = await breakIfDead(folder, own, liveness);
                if (state === 'dead')
                    continue;
                askAt = now + ASK_EVERY_MS;
            }
            await clock.sleep(NAP_MS);
            // A clock of tests may not let time pass; other work of this process must go on all the same.
            await (0,external_node_timers_promises_.setImmediate)();
        }
    }
    async function locked(folder, work) {
        await acquire(folder);
        try {
            return await work();
        }
        finally {
            (0,external_node_fs_.unlinkSync)((0,external_node_path_.join)(folder, 'lock'));
        }
    }
    return {
        within: (folder, work) => {
            const before = queues.get(folder) ?? Promise.resolve();
            const turn = before.then(() => locked(folder, work));
            const settled = turn.catch(() => { });
            queues.set(folder, settled);
            return turn;
        },
        close: () => {
            for (const path of ours)
                unlinkIfThere(path);
            ours.clear();
        }
    };
}
async function sweep(folder, liveness) {
    for (const name of (0,external_node_fs_.readdirSync)(folder).filter(name => name.startsWith(HOLDER))) {
        const mark = peekMark((0,external_node_path_.join)(folder, name));
        // One that cannot be read is just being written.
        if (mark !== undefined && (await liveness.state(mark.process)) === 'dead')
            unlinkIfThere((0,external_node_path_.join)(folder, name));
    }
}
/** `dead`: the lock is gone, or was a moment ago. */
async function breakIfDead(folder, own, liveness) {
    const path = (0,external_node_path_.join)(folder, 'lock');
    const holder = readMark(path);
    if (holder === undefined)
        return 'dead';
    const state = await liveness.state(holder.process);
    if (state !== 'dead')
        return state;
    const claims = await claim(folder, holder.nonce, own, liveness);
    if (claims === undefined)
        return 'alive';
    if (readMark(path)?.nonce === holder.nonce)
        (0,external_node_fs_.unlinkSync)(path);
    // The lock goes first: once it is gone, a claim on it is worth nothing, so that its name may be used again.
    for (const name of claims)
        unlinkIfThere(name);
    return 'dead';
}
/** The claims that now lead to us, or undefined when a living process (or nobody knows which) has the right. */
async function claim(folder, nonce, own, liveness) {
    const path = (0,external_node_path_.join)(folder, `break-${nonce}`);
    if (tryLink(own, path))
        return [path];
    const other = readMark(path);
    if (other === undefined || (await liveness.state(other.process)) !== 'dead')
        return undefined;
    const further = await claim(folder, other.nonce, own, liveness);
    return further && [path, ...further];
}
function stuck(path, state) {
    const holder = readMark(path)?.process;
    const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
    const hint = state === 'unknown'
        ? `If ${who} is gone for good, remove ${path}.`
        : `Look at ${who}: it is stopped or hangs. End it, and try again.`;
    const message = `the ledger has been locked by ${who} for more than ${WAIT_MS / 1000} s`;
    return (0,errors/* unavailable */.hU)('ledger_unavailable', message, hint);
}

// EXTERNAL MODULE: ./build/core/ledger/key-index.js
var key_index = __webpack_require__(6756);
;// CONCATENATED MODULE: ./build/ledger/file-read.js









/** True when a killed process left a change of several files half done: whoever reads ends it first. */
const isUnsettled = (keyFolder) => (0,external_node_fs_.existsSync)((0,external_node_path_.join)(keyFolder, 'redo.json'));
function loadIndex(keyFolder, key) {
    const index = readIndex(keyFolder);
    if (index !== undefined)
        return index;
    // Numbers and tokens would start again from one.
    if (journalsIn(keyFolder).length > 0)
        throw (0,damage/* broken */.m)((0,external_node_path_.join)(keyFolder, 'index.json'), 'it is gone, its executions are not');
    return (0,key_index/* emptyIndex */.g)(key);
}
function stateOf(keyFolder, { lastNumber, fence, holder }) {
    const path = holder === '' ? undefined : journalsIn(keyFolder).find(journal => (0,names/* isOf */.yW)((0,external_node_path_.basename)(journal), holder));
    const record = path === undefined ? undefined : recordAt(path);
    return { lastNumber, fence, holder: record?.holdsEnvironment === true ? record : undefined };
}
function surveyFolder(keyFolder, key) {
    const index = loadIndex(keyFolder, key);
    const newest = journalsIn(keyFolder).findLast(path => Number.parseInt((0,external_node_path_.basename)(path), 10) === index.lastNumber);
    const tail = newest === undefined ? undefined : readTail(newest);
    return {
        nextNumber: index.lastNumber + 1,
        nextToken: index.fence + 1,
        newest: newest === undefined || tail === undefined ? undefined : withBeat(newest, tail.record),
        newestHead: tail?.head ?? core_events/* GENESIS */.h,
        holder: stateOf(keyFolder, index).holder
    };
}
const findExecution = (folder, id) => foldersIn(folder)
    .flatMap(journalsIn)
    .find(path => (0,names/* isOf */.yW)((0,external_node_path_.basename)(path), id));
function readStored(path) {
    // Finds an end that was cut off, which the lines alone cannot show.
    readTail(path);
    const execution = readExecution(path);
    if (execution === undefined)
        return undefined;
    const { tail, events } = execution;
    return { record: withBeat(path, tail.record), events, head: tail.head };
}
/** Where a filter's executions are: of one key, only its own folder, so that damage elsewhere is not its matter. */
function foldersFor(folder, { key }) {
    const { repository, checklist, environment } = key ?? {};
    if (repository === undefined || checklist === undefined || environment === undefined)
        return foldersIn(folder);
    return [(0,external_node_path_.join)(folder, (0,names/* folderOf */.yS)({ repository, checklist, environment }))];
}
function listFolders(folders, filter, page) {
    const records = [];
    const tombstones = [];
    const { unreadable, orTell } = (0,damage/* damageFor */.$)(page);
    for (const keyFolder of folders) {
        const index = orTell({ id: '', number: 0, environment: '' }, () => readIndex(keyFolder));
        if (index === undefined || !(0,pages/* matchesKey */.vV)(filter.key, index.key))
            continue;
        const { environment } = index.key;
        const found = journalsIn(keyFolder).flatMap(path => orTell({ ...(0,names/* nameIn */.ZC)((0,external_node_path_.basename)(path)), environment }, () => recordAt(path)) ?? []);
        records.push(...found.filter(record => (0,pages/* matches */.cK)(filter, record)));
        tombstones.push(...index.tombstones.filter(tombstone => (0,pages/* matchesTombstone */.DN)(filter, tombstone)));
    }
    const listed = (0,pages/* pageOf */.ZZ)(records, tombstones, page);
    // When it began is not known, so it has no place in the order but the first page.
    return unreadable.length === 0 || page.cursor !== undefined ? listed : { ...listed, unreadable };
}
function recordAt(path) {
    const record = readTail(path)?.record;
    return record && withBeat(path, record);
}

;// CONCATENATED MODULE: ./build/ledger/file-tails.js



function openTails() {
    const known = new Map();
    async function forget(path) {
        await known.get(path)?.handle.close();
        known.delete(path);
    }
    async function at(path) {
        const before = known.get(path);
        const file = (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false });
        if (before !== undefined && file?.ino === before.inode && file.size === before.tail.bytes)
            return before;
        await forget(path);
        const tail = file && readTail(path);
        if (tail === undefined)
            return undefined;
        const handle = await (0,promises_.open)(path, 'r+');
        const { ino: inode, size } = await handle.stat();
        // Nobody was told that this write had happened.
        if (size > tail.bytes)
            await handle.truncate(tail.bytes);
        const opened = { handle, inode, tail };
        known.set(path, opened);
        return opened;
    }
    return {
        at,
        moved: async (path, tail, before) => {
            const opened = known.get(path);
            if (opened !== undefined)
                known.set(path, { ...opened, tail });
            if (before === undefined || wantsSnapshot(before, tail.record))
                await writeSnapshot(path, tail);
        },
        forget,
        close: async () => {
            for (const path of [...known.keys()])
                await forget(path);
        }
    };
}
// Where lists and surveys look often: what has ended, and how far one has come that was killed.
const wantsSnapshot = (before, after) => after.completedAt !== '' || before.status !== after.status || !keepsPlace(before, after);
/** True when neither the holder nor the fence can change by such a write. */
const keepsPlace = (before, after) => before.holdsEnvironment === after.holdsEnvironment && before.token === after.token;

;// CONCATENATED MODULE: ./build/ledger/file.js

















/**
 * Executions in a folder (absolute, outside the workspace): one folder per key, in it one file of JSON lines per
 * execution and an index. An append is one write and one fdatasync; what changes several files goes through a redo
 * file, so that a kill leaves all of it or nothing. Needs a local file system that knows hard links: one
 * machine's processes share it.
 */
function openFileLedger({ folder, clock, liveness }) {
    const tails = openTails();
    const doubts = (0,ledger_doubts/* openDoubts */.m)();
    let lock;
    async function locked(keyFolder, work) {
        lock ??= openFolderLock(clock, liveness);
        return (await lock).within(keyFolder, async () => {
            await recover(keyFolder);
            return await work();
        });
    }
    /** Readers look without the lock; only what a killed process left half done is ended first. */
    async function settled(keyFolder) {
        if (!isUnsettled(keyFolder))
            return;
        await locked(keyFolder, async () => { }).catch(error => {
            // A reader without rights sees what is there; the next writer will end it.
            if (!isCode(error, 'EACCES') && !isCode(error, 'EROFS'))
                throw error;
        });
    }
    /**
     * What looks broken may be a writer in the middle: of a first execution the journal is there before the index is. Under
     * the lock it is seen whole, and what is still broken then is broken.
     */
    async function looking(keyFolder, look) {
        await settled(keyFolder);
        try {
            return look();
        }
        catch (error) {
            if (!(error instanceof errors/* ChecklistError */.vm))
                throw error;
            return await locked(keyFolder, async () => look());
        }
    }
    async function append(change, again) {
        const { record } = change;
        const keyFolder = (0,external_node_path_.join)(folder, (0,names/* folderOf */.yS)(record.key));
        const path = (0,external_node_path_.join)(keyFolder, (0,names/* fileOf */.W7)(record));
        if (!(0,external_node_fs_.existsSync)(path))
            return { kind: 'moved', head: '' };
        return await locked(keyFolder, async () => {
            const opened = await tails.at(path);
            if (opened === undefined)
                return { kind: 'moved', head: '' };
            if (again && wasWritten(path, change))
                return { kind: 'appended' };
            const { handle, tail } = opened;
            const index = keepsPlace(tail.record, record) ? undefined : loadIndex(keyFolder, record.key);
            const state = index === undefined ? NO_STATE : stateOf(keyFolder, index);
            const verdict = (0,rules/* judgeAppend */.ak)(state, tail, change);
            if (verdict.kind !== 'appended')
                return verdict;
            const line = lineOf(change, tail);
            if (index === undefined)
                await writeDurably(handle, line.at, line.text);
            else
                await commit(keyFolder, redoOf(index, (0,rules/* stateAfter */.W_)(state, record), [line]));
            await tails.moved(path, line.tail, tail.record);
            return verdict;
        });
    }
    async function create(entry, takingOverFrom, again) {
        (0,rules/* assertChained */.rR)(entry.events, core_events/* GENESIS */.h, 0);
        const { record } = entry;
        const keyFolder = (0,external_node_path_.join)(folder, (0,names/* folderOf */.yS)(record.key));
        await makeFolder(keyFolder);
        return await locked(keyFolder, async () => {
            if (again && wasWritten((0,external_node_path_.join)(keyFolder, (0,names/* fileOf */.W7)(record)), entry))
                return { kind: 'created' };
            const index = loadIndex(keyFolder, record.key);
            const state = stateOf(keyFolder, index);
            if (journalsIn(keyFolder).some(path => (0,names/* isOf */.yW)((0,external_node_path_.basename)(path), record.id)))
                return { kind: 'moved' };
            const freed = takingOverFrom && (await freeing(keyFolder, state, takingOverFrom));
            if (freed === 'moved')
                return { kind: 'moved' };
            const verdict = (0,rules/* judgeCreate */.ie)(state, entry, freed?.tail.record.id);
            if (verdict.kind !== 'created')
                return verdict;
            const lines = [...(freed === undefined ? [] : [freed]), lineOf(entry)];
            const after = lines.reduce((before, { tail }) => (0,rules/* stateAfter */.W_)(before, tail.record), state);
            await commit(keyFolder, redoOf(index, after, lines));
            for (const { file, tail } of lines)
                await tails.moved((0,external_node_path_.join)(keyFolder, file), tail);
            return verdict;
        });
    }
    async function freeing(keyFolder, state, change) {
        const opened = await tails.at((0,external_node_path_.join)(keyFolder, (0,names/* fileOf */.W7)(change.record)));
        if (opened === undefined || (0,rules/* judgeAppend */.ak)(state, opened.tail, change).kind !== 'appended')
            return 'moved';
        return lineOf(change, opened.tail);
    }
    async function remove(id, by, at) {
        const path = findExecution(folder, id);
        if (path === undefined)
            return 'absent';
        const keyFolder = (0,external_node_path_.dirname)(path);
        return await locked(keyFolder, async () => {
            const tail = (await tails.at(path))?.tail;
            if (tail === undefined)
                return 'absent';
            const index = loadIndex(keyFolder, tail.record.key);
            const verdict = (0,rules/* judgeRemoval */.kp)(stateOf(keyFolder, index), tail.record);
            if (verdict !== 'removed')
                return verdict;
            const tombstones = [...index.tombstones, (0,pages/* tombstoneOf */.TD)(tail.record, tail.head, by, at)];
            const removes = [path, snapshotOf(path), beatOf(path)].map(file => (0,external_node_path_.basename)(file));
            await commit(keyFolder, { index: { ...index, version: index.version + 1, tombstones }, writes: [], removes });
            await tails.forget(path);
            return 'removed';
        });
    }
    return {
        name: `file ${folder}`,
        prepare: () => onDisk(folder, () => makeFolder(folder)),
        create: (entry, options) => onDisk(folder, () => doubts.during(entry.events, again => create(entry, options?.takingOverFrom, again))),
        survey: key => onDisk(folder, async () => {
            const keyFolder = (0,external_node_path_.join)(folder, (0,names/* folderOf */.yS)(key));
            return await looking(keyFolder, () => surveyFolder(keyFolder, key));
        }),
        append: change => onDisk(folder, () => doubts.during(change.events, again => append(change, again))),
        beat: (id, token, at) => onDisk(folder, async () => {
            const path = findExecution(folder, id);
            if (path !== undefined)
                writeBeat(path, token, at);
        }),
        read: id => onDisk(folder, async () => {
            const path = findExecution(folder, id);
            if (path === undefined)
                return undefined;
            return await looking((0,external_node_path_.dirname)(path), () => readStored(path));
        }),
        list: (filter, page) => onDisk(folder, async () => {
            const folders = foldersFor(folder, filter);
            for (const keyFolder of folders)
                await settled(keyFolder);
            return listFolders(folders, filter, page);
        }),
        remove: (id, by, at) => onDisk(folder, () => remove(id, by, at)),
        close: async () => {
            await tails.close();
            const used = await lock;
            used?.close();
            lock = undefined;
        }
    };
}
const NO_STATE = { lastNumber: 0, fence: 0, holder: undefined };
function lineOf(write, before) {
    const { record, events } = write;
    const text = (0,lines/* writeLine */._)(write, before?.record);
    const at = before?.bytes ?? 0;
    const { hash: head = before?.head ?? core_events/* GENESIS */.h, seq = before?.seq ?? 0 } = events.at(-1) ?? {};
    return { file: (0,names/* fileOf */.W7)(record), at, text, tail: { record, head, seq, bytes: at + Buffer.byteLength(text) } };
}
const redoOf = (index, { lastNumber, fence, holder }, lines) => ({
    index: { ...index, version: index.version + 1, lastNumber, fence, holder: holder?.id ?? '' },
    writes: lines.map(({ file, at, text }) => ({ file, at, text })),
    removes: []
});
function wasWritten(path, { events }) {
    const last = events.at(-1)?.hash;
    return readStored(path)?.events.some(({ hash }) => hash === last) ?? false;
}
async function makeFolder(folder) {
    const made = await (0,promises_.mkdir)(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined)
        await syncFolder((0,external_node_path_.dirname)(made));
}

// EXTERNAL MODULE: ./build/app/host.js
var app_host = __webpack_require__(5088);
// EXTERNAL MODULE: ./build/database/postgres/client.js + 1 modules
var client = __webpack_require__(9004);
;// CONCATENATED MODULE: ./build/app/ledger-session.js

/** A connection for the ledger that lives until it is closed, made of the bracket that all connections are made by. */
function openSession(url) {
    return new Promise((resolve, reject) => {
        let end = () => { };
        const until = new Promise(over => {
            end = over;
        });
        // A cancel of the run must not take the ledger away: how it ended is still to be written.
        const { signal } = new AbortController();
        const over = (0,client/* withClient */.S)(url, { signal }, async ({ query }) => {
            resolve({
                query,
                close: async () => {
                    end();
                    await over;
                }
            });
            await until;
        });
        over.catch(reject);
    });
}

;// CONCATENATED MODULE: ./build/app/choose-ledger.js





/**
 * `env:NAME` for a Postgres URL in that variable, `file:FOLDER`, or `run` for the memory of one workflow run. Locally the
 * default is a folder of the user's, outside the workspace; in Actions it is `branch`, an orphan branch of the
 * repository, so that nobody deploys without a lock by accident.
 */
async function chooseLedger(choice) {
    const { host, wanted } = choice;
    const actions = (0,app_host/* actionsOf */.Ro)(host.env);
    if (wanted.startsWith('env:'))
        return await inPostgres(choice, wanted.slice(4));
    if (wanted.startsWith('file:'))
        return inFolder(choice, wanted.slice(5));
    if (wanted === 'run' && actions !== undefined)
        return inFolder(choice, (0,external_node_path_.join)(actions.temporary, 'deploy-checklist-ledger'));
    if (wanted === '' && actions === undefined)
        return inFolder(choice, defaultFolder(host));
    const branch = branchIn(wanted);
    if (branch !== undefined && actions === undefined && choice.onBranch === undefined)
        throw onlyLooked(branch);
    if (branch !== undefined)
        return await onBranch(choice, branch);
    throw unknown(wanted);
}
function inFolder({ host, liveness }, folder) {
    const whole = absolute(host, folder);
    if (`${whole}/`.startsWith(`${host.folder}/`))
        throw inside(whole, host.folder);
    return openFileLedger({ folder: whole, clock: host.clock, liveness });
}
// A record that a checkout, a clean or the deployment itself may take away is none.
const inside = (folder, workspace) => (0,errors/* refused */.J5)('usage', `the ledger ${folder} would lie inside the workspace ${workspace}`, 'Name a folder outside of it, such as file:/var/lib/deploy-checklist.');
const absolute = (host, folder) => (0,external_node_path_.resolve)(host.folder, folder);
const defaultFolder = ({ env, home }) => (0,external_node_path_.join)(env['XDG_STATE_HOME'] || (0,external_node_path_.join)(home, '.local', 'state'), 'deploy-checklist');
async function inPostgres({ host, mask }, name) {
    const url = host.env[name] ?? '';
    if (url === '') {
        const hint = `Set ${name} to the URL of the ledger's database where this runs.`;
        const found = name in host.env ? 'empty' : 'not set';
        throw (0,errors/* refused */.J5)('ledger_missing', `the ledger is to be in ${name}, but that variable is ${found}`, hint);
    }
    mask(url);
    const { openPostgresLedger } = await __webpack_require__.e(/* import() */ 234).then(__webpack_require__.bind(__webpack_require__, 5234));
    const { parseAddress } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 8658));
    const at = parseAddress(url);
    return openPostgresLedger({
        address: `${at.database} at ${at.host}`,
        open: () => openSession(url),
        clock: host.clock
    });
}
const DEFAULT_BRANCH = 'deploy-checklist';
const BRANCH = /^branch(?::([\w][\w./-]*))?$/;
/** The branch that the ledger is kept on in Actions; undefined where it is kept elsewhere. */
function branchIn(wanted) {
    const [found, name] = BRANCH.exec(wanted === '' ? 'branch' : wanted) ?? [];
    return found === undefined ? undefined : (name ?? DEFAULT_BRANCH);
}
async function onBranch({ host, wanted, onBranch }, branch) {
    if (onBranch !== undefined)
        return await onBranch(branch, host.clock);
    throw (0,errors/* refused */.J5)('ledger_missing', `${wanted === '' ? 'the input `ledger` is empty: it' : 'the ledger'} is to be the branch ${branch} of this repository, and this step has no token to write it with`, 'Give the job `permissions: { contents: write }` and leave the input `github-token` as it is; or say `ledger: env:NAME` with a Postgres URL in that variable, or `ledger: run` (recorded in this run only, no lock between runs, no rollback click).');
}
// The lock on a branch is held by runs of Actions, whose end GitHub knows; of a machine's process it knows nothing.
const onlyLooked = (branch) => (0,errors/* refused */.J5)('usage', `the ledger on the branch ${branch} is written by GitHub Actions alone; elsewhere history, show and verify look at it and sign adds to it, with a token`, 'To look: GITHUB_TOKEN=$(gh auth token) deploy-checklist history --ledger branch. To act: run the workflow.');
// A URL may hold a password, and it is not yet known as a secret.
const unknown = (wanted) => (0,errors/* refused */.J5)('usage', `a ledger is env:NAME, file:FOLDER or, in Actions, branch, branch:NAME or run; found ${wanted.includes(':/') ? 'a URL' : JSON.stringify(wanted)}`, 'A URL is never written there: the runner prints inputs.');


/***/ }),

/***/ 2957:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ee: () => (/* binding */ endRollback),
/* harmony export */   FU: () => (/* binding */ endDeployment),
/* harmony export */   Nk: () => (/* binding */ settleDeployment),
/* harmony export */   pW: () => (/* binding */ tellCheckpoints)
/* harmony export */ });
/* harmony import */ var _core_deployments_status_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5687);
/* harmony import */ var _core_deployments_turn_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2590);
/* harmony import */ var _deployment_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6269);



/** Once the execution has ended, or waits: how it went, with the head of its chain. */
async function endDeployment(journal, scene) {
    const now = (0,_deployment_words_js__WEBPACK_IMPORTED_MODULE_0__/* .standingOf */ .YP)(journal);
    if (!tells(now, scene))
        return;
    await orSaid(scene, async () => {
        const { record, state } = now;
        await report(now, scene);
        if ((0,_core_deployments_status_js__WEBPACK_IMPORTED_MODULE_1__/* .stateFor */ .Dp)(record) !== 'success' || record.deployment?.own !== false || state.plan.previous === null)
            return;
        // Where we made it, GitHub does not end the ones before it in a production environment.
        const before = await read(state.plan.previous.execution, scene);
        if (before !== undefined)
            await report(before, scene, { state: 'inactive', more: `followed by ${record.id}` });
    });
}
/** A step after the one that died, or that GitHub did not answer, says what that one could not. */
async function settleDeployment(id, scene) {
    const now = await read(id, scene);
    if (now !== undefined && tells(now, scene))
        await orSaid(scene, () => report(now, scene, { how: 'unless-said' }));
}
/** What a checkpoint found of what is live, with the head as it is then. */
async function tellCheckpoints(id, passed, names, scene) {
    const now = await read(id, scene);
    if (now === undefined || !tells(now, scene))
        return;
    const told = passed
        ? { state: 'success', more: `${names} passed` }
        : { state: 'failure', more: `${names} failed` };
    await orSaid(scene, () => report(now, scene, { ...told, endsOthers: false }));
}
/**
 * After a rollback by hand: what was undone is not live any more, and what it leads back to is. The job's own deployment
 * stands for the commit of its run, so that GitHub alone would not show what is live.
 */
async function endRollback(undone, journal, scene) {
    const now = (0,_deployment_words_js__WEBPACK_IMPORTED_MODULE_0__/* .standingOf */ .YP)(journal);
    if (now.state.stopped === undefined || !isHeard(now, scene))
        return;
    await orSaid(scene, async () => {
        const { record, state } = now;
        const own = record.deployment;
        const isBack = record.status === 'SUCCESS';
        // A step of the very job that deployed: the one deployment of that job is what was taken back.
        const isSame = own !== undefined && own.id === undone.deployment?.id;
        const more = isBack ? `back at ${state.plan.commit.slice(0, 7)}` : '';
        await report(now, scene, { more, ...(isSame && isBack && { state: 'inactive' }) });
        if (!isBack)
            return;
        const before = isSame ? undefined : await read(undone.id, scene);
        if (before !== undefined)
            await report(before, scene, { state: 'inactive', more: `undone by ${record.id}` });
        const target = await read(state.rollback?.toExecution ?? '', scene);
        if (target === undefined || own?.sha === target.record.commit)
            return;
        await report(target, scene, { state: 'success', more: `again by ${record.id}`, endsOthers: false });
    });
}
async function report(standing, { wish, shop }, { more, how, ...instead } = {}) {
    const { deployment } = standing.record;
    if (deployment === undefined)
        return;
    await shop.deployments?.report(deployment.id, { ...(0,_deployment_words_js__WEBPACK_IMPORTED_MODULE_0__/* .wordsFor */ .tu)(standing, deployment, wish, shop, more), ...instead }, how);
}
async function read(id, { ledger }) {
    const stored = id === '' ? undefined : await ledger.read(id);
    return stored && (0,_deployment_words_js__WEBPACK_IMPORTED_MODULE_0__/* .storedStanding */ .qh)(stored);
}
const tells = (now, scene) => now.record.deployment !== undefined && now.state.stopped !== undefined && isHeard(now, scene);
function isHeard({ state }, { wish, shop: { actions, deployments } }) {
    if (deployments === undefined || actions === undefined || wish.recordDeployment === 'never')
        return false;
    return (0,_core_deployments_turn_js__WEBPACK_IMPORTED_MODULE_2__/* .mayTell */ .r)(state, actions);
}
async function orSaid({ shop }, tell) {
    try {
        await tell();
    }
    catch (error) {
        shop.missedDeployments.push((0,_deployment_words_js__WEBPACK_IMPORTED_MODULE_0__/* .sayMissed */ .$P)(error, shop));
    }
}


/***/ }),

/***/ 6269:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $P: () => (/* binding */ sayMissed),
/* harmony export */   YP: () => (/* binding */ standingOf),
/* harmony export */   cT: () => (/* binding */ missed),
/* harmony export */   qh: () => (/* binding */ storedStanding),
/* harmony export */   tu: () => (/* binding */ wordsFor)
/* harmony export */ });
/* harmony import */ var _core_deployments_missed_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7892);
/* harmony import */ var _core_deployments_status_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5687);
/* harmony import */ var _core_deployments_url_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7652);
/* harmony import */ var _core_engine_state_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9543);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2807);
/* harmony import */ var _core_result_result_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2300);






/** Of a journal whose last commit has resolved. */
const standingOf = ({ record, state, head, seq }) => ({
    ...{ record, state },
    head: `${record.id}:${seq}:${head}`
});
const storedStanding = ({ record, events }) => ({
    ...{ record, state: (0,_core_engine_state_js__WEBPACK_IMPORTED_MODULE_2__/* .stateOf */ .L4)(events) },
    head: (0,_core_result_result_js__WEBPACK_IMPORTED_MODULE_4__/* .headOf */ .Uo)(record.id, events)
});
/** A status that says how the execution stands. A ledger that ends with its run is nothing that a head can be held to. */
function wordsFor({ record, state, head }, { logUrl, own }, { ledger }, { redactor }, more = '') {
    const { id, status } = record;
    const url = (0,_core_deployments_url_js__WEBPACK_IMPORTED_MODULE_1__/* .urlOf */ .r)(state.plan, id) ?? '';
    return {
        state: (0,_core_deployments_status_js__WEBPACK_IMPORTED_MODULE_5__/* .stateFor */ .Dp)(record),
        description: (0,_core_deployments_status_js__WEBPACK_IMPORTED_MODULE_5__/* .descriptionOf */ .Kq)({ id, status, head: ledger === 'run' ? '' : head }, more),
        environmentUrl: redactor.redact(url) === url ? url : '',
        logUrl: logUrl || record.logUrl,
        // GitHub does that by itself once the job has ended.
        endsOthers: !own
    };
}
/** What could not be told, for the journal or for the result; a cancel and a bug do not fail what was deployed either. */
function missed(error) {
    if (!(error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ChecklistError */ .vm))
        return { reason: 'bug', message: (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error) };
    return { reason: error.reason, message: error.message };
}
/** Said in the log; returns the words. */
function sayMissed(error, { terminal, redactor }) {
    const words = redactor.redact((0,_core_deployments_missed_js__WEBPACK_IMPORTED_MODULE_0__/* .missedWords */ .R)(missed(error)));
    terminal.say(`Note: the deployment was ${words}. It goes on all the same.`);
    return words;
}


/***/ }),

/***/ 3768:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ beginRollback),
/* harmony export */   t: () => (/* binding */ beginDeployment)
/* harmony export */ });
/* harmony import */ var _core_deployments_status_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5687);
/* harmony import */ var _core_deployments_turn_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2590);
/* harmony import */ var _deployment_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6269);



/** Before a stage: finds or makes what stands for the execution on GitHub, and says that it is under way. */
async function beginDeployment(stage, journal, wish, shop) {
    if (shop.actions === undefined || journal.record.purpose !== 'deploy')
        return;
    if ((0,_core_deployments_turn_js__WEBPACK_IMPORTED_MODULE_1__/* .isTurn */ .W)(stage, journal.state, shop.actions))
        await begin(journal, wish, shop.actions, shop);
}
/** The same for a rollback by hand, whose job may have a deployment of its own as well. */
async function beginRollback(journal, wish, shop) {
    const { actions } = shop;
    const { deployment } = journal.state;
    if (actions === undefined)
        return;
    if (deployment?.runId === actions.runId && deployment.runAttempt === actions.runAttempt)
        return;
    await begin(journal, wish, actions, shop);
}
// Whatever comes of it, the deployment goes on: GitHub tells of it, and decides nothing.
async function begin(journal, wish, actions, shop) {
    const { deployments } = shop;
    const { runId, runAttempt } = actions;
    if (deployments === undefined || wish.recordDeployment === 'never')
        return;
    try {
        const found = (await deployments.take(wantedBy(journal, wish, actions, shop))) ?? journal.state.deployment;
        if (found === undefined)
            return;
        const { id, environment, sha, own, logUrl } = found;
        const taken = { id, environment, sha, own, logUrl, page: pageOf(actions, environment), runId, runAttempt };
        // Rides along with the first action's intent: should that be lost, GitHub's own list leads back to it.
        journal.keep({ type: 'deployment-taken', ...taken });
        // Without a head: not everything is durable yet, and what was told must be found in the ledger.
        const words = (0,_deployment_words_js__WEBPACK_IMPORTED_MODULE_0__/* .wordsFor */ .tu)({ ...journal, record: journal.record, state: journal.state, head: '' }, taken, wish, shop);
        await deployments.report(id, { ...words, state: 'in_progress', endsOthers: false });
    }
    catch (error) {
        (0,_deployment_words_js__WEBPACK_IMPORTED_MODULE_0__/* .sayMissed */ .$P)(error, shop);
        journal.keep({ type: 'deployment-missed', ...(0,_deployment_words_js__WEBPACK_IMPORTED_MODULE_0__/* .missed */ .cT)(error), runId, runAttempt });
    }
}
function wantedBy({ record, state }, wish, actions, { host }) {
    const { runId, runAttempt, sha } = actions;
    const { commit } = state.plan;
    const { id, key } = record;
    // One that is known stays what it is; only a job that has its own is told of there.
    const isKnown = state.deployment !== undefined || commit === '';
    const make = isKnown ? 'never' : wish.recordDeployment === 'always' ? 'unless-certain' : 'where-none';
    return {
        ...{ execution: id, environment: key.environment, commit, make },
        description: (0,_core_deployments_status_js__WEBPACK_IMPORTED_MODULE_2__/* .descriptionOf */ .Kq)({ id, status: 'DEPLOYING', head: '' }),
        job: { runId, runAttempt, sha, runner: host.env['RUNNER_NAME'] ?? '' }
    };
}
const pageOf = ({ serverUrl, repository }, environment) => `${serverUrl}/${repository}/deployments/${encodeURIComponent(environment)}`;


/***/ }),

/***/ 1838:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  LU: () => (/* binding */ closedByGate),
  IK: () => (/* binding */ gateObjections),
  e$: () => (/* binding */ sayWeakened),
  cr: () => (/* binding */ tellWeakened)
});

// UNUSED EXPORTS: weakenedBy

// EXTERNAL MODULE: ./build/core/checklist.js
var checklist = __webpack_require__(9210);
// EXTERNAL MODULE: ./build/core/evidence.js
var evidence = __webpack_require__(3017);
// EXTERNAL MODULE: ./build/core/gate/judge.js + 1 modules
var judge = __webpack_require__(5450);
// EXTERNAL MODULE: ./build/core/gate/settings.js
var settings = __webpack_require__(5603);
// EXTERNAL MODULE: ./build/core/engine/limits.js
var limits = __webpack_require__(21);
// EXTERNAL MODULE: ./build/core/engine/poll.js
var poll = __webpack_require__(1316);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
// EXTERNAL MODULE: ./build/core/stages.js
var stages = __webpack_require__(9395);
;// CONCATENATED MODULE: ./build/core/weakened/items.js




/** Items that are gone, block no more, are not run any more, lost their way back, have more time, or assert something else. */
const itemsWeakened = (before, now) => stages/* FORWARD_STAGES */.sr.flatMap(stage => before[stage].flatMap(was => itemWeakened(was, now[stage], stage)));
function itemWeakened(was, there, stage) {
    // What was skipped before asked for nothing.
    if (was.skip !== undefined)
        return [];
    const is = there.find(({ id }) => id === was.id) ?? there.find(item => isSame(item, was));
    const subject = was.id;
    if (is === undefined)
        return [{ what: 'removed', subject, text: 'is removed' }];
    if (is.skip !== undefined)
        return [{ what: 'skipped', subject, text: `is skipped: ${is.skip}` }];
    return [
        ...(is.optional && !was.optional ? [{ what: 'optional', subject, text: 'is made optional' }] : []),
        ...(was.undo !== undefined && is.undo === undefined
            ? [{ what: 'without-undo', subject, text: 'has no undo any more' }]
            : []),
        ...(hasMoreTime(was, is, stage) ? [{ what: 'longer', subject, text: 'is given more time' }] : []),
        ...(isSame(is, was) && is.effect === was.effect && !undoesOtherwise(was, is)
            ? []
            : [{ what: 'altered', subject, text: 'asserts or does something else' }])
    ];
}
/** A check that may take longer, or that is tried again for longer. An action's time is none of what is asked. */
const hasMoreTime = (was, is, stage) => was.effect === 'check' &&
    is.effect === 'check' &&
    ((0,limits/* timeoutOf */.Rq)(is) > (0,limits/* timeoutOf */.Rq)(was) || triedForMs(is, stage) > triedForMs(was, stage));
// By default programs are not tried again; of the other checks those over the network are, where the stage polls.
const triedForMs = (item, stage) => (0,poll/* retryOf */.W2)(item, stage, item.kind !== 'run')?.forMs ?? 0;
const undoesOtherwise = ({ undo: before }, { undo: now }) => before !== undefined && now !== undefined && before !== now;
/** The same under another name is the same item. */
const isSame = (one, other) => essence(one) === essence(other);
const essence = ({ kind, spec, in: database, on }) => (0,json/* canonical */.$N)({ kind, spec, in: database ?? '', on: on ?? '' });

// EXTERNAL MODULE: ./build/core/gate/branch-pattern.js
var branch_pattern = __webpack_require__(1329);
// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
;// CONCATENATED MODULE: ./build/core/weakened/weakening.js
const rule = (subject, text) => ({ what: 'rule', subject, text });

;// CONCATENATED MODULE: ./build/core/weakened/rules.js



/** What an environment asks less of; `at` is where its rules stand in the checklist. */
const rulesWeakened = (was, is, at) => [
    ...gateWeakened(was.gate, is.gate, `${at}.gate`),
    ...windowWeakened(was.window, is.window, `${at}.window`),
    ...freezeWeakened(was.freeze, is.freeze, `${at}.freeze`),
    ...afterWeakened(was.after, is.after, `${at}.after`),
    ...ciWeakened(was.ci, is.ci, `${at}.ci`),
    ...newestWeakened(was, is, `${at}.newest`),
    ...((is.maxAgeMs ?? HOUR_MS) > (was.maxAgeMs ?? HOUR_MS) ? [rule(`${at}.max-age`, 'is longer')] : [])
];
const HOUR_MS = 3_600_000;
const STRENGTH = { required: 2, 'sign-off': 1, none: 0 };
function gateWeakened(was, is, at) {
    if (was === undefined)
        return [];
    if (is === undefined)
        return [rule(at, 'is gone')];
    const before = was.reviewers ?? 'none';
    const now = is.reviewers ?? 'none';
    return [
        ...(STRENGTH[now] < STRENGTH[before] ? [rule(`${at}.reviewers`, `is ${now}, it was ${before}`)] : []),
        ...(was.preventSelfReview && !is.preventSelfReview ? [rule(`${at}.prevent-self-review`, 'is gone')] : []),
        ...(was.preventAdminBypass && !is.preventAdminBypass ? [rule(`${at}.prevent-admin-bypass`, 'is gone')] : []),
        ...((is.waitMs ?? 0) < (was.waitMs ?? 0)
            ? [rule(`${at}.wait`, is.waitMs === undefined ? 'is gone' : `is only ${(0,units/* formatDuration */.a3)(is.waitMs)}`)]
            : []),
        ...branchesWeakened(was.branches, is.branches, `${at}.branches`)
    ];
}
function branchesWeakened(was, is, at) {
    if (was === undefined)
        return [];
    if (is === undefined)
        return [rule(at, 'is gone')];
    const added = is.filter(pattern => !(0,branch_pattern/* isCovered */.P)(pattern, was));
    return added.length === 0 ? [] : [rule(at, `lets in ${added.join(', ')} too`)];
}
function windowWeakened(was, is, at) {
    if (was === undefined)
        return [];
    if (is === undefined)
        return [rule(at, 'is removed')];
    if (was.zone !== is.zone)
        return [rule(at, `is of ${is.zone}, it was of ${was.zone}`)];
    const before = new Set(minutesOf(was));
    return minutesOf(is).every(minute => before.has(minute)) ? [] : [rule(at, 'is wider')];
}
const DAY = 1440;
/** Minutes of the week in which it is open; over midnight it goes on into the next day. */
const minutesOf = ({ days, fromMinute, toMinute }) => days.flatMap(day => {
    const length = (toMinute - fromMinute + DAY) % DAY || DAY;
    return Array.from({ length }, (_, index) => ((day - 1) * DAY + fromMinute + index) % (7 * DAY));
});
function freezeWeakened(was, is, at) {
    if (was === undefined || is?.until === was.until)
        return [];
    if (is === undefined)
        return [rule(at, 'is gone')];
    return Date.parse(is.until) < Date.parse(was.until) ? [rule(at, `ends ${is.until}, it ended ${was.until}`)] : [];
}
function afterWeakened(was, is, at) {
    if (was === undefined || was === is)
        return [];
    return [rule(at, is === undefined ? 'is gone' : `is ${is}, it was ${was}`)];
}
function ciWeakened(was, is, at) {
    if (was === undefined || is === 'green')
        return [];
    if (is === undefined)
        return [rule(at, 'is gone')];
    if (was === 'if-any' && is === 'if-any')
        return [];
    if (typeof was === 'string')
        return [rule(at, `is ${sayCi(is)}, it was ${was}`)];
    const lost = typeof is === 'string' ? was : was.filter(name => !is.includes(name));
    return lost.length === 0 ? [] : [rule(at, `does not ask for ${lost.join(', ')} any more`)];
}
const sayCi = (ci) => (typeof ci === 'string' ? ci : ci.join(', '));
/** By default it is asked where there is a gate. */
function newestWeakened(was, is, at) {
    const asks = ({ newest, gate }) => newest ?? gate !== undefined;
    // A gate that is gone is told already.
    if (is.newest === undefined && is.gate === undefined && was.newest === undefined)
        return [];
    return asks(was) && !asks(is) ? [rule(at, 'is not asked any more')] : [];
}

// EXTERNAL MODULE: ./build/core/notify/notifier.js
var notifier = __webpack_require__(7578);
;// CONCATENATED MODULE: ./build/core/weakened/told.js


/** Who would be told less of deployments to that environment; more, or somebody else beside, is nothing less. */
function toldLess(before = [], now = [], environment) {
    const there = now.filter(other => (0,notifier/* toldOf */.dc)(other, environment));
    return before
        .filter(was => (0,notifier/* toldOf */.dc)(was, environment))
        .flatMap(was => {
        const same = there.filter(other => told_isSame(other, was));
        const lost = was.on.filter(kind => !same.some(({ on }) => on.includes(kind)));
        const later = lost.length === 0 &&
            was.on.includes('escalation') &&
            same.every(({ on, afterMs }) => !on.includes('escalation') || afterMs > was.afterMs);
        const who = (0,notifier/* nameOfDestination */.N)(was.to);
        if (same.length === 0)
            return [rule('notify', `does not tell ${who} any more`)];
        if (lost.length > 0)
            return [rule('notify', `does not tell ${who} of ${lost.join(', ')} any more`)];
        return later ? [rule('notify', `tells ${who} later that nobody reacts`)] : [];
    });
}
/** The same receiver: another signature, sender or server of a mail makes no other of it. */
function told_isSame({ to: one }, { to: other }) {
    if (one.kind === 'email' && other.kind === 'email')
        return other.to.every(address => one.to.includes(address));
    if (one.kind === 'issue-comment' && other.kind === 'issue-comment')
        return one.issue === other.issue;
    return 'url' in one && 'url' in other && one.kind === other.kind && one.url === other.url;
}

// EXTERNAL MODULE: ./build/core/names.js
var core_names = __webpack_require__(5562);
;// CONCATENATED MODULE: ./build/core/weakened/vars.js



/**
 * Vars that something asked before mentions, and that say something else now: the same words then ask it of another
 * system, or for less. Named without their values, each where it stands.
 */
function varsChanged(before, now, environment) {
    const [was, is] = [varsOf(before, environment), varsOf(now, environment)];
    return [...mentionedIn(before, was)].flatMap(name => {
        const value = own(is, name);
        if (value === own(was, name))
            return [];
        const ofEnvironment = [now, before].some(list => own(rulesOf(list, environment).vars, name) !== undefined);
        const subject = `${ofEnvironment ? `environments.${environment}.` : ''}vars.${name}`;
        return [rule(subject, value === undefined ? 'is gone' : 'is something else')];
    });
}
/** Names that what is asked mentions, as text of a shell or of ours, and those that their vars are made of. */
function mentionedIn({ stages, databases, monitor, notify }, vars) {
    const items = Object.values(stages).flatMap(list => list.filter(({ skip }) => skip === undefined));
    const names = new Set([...UNSAID, ...(0,core_names/* shellNames */.bW)(JSON.stringify([items, databases, monitor, notify]))]);
    // A set hands on what is added to it meanwhile.
    for (const name of names)
        for (const inner of (0,core_names/* shellNames */.bW)(own(vars, name) ?? ''))
            names.add(inner);
    return names;
}
/** It stands before every address that begins with `/`, though nothing mentions it. */
const UNSAID = ['BASE_URL'];
const rulesOf = ({ environments }, environment) => environments[environment] ?? checklist/* NO_RULES */.W;
const varsOf = (list, environment) => ({ ...list.vars, ...rulesOf(list, environment).vars });
const own = (vars, name) => (Object.hasOwn(vars, name) ? vars[name] : undefined);

;// CONCATENATED MODULE: ./build/core/weakened/weakened.js






/** What `now` asks less of than `before`, for a deployment to that environment. What is added, or stricter, is not told. */
function weakenings(before, now, environment) {
    const rulesOf = ({ environments }) => environments[environment] ?? checklist/* NO_RULES */.W;
    return [
        ...itemsWeakened(before.stages, now.stages),
        ...varsChanged(before, now, environment),
        ...rulesWeakened(rulesOf(before), rulesOf(now), `environments.${environment}`),
        ...Object.entries(before.databases).flatMap(([name, was]) => databaseWeakened(name, was, now.databases[name])),
        ...rollbackWeakened(before.rollback, now.rollback),
        ...monitorWeakened(before.monitor, now.monitor),
        ...peopleChanged(before.people, now.people),
        ...toldLess(before.notify, now.notify, environment)
    ];
}
function databaseWeakened(name, was, is) {
    const subject = `databases.${name}`;
    if (is === undefined)
        return [rule(subject, 'is gone')];
    return [
        ...(was.atLeast === 'identical' && is.atLeast !== 'identical'
            ? [rule(`${subject}.at-least`, `accepts a ${is.atLeast}, no more a backup that was restored and compared`)]
            : []),
        ...(was.url === is.url ? [] : [rule(`${subject}.url`, 'is another database')]),
        ...(was.scratch !== 'runner' && is.scratch === 'runner'
            ? [rule(`${subject}.scratch`, 'allows a copy on a hosted runner')]
            : [])
    ];
}
const LOOSENESS = { never: 0, lossless: 1, auto: 2 };
function rollbackWeakened(was, is) {
    const looser = LOOSENESS[is.schema] > LOOSENESS[was.schema];
    const [before, now] = [was.withinMs ?? Number.POSITIVE_INFINITY, is.withinMs ?? Number.POSITIVE_INFINITY];
    return [
        ...(was.code === 'ask' && is.code === 'auto' ? [rule('rollback.code', 'asks nobody any more')] : []),
        ...(was.code === 'auto' && is.code === 'ask' ? [rule('rollback.code', 'does not go back by itself any more')] : []),
        ...(looser ? [rule('rollback.schema', `is ${is.schema}, it was ${was.schema}`)] : []),
        ...(now > before ? [rule('rollback.within', is.withinMs === undefined ? 'is gone' : 'is longer')] : [])
    ];
}
function monitorWeakened(was, is) {
    // Its items are told as removed.
    if (was === undefined || is === undefined)
        return [];
    const left = is.checkpoints.map(({ afterMs }) => afterMs);
    const lost = was.checkpoints.filter(({ afterMs }) => !left.includes(afterMs)).map(({ name }) => name);
    return [
        ...(lost.length === 0 ? [] : [rule('stages.monitor.checkpoints', `does not look at ${lost.join(', ')} any more`)]),
        ...(was.onFailure === 'rollback' && is.onFailure === 'page'
            ? [rule('stages.monitor.on-failure', 'does not go back by itself any more')]
            : []),
        ...(was.page !== undefined && is.page === undefined ? [rule('stages.monitor.page', 'calls nobody any more')] : [])
    ];
}
/** Who may sign is part of what is asked. */
const peopleChanged = (was, is) => Object.entries(was).flatMap(([role, person]) => {
    const now = Object.hasOwn(is, role) ? is[role] : undefined;
    if (now === person)
        return [];
    return [rule(`people.${role}`, now === undefined ? 'is nobody any more' : `is ${now}, it was ${person}`)];
});
/** One line for a reviewer, or empty: `this change weakens the checklist: 2 items removed, one made optional`. */
function sayWeakenings(found) {
    const count = (what, words) => {
        const many = found.filter(each => each.what === what).length;
        return many === 0 ? [] : [[many, words]];
    };
    const items = [
        ...count('removed', 'removed'),
        ...count('optional', 'made optional'),
        ...count('skipped', 'skipped'),
        ...count('without-undo', 'left without an undo'),
        ...count('longer', 'given more time'),
        ...count('altered', 'altered')
    ].map(([many, words], index) => {
        const noun = index > 0 ? '' : many === 1 ? ' item' : ' items';
        return `${many === 1 ? 'one' : many}${noun} ${words}`;
    });
    const rules = found.filter(({ what }) => what === 'rule').map(({ subject, text }) => `${subject} ${text}`);
    if (items.length + rules.length === 0)
        return '';
    const verb = found.every(({ what }) => what === 'altered') ? 'alters' : 'weakens';
    return `this change ${verb} the checklist: ${[...items, ...rules].join(', ')}`;
}

// EXTERNAL MODULE: ./build/app/find-checklist.js
var find_checklist = __webpack_require__(6816);
// EXTERNAL MODULE: ./build/app/guards.js
var guards = __webpack_require__(6488);
// EXTERNAL MODULE: ./build/app/identity.js
var identity = __webpack_require__(4228);
;// CONCATENATED MODULE: ./build/app/gate.js








/**
 * Whether GitHub enforces less than this checklist promises, or than that of the default branch does. `ref` is what the run
 * was started for, or empty where nothing would be deployed.
 */
async function closedByGate(known, ref, shop) {
    return (0,guards/* refuseAll */.cp)(await gateObjections(known, ref, shop));
}
async function gateObjections(known, ref, shop) {
    const demanded = await demandedBy(known, shop);
    const { environment } = known.key;
    const own = gateOf(known.checklist, environment);
    const theirs = demanded.kind === 'read' ? gateOf(demanded.checklist, environment) : {};
    const asks = (0,settings/* asksGitHub */.k9)(own) || (0,settings/* asksGitHub */.k9)(theirs);
    const demands = (0,settings/* demandsOf */.wu)(own, theirs);
    if (Object.keys(demands).length > 0)
        shop.seen.demands = demands;
    const facts = asks ? await shop.gate.read(environment) : { kind: 'unreadable', why: '', hint: '' };
    if (asks)
        shop.seen.gate = (0,evidence/* gateSeen */.Be)(facts);
    const found = [...(0,judge/* judgeGate */.$)(own, facts, ref), ...(0,judge/* judgeGate */.$)(theirs, facts, ref)];
    const lowered = theirs.reviewers === 'sign-off' && own.reviewers === undefined;
    return [
        ...found.filter(({ message }, index) => found.findIndex(other => other.message === message) === index),
        ...(lowered ? [withoutSignOff(environment)] : []),
        ...(demanded.kind === 'unreadable' && isMissed(demanded, own) ? [unknownDemands(demanded)] : [])
    ];
}
/**
 * Where nothing is promised here, and nothing can be known of there, there is nothing to hold GitHub to. But what only does
 * not answer now may promise something: that passes, and is asked again.
 */
const isMissed = ({ reason }, own) => reason === 'github_unavailable' || Object.keys(own).length > 0;
const gateOf = ({ environments }, environment) => (environments[environment] ?? checklist/* NO_RULES */.W).gate ?? {};
const withoutSignOff = (environment) => ({
    reason: 'gate_too_weak',
    message: `the default branch demands a second person's sign-off for ${environment}; the checklist of this commit does not`,
    hint: 'Keep `reviewers: sign-off` in the checklist, or take it out on the default branch first, where others see it.'
});
const unknownDemands = ({ why, hint, reason = 'gate_unreadable' }) => ({
    reason,
    message: `what the default branch demands cannot be read: ${why}`,
    hint
});
async function demandedBy({ file, key }, shop) {
    const own = await readThere(file, shop);
    if (own.kind !== 'absent' || shop.defaultBranch === undefined)
        return own;
    // One that has only moved is held to what it was.
    const elsewhere = await Promise.all(find_checklist/* PLACES */.ls.filter(place => place !== file).map(place => readThere(place, shop)));
    const name = key.checklist;
    const moved = elsewhere.find(found => found.kind === 'read' && (found.checklist.name ?? (0,identity/* nameOf */.Vb)(key.repository)) === name);
    return moved ?? own;
}
async function readThere(file, { defaultBranch, kinds }) {
    const found = (await defaultBranch?.read(file)) ?? { kind: 'absent' };
    if (found.kind !== 'read')
        return found;
    const { loadChecklist } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(982)]).then(__webpack_require__.bind(__webpack_require__, 4982));
    const loaded = loadChecklist({ file, text: found.text, kinds });
    if ('checklist' in loaded)
        return { kind: 'read', checklist: loaded.checklist };
    return {
        kind: 'unreadable',
        why: `${file} has errors there, such as ${loaded.problems[0] ?? ''}`,
        hint: 'Mend it on the default branch.'
    };
}
/** What this checklist asks less of than that of the default branch; nothing where that one is not known. */
async function weakenedBy(known, shop) {
    const demanded = await demandedBy(known, shop);
    if (demanded.kind !== 'read')
        return [];
    return weakenings(demanded.checklist, known.checklist, known.key.environment);
}
/** The same, and it is said: before anything runs, and in the ledger for who looks later. */
async function tellWeakened(known, shop) {
    const line = await sayWeakened(known, shop);
    if (line !== '')
        shop.terminal.say(`Note: ${line}.`);
    return line;
}
/** The same in one line for a reviewer, or empty. */
const sayWeakened = async (known, shop) => sayWeakenings(await weakenedBy(known, shop));


/***/ }),

/***/ 6488:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J5: () => (/* binding */ viewBefore),
/* harmony export */   PP: () => (/* binding */ objections),
/* harmony export */   cp: () => (/* binding */ refuseAll),
/* harmony export */   eK: () => (/* binding */ askKind),
/* harmony export */   sF: () => (/* binding */ demandValues),
/* harmony export */   u5: () => (/* binding */ objectionsAhead)
/* harmony export */ });
/* harmony import */ var _core_engine_bench_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8731);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _core_interpolate_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7393);
/* harmony import */ var _core_names_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5562);
/* harmony import */ var _core_stages_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9395);





/** Values of the names, or one refusal that lists every name without a value and who needs it. */
function demandValues(plan, stages, shop, execution) {
    const { host, kinds } = shop;
    const known = (0,_core_engine_bench_js__WEBPACK_IMPORTED_MODULE_0__/* .builtIns */ .b3)(execution, plan.key.environment, (0,_core_engine_bench_js__WEBPACK_IMPORTED_MODULE_0__/* .liveOf */ .QA)(plan));
    const { values, missing } = (0,_core_names_js__WEBPACK_IMPORTED_MODULE_2__/* .resolveNames */ .jN)({ plan, kinds, stages, env: host.env, builtIns: known });
    if (missing.length === 0)
        return values;
    const problems = missing.map(({ name, by }) => `${name}: needed by ${by.join(', ')}`);
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ChecklistError */ .vm('REFUSED', 'missing_value', {
        message: `${missing.map(({ name }) => name).join(', ')} ${missing.length === 1 ? 'has' : 'have'} no value`,
        hint: 'Set them where this runs: as variables, in Actions as `env:` from secrets; an empty one counts as missing.',
        problems
    });
}
/**
 * Everything that stands in the way, asked of every item before anything starts: rights, tools, disk. What cannot be
 * asked is an objection too; but where `stages` are only some, another one's secrets need not be here, and it is asked
 * again by the process that runs it.
 */
async function objections({ plan, stages, applied, others = true, ahead = false }, shop) {
    const names = demandValues(plan, stages, shop, 'none');
    const execution = { ...viewBefore(plan, shop.host.folder, applied), ...(ahead && { ahead: true }) };
    const laterOn = ahead ? ['missing_value', 'missing_right'] : ['missing_value'];
    const asked = _core_stages_js__WEBPACK_IMPORTED_MODULE_3__/* .FORWARD_STAGES */ .sr.filter(stage => others || stages.includes(stage)).flatMap(stage => plan.stages[stage].map(async (item) => {
        const found = await ask(item, stage, { plan, execution, names }, shop);
        return stages.includes(stage) ? found : found.filter(({ reason, later }) => !later && !laterOn.includes(reason));
    }));
    return once([...(await withoutRelease(plan, shop)), ...(await Promise.all(asked)).flat()]);
}
/** The same of one item that is run ahead of the gate, where its own values are. */
async function objectionsAhead(item, stage, { plan, applied }, shop) {
    const execution = { ...viewBefore(plan, shop.host.folder, applied), ahead: true };
    return await ask(item, stage, { plan, execution, names: demandValues(plan, [], shop, 'none') }, shop);
}
/** `redeploy` needs the commit of the last good release: a shallow clone that lacks it is told now, not at 3 a.m. */
async function withoutRelease({ previous, stages }, { repository }) {
    const again = Object.values(stages)
        .flat()
        .filter(({ undo, skip }) => undo === 'redeploy' && skip === undefined);
    if (previous === null || again.length === 0 || (await repository.has(previous.commit)))
        return [];
    try {
        // Fetches it where the remote gives it.
        await (await repository.worktree(previous.commit)).remove();
        return [];
    }
    catch (error) {
        if (!(error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ChecklistError */ .vm))
            throw error;
        const { reason, message, hint } = error;
        return [
            { reason, message: `${again.map(({ id }) => id).join(', ')} could not be deployed again: ${message}`, hint }
        ];
    }
}
// Several items of one database meet the same obstacle; it is told once.
const once = (found) => found.filter(({ message }, index) => found.findIndex(other => bare(other.message) === bare(message)) === index);
const bare = (message) => message.replace(/^[a-z-]+\/[^:\s]+: /, '');
const ask = (item, stage, known, shop) => item.skip === undefined ? askKind(item, stage, known, shop, kind => kind.guard?.bind(kind)) : Promise.resolve([]);
/** Puts a question about an item to its kind, if that can be asked it, before anything starts; what cannot be asked is an objection. */
async function askKind(item, stage, { plan, execution, names }, shop, of) {
    const kind = shop.kinds.find(({ name }) => name === item.kind);
    const question = kind && of(kind);
    if (kind === undefined || question === undefined)
        return [];
    const filled = (0,_core_interpolate_js__WEBPACK_IMPORTED_MODULE_4__/* .interpolateAll */ .bC)(item.spec, names, [...(kind.shellText ?? []), ...(kind.nested ?? [])]);
    const parsed = 'value' in filled ? kind.shape.safeParse(filled.value) : undefined;
    if (parsed?.success !== true)
        return [];
    try {
        const { signal, actions } = shop;
        const ledgerDatabase = await shop.ledgerDatabase();
        const planned = Object.values(plan.stages).flat();
        return await question(parsed.data, {
            stage,
            item,
            execution,
            names,
            signal,
            ledgerDatabase,
            diskDisappears: actions?.hosted === true,
            planned
        });
    }
    catch (error) {
        if (!(error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ChecklistError */ .vm))
            throw error;
        return [{ reason: error.reason, message: `${item.id}: ${error.message}`, hint: error.hint }];
    }
}
/** What an item may know before there is an execution. */
const viewBefore = (plan, folder, applied) => ({
    id: 'none',
    environment: plan.key.environment,
    folder,
    commit: plan.commit,
    previousCommit: plan.previous?.commit ?? '',
    receipts: [],
    migrations: [],
    applied,
    databases: plan.databases,
    signOffs: [],
    acceptedLoss: []
});
/** One refusal that names everything; its reason is the first one's. */
function refuseAll(found) {
    const [first] = found;
    if (first === undefined)
        return undefined;
    const down = found.every(({ reason }) => reason === 'service_unavailable' || reason === 'github_unavailable');
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ChecklistError */ .vm(down ? 'UNAVAILABLE' : 'REFUSED', first.reason, {
        message: found.length === 1 ? first.message : `${found.length} things stand in the way, nothing was touched`,
        hint: first.hint,
        problems: found.length === 1 ? [] : found.map(({ message, hint }) => `${message} — ${hint}`)
    });
}


/***/ }),

/***/ 4228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EM: () => (/* binding */ isOwnerAndName),
/* harmony export */   TN: () => (/* binding */ keyOf),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   ls: () => (/* binding */ identify)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5088);


/** In Actions from its variables, elsewhere from git and the machine's user. Throws `no_commit` where neither knows. */
async function identify(host, repository) {
    const actions = (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .actionsOf */ .Ro)(host.env);
    if (actions !== undefined)
        return await inActions(actions, repository);
    const [commit, name, ref, dirty] = await Promise.all([
        repository.commit(),
        repository.name(),
        repository.ref(),
        repository.dirty()
    ]);
    return {
        repository: name,
        commit,
        ref,
        actor: host.user,
        trigger: 'manual',
        runId: '',
        runAttempt: 1,
        logUrl: '',
        dirty
    };
}
async function inActions(actions, repository) {
    const { runId, runAttempt, serverUrl, repository: name, actor, ref } = actions;
    // What is checked out is what is deployed; GITHUB_SHA is only what started the run.
    const commit = await repository.commit().catch(() => actions.sha);
    if (commit === '')
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('no_commit', 'neither git nor GITHUB_SHA names a commit', 'Check the repository out before this step.');
    const logUrl = `${serverUrl}/${name}/actions/runs/${runId}`;
    return {
        repository: name,
        commit,
        ref,
        actor,
        trigger: triggerOf(actions.event),
        runId,
        runAttempt,
        logUrl,
        dirty: false
    };
}
function triggerOf(event) {
    if (event === 'push' || event === 'schedule')
        return event;
    return event === 'repository_dispatch' ? 'api' : 'manual';
}
/** Whether GitHub can be asked for it: a folder's own name, which is what a clone without a remote has, is none. */
const isOwnerAndName = (repository) => /^[^/\s]+\/[^/\s]+$/.test(repository);
/** The last part of `owner/name`: what a checklist is called that does not say. */
const nameOf = (repository) => repository.split('/').at(-1) ?? repository;
const keyOf = (repository, checklist, environment) => ({
    repository,
    checklist,
    environment
});


/***/ }),

/***/ 9870:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ refusedAsBad),
/* harmony export */   U: () => (/* binding */ giveReason)
/* harmony export */ });
/* harmony import */ var _core_execution_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6464);
/* harmony import */ var _core_mark_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4185);
/* harmony import */ var _records_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2882);



/** A commit that was taken back here is deployed again only for a reason; no emergency is one, it has words of its own. */
async function refusedAsBad({ commit, key }, because, ledger) {
    if (because.trim() !== '')
        return undefined;
    const mark = await markOn(commit, key, ledger);
    return mark && (0,_core_mark_js__WEBPACK_IMPORTED_MODULE_1__/* .markedBad */ .AJ)(commit, key.environment, mark);
}
/** Writes down why somebody deploys now, once, and the mark that this sets aside. */
async function giveReason({ because }, journal, ledger, shop) {
    if (because.trim() === '' || journal.record.because === because)
        return;
    const { actor } = await shop.identity();
    const { commit, key } = journal.state.plan;
    const mark = await markOn(commit, key, ledger);
    await journal.commit({ type: 'reasoned', because, by: actor, ...(mark && { marked: mark }) });
}
/** Asked for this commit alone, since a history may be long; and for who took back what came of it since. */
async function markOn(commit, key, ledger) {
    const own = [];
    for await (const record of (0,_records_js__WEBPACK_IMPORTED_MODULE_2__/* .recordsOf */ .M)(ledger, { key, commit })) {
        if (record.purpose !== 'deploy')
            continue;
        own.push(record);
        if (record.markedBad !== '' || (0,_core_execution_js__WEBPACK_IMPORTED_MODULE_0__/* .isSuccess */ .oJ)(record.status))
            break;
    }
    const since = own.at(-1)?.startedAt;
    if (since === undefined)
        return undefined;
    const later = [];
    for await (const record of (0,_records_js__WEBPACK_IMPORTED_MODULE_2__/* .recordsOf */ .M)(ledger, { key, status: ['SUCCESS'], since }))
        later.push(record);
    return (0,_core_mark_js__WEBPACK_IMPORTED_MODULE_1__/* .standingMark */ .In)(commit, [...own, ...later.filter(({ purpose }) => purpose === 'rollback')]);
}


/***/ }),

/***/ 8777:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ notifyOf),
/* harmony export */   V: () => (/* binding */ watched)
/* harmony export */ });
/**
 * The same ledger, and `onWritten` hears of each write once it is durable. A write is a compare-and-swap, so that of all
 * processes only the one that hears of an event has written it: nothing has to be kept of who was told what.
 */
function watched(ledger, onWritten, onFault) {
    // Only of executions that somebody is told of.
    const known = new Map();
    const learn = (id, events) => {
        if (isTold(events))
            known.set(id, events);
    };
    const hear = (record, before, added) => {
        const events = [...before, ...added];
        learn(record.id, events);
        // What was written is written: no fault of ours makes it look as if it were not.
        try {
            if (isTold(events))
                onWritten({ record, events, fresh: new Set(added.map(({ seq }) => seq)) });
        }
        catch (thrown) {
            onFault(thrown);
        }
    };
    return {
        ...ledger,
        create: async (entry, options) => {
            const answer = await ledger.create(entry, options);
            if (answer.kind === 'created')
                hear(entry.record, [], entry.events);
            return answer;
        },
        append: async (change) => {
            const answer = await ledger.append(change);
            const before = known.get(change.record.id) ?? [];
            // Whoever appends has read or made it here; what was read of it before somebody else wrote is none of this.
            if (answer.kind === 'appended' && before.at(-1)?.hash === change.expectedHead)
                hear(change.record, before, change.events);
            return answer;
        },
        read: async (id) => {
            const stored = await ledger.read(id);
            if (stored !== undefined)
                learn(id, stored.events);
            return stored;
        }
    };
}
/** Who is told of an execution, as its checklist said when it was opened. */
const notifyOf = ([first]) => (first?.body.type === 'opened' ? (first.body.notify ?? []) : []);
const isTold = (events) => notifyOf(events).length > 0;


/***/ }),

/***/ 3452:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $A: () => (/* binding */ changedSince),
/* harmony export */   Dj: () => (/* binding */ givenBefore),
/* harmony export */   oX: () => (/* binding */ recordPassage),
/* harmony export */   t5: () => (/* binding */ lookAt),
/* harmony export */   xG: () => (/* binding */ approvedAnother),
/* harmony export */   yc: () => (/* binding */ demandsIn)
/* harmony export */ });
/* harmony import */ var _core_approval_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5583);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _core_gate_settings_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5603);
/* harmony import */ var _core_stages_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9395);




/** Stages that change what is deployed: only a job behind the gate runs them. */
const BEHIND = _core_stages_js__WEBPACK_IMPORTED_MODULE_3__/* .FORWARD_STAGES */ .sr.slice(_core_stages_js__WEBPACK_IMPORTED_MODULE_3__/* .FORWARD_STAGES */ .sr.indexOf('migrate'));
const isBehindGate = ({ stage, prepare, observe }) => !prepare && !observe && (stage === undefined || BEHIND.some(name => name === stage));
/** What has to hold this execution's job back: of its own checklist, and of the default branch's as it was seen last. */
function demandsIn({ record, state }) {
    return { ...record.demands, ...(0,_core_gate_settings_js__WEBPACK_IMPORTED_MODULE_2__/* .demandsOf */ .wu)(state.plan.rules.gate ?? {}) };
}
/**
 * Writes down how this attempt came through the gate: who approved what, or that an admin let it pass. What cannot be told
 * is closed: then the execution ends refused, unless GitHub is only down, which passes.
 */
async function recordPassage(request, journal, ledger, shop) {
    const { plan } = journal.state;
    const { onGitHub } = shop;
    const { runId, runAttempt } = await shop.identity();
    const demands = demandsIn(journal);
    if (runId === '' || !isBehindGate(request) || Object.keys(demands).length === 0)
        return;
    const { gate } = journal.record;
    if (gate?.attempt === runAttempt && !gate.closed)
        return;
    if (onGitHub === undefined)
        throw withoutToken(plan);
    const before = runAttempt > 1 ? await givenBefore(journal.record, ledger) : 0;
    const { passage, closed } = demands.reviewers
        ? await lookAt(journal, onGitHub, before, shop)
        : (0,_core_approval_js__WEBPACK_IMPORTED_MODULE_0__/* .judgeHeld */ .JT)(plan.key.environment, runAttempt, await wasHeld(journal, shop));
    if (passage.how === 'bypassed')
        shop.terminal.say(`Note: ${passage.why}. It is recorded.`);
    const passed = { type: 'gate-passed', digest: plan.digest, ...passage };
    if (closed === undefined)
        return await journal.commit(passed);
    const { status, reason, message } = closed;
    const end = { type: 'ended', status: 'REFUSED', reason, message };
    // What has acted is held until somebody decides; whoever waits for GitHub goes on from here.
    await journal.commit(passed, ...(status === 'REFUSED' && !journal.record.acted ? [end] : []));
    throw closed;
}
const withoutToken = ({ key }) => (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('missing_permission', `who approved this run for ${key.environment} cannot be asked: this step has no token`, 'Leave the input `github-token` as it is, and give the job `permissions: { actions: read, contents: read }`.');
/** How many approvals earlier attempts of this run have seen, whichever execution they worked for. */
async function givenBefore({ key, runId }, ledger) {
    const { records } = await ledger.list({ key }, { limit: 100 });
    return Math.max(0, ...records.filter(record => record.runId === runId).map(({ gate }) => gate?.given ?? 0));
}
async function lookAt(journal, { approvals, runs }, before, shop) {
    const { key, commit } = journal.state.plan;
    const { runId, runAttempt } = await shop.identity();
    const [gate, reviews, answer, known] = await Promise.all([
        shop.gate.read(key.environment),
        approvals.read(runId),
        runs.read(runId, runAttempt),
        approvals.commit(commit)
    ]);
    const facts = {
        environment: key.environment,
        attempt: runAttempt,
        hasReviewers: gate.kind === 'read' ? gate.facts.reviewers.length > 0 : untold(gate),
        held: false,
        reviews,
        before,
        run: 'run' in answer ? answer.run : undefined,
        commit: known,
        now: shop.clock.now().toISOString()
    };
    const judged = (0,_core_approval_js__WEBPACK_IMPORTED_MODULE_0__/* .judgePassage */ .Si)(facts);
    // Only where nobody approved: whether the job was held back at all is asked of its own deployment.
    if (judged.closed?.reason !== 'not_approved')
        return judged;
    return (0,_core_approval_js__WEBPACK_IMPORTED_MODULE_0__/* .judgePassage */ .Si)({ ...facts, held: await wasHeld(journal, shop) });
}
const untold = ({ why, hint, reason }) => ({
    ...{ unknown: why, hint },
    ...(reason !== undefined && { reason })
});
/** Whether GitHub made a deployment to the environment for this very job, as it does behind its rules alone. */
async function wasHeld({ record, state }, shop) {
    const { runId, runAttempt } = await shop.identity();
    const job = { runId, runAttempt, sha: shop.actions?.sha ?? '', runner: shop.host.env['RUNNER_NAME'] ?? '' };
    const { environment } = record.key;
    const none = { execution: record.id, description: '', make: 'never' };
    try {
        const found = await shop.deployments?.take({ ...none, environment, commit: state.plan.commit, job });
        return found?.own === true;
    }
    catch (error) {
        if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ChecklistError */ .vm && error.status === 'REFUSED')
            return false;
        throw error;
    }
}
/**
 * Who approves a job sees the commit that its run is for. Where another one is checked out behind the gate, nobody has
 * approved it, unless a job before the gate has shown the plan.
 */
function approvedAnother({ rules, commit }, { actions, seen }) {
    const sha = actions?.sha ?? '';
    const { reviewers } = { ...seen.demands, ...(0,_core_gate_settings_js__WEBPACK_IMPORTED_MODULE_2__/* .demandsOf */ .wu)(rules.gate ?? {}) };
    if (reviewers === undefined || sha === '' || sha === commit)
        return undefined;
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('approval_outdated', `who approved this run saw ${sha.slice(0, 12)}, and ${commit.slice(0, 12)} is checked out`, 'Check out what the run is for (actions/checkout without `ref`), or prepare in a job before the gate, so that the plan is what is approved.');
}
/** The plan that was approved is not the one that would be run: what is different, and what to do. */
function changedSince(record, begun, now) {
    const what = begun.commit === now.commit
        ? 'the checklist, its files or this tool changed'
        : `it began with ${begun.commit.slice(0, 12)}, here is ${now.commit.slice(0, 12)}`;
    const differ = `${begun.digest.slice(0, 12)}, now it would be ${now.digest.slice(0, 12)}: ${what}`;
    if (begun.rules.gate !== undefined && !record.acted) {
        return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('approval_outdated', `what was shown for approval of ${record.id} is the plan ${differ}`, 'Start a new run, so that what is approved is what runs.');
    }
    const hint = `Check out what it began with and resume, or take it back: \`deploy-checklist rollback ${record.id}\`.`;
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('plan_changed', `${record.id} was begun with the plan ${differ}`, hint);
}


/***/ }),

/***/ 9366:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  mC: () => (/* binding */ lastGood),
  bJ: () => (/* binding */ planFor),
  iA: () => (/* binding */ prepare),
  te: () => (/* binding */ previousOf),
  Pi: () => (/* binding */ targetBefore)
});

// EXTERNAL MODULE: ./build/core/checklist.js
var core_checklist = __webpack_require__(9210);
// EXTERNAL MODULE: ./build/core/engine/read-spec.js
var read_spec = __webpack_require__(4301);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/names.js
var names = __webpack_require__(5562);
// EXTERNAL MODULE: ./build/core/plan.js
var plan = __webpack_require__(4115);
// EXTERNAL MODULE: ./build/core/redact/secret-forms.js
var secret_forms = __webpack_require__(606);
// EXTERNAL MODULE: ./build/report/short.js
var report_short = __webpack_require__(8513);
// EXTERNAL MODULE: ./build/app/find-checklist.js
var find_checklist = __webpack_require__(6816);
// EXTERNAL MODULE: ./build/app/identity.js
var app_identity = __webpack_require__(4228);
// EXTERNAL MODULE: ./build/app/records.js
var records = __webpack_require__(2882);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/core/interpolate.js
var interpolate = __webpack_require__(7393);
;// CONCATENATED MODULE: ./build/app/release.js





/**
 * What is deployed, by a name that cannot come to mean something else: a built file with its digest, an image with its
 * digest, else the commit. Promotion compares exactly this.
 */
async function releaseOf(release, commit, folder, values) {
    if (release?.artifact !== undefined) {
        const file = filled(release.artifact, values);
        return `${file}@sha256:${await digestOf((0,external_node_path_.join)(folder, file), file)}`;
    }
    if (release?.image === undefined)
        return commit;
    const image = filled(release.image, values);
    if (/@sha256:[0-9a-f]{64}$/.test(image))
        return image;
    throw (0,errors/* refused */.J5)('no_commit', `expected an image named by its digest (registry/app@sha256:…), found ${image}`, 'Take the digest that the push printed: a tag may move.');
}
function filled(text, values) {
    const found = (0,interpolate/* interpolate */.GW)(text, values);
    if ('text' in found)
        return found.text;
    throw (0,errors/* refused */.J5)('missing_value', `\`release\` names ${found.missing.join(', ')}, and there is no value`, 'Set it where this runs.');
}
async function digestOf(path, file) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    try {
        for await (const chunk of (0,external_node_fs_.createReadStream)(path))
            hash.update(chunk);
        return hash.digest('hex');
    }
    catch (error) {
        throw (0,errors/* refused */.J5)('no_commit', `the artifact ${file} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, 'Build or download it before this step.', error);
    }
}

// EXTERNAL MODULE: ./build/app/version.js
var version = __webpack_require__(3912);
// EXTERNAL MODULE: ./build/app/workshop.js
var workshop = __webpack_require__(2071);
;// CONCATENATED MODULE: ./build/app/prepare.js













/** Reads the checklist and settles which environment is meant. Without a checklist a starter is the refusal's text. */
async function prepare(shop, wanted) {
    const { host, kinds, identity } = shop;
    const file = await (0,find_checklist/* findChecklist */.Gd)(host.folder, wanted.checklist);
    if (file === undefined)
        throw await withoutChecklist(shop);
    // Asked of git while the checklist is read; what stands in its way is told after that of the checklist.
    const asked = identity();
    asked.catch(() => { });
    const checklist = await (0,find_checklist/* readChecklist */.zo)(host.folder, file, kinds);
    (0,workshop/* maskSecrets */.Q)(checklist, shop);
    noteShortSecrets(checklist, shop);
    const environment = chooseEnvironment(checklist, wanted.environment);
    const who = await asked;
    return {
        file,
        checklist,
        identity: who,
        key: (0,app_identity/* keyOf */.TN)(who.repository, checklist.name ?? (0,app_identity/* nameOf */.Vb)(who.repository), environment)
    };
}
/** Hiding every `1` would leave nothing to read, so it is not done; whoever relies on it has to know. */
function noteShortSecrets({ secrets }, { host, terminal, noted }) {
    for (const name of secrets) {
        const { length } = (host.env[name] ?? '').trim();
        if (length === 0 || length >= secret_forms/* SHORTEST_HIDDEN */.I || noted.has(name))
            continue;
        noted.add(name);
        terminal.say(`${name} has only ${(0,report_short/* count */.U9)(length, 'character')}: values that short are not hidden in output`);
    }
}
function chooseEnvironment({ environments, file }, wanted) {
    const names = Object.keys(environments);
    if (wanted !== '') {
        if (names.length === 0 || names.includes(wanted))
            return wanted;
        throw (0,errors/* refused */.J5)('usage', `${file} knows no environment ${wanted}; it names ${names.join(', ')}`, 'Name one of them, or add it to `environments`.');
    }
    if (names.length > 1)
        throw (0,errors/* refused */.J5)('usage', `${file} names ${names.length} environments: ${names.join(', ')}`, 'Say which with --environment.');
    return names[0] ?? 'production';
}
async function withoutChecklist({ host, actions }) {
    const { lookAround } = await __webpack_require__.e(/* import() */ 583).then(__webpack_require__.bind(__webpack_require__, 4583));
    const { starter } = await __webpack_require__.e(/* import() */ 390).then(__webpack_require__.bind(__webpack_require__, 3390));
    return new errors/* ChecklistError */.vm('REFUSED', 'checklist_missing', {
        message: 'there is no checklist: neither .github/deploy-checklist.yml nor deploy-checklist.yml',
        hint: actions === undefined
            ? 'Save the starter below (`deploy-checklist plan > deploy-checklist.yml`), mend it, and try `deploy-checklist plan`.'
            : 'Check the repository out in a step before this one. Where it has no checklist yet, commit the starter below as deploy-checklist.yml, mended.',
        problems: starter(await lookAround(host.folder))
            .trimEnd()
            .split('\n')
    });
}
/** The plan as it would be begun now; `previous` is what a rollback leads to. */
async function planFor(prepared, shop, previous) {
    const { checklist, key, identity } = prepared;
    const items = Object.values(checklist.stages).flat();
    const bytes = await (0,find_checklist/* readOwnFiles */.u1)(shop.host.folder, items.flatMap(item => filesOf(item, shop)));
    const files = Object.fromEntries(Object.entries(bytes).map(([file, content]) => [file, (0,plan/* sha256 */.sc)(content)]));
    const rules = checklist.environments[key.environment] ?? core_checklist/* NO_RULES */.W;
    return (0,plan/* makePlan */.Cs)(checklist, {
        tool: version/* VERSION */.x,
        key,
        rules,
        commit: identity.commit,
        release: await releaseOf(checklist.release, identity.commit, shop.host.folder, valuesFor(prepared, shop)),
        previous,
        files
    });
}
/** Values of the vars that `release` may mention; a value of the environment may be a secret, and the plan is kept. */
function valuesFor({ checklist, key }, { kinds }) {
    const vars = { ...checklist.vars, ...(checklist.environments[key.environment] ?? core_checklist/* NO_RULES */.W).vars };
    const plan = { ...checklist, vars, monitor: null };
    return (0,names/* resolveNames */.jN)({ plan, kinds, stages: [], env: {}, builtIns: {} }).values;
}
function filesOf({ kind, spec }, { kinds }) {
    const known = kinds.find(({ name }) => name === kind);
    const parsed = known && (0,read_spec/* readSpec */.O)(known, spec);
    return parsed?.success === true ? (known?.files?.(parsed.data) ?? []) : [];
}
/**
 * What a rollback leads to: the last execution that succeeded, was not taken back since and is not marked bad. Where a
 * rollback went further back than one, what it passed over is not live, and so it is none of it.
 */
async function lastGood(ledger, key, before = Number.POSITIVE_INFINITY) {
    let live;
    return await findGood(ledger, key, record => {
        if (record.number >= before)
            return false;
        if (record.purpose === 'rollback')
            live ??= record.commit;
        return live === undefined || record.commit === live;
    });
}
/** The good one of that commit before the undone execution. */
const targetBefore = (ledger, { key, number }, commit) => findGood(ledger, key, record => record.number < number && record.commit === commit);
/** `wanted` is asked of every success, newest first, rollbacks among them, which are never found. */
async function findGood(ledger, key, wanted) {
    // A rollback comes before what it undid; that one's own mark is a write of its own and may be missing.
    const undone = new Set();
    for await (const record of (0,records/* recordsOf */.M)(ledger, { key, status: ['SUCCESS', 'PARTIAL'] })) {
        if (record.purpose === 'rollback')
            undone.add(record.undoesExecutionId);
        if (wanted(record) && isGood(record) && !undone.has(record.id))
            return record;
    }
    return undefined;
}
const isGood = ({ purpose, rolledBack, markedBad }) => (purpose === 'deploy' || purpose === 'adopt') && !rolledBack && markedBad === '';
const previousOf = (good) => good === undefined ? null : { execution: good.id, commit: good.commit };


/***/ }),

/***/ 1351:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ closedForNow)
});

// UNUSED EXPORTS: notPromoted

// EXTERNAL MODULE: ./build/core/engine/state.js + 2 modules
var state = __webpack_require__(9543);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/evidence.js
var evidence = __webpack_require__(3017);
;// CONCATENATED MODULE: ./build/core/window.js

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** What the calendar says against deploying now, or undefined. The time zone is the window's own, daylight saving included. */
function closedBy(environment, { window, freeze }, now) {
    if (freeze !== undefined && now < endOf(freeze.until)) {
        const message = `${environment} is frozen until ${freeze.until}: ${freeze.because}`;
        return (0,errors/* refused */.J5)('frozen', message, 'Wait, or change `freeze` in the checklist where somebody else can see it.');
    }
    if (window === undefined || isOpen(window, now))
        return undefined;
    const { day, minute } = localTime(window.zone, now);
    const message = `${environment} is open ${sayWindow(window)}; now it is ${DAYS[day - 1]} ${clock(minute)} there`;
    return (0,errors/* refused */.J5)('outside_window', message, 'Wait for the window, or change `window` in the checklist.');
}
// A date alone means that its whole day is frozen, wherever it ends first is not known: take the last place on earth.
const endOf = (until) => new Date(/^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59.999-12:00` : until);
function isOpen({ days, fromMinute, toMinute, zone }, now) {
    const { day, minute } = localTime(zone, now);
    if (fromMinute < toMinute)
        return days.includes(day) && minute >= fromMinute && minute < toMinute;
    // Over midnight: the day is the one on which the window opened.
    const yesterday = day === 1 ? 7 : day - 1;
    return (days.includes(day) && minute >= fromMinute) || (days.includes(yesterday) && minute < toMinute);
}
function localTime(zone, now) {
    const format = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23'
    });
    const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
    return { day: DAYS.indexOf(parts['weekday'] ?? '') + 1, minute: Number(parts['hour']) * 60 + Number(parts['minute']) };
}
const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const sayWindow = ({ days, fromMinute, toMinute, zone }) => `${days.map(day => DAYS[day - 1]).join(', ')} from ${clock(fromMinute)} to ${clock(toMinute)} (${zone})`;

// EXTERNAL MODULE: ./build/app/begin.js + 2 modules
var begin = __webpack_require__(4628);
;// CONCATENATED MODULE: ./build/app/promotion.js





/**
 * Every rule of the calendar and of the order that says no now: freeze, window, order, soak. These, and no others, are set
 * aside by a named emergency: it is a reason to hurry, and no proof of anything.
 */
async function closedForNow(plan, ledger, { clock, seen }) {
    const { key, rules } = plan;
    const { window, freeze, ...others } = rules;
    const now = clock.now();
    const found = [
        ...(freeze === undefined ? [] : [closedBy(key.environment, { ...others, freeze }, now)]),
        ...(window === undefined ? [] : [closedBy(key.environment, { ...others, window }, now)]),
        await notPromoted(plan, ledger, after => {
            seen.after = after;
        })
    ];
    return found.filter(one => one !== undefined);
}
/** The same release must have succeeded where the checklist says, not have been taken back, and be well there since. */
async function notPromoted(plan, ledger, onSeen = () => { }) {
    const { rules, key, commit, release } = plan;
    if (rules.after === undefined)
        return undefined;
    const there = { ...key, environment: rules.after };
    const { records } = await ledger.list({ key: there, commit, status: ['SUCCESS', 'PARTIAL'] }, { limit: 20 });
    const found = records.find(record => record.purpose === 'deploy' && record.release === release && !record.rolledBack && record.markedBad === '');
    if (found !== undefined) {
        const stored = await (0,begin/* mustRead */.qE)(found.id, ledger);
        onSeen((0,evidence/* promotionSeen */.vH)(found, stored.events));
        return notSoaked(found, stored, plan);
    }
    onSeen({ environment: rules.after, execution: null });
    const message = `${commit.slice(0, 12)} has not succeeded on ${rules.after}, which has to come before ${key.environment}`;
    return (0,errors/* refused */.J5)('not_promoted', message, `Deploy this very commit to ${rules.after} first: \`deploy-checklist run --environment ${rules.after}\`.`);
}
/**
 * Its first checkpoint there must have passed, and every one that was looked at since. One at minute 0 is part of the
 * execution, which would not have succeeded without it.
 */
function notSoaked(record, { events }, { key }) {
    const { plan, checkpoints } = (0,state/* stateOf */.L4)(events);
    const there = record.key.environment;
    const failed = checkpoints.findLast(({ passed }) => !passed);
    if (failed !== undefined) {
        const message = `${record.id} succeeded on ${there}, but failed its checkpoint ${failed.checkpoint} there`;
        return (0,errors/* refused */.J5)('not_promoted', message, `Mend the release, and deploy it to ${there} anew.`);
    }
    const [first] = plan.monitor?.checkpoints ?? [];
    if (first === undefined || first.afterMs === 0)
        return undefined;
    if (checkpoints.some(({ checkpoint }) => checkpoint === first.name))
        return undefined;
    const due = record.due.find(({ checkpoint }) => checkpoint === first.name)?.dueAt ?? '';
    const when = due === '' ? '' : `, which is due at ${due}`;
    return (0,errors/* refused */.J5)('not_promoted', `${record.id} succeeded on ${there}, but ${key.environment} needs its checkpoint ${first.name} there too${when}`, `When it is due: \`deploy-checklist monitor --environment ${there}\`, then run this again.`);
}


/***/ }),

/***/ 2882:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ pagesOf),
/* harmony export */   M: () => (/* binding */ recordsOf)
/* harmony export */ });
/** All that a filter finds, newest first, page by page for as long as somebody asks: what decides must not end with a page. */
async function* pagesOf(ledger, filter, how = {}) {
    let cursor;
    do {
        const page = await ledger.list(filter, { ...how, limit: 100, ...(cursor !== undefined && { cursor }) });
        yield page;
        cursor = page.next;
    } while (cursor !== undefined);
}
async function* recordsOf(ledger, filter) {
    for await (const { records } of pagesOf(ledger, filter))
        yield* records;
}


/***/ }),

/***/ 1834:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ receiptOf),
/* harmony export */   f: () => (/* binding */ restoreObstacles)
/* harmony export */ });
/* harmony import */ var _core_engine_deeds_to_undo_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7457);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _guards_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6488);



/**
 * Everything that would refuse the restores that are asked for, found before anything is undone: the code does not go
 * back to the old release while the database stays with the new one. `left`: what an earlier rollback left to do.
 */
async function restoreObstacles({ restore, acceptLoss }, undone, { left, shop }) {
    if (restore.length === 0)
        return [];
    const { plan } = left;
    const { receipts, migrations, applied } = undone;
    const view = (0,_guards_js__WEBPACK_IMPORTED_MODULE_2__/* .viewBefore */ .J5)(plan, shop.host.folder, applied);
    const execution = { ...view, id: undone.id, receipts, migrations, acceptedLoss: acceptLoss };
    const known = { plan, execution, names: (0,_guards_js__WEBPACK_IMPORTED_MODULE_2__/* .demandValues */ .sF)(plan, [], shop, undone.id) };
    const asked = restore.map(async (name) => {
        const receipt = receiptOf(name, undone);
        const item = (0,_core_engine_deeds_to_undo_js__WEBPACK_IMPORTED_MODULE_0__/* .backupOf */ .GH)(plan, name);
        if (item === undefined || (0,_core_engine_deeds_to_undo_js__WEBPACK_IMPORTED_MODULE_0__/* .isUndone */ .Y_)(left, item.id))
            return [];
        const done = { outcome: 'pass', detail: '', receipt };
        return await (0,_guards_js__WEBPACK_IMPORTED_MODULE_2__/* .askKind */ .eK)(item, 'rollback', known, shop, kind => {
            const obstacles = kind.obstacles?.bind(kind);
            return obstacles && ((spec, context) => obstacles(spec, context, done));
        });
    });
    return (await Promise.all(asked)).flat();
}
/** The proof of the backup that is to be restored, or the refusal that there is none of that name. */
function receiptOf(name, { id, receipts }) {
    const found = receipts.find(({ subject }) => subject === name);
    if (found !== undefined)
        return found;
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('usage', `--restore ${name}: ${id} made no backup of that name; it has ${receipts.map(({ subject }) => subject).join(', ') || 'none'}`, 'Name one of them, or leave it out.');
}


/***/ }),

/***/ 6004:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FV: () => (/* binding */ chosen),
/* harmony export */   Jv: () => (/* binding */ mustKnow),
/* harmony export */   bm: () => (/* binding */ keyFor)
/* harmony export */ });
/* unused harmony export newestDeployment */
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);
/* harmony import */ var _core_execution_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6464);
/* harmony import */ var _asked_for_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1478);
/* harmony import */ var _life_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9664);
/* harmony import */ var _prepare_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9366);
/* harmony import */ var _records_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2882);






const isNamed = (execution) => execution !== '' && execution !== 'newest';
/** The execution of that id, or the refusal of a word that somebody mistyped. */
async function mustKnow(id, ledger) {
    const stored = await ledger.read(id);
    if (stored !== undefined)
        return stored.record;
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('no_way_back', `the ledger (${ledger.name}) knows no execution ${id}`, 'Look at `deploy-checklist history`.');
}
/** A named execution says itself what it belongs to; otherwise the checklist says which environment is meant. */
async function keyFor(request, ledger, shop) {
    const { execution, checklist, environment } = request;
    if (isNamed(execution)) {
        const named = await mustKnow(execution, ledger);
        await (0,_asked_for_js__WEBPACK_IMPORTED_MODULE_2__/* .mustBeAskedFor */ .I)(named, request, shop);
        return named.key;
    }
    const named = await (0,_prepare_js__WEBPACK_IMPORTED_MODULE_4__/* .prepare */ .iA)(shop, { checklist, environment }).catch(error => error);
    return named instanceof Error ? await onlyKey(environment, named, ledger, shop) : named.key;
}
/** A checklist that is broken or gone must not stand between a maintainer and the way back: the ledger knows too. */
async function onlyKey(environment, why, ledger, shop) {
    const { repository } = await shop.identity();
    const { records } = await ledger.list({ key: environment === '' ? { repository } : { repository, environment } }, { limit: 100 });
    const names = new Map(records.map(({ key }) => [`${key.checklist} on ${key.environment}`, key]));
    const [only, ...more] = names.values();
    if (only === undefined)
        throw why;
    if (more.length === 0)
        return only;
    const known = [...names.keys()].sort().join(', ');
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('usage', `it is not clear what is to be taken back: without a checklist that can be read (${why.message}) the ledger has ${known}`, 'Say which with --environment, or name the execution: `deploy-checklist history`.');
}
/** What is taken back. Undefined: a stage of its own run, and there is nothing that failed. */
async function chosen(request, key, survey, ledger, shop) {
    const { execution, surface } = request;
    const named = isNamed(execution) ? await leading(execution, ledger) : await newestDeployment(key, ledger);
    const ownRun = surface === 'action' && execution === '';
    if (ownRun && (named === undefined || !(await failedInThisRun(named, shop)))) {
        shop.terminal.say('Nothing to roll back: no execution of this run failed after it had acted, or it was rolled back already.');
        return undefined;
    }
    if (named === undefined)
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('no_way_back', `nothing was deployed to ${key.environment} yet`, 'Look at `deploy-checklist history`.');
    mustBeUndoable(named);
    await mustBeNewest(named, key, ledger);
    await mustBeFree(named, survey, request, shop);
    return named;
}
/** A rollback that was cut off stands for what it undoes: naming it means going on with it. */
async function leading(id, ledger) {
    const record = await mustKnow(id, ledger);
    const goesOn = record.purpose === 'rollback' && !(0,_core_execution_js__WEBPACK_IMPORTED_MODULE_1__/* .isEnded */ .pl)(record) && record.undoesExecutionId !== '';
    return goesOn ? await mustKnow(record.undoesExecutionId, ledger) : record;
}
/** `stage: rollback` of a workflow touches only a failed execution of its own run; a passed or undone one needs nothing. */
async function failedInThisRun(named, shop) {
    const { runId } = await shop.identity();
    const { acted, rolledBack, status } = named;
    return named.runId === runId && acted && !rolledBack && !(0,_core_execution_js__WEBPACK_IMPORTED_MODULE_1__/* .isSuccess */ .oJ)(status);
}
function mustBeUndoable({ id, purpose, rolledBack, rollbackReason, acted }) {
    if (purpose !== 'deploy')
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('no_way_back', `${id} is no deployment but ${{ rollback: 'a rollback', adopt: 'an adoption', observe: 'a look' }[purpose]}`, 'Name the deployment that is to be taken back.');
    if (rolledBack)
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('already_done', `${id} was rolled back already: ${rollbackReason}`, 'Nothing is left to do; `deploy-checklist history` shows what is live, and an earlier one can be named.');
    if (!acted)
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('no_way_back', `${id} changed nothing: it ended before its first action`, 'Nothing has to be taken back.');
}
async function mustBeNewest(named, key, ledger) {
    const newest = await newestDeployment(key, ledger);
    if (newest === undefined || newest.id === named.id || newest.rolledBack || !newest.acted)
        return;
    if (newest.number < named.number)
        return;
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('superseded', `${named.id} is not the newest: ${newest.id} (number ${newest.number}) stands on top of it`, `Take ${newest.id} back first.`);
}
async function newestDeployment(key, ledger) {
    for await (const record of (0,_records_js__WEBPACK_IMPORTED_MODULE_5__/* .recordsOf */ .M)(ledger, { key }))
        if (record.purpose === 'deploy' && (record.acted || record.rolledBack))
            return record;
    return undefined;
}
/** The environment is nobody's, the undone one's own, or that of a rollback of it which was cut off. */
async function mustBeFree(named, { holder }, { takeover }, shop) {
    if (holder === undefined)
        return;
    if (holder.id === named.id || holder.undoesExecutionId === named.id)
        return await (0,_life_js__WEBPACK_IMPORTED_MODULE_3__/* .mustBeOver */ .$E)(holder, takeover, shop);
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('environment_held', `${holder.key.environment} is held by ${holder.id} (${holder.status}, begun by ${holder.actor} at ${holder.startedAt})`, holder.purpose === 'rollback'
        ? `Wait for it, or go on with it: \`deploy-checklist rollback ${holder.undoesExecutionId}\`.`
        : 'Wait for it, or take that one back.');
}


/***/ }),

/***/ 6870:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ targetOfRollback),
/* harmony export */   x: () => (/* binding */ targetFor)
/* harmony export */ });
/* harmony import */ var _core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9543);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _core_execution_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6464);
/* harmony import */ var _begin_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4628);
/* harmony import */ var _prepare_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9366);
/* harmony import */ var _records_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2882);
/* harmony import */ var _rollback_choice_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6004);







/** Named by `--to`, else the last good one before it; further back than one only where nothing between them migrated. */
async function targetFor(to, undone, ledger) {
    const near = await (0,_prepare_js__WEBPACK_IMPORTED_MODULE_4__/* .lastGood */ .mC)(ledger, undone.key, undone.number);
    const wanted = to === '' ? near : await (0,_rollback_choice_js__WEBPACK_IMPORTED_MODULE_5__/* .mustKnow */ .Jv)(to, ledger);
    if (wanted === undefined)
        return undefined;
    if (wanted.id !== near?.id)
        await mustBeReachable(wanted, undone, ledger);
    return await asTarget(wanted, ledger);
}
async function asTarget({ id }, ledger) {
    const { events } = await (0,_begin_js__WEBPACK_IMPORTED_MODULE_3__/* .mustRead */ .qE)(id, ledger);
    return { execution: id, plan: (0,_core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__/* .planOf */ .XC)(events) };
}
async function mustBeReachable(wanted, undone, ledger) {
    const why = whyUnfit(wanted, undone);
    if (why !== undefined)
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('no_way_back', `${wanted.id} is no release to go back to: ${why}`, 'Name one that succeeded here before, or none for the last one.');
    const migrated = await migratedBetween(wanted, undone, ledger);
    if (migrated === undefined)
        return;
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('no_way_back', `${migrated.id} migrated a database between ${wanted.id} and ${undone.id}, and that way has not been rehearsed`, 'Go back one release at a time.');
}
function whyUnfit(wanted, undone) {
    const [there, here] = [wanted.key, undone.key];
    if (there.environment !== here.environment)
        return `it ran on ${there.environment}, not on ${here.environment}`;
    if (there.checklist !== here.checklist || there.repository !== here.repository)
        return `it belongs to ${there.checklist} of ${there.repository}`;
    if (wanted.number >= undone.number)
        return `it is not older than ${undone.id}`;
    if (wanted.purpose !== 'deploy' && wanted.purpose !== 'adopt')
        return `it deployed nothing (${wanted.purpose})`;
    if (!(0,_core_execution_js__WEBPACK_IMPORTED_MODULE_2__/* .isSuccess */ .oJ)(wanted.status))
        return `it ended ${wanted.status}`;
    if (wanted.rolledBack)
        return `it was rolled back: ${wanted.rollbackReason}`;
    return wanted.markedBad === '' ? undefined : `it is marked bad: ${wanted.markedBad}`;
}
async function migratedBetween(wanted, undone, ledger) {
    for await (const record of (0,_records_js__WEBPACK_IMPORTED_MODULE_6__/* .recordsOf */ .M)(ledger, { key: undone.key })) {
        const { number, migrations, rolledBack } = record;
        const isBetween = number > wanted.number && number < undone.number;
        if (isBetween && !rolledBack && migrations.some(({ moved }) => moved))
            return record;
    }
    return undefined;
}
/** Found again by the commit that the rollback's own plan names, so that a resumed one goes to the same place. */
async function targetOfRollback({ state }, undone, ledger) {
    const { commit } = state.plan;
    const record = commit === '' ? undefined : await (0,_prepare_js__WEBPACK_IMPORTED_MODULE_4__/* .targetBefore */ .Pi)(ledger, undone, commit);
    return record === undefined ? undefined : await asTarget(record, ledger);
}


/***/ }),

/***/ 2926:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  WI: () => (/* binding */ closeUndone),
  dU: () => (/* binding */ rollback),
  WT: () => (/* binding */ whatIsLeft)
});

// EXTERNAL MODULE: ./build/core/names.js
var names = __webpack_require__(5562);
// EXTERNAL MODULE: ./build/core/engine/state.js + 2 modules
var state = __webpack_require__(9543);
;// CONCATENATED MODULE: ./build/core/engine/earlier-undos.js


/**
 * The undone execution with what its own rollback and later ones of it, oldest first, have taken back: that is not taken
 * back twice. An item's newest undo decides. Where it depends on what should be live it counts only if it led to the
 * execution `to`: after a way to another release it is that one which runs, or half of it.
 */
function withEarlierUndos(undone, later, to) {
    const items = Object.values(undone.plan.stages).flat();
    const leading = new Set(items.filter(leadsSomewhere(undone)).map(({ id }) => id));
    const deeds = new Map([...undone.deeds].filter(([, { deed }]) => deed === 'run'));
    for (const { rollback, deeds: did } of [undone, ...later])
        for (const deed of [...did.values()].filter(({ deed }) => deed === 'undo')) {
            const key = (0,state/* deedKey */.qT)(deed.stage, deed.item, deed.deed);
            const counts = deed.settled?.outcome === 'pass' && (rollback?.toExecution === to || !leading.has(deed.item));
            if (counts)
                deeds.set(key, deed);
            else
                deeds.delete(key);
        }
    return { ...undone, deeds };
}
/** A script may read DEPLOY_PREVIOUS_COMMIT without its command saying so: of deploy every undo is taken to. */
const leadsSomewhere = ({ plan }) => (item) => plan.stages.deploy.includes(item) || (0,names/* shellNames */.bW)(item.undo ?? '').includes('DEPLOY_PREVIOUS_COMMIT');

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/execution.js
var execution = __webpack_require__(6464);
// EXTERNAL MODULE: ./build/core/plan.js
var core_plan = __webpack_require__(4115);
// EXTERNAL MODULE: ./build/app/after-end.js
var after_end = __webpack_require__(2030);
// EXTERNAL MODULE: ./build/app/begin.js + 2 modules
var app_begin = __webpack_require__(4628);
// EXTERNAL MODULE: ./build/app/deployment-end.js
var deployment_end = __webpack_require__(2957);
// EXTERNAL MODULE: ./build/app/deployments.js
var deployments = __webpack_require__(3768);
// EXTERNAL MODULE: ./build/app/guards.js
var guards = __webpack_require__(6488);
// EXTERNAL MODULE: ./build/app/notify-watch.js
var notify_watch = __webpack_require__(8777);
// EXTERNAL MODULE: ./build/app/records.js
var records = __webpack_require__(2882);
// EXTERNAL MODULE: ./build/app/restore-ahead.js
var restore_ahead = __webpack_require__(1834);
// EXTERNAL MODULE: ./build/app/rollback-choice.js
var rollback_choice = __webpack_require__(6004);
// EXTERNAL MODULE: ./build/app/gate.js + 6 modules
var gate = __webpack_require__(1838);
// EXTERNAL MODULE: ./build/app/passage.js
var app_passage = __webpack_require__(3452);
// EXTERNAL MODULE: ./build/app/prepare.js + 1 modules
var prepare = __webpack_require__(9366);
;// CONCATENATED MODULE: ./build/app/rollback-passage.js




/** Nobody waits longer for the way back than this for what only tells who approved it. */
const PATIENCE_MS = 20_000;
/**
 * Writes down how a rollback by hand came through the gate of what it takes back. Nobody is kept from the way back by an
 * answer that GitHub does not give: it is kept and shown as what it is.
 */
async function recordWayThrough(request, undone, journal, ledger, shop) {
    const { runId, runAttempt } = await shop.identity();
    if (runId === '' || journal.record.gate?.attempt === runAttempt)
        return;
    const unknown = (why) => ({ how: 'unknown', why, attempt: runAttempt, given: 0, approvals: [] });
    const look = async () => {
        if (!(await asksReviewers(request, undone, journal, shop)))
            return undefined;
        if (shop.onGitHub === undefined)
            return unknown('who approved this run cannot be asked: this step has no token');
        return await passageOf(journal, shop.onGitHub, ledger, shop);
    };
    const found = look().catch(error => unknown(`who approved this run cannot be told: ${(0,errors/* messageOf */.bD)(error)}`));
    const passage = await orLate(found, unknown('GitHub did not tell in time who approved this run'), shop);
    if (passage === undefined)
        return;
    if (passage.how !== 'approved')
        shop.terminal.say(`Note: ${passage.why}. It is recorded.`);
    // Rides along with the first action's intent.
    journal.keep({ type: 'gate-passed', digest: journal.state.plan.digest, ...passage });
}
/** By the plan that is taken back, by what was seen then, or by the checklist of today, here or on the default branch. */
async function asksReviewers({ checklist }, undone, { state }, shop) {
    if ((0,app_passage/* demandsIn */.yc)({ record: undone, state }).reviewers)
        return true;
    try {
        await (0,gate/* gateObjections */.IK)(await (0,prepare/* prepare */.iA)(shop, { checklist, environment: undone.key.environment }), '', shop);
    }
    catch { } // One that cannot be read asks for nobody.
    return shop.seen.demands?.reviewers === true;
}
async function passageOf(journal, onGitHub, ledger, shop) {
    const { runId, runAttempt } = await shop.identity();
    const before = runAttempt > 1 ? await (0,app_passage/* givenBefore */.Dj)(journal.record, ledger) : 0;
    const { closed: _, ...passage } = (await (0,app_passage/* lookAt */.t5)(journal, onGitHub, before, shop)).passage;
    if (passage.how !== 'unknown')
        return passage;
    const found = await onGitHub.approvals.read(runId);
    // The job may have stood behind another environment's gate, one with a faster approval.
    const elsewhere = ('reviews' in found ? found.reviews : []).filter(({ state, environments }) => state === 'approved' && !environments.includes(journal.record.key.environment));
    const said = elsewhere.map(({ who, environments }) => `; ${who} approved it for ${environments.join(', ')}`);
    return { ...passage, why: `${passage.why}${said.join('')}` };
}
async function orLate(work, late, { clock }) {
    const over = new AbortController();
    try {
        return await Promise.race([work, clock.sleep(PATIENCE_MS, over.signal).then(() => late)]);
    }
    finally {
        over.abort();
    }
}

// EXTERNAL MODULE: ./build/app/rollback-target.js
var rollback_target = __webpack_require__(6870);
// EXTERNAL MODULE: ./build/app/run.js + 23 modules
var run = __webpack_require__(9334);
// EXTERNAL MODULE: ./build/app/sign-off.js
var sign_off = __webpack_require__(6331);
;// CONCATENATED MODULE: ./build/app/rollback.js


















const TRIES = 50;
/**
 * Takes an execution back: by hand an execution of its own, linked to the one that it undoes. Works from the journal and
 * the repository alone, so the checklist of today is only asked for its name. Returns the id of what it worked for.
 */
async function rollback(request, shop) {
    const ledger = await shop.ledger();
    const key = await (0,rollback_choice/* keyFor */.bm)(request, ledger, shop);
    for (let tries = 1; tries <= TRIES; tries++) {
        const survey = await ledger.survey(key);
        const undone = await (0,rollback_choice/* chosen */.FV)(request, key, survey, ledger, shop);
        if (undone === undefined)
            return '';
        (0,sign_off/* mustFit */.L)(request.signs, (0,state/* planOf */.XC)((await (0,app_begin/* mustRead */.qE)(undone.id, ledger)).events));
        const again = unfinished(undone, survey);
        if (again !== undefined)
            await mustLeadThere(request.to, undone, again, ledger);
        const journal = again === undefined
            ? await begin(request, undone, survey, ledger, shop)
            : await (0,app_begin/* goOn */.AC)({ do: 'resume', record: again }, ledger, shop, survey);
        if (journal === undefined)
            continue;
        await (0,sign_off/* sign */._)(request.signs, journal, shop);
        await recordWayThrough(request, undone, journal, ledger, shop);
        const order = await orderFor(request, undone, journal, ledger);
        await (0,deployments/* beginRollback */.C)(journal, request, shop);
        await (0,run/* work */.oJ)({ ...request, stage: undefined }, journal, ledger, shop, order);
        await closeUndone(undone, journal.record, request.because, ledger, shop);
        await (0,deployment_end/* endRollback */.Ee)(undone, journal, { wish: request, ledger, shop });
        return journal.record.id;
    }
    throw (0,errors/* refused */.J5)('environment_held', `${key.environment} changed hands while this rollback tried to take it`, 'Try again.');
}
/** A rollback of this very execution that was killed or cancelled is gone on with, not begun again. */
const unfinished = (undone, { holder }) => holder?.purpose === 'rollback' && holder.undoesExecutionId === undone.id && !(0,execution/* isEnded */.pl)(holder) ? holder : undefined;
/** What was begun leads where it was begun to: whoever names another release now is not led elsewhere in silence. */
async function mustLeadThere(to, undone, again, ledger) {
    if (to === '' || (await (0,rollback_target/* targetFor */.x)(to, undone, ledger))?.plan.commit === again.commit)
        return;
    throw (0,errors/* refused */.J5)('usage', `expected to go on with ${again.id}, which has begun to take ${undone.id} back to ${again.commit.slice(0, 12)}, found --to ${to}, another release`, 'Leave `--to` out to go on with it.');
}
async function begin(request, undone, survey, ledger, shop) {
    const { events } = await (0,app_begin/* mustRead */.qE)(undone.id, ledger);
    const begun = (0,state/* planOf */.XC)(events);
    const target = await (0,rollback_target/* targetFor */.x)(request.to, undone, ledger);
    const plan = planBack(begun, undone, target);
    const strange = request.restore.filter(name => !Object.hasOwn(begun.databases, name));
    if (strange.length > 0)
        throw unknownDatabase(strange, begun);
    // A way back that lacks a name in the middle is none: the undos' and those of the smoke test that proves it.
    (0,guards/* demandValues */.sF)(begun, ['rollback'], shop, undone.id);
    if (target !== undefined)
        (0,guards/* demandValues */.sF)(onlyProof(target.plan), ['smoke-test'], shop, undone.id);
    const closed = (0,guards/* refuseAll */.cp)(await (0,restore_ahead/* restoreObstacles */.f)(request, undone, { left: await whatIsLeft(undone, target, '', ledger), shop }));
    if (closed !== undefined)
        throw closed;
    const identity = await shop.identity();
    const holder = survey.holder?.id === undone.id ? survey.holder : undefined;
    const applied = survey.newest?.applied ?? undone.applied;
    const begin = {
        plan,
        identity,
        purpose: 'rollback',
        hold: true,
        undoes: undone,
        applied,
        notify: (0,notify_watch/* notifyOf */.N)(events)
    };
    const journal = await (0,app_begin/* create */.vt)(begin, survey, ledger, shop, holder);
    journal?.keep(linkTo(undone, 'undoes'));
    return journal;
}
const linkTo = ({ id, logUrl }, as) => ({
    ...{ type: 'linked', to: id, as },
    ...(logUrl !== '' && { url: logUrl })
});
const onlyProof = (plan) => ({ ...plan, stages: { ...plan.stages, backup: [], deploy: [], migrate: [] } });
const unknownDatabase = (names, { databases }) => (0,errors/* refused */.J5)('usage', `--restore ${names.join(', ')}: the undone execution knows the databases ${Object.keys(databases).join(', ') || 'none'}`, 'Name one of them.');
/** The undone execution's own plan with what should be live now: what a rollback of a rollback would need is in it too. */
function planBack(begun, undone, target) {
    const { digest: _, ...rest } = begun;
    const plan = {
        ...rest,
        commit: target?.plan.commit ?? begun.previous?.commit ?? '',
        release: target?.plan.release ?? '',
        previous: { execution: undone.id, commit: undone.commit }
    };
    return { ...plan, digest: (0,core_plan/* digestOf */.ol)(plan) };
}
async function orderFor({ restore, because }, undone, journal, ledger) {
    const begun = journal.state.rollback;
    const target = await (0,rollback_target/* targetOfRollback */.t)(journal, undone, ledger);
    const undoing = await whatIsLeft(undone, target, journal.record.id, ledger);
    return {
        scope: 'all',
        cause: 'ok',
        because: begun?.because ?? (because === '' ? `asked for by ${journal.record.actor}` : because),
        undoing,
        target,
        restore: begun?.restore ?? restore
    };
}
/** What an execution did, but for what an earlier rollback of it that stopped has taken back on the way to this target. */
async function whatIsLeft(undone, target, own, ledger) {
    const stateIn = async (id) => (0,state/* stateOf */.L4)((await (0,app_begin/* mustRead */.qE)(id, ledger)).events);
    const rollbacks = [];
    for await (const { id, undoesExecutionId } of (0,records/* recordsOf */.M)(ledger, { key: undone.key, since: undone.startedAt }))
        if (undoesExecutionId === undone.id && id !== own)
            rollbacks.unshift(await stateIn(id));
    return withEarlierUndos(await stateIn(undone.id), rollbacks, target?.execution ?? '');
}
/**
 * Both executions say what became of them, so that either one leads to the other. Taken back, its commit is marked bad: it
 * is not deployed again without a reason.
 */
async function closeUndone(undone, record, because, ledger, shop) {
    if (!(0,execution/* isEnded */.pl)(record))
        return;
    const { id: by, status, actor } = record;
    const why = because === '' ? `rolled back by ${actor}` : because;
    const back = [
        { type: 'rolled-back', by, because: why },
        { type: 'marked-bad', by, because: why }
    ];
    const done = status === 'SUCCESS';
    const link = linkTo(record, done ? 'undone by' : 'not undone by');
    await (0,after_end/* addAfterEnd */.t)(undone.id, [...(done ? back : []), link], ledger, shop);
}


/***/ }),

/***/ 6696:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ closedByRules)
});

// EXTERNAL MODULE: ./build/app/gate.js + 6 modules
var gate = __webpack_require__(1838);
// EXTERNAL MODULE: ./build/app/marked.js
var marked = __webpack_require__(9870);
// EXTERNAL MODULE: ./build/core/commit-checks.js
var commit_checks = __webpack_require__(5483);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/evidence.js
var evidence = __webpack_require__(3017);
// EXTERNAL MODULE: ./build/core/execution.js
var execution = __webpack_require__(6464);
;// CONCATENATED MODULE: ./build/core/outdated.js


/** The ref must not have moved on since the run began: else what is deployed is not what the ref says. */
function decideNewest({ ref, commit }, newest) {
    if (newest === commit)
        return undefined;
    const now = newest === undefined
        ? 'is not there any more, or may not be seen by this token'
        : `is at ${newest.slice(0, 12)} by now`;
    return (0,errors/* refused */.J5)('not_newest', `expected ${commit.slice(0, 12)} to be the newest commit of ${ref}, which ${now}`, 'Start a new run on what is newest (re-running this one brings its old commit again). To deploy an older commit, run on a tag or branch that points there, or say `newest: false` in the checklist.');
}
/**
 * A run that is run again goes on with what it began; it must not bring an old release over what other runs have done
 * since. `records` are those of its environment, in any order.
 */
function decideRerun({ runId, runAttempt, createdAt }, records) {
    if (runId === '' || runAttempt <= 1)
        return undefined;
    const own = records.filter(record => record.runId === runId);
    const last = Math.max(0, ...own.map(({ number }) => number));
    const isLater = ({ number, startedAt }) => own.length > 0 ? number > last : Date.parse(startedAt) > Date.parse(createdAt);
    const newer = records.filter(record => changedIt(record) && isLater(record)).sort((a, b) => b.number - a.number)[0];
    if (newer === undefined)
        return undefined;
    const what = `${newer.id} (${newer.purpose}, commit ${newer.commit.slice(0, 12)}, ${newer.status})`;
    return (0,errors/* refused */.J5)('superseded', `attempt ${runAttempt} of run ${runId} is outdated: ${what} has come since on ${newer.key.environment}`, 'Start a new run instead of running this one again.');
}
const changedIt = (record) => record.purpose !== 'observe' && (record.acted || (0,execution/* isSuccess */.oJ)(record.status));

// EXTERNAL MODULE: ./build/app/records.js
var app_records = __webpack_require__(2882);
;// CONCATENATED MODULE: ./build/app/on-github.js





/** What GitHub says against deploying this commit now, cheapest first. None of it is waived by an emergency. */
async function closedOnGitHub(plan, ledger, shop) {
    const identity = await shop.identity();
    return ((await isOutdated(plan, identity, ledger, shop)) ??
        (await isBehind(plan, identity, shop)) ??
        (await isRed(plan, identity, shop)));
}
/** An old run that is run again must not bring its release over a newer one. */
async function isOutdated({ key }, { runId, runAttempt }, ledger, { onGitHub }) {
    if (runAttempt <= 1)
        return undefined;
    const records = [];
    for await (const record of (0,app_records/* recordsOf */.M)(ledger, { key })) {
        records.push(record);
        if (record.runId === runId)
            break;
    }
    const begun = records.some(record => record.runId === runId);
    const answer = begun || records.length === 0 ? undefined : await onGitHub?.runs.read(runId);
    const createdAt = answer !== undefined && 'run' in answer ? answer.run.createdAt : '';
    return decideRerun({ runId, runAttempt, createdAt }, records);
}
async function isBehind({ rules, commit }, { ref }, { onGitHub }) {
    // By default where a gate is promised, which nothing can prove without GitHub anyway.
    if (!(rules.newest ?? (rules.gate !== undefined && onGitHub !== undefined)))
        return undefined;
    if (onGitHub === undefined)
        return cannotAsk('not_newest', `whether ${commit.slice(0, 12)} is the newest of ${ref}`);
    const newest = await onGitHub.refs.newest(ref);
    return decideNewest({ ref, commit }, newest?.sha);
}
async function isRed({ rules, commit }, { runId }, { onGitHub, seen }) {
    if (rules.ci === undefined)
        return undefined;
    if (onGitHub === undefined)
        return cannotAsk('ci_not_green', `whether the checks of ${commit.slice(0, 12)} passed`);
    const facts = await onGitHub.commitChecks.read(commit);
    seen.ci = (0,evidence/* ciSeen */.C1)(rules.ci, facts, runId);
    return (0,commit_checks/* decideCi */.lI)(rules.ci, facts, runId);
}
const cannotAsk = (reason, what) => (0,errors/* refused */.J5)(reason, `the checklist asks ${what}, and there is no GitHub to ask here`, 'Run it in GitHub Actions.');

// EXTERNAL MODULE: ./build/app/promotion.js + 1 modules
var promotion = __webpack_require__(1351);
;// CONCATENATED MODULE: ./build/app/rules.js




/**
 * What the environment's rules say against deploying now, asked of the ledger, the calendar and GitHub. A named emergency
 * sets the calendar and the order aside (app/promotion.ts), nothing else.
 */
async function closedByRules(plan, ledger, shop, { prepared, emergency = '', because, looking }) {
    const ajar = await (0,gate/* closedByGate */.LU)(prepared, looking ? '' : prepared.identity.ref, shop);
    if (ajar !== undefined)
        return ajar;
    const bad = await (0,marked/* refusedAsBad */.Q)(plan, because, ledger);
    if (bad !== undefined)
        return bad;
    const [closed] = emergency === '' ? await (0,promotion/* closedForNow */.e)(plan, ledger, shop) : [];
    // A pull request's own checks still run, and its ref is none that is deployed.
    return closed ?? (looking ? undefined : await closedOnGitHub(plan, ledger, shop));
}


/***/ }),

/***/ 9334:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  eF: () => (/* binding */ run),
  oJ: () => (/* binding */ work)
});

// UNUSED EXPORTS: targetOf

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/engine/bench.js
var engine_bench = __webpack_require__(8731);
// EXTERNAL MODULE: ./build/core/engine/decide.js
var decide = __webpack_require__(6157);
// EXTERNAL MODULE: ./build/core/engine/effects.js
var effects = __webpack_require__(1871);
// EXTERNAL MODULE: ./build/core/engine/left-behind.js
var left_behind = __webpack_require__(2449);
// EXTERNAL MODULE: ./build/core/engine/page.js
var page = __webpack_require__(4806);
// EXTERNAL MODULE: ./build/core/can-fail.js
var can_fail = __webpack_require__(1433);
// EXTERNAL MODULE: ./build/core/mark.js
var mark = __webpack_require__(4185);
// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
// EXTERNAL MODULE: ./build/core/engine/deeds-to-undo.js
var deeds_to_undo = __webpack_require__(7457);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
;// CONCATENATED MODULE: ./build/core/engine/rollback-order.js

/** The database that a migration is about. */
function databaseOf(deed, { undoing }) {
    const item = undoing.plan.stages.migrate.find(({ id }) => id === deed.item);
    return deed.settled?.migration?.database ?? item?.in ?? Object.keys(undoing.plan.databases)[0] ?? '';
}
/** Commands of an undo see the undone release as DEPLOY_COMMIT and what should be live as DEPLOY_PREVIOUS_COMMIT. */
function undoBench({ undoing, target }, { journal, workshop }, { errand }) {
    const { plan } = undoing;
    const live = { ...(0,engine_bench/* liveOf */.QA)(plan), previousCommit: target?.plan.commit ?? plan.previous?.commit ?? '' };
    return (0,engine_bench/* benchFor */.wL)('rollback', journal, workshop, errand, { plan, undoing, live });
}
/** What a probe of the undone deeds is asked with: their own execution is the one whose effect it looks for. */
function probeBench(order, shift, tools) {
    const bench = undoBench(order, shift, tools);
    const { id, undoesExecutionId } = shift.journal.record;
    return { ...bench, names: { ...bench.names, DEPLOY_EXECUTION: undoesExecutionId || id } };
}

// EXTERNAL MODULE: ./build/core/engine/run-item.js + 1 modules
var run_item = __webpack_require__(4592);
// EXTERNAL MODULE: ./build/core/engine/limits.js
var limits = __webpack_require__(21);
// EXTERNAL MODULE: ./build/core/engine/run-stage.js
var run_stage = __webpack_require__(847);
// EXTERNAL MODULE: ./build/core/engine/state.js + 2 modules
var state = __webpack_require__(9543);
;// CONCATENATED MODULE: ./build/core/engine/undo.js






/** Intent, deed, outcome. What an earlier process of this rollback has finished is not done again. */
async function perform(item, shift, deed) {
    const { journal, workshop } = shift;
    const before = journal.state.deeds.get((0,state/* deedKey */.qT)('rollback', item.id, 'undo'));
    if (before?.settled?.outcome === 'pass')
        return { kind: 'undone', detail: before.settled.detail };
    if (before?.settled !== undefined && !(0,state/* mayRunAgain */.N4)(before))
        return { kind: 'stuck', detail: `the undo of ${item.id} failed: ${before.settled.detail}` };
    const named = { stage: 'rollback', item: item.id, attempt: (before?.attempt ?? 0) + 1, deed: 'undo' };
    await journal.commit({ type: 'intent', target: '', ...named });
    const began = workshop.clock.now().getTime();
    const finding = (0,run_item/* unlessCancelled */.MS)(await (0,run_item/* guarded */.Nj)(workshop, item.id, () => deed(shift)), workshop);
    await journal.commit((0,run_stage/* outcomeOf */.sG)(finding, named, workshop.clock.now().getTime() - began));
    if (finding.outcome === 'pass')
        return { kind: 'undone', detail: finding.detail };
    return { kind: 'stuck', detail: `the undo of ${item.id} failed: ${finding.detail}` };
}
/** Takes one item back: by deploying the last good release again, by its kind's own way, or by its command. */
async function undo(item, deed, order, shift, tools) {
    if (item.undo === 'redeploy')
        return await redeploy(item, order, shift, tools);
    const { workshop, bench, journal } = shift;
    const kind = workshop.kinds.get(item.kind);
    const limit = (0,limits/* withLimit */.Ko)(workshop.signal, { ms: (0,limits/* timeoutOf */.Rq)(item) }, workshop.clock);
    try {
        if (kind?.undo === undefined)
            return await byCommand(item.undo ?? '', item, shift, limit.signal);
        const filled = (0,run_item/* fill */.GS)(item, kind, bench);
        if ('outcome' in filled)
            return filled;
        return await kind.undo(filled.spec, (0,run_item/* contextOf */.Vm)(item, 'undo', bench, workshop, journal, limit.signal), doneOf(deed));
    }
    finally {
        limit.done();
    }
}
/** What the journal says of what is undone. */
const doneOf = ({ settled, notes }) => ({
    outcome: 'unknown',
    detail: 'it was interrupted',
    ...settled,
    notes
});
async function byCommand(text, item, { bench, workshop, journal }, signal) {
    const { began } = (0,run_item/* contextOf */.Vm)(item, 'undo', bench, workshop, journal, signal);
    const exit = await workshop.shell.run({
        what: { text, shell: 'sh' },
        env: { ...workshop.baseEnv, ...bench.names, DEPLOY_ITEM: item.id },
        folder: bench.view.folder,
        timeoutMs: (0,limits/* timeoutOf */.Rq)(item),
        signal,
        onAbort: 'interrupt',
        onStart: program => void began(program).catch(() => { }),
        onLine: line => workshop.say(item.id, line)
    });
    if (exit.kind === 'exited' && exit.code === 0)
        return { outcome: 'pass', detail: 'its undo ended with 0' };
    if (exit.kind === 'aborted' && !exit.byItself)
        return { outcome: 'unknown', detail: 'its undo was cut off by a cancel' };
    const detail = exit.kind === 'timed-out'
        ? `its undo did not end within ${(0,units/* formatDuration */.a3)((0,limits/* timeoutOf */.Rq)(item))}`
        : `its undo ended with ${exit.code}, expected 0`;
    return { outcome: 'fail', detail, hint: 'Finish it by hand; the undo is in the checklist and in the journal.' };
}
/** The same item, run by the last good release: from a worktree of its commit, with that commit as DEPLOY_COMMIT. */
async function redeploy(item, { undoing, target }, shift, { repository, errand }) {
    const { journal, workshop } = shift;
    if (target === undefined) {
        const hint = 'Record what is live with `adopt --commit SHA`, or give the item an `undo` of its own.';
        return { outcome: 'fail', detail: 'there is no earlier good release to deploy again', hint, reason: 'no_way_back' };
    }
    const tree = await repository.worktree(target.plan.commit);
    const limit = (0,limits/* withLimit */.Ko)(workshop.signal, { ms: (0,limits/* timeoutOf */.Rq)(item) }, workshop.clock);
    try {
        const live = { commit: target.plan.commit, previousCommit: undoing.plan.commit, release: target.plan.release };
        const there = { ...errand, folder: tree.folder };
        const bench = (0,engine_bench/* benchFor */.wL)('rollback', journal, workshop, there, { plan: undoing.plan, undoing, live });
        const kind = workshop.kinds.get(item.kind);
        const filled = kind === undefined ? undefined : (0,run_item/* fill */.GS)(item, kind, bench);
        if (kind === undefined || filled === undefined)
            return { outcome: 'error', detail: `no kind is called ${item.kind}` };
        if ('outcome' in filled)
            return filled;
        return await kind.run(filled.spec, (0,run_item/* contextOf */.Vm)(item, 'undo', bench, workshop, journal, limit.signal));
    }
    finally {
        limit.done();
        await tree.remove();
    }
}

;// CONCATENATED MODULE: ./build/core/engine/keep.js




/** Why an effect stays although the release goes back: the policy forbids it, or there is no undo. */
async function reasonToKeep(item, deed, order, shift, tools) {
    const kind = shift.workshop.kinds.get(item.kind);
    if (item.undo === undefined && kind?.undo === undefined)
        return `${item.id} has no \`undo\`: what it changed stays`;
    if (deed.stage !== 'migrate')
        return undefined;
    if (item.undo === undefined && lacksDown(deed.settled?.migration))
        return `${item.id} has no \`undo\` and not every file has a down file: the schema stays`;
    const { schema } = order.undoing.plan.rollback;
    const how = item.undo === undefined ? '' : `; by hand: SCHEMA_BEFORE=${deed.settled?.migration?.before ?? '…'} ${item.undo}`;
    if (schema === 'never')
        return `the schema stays, because the checklist says \`schema: never\`${how}`;
    if (schema === 'auto' || tools.errand.acceptedLoss.includes(databaseOf(deed, order)))
        return undefined;
    const assessed = await assess(item, deed, shift);
    if (assessed.lossless)
        return undefined;
    return `the schema stays, because undoing ${item.id} would lose ${assessed.losses.join(', ')}${how}`;
}
// A command without an `undo` has no down files either.
const lacksDown = (record) => {
    if (record === undefined)
        return false;
    const downs = record.catalog['downs'];
    return record.applied.length === 0 || record.applied.some(({ file }) => !(0,json/* isObject */.Gv)(downs) || !(file in downs));
};
/** Lossless only when the kind says so; not being able to tell is not lossless. */
async function assess(item, deed, { workshop, bench, journal }) {
    const kind = workshop.kinds.get(item.kind);
    const filled = kind === undefined ? undefined : (0,run_item/* fill */.GS)(item, kind, bench);
    const unknown = (why) => ({ lossless: false, losses: [why] });
    if (kind?.assess === undefined || filled === undefined || 'outcome' in filled)
        return unknown('what nobody can count');
    const context = (0,run_item/* contextOf */.Vm)(item, 'undo', bench, workshop, journal, workshop.signal);
    try {
        return await kind.assess(filled.spec, context, doneOf(deed));
    }
    catch (error) {
        const { detail } = await (0,run_item/* guarded */.Nj)(workshop, item.id, () => Promise.reject(error));
        return unknown(`what could not be counted (${detail})`);
    }
}

;// CONCATENATED MODULE: ./build/core/engine/open-again.js



/**
 * A backup that was cut off may have left its database shut to everybody. Before anything is undone its kind puts that
 * right, and a way back that could not see to it stops: nobody could reach what it would call verified.
 */
async function openAgain(order, shift, tools) {
    for (const deed of brokenBackups(order.undoing)) {
        const { outcome, detail } = await cleanedUp(deed, order, shift, tools);
        if (outcome !== 'pass')
            return {
                kind: 'stuck',
                detail: `${deed.item} did not end well, and what it left could not be put right: ${detail}`
            };
        shift.workshop.say(deed.item, `it did not end well; before anything is undone: ${detail}`);
    }
    return undefined;
}
/** What an earlier process has settled as without effect, it has put right already. */
const brokenBackups = ({ deeds }) => [...deeds.values()].filter(deed => deed.stage === 'backup' &&
    deed.deed === 'run' &&
    deed.intended &&
    deed.settled?.outcome !== 'pass' &&
    !(0,state/* mayRunAgain */.N4)(deed));
/** Asked of the kind itself: neither an item's own `probe` nor a person opens a database. */
async function cleanedUp({ item: id, notes }, order, shift, tools) {
    const { workshop, journal } = shift;
    const item = order.undoing.plan.stages.backup.find(found => found.id === id);
    const kind = item && workshop.kinds.get(item.kind);
    // A command that saves something closes nothing that we know of.
    if (item === undefined || kind?.onlySaves !== true || kind.probe === undefined)
        return NOTHING;
    const bench = { ...probeBench(order, shift, tools), stage: 'backup' };
    return await (0,run_item/* guarded */.Nj)(workshop, id, async () => {
        const filled = (0,run_item/* fill */.GS)(item, kind, bench);
        if ('outcome' in filled)
            return filled;
        const context = { ...(0,run_item/* contextOf */.Vm)(item, 'run', bench, workshop, journal, workshop.signal), notes };
        const { took, detail } = (await kind.probe?.(filled.spec, context)) ?? { took: 'unknown', detail: '' };
        return { outcome: took === 'unknown' ? 'unknown' : 'pass', detail };
    });
}
const NOTHING = { outcome: 'pass', detail: 'it is a command, and closes nothing' };

;// CONCATENATED MODULE: ./build/core/engine/rollback.js












/** Undoes in reverse order, then runs the target's smoke test. Written to the journal step by step; tried once. */
async function rollBack(order, shift, tools) {
    const { journal, workshop } = shift;
    const began = workshop.clock.now().getTime();
    if (journal.state.rollback === undefined)
        await begin(order, shift);
    const remains = [];
    const stuck = (await openAgain(order, shift, tools)) ?? (await undoAll(order, shift, tools, remains));
    if (workshop.signal.aborted)
        return await journal.commit();
    const verdict = stuck ?? (await verify(order, shift, tools, remains));
    const durationMs = workshop.clock.now().getTime() - began;
    const tooLate = late(order.undoing.plan, durationMs);
    // The checklist promised a time: what took longer is no success, although nothing is left to do.
    const verified = verdict.kind === 'undone' && tooLate === '';
    const detail = `${verdict.detail}${tooLate}`;
    await journal.commit({ type: 'rollback-ended', verified, detail, durationMs, remains }, { type: 'stage-ended', stage: 'rollback', passed: verified, durationMs }, ...(verified ? (0,mark/* markOfRollback */.Vo)(order, journal.record) : []));
}
async function begin({ scope, cause, because, target, restore }, { journal }) {
    const to = { toExecution: target?.execution ?? '', toCommit: target?.plan.commit ?? '' };
    await journal.commit({ type: 'rollback-started', scope, cause, because, ...to, restore }, { type: 'stage-started', stage: 'rollback' });
}
const late = ({ rollback }, ms) => rollback.withinMs !== undefined && ms > rollback.withinMs
    ? `; it took ${(0,units/* formatDuration */.a3)(ms)}, longer than the promised ${(0,units/* formatDuration */.a3)(rollback.withinMs)}`
    : '';
/** Deploy's undos, then the databases that are restored by name, then the migration's, then those of what came before. */
async function undoAll(order, shift, tools, remains) {
    const left = (0,deeds_to_undo/* deedsToUndo */.ht)(order.undoing, order.scope);
    const isLater = ({ stage }) => stage === 'migrate' || stage === 'backup';
    const takenBack = async (deeds) => {
        for (const deed of deeds) {
            const back = await undoOne(deed, order, shift, tools);
            if (back.kind === 'stuck')
                return back;
            if (back.kind === 'kept')
                remains.push(back.detail);
        }
        return undefined;
    };
    const stuck = await takenBack(left.filter(deed => !isLater(deed)));
    if (stuck !== undefined)
        return stuck;
    for (const name of order.restore) {
        const back = await restore(name, order, shift, tools);
        if (back.kind === 'stuck')
            return back;
    }
    const isRestored = (deed) => deed.stage === 'migrate' && order.restore.includes(databaseOf(deed, order));
    return await takenBack(left.filter(deed => isLater(deed) && !isRestored(deed)));
}
async function undoOne(found, order, shift, tools) {
    const item = Object.values(order.undoing.plan.stages)
        .flat()
        .find(({ id }) => id === found.item);
    if (item === undefined)
        return { kind: 'stuck', detail: `${found.item} is not in the plan that it ran by` };
    const bench = undoBench(order, shift, tools);
    let deed = found;
    if (deed.settled === undefined || (deed.settled.outcome === 'unknown' && !(0,state/* mayRunAgain */.N4)(deed))) {
        // Killed in the middle: what had no effect needs no undo. What nobody knows is undone, that is what an undo is for.
        const asked = { ...shift, bench: { ...probeBench(order, shift, tools), stage: deed.stage } };
        const probe = await (0,effects/* tookEffect */.zO)(deed, asked, silent(tools.witnesses));
        const migration = probe.finding?.migration;
        if (probe.took === 'no-effect' && migration?.moved !== true)
            return { kind: 'undone', detail: `${deed.item} had no effect: ${probe.detail}` };
        if (migration !== undefined) {
            deed = { ...deed, settled: { outcome: 'unknown', detail: probe.detail, hint: '', durationMs: 0, migration } };
        }
        if (/^still running/.test(probe.detail))
            return { kind: 'stuck', detail: `${deed.item} is ${probe.detail}` };
    }
    const kept = await reasonToKeep(item, deed, order, { ...shift, bench }, tools);
    if (kept !== undefined)
        return { kind: 'kept', detail: kept };
    return await perform(item, { ...shift, bench }, inner => undo(item, deed, order, inner, tools));
}
const silent = ({ leftovers }) => ({ leftovers, interview: { ask: async () => undefined } });
/** The proven backup takes the database's place: the backup item's own way back. */
async function restore(name, order, shift, tools) {
    const item = (0,deeds_to_undo/* backupOf */.GH)(order.undoing.plan, name);
    const deed = item === undefined ? undefined : order.undoing.deeds.get((0,state/* deedKey */.qT)('backup', item.id, 'run'));
    const receipt = deed?.settled?.receipt;
    if (item === undefined || deed === undefined || receipt === undefined) {
        return { kind: 'stuck', detail: `there is no proven backup of ${name} in the execution that is undone` };
    }
    if ((0,deeds_to_undo/* isUndone */.Y_)(order.undoing, item.id))
        return { kind: 'undone', detail: `${name} was restored by an earlier rollback` };
    const bench = undoBench(order, shift, tools);
    return await perform(item, { ...shift, bench }, async (inner) => {
        const finding = await undo(item, deed, order, inner, tools);
        return finding.outcome === 'pass' ? { ...finding, migration: unapplied(name, order) } : finding;
    });
}
/** A restored database has what it had before: every SQL file that the undone execution applied is gone again. */
function unapplied(database, { undoing }) {
    const all = [...undoing.deeds.values()].flatMap(({ deed, settled }) => (deed === 'run' && settled?.migration) || []);
    const records = all.filter(record => record.database === database);
    const applied = records.flatMap(record => record.applied);
    return { database, before: '', after: records[0]?.before ?? '', moved: true, applied, catalog: {} };
}
/** ROLLED_BACK only when the target's own smoke test passes, with DEPLOY_COMMIT being what should be live now. */
async function verify(order, shift, tools, remains) {
    const { scope, target, undoing } = order;
    if (scope === 'migrate')
        return { kind: 'undone', detail: remains.length === 0 ? asBefore(undoing) : remains.join('; ') };
    const deployed = (0,deeds_to_undo/* effectsOf */.w7)(undoing, 'all').filter(({ stage }) => stage === 'deploy');
    const undone = deployed.some(({ item }) => (0,deeds_to_undo/* isUndone */.Y_)(shift.journal.state, item) || (0,deeds_to_undo/* isUndone */.Y_)(undoing, item));
    if (deployed.length > 0 && !undone && remains.length > 0)
        return { kind: 'stuck', detail: `nothing could be undone: ${remains.join('; ')}` };
    if (target === undefined)
        return {
            kind: 'stuck',
            detail: 'what could be undone is undone, but there is no earlier good release whose smoke test could prove it'
        };
    // What a person has said was about the other release, and a way back must not wait for one.
    const items = target.plan.stages['smoke-test'].filter(({ kind }) => kind !== 'manual');
    const live = { commit: target.plan.commit, previousCommit: undoing.plan.commit, release: target.plan.release };
    const bench = (0,engine_bench/* benchFor */.wL)('rollback', shift.journal, shift.workshop, tools.errand, {
        plan: target.plan,
        undoing,
        live
    });
    const passed = await (0,run_stage/* runItems */.Cb)(items, { ...shift, bench }, true);
    if ((0,can_fail/* proofOf */.o)(items).length === 0)
        return { kind: 'stuck', detail: unproven(target) };
    const stays = remains.length === 0 ? '' : `; ${remains.join('; ')}`;
    if (passed)
        return { kind: 'undone', detail: `${rollback_short(target.plan.commit)} is live again and passed its smoke test${stays}` };
    return { kind: 'stuck', detail: `${rollback_short(target.plan.commit)} does not pass its own smoke test${stays}` };
}
const asBefore = (undoing) => (0,deeds_to_undo/* effectsOf */.w7)(undoing, 'migrate').some(({ stage }) => stage === 'backup')
    ? 'what backup and migrate have changed is undone'
    : 'the schema is as it was before';
const unproven = ({ execution, plan }) => `what could be undone is undone, but ${execution} stored no smoke test that could prove it: look whether ${rollback_short(plan.commit)} is live, and give smoke-test an item that can fail and asks nobody`;
const rollback_short = (commit) => commit.slice(0, 12);

;// CONCATENATED MODULE: ./build/core/engine/execute.js










/**
 * Asks what is next and obeys, until there is nothing left for this process. How it stands then is in the journal; a
 * killed process, a stage of its own, a re-run and a resumed execution all come through here.
 */
async function execute(work) {
    const { journal, workshop, wish } = work;
    let paged = false;
    for (;;) {
        if (workshop.signal.aborted)
            return await cancelled(work);
        const step = (0,decide/* decide */.LD)(journal.state, wish, paged || journal.state.paged);
        switch (step.do) {
            case 'nothing':
                return await journal.commit();
            case 'refuse':
                throw (0,errors/* refused */.J5)(step.reason, step.message, step.hint);
            case 'settle':
                if (!(await settle(work)))
                    return;
                break;
            case 'stage':
                await stage(step.stage, work);
                break;
            case 'roll-back':
                await back(work, work.order ?? (await ownOrder(work, step)));
                break;
            case 'page':
                await callPerson(work, step.message);
                paged = true;
                break;
            case 'pause':
                return await journal.commit({ type: 'paused', status: 'WAITING', reason: step.reason, message: step.message });
            case 'end':
                return await journal.commit({ type: 'ended', status: step.status, reason: step.reason, message: step.message });
        }
    }
}
const shiftFor = (stage, { journal, workshop, errand }) => {
    const { plan } = journal.state;
    const about = { plan, live: (0,engine_bench/* liveOf */.QA)(plan) };
    return { bench: (0,engine_bench/* benchFor */.wL)(stage, journal, workshop, errand, about), workshop, journal };
};
/** What an interrupted undo of a rollback by hand is asked with: the undone release, as its undo saw it. */
function shiftOf({ stage, deed }, work) {
    const shift = shiftFor(stage, work);
    return deed === 'undo' && work.order !== undefined ? { ...shift, bench: probeBench(work.order, shift, work) } : shift;
}
async function settle(work) {
    const { journal, workshop, witnesses } = work;
    const deeds = (0,state/* unresolved */.II)(journal.state);
    for (const deed of deeds) {
        if (await (0,effects/* settleDeeds */.Nm)([deed], shiftOf(deed, work), witnesses))
            continue;
        if (workshop.signal.aborted)
            return true;
        const found = journal.state.deeds.get((0,state/* deedKey */.qT)(deed.stage, deed.item, deed.deed))?.settled;
        const message = `nobody knows whether ${deed.item} took effect: ${found?.detail ?? ''}`;
        await journal.commit({ type: 'paused', status: 'WAITING', reason: found?.reason ?? 'unknown_effect', message });
        return false;
    }
    return true;
}
async function stage(name, work) {
    const { monitor } = work.journal.state.plan;
    const checkpointNow = monitor?.checkpoints.some(({ afterMs }) => afterMs === 0) === true;
    if (name === 'monitor' && !checkpointNow)
        return pass(name, work.journal);
    if (name === 'monitor')
        await work.workshop.clock.sleep(monitor?.settleMs ?? 0, work.workshop.signal);
    await work.before?.(name);
    await (0,run_stage/* runStage */.Si)(name, shiftFor(name, work));
}
// The later checkpoints are due events on a finished execution; there is nothing to look at now.
function pass(stage, journal) {
    journal.keep({ type: 'stage-started', stage });
    journal.keep({ type: 'stage-ended', stage, passed: true, durationMs: 0 });
}
async function ownOrder({ journal, target }, { scope, cause }) {
    const because = journal.state.rollback?.because ?? firstFailure(journal);
    return { scope, cause, because, undoing: journal.state, target: await target(), restore: [] };
}
function firstFailure({ state }) {
    const failed = [...state.stages].find(([, how]) => how === 'failed')?.[0];
    const deed = [...state.deeds.values()].find(({ stage, settled }) => stage === failed && settled && settled.outcome !== 'pass');
    return `${deed?.item ?? failed ?? 'a stage'}: ${deed?.settled?.detail ?? 'it did not pass'}`;
}
async function back(work, order) {
    const { witnesses, repository, errand } = work;
    await rollBack(order, shiftFor('rollback', work), { witnesses, repository, errand });
}
async function callPerson(work, message) {
    const { workshop, journal, errand } = work;
    const { names } = shiftFor('monitor', work).bench;
    const text = journal.state.plan.monitor?.page;
    // Written before it is done, so that a process which resumes calls nobody twice.
    if (text !== undefined)
        await journal.commit({ type: 'told', kind: 'page', cause: 'page', afterMs: 0 });
    await (0,page/* page */.M)({ text, folder: errand.folder, names, message }, workshop);
}
/**
 * A cancelled run: what did not end by itself is unknown, and after an action the environment stays held until somebody
 * resumes or rolls back.
 */
async function cancelled({ journal, workshop }) {
    const why = workshop.signal.reason;
    const message = typeof why === 'string' ? `the run was cancelled (${why})` : 'the run was cancelled';
    if (journal.state.stopped !== undefined)
        return await journal.commit();
    await journal.commit(...(0,left_behind/* leftBehind */.a)(journal.state, message, 'cut off by a cancel'));
}

// EXTERNAL MODULE: ./build/core/execution.js
var execution = __webpack_require__(6464);
;// CONCATENATED MODULE: ./build/core/engine/opening.js


/**
 * Which execution this process works for. Throws the refusal that says who is in the way, since when, and what to do.
 * The rule of DESIGN (One execution, many processes): a dead holder is taken over only before its first action's intent,
 * afterwards only its own resume or rollback may go on; unknown is not dead.
 */
async function decideOpening(asked, known) {
    if (asked.execution !== '' && known.named === undefined)
        throw absent(asked);
    const mine = known.named ?? ownRun(asked, known);
    if (mine !== undefined && isDone(asked, mine))
        return { do: 'nothing', record: mine };
    if (asked.resume)
        return await resume(asked, known, mine ?? known.holder ?? openNewest(known));
    if (mine !== undefined && !(0,execution/* isEnded */.pl)(mine))
        return await goOn(asked, known, mine);
    if (known.named !== undefined)
        throw endedAlready(known.named);
    if (asked.stage !== undefined && asked.stage !== 'preflight')
        return await joinOpen(asked, known);
    return known.holder === undefined ? { do: 'create' } : await takeOver(asked, known, known.holder);
}
/** The execution of this very workflow run: its stages are processes of their own, and a re-run goes on with it. */
function ownRun(asked, { holder, newest }) {
    const own = (record) => record !== undefined && asked.runId !== '' && record.runId === asked.runId;
    return [holder, newest].find(record => own(record) && record !== undefined && (!(0,execution/* isEnded */.pl)(record) || isDone(asked, record)));
}
// The last stages of a checklist may be empty, and then the one before them has ended the execution already.
const isDone = (asked, record) => !asked.resume &&
    (0,execution/* isSuccess */.oJ)(record.status) &&
    (isDoneByEarlierAttempt(asked, record) || (asked.stage !== undefined && asked.stage !== 'preflight'));
/** It went live in an earlier attempt of this very run, which may be red all the same: it is not deployed twice. */
const isDoneByEarlierAttempt = ({ runId, runAttempt }, record) => runId !== '' &&
    runId === record.runId &&
    runAttempt > (record.process.runAttempt ?? record.runAttempt) &&
    record.purpose === 'deploy' &&
    (0,execution/* isSuccess */.oJ)(record.status) &&
    !record.rolledBack;
const openNewest = ({ newest }) => newest === undefined || (0,execution/* isEnded */.pl)(newest) ? undefined : newest;
async function goOn(asked, known, record) {
    const later = asked.runId !== '' && asked.runId === record.runId && asked.runAttempt > (record.process.runAttempt ?? 0);
    if (later || (0,execution/* isPaused */.lP)(record))
        return await resume(asked, known, record);
    if (await isFree(asked, known, record))
        return { do: 'join', record };
    return await resume(asked, known, record);
}
async function resume(asked, known, record) {
    if (record === undefined) {
        throw (0,errors/* refused */.J5)('nothing_to_resume', `no execution of ${asked.environment} is open`, 'Start a new one with `deploy-checklist run`.');
    }
    if ((0,execution/* isEnded */.pl)(record))
        throw endedAlready(record);
    if (record.purpose !== 'deploy')
        throw noDeployment(record);
    if (known.holder !== undefined && known.holder.id !== record.id)
        throw held(known.holder, 'alive', known);
    if ((0,execution/* isPaused */.lP)(record) || (await isFree(asked, known, record)))
        return { do: 'resume', record };
    const life = await lifeOf(record, asked, known);
    if (life === 'dead')
        return { do: 'resume', record };
    throw held(record, life, known);
}
/** Between two stages nothing of ours lives; but for a process that runs all of them, and goes on any moment. */
async function isFree({ takeover }, known, record) {
    if (!(await known.between(record)))
        return false;
    return takeover === record.id || (await known.isLed?.(record)) !== true;
}
async function joinOpen(asked, known) {
    const record = known.holder ?? openNewest(known);
    if (record === undefined) {
        const hint = 'Run `preflight` first, or name the execution.';
        throw (0,errors/* refused */.J5)('nothing_to_resume', `${asked.stage} was asked for, but no execution of ${asked.environment} is open`, hint);
    }
    // In Actions another run's execution is never joined by accident: it has to be named.
    if (asked.runId !== '')
        throw held(record, 'unknown', known);
    if (await isFree(asked, known, record))
        return { do: 'join', record };
    throw held(record, await lifeOf(record, asked, known), known);
}
async function takeOver(asked, known, holder) {
    // Locally a holder between two stages has no process: a person decides what happens to what it has begun.
    const life = (0,execution/* isPaused */.lP)(holder) ? 'dead' : await lifeOf(holder, asked, known);
    if (life !== 'dead')
        throw held(holder, life, known);
    if (holder.acted)
        throw holder.purpose === 'deploy' ? unfinished(holder) : noDeployment(holder);
    return { do: 'create', takingOver: holder };
}
async function lifeOf(record, asked, known) {
    return asked.takeover === record.id ? 'dead' : await known.life(record);
}
const who = (record) => `${record.id} (number ${record.number}, ${record.status}, commit ${record.commit.slice(0, 12)}, begun by ${record.actor} at ${record.startedAt}, last sign of life ${record.heartbeatAt})`;
function held(record, life, known) {
    const where = `${record.key.environment} is held by ${who(record)}`;
    const said = known.because?.(record) ?? '';
    const because = said === '' ? '' : `: ${said}`;
    if (life === 'alive') {
        return (0,errors/* refused */.J5)('environment_held', `${where}, and ${said === '' ? `its process lives on ${record.process.host}` : said}`, 'Wait for it to end, or cancel it.');
    }
    const hint = `If you know that it is dead, say so with --takeover ${record.id} (input takeover).`;
    return (0,errors/* refused */.J5)('holder_unknown', `${where}, and nobody here can tell whether it still lives on ${record.process.host}${because}`, hint);
}
const unfinished = (record) => (0,errors/* refused */.J5)('unfinished_execution', `${who(record)} died or was left after it had begun to act`, `Go on with it (\`deploy-checklist run --resume ${record.id}\`) or take it back (\`deploy-checklist rollback ${record.id}\`).`);
/** A rollback is gone on with by its own command; whatever else is no deployment has changed nothing. */
const noDeployment = (record) => record.purpose === 'rollback'
    ? (0,errors/* refused */.J5)('unfinished_execution', `${who(record)} takes ${record.undoesExecutionId} back and has not come to its end`, `Go on with it: \`deploy-checklist rollback ${record.undoesExecutionId}\`.`)
    : (0,errors/* refused */.J5)('nothing_to_resume', `${who(record)} is no deployment (${record.purpose})`, `Start it again: it has changed nothing.`);
const endedAlready = (record) => (0,errors/* refused */.J5)(record.reason === 'superseded' ? 'superseded' : 'nothing_to_resume', `${record.id} ended ${record.status} at ${record.completedAt}${record.errorMessage === '' ? '' : `: ${record.errorMessage}`}`, record.runId === ''
    ? 'Start a new one with `deploy-checklist run`.'
    : 'Start a new run, or run all jobs of its run again, so that it is prepared anew.');
const absent = ({ execution }) => (0,errors/* refused */.J5)('nothing_to_resume', `the ledger knows no execution ${execution}`, 'Look at `deploy-checklist history`.');

// EXTERNAL MODULE: ./build/core/stages.js
var stages = __webpack_require__(9395);
// EXTERNAL MODULE: ./build/app/begin.js + 2 modules
var app_begin = __webpack_require__(4628);
// EXTERNAL MODULE: ./build/app/gate.js + 6 modules
var gate = __webpack_require__(1838);
// EXTERNAL MODULE: ./build/app/guards.js
var guards = __webpack_require__(6488);
// EXTERNAL MODULE: ./build/core/chain.js
var chain = __webpack_require__(311);
// EXTERNAL MODULE: ./build/core/deployments/last-head.js
var last_head = __webpack_require__(432);
// EXTERNAL MODULE: ./build/core/deployments/strange.js
var strange = __webpack_require__(6313);
// EXTERNAL MODULE: ./build/app/choose-ledger.js + 10 modules
var choose_ledger = __webpack_require__(6831);
// EXTERNAL MODULE: ./build/app/host.js
var app_host = __webpack_require__(5088);
// EXTERNAL MODULE: ./build/app/records.js
var app_records = __webpack_require__(2882);
;// CONCATENATED MODULE: ./build/app/last-head.js







const LOOKS = 3;
const BETWEEN_LOOKS_MS = 1000;
/**
 * Before an execution begins: the ledger's branch must still have what the newest deployment on GitHub tells of it. What an
 * earlier process saw of the branch is gone with its job, so that a forced push between two runs is found here, or by
 * `verify`. Other ledgers cannot be pushed to.
 */
async function mustHoldLastHead({ wish, key, behindGate }, ledger, shop) {
    const { onGitHub, actions, terminal } = shop;
    const branch = (0,choose_ledger/* branchIn */.oA)(wish.ledger);
    if (onGitHub === undefined || actions === undefined || branch === undefined)
        return;
    if (wish.recordDeployment === 'never')
        return;
    const told = await onGitHub.lastHead.read(key.environment, behindGate ? actions.sha : undefined);
    const instead = told === undefined ? '' : await foundInstead(told, ledger, shop);
    if (told === undefined || instead === '')
        return;
    const { ids, removed } = await idsOf(key, ledger);
    const said = `deployment ${told.deployment} to ${key.environment} on GitHub tells of event ${told.head.seq} of execution ${told.head.id} (${(0,chain/* short */.h0)(told.head.hash)})`;
    if (ids.size === 0) {
        const isNew = `the branch ${branch} has nothing of ${key.environment}: it is taken for a new ledger`;
        return terminal.say(`Note: ${said}, and ${isNew}. \`deploy-checklist verify\` says more.`);
    }
    // What came before the ledger's first execution is of another ledger; what was removed has left a tombstone.
    if (removed.has(told.head.id) || (0,strange/* strangeTo */.c)(ids, [told.head]).older.length > 0)
        return;
    throw lost(`${said}, and the branch ${branch} has ${instead}`, told, branch, actions);
}
/** Looked for more than once: GitHub may answer with the branch as it was a moment ago. */
async function foundInstead({ head }, ledger, { clock, signal }) {
    for (let look = 1;; look++) {
        const instead = (0,last_head/* insteadOf */.c)(head, await ledger.read(head.id));
        if (instead === '' || look === LOOKS)
            return instead;
        await clock.sleep(BETWEEN_LOOKS_MS * look, signal);
    }
}
/** Whatever the ledger has or had of this environment, by whichever checklist. */
async function idsOf({ repository, environment }, ledger) {
    const [ids, removed] = [new Set(), new Set()];
    for await (const { records, tombstones } of (0,app_records/* pagesOf */.E)(ledger, { key: { repository, environment } })) {
        for (const { id } of tombstones)
            removed.add(id);
        for (const { id } of [...records, ...tombstones])
            ids.add(id);
    }
    return { ids, removed };
}
function lost(message, { deployment }, branch, actions) {
    const name = (0,app_host/* ghName */.PF)(actions);
    const host = name === actions.repository ? '' : ` --hostname ${name.slice(0, name.indexOf('/'))}`;
    const at = `repos/${actions.repository}/deployments/${deployment}`;
    return (0,errors/* refused */.J5)('ledger_broken', `the branch ${branch} has lost what it had: ${message}`, `Nothing was written. Find out who moved the branch and put it back to the commit that had it (the repository's activity page names it): \`git push --force origin COMMIT:refs/heads/${branch}\`. If it was moved on purpose, remove that deployment, which GitHub only does once it is inactive: \`gh api${host} --method POST ${at}/statuses -f state=inactive && gh api${host} --method DELETE ${at}\`. The next run names the next one, if there is another.`);
}

// EXTERNAL MODULE: ./build/app/notify-said.js
var notify_said = __webpack_require__(5581);
// EXTERNAL MODULE: ./build/app/prepare.js + 1 modules
var prepare = __webpack_require__(9366);
// EXTERNAL MODULE: ./build/app/rules.js + 2 modules
var rules = __webpack_require__(6696);
// EXTERNAL MODULE: ./build/app/sign-off.js
var sign_off = __webpack_require__(6331);
;// CONCATENATED MODULE: ./build/app/admit.js








/** Everything that may refuse does so before the execution exists: a refusal leaves no trace and frees nobody's lock. */
async function admit(request, prepared, survey, { ledger, shop }, { hold, stages, refusedBy, takingOver }) {
    const { signs, emergency, because } = request;
    const plan = await (0,prepare/* planFor */.bJ)(prepared, shop, (0,prepare/* previousOf */.te)(await (0,prepare/* lastGood */.mC)(ledger, prepared.key)));
    (0,sign_off/* mustFit */.L)(signs, plan);
    const applied = survey.newest?.applied ?? {};
    const closed = (await (0,rules/* closedByRules */.r)(plan, ledger, shop, { prepared, emergency, because })) ??
        // What the default branch demands is known by now.
        refusedBy?.(plan) ??
        (0,guards/* refuseAll */.cp)(await (0,guards/* objections */.PP)({ plan, stages, applied, ahead: !hold }, shop));
    if (closed !== undefined)
        throw closed;
    await mustHoldLastHead({ wish: request, key: prepared.key, behindGate: hold }, ledger, shop);
    const { identity } = prepared;
    const weakened = await (0,gate/* tellWeakened */.cr)(prepared, shop);
    const begun = { plan, identity, purpose: 'deploy', hold, applied, weakened, ...(0,notify_said/* rulesFor */.N)(prepared) };
    return await (0,app_begin/* create */.vt)(begun, survey, ledger, shop, takingOver);
}

// EXTERNAL MODULE: ./build/app/asked-for.js
var asked_for = __webpack_require__(1478);
// EXTERNAL MODULE: ./build/app/deployment-end.js
var deployment_end = __webpack_require__(2957);
// EXTERNAL MODULE: ./build/app/deployments.js
var deployments = __webpack_require__(3768);
// EXTERNAL MODULE: ./build/app/sign-page.js + 1 modules
var sign_page = __webpack_require__(4402);
;// CONCATENATED MODULE: ./build/app/done-before.js



/**
 * True where an earlier attempt of this run has brought it live: a run that is run again goes on. That is said, and so is
 * on GitHub what that attempt could not say there.
 */
async function isDoneBefore(record, { identity }, { wish, ledger, shop }) {
    if (!isDoneByEarlierAttempt(identity, record))
        return false;
    shop.terminal.say(`${record.id} ended ${record.status} in an earlier attempt of this run: nothing is left to do. To deploy the same commit again, start a new run.`);
    await (0,sign_page/* closePage */.UV)(record.id, shop);
    await (0,deployment_end/* settleDeployment */.Nk)(record.id, { wish, ledger, shop });
    return true;
}

// EXTERNAL MODULE: ./build/app/promotion.js + 1 modules
var promotion = __webpack_require__(1351);
;// CONCATENATED MODULE: ./build/app/emergency.js

/** Writes down which rules a named emergency set aside, once: what they would have said, who did it and why. */
async function declareEmergency({ emergency }, journal, ledger, shop) {
    if (emergency === '' || journal.record.emergency === emergency)
        return;
    const { actor } = await shop.identity();
    const closed = await (0,promotion/* closedForNow */.e)(journal.state.plan, ledger, shop);
    const waived = closed.map(({ reason, message }) => ({ reason, message }));
    await journal.commit({ type: 'emergency', because: emergency, by: actor, waived });
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./build/core/engine/expiry.js
const DEFAULT_MAX_AGE_MS = 3_600_000;
/** What is looked at and saved before anything changes: the evidence that a reviewer decides from. */
const EVIDENCE = ['preflight', 'backup'];
/**
 * Stages whose evidence is too old to act on, such as that of a job that ran days before the approval. Only those that this
 * process can make afresh, and only before anything was changed: afterwards they say what stood then.
 */
function expiredStages(events, { asked, maxAgeMs, now }) {
    const since = now.getTime() - (maxAgeMs ?? DEFAULT_MAX_AGE_MS);
    // A stage without items is passed by itself, and says nothing.
    const begun = events.some(({ body }) => isFinding(body) && !EVIDENCE.some(stage => stage === body.stage));
    if (begun)
        return [];
    return EVIDENCE.filter(stage => (asked === undefined || asked === stage) && oldest(stage, events) < since);
}
const isFinding = (body) => body.type === 'intent' || body.type === 'outcome';
/** When the oldest of what counts now was found; what was looked at ahead of the stage counts as it does. */
function oldest(stage, events) {
    const forgotten = events.findLast(({ body }) => body.type === 'expired' && body.stages.includes(stage))?.seq ?? 0;
    const counts = events.filter(({ seq, body }) => seq > forgotten && 'stage' in body && body.stage === stage);
    const last = counts.findLast(({ body }) => body.type === 'stage-started' || body.type === 'stage-ended')?.body;
    // What was left in the middle is found out about first, and what has failed is not made good by time.
    const whole = last === undefined || (last.type === 'stage-ended' && last.passed);
    const found = counts.filter(({ body }) => body.type === 'outcome').map(({ at }) => Date.parse(at));
    return whole ? Math.min(...found) : Number.POSITIVE_INFINITY;
}

;// CONCATENATED MODULE: ./build/app/evidence.js



/** What an earlier process has checked or saved too long ago is made afresh by this one, backups too. */
async function expireEvidence({ stage: asked }, events, journal, { clock, terminal }) {
    const { maxAgeMs } = journal.state.plan.rules;
    const now = clock.now();
    const lost = asked === undefined || asked === 'backup' ? await outOfReach(events, journal) : [];
    if (lost.length > 0) {
        const where = lost.map(({ subject, location }) => `${subject} at ${location}`).join(', ');
        terminal.say(`The backup of ${where} cannot be reached from here: made afresh.`);
        await journal.commit({ type: 'expired', stages: ['backup'], because: 'a backup cannot be reached from here' });
    }
    const stages = expiredStages(events, { asked, maxAgeMs, now }).filter(stage => stage !== 'backup' || lost.length === 0);
    if (stages.length === 0)
        return;
    const limit = maxAgeMs === undefined ? '' : ` (max-age: ${(0,units/* formatDuration */.a3)(maxAgeMs)})`;
    terminal.say(`${stages.join(' and ')} ran too long ago to count${limit}: made afresh.`);
    await journal.commit({ type: 'expired', stages, because: `too old at ${now.toISOString()}${limit}` });
}
/** Dumps of another job that do not lie where this one looks: no way back could be made of them. */
async function outOfReach(events, { state }) {
    // Once the stage itself has passed, this job has looked.
    if (state.stages.has('backup'))
        return [];
    const ahead = new Set(events.flatMap(({ body }) => (body.type === 'intent' && body.ahead ? [body.item] : [])));
    const made = [...state.deeds.values()].filter(({ item, stage }) => stage === 'backup' && ahead.has(item));
    const receipts = made.flatMap(({ settled }) => (settled?.receipt === undefined ? [] : [settled.receipt]));
    const there = await Promise.all(receipts.map(({ location, bytes }) => liesThere(location, bytes)));
    return receipts.filter((_, index) => !there[index]);
}
const liesThere = async (location, bytes) => {
    const found = await (0,promises_.stat)(location).catch(() => undefined);
    return found?.size === bytes;
};

;// CONCATENATED MODULE: ./build/app/heartbeat.js
const EVERY_MS = 10_000;
/** Tells the ledger every few seconds that the holder lives. It informs and never decides, so it may fail. */
async function withHeartbeat({ record }, ledger, { clock }, work) {
    const done = new AbortController();
    const beats = beat();
    try {
        return await work();
    }
    finally {
        done.abort();
        await beats;
    }
    async function beat() {
        for (;;) {
            await clock.sleep(EVERY_MS, done.signal);
            if (done.signal.aborted)
                return;
            await ledger.beat(record.id, record.token, clock.now().toISOString()).catch(() => { });
        }
    }
}

// EXTERNAL MODULE: ./build/app/life.js
var life = __webpack_require__(9664);
// EXTERNAL MODULE: ./build/app/marked.js
var marked = __webpack_require__(9870);
;// CONCATENATED MODULE: ./build/app/observe.js





const TRIES = 50;
/** Only the checks, without the lock, recorded as what it is. */
async function observe(prepared, ledger, shop) {
    for (let tries = 1; tries <= TRIES; tries++) {
        const whole = await (0,prepare/* planFor */.bJ)(prepared, shop, (0,prepare/* previousOf */.te)(await (0,prepare/* lastGood */.mC)(ledger, prepared.key)));
        const plan = { ...whole, stages: onlyChecks(whole.stages) };
        (0,guards/* demandValues */.sF)(plan, stages/* FORWARD_STAGES */.sr, shop, 'none');
        const survey = await ledger.survey(prepared.key);
        const begun = {
            plan,
            identity: prepared.identity,
            purpose: 'observe',
            hold: false,
            applied: survey.newest?.applied ?? {}
        };
        const journal = await (0,app_begin/* create */.vt)(begun, survey, ledger, shop);
        if (journal !== undefined)
            return journal;
    }
    throw (0,errors/* refused */.J5)('ledger_unavailable', 'the ledger changed each time this run tried to write to it', 'Try again.');
}
// Nobody is asked for a sign-off by a run that only looks.
const onlyChecks = (stages) => {
    const checks = (stage) => stages[stage].filter(({ effect, kind }) => effect === 'check' && kind !== 'manual' && kind !== 'wait');
    return {
        preflight: checks('preflight'),
        backup: checks('backup'),
        migrate: checks('migrate'),
        deploy: checks('deploy'),
        'smoke-test': checks('smoke-test'),
        monitor: checks('monitor')
    };
};

// EXTERNAL MODULE: ./build/core/engine/journal.js
var engine_journal = __webpack_require__(3034);
// EXTERNAL MODULE: ./build/core/interpolate.js
var interpolate = __webpack_require__(7393);
// EXTERNAL MODULE: ./build/core/names.js
var core_names = __webpack_require__(5562);
;// CONCATENATED MODULE: ./build/core/engine/preparable.js


/** Kinds that are settled by somebody or by time: there is nothing to look at ahead of them. */
const NOT_AHEAD = ['manual', 'wait'];
/**
 * The checks of preflight that may be looked at before the gate, in their order; what is left out is looked at behind it.
 * Left out is what lacks a value here (`lacking`, by item), what waits for a person, whatever stands behind an action,
 * since that may be what it looks at, and what needs a capture of one that was left out. With `asks` people can be asked
 * here, and are.
 */
function preparable(items, lacking, kinds, people) {
    const notAhead = NOT_AHEAD.filter(kind => people === undefined || kind !== 'manual');
    const unknown = new Set();
    const chosen = [];
    for (const item of items) {
        if (item.skip !== undefined)
            chosen.push(item);
        else if (item.effect === 'action')
            return chosen;
        else if (notAhead.includes(item.kind) || lacking.includes(item.id) || mentions(item, unknown, kinds)) {
            for (const name of (0,core_names/* asked */.NZ)(item, kinds, 'captures'))
                unknown.add(name);
        }
        else
            chosen.push(item);
    }
    return chosen;
}
const mentions = (item, names, kinds) => (0,core_names/* textsOf */.CB)(item, kinds).some(({ text, shell }) => (shell ? (0,core_names/* shellNames */.bW)(text) : (0,interpolate/* namesIn */.wX)(text).map(({ name }) => name)).some(name => names.has(name)));
/**
 * The items of backup that may be made before the gate: checks and what only saves, up to the first other action, which
 * may be what has to come before it (stopping who writes).
 */
function savableAhead(items, lacking, kinds) {
    const saves = (item) => kinds.find(({ name }) => name === item.kind)?.onlySaves === true;
    const asChecks = items.map(item => (saves(item) ? { ...item, effect: 'check' } : item));
    const chosen = new Set(preparable(asChecks, lacking, kinds).map(({ id }) => id));
    return items.filter(({ id }) => chosen.has(id));
}

// EXTERNAL MODULE: ./build/core/sign-offs/questions.js
var questions = __webpack_require__(8990);
// EXTERNAL MODULE: ./build/app/workshop.js
var app_workshop = __webpack_require__(2071);
;// CONCATENATED MODULE: ./build/app/look-ahead.js





/**
 * Runs these items of a stage before the gate; `others` are run here too, by another call. True when nothing blocks so
 * far; one that failed is the end of its stage.
 */
async function lookAhead(journal, items, stage, shop, others = []) {
    const { plan } = journal.state;
    const workshop = (0,app_workshop/* workshopFor */.x)(plan, shop);
    const errand = { folder: shop.host.folder, acceptedLoss: [], ahead: true };
    const bench = (0,engine_bench/* benchFor */.wL)(stage, journal, workshop, errand, { plan, live: (0,engine_bench/* liveOf */.QA)(plan) });
    const began = shop.clock.now().getTime();
    const passed = await (0,run_stage/* runItems */.Cb)(items, { bench, workshop, journal }, stage === 'preflight');
    if (shop.signal.aborted) {
        const why = `the run was cancelled (${String(shop.signal.reason)})`;
        await journal.commit(...(0,left_behind/* leftBehind */.a)(journal.state, why, why));
        return true;
    }
    const here = new Set([...items, ...others].map(({ id }) => id));
    const later = plan.stages[stage].map(({ id }) => id).filter(id => !here.has(id));
    if (later.length > 0)
        shop.terminal.say(`Left to the job behind the gate: ${later.join(', ')}.`);
    if (passed) {
        await journal.commit();
        return true;
    }
    const durationMs = shop.clock.now().getTime() - began;
    journal.keep({ type: 'stage-started', stage });
    await journal.commit({ type: 'stage-ended', stage, passed, durationMs });
    return false;
}
/** Items whose names have no value here; an `env` item only declares its names, and looks whether they have one. */
function lackingIn(plan, stage, { kinds, host }) {
    const known = (0,engine_bench/* builtIns */.b3)('none', plan.key.environment, (0,engine_bench/* liveOf */.QA)(plan));
    const { values, missing } = (0,core_names/* resolveNames */.jN)({ plan, kinds, stages: [stage], env: host.env, builtIns: known });
    const undeclared = plan.stages[stage].filter(item => (0,core_names/* asked */.NZ)(item, kinds, 'declares').some(name => !Object.hasOwn(values, name)));
    return [...missing.flatMap(({ by }) => by), ...undeclared.map(({ id }) => id)];
}

;// CONCATENATED MODULE: ./build/app/sign-ahead.js








/** Prepared, and left by its process because people have to answer first: nobody is asked to approve it before. */
const waitsAhead = ({ purpose, acted, holdsEnvironment, status }) => purpose === 'deploy' && status === 'WAITING' && !acted && !holdsEnvironment;
/**
 * The execution that waited for people, gone on with by a later attempt of its run: who answered, stays. Undefined where
 * it has to be prepared anew, since something else is to be deployed, or went live meanwhile.
 */
async function takeUpAhead({ id }, prepared, ledger, shop, { because, emergency, signs }) {
    const stored = await (0,app_begin/* mustRead */.qE)(id, ledger);
    const { record, events } = stored;
    const begun = (0,state/* planOf */.XC)(events);
    const good = await (0,prepare/* lastGood */.mC)(ledger, record.key);
    const plan = await (0,prepare/* planFor */.bJ)(prepared, shop, begun.previous);
    const isOutlived = good !== undefined && good.id !== begun.previous?.execution;
    if (isOutlived || plan.digest !== begun.digest)
        return undefined;
    (0,sign_off/* mustFit */.L)(signs, plan);
    const circumstances = { prepared, because, emergency: emergency || record.emergency };
    const closed = await (0,rules/* closedByRules */.r)(plan, ledger, shop, circumstances);
    if (closed !== undefined)
        throw closed;
    const journal = (0,app_begin/* openAgain */.PS)(stored, ledger, shop);
    await journal.commit({ type: 'joined', process: await shop.liveness.self(), why: 'resume' });
    return journal;
}
/**
 * Looks at preflight before the gate: first whatever can be looked at here, then, where people can be asked here, those
 * whom its manual items ask, so that they see what was found. False when something blocks.
 */
async function lookAtPreflight(journal, shop) {
    const { plan } = journal.state;
    shop.clerk?.attend(journal);
    const lacking = lackingIn(plan, 'preflight', shop);
    const checks = preparable(plan.stages.preflight, lacking, shop.kinds);
    const asks = preparable(plan.stages.preflight, lacking, shop.kinds, 'asks').filter(item => !checks.includes(item));
    const canAsk = asks.length > 0 && shop.clerk !== undefined;
    if (!(await lookAhead(journal, checks, 'preflight', shop, canAsk ? asks : [])))
        return false;
    if (!canAsk || shop.signal.aborted)
        return true;
    if (!isAnswered(journal, asks) && !(await shop.clerk?.canAsk())) {
        shop.terminal.say(`Left to the job behind the gate: ${asks.map(({ id }) => id).join(', ')}.`);
        return true;
    }
    return await lookAhead(journal, asks, 'preflight', shop, checks);
}
/** Nobody has to be asked whose word stands in the ledger. */
const isAnswered = ({ state }, items) => (0,questions/* questionsOf */.PW)(state.plan)
    .filter(({ id }) => items.some(item => item.id === id))
    .every(question => (0,questions/* standingOf */.YP)(state, question).is !== 'waits');

;// CONCATENATED MODULE: ./build/app/outlived.js






/**
 * Ends what was prepared before this release, went live after it, still waits for people: nobody may go on with that any
 * more, so nobody is asked any more. What only waits for an approval is left to its own last job. A fault here is said and
 * changes nothing of how the release went; the next one comes by again.
 */
async function endOutlived({ record }, ledger, shop) {
    if (record.purpose !== 'deploy' || !(0,execution/* isSuccess */.oJ)(record.status))
        return;
    try {
        const { records } = await ledger.list({ key: record.key, status: ['WAITING'] }, { limit: 100 });
        const outlived = records.filter(waiting => waiting.number < record.number && waitsAhead(waiting));
        for (const { id } of outlived)
            await end(id, record, ledger, shop);
    }
    catch (error) {
        if (!(error instanceof errors/* ChecklistError */.vm))
            throw error;
        shop.terminal.say(`What waited before this release was left as it is: ${error.message}.`);
    }
}
/** Only as it was seen to wait: whoever goes on with it at this moment learns by itself what is live. */
async function end(id, by, ledger, shop) {
    const stored = await (0,app_begin/* mustRead */.qE)(id, ledger);
    if (!waitsAhead(stored.record))
        return;
    const message = `${by.id} (commit ${by.commit.slice(0, 12)}) went live while it waited`;
    const ended = { type: 'ended', status: 'CANCELLED', reason: 'superseded', message };
    const written = await ledger.append((0,engine_journal/* changeFrom */.ft)(stored, [ended], ledger, shop.clock.now().toISOString()));
    if (written.kind !== 'appended')
        return;
    shop.terminal.say(`${id} waited for people and is over: this release is newer.`);
    await (0,sign_page/* closePage */.UV)(id, shop);
}

// EXTERNAL MODULE: ./build/app/passage.js
var passage = __webpack_require__(3452);
// EXTERNAL MODULE: ./build/app/after-end.js
var after_end = __webpack_require__(2030);
;// CONCATENATED MODULE: ./build/app/clean-ahead.js






/** What a backup that was killed ahead of the gate has left in the store goes: half a dump is a copy of production too. */
async function cleanAhead({ id }, ledger, shop) {
    const start = (0,engine_journal/* startFrom */.Lo)(await (0,app_begin/* mustRead */.qE)(id, ledger));
    const cutOff = (0,state/* unresolved */.II)(start.state).filter(({ stage }) => stage === 'backup');
    if (cutOff.length === 0)
        return;
    const journal = (0,engine_journal/* openJournal */._0)(start, (0,app_begin/* journalPorts */.mU)(ledger, shop));
    const { plan } = start.state;
    const workshop = (0,app_workshop/* workshopFor */.x)(plan, shop);
    const errand = { folder: shop.host.folder, acceptedLoss: [], ahead: true };
    const bench = (0,engine_bench/* benchFor */.wL)('backup', journal, workshop, errand, { plan, live: (0,engine_bench/* liveOf */.QA)(plan) });
    const nobody = { ask: async () => undefined };
    await (0,effects/* settleDeeds */.Nm)(cutOff, { bench, workshop, journal }, { leftovers: shop.leftovers, interview: nobody });
}

;// CONCATENATED MODULE: ./build/app/prepare-backup.js












/**
 * Makes and proves the backups before the gate, without the lock, perhaps as a role that only reads: dump and receipt lie
 * in the store and in the journal, and who approves sees them. The job behind the gate takes them while they are young
 * enough (app/evidence.ts); what is written since is what a restore would lose.
 */
async function prepareBackup(prepared, ledger, shop, { request, work }) {
    const record = await opened(request, prepared, ledger, shop);
    if (!(0,life/* isPrepared */._g)(record)) {
        shop.terminal.say(`${record.id} was begun by an earlier attempt: the job behind the gate goes on with it.`);
        return record.id;
    }
    const stored = await (0,app_begin/* mustRead */.qE)(record.id, ledger);
    const plan = await samePlan(stored, prepared, shop);
    const items = await allowed(plan, record, ledger, shop);
    const journal = await joined(stored, ledger, shop);
    if (!(await lookAhead(journal, items, 'backup', shop)))
        await work(journal);
    return record.id;
}
async function opened(request, prepared, ledger, shop) {
    if (request.execution !== '') {
        const { record } = await (0,app_begin/* mustRead */.qE)(request.execution, ledger);
        await (0,asked_for/* mustBeAskedFor */.I)(record, { ...request, environment: prepared.key.environment }, shop);
        return record;
    }
    const own = ofThisRun(await ledger.survey(prepared.key), prepared);
    if (own !== undefined)
        return own;
    throw (0,errors/* refused */.J5)('nothing_to_resume', `backup is to be prepared, but this run has opened no execution of ${prepared.key.environment}`, 'Run preflight with `prepare: true` first, in this job.');
}
async function samePlan({ record, events }, prepared, shop) {
    const begun = (0,state/* planOf */.XC)(events);
    const plan = await (0,prepare/* planFor */.bJ)(prepared, shop, begun.previous);
    if (plan.digest !== begun.digest)
        throw (0,passage/* changedSince */.$A)(record, begun, plan);
    return plan;
}
/** The items that may be made here. What stands in the way ends the execution: nobody is asked to approve it. */
async function allowed(plan, { id, applied }, ledger, shop) {
    const items = savableAhead(plan.stages.backup, lackingIn(plan, 'backup', shop), shop.kinds);
    const found = await Promise.all(items.map(async (item) => ({ item, stands: await (0,guards/* objectionsAhead */.u5)(item, 'backup', { plan, applied }, shop) })));
    const closed = (0,guards/* refuseAll */.cp)(found.flatMap(({ stands }) => stands.filter(({ later }) => !later)));
    if (closed !== undefined)
        throw await endedBy(closed, id, ledger, shop);
    for (const { stands } of found)
        for (const { message } of stands)
            shop.terminal.say(`Note: ${message}.`);
    return found.filter(({ stands }) => stands.length === 0).map(({ item }) => item);
}
async function endedBy(closed, id, ledger, shop) {
    const { status, reason, message } = closed;
    await (0,after_end/* addAfterEnd */.t)(id, [{ type: 'ended', status, reason, message: shop.redactor.redact(message) }], ledger, shop);
    return closed;
}
async function joined(stored, ledger, shop) {
    const journal = (0,app_begin/* openAgain */.PS)(stored, ledger, shop);
    journal.keep({ type: 'joined', process: await shop.liveness.self(), why: 'stage' });
    return journal;
}

;// CONCATENATED MODULE: ./build/app/prepare-execution.js













const prepare_execution_TRIES = 50;
/**
 * Opens an execution without the environment's lock and looks at those checks of preflight whose names have values here,
 * so that who approves sees a plan and what was found. Returns its id; `work` ends it where a check failed.
 */
async function prepareExecution(prepared, ledger, shop, { request, work }) {
    if (request.ledger === 'run')
        throw withoutMemory();
    if (request.stage === 'backup')
        return await prepareBackup(prepared, ledger, shop, { request, work });
    for (let tries = 1; tries <= prepare_execution_TRIES; tries++) {
        const survey = await ledger.survey(prepared.key);
        const own = ofThisRun(survey, prepared);
        const { newest } = survey;
        if (newest !== undefined && (await isDoneBefore(newest, prepared, { wish: request, ledger, shop })))
            return newest.id;
        // Begun behind the gate by an attempt before this one: that job goes on with it.
        if (own !== undefined && !(0,life/* isPrepared */._g)(own) && !waitsAhead(own)) {
            shop.terminal.say(`${own.id} was begun by an earlier attempt: the job behind the gate goes on with it.`);
            return own.id;
        }
        const waited = own && waitsAhead(own) ? await takeUpAhead(own, prepared, ledger, shop, request) : undefined;
        if (waited !== undefined)
            return await lookAndLeave(waited, shop, { request, work });
        if (own !== undefined) {
            await cleanAhead(own, ledger, shop);
            await setAside(own, 'prepared again by a later attempt of its run', ledger, shop);
        }
        // Which values are there behind the gate, nobody can know here: none is demanded.
        const journal = await admit(request, prepared, survey, { ledger, shop }, { hold: false, stages: [] });
        if (journal === undefined)
            continue;
        await (0,marked/* giveReason */.U)(request, journal, ledger, shop);
        await declareEmergency(request, journal, ledger, shop);
        return await lookAndLeave(journal, shop, { request, work });
    }
    throw (0,errors/* refused */.J5)('ledger_unavailable', 'the ledger changed each time this run tried to write to it', 'Try again.');
}
async function lookAndLeave(journal, shop, { request, work }) {
    await (0,sign_off/* sign */._)(request.signs, journal, shop);
    if (!(await lookAtPreflight(journal, shop)))
        await work(journal);
    await shop.clerk?.leave();
    return journal.record.id;
}
/** The execution that this run has opened and not ended. */
const ofThisRun = ({ holder, newest }, { identity }) => [holder, newest].find(record => record !== undefined && identity.runId !== '' && record.runId === identity.runId && !(0,execution/* isEnded */.pl)(record));
/** Ends one that was prepared and is not wanted any more. */
async function setAside({ id }, why, ledger, shop) {
    await (0,after_end/* addAfterEnd */.t)(id, [{ type: 'ended', status: 'CANCELLED', reason: 'superseded', message: why }], ledger, shop);
    await (0,sign_page/* closePage */.UV)(id, shop);
}
const withoutMemory = () => new errors/* ChecklistError */.vm('REFUSED', 'ledger_missing', {
    message: 'ledger `run` is the memory of one job: what is prepared here would be gone in the job behind the gate, which runs elsewhere',
    hint: 'Give the calling job `permissions: { contents: write }` and leave `ledger` out, or set `ledger: env:NAME` with a Postgres URL in that variable. With `ledger: run` use the action itself, in one job of your own.'
});

;// CONCATENATED MODULE: ./build/app/take-up.js






/**
 * What becomes of an execution that was prepared ahead of the gate, now that this process may act; what it found is made
 * afresh when it is old (app/evidence.ts). Where something else went live since, nobody has seen the way back that it
 * would have now: it is begun anew where the checklist promises no reviewers, and otherwise refused (by `run`, as for any
 * other).
 */
async function takenUp(opening, { stage }, { holder }, ledger, shop) {
    if ((opening.do !== 'join' && opening.do !== 'resume') || !(0,life/* isPrepared */._g)(opening.record))
        return opening;
    const { record } = opening;
    if (stage !== undefined && stage !== 'preflight')
        throw tooEarly(stage, record);
    if (holder !== undefined && holder.id !== record.id)
        throw heldBy(holder, record);
    const { events } = await (0,app_begin/* mustRead */.qE)(record.id, ledger);
    const plan = (0,state/* planOf */.XC)(events);
    const good = await (0,prepare/* lastGood */.mC)(ledger, record.key);
    if (good !== undefined && good.id !== plan.previous?.execution && plan.rules.gate?.reviewers === undefined) {
        await setAside(record, `${good.id} went live after it was prepared`, ledger, shop);
        shop.terminal.say(`${record.id} was prepared before ${good.id} went live: begun anew.`);
        return { do: 'create' };
    }
    return opening;
}
const tooEarly = (stage, { id }) => (0,errors/* refused */.J5)('stage_out_of_order', `${stage} was asked for, but ${id} is only prepared`, 'Run preflight first, in this job: it takes the environment.');
const heldBy = (holder, { id }) => (0,errors/* refused */.J5)('environment_held', `${id} is prepared, but ${holder.key.environment} is held by ${holder.id} (${holder.status}, begun by ${holder.actor} at ${holder.startedAt}, ${holder.logUrl})`, 'Wait for it to end, or resume it or take it back; then run the failed jobs of this run again.');

;// CONCATENATED MODULE: ./build/app/run.js




























const run_TRIES = 50;
/** Runs the checklist, one stage of it, or what is left of an execution; returns the id of what it worked for. */
async function run(request, shop) {
    const prepared = await (0,prepare/* prepare */.iA)(shop, request);
    if (prepared.identity.dirty)
        shop.terminal.say('Note: tracked files differ from the commit; what is recorded is the commit.');
    const ledger = await shop.ledger();
    if (request.prepare)
        return await prepareExecution(prepared, ledger, shop, {
            request,
            work: journal => work(request, journal, ledger, shop)
        });
    const journal = request.observe ? await observe(prepared, ledger, shop) : await run_open(request, prepared, ledger, shop);
    if (typeof journal === 'string')
        return journal;
    await (0,marked/* giveReason */.U)(request, journal, ledger, shop);
    await declareEmergency(request, journal, ledger, shop);
    await (0,sign_off/* sign */._)(request.signs, journal, shop);
    await (0,passage/* recordPassage */.oX)(request, journal, ledger, shop);
    shop.clerk?.attend(journal);
    await work(request, journal, ledger, shop);
    await (0,deployment_end/* endDeployment */.FU)(journal, { wish: request, ledger, shop });
    await shop.clerk?.leave();
    await endOutlived(journal, ledger, shop);
    return journal.record.id;
}
/** The execution that this process works for: begun, joined or resumed, by the rule of core/engine/opening.ts. An id: nothing is left to do. */
async function run_open(request, prepared, ledger, shop) {
    for (let tries = 1; tries <= run_TRIES; tries++) {
        const survey = await ledger.survey(prepared.key);
        const decided = await decideOpening(asked(request, prepared), await knownFrom(request, prepared, survey, ledger, shop));
        const opening = await takenUp(decided, request, survey, ledger, shop);
        if (opening.do === 'nothing') {
            await isDoneBefore(opening.record, prepared, { wish: request, ledger, shop });
            return opening.record.id;
        }
        const journal = opening.do === 'create'
            ? await admit(request, prepared, survey, { ledger, shop }, beginning(request, opening, shop))
            : await rejoin(request, prepared, opening, survey, ledger, shop);
        if (journal !== undefined) {
            // Whoever was asked for the one that stood there is not asked any more.
            if (opening.do === 'create' && opening.takingOver !== undefined)
                await (0,sign_page/* closePage */.UV)(opening.takingOver.id, shop);
            return journal;
        }
        // Somebody else was faster: look again who that is. A short pause, so that many newcomers do not stay in step.
        await shop.clock.sleep(Number.parseInt(shop.host.random(1), 16) / 4, shop.signal);
    }
    throw (0,errors/* refused */.J5)('environment_held', `${prepared.key.environment} changed hands ${run_TRIES} times while this run tried to take it`, 'Try again when fewer runs start at once.');
}
const asked = ({ stage, resume, execution, takeover }, { key, identity }) => ({
    environment: key.environment,
    stage: stage === 'rollback' ? undefined : stage,
    ...{ resume, execution, takeover },
    runId: identity.runId,
    runAttempt: identity.runAttempt
});
async function knownFrom(request, { key: { environment } }, { newest, holder }, ledger, shop) {
    const { execution } = request;
    const named = execution === '' ? undefined : (await ledger.read(execution))?.record;
    if (named !== undefined)
        await (0,asked_for/* mustBeAskedFor */.I)(named, { ...request, environment }, shop);
    return {
        newest,
        holder,
        named,
        life: record => (0,life/* lifeOf */.c_)(record, shop),
        because: ({ process }) => shop.liveness.because?.(process) ?? '',
        between: async (record) => (0,life/* isBetween */.Bt)(record, ledger),
        isLed: record => (0,life/* isLed */.ck)(record, shop)
    };
}
const beginning = (request, { takingOver }, shop) => ({
    hold: true,
    stages: stagesOf(request),
    refusedBy: plan => (0,passage/* approvedAnother */.xG)(plan, shop),
    takingOver
});
/** The stages whose names have to have values here: those that this process may run, and those of its job after them. */
function stagesOf({ stage, wholeJob }) {
    const all = stages/* FORWARD_STAGES */.sr;
    const own = all.indexOf(stage);
    return stages/* FORWARD_STAGES */.sr.filter((name, place) => own < 0 || name === stage || (wholeJob && place > own));
}
async function rejoin(request, prepared, opening, survey, ledger, shop) {
    const { events } = await (0,app_begin/* mustRead */.qE)(opening.record.id, ledger);
    const begun = (0,state/* planOf */.XC)(events);
    await mustStandOnNewest(opening.record, begun, ledger);
    (0,sign_off/* mustFit */.L)(request.signs, begun);
    const plan = await (0,prepare/* planFor */.bJ)(prepared, shop, begun.previous);
    if (plan.digest !== begun.digest)
        throw (0,passage/* changedSince */.$A)(opening.record, begun, plan);
    (0,guards/* demandValues */.sF)(plan, leftOf(request, opening.record), shop, opening.record.id);
    const ahead = (0,life/* isPrepared */._g)(opening.record);
    const again = ahead || isAnew(opening, events, shop);
    if (opening.do === 'join' || again) {
        // What the first process could not ask of this stage, for want of a secret, is asked now; ahead of the gate, of any.
        const inquiry = { plan, stages: leftOf(request, opening.record), applied: opening.record.applied, others: ahead };
        const closed = (again
            ? await (0,rules/* closedByRules */.r)(plan, ledger, shop, {
                prepared,
                emergency: request.emergency || opening.record.emergency,
                because: request.because || (opening.record.because ?? '')
            })
            : undefined) ?? (0,guards/* refuseAll */.cp)(await (0,guards/* objections */.PP)(inquiry, shop));
        if (closed !== undefined)
            throw closed;
    }
    const journal = await (0,app_begin/* goOn */.AC)(opening, ledger, shop, survey);
    await expireEvidence(request, events, journal, shop);
    return journal;
}
/** Nothing has acted, and the world has gone on since anybody asked it: people were waited for, or a job was left. */
function isAnew(opening, events, { clock }) {
    if (opening.record.acted)
        return false;
    const quietMs = clock.now().getTime() - Date.parse(events.at(-1)?.at ?? '');
    return opening.do === 'resume' || !(quietMs < QUIET_MS);
}
/** Stages of one job follow each other at once. */
const QUIET_MS = 10 * 60_000;
/** Before it has acted it holds nothing, so a newer release may have come: that one is not overwritten by an older. */
async function mustStandOnNewest({ id, key, acted }, { previous }, ledger) {
    const good = acted ? undefined : await (0,prepare/* lastGood */.mC)(ledger, key);
    if (good === undefined || good.id === previous?.execution)
        return;
    throw (0,errors/* refused */.J5)('superseded', `${id} was begun on ${previous?.execution ?? 'nothing'}, and since then ${good.id} (commit ${good.commit.slice(0, 12)}) succeeded`, 'Start a new one with `deploy-checklist run`.');
}
const leftOf = (request, record) => (0,execution/* isEnded */.pl)(record) ? [] : stagesOf(request);
/** The engine's loop over this journal, with a heartbeat beside it. */
async function work(request, journal, ledger, shop, order) {
    const { plan } = journal.state;
    const { stage, observe: observing, acceptLoss } = request;
    const errand = { folder: shop.host.folder, acceptedLoss: acceptLoss };
    const look = request.command === 'adopt' ? 'adopted' : observing ? 'observed' : undefined;
    const wish = {
        ...(stage !== undefined && stage !== 'rollback' && { only: stage }),
        ...(look !== undefined && { look }),
        rollBack: order !== undefined
    };
    const { leftovers, interview, repository } = shop;
    const witnesses = { leftovers, interview };
    const target = () => targetOf(plan, ledger);
    const whole = {
        wish,
        journal,
        workshop: (0,app_workshop/* workshopFor */.x)(plan, shop),
        witnesses,
        repository,
        errand,
        target,
        ...(look === undefined && { before: stage => (0,deployments/* beginDeployment */.t)(stage, journal, request, shop) }),
        ...(order && { order })
    };
    await withHeartbeat(journal, ledger, shop, () => execute(whole));
}
/** The execution that a rollback leads to, with the plan that it stored; undefined if it was deleted since. */
async function targetOf({ previous }, ledger) {
    const stored = previous === null ? undefined : await ledger.read(previous.execution);
    return stored && { execution: stored.record.id, plan: (0,state/* planOf */.XC)(stored.events) };
}


/***/ }),

/***/ 3832:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ZF: () => (/* binding */ answer),
  O4: () => (/* binding */ hasUnheard),
  dc: () => (/* binding */ hear),
  G9: () => (/* binding */ settle)
});

// EXTERNAL MODULE: ./build/core/execution.js
var execution = __webpack_require__(6464);
// EXTERNAL MODULE: ./build/core/nearest.js
var nearest = __webpack_require__(2732);
// EXTERNAL MODULE: ./build/core/text.js
var core_text = __webpack_require__(6067);
;// CONCATENATED MODULE: ./build/core/sign-offs/commands.js


/** Characters of a person's words that are kept. */
const LONGEST_WORDS = 500;
/** Commands of one comment that are read. */
const MOST_COMMANDS = 20;
const NAMES = ['done', 'na', 'sign'];
/**
 * The commands of a comment, in their order. What is shown as code, quoted or hidden is not said by whoever writes it, and
 * a line that begins with another word is none of ours.
 */
function commandsIn(text) {
    const found = spoken(text).flatMap(line => read(line) ?? []);
    if (found.length <= MOST_COMMANDS)
        return found;
    const problem = `expected at most ${MOST_COMMANDS} commands in one comment, found ${found.length}: say the others in another one`;
    return [...found.slice(0, MOST_COMMANDS), { problem }];
}
/** Lines that are the writer's own and can be seen. */
function spoken(text) {
    const lines = [];
    let fence = '';
    // A comment that is never closed hides all that follows it.
    for (const line of text.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '').split(/\r\n|\n|\r/)) {
        const [, marks = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
        if (fence !== '') {
            if (marks.startsWith(fence) && line.trim() === marks)
                fence = '';
        }
        else if (marks !== '')
            fence = marks;
        else if (!/^(?: {4}|\t| {0,3}>)/.test(line))
            lines.push(line.trim());
    }
    return lines;
}
function read(line) {
    const [, name = '', target = '', words = ''] = /^\/([a-z]+)(?:\s+(\S+))?(?:\s+(.*))?$/i.exec(line) ?? [];
    if (name === '')
        return undefined;
    const known = NAMES.find(each => each === name.toLowerCase());
    if (known === undefined)
        return misspelt(name);
    const meant = bare(target);
    if (meant === '')
        return { problem: `expected /${known} ${known === 'sign' ? 'ROLE' : 'ID'}, found no word behind it` };
    const said = clipped(words);
    if (known === 'na' && said === '')
        return { problem: `expected /na ${meant} with the reason why it does not apply, found none` };
    return { do: known, target: meant, words: said };
}
/** Other tools listen to lines with a slash too, such as `/assign`: only a slip of the finger was meant for us. */
function misspelt(name) {
    const meant = NAMES.find(known => name.length > 2 && (0,nearest/* stepsBetween */.Cm)(name.toLowerCase(), known) === 1);
    return meant && { problem: `expected /done, /na or /sign, found /${name} (did you mean /${meant}?)` };
}
// Ids are shown in a fixed-width font, and copied with it.
const bare = (target) => (0,core_text/* oneLine */.TN)(target.replaceAll(/^[`*]+|[`*]+$/g, '')).slice(0, 200);
const clipped = (words) => {
    const line = (0,core_text/* oneLine */.TN)(words);
    return line.length > LONGEST_WORDS ? `${line.slice(0, LONGEST_WORDS)}…` : line;
};

// EXTERNAL MODULE: ./build/core/login.js
var login = __webpack_require__(2695);
;// CONCATENATED MODULE: ./build/core/sign-offs/judge.js


/** The items that a command is about; where it names none, what was expected, with the nearest right word. */
function aimedAt({ do: what, target }, questions) {
    return what === 'sign' ? ofRole(target, questions) : ofId(target, questions);
}
function ofId(target, questions) {
    const wanted = target.toLowerCase();
    const exact = questions.filter(({ id }) => id.toLowerCase() === wanted);
    const named = exact.length > 0 ? exact : questions.filter(({ id }) => shortOf(id).toLowerCase() === wanted);
    if (named.length === 1)
        return named;
    const ids = questions.map(({ id }) => id);
    if (named.length > 1)
        return { problem: `expected the whole id, found ${target}, which is ${named.map(({ id }) => id).join(' and ')}` };
    const meant = (0,nearest/* didYouMean */.au)(target, target.includes('/') ? ids : ids.map(shortOf));
    return { problem: `expected ${listed(ids)}, found ${target}${meant}` };
}
function ofRole(target, questions) {
    const roles = [...new Set(questions.map(({ by }) => by).filter(by => by !== ''))];
    const found = questions.filter(({ by }) => by !== '' && (0,login/* isSameLogin */.A)(by, target));
    if (found.length > 0)
        return found;
    if (roles.length === 0)
        return { problem: `expected /done ID: no item asks for a role, found /sign ${target}` };
    return { problem: `expected a role: ${listed(roles)}, found ${target}${(0,nearest/* didYouMean */.au)(target, roles)}` };
}
const shortOf = (id) => id.slice(id.indexOf('/') + 1);
const MOST_LISTED = 12;
const listed = (words) => words.length > MOST_LISTED
    ? `${words.slice(0, MOST_LISTED).join(', ')} …`
    : words.join(', ') || 'nothing: no item waits';
/**
 * Whether the word counts. What a process has settled stays so; until then a later word takes the place of an earlier
 * one. `starter` is who started the execution.
 */
function ruleOn({ who, words, as, said, at }, { id, second, ...question }, { standing, right, starter }) {
    const refused = (why) => ({ item: id, kind: 'refused', why });
    if (standing.is === 'settled')
        return refused(`it is settled already${byWhom(standing)}`);
    if (second && (0,login/* isSameLogin */.A)(who, starter))
        return refused(`${who} started this; it has to be somebody else`);
    if (right === 'no')
        return refused(`${who} is not ${whom(question.signer, question.by)}`);
    if (right !== 'yes')
        return refused(`${right.unknown}. ${right.hint}`);
    const signOff = { item: id, who, words, claimed: false, at, as, said };
    const before = standing.is === 'said' ? standing.word : undefined;
    const isAgain = before !== undefined && (0,login/* isSameLogin */.A)(before.who, who) && before.said === said && before.as === as;
    return isAgain ? { item: id, kind: 'again', signOff: before } : { item: id, kind: 'recorded', signOff };
}
const byWhom = ({ word, outcome }) => `${word === undefined ? '' : ` by ${word.who}`} (${outcome})`;
/** Whom an item asks for, in words. */
function whom(signer, by) {
    if (signer.kind === 'anybody')
        return 'somebody who may write to this repository';
    return signer.kind === 'team' ? `an active member of ${signer.name} (${by})` : `${signer.name} (${by})`;
}

// EXTERNAL MODULE: ./build/core/sign-offs/marker.js
var marker = __webpack_require__(1373);
// EXTERNAL MODULE: ./build/core/sign-offs/questions.js
var questions = __webpack_require__(8990);
// EXTERNAL MODULE: ./build/report/sign-off-answer.js
var sign_off_answer = __webpack_require__(8853);
;// CONCATENATED MODULE: ./build/app/sign-hear.js






/**
 * Records what people have said on a page since it was last heard, and answers each of them; true when something was
 * recorded. What is recorded is answered only then, so that no answer says more than the ledger. Whoever asks again after
 * a fault goes on where it stopped: what stands in the ledger from a comment is not recorded a second time.
 */
async function hear(page, journal, desk) {
    const heard = [];
    const rights = new Map();
    for (const comment of await unanswered(page, desk)) {
        const told = await hearOne(comment, journal, desk, rights);
        if (told.length > 0)
            heard.push({ comment, told });
    }
    // Anybody may write any number of comments in a public repository: nobody who counts waits for their answers.
    const [counting, others] = [heard.filter(counts), heard.filter(one => !counts(one))];
    for (const { comment, told } of [...counting, ...others].slice(0, MOST_ANSWERS))
        await answer(page, comment.id, comment.who, told, desk);
    return heard.some(({ told }) => told.some(isRecorded));
}
/** Answers of one look; the others are given by the next one. */
const MOST_ANSWERS = 20;
const counts = ({ told }) => told.some(one => 'kind' in one && one.kind !== 'refused');
/** What people have written and nobody has answered. */
async function unanswered(page, { pages }) {
    const comments = await pages.comments(page.number);
    const own = comments.filter(({ who, text }) => who === page.author && (0,marker/* answeredIn */.lK)(text) !== undefined);
    const answered = new Set(own.map(({ text }) => (0,marker/* answeredIn */.lK)(text)));
    return comments.filter(comment => comment.isPerson && !own.includes(comment) && !answered.has(comment.id));
}
/** Whether somebody waits for an answer. */
const hasUnheard = async (page, desk) => (await unanswered(page, desk)).some(({ text }) => commandsIn(text).length > 0);
const isRecorded = (told) => 'kind' in told && told.kind === 'recorded';
async function answer(page, to, who, told, { pages, redact }) {
    const { text, marker } = (0,sign_off_answer/* signOffAnswer */.D)(to, who, told);
    await pages.answer(page.number, { text: redact(text), marker });
}
async function hearOne(comment, journal, desk, rights) {
    const before = journal.state.signOffs.filter(({ said }) => said === comment.url);
    if (before.length > 0)
        return before.map(signOff => ({ item: signOff.item, kind: 'again', signOff }));
    const commands = commandsIn(comment.text);
    if (commands.length === 0)
        return [];
    if (comment.edited)
        return [{ problem: EDITED }];
    const spoken = commands.flatMap((command) => spokenBy(comment, command, journal));
    return await settle(spoken, journal, desk, rights);
}
const EDITED = 'expected a comment as it was first said, found one that was edited, and GitHub does not tell by whom: write a new one';
function spokenBy({ who, url: said, at }, command, { state }) {
    if ('problem' in command)
        return [command];
    const aimed = aimedAt(command, (0,questions/* questionsOf */.PW)(state.plan));
    if ('problem' in aimed)
        return [aimed];
    // A role is signed for what is still open of it.
    const open = aimed.filter(question => (0,questions/* standingOf */.YP)(state, question).is !== 'settled');
    const meant = command.do === 'sign' && open.length > 0 ? open : aimed;
    const word = { who, said, at, words: command.words, as: command.do === 'na' ? 'na' : 'done' };
    return meant.map(question => ({ question, word }));
}
/** Judges words in their order and records those that count, all of them or none. */
async function settle(spoken, journal, desk, rights = new Map()) {
    await learn(spoken, desk, rights);
    const told = spoken.map((one) => ('problem' in one ? one : rule(one, rights, journal)));
    const signed = told.flatMap(one => ('kind' in one && one.kind === 'recorded' ? [one.signOff] : []));
    if (signed.length > 0)
        await journal.commit(...signed.map(signOff => ({ type: 'signed', signOff })));
    return told;
}
const keyOf = ({ question: { signer }, word }) => `${word.who} ${'name' in signer ? signer.name : ''}`;
/** Asked once for each person and role, and before anything is recorded: what cannot be asked now is asked again later. */
async function learn(spoken, { pages }, rights) {
    for (const one of spoken) {
        if ('problem' in one || rights.has(keyOf(one)))
            continue;
        rights.set(keyOf(one), await pages.right(one.word.who, one.question.signer));
    }
}
function rule(one, rights, { state, record }) {
    const { question, word } = one;
    if ((0,execution/* isEnded */.pl)(record))
        return { item: question.id, kind: 'refused', why: `${record.id} ended ${record.status} at ${record.completedAt}` };
    const standing = (0,questions/* standingOf */.YP)(state, question);
    const right = rights.get(keyOf(one)) ?? 'no';
    return ruleOn(word, question, { standing, right, starter: record.actor });
}


/***/ }),

/***/ 6331:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ mustFit),
/* harmony export */   _: () => (/* binding */ sign)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);
/* harmony import */ var _core_sign_offs_signer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2149);


/**
 * Refuses a sign-off that names no item of the plan: it would be kept, and nobody would ever look at it; and one by
 * somebody else than the one person whose word the item asks for.
 */
function mustFit(signs, plan) {
    for (const sign of signs) {
        if (itemsOf(plan).every(({ id }) => id !== sign.item))
            throw stray(sign, plan);
        const signer = signerFor(sign, plan);
        if ((0,_core_sign_offs_signer_js__WEBPACK_IMPORTED_MODULE_1__/* .judgeSigner */ .K)(signer, sign.who, '') === 'stranger')
            throw stranger(sign, signer);
    }
}
const itemsOf = ({ stages }) => Object.values(stages).flat();
function signerFor({ item }, plan) {
    const planned = itemsOf(plan).find(({ id }) => id === item);
    return planned === undefined ? { kind: 'anybody' } : (0,_core_sign_offs_signer_js__WEBPACK_IMPORTED_MODULE_1__/* .signerOf */ .r)(planned, plan.people);
}
function stray({ item }, plan) {
    const items = itemsOf(plan);
    const manual = items.filter(({ kind }) => kind === 'manual');
    const known = (manual.length > 0 ? manual : items).map(({ id }) => id).join(', ');
    const which = manual.length > 0 ? 'Those that wait for a person are' : 'Its items are';
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('usage', `--sign ${item}=…: the plan has no item ${item}`, `${which} ${known}.`);
}
function stranger({ item, who }, signer) {
    const name = 'name' in signer ? signer.name : '';
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('usage', `--sign ${item}=${who}:…: expected the word of ${name}, found that of ${who}`, `Let ${name} answer (--sign ${item}=${name.slice(1)}:WORDS); or name somebody else under people, and begin anew.`);
}
/** Each stage of a workflow is handed the same input: what it says of a manual item is kept once. */
function isSaidAlready({ item, who, words }, { plan, signOffs }) {
    const last = signOffs.findLast(signOff => signOff.item === item);
    const isManual = itemsOf(plan).some(({ id, kind }) => id === item && kind === 'manual');
    return isManual && last?.who === who && last.words === words;
}
/**
 * Writes sign-offs that came with the request. Only who started the run is vouched for; anybody else is claimed. So is who
 * signs from a machine of their own what runs on GitHub: how they are called there, nobody has looked at.
 */
async function sign(signs, journal, shop) {
    const { actor } = await shop.identity();
    const at = shop.clock.now().toISOString();
    const isFromAfar = shop.actions === undefined && journal.record.runId !== '';
    for (const given of signs) {
        if (isSaidAlready(given, journal.state))
            continue;
        const isVouched = (0,_core_sign_offs_signer_js__WEBPACK_IMPORTED_MODULE_1__/* .judgeSigner */ .K)(signerFor(given, journal.state.plan), given.who, actor) === 'vouched';
        const claimed = !isVouched || isFromAfar;
        const signOff = { ...given, claimed, at };
        await journal.commit({ type: 'signed', signOff });
    }
}


/***/ }),

/***/ 4402:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  UV: () => (/* binding */ closePage),
  l6: () => (/* binding */ pageFor),
  Ow: () => (/* binding */ refresh),
  xd: () => (/* binding */ shownBoxes)
});

// EXTERNAL MODULE: ./build/core/engine/state.js + 2 modules
var engine_state = __webpack_require__(9543);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/execution.js
var execution = __webpack_require__(6464);
// EXTERNAL MODULE: ./build/core/sign-offs/boxes.js
var sign_offs_boxes = __webpack_require__(6190);
// EXTERNAL MODULE: ./build/core/reasons.js
var reasons = __webpack_require__(1091);
// EXTERNAL MODULE: ./build/core/sign-offs/marker.js
var sign_offs_marker = __webpack_require__(1373);
// EXTERNAL MODULE: ./build/core/sign-offs/questions.js
var questions = __webpack_require__(8990);
// EXTERNAL MODULE: ./build/core/text.js
var core_text = __webpack_require__(6067);
// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(4902);
// EXTERNAL MODULE: ./build/report/marks.js
var marks = __webpack_require__(3357);
// EXTERNAL MODULE: ./build/report/summary-after.js
var summary_after = __webpack_require__(1712);
;// CONCATENATED MODULE: ./build/report/sign-off-page.js










/** Characters of an issue's text; GitHub takes 65,536. */
const LIMIT = 60_000;
const LONGEST_TEXT = 300;
/** The issue in which people settle an execution's manual items: a task list, and who may answer how. */
function signOffPage(record, state) {
    const { id, key, number } = record;
    const marker = (0,sign_offs_marker/* markerOf */.we)({ execution: id, key });
    const boxes = (0,questions/* questionsOf */.PW)(state.plan).map(question => boxOf(question, (0,questions/* standingOf */.YP)(state, question)));
    const head = [marker, '', ...headLines(record), ''];
    const foot = ['', ...((0,execution/* isEnded */.pl)(record) ? [] : HOW), ''];
    const room = LIMIT - [...head, ...foot].join('\n').length - 200;
    const title = (0,core_text/* clip */.$Q)((0,core_text/* oneLine */.TN)(`Sign-offs: ${key.checklist} → ${key.environment}, execution ${number}`), 200);
    return { title, body: [...head, ...fitting(boxes.map(sign_offs_boxes/* boxLine */.eY), room), ...foot].join('\n'), marker, boxes };
}
function headLines(record) {
    const { id, key, commit, actor, logUrl, status, reason } = record;
    const log = /^https:\/\/[^\s()]+$/.test(logUrl) ? ` · [run](${logUrl})` : '';
    const who = `${(0,markdown/* prose */.CS)(key.checklist)} → **${(0,markdown/* prose */.CS)(key.environment)}** · ${(0,markdown/* code */.aY)((0,core_text/* shortCommit */.Ax)(commit))} · started by ${(0,markdown/* prose */.CS)(actor)} · execution ${(0,markdown/* code */.aY)(id)}${log}`;
    if (!(0,execution/* isEnded */.pl)(record))
        return [who];
    const why = reason === '' || reason === 'ok' ? '' : `: ${(0,markdown/* prose */.CS)(reasons/* REASONS */.e[reason])}`;
    return [`${(0,marks/* statusMark */.w8)(status).emoji} **${status}**${why}. Nothing here counts any more.`, '', who];
}
// A command in a line of its own would be one: these stand inside of lines.
const HOW = [
    'Tick an item, or answer in a comment, one line for each:',
    '',
    '- `/done ID words`: it is done; the words are kept',
    '- `/na ID reason`: it does not apply, and why',
    '- `/sign ROLE`: everything that is asked of that role',
    '',
    'It counts from whom the item names, and without a name from everybody who may write to this repository. An edited comment does not count.'
];
function boxOf(question, standing) {
    const { id, text } = question;
    const ticked = standing.is === 'said' || (standing.is === 'settled' && standing.outcome !== 'fail');
    return { id, ticked, words: `${(0,markdown/* code */.aY)(id)} ${(0,markdown/* prose */.CS)(text, LONGEST_TEXT)} — ${standingWords(question, standing)}` };
}
function standingWords(question, standing) {
    if (standing.is === 'waits')
        return `waits for ${asked(question)}`;
    const { word } = standing;
    if (word === undefined)
        return standing.is === 'settled' && standing.outcome === 'fail' ? '**nobody answered**' : 'settled';
    const verdict = standing.is === 'settled' && standing.outcome === 'fail'
        ? '**refused**'
        : word.as === 'na'
            ? 'does not apply'
            : 'done';
    const claimed = word.claimed ? ' (claimed)' : '';
    const said = word.words === '' ? '' : `: ${(0,markdown/* prose */.CS)(word.words, LONGEST_TEXT)}`;
    return `${verdict}, ${(0,markdown/* prose */.CS)(word.who)}${claimed}, ${(0,summary_after/* moment */.n$)(word.at)}${said}`;
}
/** Names are from the checklist, and meant to be called. */
function asked({ signer, by, second, limitMs, optional }) {
    const name = 'name' in signer && /^@[\w-]+(?:\/[\w.-]+)?$/.test(signer.name) ? signer.name : '';
    const role = by.startsWith('@') || by === '' ? '' : `**${(0,markdown/* prose */.CS)(by)}**`;
    const who = [role, name].filter(part => part !== '').join(' ') || 'somebody who may write here';
    const other = second ? ', who has not started this' : '';
    const limit = limitMs === undefined ? '' : `, ${(0,units/* formatDuration */.a3)(limitMs)} at most behind an action`;
    return `${who}${other}${limit}${optional ? ' (optional)' : ''}`;
}
/** From the first line on, as many as there is room for. What has none can still be answered in a comment. */
function fitting(lines, room) {
    let left = room;
    const shown = lines.filter(line => {
        left -= line.length + 1;
        return left >= 0;
    });
    if (shown.length === lines.length)
        return lines;
    return [
        ...shown,
        '',
        `${lines.length - shown.length} more have no room here; \`deploy-checklist show\` has them, and comments settle them too.`
    ];
}

;// CONCATENATED MODULE: ./build/app/sign-page.js





/** The page of the execution that is at hand: the one that the journal names, else the one that bears its marker, else a new one. */
async function pageFor(journal, { pages, redact }) {
    const { state, record } = journal;
    const known = state.asked === undefined ? undefined : await pages.read(state.asked.issue);
    if (known !== undefined)
        return known;
    const { title, body, marker } = signOffPage(record, state);
    const page = await pages.open({ title: redact(title), body: redact(body), marker, since: record.startedAt });
    // Durable at once: whoever answers in it may be heard by another process.
    await journal.commit({ type: 'asked', issue: page.number, url: page.url });
    return page;
}
/** The page shows how it stands: what was changed by hand is put right, and what has ended is closed. Returns it as it is now. */
async function refresh(page, { record, state }, desk) {
    const { body: text } = signOffPage(record, state);
    const body = desk.redact(text);
    const close = (0,execution/* isEnded */.pl)(record) && page.isOpen ? { close: outcomeOf(record) } : {};
    const changed = asLines(page.body) === asLines(body) ? {} : { body };
    if (Object.keys({ ...close, ...changed }).length === 0)
        return page;
    await desk.pages.write(page.number, { ...changed, ...close });
    return { ...page, body, isOpen: page.isOpen && !(0,execution/* isEnded */.pl)(record) };
}
const outcomeOf = ({ status }) => (0,execution/* isSuccess */.oJ)(status) ? 'completed' : 'not_planned';
/** Boxes as the page shows them to whoever ticks one. */
const shownBoxes = ({ record, state }, { redact }) => (0,sign_offs_boxes/* boxesIn */.B6)(redact(signOffPage(record, state).body));
// Whoever ticks a box in a browser gives every line the ends that browsers write.
const asLines = (text) => text.replaceAll('\r\n', '\n').trimEnd();
/** Closes the page of an execution that ended in other hands than those that asked. A page is a convenience: its faults are said. */
async function closePage(id, shop) {
    const { signOffs, redactor, terminal } = shop;
    if (signOffs === undefined)
        return;
    try {
        const stored = await (await shop.ledger()).read(id);
        const state = stored && (0,engine_state/* stateOf */.L4)(stored.events);
        if (stored === undefined || state?.asked === undefined || !(0,execution/* isEnded */.pl)(stored.record))
            return;
        const page = await signOffs.pages.read(state.asked.issue);
        const desk = { pages: signOffs.pages, redact: redactor.redact };
        if (page !== undefined)
            await refresh(page, { record: stored.record, state }, desk);
    }
    catch (error) {
        if (!(error instanceof errors/* ChecklistError */.vm))
            throw error;
        terminal.say(`Sign-offs in an issue: ${error.message}.`);
    }
}


/***/ }),

/***/ 1532:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ putStraysBack),
/* harmony export */   f: () => (/* binding */ heed)
/* harmony export */ });
/* harmony import */ var _core_sign_offs_boxes_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6190);
/* harmony import */ var _core_sign_offs_marker_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1373);
/* harmony import */ var _core_sign_offs_questions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8990);
/* harmony import */ var _sign_hear_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3832);
/* harmony import */ var _sign_page_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4402);





/** Records the ticks of one edit; true when there was one that counts. `against` refuses all of them. */
async function heed(event, page, journal, desk, against) {
    if (!event.isPerson)
        return false;
    const shown = (0,_sign_page_js__WEBPACK_IMPORTED_MODULE_2__/* .shownBoxes */ .xd)(journal, desk);
    const word = { who: event.who, words: '', as: 'done', said: page.url, at: event.at };
    const spoken = (0,_core_sign_offs_boxes_js__WEBPACK_IMPORTED_MODULE_3__/* .tickedBy */ .qI)(event.before, event.after, shown).flatMap(({ id, asShown }) => {
        const question = (0,_core_sign_offs_questions_js__WEBPACK_IMPORTED_MODULE_0__/* .questionsOf */ .PW)(journal.state.plan).find(each => each.id === id);
        // What is settled or said is ticked by whoever writes the page.
        if (question === undefined || (0,_core_sign_offs_questions_js__WEBPACK_IMPORTED_MODULE_0__/* .standingOf */ .YP)(journal.state, question).is !== 'waits')
            return [];
        const why = against ?? (asShown ? undefined : CHANGED);
        return [why === undefined ? { question, word } : { problem: `${why}. ${instead(id)}` }];
    });
    const told = (await (0,_sign_hear_js__WEBPACK_IMPORTED_MODULE_1__/* .settle */ .G9)(spoken, journal, desk)).map(withInstead);
    const refusals = told.filter(one => 'problem' in one || one.kind === 'refused');
    const key = `tick ${event.at} ${event.who}`;
    if (refusals.length > 0 && !(await isAnswered(page, key, desk)))
        await (0,_sign_hear_js__WEBPACK_IMPORTED_MODULE_1__/* .answer */ .ZF)(page, key, event.who, refusals, desk);
    return told.some(one => 'kind' in one && one.kind === 'recorded');
}
const CHANGED = 'expected the line as it was written, found one whose text had been changed';
const instead = (id) => `Comment /done ${id} WORDS`;
const withInstead = (told) => 'kind' in told && told.kind === 'refused' ? { ...told, why: `${told.why}; the tick was taken back` } : told;
/** A page alone never says who ticked a box: one that is found ticked is put back, and whoever it was told what to do. */
async function putStraysBack(page, journal, desk) {
    const strays = (0,_core_sign_offs_boxes_js__WEBPACK_IMPORTED_MODULE_3__/* .strayTicks */ .ae)(page.body, (0,_sign_page_js__WEBPACK_IMPORTED_MODULE_2__/* .shownBoxes */ .xd)(journal, desk));
    const fresh = await (0,_sign_page_js__WEBPACK_IMPORTED_MODULE_2__/* .refresh */ .Ow)(page, journal, desk);
    const problem = (id) => `expected a comment, found a tick, and a page does not tell who made it. ${instead(id)}`;
    if (strays.length > 0)
        await (0,_sign_hear_js__WEBPACK_IMPORTED_MODULE_1__/* .answer */ .ZF)(page, `box ${page.changedAt}`, 'Somebody', strays.map(id => ({ problem: problem(id) })), desk);
    return fresh;
}
async function isAnswered({ number, author }, key, { pages }) {
    return (await pages.comments(number)).some(({ who, text }) => who === author && (0,_core_sign_offs_marker_js__WEBPACK_IMPORTED_MODULE_4__/* .answeredIn */ .lK)(text) === key);
}


/***/ }),

/***/ 4590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  closePage: () => (/* reexport */ sign_page/* closePage */.UV),
  mustBeAskedFor: () => (/* reexport */ asked_for/* mustBeAskedFor */.I),
  obeyAndPrint: () => (/* reexport */ obeyAndPrint),
  openShop: () => (/* reexport */ openShop),
  session: () => (/* reexport */ session),
  settle: () => (/* reexport */ settle),
  settleDeployment: () => (/* reexport */ deployment_end/* settleDeployment */.Nk),
  settleUnapproved: () => (/* reexport */ settleUnapproved)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/app/answer.js
var app_answer = __webpack_require__(1024);
// EXTERNAL MODULE: ./build/app/choose-ledger.js + 10 modules
var choose_ledger = __webpack_require__(6831);
;// CONCATENATED MODULE: ./build/core/once.js
function once(make) {
    let made;
    const get = () => {
        made ??= make();
        return made;
    };
    return Object.assign(get, { asked: () => made !== undefined });
}

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
;// CONCATENATED MODULE: ./build/github/github.js
/** The name of the error of a write whose answer never came; the ChecklistError that carries it has it as its cause. */
const LOST_ANSWER = 'LostAnswer';

;// CONCATENATED MODULE: ./build/github/retry.js
const MOST_TRIES = 4;
// What GitHub asks for where it does not say how long: a minute at least, and longer each time.
const UNTOLD_MS = 60_000;
/**
 * Milliseconds until the next try; undefined where there is none. What GitHub has not begun (no connection, a limit) may
 * always be sent again; what it may have done (5xx, a lost answer) only where twice does no more than once.
 */
function retryInMs({ outcome, repeatable, tries, waitedMs, patienceMs, now }) {
    if (tries >= MOST_TRIES)
        return undefined;
    const waitMs = wanted(outcome, repeatable, tries, now);
    return waitMs === undefined || waitedMs + waitMs > patienceMs ? undefined : waitMs;
}
function wanted(outcome, repeatable, tries, now) {
    const backOffMs = tries ** 2 * 1000;
    if (outcome.kind === 'aborted')
        return undefined;
    if (outcome.kind === 'unsent')
        return outcome.final ? undefined : backOffMs;
    if (outcome.kind === 'lost')
        return repeatable ? backOffMs : undefined;
    if (isLimited(outcome))
        return limitMs(outcome, tries, now);
    return outcome.status >= 500 && repeatable ? Math.max(backOffMs, retryAfterMs(outcome) ?? 0) : undefined;
}
/** A refusal for asking too much, which GitHub gives as a 403 too; nothing was done. */
function isLimited({ status, data, headers }) {
    if (status === 429)
        return true;
    const words = JSON.stringify(data ?? '');
    if (status !== 403 || words.includes('not accessible by'))
        return false;
    return (headers['retry-after'] !== undefined || headers['x-ratelimit-remaining'] === '0' || /rate limit|abuse/i.test(words));
}
/** When the token has requests again, where the hour's are used up. */
function resetAt({ headers }) {
    const seconds = Number(headers['x-ratelimit-reset']);
    return headers['x-ratelimit-remaining'] === '0' && seconds > 0 ? new Date(seconds * 1000) : undefined;
}
function limitMs(answer, tries, now) {
    const told = retryAfterMs(answer);
    if (told !== undefined)
        return Math.max(1000, told);
    const reset = resetAt(answer);
    // A second more: the moment is told in whole ones.
    return reset === undefined ? UNTOLD_MS * 2 ** (tries - 1) : Math.max(1000, reset.getTime() - now.getTime() + 1000);
}
function retryAfterMs({ headers }) {
    const seconds = Number(headers['retry-after'] ?? Number.NaN);
    return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}

;// CONCATENATED MODULE: ./build/github/answer-faults.js



// What a workflow's `permissions:` can give; anything else takes the token of a person or an app.
const OF_A_JOB = [
    'actions',
    'attestations',
    'checks',
    'contents',
    'deployments',
    'id-token',
    'issues',
    'pull-requests',
    'statuses'
];
const LONGEST_WORDS = 500;
/** What an answer that was not expected means, or that there was none. */
function faultOf(outcome, { request, host, maybeDone }) {
    if (outcome.kind === 'aborted')
        return cancelled(request, maybeDone);
    if (outcome.kind !== 'answered')
        return noAnswer(`${host}: ${outcome.why}`, request, maybeDone);
    const { status } = outcome;
    if (status >= 500)
        return noAnswer(`${host} answered ${status}: ${wordsOf(outcome)}`, request, maybeDone);
    if (isLimited(outcome))
        return usedUp(outcome, request);
    if (status === 401)
        return unknownToken(outcome, request);
    if (status === 403)
        return forbidden(outcome, request);
    if (status === 404)
        return notThere(request);
    if (status < 400)
        return moved(outcome, request);
    const hint = 'Correct what GitHub objects to; the words are its own.';
    return (0,errors/* refused */.J5)('usage', `GitHub would not ${request.what} (${status}): ${wordsOf(outcome)}`, hint);
}
/** Before anything is sent, where there is no token that could be. */
const noToken = ({ what, needs }) => (0,errors/* refused */.J5)('missing_permission', `GitHub cannot be asked to ${what} without a usable token`, `Hand one over. ${howToGive(needs)}`);
/** The repository itself is not there for this token, so that nothing can be said about what lies in it. */
const unseen = (repository, { what, needs }) => (0,errors/* refused */.J5)('missing_permission', `GitHub would not ${what}: the token does not see the repository ${repository}, which is private or does not exist (404)`, `See that its name is right, and that the token belongs to it. ${howToGive(needs)}`);
function cancelled({ what }, maybeDone) {
    const message = `the run was cancelled before GitHub could ${what}`;
    const cause = maybeDone ? lostAnswer('the run was cancelled while the answer was awaited') : undefined;
    return new errors/* ChecklistError */.vm('CANCELLED', 'cancelled', { message, hint: 'Run it again.', cause });
}
function noAnswer(why, { what, method }, maybeDone) {
    const unknown = maybeDone ? `; whether the ${method} was done is not known` : '';
    const hint = 'See https://www.githubstatus.com and the way from the runner to GitHub, then run it again.';
    return (0,errors/* unavailable */.hU)('github_unavailable', `GitHub did not ${what}: ${why}${unknown}`, hint, maybeDone ? lostAnswer(why) : undefined);
}
function usedUp(answer, { what }) {
    const reset = resetAt(answer);
    const until = reset === undefined ? 'for a while' : `until ${reset.toISOString()}`;
    const message = `GitHub would not ${what}: it takes no requests of this token ${until} (${answer.status}: ${wordsOf(answer)})`;
    return (0,errors/* unavailable */.hU)('github_unavailable', message, 'Wait so long, run less at once, then run it again.');
}
function unknownToken(answer, { what }) {
    const message = `GitHub would not ${what}: it does not accept the token (401: ${wordsOf(answer)})`;
    const hint = "It was revoked or has expired; a job's own token ends with its job. Run it again with a valid one.";
    return (0,errors/* refused */.J5)('missing_permission', message, hint);
}
function forbidden(answer, { what, needs }) {
    const asked = answer.headers['x-accepted-github-permissions'];
    const asks = asked === undefined ? '' : `; GitHub asks for ${asked}`;
    const message = `GitHub would not ${what}: the token needs \`${needs}\`${asks} (403: ${wordsOf(answer)})`;
    return (0,errors/* refused */.J5)('missing_permission', message, howToGive(needs));
}
function notThere({ what, needs }) {
    const message = `GitHub would not ${what}: it says that there is no such thing (404), as it also does to a token without \`${needs}\``;
    return (0,errors/* refused */.J5)('missing_permission', message, `See that it exists. ${howToGive(needs)}`);
}
function moved({ status, headers }, { what }) {
    const where = headers['location'] ?? 'elsewhere';
    const message = `GitHub would not ${what}: it sends on to ${where} (${status})`;
    return (0,errors/* refused */.J5)('usage', message, "The repository was renamed or moved: use its new name, and correct the clone's address.");
}
function howToGive(needs) {
    const [name = ''] = needs.split(':');
    if (OF_A_JOB.includes(name))
        return `Give the job \`permissions: { ${needs} }\`; a job that calls a workflow must have it itself to hand it on.`;
    return `A job's own token can never have \`${needs}\`: use the token of a person or an app that has it.`;
}
/** GitHub's own words, with what it says about single fields. */
function wordsOf({ data }) {
    const { message, errors } = (typeof data === 'object' && data !== null ? data : {});
    const details = Array.isArray(errors) ? errors.map(detail) : [];
    const words = [typeof message === 'string' ? message : 'no words', ...details].join('; ').replaceAll(/\s+/g, ' ');
    return words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)} …` : words;
}
function detail(error) {
    if (typeof error === 'string')
        return error;
    const { resource, field, code, message } = (error ?? {});
    return [resource, field, code, message].filter(word => typeof word === 'string').join(' ');
}
const lostAnswer = (why) => Object.assign(new Error(why), { name: LOST_ANSWER });

;// CONCATENATED MODULE: ./build/github/about-repository.js


/** Whether everybody can read it; a visibility that is not known here counts as one that is open. */
const isPublic = ({ visibility, private: hidden }) => visibility === undefined ? !hidden : visibility !== 'private' && visibility !== 'internal';
/** Asked once, however many want to know. A repository that the token does not see looks as if there were none. */
const openAboutRepository = (github) => once(() => ask(github));
async function ask(github) {
    const request = {
        method: 'GET',
        path: '/repos/{owner}/{repo}',
        needs: 'contents: read',
        what: `tell the repository ${github.repository}`,
        expect: [404]
    };
    const { status, data } = await github.ask(request);
    if (status === 404)
        throw unseen(github.repository, request);
    return data;
}

;// CONCATENATED MODULE: ./build/github/members.js

function membersOf(value) {
    const of = (name) => (isRecord(value) ? value[name] : undefined);
    return {
        text: name => asText(of(name)),
        number: name => asNumber(of(name)),
        inner: name => membersOf(of(name)),
        list: name => listOf(of(name))
    };
}
/** The entries of a list; of anything else none. */
const listOf = (value) => (Array.isArray(value) ? value.map(membersOf) : []);
const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const asText = (value) => (typeof value === 'string' ? value : '');
const asNumber = (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : '');
/** The entries of a page. A page without its list is no empty one: nothing is known then. */
function entriesIn(page, name) {
    const list = isRecord(page) ? page[name] : undefined;
    if (Array.isArray(list))
        return list.map(membersOf);
    throw (0,errors/* unavailable */.hU)('github_unavailable', `expected a list of ${name} from GitHub, found something else`, 'Try again; look at githubstatus.com.');
}

// EXTERNAL MODULE: ./build/core/kept.js
var kept = __webpack_require__(1336);
;// CONCATENATED MODULE: ./build/core/runs.js
/** Where a holder's run cannot be asked for at all. */
function notOurs({ runId, repository }, ours) {
    if (repository === undefined || repository.toLowerCase() === ours.toLowerCase())
        return undefined;
    return { state: 'unknown', because: `its run ${runId} belongs to ${repository}, and only ${ours} can be asked here` };
}
/** A holder is dead when its run is over. An answer about something else, or a word that we do not know, is no death. */
function lifeOfRun({ runId, runAttempt }, answer) {
    if ('unknown' in answer)
        return { state: 'unknown', because: answer.unknown };
    const { run } = answer;
    if (run.id !== runId)
        return { state: 'unknown', because: `asked for run ${runId}, GitHub told of run ${run.id}` };
    const named = `attempt ${run.attempt} of run ${runId}`;
    // A later attempt can only be there when the holder's own is over.
    if (runAttempt !== undefined && run.attempt > runAttempt)
        return { state: 'dead', because: `${named} came after it` };
    if (runAttempt !== undefined && run.attempt < runAttempt)
        return { state: 'unknown', because: `asked for attempt ${runAttempt}, GitHub told of ${named}` };
    if (run.status === 'completed')
        return { state: 'dead', because: `${named} is over (${run.conclusion || 'completed'})` };
    if (GOING.includes(run.status))
        return { state: 'alive', because: `${named} is ${run.status}` };
    return { state: 'unknown', because: `${named} is ${JSON.stringify(run.status)}, which says nothing` };
}
const GOING = ['queued', 'in_progress', 'waiting', 'requested', 'pending'];
/**
 * Whether the job that was on that runner has died while its run goes on. One that succeeded has left what it began to a
 * later job of its run, and one that GitHub does not tell of may be any. A runner takes one job at a time, and may have
 * had several: `isRunner` knows its name, also where that is concealed.
 */
function lifeOfJob(isRunner, answer) {
    if ('unknown' in answer)
        return { state: 'unknown', because: answer.unknown };
    const own = answer.jobs.filter(({ runner }) => runner !== '' && isRunner(runner));
    const last = own.at(-1);
    if (last === undefined)
        return { state: 'unknown', because: 'none of the jobs of its run was on its runner' };
    const going = own.find(({ status }) => status !== 'completed');
    if (going !== undefined)
        return { state: 'alive', because: `its job ${going.name} is ${going.status}` };
    const left = own.find(({ conclusion }) => conclusion === 'success');
    if (left !== undefined)
        return { state: 'unknown', because: `its job ${left.name} succeeded, and its run goes on` };
    return { state: 'dead', because: `its job ${last.name} is over (${last.conclusion || 'completed'})` };
}

;// CONCATENATED MODULE: ./build/github/runs.js




/** Workflow runs of the repository. What GitHub told once of an attempt that is over is not asked for again. */
function openRuns(github) {
    const over = new Map();
    return {
        read: async (runId, attempt) => {
            const key = `${runId}/${attempt ?? ''}`;
            const known = over.get(key);
            if (known !== undefined)
                return known;
            const answer = await orUnknown(() => readRun(github, runId, attempt));
            if (attempt !== undefined && 'run' in answer && answer.run.status === 'completed')
                over.set(key, answer);
            return answer;
        },
        jobs: async (runId, attempt) => await orUnknown(async () => ({ jobs: await readJobs(github, runId, attempt) }))
    };
}
async function readRun(github, runId, attempt) {
    if (!/^\d+$/.test(runId))
        return { unknown: `${JSON.stringify(runId)} is no id of a workflow run` };
    const whole = '/repos/{owner}/{repo}/actions/runs/{run_id}';
    const { status, data } = await github.ask({
        method: 'GET',
        path: attempt === undefined ? whole : `${whole}/attempts/{attempt_number}`,
        parameters: { run_id: Number(runId), ...(attempt !== undefined && { attempt_number: attempt }) },
        needs: 'actions: read',
        what: `tell of the workflow run ${runId}`,
        expect: [404]
    });
    // A deleted run, a run of another repository and a token that must not know of it all look like this.
    if (status === 404)
        return { unknown: `GitHub knows no run ${runId} of ${github.repository}` };
    const run = runFrom(membersOf(data));
    const elsewhere = notOurs({ runId, repository: run.repository || github.repository }, github.repository);
    return elsewhere === undefined ? { run } : { unknown: elsewhere.because };
}
/** The jobs of one attempt of a run. */
async function readJobs(github, runId, attempt) {
    const entries = await github.all({
        method: 'GET',
        path: '/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs',
        parameters: { run_id: Number(runId), attempt_number: attempt },
        needs: 'actions: read',
        what: `tell the jobs of the workflow run ${runId}`
    }, page => entriesIn(page, 'jobs'));
    return entries.map(job => ({
        id: job.number('id'),
        name: job.text('name'),
        status: job.text('status'),
        conclusion: job.text('conclusion'),
        runner: job.text('runner_name')
    }));
}
/** A workflow run as the API's answers and lists have it. */
const runFrom = (run) => ({
    id: run.number('id'),
    attempt: Number(run.number('run_attempt') || '1'),
    status: run.text('status'),
    conclusion: run.text('conclusion'),
    createdAt: run.text('created_at'),
    event: run.text('event'),
    actor: run.inner('actor').text('login'),
    triggeredBy: run.inner('triggering_actor').text('login'),
    repository: run.inner('repository').text('full_name')
});
/** What GitHub would not or could not tell is an answer here: who asks must not take it for anything else. */
async function orUnknown(ask) {
    try {
        return await ask();
    }
    catch (error) {
        if (!(error instanceof errors/* ChecklistError */.vm))
            throw error;
        const { message, hint, reason } = error;
        return { unknown: `${message}. ${hint}`, reason, hint };
    }
}
/**
 * The machine's own answer, and where it has none GitHub's: a holder of Actions is dead when its run is over, and when the
 * job that it was in has died while its run goes on. A later attempt of the same run knows that without asking.
 */
function livenessOnGitHub(machine, runs, repository) {
    const said = new Map();
    // Without the host: a ledger that everybody can read conceals it.
    const keyOf = ({ runId, runAttempt, pid, startedAt }) => [runId, runAttempt, pid, startedAt].join(' ');
    const tell = (process, { state, because }) => {
        said.set(keyOf(process), because);
        return state;
    };
    return {
        self: async () => {
            const self = await machine.self();
            return self.runId === undefined ? self : { ...self, repository };
        },
        state: async (process) => {
            said.delete(keyOf(process));
            const state = await machine.state(process);
            const { runId, runAttempt } = process;
            if (state !== 'unknown' || runId === undefined)
                return state;
            const run = { runId, ...(runAttempt !== undefined && { runAttempt }), ...owner(process) };
            const life = await askRun(run, runs, repository);
            const job = life.state === 'alive' ? await askJob(process, runs) : undefined;
            return tell(process, job?.state === 'dead' ? job : life);
        },
        ofJob: async (process) => {
            // A name that is ours may have been another machine's before.
            const { runner } = await machine.self();
            const known = process.runner !== undefined && runner !== undefined && (0,kept/* isRunner */.Dw)(process.runner, runner);
            const life = known ? undefined : await askJob(process, runs);
            return life === undefined ? 'unknown' : tell(process, life);
        },
        because: process => said.get(keyOf(process)) ?? machine.because?.(process) ?? ''
    };
}
const owner = ({ repository }) => (repository === undefined ? {} : { repository });
async function askRun(run, runs, repository) {
    return notOurs(run, repository) ?? lifeOfRun(run, await runs.read(run.runId, run.runAttempt));
}
async function askJob({ runId, runAttempt, runner }, runs) {
    if (runId === undefined || runAttempt === undefined || runner === undefined)
        return undefined;
    return lifeOfJob(name => (0,kept/* isRunner */.Dw)(runner, name), await runs.jobs(runId, runAttempt));
}

;// CONCATENATED MODULE: ./build/github/approvals.js


/** Who reviewed a run, and by whom a commit is. */
const openApprovals = (github) => ({
    read: async (runId) => await orUnknown(async () => {
        const { data } = await github.ask({
            method: 'GET',
            path: '/repos/{owner}/{repo}/actions/runs/{run_id}/approvals',
            parameters: { run_id: Number(runId) },
            needs: 'actions: read',
            what: `tell who approved the run ${runId}`
        });
        return { reviews: entriesIn({ reviews: data }, 'reviews').map(reviewFrom) };
    }),
    commit: async (sha) => {
        const found = await orUnknown(() => readCommit(github, sha));
        return found === undefined || 'unknown' in found ? undefined : found;
    }
});
/** Where a ref stands. Throws the refusal that names the missing permission, or UNAVAILABLE. */
const openRefs = (github) => ({
    newest: async (ref) => await readCommit(github, ref.replace(/^refs\//, ''))
});
const reviewFrom = (review) => ({
    state: review.text('state'),
    who: review.inner('user').text('login'),
    words: review.text('comment'),
    environments: review.list('environments').map(environment => environment.text('name'))
});
/** A commit by its SHA, or by a ref such as `heads/main` or `tags/v1`, whose tag may be annotated. */
async function readCommit(github, ref) {
    const { status, data } = await github.ask({
        method: 'GET',
        path: '/repos/{owner}/{repo}/commits/{ref}',
        parameters: { ref, per_page: 1 },
        needs: 'contents: read',
        what: `tell the commit of ${ref}`,
        // 422: nothing bears that name.
        expect: [404, 422]
    });
    if (status !== 200)
        return undefined;
    const commit = membersOf(data);
    const login = (role) => commit.inner(role).text('login');
    return { sha: commit.text('sha'), author: login('author'), committer: login('committer') };
}

;// CONCATENATED MODULE: ./build/github/commit-checks.js

/** A commit's checks, statuses and workflow runs, every page of them. */
const openCommitChecks = (github) => ({
    read: async (commit) => {
        const [checks, statuses, runs] = await Promise.all([
            readChecks(github, commit),
            readStatuses(github, commit),
            readRuns(github, commit)
        ]);
        return { commit, checks: checks.map(checkFrom), statuses, runs: runs.map(commitRunFrom) };
    }
});
const readChecks = async (github, commit) => await github.all({
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}/check-runs',
    parameters: { ref: commit, filter: 'latest' },
    needs: 'checks: read',
    what: `tell the checks of ${commit.slice(0, 12)}`
}, page => entriesIn(page, 'check_runs'));
// The combined status has the newest one of each context; its own word is `pending` where there is none at all.
async function readStatuses(github, commit) {
    const found = await github.all({
        method: 'GET',
        path: '/repos/{owner}/{repo}/commits/{ref}/status',
        parameters: { ref: commit },
        needs: 'statuses: read',
        what: `tell the statuses of ${commit.slice(0, 12)}`
    }, page => entriesIn(page, 'statuses'));
    return found.map(status => ({ context: status.text('context'), state: status.text('state') }));
}
const readRuns = async (github, commit) => await github.all({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/runs',
    parameters: { head_sha: commit },
    needs: 'actions: read',
    what: `tell the workflow runs of ${commit.slice(0, 12)}`
}, page => entriesIn(page, 'workflow_runs'));
/** Of a check that a job of Actions made, its address names the run. */
const checkFrom = (check) => ({
    name: check.text('name'),
    status: check.text('status'),
    conclusion: check.text('conclusion'),
    suite: check.inner('check_suite').number('id'),
    runId: check.inner('app').text('slug') === 'github-actions'
        ? (/\/actions\/runs\/(\d+)(?:\/|$)/.exec(check.text('details_url'))?.[1] ?? '')
        : ''
});
const OURS = /\/deploy-checklist\/\.github\/workflows\/(?:deploy|rollback|monitor|sign-off)\.ya?ml(?:@|$)/;
const commitRunFrom = (run) => ({
    id: run.number('id'),
    name: run.text('name'),
    workflow: run.number('workflow_id'),
    status: run.text('status'),
    conclusion: run.text('conclusion'),
    suite: run.number('check_suite_id'),
    ours: run.list('referenced_workflows').some(called => OURS.test(called.text('path')))
});

;// CONCATENATED MODULE: ./build/github/unreadable.js

/** What GitHub would not tell, as a fact: why, and what gives it. A cancel and a bug stay what they are. */
function unreadable(error) {
    if (!(error instanceof errors/* ChecklistError */.vm) || error.status === 'CANCELLED')
        throw error;
    const { message: why, hint, reason } = error;
    const known = reason === 'missing_permission' || reason === 'github_unavailable' ? { reason } : {};
    return { kind: 'unreadable', why, hint, ...known };
}
/** Reads by name, each once; what could not be read is asked for again. */
function readingOnce(read) {
    const known = new Map();
    return async (name) => {
        const before = known.get(name);
        if (before !== undefined)
            return before;
        try {
            const found = await read(name);
            known.set(name, found);
            return found;
        }
        catch (error) {
            return unreadable(error);
        }
    };
}

;// CONCATENATED MODULE: ./build/github/default-branch.js



/** Each file is read once. Without a ref GitHub gives the default branch's; at most 1 MiB of a file comes this way. */
const openDefaultBranch = (github) => ({
    read: readingOnce(file => readFile(file, github))
});
async function readFile(file, github) {
    const { status, data } = await github.ask({
        method: 'GET',
        path: '/repos/{owner}/{repo}/contents/{path}',
        parameters: { path: file.replace(/^(?:\.\/)+/, '') },
        needs: 'contents: read',
        what: `tell ${file} of the default branch`,
        expect: [404]
    });
    if (status === 404)
        return { kind: 'absent' };
    const answer = membersOf(data);
    if (answer.text('type') === 'file' && answer.text('encoding') === 'base64')
        return { kind: 'read', text: Buffer.from(answer.text('content'), 'base64').toString('utf8') };
    throw (0,errors/* unavailable */.hU)('github_unavailable', `expected the text of ${file} on the default branch from GitHub, found something else`, 'It must be a file of less than 1 MiB there.');
}

// EXTERNAL MODULE: ./build/core/deployments/own.js
var deployments_own = __webpack_require__(5697);
// EXTERNAL MODULE: ./build/core/deployments/status.js
var deployments_status = __webpack_require__(5687);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
;// CONCATENATED MODULE: ./build/github/deployments-api.js





const ALL = '/repos/{owner}/{repo}/deployments';
const ONE = `${ALL}/{deployment_id}`;
/** Under this name the payload of one that we made says whose it is. */
const MARK = 'deploy-checklist';
function openDeploymentsApi(github) {
    return {
        /** Newest first, the newest hundred. */
        list: async (filter, level = 'write') => {
            const { data } = await github.ask({
                method: 'GET',
                path: ALL,
                parameters: { ...filter, per_page: 100 },
                needs: `deployments: ${level}`,
                what: `list the deployments${filter.environment === undefined ? '' : ` to ${filter.environment}`}`
            });
            return entriesIn({ deployments: data }, 'deployments').map(listedFrom);
        },
        /** Newest first, the newest hundred. */
        statuses: async (id, level = 'write') => {
            const { data } = await github.ask({
                method: 'GET',
                path: `${ONE}/statuses`,
                parameters: { deployment_id: Number(id), per_page: 100 },
                needs: `deployments: ${level}`,
                what: `tell the statuses of deployment ${id}`
            });
            return entriesIn({ statuses: data }, 'statuses').map(statusFrom);
        },
        jobs: async ({ runId, runAttempt }) => await readJobs(github, runId, runAttempt),
        create: async ({ execution, environment, commit, description }) => {
            const { data } = await github.ask({
                method: 'POST',
                path: ALL,
                parameters: {
                    ...{ ref: commit, environment, description: description.slice(0, deployments_status/* MOST_CHARACTERS */.vy) },
                    // Nothing is merged, and whether the commit's checks passed was asked before, as the checklist has it.
                    ...{ auto_merge: false, required_contexts: [] },
                    ...{ payload: { [MARK]: execution }, production_environment: isProduction(environment) }
                },
                needs: 'deployments: write',
                what: `create a deployment to ${environment}`
            });
            const made = listedFrom(membersOf(data));
            // 202: GitHub has merged something, and deployed nothing.
            if (made.id === '')
                throw notMade(environment);
            return made;
        },
        /** False where `orGone` and there is no such deployment any more. */
        report: async (id, words, orGone = false) => {
            const { state, description, environmentUrl, logUrl, endsOthers } = words;
            const { status } = await github.ask({
                method: 'POST',
                path: `${ONE}/statuses`,
                parameters: {
                    ...{ deployment_id: Number(id), state, description: description.slice(0, deployments_status/* MOST_CHARACTERS */.vy) },
                    ...(environmentUrl !== '' && { environment_url: environmentUrl }),
                    ...(logUrl !== '' && { log_url: logUrl }),
                    auto_inactive: endsOthers
                },
                needs: 'deployments: write',
                what: `write a status of deployment ${id}`,
                ...(orGone && { expect: [404] })
            });
            return status !== 404;
        },
        remove: async (id) => {
            await github.ask({
                method: 'DELETE',
                path: ONE,
                parameters: { deployment_id: Number(id) },
                needs: 'deployments: write',
                what: `delete deployment ${id}, which was made twice`,
                expect: [404],
                repeatable: true
            });
        }
    };
}
/** As GitHub itself takes it where nobody says. */
const isProduction = (environment) => environment === 'production';
const notMade = (environment) => (0,errors/* unavailable */.hU)('github_unavailable', `GitHub did not create a deployment to ${environment}: expected one, found something else`, 'Look at the deployments of the environment on GitHub.');
const listedFrom = (deployment) => ({
    id: deployment.number('id'),
    sha: deployment.text('sha'),
    environment: deployment.text('environment'),
    app: deployment.inner('performed_via_github_app').text('slug'),
    execution: executionIn(deployment)
});
/** A payload comes as it was sent, or as JSON text. */
function executionIn(deployment) {
    const text = deployment.text('payload');
    if (text === '')
        return deployment.inner('payload').text(MARK);
    const parsed = (0,json/* parseJson */.qF)(text);
    const execution = (0,json/* isObject */.Gv)(parsed) ? parsed[MARK] : undefined;
    return typeof execution === 'string' ? execution : '';
}
const statusFrom = (status) => ({
    state: status.text('state'),
    description: status.text('description'),
    logUrl: status.text('log_url') || status.text('target_url'),
    byJob: status.inner('creator').text('login') === 'github-actions[bot]'
});

;// CONCATENATED MODULE: ./build/github/once-only.js


const MOST_WRITES = 2;
/**
 * A write whose answer was lost is looked for before it is made again, and made again once: what cannot be found then is
 * not known, and said. `find` says undefined where it is not there.
 */
async function onceOnly(write, find) {
    for (let writes = 1;; writes++) {
        try {
            return await write();
        }
        catch (fault) {
            if (!isLost(fault))
                throw fault;
            const found = await find();
            if (found !== undefined)
                return found;
            if (writes === MOST_WRITES)
                throw fault;
        }
    }
}
const isLost = (fault) => fault instanceof errors/* ChecklistError */.vm && fault.cause instanceof Error && fault.cause.name === LOST_ANSWER;

;// CONCATENATED MODULE: ./build/github/deployments.js






// So many are looked into: older ones are of other runs, or behind the newest by their chain.
const MOST = 30;
/** Deployments of our repository: they take `deployments: write`, and for verify `deployments: read`. */
function openDeployments(github) {
    const api = openDeploymentsApi(github);
    return {
        take: async (wanted) => {
            const listed = await listFor(api, wanted.environment, wanted.job.sha || wanted.commit);
            const own = await findOwn(api, wanted, (0,deployments_own/* ofJobs */.SQ)(listed).slice(0, MOST));
            if (own !== undefined)
                return own;
            const made = (0,deployments_own/* madeFor */.fy)(wanted.execution, listed);
            if (made !== undefined)
                return known(made, false, '');
            if (wanted.make === 'never')
                return undefined;
            return await make(api, wanted);
        },
        report: async (id, words, how) => {
            if (how === 'unless-said' && (await isSaid(api, id, words)))
                return;
            await onceOnly(() => api.report(id, words), async () => ((await isSaid(api, id, words)) ? true : undefined));
        },
        heads: async (environments) => {
            try {
                return await readHeads(api, environments);
            }
            catch (error) {
                const { why, hint } = unreadable(error);
                return { kind: 'unreadable', why, hint };
            }
        }
    };
}
/**
 * To GitHub an environment's name is the same in capitals, and a job may have written it otherwise than the checklist:
 * before there is none, all of the commit's are looked through.
 */
async function listFor(api, environment, sha) {
    const named = await api.list({ environment, sha });
    if (named.length > 0)
        return named;
    return (await api.list({ sha })).filter(one => one.environment.toLowerCase() === environment.toLowerCase());
}
/** The newest one whose log is that of our job; where nobody can say which job is ours, that of our run. */
async function findOwn(api, { job, make: making }, candidates) {
    if (candidates.length === 0 || job.runId === '')
        return undefined;
    const jobId = (0,deployments_own/* jobOn */.l2)(job.runner, await jobsOf(api, job));
    const ofRun = [];
    for (const candidate of candidates) {
        const logs = (await api.statuses(candidate.id)).map(({ logUrl }) => logUrl).filter(url => url !== '');
        const match = (0,deployments_own/* matchOf */.HU)(logs, job, jobId);
        if (match === 'another')
            continue;
        const found = known(candidate, true, logs[0] ?? '');
        if (match === 'this-job')
            return found;
        ofRun.push(found);
    }
    // A later attempt's own one is newer than those of the attempts before it.
    return making === 'unless-certain' && ofRun.length > 1 ? undefined : ofRun[0];
}
/** Without `actions: read` nobody knows which job is ours, which is no reason to do without the deployment. */
async function jobsOf(api, job) {
    try {
        return job.runner === '' ? [] : await api.jobs(job);
    }
    catch (error) {
        if (error instanceof errors/* ChecklistError */.vm && error.reason === 'missing_permission')
            return [];
        throw error;
    }
}
/** Makes one; where two at once did, the first one stays, whoever made it. */
async function make(api, wanted) {
    const { commit: sha, environment, execution } = wanted;
    const listed = async () => await listFor(api, environment, sha);
    // Listed under another commit than the run's, it may be there from before.
    const before = sha === (wanted.job.sha || sha) ? undefined : (0,deployments_own/* madeFor */.fy)(execution, await listed());
    if (before !== undefined)
        return known(before, false, '');
    const made = await onceOnly(() => api.create(wanted), async () => (0,deployments_own/* madeFor */.fy)(execution, await listed()));
    const all = await listed();
    for (const late of (0,deployments_own/* madeTooLate */.MI)(execution, all))
        await retire(api, late);
    return known((0,deployments_own/* madeFor */.fy)(execution, all) ?? made, false, '');
}
/** GitHub deletes only what is not active. Whoever else retires it at this moment is welcome to. */
async function retire(api, { id }) {
    const words = {
        state: 'inactive',
        description: 'made twice',
        environmentUrl: '',
        logUrl: '',
        endsOthers: false
    };
    if (await api.report(id, words, true))
        await api.remove(id);
}
/** Whether the newest status of ours, or of GitHub's after it, is this one. */
async function isSaid(api, id, { state, description }) {
    const statuses = await api.statuses(id);
    return statuses.some(status => status.state === state && status.description === description);
}
async function readHeads(api, environments) {
    const lists = environments.length === 0
        ? [await api.list({}, 'read')]
        : await Promise.all(environments.map(environment => api.list({ environment }, 'read')));
    const newest = lists.flatMap(list => list.slice(0, MOST));
    const heads = [];
    for (const { id } of newest) {
        const found = (await api.statuses(id, 'read')).map(({ description }) => (0,deployments_status/* headIn */.mU)(description));
        heads.push(...found.filter(head => head !== undefined));
    }
    const unique = new Map(heads.map(head => [`${head.id}:${head.seq}:${head.hash}`, head]));
    return { kind: 'read', heads: [...unique.values()], deployments: newest.length };
}
const known = ({ id, environment, sha }, own, logUrl) => ({
    ...{ id, environment, sha, own, logUrl }
});

;// CONCATENATED MODULE: ./build/github/billing-plan.js

const WITHOUT = ['free', 'pro', 'team', 'developer'];
const WITH = ['enterprise', 'business', 'business_plus'];
/**
 * Whether the plan has reviewers, wait timers and the rest for this repository: public ones and those of an Enterprise do.
 * Only an owner of an organization may see which plan it has, so that it often stays unknown.
 */
async function planOf({ private: hidden, visibility, html_url, owner }, { reviewers, waitMs, preventAdminBypass }, github) {
    if (!hidden || visibility === 'internal' || new URL(html_url).hostname !== 'github.com')
        return 'has-reviewers';
    if (reviewers.length > 0 || waitMs > 0 || preventAdminBypass === true)
        return 'has-reviewers';
    if (owner.type === 'User')
        return 'no-reviewers';
    const name = await nameOf(owner.login, github);
    if (WITHOUT.includes(name))
        return 'no-reviewers';
    return WITH.includes(name) ? 'has-reviewers' : 'unknown';
}
async function nameOf(org, github) {
    try {
        const { data } = await github.ask({
            method: 'GET',
            path: '/orgs/{org}',
            parameters: { org },
            needs: 'administration: read',
            what: `tell the plan of ${org}`,
            expect: [403, 404]
        });
        return data.plan?.name.toLowerCase() ?? '';
    }
    catch (error) {
        // It only tells apart what to do next; the gate is closed all the same.
        if (error instanceof errors/* ChecklistError */.vm && error.status !== 'CANCELLED')
            return '';
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/github/gate.js


/** Reads an environment's protection, once: 2 to 4 requests, which need `actions: read` and `contents: read`. */
const openGate = (options) => ({
    read: readingOnce(async (environment) => ({ kind: 'read', facts: await readEnvironment(environment, options) }))
});
/** As it is now. Throws what refuses it. */
async function readEnvironment(environment, { github, about }) {
    const [repository, answer] = await Promise.all([about(), askEnvironment(environment, github)]);
    const data = answer ?? {};
    const rules = data.protection_rules ?? [];
    const review = rules.find(({ type }) => type === 'required_reviewers');
    const facts = {
        repository: github.repository,
        environment,
        settingsUrl: `${repository.html_url}/settings/environments/${data.id === undefined ? 'new' : `${data.id}/edit`}`,
        exists: answer !== undefined,
        reviewers: (review?.reviewers ?? []).map(reviewerOf),
        preventSelfReview: review?.prevent_self_review === true,
        preventAdminBypass: data.can_admins_bypass === undefined ? undefined : !data.can_admins_bypass,
        waitMs: (rules.find(({ type }) => type === 'wait_timer')?.wait_timer ?? 0) * 60_000,
        branches: await branchesOf(environment, data, github)
    };
    return { ...facts, plan: await planOf(repository, facts, github) };
}
async function askEnvironment(environment, github) {
    const { status, data } = await github.ask({
        method: 'GET',
        path: '/repos/{owner}/{repo}/environments/{environment_name}',
        parameters: { environment_name: environment },
        needs: 'actions: read',
        what: `tell the environment ${environment}`,
        expect: [404]
    });
    return status === 404 ? undefined : data;
}
/** A team's organization stands only in its address: https://github.com/orgs/ORG/teams/SLUG. */
function reviewerOf({ type, reviewer }) {
    const { id, login, slug = '', html_url = '' } = reviewer;
    if (type === 'User')
        return { type, id, name: `@${login ?? id}` };
    const [, org] = /\/orgs\/([^/]+)\//.exec(html_url) ?? [];
    return { type, id, name: org === undefined ? `@${slug}` : `@${org}/${slug}` };
}
async function branchesOf(environment, { deployment_branch_policy: policy }, github) {
    if (policy?.custom_branch_policies === true)
        return { kind: 'custom', policies: await policiesOf(environment, github) };
    if (policy?.protected_branches === true)
        return { kind: 'protected', branches: await protectedBranches(github) };
    return { kind: 'all' };
}
async function policiesOf(environment, github) {
    const all = await github.all({
        method: 'GET',
        path: '/repos/{owner}/{repo}/environments/{environment_name}/deployment-branch-policies',
        parameters: { environment_name: environment },
        needs: 'actions: read',
        what: `tell the branches of the environment ${environment}`
    }, page => page.branch_policies);
    return all.map(({ id, name, type = 'branch' }) => ({ id, pattern: name, type }));
}
async function protectedBranches(github) {
    const all = await github.all({
        method: 'GET',
        path: '/repos/{owner}/{repo}/branches',
        parameters: { protected: true },
        needs: 'contents: read',
        what: 'tell the protected branches'
    });
    return all.map(({ name }) => name);
}

;// CONCATENATED MODULE: ./build/github/issue-comments.js



const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
/** GitHub takes no more characters than this. */
const LONGEST = 65_536;
/** `about` is what GitHub says of the repository, asked once for all who want to know. */
function openIssueComments(github, about) {
    async function post(issue, body) {
        await github.ask({
            ...{ method: 'POST', path: COMMENTS, needs: 'issues: write', what: `comment on issue ${issue}` },
            parameters: { issue_number: issue, body: body.slice(0, LONGEST) }
        });
    }
    return {
        write: async ({ issue, marker, body }) => {
            const mark = `<!-- ${marker} -->`;
            await onceOnly(() => post(issue, `${mark}\n${body}`), async () => (await readComments(github, issue)).find(said => said.text.startsWith(mark)));
        },
        isPublic: async () => isPublic(await about())
    };
}
/** All that was said in an issue, in its order. */
async function readComments(github, issue) {
    const comments = await github.all({
        ...{ method: 'GET', path: COMMENTS, needs: 'issues: read', what: `list the comments of issue ${issue}` },
        parameters: { issue_number: issue }
    });
    return comments.map(membersOf).map(saidFrom);
}
const saidFrom = (comment) => ({
    id: comment.number('id'),
    who: comment.inner('user').text('login'),
    isPerson: comment.inner('user').text('type') === 'User',
    text: comment.text('body'),
    at: comment.text('created_at'),
    url: comment.text('html_url'),
    // Without both moments it is not known to be as it was said.
    edited: comment.text('created_at') === '' || comment.text('created_at') !== comment.text('updated_at')
});

// EXTERNAL MODULE: ./build/core/deployments/last-head.js
var last_head = __webpack_require__(432);
;// CONCATENATED MODULE: ./build/github/last-head.js




/** Two requests at most, with `deployments: read`: before a deployment begins is no time for looking through all of them. */
function openLastHead(github) {
    const api = openDeploymentsApi(github);
    return {
        read: async (environment, own) => {
            try {
                const newest = (0,last_head/* lastToTell */.$)(await api.list({ environment }, 'read'), own);
                if (newest === undefined)
                    return undefined;
                // Whoever may write deployments may write a head: only what a job's own token has written is held against us.
                const told = (await api.statuses(newest.id, 'read')).filter(({ byJob }) => byJob);
                const [head] = told.map(({ description }) => (0,deployments_status/* headIn */.mU)(description)).filter(found => found !== undefined);
                return head && { deployment: newest.id, head };
            }
            catch (error) {
                // `verify` says so, with the permission that it takes.
                if (error instanceof errors/* ChecklistError */.vm && error.reason === 'missing_permission')
                    return undefined;
                throw error;
            }
        }
    };
}

// EXTERNAL MODULE: ./build/core/gate/settings.js
var gate_settings = __webpack_require__(5603);
;// CONCATENATED MODULE: ./build/github/set-gate.js




const ADMIN = 'administration: write';
/** Sets an environment's protection, with an admin's token. Everything but what is promised stays as it is. */
const openGateKeeper = (options) => ({
    apply: async (environment, rules, names) => {
        const facts = await readEnvironment(environment, options);
        const named = await Promise.all(names.map(name => reviewerCalled(name, options.github)));
        const settings = (0,gate_settings/* settingsFor */.zc)(rules, facts, named);
        if ((0,gate_settings/* asksForReviewers */.O7)(rules) && settings.reviewers.length === 0)
            throw withoutReviewer(environment);
        if (settings.reviewers.length > MOST_REVIEWERS)
            throw tooMany(settings);
        await write(settings, facts, options.github);
        return await readEnvironment(environment, options);
    }
});
// GitHub's own limit: https://docs.github.com/actions/reference/deployments-and-environments#required-reviewers
const MOST_REVIEWERS = 6;
const withoutReviewer = (environment) => (0,errors/* refused */.J5)('usage', `the checklist promises reviewers for ${environment}, it has none, and none is named`, 'Name who may approve, up to six: --reviewer @alice --reviewer @org/team.');
const tooMany = ({ reviewers }) => (0,errors/* refused */.J5)('usage', `GitHub takes ${MOST_REVIEWERS} reviewers, found ${reviewers.length}: ${reviewers.map(({ name }) => name).join(', ')}`, 'Name a team instead of its members.');
/** All of it may be done twice: writing the same again changes nothing. */
async function write(settings, facts, github) {
    const { environment } = facts;
    const path = '/repos/{owner}/{repo}/environments/{environment_name}';
    const common = { needs: ADMIN, what: `set the gate of ${environment}`, repeatable: true };
    const put = await github.ask({
        ...common,
        method: 'PUT',
        path,
        parameters: { environment_name: environment, ...(0,gate_settings/* bodyFor */.kj)(settings, facts) },
        expect: [422]
    });
    if (put.status === 422)
        throw notTaken(membersOf(put.data).text('message'), facts);
    const policies = `${path}/deployment-branch-policies`;
    for (const name of settings.addBranches) {
        const parameters = { environment_name: environment, name, type: 'branch' };
        // 303: it is there already.
        await github.ask({ ...common, method: 'POST', path: policies, parameters, expect: [303] });
    }
    for (const { id } of settings.removePolicies) {
        const parameters = { environment_name: environment, branch_policy_id: id };
        await github.ask({ ...common, method: 'DELETE', path: `${policies}/{branch_policy_id}`, parameters, expect: [404] });
    }
}
function notTaken(said, { environment, repository, settingsUrl }) {
    if (/billing plan/i.test(said))
        return (0,errors/* refused */.J5)('gate_not_available', `the plan of GitHub does not have this protection for ${repository}`, 'Promise what can be kept: `gate: { reviewers: sign-off }`; or make the repository public, or change the plan.');
    const hint = /can_admins_bypass/.test(said)
        ? `This server takes it on its page alone: ${settingsUrl}. Untick "Allow administrators to bypass", then run this again.`
        : `Set it by hand: ${settingsUrl}.`;
    return (0,errors/* refused */.J5)('gate_too_weak', `GitHub does not take these settings for ${environment}: ${said.slice(0, 300)}`, hint);
}
/** `@alice`, `@org/team`; without the @ as well. */
async function reviewerCalled(written, github) {
    const name = written.replace(/^@/, '');
    const [org = '', slug] = name.split('/');
    const isTeam = slug !== undefined;
    const { status, data } = await github.ask({
        method: 'GET',
        path: isTeam ? '/orgs/{org}/teams/{team_slug}' : '/users/{username}',
        parameters: isTeam ? { org, team_slug: slug } : { username: name },
        needs: isTeam ? 'members: read' : 'metadata: read',
        what: `tell who @${name} is`,
        expect: [404]
    });
    const id = Number(membersOf(data).number('id'));
    if (status !== 404 && Number.isInteger(id) && id > 0)
        return { type: isTeam ? 'Team' : 'User', id, name: `@${name}` };
    throw (0,errors/* refused */.J5)('usage', `GitHub knows no ${isTeam ? 'team' : 'person'} @${name}, or does not show it`, 'Write @alice for a person and @org/team for a team that may read the repository.');
}

// EXTERNAL MODULE: ./build/core/login.js
var login = __webpack_require__(2695);
;// CONCATENATED MODULE: ./build/github/sign-off-rights.js



const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
/** Whether `who` is whom an item asks for. A missing permission is an answer; that GitHub is down is a fault. */
async function rightOf(github, who, signer) {
    if (!LOGIN.test(who))
        return 'no';
    if (signer.kind === 'person')
        return (0,login/* isSameLogin */.A)(signer.name, who) ? 'yes' : 'no';
    try {
        return signer.kind === 'team' ? await isMember(github, who, signer.name) : await mayWrite(github, who);
    }
    catch (error) {
        if (!(error instanceof errors/* ChecklistError */.vm) || error.reason !== 'missing_permission')
            throw error;
        return { unknown: error.message, hint: error.hint };
    }
}
/** Anybody may comment in a public repository, and everybody may read one. */
async function mayWrite(github, who) {
    const { status, data } = await github.ask({
        method: 'GET',
        path: '/repos/{owner}/{repo}/collaborators/{username}/permission',
        parameters: { username: who },
        needs: 'metadata: read',
        what: `tell what ${who} may do here`,
        expect: [404]
    });
    return status === 200 && ['admin', 'write'].includes(membersOf(data).text('permission')) ? 'yes' : 'no';
}
async function isMember(github, who, name) {
    const [org = '', team = ''] = name.replace(/^@/, '').split('/');
    const base = { method: 'GET', needs: 'members: read', expect: [403, 404] };
    const place = '/orgs/{org}/teams/{team_slug}';
    const membership = await github.ask({
        ...base,
        path: `${place}/memberships/{username}`,
        parameters: { org, team_slug: team, username: who },
        what: `tell whether ${who} is of ${name}`
    });
    if (membership.status === 200)
        return membersOf(membership.data).text('state') === 'active' ? 'yes' : 'no';
    // "No such member" and "not yours to know" look alike: who may see the team is told the first.
    const seen = membership.status === 404 &&
        (await github.ask({ ...base, path: place, parameters: { org, team_slug: team }, what: `show ${name}` }))
            .status === 200;
    return seen ? 'no' : sign_off_rights_unseen(name);
}
const sign_off_rights_unseen = (name) => ({
    unknown: `this token may not see who is of ${name}`,
    hint: `A job's own token never may. Hand over one of an app or a person with Members: read of the organization (input members-token; secret SIGN_OFF_TOKEN of the called workflows), or name a person under people.`
});

;// CONCATENATED MODULE: ./build/github/sign-off-issue.js




/** What the workflow that records sign-offs looks for, and by which people find such issues. */
const LABEL = 'deploy-checklist';
const ISSUES = '/repos/{owner}/{repo}/issues';
const ISSUE = `${ISSUES}/{issue_number}`;
const READ = 'issues: read';
const WRITE = 'issues: write';
/** Sign-offs in issues of the repository; needs `issues: write`. `members` is who is asked about teams. */
function openSignOffPages(github, members = github) {
    const find = async (marker, since) => {
        // Not by its label alone: who may not set labels has issues without, and would open one after another.
        const found = await github.all({
            ...{ method: 'GET', path: ISSUES, needs: READ, what: 'list the issues' },
            parameters: { state: 'all', since, sort: 'created', direction: 'asc' }
        });
        return found
            .map(membersOf)
            .filter(isOurs)
            .map(pageFrom)
            .find(({ body }) => body.startsWith(marker));
    };
    return {
        find,
        comments: async (issue) => await readComments(github, issue),
        read: async (issue) => {
            const { status, data } = await github.ask({
                ...{ method: 'GET', path: ISSUE, needs: READ, what: `show issue ${issue}`, expect: [404, 410] },
                parameters: { issue_number: issue }
            });
            const page = pageFrom(membersOf(data));
            // One that was moved to another repository is answered for, under the number that it has there.
            return status === 200 && page.number === issue ? page : undefined;
        },
        open: async ({ title, body, marker, since }) => {
            const make = async () => {
                const { data } = await github.ask({
                    ...{ method: 'POST', path: ISSUES, needs: WRITE, what: 'open an issue for sign-offs' },
                    parameters: { title, body, labels: [LABEL] }
                });
                return pageFrom(membersOf(data));
            };
            return (await find(marker, since)) ?? (await onceOnly(make, () => find(marker, since)));
        },
        write: async (issue, { close, ...texts }) => {
            await github.ask({
                ...{ method: 'PATCH', path: ISSUE, needs: WRITE, what: `change issue ${issue}`, repeatable: true },
                parameters: { issue_number: issue, ...texts, ...(close && { state: 'closed', state_reason: close }) }
            });
        },
        answer: async (issue, { text, marker }) => {
            const make = async () => {
                await github.ask({
                    ...{ method: 'POST', path: `${ISSUE}/comments`, needs: WRITE, what: `answer in issue ${issue}` },
                    parameters: { issue_number: issue, body: text }
                });
            };
            await onceOnly(make, async () => (await readComments(github, issue)).find(said => said.text.startsWith(marker)));
        },
        right: async (who, signer) => await rightOf(signer.kind === 'team' ? members : github, who, signer)
    };
}
/**
 * Anybody may open an issue with our marker in a public repository. Ours are opened by an app, such as a job's token, or
 * by somebody who belongs to the repository.
 */
const isOurs = (issue) => issue.inner('pull_request').text('url') === '' &&
    (issue.inner('user').text('type') === 'Bot' ||
        ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(issue.text('author_association')));
const pageFrom = (issue) => ({
    number: Number(issue.number('number')),
    url: issue.text('html_url'),
    title: issue.text('title'),
    body: issue.text('body'),
    isOpen: issue.text('state') === 'open',
    author: issue.inner('user').text('login'),
    changedAt: issue.text('updated_at')
});

;// CONCATENATED MODULE: ./build/github/sign-off-rerun.js



const BETWEEN_MS = 10_000;
/** A run that waits has only its last steps to end; longer than this it does something else. */
const MOST_LOOKS = 12;
/** Runs a waiting run's failed jobs again; needs `actions: write`. */
function openReruns(github, clock) {
    const look = async (runId) => {
        const { data } = await github.ask({
            ...{ method: 'GET', path: '/repos/{owner}/{repo}/actions/runs/{run_id}', needs: 'actions: read' },
            ...{ what: `tell of the workflow run ${runId}`, parameters: { run_id: Number(runId) } }
        });
        return runFrom(membersOf(data));
    };
    return {
        again: async (runId, attempt) => {
            try {
                for (let looks = 1; looks <= MOST_LOOKS; looks++) {
                    const run = await look(runId);
                    if (run.attempt > attempt)
                        return { kind: 'under-way' };
                    if (run.status === 'completed')
                        return await begin(github, runId, async () => (await look(runId)).attempt > attempt);
                    await clock.sleep(BETWEEN_MS);
                }
                return { kind: 'not-asked', why: `the run ${runId} has not come to its end` };
            }
            catch (error) {
                return notAsked(error);
            }
        }
    };
}
/** Whatever was answered, the run says itself whether it has begun again. */
async function begin(github, runId, hasBegun) {
    try {
        await github.ask({
            ...{ method: 'POST', path: '/repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs' },
            ...{
                needs: 'actions: write',
                what: `run the failed jobs of ${runId} again`,
                parameters: { run_id: Number(runId) }
            }
        });
        return { kind: 'begun' };
    }
    catch (error) {
        const why = notAsked(error);
        return (await hasBegun()) ? { kind: 'under-way' } : why;
    }
}
function notAsked(error) {
    if (!(error instanceof errors/* ChecklistError */.vm) || error.status === 'CANCELLED')
        throw error;
    return { kind: 'not-asked', why: error.message };
}

// EXTERNAL MODULE: ./build/app/job-file.js
var job_file = __webpack_require__(4978);
;// CONCATENATED MODULE: ./build/app/about-in-job.js



/** What GitHub says of the repository, asked once a job: every step's ledger has to know whether everybody can read it. */
const aboutInJob = (ask, job) => once(async () => {
    const { temporary, repository, runId, runAttempt } = job;
    const file = (0,job_file/* jobFile */._h)(temporary, 'deploy-checklist-about-*.json', JSON.stringify([repository, runId, runAttempt]));
    const left = aboutFrom((0,json/* parseJson */.qF)(await (0,job_file/* leftIn */.J$)(file)));
    if (left !== undefined)
        return left;
    const about = await ask();
    const kept = aboutFrom(about);
    if (kept !== undefined)
        await (0,job_file/* leaveIn */.f0)(file, JSON.stringify(kept));
    return about;
});
/** Of all that GitHub says, what is asked here; undefined of anything else, so that it is asked for again. */
function aboutFrom(value) {
    if (!(0,json/* isObject */.Gv)(value) || !(0,json/* isObject */.Gv)(value['owner']))
        return undefined;
    const { private: hidden, visibility, default_branch, html_url } = value;
    const { login, type } = value['owner'];
    if (typeof hidden !== 'boolean' || typeof visibility !== 'string' || typeof default_branch !== 'string')
        return undefined;
    if (typeof html_url !== 'string' || typeof login !== 'string' || typeof type !== 'string')
        return undefined;
    return { private: hidden, visibility, default_branch, html_url, owner: { login, type } };
}

// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
// EXTERNAL MODULE: ./build/core/join-signals.js
var join_signals = __webpack_require__(9424);
;// CONCATENATED MODULE: ./build/github/without-answer.js
const UNSENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];
const CERTIFICATE = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|HOSTNAME_MISMATCH)/;
const CONNECTION = ['connect', 'getaddrinfo'];
const WORDS = {
    ECONNREFUSED: 'the connection was refused',
    ENOTFOUND: 'its name is not known',
    EAI_AGAIN: 'its name cannot be looked up',
    ECONNRESET: 'the connection was cut',
    UND_ERR_SOCKET: 'the connection was cut',
    UND_ERR_CONNECT_TIMEOUT: 'there was no connection in time'
};
/**
 * What fetch throws, as far as it says whether the request can have reached GitHub. What is not known to have stayed
 * here counts as lost. `token` never comes out: fetch quotes a header that it cannot send.
 */
function withoutAnswer(thrown, token) {
    const { code, syscall, message } = innermost(thrown);
    const why = (WORDS[code] ?? (code === '' ? message : `${message} (${code})`)).replaceAll(token, '***');
    const isCertificate = CERTIFICATE.test(code);
    if (isCertificate || UNSENT.includes(code) || CONNECTION.includes(syscall))
        return { kind: 'unsent', why, final: isCertificate };
    return { kind: 'lost', why };
}
// The error that has a code is wrapped by undici, and again by octokit; `instanceof` fails across realms.
function innermost(thrown) {
    const fault = (typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) });
    const own = { code: without_answer_text(fault.code), syscall: without_answer_text(fault.syscall), message: without_answer_text(fault.message) || 'no answer' };
    if (own.code !== '' || fault.cause === undefined || fault.cause === null)
        return own;
    return innermost(fault.cause);
}
const without_answer_text = (value) => (typeof value === 'string' ? value : '');

;// CONCATENATED MODULE: ./build/github/wire.js




const HEADERS = { 'x-github-api-version': '2022-11-28' };
const PROXIES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
const SILENT = { debug() { }, info() { }, warn() { }, error() { } };
/**
 * Sends single requests, each within the time limit and through the runner's proxy if there is one. Never rejects for
 * what happens on the wire, and never repeats: octokit's plug-ins would repeat writes, and send one a second.
 */
function openWire(options) {
    const octokit = once(() => openOctokit(options));
    return async ({ method, path, parameters }) => {
        const { request } = await octokit();
        const limited = withinLimit(options);
        try {
            const how = { signal: limited.signal, redirect: 'manual', log: SILENT };
            return answered(await request({ ...parameters, method, url: path, headers: HEADERS, request: how }));
        }
        catch (thrown) {
            const answer = thrown.response;
            if (answer !== undefined)
                return answered(answer);
            if (options.signal?.aborted)
                return { kind: 'aborted' };
            if (limited.signal.aborted)
                return { kind: 'lost', why: `no answer within ${(0,units/* formatDuration */.a3)(options.timeoutMs)}` };
            return withoutAnswer(thrown, options.token);
        }
        finally {
            limited.done();
        }
    };
}
// Only @actions/github knows the runner's proxy. It brings an undici of its own, and loading that takes longer than all
// that a stage asks: where there is no proxy, Node's own fetch does.
async function openOctokit({ url, token, env }) {
    const options = { baseUrl: url, userAgent: 'deploy-checklist', log: SILENT };
    const isProxied = env === undefined || PROXIES.some(name => env[name]);
    if (isProxied)
        return (await Promise.all(/* import() */[__webpack_require__.e(194), __webpack_require__.e(420)]).then(__webpack_require__.bind(__webpack_require__, 6420))).getOctokit(token, options);
    return new (await __webpack_require__.e(/* import() */ 194).then(__webpack_require__.bind(__webpack_require__, 5194))).Octokit({ ...options, auth: token });
}
function withinLimit({ timeoutMs, signal }) {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), timeoutMs);
    const joined = (0,join_signals/* joinSignals */.o)(limit.signal, ...(signal === undefined ? [] : [signal]));
    const done = () => {
        clearTimeout(timer);
        joined.done();
    };
    return { signal: joined.signal, done };
}
function answered({ status, data, headers }) {
    // Where a body is torn, or is no JSON, octokit hands it on as text and calls it a success.
    const torn = status < 300 && typeof data === 'string' && 'content-type' in headers;
    if (torn)
        return { kind: 'lost', why: 'what it answered is not whole, or no JSON' };
    const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
    return { kind: 'answered', status, data, headers: Object.fromEntries(named) };
}

;// CONCATENATED MODULE: ./build/github/persist.js




const MOST_REDIRECTS = 3;
/** Asks until there is an answer, or none to be had: then it throws. A limit and 5xx are no answers. */
function openPersistence(options) {
    const { url, owner, repo, clock, signal, patienceMs, onWait } = options;
    const { host } = new URL(url);
    const send = openWire(options);
    let sent = 0;
    async function persist(request) {
        const { method, path, parameters = {}, repeatable = method === 'GET' } = request;
        const own = path.includes('{owner}') ? { owner, repo } : {};
        let maybeDone = false;
        let waitedMs = 0;
        for (let tries = 1;; tries++) {
            if (signal?.aborted)
                throw cancelled(request, maybeDone);
            const outcome = await follow({ method, path, parameters: { ...own, ...parameters } });
            if (isAnswer(outcome))
                return outcome;
            maybeDone ||= method !== 'GET' && mayBeDone(outcome);
            const waitMs = retryInMs({ outcome, repeatable, tries, waitedMs, patienceMs, now: clock.now() });
            if (waitMs === undefined)
                throw faultOf(outcome, { request, host, maybeDone });
            onWait(`GitHub did not ${request.what} yet: it is asked again in ${(0,units/* formatDuration */.a3)(waitMs)}`);
            waitedMs += waitMs;
            await clock.sleep(waitMs, signal);
        }
    }
    /** What was renamed sends on. Followed for reads, and never to another server: the token is for this one. */
    async function follow(call) {
        let outcome = await counted(call);
        for (let hops = 0; hops < MOST_REDIRECTS; hops++) {
            const target = call.method === 'GET' ? redirectOf(outcome, url) : undefined;
            if (target === undefined)
                return outcome;
            outcome = await counted({ method: 'GET', path: target, parameters: {} });
        }
        return outcome;
    }
    async function counted(call) {
        const outcome = await send(call);
        if (outcome.kind !== 'unsent')
            sent += 1;
        return outcome;
    }
    return { persist, sent: () => sent };
}
const isAnswer = (outcome) => outcome.kind === 'answered' && outcome.status < 500 && !isLimited(outcome);
const mayBeDone = (outcome) => outcome.kind === 'answered' ? outcome.status >= 500 : outcome.kind !== 'unsent';
function redirectOf(outcome, url) {
    if (outcome.kind !== 'answered' || ![301, 302, 307, 308].includes(outcome.status))
        return undefined;
    const location = outcome.headers['location'];
    if (location === undefined || !URL.canParse(location, url))
        return undefined;
    const target = new URL(location, url);
    return target.origin === new URL(url).origin ? target.href : undefined;
}

;// CONCATENATED MODULE: ./build/github/api.js



const IN_REPOSITORY = '/repos/{owner}/{repo}';
const MOST_PAGES = 100;
// Anything else cannot be sent, and what cannot be sent is quoted by those who try.
const USABLE_TOKEN = /^[\x21-\x7e]+$/;
/** GitHub over HTTP. Loads nothing and sends nothing before the first request. */
function openGitHub(options) {
    const { token, repository, timeoutMs = 30_000, patienceMs = 180_000, onWait = () => { } } = options;
    const url = usable(options.url);
    const [owner = '', repo = ''] = repository.split('/');
    const { clock, signal, env } = options;
    const how = { env, signal, timeoutMs, patienceMs, onWait };
    const { persist, sent } = openPersistence({ url, token, owner, repo, clock, ...how });
    /** Whether this token sees the repository, once that is known or asked. */
    let sees;
    async function ask(request) {
        if (!USABLE_TOKEN.test(token))
            throw noToken(request);
        const answer = await persist(request);
        const { status, headers } = answer;
        if (status < 300 && request.path.startsWith(IN_REPOSITORY))
            sees = Promise.resolve(true);
        const isInside = request.path.startsWith(`${IN_REPOSITORY}/`);
        if (status === 404 && isInside && !(await seesRepository()))
            throw unseen(repository, request);
        if (status >= 300 && !request.expect?.includes(status))
            throw faultOf(answer, { request, host: new URL(url).host, maybeDone: false });
        return { status, data: answer.data, headers };
    }
    // A 404 says "absent" only to those who see the repository; to others everything is.
    async function seesRepository() {
        const request = { method: 'GET', path: IN_REPOSITORY, needs: 'metadata: read', what: `show ${repository}` };
        sees ??= ask({ ...request, expect: [404] }).then(({ status }) => status !== 404);
        try {
            return await sees;
        }
        catch (fault) {
            sees = undefined;
            throw fault;
        }
    }
    async function all(request, entries = page => page) {
        const found = [];
        let parameters = { per_page: 100, ...request.parameters };
        for (let pages = 1; pages <= MOST_PAGES; pages++) {
            const page = await ask({ ...request, parameters });
            found.push(...api_listOf(entries(page.data), request));
            const next = nextPage(page, url);
            if (next === undefined)
                return found;
            // Only its query: the path, and who is asked, stay ours.
            parameters = { ...parameters, ...next };
        }
        throw odd(request, `more than ${MOST_PAGES} pages of it`);
    }
    return { repository, ask, all, sent };
}
function usable(url) {
    if (/^https?:/.test(url) && URL.canParse(url))
        return url.replace(/\/+$/, '');
    throw (0,errors/* refused */.J5)('usage', 'GITHUB_API_URL is no web address', 'It looks like https://api.github.com.');
}
function nextPage({ headers }, url) {
    const next = /<([^>]*)>;\s*rel="next"/.exec(headers['link'] ?? '')?.[1];
    return next === undefined ? undefined : Object.fromEntries(new URL(next, url).searchParams);
}
function api_listOf(list, request) {
    if (!Array.isArray(list))
        throw odd(request, 'something else');
    return list;
}
const odd = ({ what }, found) => (0,errors/* unavailable */.hU)('github_unavailable', `GitHub did not ${what}: expected a list, found ${found}`, 'Run it again.');

// EXTERNAL MODULE: ./build/app/host.js
var app_host = __webpack_require__(5088);
// EXTERNAL MODULE: ./build/app/identity.js
var app_identity = __webpack_require__(4228);
;// CONCATENATED MODULE: ./build/app/client.js




/** A client of GitHub's API for this process, with the process's own token where `how` names no other one. */
const openClient = ({ host, say }, how) => openGitHub({
    ...{ url: (0,app_host/* apiOf */.ir)(host), token: host.gitHubToken ?? '', clock: host.clock, env: host.env, onWait: say },
    ...how
});
/** `owner/name`, or a refusal that says how to name it. */
async function ownerAndName(repository) {
    const name = await repository();
    if ((0,app_identity/* isOwnerAndName */.EM)(name))
        return name;
    throw (0,errors/* refused */.J5)('usage', `expected a clone of a repository on GitHub, found ${name}, whose remote names no owner`, 'Run it in such a clone, or say which one: GITHUB_REPOSITORY=OWNER/NAME.');
}

;// CONCATENATED MODULE: ./build/app/branch-from-afar.js


/** They hold nothing, so that they need no run of Actions behind them: three look, one adds a person's word. */
const FROM_AFAR = ['history', 'show', 'verify', 'sign'];
const isFromAfar = (command) => FROM_AFAR.includes(command);
/** The ledger's branch from a machine of somebody's own, with a token that may read it; to sign, that may write it. */
function branchFromAfar(options) {
    return async (branch, clock) => {
        const { openBranchLedger } = await __webpack_require__.e(/* import() */ 196).then(__webpack_require__.bind(__webpack_require__, 1196));
        const github = openClient(options, { repository: await ownerAndName(options.repository) });
        const publicRepository = isPublic(await openAboutRepository(github)());
        return openBranchLedger({ github, branch, clock, publicRepository });
    };
}

;// CONCATENATED MODULE: ./build/app/branch-seen.js

/**
 * The newest commit of the ledger's branch that an earlier step of this job has seen, so that a forced push between two
 * steps is found. The runner's temporary folder is the job's; where there is none, nothing is handed on.
 */
async function seenBefore(branch, job) {
    const text = await (0,job_file/* leftIn */.J$)(fileFor(branch, job));
    return /^[0-9a-f]{40,64}$/.test(text) ? text : undefined;
}
/** The same ledger; once it is closed, later steps know what it has seen last. */
function handingOn(ledger, branch, job) {
    return {
        ...ledger,
        close: async () => {
            await ledger.close();
            const seen = ledger.seen();
            if (seen !== undefined)
                await (0,job_file/* leaveIn */.f0)(fileFor(branch, job), seen);
        }
    };
}
const fileFor = (branch, { temporary, repository }) => (0,job_file/* jobFile */._h)(temporary, 'deploy-checklist-seen-*', JSON.stringify([repository, branch]));

;// CONCATENATED MODULE: ./build/app/front.js

















/**
 * In Actions everything that the job's token may. Elsewhere what the command `gate` shows and sets, and the ledger's branch
 * for those that only look or sign: a run that no environment holds back is behind no gate, whatever GitHub would enforce for others.
 */
function openFront(options, command) {
    const { host, actions, machine } = options;
    if ((host.gitHubToken ?? '') === '')
        return { gate: front_closed(actions === undefined ? NO_TOKEN_HERE : NO_TOKEN), liveness: machine };
    const deployments = deploymentsFor(options);
    if (actions !== undefined)
        return { ...inActions(options, actions), deployments };
    const comments = commentsFor(options);
    if (command === 'gate')
        return forAdmin(options);
    const outside = { gate: front_closed(OUTSIDE), liveness: machine, comments, deployments };
    return isFromAfar(command) ? { ...outside, ledger: branchFromAfar(options) } : outside;
}
/** They tell what is done and decide nothing, so that nothing waits long for them; also of a cancelled run: no signal. */
function deploymentsFor(options) {
    const opened = once(async () => {
        const repository = await options.repository();
        return openDeployments(openClient(options, { repository, timeoutMs: 5_000, patienceMs: 6_000 }));
    });
    return {
        take: async (wanted) => await (await opened()).take(wanted),
        report: async (...asked) => await (await opened()).report(...asked),
        heads: async (environments) => await (await opened()).heads(environments)
    };
}
function inActions(options, actions) {
    const { host, machine, signal } = options;
    const { repository } = actions;
    const github = openClient(options, { repository, signal });
    const about = aboutInJob(openAboutRepository(github), actions);
    const runs = openRuns(github);
    const members = host.membersToken === undefined ? github : openClient(options, { repository, signal, token: host.membersToken });
    return {
        ...aboutGate(github, about),
        onGitHub: {
            commitChecks: openCommitChecks(github),
            refs: openRefs(github),
            runs,
            approvals: openApprovals(github),
            lastHead: openLastHead(github)
        },
        signOffs: { pages: openSignOffPages(github, members), reruns: openReruns(github, host.clock) },
        comments: openIssueComments(openClient(options, { repository, ...BRIEF }), about),
        liveness: livenessOnGitHub(machine, runs, repository),
        ledger: async (branch, clock) => {
            const { openBranchLedger } = await __webpack_require__.e(/* import() */ 196).then(__webpack_require__.bind(__webpack_require__, 1196));
            const publicRepository = isPublic(await about());
            const seen = await seenBefore(branch, actions);
            // What a cancelled run leaves must still be written down, so this one has no signal.
            const store = { github: openClient(options, { repository }), branch, clock, publicRepository };
            return handingOn(openBranchLedger({ ...store, ...(seen !== undefined && { seen }) }), branch, actions);
        }
    };
}
function forAdmin(options) {
    const { machine, signal } = options;
    const opened = once(async () => {
        const repository = await ownerAndName(options.repository);
        const github = openClient(options, { repository, signal });
        return aboutGate(github, openAboutRepository(github));
    });
    return {
        gate: { read: async (environment) => await (await opened()).gate.read(environment) },
        gateKeeper: { apply: async (...asked) => await (await opened()).gateKeeper.apply(...asked) },
        defaultBranch: { read: async (file) => await (await opened()).defaultBranch.read(file) },
        liveness: machine
    };
}
/** Nothing waits long for a comment; and what a cancelled run has to tell is still told, so that this has no signal. */
const BRIEF = { timeoutMs: 4_000, patienceMs: 2_000 };
function commentsFor(options) {
    const opened = once(async () => {
        const github = openClient(options, { repository: await options.repository(), ...BRIEF });
        return openIssueComments(github, openAboutRepository(github));
    });
    return {
        write: async (comment) => await (await opened()).write(comment),
        isPublic: async () => await (await opened()).isPublic()
    };
}
/** What each of these has been told is remembered by it, so that they are made once. */
function aboutGate(github, about) {
    const options = { github, about };
    return {
        gate: openGate(options),
        gateKeeper: openGateKeeper(options),
        defaultBranch: openDefaultBranch(github)
    };
}
const front_closed = (why) => ({ read: async () => ({ kind: 'unreadable', ...why }) });
const NO_TOKEN = {
    why: 'this step has no token to ask GitHub with',
    hint: 'Leave the input `github-token` as it is, and give the job `permissions: { actions: read, contents: read }`.'
};
const NO_TOKEN_HERE = {
    why: 'there is no token to ask GitHub with',
    hint: 'To look at the gate: GITHUB_TOKEN=$(gh auth token) deploy-checklist gate. To deploy behind it: run it in GitHub Actions.'
};
const OUTSIDE = {
    why: 'nothing holds a run outside of GitHub Actions back until somebody has approved',
    hint: 'Run it in GitHub Actions, in a job with that `environment:`; or take `gate` out of the checklist.'
};

// EXTERNAL MODULE: ./build/core/engine/bench.js
var engine_bench = __webpack_require__(8731);
// EXTERNAL MODULE: ./build/core/engine/state.js + 2 modules
var engine_state = __webpack_require__(9543);
// EXTERNAL MODULE: ./build/core/names.js
var names = __webpack_require__(5562);
// EXTERNAL MODULE: ./build/core/notify/message.js
var notify_message = __webpack_require__(5685);
// EXTERNAL MODULE: ./build/core/execution.js
var core_execution = __webpack_require__(6464);
;// CONCATENATED MODULE: ./build/core/notify/notices.js


/**
 * What there is to tell of an execution, oldest first, each cause once. It follows from the events alone: whoever writes
 * the event tells it, and a write is a compare-and-swap, so that no two processes tell the same.
 */
function noticesOf(events) {
    const [first] = events;
    if (first?.body.type !== 'opened' || !TOLD.includes(first.body.purpose))
        return [];
    const { plan, purpose, prepared = false } = first.body;
    let state = (0,engine_state/* startOf */.GH)(plan);
    const found = new Map();
    let resumed = 0;
    for (const { body, seq, at } of events) {
        if (body.type === 'joined' && body.why === 'resume')
            resumed += 1;
        // The state before a resume counts: it forgets what it looks at again.
        state = seq === first.seq ? state : (0,engine_state/* advance */.np)(state, body);
        const known = { purpose, prepared, state, resumed, looked: () => looks(events, at) };
        const notice = noticeOf(body, known);
        if (notice !== undefined && !found.has(notice.cause))
            found.set(notice.cause, { ...notice, seq, at });
    }
    return [...found.values()];
}
const TOLD = ['deploy', 'rollback'];
/** Whether an event may be one that is told of: most are not, and a long journal is not read again for each of them. */
const mayBeTold = ({ type }) => TELLING.includes(type);
const TELLING = ['opened', 'joined', 'paused', 'told', 'ended', 'checkpoint'];
function noticeOf(body, known) {
    switch (body.type) {
        case 'opened':
            // Ahead of the gate nothing starts yet: the job behind it joins.
            return known.prepared ? undefined : { kind: 'start', cause: 'start' };
        case 'joined':
            return known.prepared ? { kind: 'start', cause: 'start' } : undefined;
        case 'paused':
            return body.status === 'WAITING'
                ? { kind: 'waiting', cause: waitingCause(waitingFor(known.state) || body.reason) }
                : { kind: 'failure', cause: `failure:cancelled:${known.resumed}` };
        case 'told':
            return body.kind === 'waiting' ? { kind: 'waiting', cause: body.cause } : undefined;
        case 'ended':
            return endOf(body, known.purpose);
        case 'checkpoint':
            return body.passed ? undefined : { kind: 'failure', cause: `failure:checkpoint:${known.looked()}` };
        default:
            return undefined;
    }
}
function endOf({ status, reason }, purpose) {
    // Set aside for a newer one, whose own start is told.
    if (reason === 'superseded')
        return undefined;
    if (status === 'ROLLED_BACK')
        return { kind: 'rollback', cause: 'rollback' };
    if (!(0,core_execution/* isSuccess */.oJ)(status))
        return { kind: 'failure', cause: `failure:${reason}` };
    return purpose === 'rollback'
        ? { kind: 'rollback', cause: 'rollback' }
        : { kind: 'success', cause: 'success' };
}
/** The cause of a process that waits for an answer to this item. */
const waitingCause = (item) => `waiting:${item}`;
/** Items that a person has to settle, or actions of which nobody knows how they went. */
function waitingFor(state) {
    const waiting = [...state.deeds.values()].filter(({ settled }) => settled?.outcome === 'waiting');
    return [...waiting, ...(0,engine_state/* unresolved */.II)(state)].map(({ item }) => item).join(',');
}
/** Several late checkpoints that one look has answered are one thing to tell. */
const looks = (events, moment) => events
    .flatMap(({ body, at }) => (body.type === 'checkpoint' && at === moment && !body.passed ? [body.checkpoint] : []))
    .join(',');

// EXTERNAL MODULE: ./build/core/result/result.js + 6 modules
var result_result = __webpack_require__(2300);
;// CONCATENATED MODULE: ./build/app/notify-public.js

/** An execution as everybody may read of it: verdicts and what people put their names under, as in a public ledger. */
const publicly = ({ record, events }) => retold(record, events.map(event => ({ ...event, body: (0,kept/* keptBody */.lO)(event.body, { keeps: 'verdicts' }) })), '');
/** The execution with these events in place of its own, and the message of the last that ended or paused it. */
function retold(record, events, otherwise) {
    const messages = events.flatMap(({ body }) => (body.type === 'paused' || body.type === 'ended' ? [body.message] : []));
    const errorMessage = record.errorMessage === '' ? '' : (messages.at(-1) ?? otherwise);
    return { record: { ...record, errorMessage }, events };
}

// EXTERNAL MODULE: ./build/core/notify/notifier.js
var notifier = __webpack_require__(7578);
// EXTERNAL MODULE: ./build/core/interpolate.js
var interpolate = __webpack_require__(7393);
// EXTERNAL MODULE: ./build/core/text.js
var core_text = __webpack_require__(6067);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(4902);
;// CONCATENATED MODULE: ./build/report/notice-page.js



/** A message as a comment in Markdown; what others wrote calls nobody and formats nothing. */
function noticePage(message) {
    const { kind, headline, why, next, rollbackCommand, links } = message;
    return [
        `${notifier/* SIGNS */.B2[kind]} **${(0,markdown/* prose */.CS)(headline)}**`,
        ...(why === '' ? [] : ['', (0,markdown/* prose */.CS)(why)]),
        '',
        facts(message),
        ...(next.length === 0 ? [] : ['', ...next.map(step => `- ${(0,markdown/* prose */.CS)(step)}`)]),
        ...(rollbackCommand === '' ? [] : ['', `Take it back: ${(0,markdown/* code */.aY)(rollbackCommand)}`]),
        ...(links.length === 0 ? [] : ['', links.map(linkOf).join(' · ')])
    ].join('\n');
}
const facts = ({ commit, release, startedBy, execution }) => [
    ...(commit === '' ? [] : [(0,markdown/* code */.aY)((0,core_text/* shortCommit */.Ax)(commit))]),
    ...(release === '' || release === commit ? [] : [(0,markdown/* prose */.CS)(release)]),
    `started by ${(0,markdown/* prose */.CS)(startedBy)}`,
    ...(execution === '' ? [] : [`execution ${(0,markdown/* code */.aY)(execution)}`])
].join(' · ');
const linkOf = ({ label, url }) => /^https?:\/\/[^\s()<>]+$/.test(url) ? `[${(0,markdown/* prose */.CS)(label)}](${url})` : `${(0,markdown/* prose */.CS)(label)}: ${(0,markdown/* prose */.CS)(url)}`;

;// CONCATENATED MODULE: ./build/app/notify-open.js




/** The destination with its names filled in; refused where one has no value here. */
function filledIn(to, values) {
    const fill = (text) => {
        const filled = (0,interpolate/* interpolate */.GW)(text, values);
        if ('text' in filled)
            return filled.text;
        const names = filled.missing.join(', ');
        throw (0,errors/* refused */.J5)('missing_value', `${names} ${filled.missing.length === 1 ? 'has' : 'have'} no value in this step`, `Set ${names} in its environment, from a secret of that name.`);
    };
    switch (to.kind) {
        case 'slack':
            return { ...to, url: fill(to.url) };
        case 'webhook':
            return { ...to, url: fill(to.url), ...(to.secret !== undefined && { secret: fill(to.secret) }) };
        case 'email':
            return { ...to, to: to.to.map(fill), from: fill(to.from), server: fill(to.server) };
        case 'issue-comment':
            return to;
    }
}
/** What of it is secret: none of it may be said, wherever it comes from. */
function secretsOf(to) {
    if (to.kind === 'slack')
        return [to.url, pathOf(to.url)];
    if (to.kind === 'webhook')
        return to.secret === undefined ? [] : [to.secret];
    return to.kind === 'email' ? [to.server] : [];
}
// Whoever knows what stands behind the host can write to the channel.
const pathOf = (url) => (URL.canParse(url) ? new URL(url).pathname : '');
// A run that tells nobody never loads them.
const notifiers = once(() => __webpack_require__.e(/* import() */ 72).then(__webpack_require__.bind(__webpack_require__, 9072)));
/** The adapter for it. */
async function openNotifier(to, { http, comments }) {
    switch (to.kind) {
        case 'slack':
            return (await notifiers()).openSlack({ http, url: to.url });
        case 'webhook':
            return (await notifiers()).openWebhook({ http, url: to.url, secret: to.secret });
        case 'email':
            return await (await notifiers()).openEmail(to);
        case 'issue-comment':
            return commenting(to.issue, comments);
    }
}
function commenting(issue, comments) {
    if (comments === undefined)
        throw (0,errors/* refused */.J5)('missing_permission', 'there is no token to comment on GitHub with', 'In GitHub Actions leave the input `github-token` as it is; elsewhere set GITHUB_TOKEN=$(gh auth token).');
    return {
        tell: async (message, signal) => {
            const comment = { issue, marker: `deploy-checklist ${message.key}`, body: noticePage(message) };
            await Promise.race([comments.write(comment), leftAt(signal)]);
        }
    };
}
/** GitHub's client ends by itself, a little later than whoever waits for it. */
const leftAt = (signal) => new Promise((_, reject) => {
    const late = (0,errors/* unavailable */.hU)('github_unavailable', 'GitHub did not take the comment in time', 'See githubstatus.com.');
    if (signal.aborted)
        reject(late);
    signal.addEventListener('abort', () => reject(late), { once: true });
});

;// CONCATENATED MODULE: ./build/app/notify-tell.js




/** The longest that anybody is tried to be told. */
const LONGEST_MS = 5_000;
/**
 * Tells one of them, in a few seconds or not at all; what could not be told is the answer, never a fault. `make` is asked
 * with the destination, since what stands where everybody reads says less.
 */
async function tell(to, make, telling) {
    const { redactor, mask } = telling;
    let kind = 'start';
    try {
        const filled = filledIn(to, telling.values);
        for (const secret of secretsOf(filled))
            if (secret.length > 4)
                mask(secret);
        const made = await make();
        if (made === undefined)
            return undefined;
        kind = made.kind;
        const notifier = await openNotifier(filled, telling);
        await inTime(signal => notifier.tell((0,notify_message/* withTexts */.j8)(made, redactor.redact), signal), telling.over);
        return undefined;
    }
    catch (thrown) {
        return untoldFor((0,notifier/* nameOfDestination */.N)(to), kind, thrown, redactor);
    }
}
/** Why it was not told, in words that hold no secret. */
function untoldFor(to, kind, thrown, { redact }) {
    const known = thrown instanceof errors/* ChecklistError */.vm;
    const hint = known ? thrown.hint : 'This is a fault of deploy-checklist. Please report it.';
    return { to: redact(to), kind, problem: redact((0,errors/* messageOf */.bD)(thrown)), hint: redact(hint) };
}
/** Whatever the other side does: over when the time is, or the process is. */
async function inTime(work, over) {
    const ended = new AbortController();
    const end = () => ended.abort();
    const late = new Promise((_, reject) => {
        ended.signal.addEventListener('abort', () => setImmediate(() => reject(new Error('not told in time'))), {
            once: true
        });
    });
    const timer = setTimeout(end, LONGEST_MS);
    over.addEventListener('abort', end, { once: true });
    if (over.aborted)
        end();
    try {
        await Promise.race([work(ended.signal), late]);
    }
    finally {
        clearTimeout(timer);
        over.removeEventListener('abort', end);
        late.catch(() => { });
    }
}

// EXTERNAL MODULE: ./build/app/notify-watch.js
var notify_watch = __webpack_require__(8777);
// EXTERNAL MODULE: ./build/app/workshop.js
var app_workshop = __webpack_require__(2071);
;// CONCATENATED MODULE: ./build/app/notify-herald.js











function openHerald(options) {
    const newest = new Map();
    let led;
    let waiting = [];
    let underWay = [];
    const ended = new AbortController();
    function hear({ record, events, fresh }) {
        newest.set(record.id, { record, events });
        if (!events.some(({ seq, body }) => fresh.has(seq) && mayBeTold(body)))
            return;
        for (const notice of noticesOf(events).filter(({ seq }) => fresh.has(seq))) {
            // How it ends is told at the end of the process, with all that is known by then.
            if (isPrompt(notice, events))
                send({ record, events }, notice);
            else
                waiting.push({ id: record.id, notice });
        }
    }
    function missed(thrown) {
        underWay.push(Promise.resolve(untoldFor('whoever is told', 'failure', thrown, options.redactor)));
    }
    function send(of, occasion, wants = () => true) {
        const rules = (0,notify_watch/* notifyOf */.N)(of.events).filter(rule => rule.on.includes(occasion.kind) && wants(rule));
        for (const rule of rules)
            underWay.push(tellOne(rule, occasion, of));
    }
    async function tellOne({ to }, occasion, of) {
        const open = to.kind === 'issue-comment';
        const make = async () => messageOn(occasion, open && (await isPublic()) ? publicly(of) : withAllWords(of));
        const untold = await tell(to, make, { ...options, values: valuesFor(of), over: ended.signal });
        return untold && { ...untold, kind: occasion.kind };
    }
    // Whatever GitHub says or does not: what nobody knows to be private is not.
    const isPublic = async () => (await options.comments?.isPublic().catch(() => true)) ?? true;
    const withAllWords = ({ record, events }) => retold(record, (0,kept/* withWords */.cS)(events, options.told), record.errorMessage);
    function messageOn(occasion, { record, events }) {
        const result = (0,result_result/* resultOf */.Bg)({ record, events, invocation: options.invocation });
        return result && (0,notify_message/* messageFor */.XW)(occasion, result);
    }
    function valuesFor({ record, events }) {
        const plan = (0,engine_state/* planOf */.XC)(events);
        const { env } = options.host;
        (0,app_workshop/* maskSecrets */.Q)(plan, options);
        const known = (0,engine_bench/* builtIns */.b3)(record.id, plan.key.environment, (0,engine_bench/* liveOf */.QA)(plan));
        return (0,names/* resolveNames */.jN)({ plan, kinds: options.kinds(), stages: [], env, builtIns: known }).values;
    }
    return {
        watching: ledger => (0,notify_watch/* watched */.V)(ledger, hear, missed),
        attend: journal => {
            led = journal;
        },
        leads: () => led,
        knows: id => newest.get(id),
        escalate: (of, occasion, afterMs) => send(of, occasion, rule => rule.afterMs === afterMs),
        tellOnly: (to, message, values) => tell(to, async () => message, { ...options, values, over: ended.signal }),
        settle: async (over) => {
            const late = waiting;
            waiting = [];
            for (const { id, notice } of late) {
                const of = newest.get(id);
                if (of !== undefined)
                    send(of, notice);
            }
            if (over?.aborted)
                ended.abort();
            over?.addEventListener('abort', () => ended.abort(), { once: true });
            const told = underWay;
            underWay = [];
            return (await Promise.all(told)).filter(untold => untold !== undefined);
        }
    };
}
/** While it goes on; only what stops or ends it is told at the end of its process. */
const isPrompt = ({ seq }, events) => {
    const type = events.find(event => event.seq === seq)?.body.type;
    return type !== 'paused' && type !== 'ended';
};

;// CONCATENATED MODULE: ./build/app/notify-patience.js


/** A process waits so long before it tells that it does: whoever looks at the page may have answered by then. */
const AT_ONCE_MS = 10_000;
/**
 * The same interview; a process that waits for an answer tells that it does, and after the time that somebody has set,
 * that nobody reacts. Written before it is told, as in every sweep that looks at it later.
 */
function patient(interview, { herald, clock }) {
    async function watch(item, signal) {
        const journal = herald().leads();
        const known = journal && herald().knows(journal.record.id);
        if (journal === undefined || known === undefined)
            return;
        const began = clock.now();
        const rules = (0,notify_watch/* notifyOf */.N)(known.events).filter(({ on }) => on.includes('escalation'));
        const limits = [...new Set(rules.map(({ afterMs }) => afterMs))].sort((a, b) => a - b);
        // Whoever sits at a terminal is being asked already.
        const steps = [...(interview.vouches === true ? [0] : []), ...limits];
        for (const afterMs of steps) {
            await clock.sleep(Math.max(afterMs, AT_ONCE_MS) - (clock.now().getTime() - began.getTime()), signal);
            if (signal.aborted)
                return;
            await tell(journal, waitingCause(item), afterMs, began);
        }
    }
    async function tell(journal, cause, afterMs, began) {
        const { id } = journal.record;
        const before = herald().knows(id)?.events ?? [];
        const kind = afterMs === 0 ? 'waiting' : 'escalation';
        const isTold = kind === 'waiting'
            ? noticesOf(before).some(notice => notice.cause === cause)
            : before.some(({ body }) => body.type === 'told' && body.cause === cause && body.afterMs === afterMs);
        if (isTold)
            return;
        await journal.commit({ type: 'told', kind, cause, afterMs });
        const known = herald().knows(id);
        if (kind === 'waiting' || known === undefined)
            return;
        const waitedMs = clock.now().getTime() - began.getTime();
        herald().escalate(known, { kind, cause, at: began.toISOString(), waitedMs }, afterMs);
    }
    return {
        ...interview,
        ask: async (question) => {
            const answered = new AbortController();
            // What cannot be written here, the process finds out by itself at its next write.
            watch(question.item, answered.signal).catch(() => { });
            try {
                return await interview.ask(question);
            }
            finally {
                answered.abort();
            }
        }
    };
}

// EXTERNAL MODULE: ./build/core/sign-offs/questions.js
var questions = __webpack_require__(8990);
// EXTERNAL MODULE: ./build/app/sign-hear.js + 2 modules
var sign_hear = __webpack_require__(3832);
// EXTERNAL MODULE: ./build/app/sign-page.js + 1 modules
var sign_page = __webpack_require__(4402);
// EXTERNAL MODULE: ./build/app/sign-ticks.js
var sign_ticks = __webpack_require__(1532);
;// CONCATENATED MODULE: ./build/app/sign-clerk.js






const EVERY_MS = 30_000;
/** Items that wait next to one another are asked with one look. */
const FRESH_MS = 10_000;
/** A page is a convenience: one that fails never fails the deployment, and what cannot be read is no word of anybody. */
function openClerk({ clock, say, otherwise, ...desk }) {
    let journal;
    let page;
    let heardAt = Number.NEGATIVE_INFINITY;
    /** Why no page can be had in this process; once said, it is not tried again. */
    let closed = false;
    async function listen(of) {
        if (closed)
            return false;
        const now = clock.now().getTime();
        if (page !== undefined && now - heardAt < FRESH_MS)
            return true;
        return await guarded(of, async (watched) => {
            const isNew = watched.state.asked === undefined;
            page = (page && (await desk.pages.read(page.number))) ?? (await (0,sign_page/* pageFor */.l6)(watched, desk));
            heardAt = now;
            await (0,sign_hear/* hear */.dc)(page, watched, desk);
            page = await (0,sign_ticks/* putStraysBack */.J)(page, watched, desk);
            if (isNew)
                say(`People are asked in ${page.url}`);
        });
    }
    /** True when it was done. A fault of the page is said; one of the ledger is what it is. */
    async function guarded(of, work) {
        let broken;
        const commit = async (...bodies) => {
            try {
                await of.commit(...bodies);
            }
            catch (error) {
                broken = error;
                throw error;
            }
        };
        try {
            await work(watching(of, commit));
            return true;
        }
        catch (error) {
            if (broken !== undefined || !(error instanceof errors/* ChecklistError */.vm))
                throw error;
            closed ||= error.reason !== 'github_unavailable';
            say(`Sign-offs in an issue: ${error.message}. ${closed ? error.hint : 'Nobody is asked for now.'}`);
            return false;
        }
    }
    const questionFor = (item) => journal && (0,questions/* questionsOf */.PW)(journal.state.plan).find(({ id }) => id === item);
    return {
        interview: {
            vouches: true,
            ask: async (asked) => {
                const question = questionFor(asked.item);
                if (journal === undefined || question === undefined)
                    return await otherwise.ask(asked);
                const waits = () => journal !== undefined && (0,questions/* standingOf */.YP)(journal.state, question).is === 'waits';
                await listen(journal);
                // Before an action nothing is held, so that waiting may cost no runner: the run ends, and goes on later.
                const isPatient = journal.state.acted && question.limitMs !== undefined;
                while (isPatient && waits() && !closed && !asked.signal.aborted) {
                    await clock.sleep(EVERY_MS, asked.signal);
                    if (!asked.signal.aborted)
                        await listen(journal);
                }
                return undefined;
            }
        },
        attend: of => {
            journal = of;
        },
        canAsk: async () => journal !== undefined && (await listen(journal)),
        leave: async () => {
            const of = journal;
            if (of?.state.asked === undefined || closed || (page === undefined && !(0,core_execution/* isEnded */.pl)(of.record)))
                return;
            await guarded(of, async (watched) => {
                page = await (0,sign_page/* refresh */.Ow)(page ?? (await (0,sign_page/* pageFor */.l6)(watched, desk)), watched, desk);
            });
        }
    };
}
/** The journal with another way to commit; its getters stay its own. */
const watching = (journal, commit) => ({
    get state() {
        return journal.state;
    },
    get record() {
        return journal.record;
    },
    get head() {
        return journal.head;
    },
    get seq() {
        return journal.seq;
    },
    keep: journal.keep,
    aside: journal.aside,
    commit
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(2311);
// EXTERNAL MODULE: ./build/core/condition.js + 1 modules
var core_condition = __webpack_require__(5057);
;// CONCATENATED MODULE: ./build/checks/findings.js

const pass = (detail) => ({ outcome: 'pass', detail });
const fail = (detail, hint) => ({ outcome: 'fail', detail, hint });
/** The check itself could not be made. */
const broken = (detail, hint) => ({ outcome: 'error', detail, hint });
/** Every mismatch in one finding, or a pass that says what was seen. */
const judged = (mismatches, seen, hint) => mismatches.length === 0 ? pass(seen) : fail(mismatches.join('; '), hint);
/**
 * A service that does not answer, or not in the item's time, is a finding about the service, which may come up while the
 * check polls; a cancel and any other fault are not for a check to judge and are thrown on.
 */
function unanswered(thrown, signal) {
    const fault = signal.aborted ? (0,errors/* timeOver */.km)(signal) : thrown;
    if (!(fault instanceof errors/* ChecklistError */.vm))
        throw thrown;
    if (!signal.aborted && fault.reason !== 'service_unavailable')
        throw thrown;
    return { outcome: 'fail', detail: fault.message, hint: fault.hint, reason: 'service_unavailable' };
}

// EXTERNAL MODULE: external "node:vm"
var external_node_vm_ = __webpack_require__(714);
;// CONCATENATED MODULE: ./build/checks/bounded-match.js


/** How long one pattern may search one text: far more than any honest one needs. */
const LIMIT_MS = 500;
const search = new external_node_vm_.Script('pattern.test(text)');
const place = {};
let ready;
/**
 * A pattern with nested repeats can search for ages in a few dozen characters, and nothing in JavaScript stops it; the
 * watchdog of node:vm does. Throws (ChecklistError) when the time is over.
 */
const boundedMatch = (pattern, text) => {
    ready ??= (0,external_node_vm_.createContext)(place);
    Object.assign(place, { pattern, text });
    try {
        return search.runInContext(ready, { timeout: LIMIT_MS }) === true;
    }
    catch (cause) {
        const message = `the pattern ${pattern} did not come to an end within ${LIMIT_MS} ms: ${(0,errors/* messageOf */.bD)(cause)}`;
        const hint = 'Write it without a repeat inside a repeat, such as (a+)+.';
        throw new errors/* ChecklistError */.vm('FAILED', 'usage', { message, hint, cause });
    }
    finally {
        Object.assign(place, { pattern: undefined, text: undefined });
    }
};

;// CONCATENATED MODULE: ./build/checks/judge.js



/** Whether a value meets a condition whose form the shape has checked already. */
const meets = (wanted, found) => (0,core_condition/* holds */.v9)(read(wanted), found, boundedMatch);
function read(wanted) {
    const parsed = (0,core_condition/* parseCondition */.zB)(String(wanted));
    if ('condition' in parsed)
        return parsed.condition;
    const hint = 'Look at the values of its names.';
    throw new errors/* ChecklistError */.vm('FAILED', 'usage', { message: parsed.problem, hint });
}

;// CONCATENATED MODULE: ./build/checks/place.js


/**
 * Where a path of the checklist lies. A relative one stays inside the folder that items run in: a redeploy runs in a
 * worktree of another commit, and what lies beside that is something else. An absolute one is taken as it is.
 */
function placeOf(folder, path) {
    if ((0,external_node_path_.isAbsolute)(path))
        return path;
    const place = (0,external_node_path_.resolve)(folder, path);
    if (place === (0,external_node_path_.resolve)(folder) || place.startsWith((0,external_node_path_.resolve)(folder) + external_node_path_.sep))
        return place;
    const message = `expected a path inside the folder of the checklist or an absolute one, found ${path}`;
    throw new errors/* ChecklistError */.vm('FAILED', 'usage', { message, hint: 'Write it as an absolute path.' });
}
/** The same rule for a shape: undefined when the path keeps it. */
const problemOfPlace = (path) => /(?:^|\/)\.\.(?:\/|$)/.test(path) && !(0,external_node_path_.isAbsolute)(path) ? 'expected a path without .. or an absolute one' : undefined;

;// CONCATENATED MODULE: ./build/checks/shapes.js



/*
 * Pieces of the kinds' shapes. A spec is parsed twice, before interpolation and after it: what still holds a `${NAME}`
 * is let through the first time and judged the second time. No message repeats what it found, since that may have come
 * from the environment by then; the loader adds it where it may.
 */
/** A text that says something. `expected` completes the message, as in "a path". */
const shapes_text = (expected) => schemas/* string */.YjP(`expected ${expected}`).min(1, `expected ${expected}`);
/** A text of a grammar of its own: `problem` says what is wrong with it, or nothing. */
const checkedText = (expected, problem) => shapes_text(expected).superRefine((value, context) => {
    const message = value !== '' && (0,interpolate/* namesIn */.wX)(value).length === 0 ? problem(value) : undefined;
    if (message !== undefined)
        context.addIssue({ code: 'custom', message });
});
/** A text that a pattern describes. */
const patternText = (expected, pattern) => checkedText(expected, value => (pattern.test(value) ? undefined : `expected ${expected}`));
/** One of several forms, told apart by their type. Where a form is meant but not well formed, its own problem is told. */
const oneOf = (forms, expected) => schemas/* union */.KCZ(forms, { error: issue => (isMeant(issue) ? undefined : `expected ${expected}`) });
/** One of a few words. Not an enum: the loader would take that to be meant where a map stands. */
const word = (...words) => {
    const expected = `expected ${words.join(' or ')}`;
    return checkedText(words.join(' or '), value => (words.includes(value) ? undefined : expected)).meta({
        enum: [...words]
    });
};
/** A shape whose keys have to fit together; `problem` is asked once each of them is right by itself. */
const consistent = (shape, problem) => shape.refine(whole => problem(whole) === undefined, {
    error: ({ input }) => problem(input),
    when: ({ issues }) => issues.length === 0
});
/** A map of rules of which at least one has to be there. */
const someOf = (keys, expected) => consistent(schemas/* strictObject */.rej(keys), map => Object.values(map).some(value => value !== undefined) ? undefined : `expected ${expected}`);
/** One or several; an empty list asserts nothing and is refused. */
const oneOrMore = (one, expected) => oneOf([one, schemas/* array */.YOg(one).min(1, `expected ${expected}`)], `${expected}, or a list of them`);
/** A map with at least one entry. */
const mapOf = (value, expected) => schemas/* record */.g1P(schemas/* string */.YjP(), value, `expected ${expected}`).refine(map => Object.keys(map).length > 0, `expected ${expected}`);
/** `"> 0"`, `/regex/`, `== ok`, or the value itself. */
const condition = () => oneOf([checkedText('a condition', value => problemOf((0,core_condition/* parseCondition */.zB)(value))), schemas/* number */.aig(), schemas/* boolean */.zMY()], 'a condition such as "> 0" or /regex/, or a value');
/** `"> 2GB"`: an operator and an amount in one of the units. */
const comparison = (units, example) => checkedText(`a condition such as "${example}"`, value => problemOf((0,core_condition/* parseComparison */.fl)(value, units)));
/** How many: a number, or a condition about one. */
const count = () => oneOf([schemas/* int */.Whr().nonnegative(`expected ${COUNT}`), checkedText(COUNT, countProblem)], COUNT);
const COUNT = 'a number or a condition such as ">= 1"';
/** Why a text is not a number of things. */
function countProblem(value) {
    const parsed = (0,core_condition/* parseCondition */.zB)(value, ['count']);
    if ('problem' in parsed)
        return parsed.problem;
    const { condition } = parsed;
    const numeric = condition.kind === 'order' || (condition.kind === 'equal' && /^\d+$/.test(condition.text.trim()));
    return numeric ? undefined : `expected ${COUNT}`;
}
const problemOf = (parsed) => ('problem' in parsed ? parsed.problem : undefined);
// A union says only that no form fits; the loader looks into those whose own type fits.
function isMeant(issue) {
    const forms = 'errors' in issue ? issue.errors : [];
    return forms.some(problems => !problems.some(({ code, path }) => code === 'invalid_type' && path?.length === 0));
}

;// CONCATENATED MODULE: ./build/checks/disk.js








const shape = schemas/* strictObject */.rej({
    disk: checkedText('a path', problemOfPlace).describe('A path on the file system that is meant; it has to exist.'),
    free: comparison(['size', 'percent'], '> 2GB').describe('What must be free there: "> 2GB" or "> 10%".')
});
/** Free space, as a program without special rights can use it. */
const diskKind = () => ({
    name: 'disk',
    shape,
    effect: 'check',
    turn: () => 'together',
    subject: ({ disk }) => `disk ${disk}`,
    run: async ({ disk, free }, { execution }) => {
        const found = await spaceAt(placeOf(execution.folder, disk));
        if (found === undefined)
            return fail(`expected ${disk} to exist, found nothing`, 'Create or mount it first.');
        const seen = `${(0,units/* formatSize */.Xq)(found.bytes)} free (${found.percent.toFixed(1)}%)`;
        const problem = `expected ${disk} to have ${free} free, found ${seen}`;
        const inPercent = 'condition' in (0,core_condition/* parseCondition */.zB)(free, ['percent']);
        const enough = meets(free, inPercent ? found.percent : found.bytes);
        return judged(enough ? [] : [problem], `${disk}: ${seen}`, 'Make room, for example by removing old dumps.');
    }
});
async function spaceAt(path) {
    const found = await (0,promises_.statfs)(path).catch(ifAbsent);
    if (found === undefined)
        return undefined;
    return { bytes: found.bavail * found.bsize, percent: found.blocks === 0 ? 0 : (found.bavail / found.blocks) * 100 };
}
function ifAbsent(fault) {
    if (fault.code !== 'ENOENT' && fault.code !== 'ENOTDIR')
        throw fault;
}

;// CONCATENATED MODULE: ./build/checks/placeholder.js
const WHOLE = /^(?:x{3,}|\*{3,}|\.{3,}|to-?do|tbd|fix-?me|example|sample|dummy|placeholder|undefined|null|insert[-_ ].+|replace[-_ ].+|example[-_ ].+)$/i;
// Safe to look for anywhere between delimiters: nobody's real password or host looks like these.
const PART = /^(?:change[-_ ]?(?:me|this|it)|your[-_ ].+|your(?:api|app|company|domain|host|key|name|org|password|secret|token|user).*|<.+>|\{\{.+\}\}|replace[-_ ]?(?:me|this))$/i;
const DELIMITERS = /[\s:/@=?&;,'"]+/;
/** What somebody left in a template: `changeme`, `your-token`, `<password>`, `xxx`, also as the password of an address. */
function isPlaceholder(value) {
    const whole = value.trim().replace(/^(["'])(.*)\1$/s, '$2');
    return WHOLE.test(whole) || PART.test(whole) || whole.split(DELIMITERS).some(part => PART.test(part));
}

;// CONCATENATED MODULE: ./build/checks/env.js





const LIST = 'a list of names';
const env_name = () => schemas/* string */.YjP().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of a variable');
const env_shape = schemas/* strictObject */.rej({
    env: oneOf([
        schemas/* array */.YOg(env_name()).min(1, `expected ${LIST}`),
        schemas/* record */.g1P(env_name(), condition()).refine(map => Object.keys(map).length > 0, `expected ${LIST}`)
    ], `${LIST}, or of names with what is expected: set, absent, /regex/, "> 0" or the value`).describe('Names that must be set, not empty and no placeholder such as changeme; or a map of names to `set`, `absent`, ' +
        '/regex/, a condition or the value. Values are never printed.')
});
/** Variables of the environment. What it names is declared by it, and may be used in the whole checklist. */
const envKind = ({ baseEnv }) => ({
    name: 'env',
    shape: env_shape,
    effect: 'check',
    turn: () => 'together',
    subject: spec => `env ${wantedOf(spec)
        .map(([name]) => name)
        .join(', ')}`,
    declares: spec => wantedOf(spec).flatMap(([name, wanted]) => (wanted === 'absent' ? [] : [name])),
    run: async (spec, { names }) => {
        const wanted = wantedOf(spec);
        const problems = wanted.flatMap(([name, one]) => problemWith(name, one, names[name] ?? baseEnv[name] ?? '') ?? []);
        return judged(problems, `${wanted.map(([name]) => name).join(', ')}: as expected`, 'Set them where this stage runs.');
    }
});
const wantedOf = ({ env }) => Array.isArray(env) ? env.map(name => [name, 'set']) : Object.entries(env);
/** Never with the value; what was expected is in the checklist already. */
function problemWith(name, wanted, value) {
    if (wanted === 'absent')
        return value === '' ? undefined : `expected ${name} to be absent, found a value`;
    if (value.trim() === '')
        return `expected ${name} to be set, found nothing`;
    const exact = wanted !== 'set' && value === String(wanted);
    if (!exact && isPlaceholder(value))
        return `expected a real value of ${name}, found a placeholder`;
    if (wanted === 'set' || meets(wanted, value))
        return undefined;
    return `expected ${name} to be ${wanted}, found another value of ${value.length} characters`;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/checks/excerpt.js

const LENGTH = 160;
/** What was found, short enough for one line of a message; the front of a longer text. */
function excerpt(found) {
    // Far more than is kept, so that a huge text is not cleaned as a whole.
    const line = (0,core_text/* oneLine */.TN)(found.slice(0, LENGTH * 10));
    if (line === '')
        return 'nothing';
    return line.length > LENGTH ? `"${line.slice(0, LENGTH)}…"` : `"${line}"`;
}
/** The last line that says something: programs put what went wrong at the end. */
const lastLine = (output) => output
    .slice(-LENGTH * 10)
    .split('\n')
    .map(core_text/* oneLine */.TN)
    .findLast(line => line !== '') ?? '';

;// CONCATENATED MODULE: ./build/checks/text-matcher.js





const PIECE = 'a text that is contained, or a /regex/';
const piece = () => oneOrMore(checkedText(PIECE, problemOfPiece), PIECE);
/** What a text is held against: what it contains, as text or /regex/, and what it must not. All of it has to hold. */
const textMatcher = () => oneOf([
    piece(),
    someOf({
        contains: piece().optional().describe('Text or /regex/ that must occur, or a list of them.'),
        not: piece().optional().describe('Text or /regex/ that must not occur, or a list of them.'),
        equals: schemas/* string */.YjP().optional().describe('The whole text; white space around it does not count.')
    }, 'contains, not or equals')
], 'a text that is contained, a /regex/, a list of them, or {contains, not, equals}');
/** What the text lacks, each as `expected …, found …`; empty when it holds. `what` names the text: `stdout`. */
function mismatches(matcher, found, what, show = excerpt) {
    const { contains, not, equals } = typeof matcher === 'object' && !isList(matcher) ? matcher : { contains: matcher };
    const missing = text_matcher_listOf(contains).filter(one => !occurs(one, found));
    const unwanted = text_matcher_listOf(not).filter(one => occurs(one, found));
    return [
        ...missing.map(one => `expected ${what} to contain ${one}, found ${show(found)}`),
        ...unwanted.map(one => `expected ${what} without ${one}, found ${show(found)}`),
        ...(equals === undefined || found.trim() === equals.trim()
            ? []
            : [`expected ${what} to be "${equals.trim()}", found ${show(found)}`])
    ];
}
function occurs(wanted, found) {
    const pattern = patternOf(wanted);
    return pattern === undefined ? found.includes(wanted) : boundedMatch(pattern, found);
}
function patternOf(wanted) {
    if (!wanted.startsWith('/'))
        return undefined;
    const parsed = (0,core_condition/* parseCondition */.zB)(wanted);
    return 'condition' in parsed && parsed.condition.kind === 'pattern' ? parsed.condition.pattern : undefined;
}
function problemOfPiece(wanted) {
    const parsed = wanted.startsWith('/') ? (0,core_condition/* parseCondition */.zB)(wanted) : undefined;
    return parsed !== undefined && 'problem' in parsed ? parsed.problem : undefined;
}
const isList = (matcher) => Array.isArray(matcher);
const text_matcher_listOf = (value) => value === undefined ? [] : typeof value === 'string' ? [value] : value;

;// CONCATENATED MODULE: ./build/checks/file.js










/** What a file may have to be searched; a larger one is told by its sum. */
const MOST_BYTES = 16 * 1024 * 1024;
const MODE = 'a mode as chmod has it, such as "600"';
const file_shape = consistent(schemas/* strictObject */.rej({
    file: checkedText('a path', problemOfPlace).describe("Path of the file, inside the checklist's folder or absolute."),
    exists: schemas/* boolean */.zMY('expected true or false').optional().describe('true: it must be there; false: it must not.'),
    absent: schemas/* literal */.euz(true, 'expected true').optional().describe('true: it must not be there.'),
    contains: textMatcher().optional().describe('What it must and must not contain: text or /regex/, or a list.'),
    mode: oneOf([patternText(MODE, /^0?[0-7]{3,4}$/), schemas/* int */.Whr()], MODE)
        .optional()
        .describe('Its rights as chmod has them, such as "600".'),
    size: comparison(['size', 'count'], '> 1KB').optional().describe('Its size: "> 1KB".'),
    sha256: patternText('a SHA-256 in 64 hex digits', /^[0-9a-fA-F]{64}$/)
        .optional()
        .describe('SHA-256 of its bytes, in hex.'),
    'newer-than': checkedText('an age such as 24h, or a file', newerProblem)
        .optional()
        .describe('Changed within this time, such as 24h; or later than this other file.')
}), unfit);
function unfit({ file: _, ...expected }) {
    const keys = Object.values(expected).filter(value => value !== undefined);
    if (keys.length === 0)
        return 'expected exists, absent, contains, mode, size, sha256 or newer-than, found nothing that is asserted';
    const gone = expected.absent === true || expected.exists === false;
    return gone && keys.length > 1 ? 'expected nothing else of a file that must not be there' : undefined;
}
function newerProblem(text) {
    return (0,units/* parseDuration */.E9)(text) === undefined ? problemOfPlace(text) : undefined;
}
/** A file as it is on the disk that the item runs on; links are followed. */
const fileKind = ({ clock }) => ({
    name: 'file',
    shape: file_shape,
    effect: 'check',
    turn: () => 'together',
    subject: ({ file }) => `file ${file}`,
    run: async (spec, { execution: { folder } }) => {
        const place = placeOf(folder, spec.file);
        const found = await lookAt(place);
        const hint = 'See what should have written it, and where.';
        if (spec.absent === true || spec.exists === false) {
            return judged(found === undefined ? [] : [`expected no ${spec.file}, found one`], `${spec.file} is absent`, hint);
        }
        if (found === undefined)
            return judged([`expected ${spec.file}, found nothing`], '', hint);
        const problems = [
            ...statProblems(spec, found),
            ...(await ageProblems(spec, found, { folder, now: clock.now() })),
            ...(await byteProblems(spec, found, place))
        ];
        return judged(problems, `${spec.file}: ${(0,units/* formatSize */.Xq)(found.size)}`, hint);
    }
});
async function lookAt(place) {
    try {
        return await (0,promises_.stat)(place);
    }
    catch (fault) {
        const { code } = fault;
        if (code === 'ENOENT' || code === 'ENOTDIR')
            return undefined;
        throw fault;
    }
}
function statProblems({ file, mode, size }, found) {
    const rights = (found.mode & 0o7777).toString(8).padStart(4, '0');
    const wanted = mode === undefined ? undefined : String(mode).padStart(4, '0');
    return [
        ...(wanted === undefined || wanted === rights ? [] : [`expected ${file} with mode ${wanted}, found ${rights}`]),
        ...(size === undefined || meets(size, found.size)
            ? []
            : [`expected ${file} to have ${size}, found ${(0,units/* formatSize */.Xq)(found.size)}`])
    ];
}
async function ageProblems(spec, found, { folder, now }) {
    const { file, 'newer-than': newer } = spec;
    if (newer === undefined)
        return [];
    const ms = (0,units/* parseDuration */.E9)(newer);
    const age = now.getTime() - found.mtimeMs;
    if (ms !== undefined) {
        return age <= ms ? [] : [`expected ${file} to be newer than ${newer}, found it changed ${(0,units/* formatDuration */.a3)(age)} ago`];
    }
    const other = await lookAt(placeOf(folder, newer));
    if (other === undefined)
        return [`expected ${newer} to compare ${file} with, found nothing`];
    return found.mtimeMs > other.mtimeMs ? [] : [`expected ${file} to be newer than ${newer}, found it older`];
}
async function byteProblems(spec, found, place) {
    const { file, contains, sha256 } = spec;
    if (contains === undefined && sha256 === undefined)
        return [];
    // Reading from a pipe or a device may never end.
    if (!found.isFile())
        return [`expected ${file} to be a file that can be read, found something else`];
    const sum = sha256 === undefined ? undefined : await sha256Of(place);
    return [
        ...(sum === sha256?.toLowerCase() ? [] : [`expected ${file} with SHA-256 ${sha256}, found ${sum}`]),
        ...(contains === undefined ? [] : await textProblems(file, contains, found, place))
    ];
}
async function textProblems(file, contains, { size }, place) {
    if (size > MOST_BYTES)
        return [`expected ${file} of at most 16 MiB to search, found ${(0,units/* formatSize */.Xq)(size)}; use sha256`];
    // What a file holds may be a secret, so only what was expected is told.
    return mismatches(contains, await (0,promises_.readFile)(place, 'utf8'), file, () => 'something else');
}
async function sha256Of(place) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of (0,external_node_fs_.createReadStream)(place))
        hash.update(chunk);
    return hash.digest('hex');
}

;// CONCATENATED MODULE: ./build/checks/cookies.js



const rules = someOf({
    HttpOnly: schemas/* boolean */.zMY().optional().describe('Scripts in the page cannot read it.'),
    Secure: schemas/* boolean */.zMY().optional().describe('It travels over TLS only.'),
    SameSite: schemas/* enum */.k5n(['Strict', 'Lax', 'None'], 'expected Strict, Lax or None')
        .optional()
        .describe('Strict, Lax or None.'),
    Path: condition().optional().describe('Path that it is for.'),
    Domain: condition().optional().describe('Domain that it is for.'),
    'Max-Age': condition().optional().describe('Seconds that it lives, such as "<= 3600".'),
    value: condition().optional().describe('Its value; never printed.')
}, 'an attribute such as HttpOnly');
/** What a cookie that the answer sets must be. */
const cookieExpectation = () => oneOf([word('exists', 'absent'), rules], 'exists, absent, or attributes such as {HttpOnly: true}');
/** The cookies that an answer sets, the later one of a name last. Attributes by their names in lower case. */
const cookiesOf = (headers) => (headers['set-cookie'] ?? []).map(line => {
    const [first, ...rest] = line.split(';').map(pair);
    const [name, value] = first ?? ['', ''];
    return { name, value, attributes: new Map(rest.map(([attribute, text]) => [attribute.toLowerCase(), text])) };
});
const cookieNamed = (name, cookies) => cookies.findLast(cookie => cookie.name === name);
function pair(part) {
    const at = part.indexOf('=');
    return at < 0 ? [part.trim(), ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}
/** What is wrong with one cookie; its value is never told. */
function cookieProblems(name, wanted, cookies) {
    const cookie = cookieNamed(name, cookies);
    if (wanted === 'absent')
        return cookie === undefined ? [] : [`expected no cookie ${name}, found one`];
    if (cookie === undefined) {
        const others = cookies.map(one => one.name).join(', ');
        return [`expected a cookie ${name}, found ${others || 'none'}`];
    }
    if (typeof wanted === 'string')
        return [];
    return Object.entries(wanted).flatMap(([key, one]) => (one === undefined ? [] : attributeProblem(cookie, key, one)));
}
function attributeProblem(cookie, key, wanted) {
    if (key === 'value')
        return meets(wanted, cookie.value) ? [] : [`expected cookie ${cookie.name} to be ${wanted}, found another value`];
    const found = cookie.attributes.get(key.toLowerCase());
    if (typeof wanted === 'boolean') {
        if (wanted === (found !== undefined))
            return [];
        return [
            `expected cookie ${cookie.name} ${wanted ? 'with' : 'without'} ${key}, found it ${wanted ? 'without' : 'with'}`
        ];
    }
    const holds = found !== undefined && (key === 'SameSite' ? same(String(wanted), found) : meets(wanted, found));
    return holds ? [] : [`expected cookie ${cookie.name} with ${key} ${wanted}, found ${found ?? 'none'}`];
}
const same = (one, other) => one.toLowerCase() === other.toLowerCase();

;// CONCATENATED MODULE: ./build/checks/json-path.js

const STEP = /\.([A-Za-z_][\w-]*)|\[(-?\d+)\]|\['([^']*)'\]|\["([^"]*)"\]|(\.\*|\[\*\])/y;
/** `$.a.b[0].c`, `$.items[*].id`, `$['odd key']`; undefined for anything else (no filters, no `..`). */
function parseJsonPath(text) {
    if (!text.startsWith('$'))
        return undefined;
    const steps = [];
    STEP.lastIndex = 1;
    while (STEP.lastIndex < text.length) {
        const found = STEP.exec(text);
        if (found === null)
            return undefined;
        const [, bare, place, single, double, all] = found;
        if (all !== undefined)
            steps.push({ all: true });
        else if (place !== undefined)
            steps.push({ element: Number(place) });
        else
            steps.push({ member: bare ?? single ?? double ?? '' });
    }
    return { steps, many: steps.some(step => 'all' in step) };
}
/** Every value that the path leads to, in its order; none where there is nothing. */
const valuesAt = ({ steps }, root) => steps.reduce((values, step) => values.flatMap(value => below(value, step)), [root]);
function below(value, step) {
    if ('all' in step)
        return Array.isArray(value) ? value : (0,json/* isObject */.Gv)(value) ? Object.values(value) : [];
    if ('element' in step)
        return Array.isArray(value) ? present(value.at(step.element)) : [];
    return (0,json/* isObject */.Gv)(value) && Object.hasOwn(value, step.member) ? present(value[step.member]) : [];
}
const present = (value) => (value === undefined ? [] : [value]);

;// CONCATENATED MODULE: ./build/checks/capture.js


/** Where a captured value comes from: `$.token`, `header:location`, `cookie:sid`. */
const SOURCE = '$.path, header:NAME or cookie:NAME';
const isSource = (text) => text.startsWith('$') ? parseJsonPath(text) !== undefined : /^(?:header|cookie):[^\s:]+$/.test(text);
const isFromBody = (source) => source.startsWith('$');
/** The value for each name, or the names that nothing was found for. Lists and objects are kept as JSON. */
function captureAll(wanted, sources) {
    const found = Object.entries(wanted).map(([name, source]) => [name, source, valueFrom(source, sources)]);
    const captures = found.flatMap(([name, , value]) => (value === undefined ? [] : [[name, value]]));
    const missing = found.flatMap(([name, source, value]) => (value === undefined ? [`${name} at ${source}`] : []));
    return { captures: Object.fromEntries(captures), missing };
}
function valueFrom(source, { headers, json }) {
    const [from, name = ''] = source.split(':');
    if (from === 'header')
        return headers[name.toLowerCase()]?.at(-1);
    if (from === 'cookie')
        return cookieNamed(name, cookiesOf(headers))?.value;
    const path = parseJsonPath(source);
    if (path === undefined || json === undefined)
        return undefined;
    const values = valuesAt(path, json);
    const [value] = values;
    if (value === undefined || value === null)
        return undefined;
    if (path.many)
        return JSON.stringify(values);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

;// CONCATENATED MODULE: ./build/checks/http-request.js



/** A server that is silent for so long counts as down; a check that polls asks it again. */
const http_request_LIMIT_MS = 10_000;
/** True where the address is only a path, which BASE_URL completes. */
const isRelative = ({ http }) => / \//.test(http);
const NO_BASE = {
    message: 'expected an absolute address, or a BASE_URL that a path such as /health stands below; found neither',
    hint: 'Write the whole address, or declare vars: { BASE_URL: "https://example.com" }.'
};
/** The request as a spec asks for it, within the item's time. */
async function requestOf(spec, context) {
    const { item, timeoutMs, signal, execution } = context;
    const [method = 'GET'] = spec.http.split(' ', 1);
    const body = bodyOf(spec);
    const ca = spec.ca === undefined ? undefined : await authority(placeOf(execution.folder, spec.ca), spec.ca);
    return {
        method,
        url: addressOf(spec, context),
        headers: { ...body?.headers, ...asTexts(spec.headers ?? {}) },
        ...(body === undefined ? {} : { body: body.text }),
        followRedirects: spec.redirects === 'follow',
        timeoutMs: item.timeoutMs === undefined ? Math.min(timeoutMs, http_request_LIMIT_MS) : timeoutMs,
        signal,
        ...(ca === undefined ? {} : { tls: { ca } }),
        ...(spec.time === undefined ? {} : { warm: true })
    };
}
function addressOf(spec, { names }) {
    const address = spec.http.slice(spec.http.indexOf(' ') + 1);
    const base = names['BASE_URL'];
    if (isRelative(spec) && base === undefined)
        throw new errors/* ChecklistError */.vm('FAILED', 'usage', NO_BASE);
    // Joined and not resolved: a base with a path of its own keeps it.
    const url = isRelative(spec) ? `${base?.replace(/\/+$/, '')}${address}` : address;
    if (URL.canParse(url) && /^https?:\/\//i.test(url))
        return url;
    const message = 'expected an address that begins with http:// or https://, found another one';
    throw new errors/* ChecklistError */.vm('FAILED', 'usage', { message, hint: 'Look at the values of its names.' });
}
function bodyOf({ body, headers = {} }) {
    if (body === undefined)
        return undefined;
    const named = Object.keys(headers).some(name => name.toLowerCase() === 'content-type');
    const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
    return {
        text: typeof body === 'string' ? body : JSON.stringify(body),
        headers: named ? {} : { 'content-type': type }
    };
}
const asTexts = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
async function authority(place, written) {
    try {
        return await (0,promises_.readFile)(place, 'utf8');
    }
    catch (cause) {
        const message = `expected a certificate in ${written}: ${(0,errors/* messageOf */.bD)(cause)}`;
        throw new errors/* ChecklistError */.vm('FAILED', 'usage', { message, hint: 'Correct the path of `ca`.', cause });
    }
}

;// CONCATENATED MODULE: ./build/checks/http-sent.js

// Headers that say what, not who; hiding their values would only make a message hard to read.
const PLAIN = /^(?:accept(?:-.*)?|content-type|user-agent|host|origin|referer|cache-control|x-requested-with)$/i;
const SHORTEST = 4;
/**
 * An excerpt of an answer without what was sent: many a server repeats a token or a password when it complains about it.
 * Declared secrets are hidden anyway, by whoever prints; this is for those that nobody declared, such as captures.
 */
function withoutSent({ headers = {}, body }) {
    const sent = [
        ...Object.entries(headers).flatMap(([name, value]) => (PLAIN.test(name) ? [] : parts(String(value)))),
        ...(typeof body === 'string' ? [body, ...values(body)] : leaves(body))
    ].filter(text => text.length >= SHORTEST);
    const longestFirst = [...new Set(sent)].sort((one, other) => other.length - one.length);
    return found => excerpt(longestFirst.reduce((text, hidden) => text.replaceAll(hidden, '***'), found.slice(0, 10_000)));
}
// `Bearer abc` is as well told by its second word, and a cookie by what stands behind the sign.
const parts = (value) => [value, ...value.split(/[\s;=,]+/)];
// name=value&name=value
const values = (form) => form.split('&').map(pair => pair.slice(pair.indexOf('=') + 1));
function leaves(value) {
    if (typeof value === 'string')
        return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

;// CONCATENATED MODULE: ./build/checks/json-expectation.js





const TYPES = ['text', 'number', 'integer', 'boolean', 'list', 'object', 'null'];
const EXPECTED = 'exists, absent, a condition such as ">= 1" or /regex/, a value, or {count, type, is, contains, equals}';
const json_expectation_rules = someOf({
    count: count().optional().describe('How many: elements of a list, members of an object, or values of a [*].'),
    type: schemas/* enum */.k5n(TYPES, `expected one of ${TYPES.join(', ')}`)
        .optional()
        .describe('text, number, integer, boolean, list, object or null.'),
    is: condition().optional().describe('A condition, or the value.'),
    contains: schemas/* json */.Pq9().optional().describe('An element that the list must have, or a part of the text.'),
    equals: schemas/* json */.Pq9().optional().describe('The value as a whole, a list or an object too.')
}, 'count, type, is, contains or equals');
/** What a value in a JSON body must be. */
const jsonExpectation = () => oneOf([condition(), schemas/* null */.chJ(), schemas/* array */.YOg(schemas/* json */.Pq9()), json_expectation_rules], EXPECTED);
const isJsonPath = (text) => parseJsonPath(text) !== undefined;
/** What is wrong at one path of a document, as `expected …, found …`; undefined when it holds. */
function problemAt(path, wanted, root, show) {
    const parsed = parseJsonPath(path);
    if (parsed === undefined)
        return `expected a path such as $.items[0].id, found ${path}`;
    const found = valuesAt(parsed, root);
    if (wanted === 'absent')
        return found.length === 0 ? undefined : `expected nothing at ${path}, found ${say(found, show)}`;
    if (found.length === 0 && !countsNothing(wanted))
        return `expected ${spell(wanted)} at ${path}, found nothing`;
    return holds(wanted, found, parsed) ? undefined : `expected ${spell(wanted)} at ${path}, found ${say(found, show)}`;
}
// `{count: 0}` and `{count: "< 3"}` hold where a [*] leads to nothing.
const countsNothing = (wanted) => isRules(wanted) && wanted.count !== undefined;
const isRules = (wanted) => typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted);
function holds(wanted, found, path) {
    if (wanted === 'exists')
        return true;
    if (Array.isArray(wanted))
        return json_expectation_same(wanted, path.many ? found : (found[0] ?? null));
    if (!isRules(wanted))
        return found.every(value => matches(wanted, value));
    const { count, type, is, contains, equals } = wanted;
    const whole = path.many ? found : (found[0] ?? null);
    return [
        count === undefined || meets(count, sizeOf(found, path)),
        type === undefined || found.every(value => isOfType(type, value)),
        is === undefined || (found.length > 0 && found.every(value => matches(is, value))),
        contains === undefined || includes(whole, contains),
        equals === undefined || json_expectation_same(equals, whole)
    ].every(Boolean);
}
/** A text is a condition, and equal to a number or a boolean that is written so; anything else has to be of its type. */
function matches(wanted, value) {
    if (typeof wanted !== 'string')
        return wanted === value;
    return isScalar(value) && meets(wanted, value);
}
function sizeOf(found, { many }) {
    const [first] = found;
    if (many)
        return found.length;
    if (Array.isArray(first))
        return first.length;
    return (0,json/* isObject */.Gv)(first) ? Object.keys(first).length : Number.NaN;
}
function isOfType(type, value) {
    switch (type) {
        case 'text':
            return typeof value === 'string';
        case 'list':
            return Array.isArray(value);
        case 'object':
            return (0,json/* isObject */.Gv)(value);
        case 'null':
            return value === null;
        case 'integer':
            return Number.isInteger(value);
        default:
            return typeof value === type;
    }
}
const includes = (whole, part) => typeof whole === 'string'
    ? typeof part === 'string' && whole.includes(part)
    : Array.isArray(whole) && whole.some(element => json_expectation_same(element, part));
const json_expectation_same = (one, other) => (0,json/* canonical */.$N)(one) === (0,json/* canonical */.$N)(other);
const isScalar = (value) => typeof value !== 'object' || value === null;
const spell = (wanted) => (typeof wanted === 'string' ? wanted : JSON.stringify(wanted));
const say = (found, show) => show(found.length === 1 ? JSON.stringify(found[0]) : JSON.stringify(found));

;// CONCATENATED MODULE: ./build/checks/http-shape.js







const REQUEST = 'a method and an address such as GET https://example.com/health';
const METHODS = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \S+$/;
const STATUS = 'a status such as 200, or a class such as 2xx';
// The method is judged even where the address still has to be filled in.
const request = shapes_text(REQUEST).refine(written => METHODS.test(written.replace(/\$\{[^}]*\}/g, '_')), `expected ${REQUEST}, with the method in capitals`);
const http_shape_status = oneOf([
    schemas/* int */.Whr().min(100, `expected ${STATUS}`).max(599, `expected ${STATUS}`),
    patternText(STATUS, /^(?:[1-5]xx|[1-5]\d\d)$/)
], STATUS);
const header = schemas/* string */.YjP().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'expected the name of a header');
const scalar = schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig(), schemas/* boolean */.zMY()], 'expected a text or a number');
const httpShape = schemas/* strictObject */.rej({
    http: request.describe('Method and address: GET https://example.com/health. One that begins with / stands below ${BASE_URL}.'),
    headers: schemas/* record */.g1P(header, scalar, 'expected headers with their values').optional().describe('Headers to send.'),
    body: oneOf([schemas/* string */.YjP(), schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* json */.Pq9()), schemas/* array */.YOg(schemas/* json */.Pq9())], 'a text, a map or a list')
        .optional()
        .describe('Body to send: a map or a list goes as JSON, a text as it is.'),
    status: oneOrMore(http_shape_status, STATUS).optional().describe('200, 2xx, or a list of them; 2xx is the default.'),
    type: condition().optional().describe('Media type of the answer, such as application/json, or /regex/.'),
    header: schemas/* record */.g1P(header, condition())
        .refine(map => Object.keys(map).length > 0, 'expected at least one header')
        .optional()
        .describe('Headers of the answer: exists, absent, a value, a condition or /regex/.'),
    json: schemas/* record */.g1P(schemas/* string */.YjP().refine(isJsonPath, 'expected a path such as $.items[0].id'), jsonExpectation())
        .refine(map => Object.keys(map).length > 0, 'expected at least one path')
        .optional()
        .describe('Paths into the JSON body: exists, absent, a value, ">= 1", /regex/, or {count, type, is, contains, equals}.'),
    text: textMatcher().optional().describe('What the body must and must not contain: text or /regex/, or a list.'),
    cookie: mapOf(cookieExpectation(), 'cookies with what is expected of them')
        .optional()
        .describe('Cookies that the answer sets: exists, absent, or {HttpOnly: true, Secure: true, SameSite: Lax, value: …}.'),
    capture: schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected a name of letters, digits and _'), checkedText(SOURCE, source => (isSource(source) ? undefined : `expected ${SOURCE}`)))
        .refine(map => Object.keys(map).length > 0, 'expected at least one name')
        .optional()
        .describe('Names for later items of this stage, each from $.path, header:NAME or cookie:NAME.'),
    redirects: schemas/* enum */.k5n(['follow', 'none'], 'expected follow or none')
        .optional()
        .describe('none (the default) lets a 301 be asserted; follow judges where it leads.'),
    time: comparison(['duration'], '< 200ms').optional().describe('"< 200ms", measured alone and on an open connection.'),
    ca: checkedText('a file', problemOfPlace)
        .optional()
        .describe('PEM file of the authority that signed its certificate.')
});

;// CONCATENATED MODULE: ./build/checks/http.js









const HINT = 'Ask it the same with curl, and look at its log.';
/** One HTTP request and what is expected of its answer. */
const httpKind = ({ http }) => ({
    name: 'http',
    shape: httpShape,
    effect: 'check',
    polls: true,
    turn: ({ time, capture }) => (time !== undefined ? 'alone' : capture === undefined ? 'together' : 'barrier'),
    subject: spec => spec.http,
    mentions: spec => (isRelative(spec) ? ['BASE_URL'] : []),
    captures: ({ capture = {} }) => Object.keys(capture),
    vacuous: spec => (takesAnything(spec) ? 'every status is right and nothing else is expected' : undefined),
    run: async (spec, context) => {
        const request = await requestOf(spec, context);
        const answer = await http.send(request).catch((fault) => unanswered(fault, context.signal));
        return 'outcome' in answer ? answer : judge(spec, answer);
    }
});
function judge(spec, answer) {
    const show = withoutSent(spec);
    const { status, ms } = answer;
    // A page of errors meets no other expectation either; naming them all would bury the one that counts.
    const wrong = statusProblem(spec, answer, show);
    if (wrong !== undefined)
        return fail(wrong, HINT);
    const json = wantsJson(spec) ? parseJson(answer.body) : undefined;
    const problems = [...headProblems(spec, answer), ...bodyProblems(spec, answer, json, show), ...timeProblem(spec, ms)];
    if (problems.length > 0)
        return fail(problems.join('; '), HINT);
    const { captures, missing } = captureAll(spec.capture ?? {}, { headers: answer.headers, json });
    if (missing.length > 0)
        return fail(`expected a value for ${missing.join(', ')}, found none`, HINT);
    const seen = pass(`${status} in ${Math.round(ms)} ms`);
    return spec.capture === undefined ? seen : { ...seen, captures };
}
const statusesOf = ({ status = '2xx' }) => [status].flat().map(String);
const fits = (wanted, status) => wanted.endsWith('xx') ? wanted.startsWith(String(status).slice(0, 1)) : wanted === String(status);
function statusProblem(spec, { status, headers, body }, show) {
    const wanted = statusesOf(spec);
    if (wanted.some(one => fits(one, status)))
        return undefined;
    const location = headers['location']?.[0];
    // Where something is captured, the answer may hold what nobody else must see.
    const rest = location !== undefined
        ? ` to ${show(location)}`
        : spec.capture === undefined && body !== ''
            ? `: ${show(body)}`
            : '';
    return `expected ${wanted.join(' or ')}, found ${status}${rest}`;
}
const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'];
const takesAnything = ({ status, type, header, json, text, cookie, capture, time }) => CLASSES.every(one => [status].flat().includes(one)) &&
    [type, header, json, text, cookie, capture, time].every(expected => expected === undefined);
function headProblems({ type, header = {}, cookie = {} }, { headers }) {
    const found = headers['content-type']?.[0]?.split(';')[0]?.trim().toLowerCase();
    const cookies = cookiesOf(headers);
    return [
        ...(type === undefined || meets(type, found ?? null) ? [] : [`expected type ${type}, found ${found ?? 'none'}`]),
        ...Object.entries(header).flatMap(([name, wanted]) => headerProblem(name, wanted, headers[name.toLowerCase()])),
        ...Object.entries(cookie).flatMap(([name, wanted]) => cookieProblems(name, wanted, cookies))
    ];
}
function headerProblem(name, wanted, found) {
    if (wanted === 'absent')
        return found === undefined ? [] : [`expected no header ${name}, found one`];
    if (found === undefined)
        return [`expected header ${name}${wanted === 'exists' ? '' : ` ${wanted}`}, found none`];
    if (wanted === 'exists' || found.some(value => meets(wanted, value)))
        return [];
    // Its cookies are judged by `cookie`, and never shown.
    const shown = name.toLowerCase() === 'set-cookie' ? 'others' : found.join(', ').slice(0, 200);
    return [`expected header ${name} ${wanted}, found ${shown}`];
}
const wantsJson = ({ json, capture = {} }) => json !== undefined || Object.values(capture).some(isFromBody);
function bodyProblems(spec, { body, cut, headers }, json, show) {
    if (cut === true && (wantsJson(spec) || spec.text !== undefined))
        return ['expected a body of at most 5 MiB, found more'];
    const about = spec.text === undefined ? [] : mismatches(spec.text, body, 'the body', show);
    if (!wantsJson(spec))
        return about;
    if (json === undefined) {
        return [...about, `expected JSON, found ${headers['content-type']?.[0] ?? 'no type'}: ${show(body)}`];
    }
    const paths = Object.entries(spec.json ?? {});
    return [...about, ...paths.flatMap(([path, wanted]) => problemAt(path, wanted, json, show) ?? [])];
}
const timeProblem = ({ time }, ms) => time === undefined || meets(time, ms)
    ? []
    : [`expected an answer in ${time}, found ${ms.toFixed(ms < 10 ? 1 : 0)} ms`];
function parseJson(body) {
    try {
        return JSON.parse(body);
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./build/core/gate/second-person.js
var second_person = __webpack_require__(7394);
;// CONCATENATED MODULE: ./build/checks/manual.js




const manual_shape = schemas/* strictObject */.rej({
    manual: shapes_text('what a person has to do or to confirm').describe('What a person has to do, or to confirm.'),
    by: shapes_text('a role of people').optional().describe('Role, listed under people, of who has to answer.'),
    second: schemas/* literal */.euz(true).optional().describe('Somebody else than who started the run has to answer, themselves.')
});
/** A person's word: given beforehand, asked for on a terminal, or waited for. */
const manualKind = ({ interview }) => ({
    name: 'manual',
    shape: manual_shape,
    effect: 'check',
    turn: () => 'barrier',
    subject: ({ manual }) => manual,
    roles: ({ by }) => (by === undefined ? [] : [by]),
    run: async (spec, context) => {
        const { manual, by, second } = spec;
        const { item, signal } = context;
        const before = spoken(spec, context);
        if (before !== undefined)
            return before;
        // For a second person no terminal is asked: whoever sits there started this, and may write any name.
        if (second !== true || interview.vouches === true) {
            const answer = await interview.ask({ item: item.id, text: manual, by, signal });
            if (answer !== undefined)
                return manual_judge(answer, answer.agrees, by);
            // What somebody has said elsewhere stands with the sign-offs by now.
            const since = spoken(spec, context);
            if (since !== undefined)
                return since;
        }
        if (signal.aborted)
            return nobodyInTime(context);
        return second === true ? waitingForSecond(context) : waiting(item.id, by);
    }
});
/** What the word that counts comes to: the last one, so that a person can change their mind. */
function spoken({ by, second }, { item, execution }) {
    const own = execution.signOffs.filter(signOff => signOff.item === item.id);
    const word = second === true ? (0,second_person/* secondWord */.fV)(own, item.id, execution.starter) : undefined;
    const given = word === undefined ? own.at(-1) : word.kind === 'given' ? word.signOff : undefined;
    if (given === undefined)
        return undefined;
    const { who, words, as } = given;
    if (as === 'na')
        return { outcome: 'skip', detail: `does not apply, says ${who}: ${words}` };
    return manual_judge(given, as === 'done' || agrees(words), by);
}
function waitingForSecond({ item, execution }) {
    const word = (0,second_person/* secondWord */.fV)(execution.signOffs, item.id, execution.starter);
    const hint = `Let them sign in a run of their own: \`deploy-checklist sign ${execution.id} --sign ${item.id}=WHO:WORDS\` (input sign).`;
    return { outcome: 'waiting', detail: word.kind === 'given' ? '' : word.why, hint, reason: 'waiting_for_person' };
}
function manual_judge({ who, words, claimed }, agreed, by) {
    const signer = `${who}${claimed ? ' (claimed)' : ''}${by === undefined ? '' : ` for ${by}`}`;
    const said = words === '' ? '' : `: ${words}`;
    return agreed
        ? pass(`signed by ${signer}${said}`)
        : fail(`refused by ${signer}${said}`, 'Settle what stands against it, then sign anew.');
}
/** Words that begin with a no; everything else is consent, as whoever signs writes what they have seen. */
const agrees = (words) => !/^\s*(?:no|not|nope|nein|never|refused?|rejected?|den(?:y|ied)|veto)\b/i.test(words);
const waiting = (id, by) => ({
    outcome: 'waiting',
    detail: `nobody has signed yet${by === undefined ? '' : `; it is for ${by}`}`,
    hint: `Resume with --sign ${id}=WHO:WORDS (input sign), or run it on a terminal.`,
    reason: 'waiting_for_person'
});
// A limit that the checklist sets means that an answer which does not come is one too: after an action nothing may hang.
function nobodyInTime({ item, signal }) {
    if (item.timeoutMs === undefined)
        return waiting(item.id, undefined);
    const inTime = signal.reason instanceof Error ? signal.reason.message : 'no answer in time';
    return fail(`nobody answered: ${inTime}`, `Sign with --sign ${item.id}=WHO:WORDS, or give it a longer \`timeout\`.`);
}

;// CONCATENATED MODULE: ./build/checks/port.js



const TARGET = 'a host and a port such as db.example.com:5432, or a port of this machine';
const ADDRESS = /^(?:(\[[0-9a-fA-F:.]+\]|[^\s:[\]/]+):)?(\d{1,5})$/;
const port_LIMIT_MS = 5_000;
const port_shape = schemas/* strictObject */.rej({
    port: oneOf([schemas/* int */.Whr().min(1, `expected ${TARGET}`).max(65_535, `expected ${TARGET}`), patternText(TARGET, ADDRESS)], TARGET).describe('host:port that must be open to connections, or a port of this machine.'),
    closed: schemas/* boolean */.zMY('expected true or false').optional().describe('true: nothing may answer there.')
});
/** Whether something accepts connections. */
const portKind = ({ tcp }) => ({
    name: 'port',
    shape: port_shape,
    effect: 'check',
    polls: true,
    turn: () => 'together',
    subject: ({ port, closed }) => `port ${port}${closed === true ? ' closed' : ''}`,
    run: async ({ port, closed = false }, { timeoutMs, signal }) => {
        const [, host = 'localhost', digits = ''] = ADDRESS.exec(String(port)) ?? [];
        const target = { host: host.replace(/^\[|\]$/g, ''), port: Number(digits) };
        if (target.port < 1 || target.port > 65_535)
            return fail(`expected a port up to 65535, found ${digits}`, 'Correct it.');
        const answer = await tcp.connect({ ...target, timeoutMs: Math.min(timeoutMs, port_LIMIT_MS), signal });
        signal.throwIfAborted();
        return closed ? judgeClosed(`${host}:${digits}`, answer) : judgeOpen(`${host}:${digits}`, answer);
    }
});
const judgeOpen = (where, answer) => answer.open
    ? pass(`${where} is open`)
    : fail(`expected ${where} to be open, found: ${answer.why}`, 'Start the service, or correct the address.');
function judgeClosed(where, answer) {
    if (answer.open)
        return fail(`expected ${where} to be closed, found it open`, 'Stop what listens there.');
    // A host that cannot be asked proves nothing about its port.
    if (answer.answer === 'none')
        return fail(`cannot tell whether ${where} is closed: ${answer.why}`, 'Correct the host.');
    return pass(`${where} is closed: ${answer.why}`);
}

;// CONCATENATED MODULE: ./build/checks/run.js








const CODE = 'expected an exit code from 0 to 255';
const exitCode = oneOf([schemas/* int */.Whr().min(0, CODE).max(255, CODE), patternText('an exit code', /^\d{1,3}$/)], 'an exit code from 0 to 255');
const run_shape = schemas/* strictObject */.rej({
    run: shapes_text('a command').describe('Text for the shell. Declared names stand in its environment: "$NAME".'),
    exit: oneOrMore(exitCode, 'an exit code such as 0')
        .optional()
        .describe('Exit codes that are right: 0 (the default) or a list.'),
    stdout: textMatcher().optional().describe('What standard output must and must not contain; its last MiB is kept.'),
    stderr: textMatcher().optional().describe('What standard error must and must not contain; its last MiB is kept.'),
    cwd: checkedText('a folder', problemOfPlace)
        .optional()
        .describe("Folder to run in, inside the checklist's own; or an absolute path."),
    env: schemas/* record */.g1P(schemas/* string */.YjP().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected a name of letters, digits and _'), schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* number */.aig(), schemas/* boolean */.zMY()], 'expected a text or a number'), 'expected names with their values')
        .optional()
        .describe('More variables for this command alone.'),
    shell: schemas/* enum */.k5n(['sh', 'bash'], 'expected sh or bash').optional().describe('sh (the default) or bash.')
});
/** A command. In backup, migrate and deploy it acts, elsewhere it checks; `effect` says otherwise. */
const runKind = ({ shell, baseEnv }) => ({
    name: 'run',
    shape: run_shape,
    effect: 'by-stage',
    shellText: ['run'],
    turn: () => 'barrier',
    subject: ({ run }) => run,
    sets: ({ env = {} }) => Object.keys(env),
    run: async (spec, context) => {
        const exit = await shell.run({
            what: { text: spec.run, shell: spec.shell ?? 'sh' },
            env: { ...baseEnv, ...context.names, ...run_asTexts(spec.env ?? {}) },
            folder: placeOf(context.execution.folder, spec.cwd ?? '.'),
            timeoutMs: context.timeoutMs,
            signal: context.signal,
            onAbort: context.item.effect === 'action' ? 'interrupt' : 'end',
            onStart: program => void context.began(program).catch(() => { }),
            onLine: line => context.say(line)
        });
        return run_judge(spec, exit, context);
    }
});
const run_asTexts = (env) => Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
function run_judge(spec, exit, { item, signal, timeoutMs }) {
    // The limit may be its stage's.
    const over = exit.kind === 'aborted' ? (0,errors/* timeOver */.km)(signal) : undefined;
    if (over !== undefined)
        return tooLate(exit, over.message, over.hint);
    if (exit.kind === 'timed-out')
        return tooLate(exit, `no end within ${(0,units/* formatDuration */.a3)(timeoutMs)}`, 'Find out what it waits for, or give it a longer `timeout`.');
    // Whoever was asked to end and did, says with its exit code how far it came.
    if (exit.kind === 'aborted' && (item.effect === 'check' || !exit.byItself))
        return cutOff(item.effect);
    const expected = [spec.exit ?? 0].flat().map(Number);
    const problems = [
        ...(expected.includes(exit.code) ? [] : [`expected exit ${expected.join(' or ')}, found ${exit.code}${why(exit)}`]),
        ...(spec.stdout === undefined ? [] : mismatches(spec.stdout, exit.stdout, 'stdout')),
        ...(spec.stderr === undefined ? [] : mismatches(spec.stderr, exit.stderr, 'stderr'))
    ];
    return judged(problems, `exit ${exit.code} after ${(0,units/* formatDuration */.a3)(exit.durationMs)}`, 'See its output above.');
}
function why({ stderr, stdout }) {
    const line = lastLine(stderr) || lastLine(stdout);
    return line === '' ? '' : `: ${line.slice(0, 200)}`;
}
const tooLate = ({ byItself }, what, hint) => fail(`${what}; it was ${byItself ? 'asked to end' : 'killed with all that it had started'}`, hint);
const cutOff = (effect) => effect === 'check'
    ? { outcome: 'error', detail: 'cancelled', hint: 'Resume to run it again.', reason: 'cancelled' }
    : {
        outcome: 'unknown',
        detail: 'cancelled; it did not end by itself and was killed',
        hint: 'See what it did, then resume or roll back.',
        reason: 'cancelled'
    };

;// CONCATENATED MODULE: ./build/checks/database-url.js



/** The address of the item's database: the one that it names with `in`, or the only one. */
function databaseUrl({ item, execution, names }) {
    const known = Object.keys(execution.databases);
    const name = item.in ?? (known.length === 1 ? known[0] : undefined);
    const plan = name === undefined ? undefined : execution.databases[name];
    if (plan === undefined) {
        const message = `expected one of the databases ${known.join(', ') || '(none is declared)'}, found ${name ?? 'none'}`;
        throw new errors/* ChecklistError */.vm('FAILED', 'usage', { message, hint: 'Name it with `in`, and declare it under databases.' });
    }
    const filled = (0,interpolate/* interpolate */.GW)(plan.url, names);
    if ('text' in filled)
        return filled.text;
    const message = `no value for ${filled.missing.join(', ')} in the address of database ${name}`;
    throw new errors/* ChecklistError */.vm('FAILED', 'missing_value', { message, hint: 'Set it where this stage runs.' });
}
/**
 * Asks the item's database and lets `judge` look at the answer. A server that does not answer and a statement that it
 * refuses are findings, since both may change while the check polls.
 */
async function database_url_ask(port, { sql, write = false }, context, judge) {
    const { timeoutMs, signal } = context;
    const url = databaseUrl(context);
    try {
        return judge(await port.query({ url, sql, readOnly: !write, timeoutMs, signal }));
    }
    catch (fault) {
        const refused = fault instanceof errors/* ChecklistError */.vm && fault.reason === 'statement_failed' && !signal.aborted;
        if (!refused)
            return unanswered(fault, signal);
        return { outcome: 'error', detail: fault.message, hint: fault.hint, reason: 'statement_failed' };
    }
}

;// CONCATENATED MODULE: ./build/checks/sql-text.js

// What can follow where no literal is open: comments, quoted names, dollar quotes, literals (with E, which reads
// backslashes), a name of ours, and any other character.
const PIECES = /(--[^\n]*|\/\*.*?\*\/|\$([A-Za-z_]\w*)?\$.*?\$\2\$|\b[eE]'(?:[^'\\]|\\.|'')*')|('(?:[^']|'')*')|("(?:[^"]|"")*")|(\$\{[^}]*\})|./gs;
/**
 * The statement with each `${NAME}` filled in as a value, never as code: where it stands free it becomes a quoted
 * literal, inside quotes its own quotes are doubled. Or what is wrong, without any value.
 */
function fillSql(sql, values) {
    const names = [...new Set((0,interpolate/* namesIn */.wX)(sql).map(({ name }) => name))];
    const missing = names.filter(name => !Object.hasOwn(values, name));
    if (missing.length > 0)
        return { problem: `no value for ${missing.join(', ')}` };
    const problems = [];
    const fill = (piece, place) => piece.replace(/\$\{([^}]*)\}/g, (whole, name) => {
        const quoted = quote(values[name] ?? '', place);
        if (quoted === undefined)
            problems.push(name);
        return quoted ?? whole;
    });
    const filled = sql.replace(PIECES, (piece, other, _tag, literal, name, free) => {
        if (other !== undefined)
            return piece.startsWith('-') || piece.startsWith('/') ? piece : fill(piece, 'else');
        if (literal !== undefined)
            return fill(piece, 'literal');
        if (name !== undefined)
            return fill(piece, 'name');
        return free === undefined ? piece : fill(piece, 'code');
    });
    if (problems.length === 0)
        return { sql: filled };
    return { problem: `the value of ${problems.join(', ')} cannot stand inside these quotes; write it without any` };
}
function quote(value, place) {
    const doubled = value.replaceAll("'", "''");
    // Whether a backslash means itself is a setting of the server, unless E says so.
    const backslash = value.includes('\\');
    switch (place) {
        case 'code':
            return backslash ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`;
        case 'literal':
            return backslash ? undefined : doubled;
        case 'name':
            return value.replaceAll('"', '""');
        case 'else':
            return undefined;
    }
}
/** A text as a literal of SQL. */
const literal = (text) => quote(text, 'code') ?? '';

;// CONCATENATED MODULE: ./build/checks/row-security.js





const COMMANDS = { select: 'r', insert: 'a', update: 'w', delete: 'd' };
const row_security_EXPECTED = 'a number of policies, on, off, or {policies, forced, commands}';
/** What is expected of each table: 4 means switched on, with four policies. */
const rowSecurity = () => mapOf(oneOf([
    schemas/* int */.Whr().nonnegative(`expected ${row_security_EXPECTED}`),
    checkedText(row_security_EXPECTED, problemOfPolicies),
    someOf({
        policies: count().optional().describe('How many policies: a number or a condition.'),
        forced: schemas/* boolean */.zMY().optional().describe("Whether it holds for the table's owner too."),
        commands: schemas/* array */.YOg(schemas/* enum */.k5n(['select', 'insert', 'update', 'delete']))
            .optional()
            .describe('Commands that have a policy of their own, or one for all.')
    }, 'policies, forced or commands')
], row_security_EXPECTED), 'a map of tables to what is expected of their row-level security');
const problemOfPolicies = (text) => text === 'on' || text === 'off' || countProblem(text) === undefined ? undefined : `expected ${row_security_EXPECTED}`;
const rowSecurityQuestion = (wanted) => `SELECT c.oid, c.relrowsecurity, c.relforcerowsecurity,
      (SELECT json_agg(p.polcmd) FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid)
    FROM unnest(ARRAY[${Object.keys(wanted).map(literal).join(', ')}]::text[]) WITH ORDINALITY AS wanted (name, place)
    LEFT JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(wanted.name) ORDER BY wanted.place`;
function judgeRowSecurity(wanted, rows) {
    const tables = Object.entries(wanted);
    if (rows.length !== tables.length) {
        return broken(`expected ${tables.length} rows of the catalogue, found ${rows.length}`, 'See what the server is.');
    }
    const problems = tables.flatMap(([table, one], place) => problemsWith(table, one, rows[place] ?? []));
    const seen = `row-level security of ${tables.map(([table]) => table).join(', ')}: as expected`;
    return judged(problems, seen, 'See which policies the migration creates, with \\d TABLE in psql.');
}
function problemsWith(table, wanted, row) {
    const [oid = null, enabled, forced, commands = null] = row;
    if (oid === null)
        return [`expected table ${table}, found none`];
    if (wanted === 'off')
        return enabled === 't' ? [`expected no row-level security on ${table}, found it on`] : [];
    if (enabled !== 't')
        return [`expected row-level security on ${table}, found it off`];
    if (wanted === 'on')
        return [];
    const rules = typeof wanted === 'object' ? wanted : { policies: wanted };
    const found = JSON.parse(commands ?? '[]');
    return [
        ...(rules.policies === undefined || meets(rules.policies, found.length)
            ? []
            : [`expected ${rules.policies} policies on ${table}, found ${found.length}`]),
        ...(rules.forced === undefined || rules.forced === (forced === 't')
            ? []
            : [`expected row-level security of ${table} ${rules.forced ? '' : 'not '}to be forced, found the opposite`]),
        ...lacking(rules.commands ?? [], found).map(command => `expected a policy for ${command} on ${table}, found none`)
    ];
}
const lacking = (wanted, found) => wanted.filter(command => !found.includes(COMMANDS[command]) && !found.includes('*'));

;// CONCATENATED MODULE: ./build/checks/sql.js











const sql_names = schemas/* array */.YOg(shapes_text('a column')).min(1, 'expected at least one column');
const sql_shape = consistent(schemas/* strictObject */.rej({
    sql: shapes_text('a statement, version or rls').describe('One statement, read-only; or `version` (of the server), or `rls` (row-level security). `${NAME}` stands for a ' +
        'quoted value.'),
    value: oneOf([condition(), schemas/* null */.chJ()], 'a condition such as "> 0", a value, or null')
        .optional()
        .describe('What the one value of the answer must be: "> 0", /regex/, a value, or null.'),
    rows: count().optional().describe('How many rows: 0, or ">= 1".'),
    columns: oneOf([sql_names, schemas/* strictObject */.rej({ contains: sql_names.describe('Columns that must be among them.') })], 'a list of columns, or {contains: [...]}')
        .optional()
        .describe('The columns of the answer in their order, or {contains: [...]}.'),
    expect: rowSecurity()
        .optional()
        .describe('With `sql: rls`: tables, each with its number of policies, on, off, or {policies, forced, commands}.'),
    write: schemas/* boolean */.zMY('expected true or false')
        .optional()
        .describe('true: the statement may write. It runs again when the check retries or is resumed.')
}), sql_unfit);
/** One question to a database and what is expected of its answer. */
const sqlKind = ({ sql }) => ({
    name: 'sql',
    shape: sql_shape,
    effect: 'check',
    polls: true,
    usesDatabase: true,
    // Not interpolated as text: a value of the environment, or of a capture, must not become code.
    shellText: ['sql'],
    mentions: spec => (0,interpolate/* namesIn */.wX)(spec.sql).map(({ name }) => name),
    turn: () => 'together',
    subject: spec => subjectOf(spec),
    run: async (spec, context) => {
        if (spec.sql === 'version')
            return database_url_ask(sql, { sql: 'SHOW server_version' }, context, ({ rows }) => version(spec, rows));
        if (spec.sql === 'rls') {
            const { expect = {} } = spec;
            return database_url_ask(sql, { sql: rowSecurityQuestion(expect) }, context, ({ rows }) => judgeRowSecurity(expect, rows));
        }
        return askStatement(sql, spec, context);
    }
});
async function askStatement(port, spec, context) {
    const filled = fillSql(spec.sql, context.names);
    if ('problem' in filled)
        return { ...broken(filled.problem, 'Declare and set it.'), reason: 'missing_value' };
    return database_url_ask(port, { sql: filled.sql, write: spec.write ?? false }, context, answer => sql_judge(spec, answer));
}
function sql_judge(spec, { columns, rows }) {
    const problems = [
        ...(spec.rows === undefined || meets(spec.rows, rows.length)
            ? []
            : [`expected ${spec.rows} rows, found ${rows.length}`]),
        ...columnProblems(spec.columns, columns),
        ...(spec.value === undefined ? [] : valueProblems(spec.value, { columns, rows }))
    ];
    const seen = spec.value === undefined ? `${rows.length} rows` : sql_say(rows[0]?.[0] ?? null);
    return judged(problems, seen, 'Ask the database the same in psql, and see why.');
}
function valueProblems(wanted, { columns, rows }) {
    if (rows.length !== 1 || columns.length !== 1) {
        return [`expected one value, found ${rows.length} rows of ${columns.length} columns`];
    }
    const found = rows[0]?.[0] ?? null;
    const holds = wanted === null ? found === null : meets(spelled(wanted), found);
    return holds ? [] : [`expected ${wanted ?? 'NULL'}, found ${sql_say(found)}`];
}
// The server writes a boolean as t or f.
const spelled = (wanted) => typeof wanted === 'boolean' ? `/^${wanted ? '(t|true)' : '(f|false)'}$/` : wanted;
function columnProblems(wanted, found) {
    if (wanted === undefined)
        return [];
    const exact = Array.isArray(wanted);
    const names = exact ? wanted : wanted.contains;
    const holds = exact
        ? names.length === found.length && names.every((name, place) => found[place] === name)
        : names.every(name => found.includes(name));
    return holds ? [] : [`expected columns ${exact ? '' : 'with '}${names.join(', ')}, found ${found.join(', ')}`];
}
function version({ value }, rows) {
    const found = rows[0]?.[0] ?? '';
    const parsed = (0,core_condition/* parseCondition */.zB)(String(value));
    if ('problem' in parsed)
        return broken(parsed.problem, 'Look at the values of its names.');
    return (0,core_condition/* holdsVersion */.fc)(parsed.condition, found, boundedMatch)
        ? pass(`version ${found}`)
        : fail(`expected version ${value}, found ${found}`, 'Upgrade the server, or correct what is expected.');
}
const sql_say = (found) => (found === null ? 'NULL' : excerpt(found));
const subjectOf = ({ sql, expect }) => sql === 'rls' ? `rls ${Object.keys(expect ?? {}).join(', ')}` : sql === 'version' ? 'database version' : sql;
/** What does not belong together, or asserts nothing. */
function sql_unfit({ sql, value, rows, columns, expect }) {
    const others = rows !== undefined || columns !== undefined;
    if (sql === 'rls')
        return expect === undefined || value !== undefined || others ? 'expected `expect` alone' : undefined;
    if (expect !== undefined)
        return 'expected `sql: rls` where `expect` stands';
    if (sql === 'version')
        return value === undefined || value === null || others ? 'expected `value` alone' : undefined;
    return value === undefined && !others ? 'expected value, rows or columns, found nothing that is asserted' : undefined;
}

;// CONCATENATED MODULE: ./build/checks/tables.js





const TABLES = 'a list of tables, or a map of tables to their columns';
const columns = schemas/* array */.YOg(shapes_text('a column')).min(1, 'expected at least one column');
const tables_shape = schemas/* strictObject */.rej({
    tables: oneOf([
        schemas/* array */.YOg(shapes_text('a table')).min(1, `expected ${TABLES}`),
        mapOf(oneOf([word('exists', 'absent'), columns], 'a list of columns, exists, or absent'), TABLES)
    ], TABLES).describe('Tables that must exist, as SQL names them (`users`, `app.users`); or a map of tables to columns, `exists` or `absent`.')
});
/** Tables, and columns of tables; a view is no table. */
const tablesKind = ({ sql }) => ({
    name: 'tables',
    shape: tables_shape,
    effect: 'check',
    polls: true,
    usesDatabase: true,
    turn: () => 'together',
    subject: spec => `tables ${tables_wantedOf(spec)
        .map(([name]) => name)
        .join(', ')}`,
    run: async (spec, context) => {
        const wanted = tables_wantedOf(spec);
        return database_url_ask(sql, { sql: question(wanted.map(([name]) => name)) }, context, ({ rows }) => tables_judge(wanted, rows));
    }
});
const tables_wantedOf = ({ tables }) => Array.isArray(tables) ? tables.map(name => [name, 'exists']) : Object.entries(tables);
// One row for each name in its order: what it is, or NULL, and its columns as JSON.
const question = (names) => `SELECT c.relkind, (SELECT json_agg(a.attname) FROM pg_catalog.pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
    FROM unnest(ARRAY[${names.map(literal).join(', ')}]::text[]) WITH ORDINALITY AS wanted (name, place)
    LEFT JOIN pg_catalog.pg_class c ON c.oid = pg_catalog.to_regclass(wanted.name) ORDER BY wanted.place`;
function tables_judge(wanted, rows) {
    if (rows.length !== wanted.length) {
        return broken(`expected ${wanted.length} rows of the catalogue, found ${rows.length}`, 'See what the server is.');
    }
    const problems = wanted.flatMap(([name, one], place) => tables_problemWith(name, one, rows[place] ?? []) ?? []);
    const names = wanted.map(([name]) => name).join(', ');
    return judged(problems, `${names}: as expected`, 'See whether the migration ran, and the search path of the role.');
}
const KINDS = {
    v: 'a view',
    m: 'a materialized view',
    S: 'a sequence',
    i: 'an index'
};
function tables_problemWith(name, wanted, [kind = null, columns = null]) {
    const isTable = kind !== null && ['r', 'p', 'f'].includes(kind);
    if (wanted === 'absent')
        return kind === null ? undefined : `expected no table ${name}, found it`;
    if (!isTable)
        return `expected table ${name}, found ${kind === null ? 'none' : (KINDS[kind] ?? 'something else')}`;
    if (typeof wanted === 'string')
        return undefined;
    const found = JSON.parse(columns ?? '[]');
    const missing = wanted.filter(column => !(Array.isArray(found) && found.includes(column)));
    return missing.length === 0 ? undefined : `expected ${name} to have ${missing.join(', ')}, found no such column`;
}

;// CONCATENATED MODULE: ./build/checks/wait.js




const DURATION = 'a duration such as 30s or 5m';
const wait_shape = schemas/* strictObject */.rej({
    wait: checkedText(DURATION, text => (0,units/* parseDuration */.E9)(text) === undefined ? `expected ${DURATION}` : undefined).describe('How long to let things settle, such as 30s. Asserts nothing; to wait for something, let a check retry.')
});
/** Lets time pass between what stands before and what comes after. */
const waitKind = ({ clock }) => ({
    name: 'wait',
    shape: wait_shape,
    effect: 'check',
    turn: () => 'barrier',
    subject: ({ wait }) => `wait ${wait}`,
    run: async ({ wait }, { signal, timeoutMs, say }) => {
        const ms = (0,units/* parseDuration */.E9)(wait) ?? 0;
        if (ms >= timeoutMs) {
            const limit = (0,units/* formatDuration */.a3)(timeoutMs);
            return broken(`expected a wait shorter than the item's time limit of ${limit}, found ${wait}`, 'Raise `timeout`.');
        }
        say(`waiting ${(0,units/* formatDuration */.a3)(ms)}`);
        await clock.sleep(ms, signal);
        signal.throwIfAborted();
        return pass(`${(0,units/* formatDuration */.a3)(ms)} have passed`);
    }
});

;// CONCATENATED MODULE: ./build/checks/index.js










/** The kinds that look, and the two that let a command or a person speak. One row each. */
const checkKinds = (ports) => [
    runKind(ports),
    envKind(ports),
    httpKind(ports),
    sqlKind(ports),
    tablesKind(ports),
    fileKind(ports),
    portKind(ports),
    diskKind(),
    waitKind(ports),
    manualKind(ports)
];

// EXTERNAL MODULE: ./build/core/redact/secret-forms.js
var secret_forms = __webpack_require__(606);
;// CONCATENATED MODULE: ./build/core/redact/redact.js

const HIDDEN = '***';
function createRedactor(secrets = []) {
    const index = createIndex();
    const known = new Set();
    const beginnings = new Set();
    function add(secret) {
        if (known.has(secret))
            return;
        known.add(secret);
        for (const form of (0,secret_forms/* formsOf */.X)(secret)) {
            index.add(form);
            if (hasShortLine(form))
                for (const beginning of beginningsOf(form))
                    beginnings.add(beginning);
        }
    }
    const find = (text) => index.look(text).found;
    const found = (text) => /[\r\n]/.test(text) ? merged([...find(text), ...withinLines(find(unwrapped(text)), text)]) : find(text);
    for (const secret of secrets)
        add(secret);
    return {
        add,
        redact: text => hide(text, found(text)),
        look: index.look,
        find,
        longest: index.longest,
        mayGoOn: text => beginnings.size > 0 && [...beginnings].some(beginning => text.endsWith(beginning))
    };
}
/** The text with each range replaced. */
function hide(text, ranges) {
    if (ranges.length === 0)
        return text;
    let shown = '';
    let from = 0;
    for (const { start, end } of ranges) {
        shown += text.slice(from, start) + HIDDEN;
        from = end;
    }
    return shown + text.slice(from);
}
/** Ascending, and one range for all that overlap or touch: so no end of one secret stays beside another. */
function merged(ranges) {
    const result = [];
    for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
        const last = result.at(-1);
        if (last === undefined || start > last.end)
            result.push({ start, end });
        else
            last.end = Math.max(last.end, end);
    }
    return result;
}
/** The text as it was before it was wrapped: without its line ends. */
const unwrapped = (text) => text.replace(/[\r\n]+/g, '');
/**
 * Where ranges of the unwrapped text, `from` characters of which stand before this text, lie in the text itself: one for
 * each line, so that line ends stay.
 */
function withinLines(ranges, text, from = 0) {
    if (ranges.length === 0)
        return ranges;
    const result = [];
    let at = from;
    let next = 0;
    for (const { index, 0: line } of text.matchAll(/[^\r\n]+/g)) {
        const end = at + line.length;
        while (next < ranges.length && (ranges[next]?.end ?? 0) <= at)
            next++;
        for (let i = next; i < ranges.length && (ranges[i]?.start ?? end) < end; i++) {
            const { start, end: last } = ranges[i];
            result.push({ start: index + Math.max(0, start - at), end: index + Math.min(line.length, last - at) });
        }
        at = end;
    }
    return result;
}
// Brackets and commas of a JSON secret are no secret; without this, each line that ends in `{` would have to wait.
const hasShortLine = (form) => form.includes('\n') &&
    form.split('\n').some(line => line.trim().length < secret_forms/* SHORTEST_HIDDEN */.I && /[\p{L}\p{N}]/u.test(line));
const beginningsOf = (form) => [...form.replaceAll('\r\n', '\n').matchAll(/\n/g)].map(({ index }) => form.replaceAll('\r\n', '\n').slice(0, index + 1));
const WIDTH = secret_forms/* SHORTEST_HIDDEN */.I;
const SLOTS = 1 << 18;
const ANCHOR = 1;
const BEGINNING = 2;
/**
 * One pass over the text for any number of forms: each is filed under four of its characters, those that the fewest
 * others are filed under, and only where these four stand is it compared. Its first four tell where it may have begun, at
 * the end of a text. A rolling hash (24 bits, six for each character) finds them; `taken` keeps most positions away from
 * the maps.
 */
function createIndex() {
    const anchors = new Map();
    const beginnings = new Map();
    const taken = new Uint8Array(SLOTS);
    let longest = 0;
    function add(form) {
        const { hash, at } = rarest(form);
        const filed = anchors.get(hash) ?? [];
        if (filed.some(anchor => anchor.form === form))
            return;
        anchors.set(hash, [...filed, { form, at }]);
        mark(hash, ANCHOR);
        longest = Math.max(longest, form.length);
        // One of several lines waits for the next by `mayGoOn`.
        if (form.includes('\n'))
            return;
        const begins = hashOf(form, 0);
        beginnings.set(begins, [...(beginnings.get(begins) ?? []), form]);
        mark(begins, BEGINNING);
    }
    function mark(hash, as) {
        taken[slot(hash)] = (taken[slot(hash)] ?? 0) | as;
    }
    // From the end: beginnings (`https://`, `ghp_`) are what secrets have in common.
    function rarest(form) {
        let best = { hash: 0, at: 0, filed: Number.POSITIVE_INFINITY };
        for (let at = form.length - WIDTH; at >= 0 && best.filed > 0; at -= Math.max(1, form.length >> 5)) {
            const hash = hashOf(form, at);
            const filed = anchors.get(hash)?.length ?? 0;
            if (filed < best.filed)
                best = { hash, at, filed };
        }
        return best;
    }
    function look(text) {
        if (longest === 0)
            return { found: [], open: text.length, mostly: text.length };
        const found = [];
        let open = text.length;
        let mostly = open;
        let hash = 0;
        for (let i = 0; i < text.length; i++) {
            hash = roll(hash, text.charCodeAt(i));
            const marks = taken[slot(hash)] ?? 0;
            if (marks === 0)
                continue;
            const first = i - WIDTH + 1;
            for (const { form, at } of anchors.get(hash) ?? []) {
                const start = first - at;
                if (start >= 0 && text.startsWith(form, start))
                    found.push({ start, end: start + form.length });
            }
            const rest = text.length - first;
            if ((marks & BEGINNING) === 0 || rest >= longest || mostly < first)
                continue;
            for (const form of beginnings.get(hash) ?? []) {
                if (rest >= form.length || !text.endsWith(form.slice(0, rest)))
                    continue;
                open = Math.min(open, first);
                if (rest * 2 >= form.length)
                    mostly = Math.min(mostly, first);
            }
        }
        return { found: found.length > 1 ? merged(found) : found, open, mostly };
    }
    return { add, look, longest: () => longest };
}
const roll = (hash, code) => ((hash << 6) ^ code) & 0xff_ffff;
const slot = (hash) => (hash ^ (hash >>> 7)) & (SLOTS - 1);
function hashOf(text, at) {
    let hash = 0;
    for (let i = at; i < at + WIDTH; i++)
        hash = roll(hash, text.charCodeAt(i));
    return hash;
}

// EXTERNAL MODULE: ./build/database/backup-decision.js
var backup_decision = __webpack_require__(7267);
// EXTERNAL MODULE: ./build/database/postgres/address.js
var address = __webpack_require__(8658);
// EXTERNAL MODULE: ./build/database/postgres/client.js + 1 modules
var postgres_client = __webpack_require__(9004);
// EXTERNAL MODULE: ./build/database/postgres/docker.js
var docker = __webpack_require__(8216);
// EXTERNAL MODULE: ./build/database/postgres/embedded.js
var embedded = __webpack_require__(6410);
// EXTERNAL MODULE: ./build/database/postgres/offered.js
var offered = __webpack_require__(2913);
// EXTERNAL MODULE: ./build/database/postgres/programs.js
var programs = __webpack_require__(6901);
// EXTERNAL MODULE: ./build/database/postgres/rights.js
var rights = __webpack_require__(91);
// EXTERNAL MODULE: ./build/database/postgres/scratch.js
var postgres_scratch = __webpack_require__(1012);
// EXTERNAL MODULE: ./build/database/postgres/server.js + 4 modules
var server = __webpack_require__(8541);
// EXTERNAL MODULE: ./build/database/postgres/source.js
var postgres_source = __webpack_require__(1937);
// EXTERNAL MODULE: ./build/database/store.js
var database_store = __webpack_require__(1665);
// EXTERNAL MODULE: ./build/database/store-place.js
var store_place = __webpack_require__(647);
;// CONCATENATED MODULE: ./build/database/backup-facts.js















/** The database of that name with its values filled in, and the folder for its dumps. */
function targetOf(name, { execution, names }, { defaultStore, baseEnv }) {
    const plan = execution.databases[name];
    if (plan === undefined) {
        const known = Object.keys(execution.databases).join(', ');
        throw (0,errors/* refused */.J5)('usage', `no database is called ${name}`, `Name one of databases: ${known === '' ? '(none)' : known}`);
    }
    const fill = (text, what) => {
        const filled = (0,interpolate/* interpolate */.GW)(text, names);
        if ('text' in filled)
            return filled.text;
        const missing = filled.missing.join(', ');
        throw (0,errors/* refused */.J5)('missing_value', `the ${what} of ${name} needs ${missing}`, `Set ${missing} where this stage runs.`);
    };
    const filled = {
        ...plan,
        url: fill(plan.url, 'URL'),
        ...(plan.store === undefined ? {} : { store: fill(plan.store, 'store') }),
        ...(plan.scratch === undefined ? {} : { scratch: fill(plan.scratch, 'scratch') })
    };
    const folder = (0,external_node_path_.resolve)(execution.folder, filled.store ?? defaultStore);
    return { name, plan: filled, database: (0,address/* withPassword */.o9)((0,address.parseAddress)(filled.url), baseEnv), folder };
}
/** Everything that decides about a backup, or that the URL is pooled: then nothing else can be asked. Changes nothing. */
async function readBackupFacts(target, context, ports) {
    const { database, plan, name } = target;
    const { signal } = context;
    if (await (0,rights/* isPooled */.Ue)(database, { signal }))
        return 'pooled';
    const seen = await (0,postgres_client/* withClient */.S)(database, { signal }, async (connection) => ({
        source: await (0,postgres_source/* readSource */.o$)(connection),
        unreadable: await (0,rights/* readUnreadable */.Kv)(connection),
        prepared: await (0,rights/* countPrepared */.pU)(connection),
        mayClone: await (0,rights/* mayClone */.fg)(connection)
    }));
    const tools = await readTools(plan, seen.source, context, ports);
    const tried = tools.client !== undefined && seen.source.extensions.length > 0 ? tools.scratch : undefined;
    const ours = tools.scratch?.kind === 'machine' || tools.scratch?.kind === 'embedded';
    return {
        ...seen,
        ...tools,
        name,
        offered: tried === undefined ? undefined : await (0,offered/* readOffered */.i_)(tried, signal),
        atLeast: plan.atLeast,
        ledger: context.ledgerDatabase,
        diskDisappears: context.diskDisappears ?? false,
        copyAllowed: plan.scratch === postgres_scratch/* HERE */.Dg,
        space: {
            store: await (0,store_place/* readStorePlace */.N)(target.folder, context.execution.folder, ports),
            scratch: ours ? await spaceForServer() : undefined
        }
    };
}
async function readTools({ scratch }, { major }, { signal, names }, ports) {
    const found = await (0,programs/* findPrograms */.z0)(ports.baseEnv['PATH'] ?? '', ports.places);
    const client = (0,programs/* chooseClient */.Pg)(found, major);
    const chosen = await (0,postgres_scratch/* chooseScratch */.Ct)({
        given: scratch === undefined || scratch === postgres_scratch/* HERE */.Dg ? scratch : addressIn(scratch, ports),
        found,
        docker: () => (0,docker/* dockerAnswers */.e)({ shell: ports.shell, env: programEnv(ports, names), signal }),
        embedded: () => (0,embedded/* findEmbedded */.o)(ports.program),
        majors: { server: major, client: client?.major ?? major }
    });
    const seen = found.filter(({ has }) => has.includes('pg_dump')).map(({ version }) => version);
    return { client, seen, scratch: chosen };
}
const addressIn = (url, { baseEnv }) => (0,address/* formatAddress */.M0)((0,address/* withPassword */.o9)((0,address.parseAddress)(url), baseEnv));
async function spaceForServer() {
    const path = await (0,server/* serverParent */.cc)();
    return { path, ...(await (0,database_store/* freeSpace */.FP)(path)) };
}
const PASSED_ON = /^(PATH|HOME|TMPDIR|PGPASSFILE|PGSSLROOTCERT|DOCKER_.*)$/;
const MARKS = ['DEPLOY_EXECUTION', 'DEPLOY_ITEM'];
/** What programs of ours get: no secret and nothing that would lead them elsewhere; the marks find what is left of them. */
function programEnv({ baseEnv }, names) {
    const passed = Object.entries(baseEnv).filter(([name]) => PASSED_ON.test(name));
    const marks = MARKS.flatMap(name => (names[name] === undefined ? [] : [[name, names[name]]]));
    return Object.fromEntries([...passed, ...marks]);
}

;// CONCATENATED MODULE: ./build/database/compare.js
/** What differs, one text per relation, as `app.users: 100 rows in the source, 99 in the copy`; empty when nothing does. */
function compareFingerprints(source, copy) {
    return [
        ...compareEach(source.relations, copy.relations, (theirs, ours) => {
            if (theirs.rows !== ours.rows)
                return `${theirs.rows} rows in the source, ${ours.rows} in the copy`;
            return theirs.fingerprint === ours.fingerprint ? undefined : `same number of rows (${ours.rows}), other content`;
        }),
        ...compareEach(source.populated, copy.populated, (theirs, ours) => {
            return theirs === ours ? undefined : `filled in the ${theirs ? 'source' : 'copy'} only`;
        })
    ];
}
/**
 * Sequences go on while a dump runs: the copy's value must lie between the source's before and after it. So a value that
 * the source itself had ahead of its rows is ahead in the copy too.
 */
const compareSequences = (before, after, copy) => compareEach(before, copy, (first, ours, name) => {
    const last = after[name] ?? first;
    const bounds = [BigInt(first.next), BigInt(last.next)].sort((a, b) => (a < b ? -1 : 1));
    const [low = 0n, high = 0n] = bounds;
    const wrapped = BigInt(first.step) > 0n !== BigInt(last.next) >= BigInt(first.next) && first.next !== last.next;
    const next = BigInt(ours.next);
    if (wrapped || (next >= low && next <= high))
        return undefined;
    return `next value ${ours.next} in the copy, between ${low} and ${high} in the source`;
});
function compareEach(source, copy, differ) {
    const names = [...new Set([...Object.keys(source), ...Object.keys(copy)])].sort();
    return names.flatMap(name => {
        const [theirs, ours] = [source[name], copy[name]];
        if (theirs === undefined)
            return [`${name}: only in the copy`];
        if (ours === undefined)
            return [`${name}: missing in the copy`];
        const difference = differ(theirs, ours, name);
        return difference === undefined ? [] : [`${name}: ${difference}`];
    });
}
/** Rows of all relations together. */
const rowsOf = ({ relations }) => Object.values(relations).reduce((sum, { rows }) => sum + rows, 0);

// EXTERNAL MODULE: ./build/database/postgres/closed.js
var postgres_closed = __webpack_require__(7084);
// EXTERNAL MODULE: ./build/database/postgres/faults.js
var faults = __webpack_require__(9213);
// EXTERNAL MODULE: ./build/database/postgres/quote.js
var postgres_quote = __webpack_require__(3702);
;// CONCATENATED MODULE: ./build/database/postgres/row-hash.js

const folded = (name, nothing) => (value, seed) => `${name}(coalesce(${value}, ${nothing}), ${seed})`;
// Types whose values hash equal only where they are the same bytes, so their text need not be made. Left out on purpose:
// numeric (1.0 equals 1.00), floats (0 equals -0), enums and oid aliases (hashed by a number that the copy has anew),
// citext and all others of extensions, and timestamps, whose hash folds 64 bits into 32.
const FOLDS = {
    int2: folded('hashint2extended', '0::int2'),
    int4: folded('hashint4extended', '0'),
    // The server's hash folds the upper half into the lower one; the upper half alone, hashed too, tells them apart.
    int8: (value, seed) => folded('hashint8extended', '0::int8')(value, folded('hashint8extended', '0::int8')(`${value} >> 32`, seed)),
    bool: (value, seed) => folded('hashint4extended', '0')(`${value}::int4`, seed),
    uuid: folded('uuid_hash_extended', `'00000000-0000-0000-0000-000000000000'::uuid`),
    text: (value, seed) => folded('hashtextextended', `''`)(`${value} COLLATE "C"`, seed),
    varchar: (value, seed) => folded('hashtextextended', `''`)(`${value}::text COLLATE "C"`, seed),
    // Only with a length: then every value is padded to it, and the blanks that the hash leaves out tell nothing.
    bpchar: (value, seed) => folded('hashbpcharextended', `''::bpchar`)(`${value} COLLATE "C"`, seed)
};
/** A bigint has that many bits for the columns that are NULL. */
const BITS = 62;
/**
 * The SQL of a 64-bit hash of the row `r` that changes with each byte of each column: columns of plain types are hashed
 * as they are, each with the hash of the others as its seed, the rest as the text of a row. Three times as fast as the
 * text of the whole row, which is what a proof spends most of its time on.
 */
function rowHash(columns) {
    const isPlain = new Set(columns.filter(column => foldOf(column) !== undefined).slice(0, BITS));
    if (isPlain.size === 0)
        return textHash('(r.*)', '0');
    const rest = columns.filter(column => !isPlain.has(column)).map(row_hash_placeOf);
    const plain = [...isPlain];
    const nulls = plain
        .map((column, bit) => `CASE WHEN ${row_hash_placeOf(column)} IS NULL THEN ${2n ** BigInt(bit)} ELSE 0 END::int8`)
        .join(' + ');
    const seed = rest.length === 0 ? `(${nulls})` : textHash(`ROW(${rest.join(', ')})`, `(${nulls})`);
    return plain.reduce((inner, column) => foldOf(column)?.(row_hash_placeOf(column), inner) ?? inner, seed);
}
const foldOf = ({ type, hasLength }) => type === undefined || (type === 'bpchar' && !hasLength) || !Object.hasOwn(FOLDS, type) ? undefined : FOLDS[type];
const row_hash_placeOf = ({ name }) => `r.${(0,postgres_quote/* quoteName */.A)(name)}`;
// `(r.*)::text` is the row whatever its columns are called; `r::text` would be the column r where there is one.
const textHash = (row, seed) => `hashtextextended(${row}::text COLLATE "C", ${seed})`;

;// CONCATENATED MODULE: ./build/database/postgres/fingerprint.js




/** No limit of a role may end the work. A statement of its own, since it is under that limit itself. */
const LIMITS = `
SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN
  ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout', 'idle_session_timeout')`;
/** What a text of a row depends on, set to one value everywhere. */
const SETTINGS = `
SET extra_float_digits = 3; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
SET bytea_output = 'hex'; SET lc_monetary = 'C'; SET xmlbinary = 'base64'; SET search_path = pg_catalog;
SET row_security = off; SET max_parallel_workers_per_gather = 1; SET min_parallel_table_scan_size = 0;
SET synchronize_seqscans = off; SET default_transaction_read_only = off; SET jit = off;${LIMITS}`;
// Partitions and inheritance children are relations of their own. Foreign tables hold nothing here.
const RELATIONS = `
SELECT format('%I.%I', n.nspname, c.relname), greatest(c.reltuples, 0)::bigint::text, pg_relation_size(c.oid)::text,
  coalesce((SELECT jsonb_agg(jsonb_build_array(a.attname,
    CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace AND t.typtype = 'b' THEN t.typname END, a.atttypmod >= 0) ORDER BY a.attnum)
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]')::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY pg_relation_size(c.oid) DESC NULLS LAST, 1`;
const POPULATED = `
SELECT format('%I.%I', n.nspname, c.relname), c.relispopulated::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;
const SEQUENCES = `
SELECT format('%I.%I', n.nspname, c.relname), s.seqincrement::text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
WHERE c.relkind = 'S' AND c.relpersistence <> 't'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`;
const LARGE_OBJECTS = `
SELECT count(*)::text, coalesce(sum(hashtextextended(md5(lo_get(oid)) || oid::text, 0)), 0)::text FROM pg_largeobject_metadata`;
/** A second connection is not worth its start for less. */
const WORTH_TWO_BYTES = 8 * 2 ** 20;
/** Runs `work` while a connection of its own holds a snapshot open, for pg_dump and fingerprint to see one moment. */
const withSnapshot = (database, options, work) => (0,postgres_client/* withClient */.S)(database, options, async (connection) => {
    await connection.query(LIMITS);
    await connection.query(SETTINGS);
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await connection.query('SELECT pg_export_snapshot()');
    const result = await work(rows[0]?.[0] ?? '', connection);
    await connection.query('ROLLBACK');
    return result;
});
/** Two connections share the relations, the biggest first; each may use one parallel worker of the server. */
const takeFingerprint = async (request) => {
    const abort = new AbortController();
    const joined = (0,join_signals/* joinSignals */.o)(request.signal, abort.signal);
    try {
        return await withMoment(request, { signal: joined.signal }, first => lookWith(first, request, joined.signal, abort));
    }
    finally {
        joined.done();
    }
};
async function lookWith(first, request, signal, abort) {
    const { rows: list } = await first.query(RELATIONS);
    const queue = list.map(([name, , , columns]) => ({ name: name ?? '', columns: columnsOf(columns ?? '[]') }));
    const done = { rows: 0, total: sum(list.map(([, rows]) => Number(rows))) };
    const relations = {};
    const work = async (connection) => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
            const found = await fingerprint_hashOf(connection, next);
            relations[next.name] = found;
            done.rows += found.rows;
            request.onRows?.(done.rows, Math.max(done.rows, done.total));
        }
    };
    const bytes = sum(list.map(([, , size]) => Number(size)));
    const second = bytes > WORTH_TWO_BYTES && request.beforehand === undefined
        ? withMoment(request, { signal }, work)
        : Promise.resolve();
    try {
        await Promise.all([work(first), second]);
    }
    catch (error) {
        abort.abort(error);
        await second.catch(() => { });
        throw error;
    }
    const objects = await hashOfLargeObjects(first);
    return {
        relations: { ...sorted(relations), ...(objects.rows > 0 ? { 'large objects': objects } : {}) },
        sequences: await readSequences(first),
        populated: Object.fromEntries((await first.query(POPULATED)).rows.map(([name, is]) => [name, is === 'true']))
    };
}
const withMoment = ({ database, snapshot, beforehand }, options, work) => (0,postgres_client/* withClient */.S)(database, options, async (connection) => {
    await connection.query(LIMITS);
    await connection.query(SETTINGS);
    await beforehand?.(connection.pid);
    await connection.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    if (snapshot !== undefined)
        await connection.query(`SET TRANSACTION SNAPSHOT '${snapshot.replaceAll("'", "''")}'`);
    const result = await work(connection);
    await connection.query('ROLLBACK');
    return result;
});
const columnsOf = (json) => JSON.parse(json).map(([name, type, hasLength]) => ({
    name,
    type: type ?? undefined,
    hasLength
}));
// A sum, not an exclusive or, so that duplicates count.
async function fingerprint_hashOf({ query }, relation) {
    const { rows } = await query(`SELECT count(*)::text, coalesce(sum(${rowHash(relation.columns)}), 0)::text FROM ONLY ${relation.name} r`);
    return { rows: Number(rows[0]?.[0]), fingerprint: rows[0]?.[1] ?? '' };
}
/** The same of one relation without these columns: what it was before somebody added them. */
async function hashWithout({ query }, relation, added) {
    const { rows: list } = await query(RELATIONS);
    const all = columnsOf(list.find(([name]) => name === relation)?.[3] ?? '[]');
    const columns = all.filter(({ name }) => !added.includes(name));
    const { rows } = await query(`SELECT count(*)::text, coalesce(sum(${rowHash(columns)}), 0)::text
     FROM (SELECT ${columns.map(({ name }) => (0,postgres_quote/* quoteName */.A)(name)).join(', ')} FROM ONLY ${relation}) r`);
    return { rows: Number(rows[0]?.[0]), fingerprint: rows[0]?.[1] ?? '' };
}
async function hashOfLargeObjects({ query }) {
    const { rows } = await query(LARGE_OBJECTS);
    return { rows: Number(rows[0]?.[0]), fingerprint: rows[0]?.[1] ?? '' };
}
/** The next value of every sequence, as it is now. */
async function readSequences({ query }) {
    const { rows } = await query(SEQUENCES);
    if (rows.length === 0)
        return {};
    const each = rows.map(([name, step], index) => `SELECT ${index} AS i, (last_value::numeric + CASE WHEN is_called THEN ${step} ELSE 0 END)::text AS next FROM ${name}`);
    const values = (await query(`SELECT i::text, next FROM (${each.join(' UNION ALL ')}) s ORDER BY i`)).rows;
    return sorted(Object.fromEntries(rows.map(([name, step], index) => [name, { next: values[index]?.[1] ?? '', step: step ?? '1' }])));
}
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const sorted = (record) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

// EXTERNAL MODULE: ./build/core/plan.js
var core_plan = __webpack_require__(4115);
;// CONCATENATED MODULE: ./build/database/elapsed.js
/** Seconds between two moments of a clock that may be set back meanwhile. */
const secondsBetween = (from, to) => Math.max(0, to.getTime() - from.getTime()) / 1000;

;// CONCATENATED MODULE: ./build/database/postgres/run-program.js


/** Runs one of PostgreSQL's programs. Its own words come back without any value of a row. */
async function runProgram(run) {
    const [program, ...args] = run.argv;
    const command = {
        what: { argv: [(0,external_node_path_.join)(run.bin, program), ...args] },
        env: { ...run.env, LC_ALL: 'C', ...(run.database === undefined ? {} : (0,address/* libpqEnv */.kY)(run.database)) },
        folder: '/',
        timeoutMs: 2 ** 31 - 1,
        signal: run.signal,
        onAbort: 'end',
        ...(run.stdoutFile === undefined ? {} : { stdoutFile: run.stdoutFile }),
        ...(run.rawBytes === undefined ? {} : { keep: 'raw', keepBytes: run.rawBytes })
    };
    const exit = await run.shell.run(command);
    if (exit.kind === 'exited' && exit.code === 0)
        return { failed: undefined, stdout: exit.stdout };
    return { failed: `${program} ended with ${exit.code}: ${errorsOf(exit.stderr)}`, stdout: exit.stdout };
}
/** The errors that a program printed; DETAIL, CONTEXT and the failed command may hold values of rows. */
function errorsOf(stderr) {
    const lines = stderr.split('\n').filter(line => /error:|ERROR:|FATAL:|HINT:|Error message from server/.test(line));
    const text = lines.map(line => line.replace(/^pg_\w+: /, '').trim()).join('; ');
    return text === '' ? 'no error was printed' : text.slice(0, 1_000);
}

;// CONCATENATED MODULE: ./build/database/postgres/schema-text.js
/**
 * A dump of a schema without what differs between two dumps of one: comments, settings of the session, and the random
 * token that newer pg_dumps write around their text.
 */
const normalizeSchema = (dump) => dump
    .split('\n')
    .filter(line => !/^(--|$|SET |SELECT pg_catalog\.set_config|\\(un)?restrict)/.test(line))
    .join('\n');
/** Statements that only one of two schemas has, by their first line, as `copy lacks: CREATE TABLE app.users (`. */
function compareSchemas(source, copy) {
    if (source === copy)
        return [];
    const [theirs, ours] = [statementsOf(source), statementsOf(copy)];
    const lacking = theirs.filter(statement => !ours.includes(statement)).map(text => `the copy lacks: ${headOf(text)}`);
    const added = ours.filter(statement => !theirs.includes(statement)).map(text => `only in the copy: ${headOf(text)}`);
    return lacking.length + added.length > 0 ? [...lacking, ...added] : ['the schemas differ in their order'];
}
const statementsOf = (schema) => schema.split(/(?<=;)\n/);
const headOf = (statement) => (statement.trim().split('\n')[0] ?? '').slice(0, 120);

;// CONCATENATED MODULE: ./build/database/postgres/dump.js



/** Writes a dump of the snapshot into an existing file. Waits at most a minute for locks, so that it never blocks a queue. */
async function dump(tools, request) {
    const { database, snapshot, file, signal, compression } = request;
    const look = setInterval(() => void (0,promises_.stat)(file).then(({ size }) => request.onBytes(size), () => { }), 500);
    try {
        const argv = [
            '-Fc',
            `-Z${compression}`,
            `--snapshot=${snapshot}`,
            '--lock-wait-timeout=60000',
            '--no-password',
            '-f',
            file
        ];
        return (await runProgram({ ...tools, argv: ['pg_dump', ...argv], database, signal })).failed;
    }
    finally {
        clearInterval(look);
    }
}
/** The text of the schema, of one moment where a snapshot is named, without what is no part of a copy on another server. */
async function dumpSchema(tools, { database, snapshot, signal }) {
    const moment = snapshot === undefined ? [] : [`--snapshot=${snapshot}`];
    const argv = ['--schema-only', '--no-comments', ...LEFT_OUT, ...moment, '--no-password'];
    const run = { ...tools, argv: ['pg_dump', ...argv], database, signal, rawBytes: 256 * 2 ** 20 };
    const { failed, stdout } = await runProgram(run);
    return failed === undefined ? { schema: normalizeSchema(stdout) } : { failed };
}
/** Fills an empty database with a stored dump; the reason if anything at all did not go in. */
async function restoreDump(tools, { database, file, signal }) {
    const argv = ['-j2', '--exit-on-error', ...LEFT_OUT, '--no-password', '-d', database.database, file];
    return (await runProgram({ ...tools, argv: ['pg_restore', ...argv], database, signal })).failed;
}
// Tablespaces and label providers are the server's; a subscription would name the publisher with its password.
const LEFT_OUT = ['--no-tablespaces', '--no-security-labels', '--no-subscriptions'];

;// CONCATENATED MODULE: ./build/database/postgres/side-by-side.js


/** Work side by side, of which the first failure ends the rest before it is told. */
function together(signal) {
    const abort = new AbortController();
    const both = (0,join_signals/* joinSignals */.o)(signal, abort.signal);
    const parts = [];
    return {
        add: work => {
            const part = work(both.signal);
            part.catch(error => abort.abort(error));
            parts.push(part);
            return part;
        },
        all: async () => {
            await Promise.allSettled(parts);
            both.done();
            (0,postgres_client/* throwIfCancelled */.d)(signal);
            // What came first is the cause; the others were only ended because of it.
            if (abort.signal.aborted)
                throw abort.signal.reason;
        }
    };
}

;// CONCATENATED MODULE: ./build/database/postgres/take.js







/** Dump, fingerprint and schema of one moment, side by side; the file is durable when this resolves. */
async function take(request) {
    const { database, source, store, tools, clock, compression, onProgress } = request;
    const startedAt = clock.now();
    const partial = await (0,database_store/* beginFile */.yW)(store.folder, store.name);
    try {
        const seen = await withSnapshot(database, { signal: request.signal }, async (snapshot, holder) => {
            // Sequences belong to no snapshot: pg_dump reads them at a moment between these two.
            const before = await readSequences(holder);
            const parts = together(request.signal);
            const fingerprint = parts.add(signal => request.takeFingerprint({
                database,
                snapshot,
                signal,
                onRows: (done, total) => onProgress('fingerprint of the source', done, total, 'rows')
            }));
            const schema = parts.add(signal => orFail(dumpSchema(tools, { database, snapshot, signal })));
            const onBytes = (bytes) => onProgress('dump', bytes, undefined, 'bytes');
            const dumped = parts.add(signal => failing(dump(tools, { database, snapshot, file: partial, signal, compression, onBytes }), database, signal));
            await parts.all();
            await dumped;
            const sequences = { before, after: await readSequences(holder) };
            return { fingerprint: await fingerprint, schema: await schema, sequences };
        });
        // What the source feels ends here; the file is made durable and hashed without it.
        const seconds = secondsBetween(startedAt, clock.now());
        const location = await (0,database_store/* finishFile */.sN)(partial);
        const digest = await (0,database_store/* digestFile */.TM)(location, request.signal);
        request.say(`dumped ${source.database}: ${digest.bytes} bytes`);
        return { location, ...digest, ...seen, seconds };
    }
    catch (error) {
        await (0,database_store/* removeBackup */.TC)(partial);
        await (0,database_store/* removeBackup */.TC)(partial.replace(/\.partial$/, ''));
        throw error;
    }
}
async function orFail(work) {
    const result = await work;
    if ('schema' in result)
        return result.schema;
    throw take_broken(result.failed);
}
// A server that went away is said as such, in fewer words than pg_dump has for it.
async function failing(work, database, signal) {
    const failed = await work;
    if (failed === undefined)
        return;
    await (0,postgres_client/* withClient */.S)(database, { signal }, ({ query }) => query('SELECT 1'));
    throw take_broken(failed);
}
const take_broken = (message) => new errors/* ChecklistError */.vm('FAILED', 'backup_failed', {
    message,
    hint: 'Production was only read and is as it was. Mend what the message says, then run it again.'
});

;// CONCATENATED MODULE: ./build/database/postgres/prove.js











/**
 * Dumps the database, restores the stored bytes into a scratch database and compares the two. Only a proven dump stays
 * in the store. Throws a ChecklistError where one of the steps breaks off.
 */
async function prove(request) {
    const startedAt = request.clock.now();
    const giveUp = new AbortController();
    const joined = (0,join_signals/* joinSignals */.o)(request.signal, giveUp.signal);
    const inTime = { ...request, signal: joined.signal };
    // The scratch server starts while the dump is taken; whichever breaks first ends the other.
    const taking = take(inTime);
    taking.catch(error => giveUp.abort(error));
    try {
        const proof = await (0,postgres_scratch/* withScratch */.hM)(request.scratch, { ...request.tools, ...inTime }, async (scratch) => tryOut(inTime, await taking, scratch));
        if ('differences' in proof) {
            await (0,database_store/* removeBackup */.TC)((await taking).location);
            return proof;
        }
        const total = secondsBetween(startedAt, request.clock.now());
        return { receipt: receiptOf(request, await taking, { ...proof, takenAt: startedAt, total }) };
    }
    catch (error) {
        giveUp.abort(error);
        const taken = await taking.catch(() => undefined);
        if (taken !== undefined)
            await (0,database_store/* removeBackup */.TC)(taken.location);
        throw giveUp.signal.reason;
    }
    finally {
        joined.done();
    }
}
/** Restores the stored bytes and looks for differences. */
async function tryOut(request, taken, scratch) {
    const { clock, signal, tools, source } = request;
    const startedAt = clock.now();
    request.say(`restoring into ${scratch.words}`);
    const onBytes = (bytes) => request.onProgress('restore', bytes, source.bytes, 'bytes');
    const watched = watchSize(scratch.database, request, onBytes);
    try {
        const failed = await restoreDump(tools, { database: scratch.database, file: taken.location, signal });
        if (failed !== undefined)
            return { differences: [await whyNotRestored(scratch, signal, failed)] };
    }
    finally {
        watched.stop();
    }
    const restoredAt = clock.now();
    const differences = await differencesIn(request, taken, scratch);
    if (differences.length > 0)
        return { differences };
    return { restore: secondsBetween(startedAt, restoredAt), compare: secondsBetween(restoredAt, clock.now()), scratch };
}
// A server that went away, or a cancel, says nothing about the dump.
async function whyNotRestored({ database }, signal, failed) {
    (0,postgres_client/* throwIfCancelled */.d)(signal);
    await (0,postgres_client/* withClient */.S)(database, { signal }, ({ query }) => query('SELECT 1'));
    return `the dump cannot be restored: ${failed}`;
}
async function differencesIn(request, taken, scratch) {
    const { database } = scratch;
    const parts = together(request.signal);
    const fingerprint = parts.add(signal => request.takeFingerprint({
        database,
        signal,
        onRows: done => request.onProgress('fingerprint of the copy', done, rowsOf(taken.fingerprint), 'rows')
    }));
    const schema = parts.add(signal => orFail(dumpSchema(request.tools, { database, signal })));
    await parts.all();
    const copy = await fingerprint;
    return [
        ...compareFingerprints(taken.fingerprint, copy),
        ...compareSequences(taken.sequences.before, taken.sequences.after, copy.sequences),
        ...compareSchemas(taken.schema, await schema)
    ];
}
const receiptOf = ({ subject, source, client }, taken, { scratch, restore, compare, takenAt, total }) => ({
    subject,
    proof: 'identical',
    takenAt: takenAt.toISOString(),
    location: taken.location,
    sha256: taken.sha256,
    bytes: taken.bytes,
    scratch: scratch.words,
    versions: { server: source.version, client },
    seconds: { dump: taken.seconds, restore, compare, total },
    relations: taken.fingerprint.relations,
    schemaSha256: (0,core_plan/* sha256 */.sc)(taken.schema),
    source: {
        systemIdentifier: source.systemIdentifier,
        databaseOid: source.databaseOid,
        database: source.database
    },
    details: {
        databaseBytes: source.bytes,
        locale: scratch.locale,
        sequences: Object.keys(taken.fingerprint.sequences).length,
        materializedViews: Object.keys(taken.fingerprint.populated).length,
        notInTheDump: 'roles and their passwords, tablespaces, content of materialized views'
    }
});
/** Tells how far a restore is, by the size that the database has reached. */
function watchSize(database, { signal, clock }, onBytes) {
    const over = new AbortController();
    const either = (0,join_signals/* joinSignals */.o)(signal, over.signal);
    const look = (0,postgres_client/* withClient */.S)(database, { signal: either.signal }, async ({ query }) => {
        while (!either.signal.aborted) {
            onBytes(Number((await query('SELECT pg_database_size(current_database())')).rows[0]?.[0]));
            await clock.sleep(1_000, either.signal);
        }
    });
    // Only words; what is wrong with the server comes out at the restore itself.
    look.catch(() => { }).finally(either.done);
    return { stop: () => over.abort() };
}

;// CONCATENATED MODULE: ./build/database/postgres/snapshot.js






/**
 * Clones the database on its own server: no dump that could leave it. Nobody can connect meanwhile, for the fingerprint
 * and the clone have to be of one moment and a clone waits until it is alone.
 */
async function snapshot(request) {
    const { database, name, clock, signal, takeFingerprint } = request;
    const takenAt = clock.now();
    const nowMs = () => clock.now().getTime();
    const { result: fingerprint, closedMs } = await (0,postgres_closed/* withClosing */.Qb)(database, { signal, nowMs }, async (close) => {
        // Its session is there before the door is shut, and is the only one that may stay.
        const beforehand = (pid) => close([pid]);
        const taken = await takeFingerprint({ database, signal, beforehand });
        await (0,postgres_closed/* withNeighbour */.m8)(database, signal, neighbour => (0,postgres_closed/* createPrivate */.Oo)(neighbour, name, `TEMPLATE ${(0,postgres_quote/* quoteName */.A)(database.database)}`));
        return taken;
    });
    request.say(`nobody could connect to ${database.database} for ${(closedMs / 1000).toFixed(1)} s`);
    const comparedAt = clock.now();
    try {
        const copy = await takeFingerprint({ database: (0,address/* inDatabase */.jG)(database, name), signal });
        const differences = [
            ...compareFingerprints(fingerprint, copy),
            ...compareSequences(fingerprint.sequences, fingerprint.sequences, copy.sequences)
        ];
        if (differences.length > 0) {
            await dropSnapshot(database, name);
            return { differences };
        }
    }
    catch (error) {
        await dropSnapshot(database, name);
        throw error;
    }
    const times = { dump: closedMs / 1000, compare: (nowMs() - comparedAt.getTime()) / 1000 };
    return {
        receipt: snapshot_receiptOf(request, takenAt, fingerprint.relations, {
            ...times,
            total: (nowMs() - takenAt.getTime()) / 1000
        })
    };
}
const snapshot_receiptOf = ({ subject, source, name }, takenAt, relations, seconds) => ({
    subject,
    proof: 'snapshot',
    takenAt: takenAt.toISOString(),
    location: `server:${name}`,
    sha256: (0,core_plan/* sha256 */.sc)(JSON.stringify(relations)),
    bytes: source.bytes,
    scratch: 'same server',
    versions: { server: source.version, client: 'none' },
    seconds,
    relations,
    schemaSha256: '',
    source: { systemIdentifier: source.systemIdentifier, databaseOid: source.databaseOid, database: source.database },
    details: { outageSeconds: seconds.dump, databaseBytes: source.bytes }
});
/** Removes a clone; also a half one that a killed process left. */
const dropSnapshot = (database, name) => (0,postgres_closed/* withNeighbour */.m8)(database, AbortSignal.timeout(30_000), ({ query }) => query(`DROP DATABASE IF EXISTS ${(0,postgres_quote/* quoteName */.A)(name)} WITH (FORCE)`));
const snapshot_MARK = '_snapshot_';
const STAMP = /^\d{8}t\d{9}z_[0-9a-f]{4}$/;
const STAMP_LENGTH = '20260101t000000000z_0000'.length;
/**
 * Name of a clone: the database's, cut to the server's 63 bytes, and a stamp to the millisecond that sorts, with four
 * hex digits of its own: whoever clears away what a killed backup left must not meet a proven clone by that name.
 */
const snapshotName = (database, stamp, nonce) => `${shortened(database)}${snapshot_MARK}${stamp.toLowerCase()}_${nonce}`;
/** Removes the oldest clones of that database, so that `keep` are left; never the newest. */
async function removeOldSnapshots(database, { newest, keep, signal }) {
    const { rows } = await (0,postgres_closed/* withNeighbour */.m8)(database, signal, ({ query }) => query('SELECT datname FROM pg_database'));
    const start = `${shortened(database.database)}${snapshot_MARK}`;
    const clones = rows
        .map(([name]) => name ?? '')
        .filter(name => name !== newest && name.startsWith(start) && STAMP.test(name.slice(start.length)));
    const going = clones
        .sort()
        .reverse()
        .slice(keep - 1);
    for (const name of going)
        await dropSnapshot(database, name);
    return going;
}
// Two long names that begin alike would be one; then either backup would clear away the other's clones.
function shortened(database) {
    const room = 63 - snapshot_MARK.length - STAMP_LENGTH;
    if (Buffer.byteLength(database) <= room)
        return database;
    const digest = (0,external_node_crypto_.createHash)('sha256').update(database).digest('hex').slice(0, 6);
    let name = database;
    while (Buffer.byteLength(name) > room - digest.length)
        name = [...name].slice(0, -1).join('');
    return `${name}${digest}`;
}

;// CONCATENATED MODULE: ./build/database/backup-database.js














/** What stands in the way of a backup of that database, found without changing anything. */
async function objectionsTo(name, context, ports) {
    const facts = await readBackupFacts(targetOf(name, context, ports), context, ports);
    // Whatever the pooler answers about rights is some other session's.
    if (facts === 'pooled')
        return [(0,backup_decision/* pooledUrl */.Z1)(name)];
    const by = (0,backup_decision/* chooseWay */.T4)(facts).kind === 'snapshot' ? 'snapshot' : 'dump';
    // Ahead of the gate a role that only reads is enough; what the way back needs is asked behind it.
    if (context.execution.ahead)
        return by === 'snapshot' ? [(0,backup_decision/* onlyBehind */.dn)(name)] : (0,backup_decision/* decideObjections */.JK)(facts);
    // An old one knows too little to be asked.
    if (facts.source.versionNumber < postgres_source/* OLDEST */._j)
        return (0,backup_decision/* decideObjections */.JK)(facts);
    return [...(0,backup_decision/* decideObjections */.JK)(facts), ...((await ports.wayBack?.objections(name, by, context)) ?? [])];
}
/** Backs the database up and proves it; a copy that differs is a failure that names what differs. */
async function backUpDatabase(name, keep, context, ports) {
    const target = targetOf(name, context, ports);
    const facts = await readBackupFacts(target, context, ports);
    const objections = facts === 'pooled' ? [(0,backup_decision/* pooledUrl */.Z1)(name)] : (0,backup_decision/* decideObjections */.JK)(facts);
    const [first] = objections;
    if (facts === 'pooled' || first !== undefined)
        return objected(objections);
    const way = (0,backup_decision/* chooseWay */.T4)(facts);
    if (way.kind === 'snapshot' && context.execution.ahead)
        return objected([(0,backup_decision/* onlyBehind */.dn)(name)]);
    const job = { target, facts, context, ports, keep };
    try {
        return way.kind === 'dump' ? await byDump(way, job) : await bySnapshot(job);
    }
    catch (error) {
        throw saidByServer(error, name);
    }
}
/** What the server says to one of our own statements, such as an object that the role may not read. */
function saidByServer(error, name) {
    if (error instanceof errors/* ChecklistError */.vm || (0,faults/* sqlStateOf */.v9)(error) === undefined)
        return error;
    return new errors/* ChecklistError */.vm('FAILED', 'backup_failed', {
        message: `${name} could not be backed up: ${(0,faults/* wordsOf */.Z9)(error)} (SQLSTATE ${(0,faults/* sqlStateOf */.v9)(error)})`,
        hint: 'Production is as it was. Give the role what it lacks, or mend what the message says.',
        cause: error
    });
}
async function byDump({ client, scratch }, job) {
    const { target, facts, context, ports, keep } = job;
    const file = dumpName(target.name, context, ports);
    // Noted before there is anything, so that a later process finds what a killed one left.
    await context.note({ dump: (0,external_node_path_.join)(target.folder, file) });
    const proof = await prove({
        ...common(job),
        store: { folder: target.folder, name: file },
        scratch,
        tools: { shell: ports.shell, bin: client.folder, env: programEnv(ports, context.names) },
        client: client.version,
        compression: 1
    });
    if ('differences' in proof)
        return differing(target.name, proof.differences);
    const { receipt } = proof;
    await (0,database_store/* writeManifest */.HN)(receipt, { properties: facts.source.properties, roles: facts.source.roles });
    const removed = keep === undefined ? [] : await (0,database_store/* removeOld */.KP)(receipt, keep);
    for (const path of removed)
        context.say(`removed ${path}: ${keep} newer ones are proven`);
    return passed(receipt, target);
}
async function bySnapshot(job) {
    const { target, context, ports, keep } = job;
    const name = snapshotName(target.database.database, (0,database_store/* fineStampOf */.PD)(ports.clock.now()), (0,external_node_crypto_.randomBytes)(2).toString('hex'));
    await context.note({ snapshot: name });
    const proof = await snapshot({ ...common(job), name });
    if ('differences' in proof)
        return differing(target.name, proof.differences);
    if (keep !== undefined) {
        const removed = await removeOldSnapshots(target.database, { newest: name, keep, signal: context.signal });
        for (const old of removed)
            context.say(`removed the snapshot ${old}: ${keep} newer ones are proven`);
    }
    return passed(proof.receipt, target);
}
const common = ({ target, facts, context, ports }) => ({
    subject: target.name,
    database: target.database,
    source: facts.source,
    clock: ports.clock,
    signal: context.signal,
    takeFingerprint: ports.takeFingerprint ?? takeFingerprint,
    onProgress: (what, done, total, unit) => context.progress({ what: `${target.name}: ${what}`, done, total, unit }),
    say: (line) => context.say(line)
});
/** A backup changes nothing, so an interrupted one is cleaned away and done again; a proven one is taken as it is. */
async function probeDatabase(name, context, ports) {
    const left = context.notes
        .flatMap(note => [note['dump'], note['snapshot']])
        .filter(value => typeof value === 'string');
    for (const path of context.notes.map(note => note['dump']).filter(value => typeof value === 'string')) {
        const receipt = await (0,database_store/* readManifest */.WI)(path);
        if (receipt !== undefined) {
            return { took: 'effect', detail: `proven and stored at ${path}`, finding: passed(receipt, { name }) };
        }
        await (0,database_store/* removeBackup */.TC)(`${path}.partial`);
        await (0,database_store/* removeBackup */.TC)(path);
    }
    for (const clone of context.notes.map(note => note['snapshot']).filter(value => typeof value === 'string')) {
        // Only a clone had to do with the server: what a dump left is cleared away without the database's address.
        const { database } = targetOf(name, context, ports);
        await (0,postgres_closed/* reopen */.Ck)(database);
        await dropSnapshot(database, clone);
    }
    const detail = left.length === 0 ? 'nothing had begun' : `what was left of it is removed: ${left.join(', ')}`;
    return { took: 'no-effect', detail };
}
/** Made of what sorts, what a person looks for, and what keeps two runs at one second apart. */
function dumpName(name, { execution }, { clock }) {
    const clean = (text) => text.replaceAll(/[^A-Za-z0-9_-]/g, '_');
    const stamp = (0,database_store/* stampOf */.Zs)(clock.now());
    return `${clean(execution.environment)}-${clean(name)}-${stamp}-${(0,external_node_crypto_.randomBytes)(3).toString('hex')}.dump`;
}
function passed(receipt, { name }) {
    const rows = `${Object.keys(receipt.relations).length} relations, ${rowsOf(receipt)} rows`;
    const seconds = (0,units/* formatDuration */.a3)(receipt.seconds.total * 1000);
    const detail = receipt.proof === 'snapshot'
        ? `${name} cloned on its own server and found identical: ${rows}; nobody could connect for ${(0,units/* formatDuration */.a3)(receipt.seconds.dump * 1000)}`
        : `${name} dumped (${(0,units/* formatSize */.Xq)(receipt.bytes)}), restored on ${receipt.scratch} and found identical: ${rows}, in ${seconds}`;
    return { outcome: 'pass', detail, receipt };
}
function differing(name, differences) {
    const shown = differences.slice(0, 10).join('; ');
    const more = differences.length > 10 ? `; and ${differences.length - 10} more` : '';
    return {
        outcome: 'fail',
        reason: 'backup_not_proven',
        detail: `the copy of ${name} is not what it was taken from: ${shown}${more}`,
        hint: 'It was removed and production is as it was. Look at the disk and memory of this machine, then run it again.'
    };
}
const objected = (objections) => ({
    outcome: 'fail',
    detail: objections.map(({ message }) => message).join('; '),
    hint: objections[0]?.hint ?? '',
    ...(objections[0] === undefined ? {} : { reason: objections[0].reason })
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/database/file-listing.js





/** The paths to archive: each as it is, and where it is a link, what it leads to as well. */
async function pathsToArchive(paths) {
    const all = await Promise.all(paths.map(async (path) => {
        const found = await (0,promises_.lstat)(path).catch(() => undefined);
        const target = found === undefined ? undefined : await (0,promises_.realpath)(path).catch(() => undefined);
        if (found === undefined || target === undefined)
            throw missing(path, found !== undefined);
        return found.isSymbolicLink() ? [path, target] : [path];
    }));
    return [...new Set(all.flat())];
}
/** Everything at and below those paths, read whole. `root` stands before each path on the disk, not in the listing. */
async function listFiles(paths, root, signal) {
    const found = {};
    const visit = async (path) => {
        signal.throwIfAborted();
        const here = (0,external_node_path_.join)(root, path);
        const entry = await look(here, signal);
        if (entry === undefined)
            return;
        found[path] = entry;
        if (entry.kind !== 'folder')
            return;
        for (const name of await (0,promises_.readdir)(here))
            await visit((0,external_node_path_.join)(path, name));
    };
    for (const path of paths)
        await visit(path);
    return found;
}
/** Bytes of all files below, without reading them. */
async function file_listing_sizeOf(path) {
    const found = await (0,promises_.lstat)(path).catch(() => undefined);
    if (found?.isDirectory() !== true)
        return found?.isFile() === true ? found.size : 0;
    let sum = 0;
    for (const name of await (0,promises_.readdir)(path).catch(() => []))
        sum += await file_listing_sizeOf((0,external_node_path_.join)(path, name));
    return sum;
}
/** What differs, as `/app/.env: other content`; empty when nothing does. */
function compareListings(source, copy) {
    const names = [...new Set([...Object.keys(source), ...Object.keys(copy)])].sort();
    return names.flatMap(name => {
        const difference = differ(source[name], copy[name]);
        return difference === undefined ? [] : [`${name}: ${difference}`];
    });
}
function differ(source, copy) {
    if (copy === undefined)
        return 'missing in the archive';
    if (source === undefined)
        return 'only in the archive';
    if (source.kind !== copy.kind)
        return `a ${source.kind} came back as a ${copy.kind}`;
    if (source.kind === 'link')
        return copy.kind === 'link' && source.to === copy.to ? undefined : 'leads elsewhere';
    if (copy.kind === 'link')
        return undefined;
    if (source.kind === 'file' && copy.kind === 'file' && source.sha256 !== copy.sha256) {
        return 'other content; it may have changed while it was archived';
    }
    if (source.mode === copy.mode)
        return undefined;
    return `mode ${source.mode.toString(8)} came back as ${copy.mode.toString(8)}`;
}
// Sockets, pipes and devices hold nothing that could be brought back.
async function look(path, signal) {
    const found = await (0,promises_.lstat)(path);
    const mode = found.mode & 0o777;
    if (found.isSymbolicLink())
        return { kind: 'link', to: await (0,promises_.readlink)(path) };
    if (found.isDirectory())
        return { kind: 'folder', mode };
    return found.isFile() ? { kind: 'file', mode, bytes: found.size, sha256: await digest(path, signal) } : undefined;
}
async function digest(path, signal) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for await (const chunk of (0,external_node_fs_.createReadStream)(path, { signal }))
        hash.update(chunk);
    return hash.digest('hex');
}
const missing = (path, isLink) => new errors/* ChecklistError */.vm('FAILED', 'backup_failed', {
    message: isLink ? `${path} is a link that leads nowhere` : `there is no ${path} to back up`,
    hint: 'Create it, or take it out of `files`.'
});

;// CONCATENATED MODULE: ./build/database/backup-files.js












const storeOf = ({ store }, folder, { defaultStore }) => (0,external_node_path_.resolve)(folder, store ?? defaultStore);
/** What stands in the way of an archive. Files may still come into being, so a missing one is found later. */
async function objectionsToFiles(spec, { execution, diskDisappears }, ports) {
    const store = storeOf(spec, execution.folder, ports);
    const sizes = await Promise.all(spec.files.map(path => file_listing_sizeOf((0,external_node_path_.resolve)(execution.folder, path))));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    const place = await (0,store_place/* readStorePlace */.N)(store, execution.folder, ports);
    const full = [place, { path: (0,external_node_os_.tmpdir)(), ...(await (0,database_store/* freeSpace */.FP)((0,external_node_os_.tmpdir)())) }].filter(({ bytes: there }) => there < bytes);
    return [
        ...full.map(({ path, bytes: there }) => ({
            reason: 'no_space',
            message: `the files have ${(0,units/* formatSize */.Xq)(bytes)}, at ${path} are ${(0,units/* formatSize */.Xq)(there)} free`,
            hint: 'Free some, or name another folder (store: …).'
        })),
        ...(0,store_place/* objectionsToStore */.B)('the archive', place, diskDisappears)
    ];
}
/** Archives the files, unpacks the stored bytes elsewhere and compares each of them. */
async function backUpFiles(spec, keep, context, ports) {
    const { execution, signal } = context;
    const paths = await pathsToArchive(spec.files.map(path => (0,external_node_path_.resolve)(execution.folder, path)));
    const store = storeOf(spec, execution.folder, ports);
    const name = `${clean(execution.environment)}-files-${(0,database_store/* stampOf */.Zs)(ports.clock.now())}-${(0,external_node_crypto_.randomBytes)(3).toString('hex')}.tar.gz`;
    const trial = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'deploy-checklist-files-'));
    try {
        await context.note({ archive: (0,external_node_path_.join)(store, name), trial });
        const taken = ports.clock.now();
        const source = await listFiles(paths, '', signal);
        const location = await archive((0,external_node_path_.join)(store, name), paths, context, ports);
        const archived = ports.clock.now();
        await unpack(location, trial, context, ports);
        const unpacked = ports.clock.now();
        const differences = compareListings(source, await listFiles(paths, trial, signal));
        if (differences.length > 0) {
            await (0,database_store/* removeBackup */.TC)(location);
            return backup_files_differing(differences);
        }
        const moments = { taken, archived, unpacked, compared: ports.clock.now() };
        const receipt = await backup_files_receiptOf(location, { source, spec, moments }, context);
        await (0,database_store/* writeManifest */.HN)(receipt, { listing: source });
        if (keep !== undefined)
            await (0,database_store/* removeOld */.KP)(receipt, keep);
        return backup_files_passed(receipt, source);
    }
    finally {
        await (0,promises_.rm)(trial, { recursive: true, force: true });
    }
}
// Paths are stored from the root on, so that each comes back to where it was: tar -xzf ARCHIVE -C /
async function archive(path, paths, context, ports) {
    const partial = await (0,database_store/* beginFile */.yW)((0,external_node_path_.resolve)(path, '..'), path.slice(path.lastIndexOf('/') + 1));
    try {
        await tar(['-czf', partial, '-C', '/', '--', ...paths.map(name => name.slice(1))], context, ports);
        return await (0,database_store/* finishFile */.sN)(partial);
    }
    catch (error) {
        await (0,database_store/* removeBackup */.TC)(partial);
        throw error;
    }
}
async function unpack(location, trial, context, ports) {
    try {
        await tar(['-xpzf', location, '-C', trial], context, ports);
    }
    catch (error) {
        await (0,database_store/* removeBackup */.TC)(location);
        throw error;
    }
}
async function tar(args, context, ports) {
    const exit = await ports.shell.run({
        what: { argv: ['tar', ...args] },
        env: { ...programEnv(ports, context.names), LC_ALL: 'C' },
        folder: '/',
        timeoutMs: context.timeoutMs,
        signal: context.signal,
        onAbort: 'end'
    });
    context.signal.throwIfAborted();
    if (exit.kind === 'exited' && exit.code === 0)
        return;
    throw new errors/* ChecklistError */.vm('FAILED', 'backup_failed', {
        message: `tar ended with ${exit.code}: ${exit.stderr.trim().slice(-500)}`,
        hint: 'Mend what tar says: free some disk, make the files readable, or let nothing write to them meanwhile.'
    });
}
async function backup_files_receiptOf(location, { source, spec, moments }, { execution, signal }) {
    const { taken, archived, unpacked, compared } = moments;
    return {
        subject: 'files',
        proof: 'identical',
        takenAt: taken.toISOString(),
        location,
        ...(await (0,database_store/* digestFile */.TM)(location, signal)),
        scratch: 'a folder of this machine',
        versions: { server: '', client: 'tar' },
        seconds: {
            dump: secondsBetween(taken, archived),
            restore: secondsBetween(archived, unpacked),
            compare: secondsBetween(unpacked, compared),
            total: secondsBetween(taken, compared)
        },
        relations: {},
        schemaSha256: '',
        // What was asked for tells one store's archives apart. Hashes of small secrets stay in the manifest alone.
        source: {
            systemIdentifier: '',
            databaseOid: 0,
            database: (0,core_plan/* sha256 */.sc)([execution.environment, ...spec.files].join('\0'))
        },
        details: { files: countFiles(source) }
    };
}
const countFiles = (listing) => Object.values(listing).filter(({ kind }) => kind !== 'folder').length;
const backup_files_passed = (receipt, source) => ({
    outcome: 'pass',
    detail: `${countFiles(source)} files archived (${(0,units/* formatSize */.Xq)(receipt.bytes)}), unpacked again and found identical`,
    receipt
});
const backup_files_differing = (differences) => ({
    outcome: 'fail',
    reason: 'backup_not_proven',
    detail: `the archive is not what it was made of: ${differences.slice(0, 10).join('; ')}`,
    hint: 'It was removed. Let nothing write to the files meanwhile, then run it again.'
});
/** An archive changes nothing, so an interrupted one is removed and made again. */
async function probeFiles({ notes }) {
    for (const { archive: path, trial } of notes) {
        if (typeof trial === 'string')
            await (0,promises_.rm)(trial, { recursive: true, force: true });
        if (typeof path !== 'string')
            continue;
        const receipt = await (0,database_store/* readManifest */.WI)(path);
        if (receipt !== undefined) {
            const finding = { outcome: 'pass', detail: `archived and proven before: ${path}`, receipt };
            return { took: 'effect', detail: `proven and stored at ${path}`, finding };
        }
        await (0,database_store/* removeBackup */.TC)(`${path}.partial`);
        await (0,database_store/* removeBackup */.TC)(path);
    }
    return { took: 'no-effect', detail: 'what was left of it is removed' };
}
const clean = (text) => text.replaceAll(/[^A-Za-z0-9_-]/g, '_');

;// CONCATENATED MODULE: ./build/database/backup-spec.js

const backup_spec_text = (expected) => schemas/* string */.YjP(`expected ${expected}`).min(1, `expected ${expected}, found nothing`);
const files = schemas/* strictObject */.rej({
    files: schemas/* array */.YOg(backup_spec_text('a file or a folder'), 'expected a list of files and folders')
        .min(1, 'expected at least one file or folder')
        .describe('Files and folders, relative to the checklist’s folder or absolute. A missing one fails the backup.'),
    store: backup_spec_text('a folder').optional().describe('Folder that keeps the archives; by default the one of this machine.')
});
/** Keys of `backup` beside the common ones. */
const backupShape = schemas/* strictObject */.rej({
    backup: schemas/* union */.KCZ([backup_spec_text('the name of a database'), files], 'expected the name of a database, or {files: [...]}')
        .describe('What is backed up: a database by its name under `databases`, or files as in {files: [config.json]}.'),
    keep: schemas/* int */.Whr('expected a number of backups such as 3')
        .min(1, 'expected at least 1, so that the newest proven one stays')
        .optional()
        .describe('How many proven backups of the same thing stay in the store; without it, all of them.')
});
const isOfFiles = (backup) => typeof backup !== 'string';

;// CONCATENATED MODULE: ./build/database/backup.js



/** `backup: main` proves a dump of a database by restoring it; `backup: {files: [...]}` an archive by unpacking it. */
const backupKind = (ports) => ({
    name: 'backup',
    shape: backupShape,
    effect: 'action',
    onlySaves: true,
    turn: () => 'barrier',
    subject: ({ backup }) => (isOfFiles(backup) ? backup.files.join(', ') : backup),
    databases: ({ backup }) => (isOfFiles(backup) ? [] : [backup]),
    guard: async ({ backup }, context) => {
        if (isOfFiles(backup))
            return objectionsToFiles(backup, context, ports);
        return await objectionsTo(backup, context, ports);
    },
    run: ({ backup, keep }, context) => isOfFiles(backup) ? backUpFiles(backup, keep, context, ports) : backUpDatabase(backup, keep, context, ports),
    probe: async ({ backup }, context) => {
        if (context.deed === 'undo')
            return await probeWayBack(backup, context, ports);
        return await lookFor(backup, context, ports);
    },
    // Whoever says that it is done: what counts is its proof.
    finish: async ({ backup }, context) => (await lookFor(backup, context, ports)).finding ?? NOT_PROVEN,
    obstacles: async ({ backup }, context, { receipt }) => {
        if (isOfFiles(backup) || receipt === undefined || ports.wayBack === undefined)
            return [{ reason: 'no_way_back', message: NO_WAY_BACK.detail, hint: NO_WAY_BACK.hint ?? '' }];
        return ports.wayBack.obstacles(backup, receipt, context);
    },
    undo: async ({ backup }, context, { receipt }) => {
        if (isOfFiles(backup) || receipt === undefined || ports.wayBack === undefined)
            return NO_WAY_BACK;
        return ports.wayBack.restore(backup, receipt, context);
    }
});
const lookFor = (backup, context, ports) => isOfFiles(backup) ? probeFiles(context) : probeDatabase(backup, context, ports);
async function probeWayBack(backup, context, { wayBack }) {
    if (isOfFiles(backup) || wayBack === undefined)
        return { took: 'unknown', detail: 'nobody knows how far it came' };
    return await wayBack.probe(backup, context);
}
const NOT_PROVEN = {
    outcome: 'fail',
    reason: 'backup_not_proven',
    detail: 'there is no proof of it in the store',
    hint: 'Run it again: a backup changes nothing, and what was left of this one is removed.'
};
const NO_WAY_BACK = {
    outcome: 'fail',
    reason: 'no_way_back',
    detail: 'this backup cannot be put back by itself',
    hint: 'Its receipt says where it lies; unpack or restore it by hand.'
};

// EXTERNAL MODULE: ./build/database/migrate.js + 21 modules
var migrate = __webpack_require__(6160);
// EXTERNAL MODULE: ./build/database/postgres/catalog.js
var catalog = __webpack_require__(905);
;// CONCATENATED MODULE: ./build/database/postgres/loss-rows.js
/** What differs between the rows of production and those of the backup. Without a key, content is its own key. */
function compareRows(production, backup) {
    const balance = new Map();
    const add = ({ key, content, count }, sign) => {
        const contents = balance.get(key) ?? new Map();
        contents.set(content, (contents.get(content) ?? 0) + sign * count);
        balance.set(key, contents);
    };
    for (const row of production)
        add(row, 1);
    for (const row of backup)
        add(row, -1);
    return addUp([...balance.values()].map(contents => ofOneKey([...contents.values()])));
}
function ofOneKey(balances) {
    const here = balances.filter(count => count > 0).reduce(loss_rows_sum, 0);
    const there = -balances.filter(count => count < 0).reduce(loss_rows_sum, 0);
    const changed = Math.min(here, there);
    return { added: here - changed, removed: there - changed, changed };
}
const addUp = (losses) => losses.reduce((all, { added, removed, changed }) => ({
    added: all.added + added,
    removed: all.removed + removed,
    changed: all.changed + changed
}), { added: 0, removed: 0, changed: 0 });
const isNothing = ({ added, removed, changed }) => added + removed + changed === 0;
/** `app.users: 2 added, 1 changed`, one text for each relation, in the order of their names. */
const describeLoss = (loss) => Object.entries(loss)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${name}: ${describeOne(each)}`);
const loss_rows_MOST = 20;
/** What would be lost, by relation; of very many only the first ones. */
function shownLoss(loss) {
    const parts = describeLoss(loss);
    const more = parts.length > loss_rows_MOST ? [`and ${parts.length - loss_rows_MOST} more relations`] : [];
    return [...parts.slice(0, loss_rows_MOST), ...more].join('; ');
}
const rowsIn = (loss) => Object.values(loss).reduce((all, { added, removed, changed }) => all + added + removed + changed, 0);
const describeOne = (loss) => ['added', 'changed', 'removed']
    .flatMap(kind => (loss[kind] === 0 ? [] : [`${loss[kind]} ${kind}`]))
    .join(', ');
const loss_rows_sum = (a, b) => a + b;

;// CONCATENATED MODULE: ./build/database/postgres/loss.js


/** Only parts of a table that differ are looked at row by row. */
const BUCKETS = 4096;
/** At most about so many rows of each side are held in memory at once. */
const ROWS_AT_ONCE = 500_000;
/**
 * Counts exactly which rows would be lost, by comparing every relation whose fingerprint is not the backup's with the
 * restored copy. Where a migration changed the columns, the common ones are compared, and a value in an added column that
 * is neither NULL nor its default counts as a change. Books of migration tools do not count.
 */
async function countLoss({ production, copy, now, backup }) {
    const names = [...new Set([...Object.keys(now), ...Object.keys(backup)])].filter(name => !isBook(name)).sort();
    const loss = {};
    for (const name of names) {
        const [ours, theirs] = [now[name], backup[name]];
        if (ours?.fingerprint === theirs?.fingerprint && ours?.rows === theirs?.rows)
            continue;
        const counted = await countOne(name, { production, copy }, ours?.rows, theirs?.rows);
        if (!isNothing(counted))
            loss[name] = counted;
    }
    return loss;
}
async function countOne(name, sides, here, there) {
    if (name === 'large objects')
        return await ofLargeObjects(sides);
    if (there === undefined)
        return { added: here ?? 0, removed: 0, changed: 0 };
    if (here === undefined)
        return { added: 0, removed: there, changed: 0 };
    const hashes = hashesOf(await shapeOf(sides.production, name), await shapeOf(sides.copy, name));
    const queries = { production: from(name, hashes.production), copy: from(name, hashes.copy) };
    const differing = await differingBuckets(sides, queries);
    const atOnce = Math.max(1, Math.floor((BUCKETS * ROWS_AT_ONCE) / Math.max(here, there, 1)));
    const losses = [];
    for (let at = 0; at < differing.length; at += atOnce) {
        const buckets = differing.slice(at, at + atOnce);
        const [ours, theirs] = await Promise.all([
            loss_rowsOf(sides.production, queries.production, buckets),
            loss_rowsOf(sides.copy, queries.copy, buckets)
        ]);
        losses.push(compareRows(ours, theirs));
    }
    return addUp(losses);
}
const SHAPE = `
SELECT format('%I', attname), pg_get_expr(adbin, adrelid), (attgenerated <> '')::text,
  EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisprimary AND attnum = ANY (indkey::int2[]))::text
FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname COLLATE "C"`;
async function shapeOf(side, table) {
    const { rows } = await side.query(SHAPE, [table]);
    const columns = rows.map(([name, initial, computed]) => ({
        name: name ?? '',
        initial: initial ?? null,
        computed: computed === 'true'
    }));
    return { columns, key: rows.filter(([, , , isKey]) => isKey === 'true').map(([name]) => name ?? '') };
}
/** How each side hashes a row, so that equal rows have equal hashes although the columns may differ. */
function hashesOf(production, copy) {
    const theirs = new Set(copy.columns.map(({ name }) => name));
    const common = production.columns.map(({ name }) => name).filter(name => theirs.has(name));
    const content = hash(rowOf(common));
    const sameKey = production.key.length > 0 && production.key.join() === copy.key.join();
    const key = sameKey ? hash(rowOf(production.key)) : content;
    const written = production.columns.filter(({ name, computed }) => !theirs.has(name) && !computed).map(isWritten);
    const marked = written.length === 0 ? content : `(${content} # CASE WHEN ${written.join(' OR ')} THEN 1 ELSE 0 END)`;
    return { production: { key: sameKey ? key : marked, content: marked }, copy: { key, content } };
}
const rowOf = (columns) => `ROW(${columns.map(name => `r.${name}`).join(', ')})::text`;
const hash = (text) => `hashtextextended(${text} COLLATE "C", 0)`;
function isWritten({ name, initial }) {
    const given = `r.${name} IS NOT NULL`;
    if (initial === null || /\bnextval\(/.test(initial))
        return given;
    return `(${given} AND (r.${name})::text COLLATE "C" IS DISTINCT FROM (${initial})::text COLLATE "C")`;
}
const from = (table, { key, content }) => `(SELECT ${key} AS k, ${content} AS h FROM ONLY ${table} r) AS hashed`;
async function differingBuckets(sides, queries) {
    const [ours, theirs] = await Promise.all([
        bucketsOf(sides.production, queries.production),
        bucketsOf(sides.copy, queries.copy)
    ]);
    const numbers = new Set([...ours.keys(), ...theirs.keys()]);
    return [...numbers].filter(number => ours.get(number) !== theirs.get(number)).sort((a, b) => a - b);
}
async function bucketsOf(side, query) {
    const { rows } = await side.query(`SELECT k & ${BUCKETS - 1}, count(*) || ' ' || sum(h) FROM ${query} GROUP BY 1`);
    return new Map(rows.map(([bucket, content]) => [Number(bucket), content ?? '']));
}
async function loss_rowsOf(side, query, buckets) {
    const { rows } = await side.query(`SELECT k, h, count(*) FROM ${query} WHERE (k & ${BUCKETS - 1}) = ANY ($1::bigint[]) GROUP BY 1, 2`, [`{${buckets.join(',')}}`]);
    return rows.map(([key, content, count]) => ({ key: key ?? '', content: content ?? '', count: Number(count) }));
}
async function ofLargeObjects({ production, copy }) {
    const list = async (side) => {
        const { rows } = await side.query('SELECT oid, md5(lo_get(oid)) FROM pg_largeobject_metadata');
        return rows.map(([key, content]) => ({ key: key ?? '', content: content ?? '', count: 1 }));
    };
    return compareRows(await list(production), await list(copy));
}
const isBook = (relation) => catalog/* BOOKS */.hs.some(book => relation.endsWith(`.${book}`) || relation.endsWith(`."${book}"`));

;// CONCATENATED MODULE: ./build/database/postgres/swap-properties.js

const PROPERTIES = `
SELECT d.oid::text, pg_get_userbyid(datdba), datconnlimit::text, spcname, shobj_description(d.oid, 'pg_database'),
  datallowconn::text
FROM pg_database d JOIN pg_tablespace t ON t.oid = dattablespace WHERE datname = $1`;
const GRANTS = `
SELECT CASE grantee WHEN 0 THEN '' ELSE pg_get_userbyid(grantee) END, privilege_type, is_grantable::text
FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) WHERE datname = $1 ORDER BY 1, 2`;
const swap_properties_SETTINGS = `
SELECT coalesce(rolname, ''), split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1)
FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase LEFT JOIN pg_roles r ON r.oid = setrole,
  unnest(setconfig) AS setting
WHERE datname = $1 ORDER BY 1, 2`;
/** Undefined when there is no database of that name. */
async function readProperties({ query }, database) {
    const { rows } = await query(PROPERTIES, [database]);
    const [oid, owner, limit, tablespace, comment = null, open] = rows[0] ?? [];
    if (oid == null)
        return undefined;
    const grants = (await query(GRANTS, [database])).rows;
    const settings = (await query(swap_properties_SETTINGS, [database])).rows;
    return {
        oid,
        owner: owner ?? '',
        connectionLimit: Number(limit),
        tablespace: tablespace ?? '',
        comment,
        grants: grants.map(([grantee, privilege, grantable]) => ({
            grantee: grantee ?? '',
            privilege: privilege ?? '',
            grantable: grantable === 'true'
        })),
        settings: settings.map(([role, name, value]) => ({ role: role ?? '', name: name ?? '', value: value ?? '' })),
        open: open === 'true'
    };
}
/** Gives a database these properties, over a connection to a neighbour of it. */
async function applyProperties({ query }, database, wanted) {
    const name = (0,postgres_quote/* quoteName */.A)(database);
    for (const { role, name: setting, value } of wanted.settings) {
        const target = role === '' ? `DATABASE ${name}` : `ROLE ${(0,postgres_quote/* quoteName */.A)(role)} IN DATABASE ${name}`;
        // FROM CURRENT, because lists such as search_path must not be quoted as one text.
        await query('BEGIN');
        await query('SELECT set_config($1, $2, true)', [setting, value]);
        await query(`ALTER ${target} SET ${setting.split('.').map(postgres_quote/* quoteName */.A).join('.')} FROM CURRENT`);
        await query('COMMIT');
    }
    await query(`ALTER DATABASE ${name} CONNECTION LIMIT ${wanted.connectionLimit}`);
    if (wanted.comment !== null)
        await query(`COMMENT ON DATABASE ${name} IS ${(0,postgres_quote/* quoteText */.o)(wanted.comment)}`);
    // Rights last: what comes before needs the ones that we have as its maker.
    await grant({ query }, name, wanted);
}
async function grant({ query }, name, { grants, owner }) {
    await query(`ALTER DATABASE ${name} OWNER TO ${(0,postgres_quote/* quoteName */.A)(owner)}`);
    await query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC, ${(0,postgres_quote/* quoteName */.A)(owner)}`);
    for (const { grantee, privilege, grantable } of grants) {
        const to = grantee === '' ? 'PUBLIC' : (0,postgres_quote/* quoteName */.A)(grantee);
        await query(`GRANT ${privilege} ON DATABASE ${name} TO ${to}${grantable ? ' WITH GRANT OPTION' : ''}`);
    }
}
/** What could not be carried over, as `owner: expected app, found postgres`; empty when both are alike. */
function differingProperties(wanted, found) {
    const parts = ['owner', 'connectionLimit', 'tablespace', 'comment', 'grants', 'settings'].filter(part => JSON.stringify(swap_properties_sorted(wanted[part])) !== JSON.stringify(swap_properties_sorted(found[part])));
    return parts.map(part => `${swap_properties_WORDS[part]} could not be carried over`);
}
const swap_properties_WORDS = {
    owner: 'the owner',
    connectionLimit: 'the connection limit',
    tablespace: 'the tablespace',
    comment: 'the comment',
    grants: 'rights on the database',
    settings: 'settings of the database'
};
const swap_properties_sorted = (value) => Array.isArray(value) ? value.map(each => JSON.stringify(each)).sort() : (value ?? null);

;// CONCATENATED MODULE: ./build/database/postgres/swap.js





const readSwapNotes = (notes) => notes.flatMap((note) => {
    const text = (key) => (typeof note[key] === 'string' ? note[key] : '');
    const [database, copy, old] = [text('database'), text('copy'), text('old')];
    switch (note['restore']) {
        case 'making':
            return [{ restore: 'making', copy }];
        case 'closing':
        case 'open':
            return [{ restore: note['restore'], database }];
        case 'swapping':
            return [{ restore: 'swapping', database, copy, old }];
        default:
            return [];
    }
});
/** Opens what a killed restore left shut. Idempotent; called before anything else is done or said about a restore. */
async function repairConnections(database, notes) {
    const last = readSwapNotes(notes).findLast(({ restore }) => restore !== 'making');
    if (last === undefined || last.restore === 'open')
        return false;
    await (0,postgres_closed/* reopen */.Ck)(database);
    return true;
}
/** The name that production has now, if an earlier process has swapped already: `old` holds the database of that oid. */
async function swappedAway(database, oid, notes, signal) {
    const note = readSwapNotes(notes).findLast(({ restore }) => restore === 'swapping');
    if (note?.restore !== 'swapping')
        return undefined;
    const old = await (0,postgres_closed/* withNeighbour */.m8)(database, signal, neighbour => readProperties(neighbour, note.old));
    return Number(old?.oid) === oid ? note.old : undefined;
}
const TRIES = 5;
/** Gives the copy production's name, and production `old`, in one transaction: at any moment the name is somebody's. */
function swapNames(database, { copy, old, signal }) {
    return (0,postgres_closed/* withNeighbour */.m8)(database, signal, async ({ query }) => {
        for (let tries = 1;; tries += 1) {
            try {
                await query('BEGIN');
                await query(`ALTER DATABASE ${(0,postgres_quote/* quoteName */.A)(database.database)} RENAME TO ${(0,postgres_quote/* quoteName */.A)(old)}`);
                await query(`ALTER DATABASE ${(0,postgres_quote/* quoteName */.A)(copy)} RENAME TO ${(0,postgres_quote/* quoteName */.A)(database.database)}`);
                await query('COMMIT');
                return;
            }
            catch (error) {
                if (error instanceof errors/* ChecklistError */.vm)
                    throw error;
                await query('ROLLBACK');
                // A session of ours, or autovacuum, that is just going; the server itself waits five seconds for it.
                if ((0,faults/* sqlStateOf */.v9)(error) !== '55006' || tries === TRIES)
                    throw error;
            }
        }
    });
}
/** `app` + `_before_20260105t100000000z`, the first part cut so that all of it fits the server's 63 bytes. */
function nameBeside(database, word, stamp) {
    const suffix = `_${word}_${stamp.toLowerCase()}`;
    let name = database;
    while (Buffer.byteLength(name) > 63 - suffix.length)
        name = [...name].slice(0, -1).join('');
    return `${name}${suffix}`;
}

;// CONCATENATED MODULE: ./build/database/postgres/swap-copy.js











/**
 * Makes the database that is to take production's place: the proven dump, restored beside it and compared with its
 * receipt once more; or the snapshot as it stands, if nobody wrote to it.
 */
async function makeCopy(request) {
    const { receipt, client, database, copy, signal } = request;
    if (client !== undefined) {
        await demandProvenBytes(receipt, signal);
        await createEmpty(request);
        request.say(`restoring ${receipt.location} into ${copy}`);
        const failed = await restoreDump(client.tools, {
            database: (0,address/* inDatabase */.jG)(database, copy),
            file: receipt.location,
            signal
        });
        if (failed !== undefined)
            throw swap_copy_broken(`the dump cannot be restored on this server: ${failed}`, 'Mend what the message says, then roll back again.');
        await (0,postgres_client/* withClient */.S)((0,address/* inDatabase */.jG)(database, copy), { signal }, ({ query }) => query('ANALYZE'));
    }
    await demandIdentical(request);
}
/** The dump is there, and every byte of it is the one that was proven. */
async function demandProvenBytes({ location, sha256: proven }, signal) {
    const found = await (0,database_store/* digestFile */.TM)(location, signal).catch(error => {
        throw swap_copy_broken(`the proven dump ${location} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, 'Bring the file back to where its receipt says that it lies.');
    });
    if (found.sha256 === proven)
        return;
    throw swap_copy_broken(`the dump ${location} is not the one that was proven: expected SHA-256 ${proven}, found ${found.sha256}`, 'Bring the proven bytes back from another store.');
}
async function createEmpty({ database, copy, source, properties, signal }) {
    const locale = (0,postgres_scratch/* localesFor */.vo)(source)[0]?.sql ?? '';
    await (0,postgres_closed/* withNeighbour */.m8)(database, signal, async (neighbour) => {
        const usual = await readProperties(neighbour, 'template0');
        // Named, even the one that it would get anyway asks for a right to it.
        const place = usual?.tablespace === properties.tablespace ? '' : `TABLESPACE ${(0,postgres_quote/* quoteName */.A)(properties.tablespace)}`;
        const made = `OWNER ${(0,postgres_quote/* quoteName */.A)(properties.owner)} TEMPLATE template0 ENCODING '${source.encoding}' ${locale} ${place}`;
        await (0,postgres_closed/* createPrivate */.Oo)(neighbour, copy, made);
    });
}
/** The copy is what the receipt proves. */
async function demandIdentical({ receipt, database, copy, client, takeFingerprint, signal }) {
    const found = await takeFingerprint({ database: (0,address/* inDatabase */.jG)(database, copy), signal });
    const differences = [...compareFingerprints({ ...found, relations: receipt.relations }, found)];
    if (client !== undefined && client.version === receipt.versions.client) {
        const dumped = await dumpSchema(client.tools, { database: (0,address/* inDatabase */.jG)(database, copy), signal });
        if ('failed' in dumped)
            throw swap_copy_broken(dumped.failed, 'Mend what the message says, then roll back again.');
        if ((0,core_plan/* sha256 */.sc)(dumped.schema) !== receipt.schemaSha256)
            differences.push('the schema is another one');
    }
    if (differences.length === 0)
        return;
    const shown = differences.slice(0, 10).join('; ');
    throw swap_copy_broken(`${copy} is not what the receipt proves: ${shown}`, 'Do not use it; take another backup.');
}
const swap_copy_broken = (message, hint) => new errors/* ChecklistError */.vm('FAILED', 'rollback_failed', { message: `${message}; production is as it was`, hint });

;// CONCATENATED MODULE: ./build/database/postgres/swap-rights.js
/** Rights that the role lacks to put a restored database in this one's place; superusers lack none. */
async function lackingRights({ query }, { name, by }) {
    const [row = []] = (await query(RIGHTS)).rows;
    const [role, superuser, createdb, owns, signals, owner, tablespace, version] = row.map(text => text ?? '');
    if (superuser === 'true')
        return [];
    const asked = [
        {
            given: owns === 'true',
            lacks: 'does not own the database and is no member of its owner',
            hint: `GRANT "${owner}" TO "${role}"`
        },
        {
            given: createdb === 'true',
            lacks: 'may neither create nor rename a database',
            hint: `ALTER ROLE "${role}" CREATEDB`
        },
        {
            given: signals === 'true',
            lacks: "may not end other roles' sessions",
            hint: `GRANT pg_signal_backend TO "${role}" (sessions of superusers stay theirs)`
        },
        ...(await toCarryOver({ query }, Number(version))),
        ...(by === 'dump' ? await toRestore({ query }, { role: role ?? '', tablespace: tablespace ?? '' }) : [])
    ];
    return asked
        .filter(({ given }) => !given)
        .map(({ lacks, hint }) => ({
        reason: 'missing_right',
        message: `${name}: for a restore, ${role} ${lacks}`,
        hint
    }));
}
// The tablespace is empty where a new database gets the same without being told, or the role may name it.
const RIGHTS = `
SELECT current_user, rolsuper::text, rolcreatedb::text, pg_has_role(d.datdba, 'USAGE')::text,
  pg_has_role('pg_signal_backend', 'USAGE')::text, pg_get_userbyid(d.datdba),
  CASE WHEN d.dattablespace <> t.dattablespace AND NOT has_tablespace_privilege(d.dattablespace, 'CREATE')
       THEN (SELECT spcname FROM pg_tablespace s WHERE s.oid = d.dattablespace) END,
  current_setting('server_version_num')
FROM pg_roles, pg_database d, pg_database t
WHERE rolname = current_user AND d.datname = current_database() AND t.datname = 'template0'`;
// What the first superuser owns is in no pg_shdepend. What belongs to an extension comes with it, whoever owns it, and the
// schema public is there before the restore, as the template has it.
const OWNED = `
WITH seen AS (
  SELECT classid, objid, refobjid AS owner FROM pg_shdepend
    WHERE deptype = 'o' AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
  UNION SELECT 'pg_class'::regclass, oid, relowner FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')
  UNION SELECT 'pg_namespace'::regclass, oid, nspowner FROM pg_namespace
  UNION SELECT 'pg_proc'::regclass, oid, proowner FROM pg_proc
  UNION SELECT 'pg_type'::regclass, oid, typowner FROM pg_type WHERE typtype IN ('d', 'e', 'r')
  UNION SELECT 'pg_largeobject'::regclass, oid, lomowner FROM pg_largeobject_metadata
  UNION SELECT 'pg_foreign_data_wrapper'::regclass, oid, fdwowner FROM pg_foreign_data_wrapper
  UNION SELECT 'pg_foreign_server'::regclass, oid, srvowner FROM pg_foreign_server
  UNION SELECT 'pg_event_trigger'::regclass, oid, evtowner FROM pg_event_trigger
  UNION SELECT 'pg_default_acl'::regclass, oid, defaclrole FROM pg_default_acl),
owned AS (
  SELECT s.classid, s.objid, owner, coalesce(c.relnamespace, f.pronamespace, y.typnamespace) AS space FROM seen s
  LEFT JOIN pg_class c ON s.classid = 'pg_class'::regclass AND c.oid = s.objid
  LEFT JOIN pg_proc f ON s.classid = 'pg_proc'::regclass AND f.oid = s.objid
  LEFT JOIN pg_type y ON s.classid = 'pg_type'::regclass AND y.oid = s.objid
  LEFT JOIN pg_namespace n ON s.classid = 'pg_namespace'::regclass AND n.oid = s.objid
  LEFT JOIN pg_init_privs p ON (p.classoid, p.objoid, p.objsubid) = (s.classid, s.objid, 0)
  WHERE s.classid <> 'pg_extension'::regclass
    AND (s.objid >= 16384 OR (nspname = 'public' AND (owner <> 10 OR nspacl IS DISTINCT FROM initprivs)))
    AND coalesce(relpersistence, 'p') <> 't' AND coalesce(nspname, '') !~ '^pg_(toast_)?temp_'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE (d.classid, d.objid, d.deptype) = (s.classid, s.objid, 'e')))`;
// The database's own owner is asked for already.
const FOREIGN = `${OWNED}
SELECT pg_get_userbyid(owner), min(pg_describe_object(classid, objid, 0)), count(*)::text FROM owned
WHERE NOT pg_has_role(owner, 'USAGE') AND pg_get_userbyid(owner) <> 'pg_database_owner'
  AND owner <> (SELECT datdba FROM pg_database WHERE datname = current_database())
GROUP BY owner ORDER BY 1`;
// A restore gives each object its owner, who must be able to create in the schema, long before rights are granted.
const GUESTS = `${OWNED}
SELECT DISTINCT pg_get_userbyid(owner), nspname, pg_get_userbyid(nspowner) FROM owned JOIN pg_namespace n ON n.oid = space
LEFT JOIN pg_init_privs p ON (p.classoid, p.objoid, p.objsubid) = ('pg_namespace'::regclass, n.oid, 0)
WHERE pg_has_role(owner, 'USAGE') AND pg_has_role(nspowner, 'USAGE') AND NOT pg_has_role(owner, nspowner, 'USAGE')
  AND NOT EXISTS (SELECT FROM aclexplode(initprivs) WHERE grantee = 0 AND privilege_type = 'CREATE')
ORDER BY 1, 2`;
// Providers let a role of theirs create what is not marked as trusted.
const UNTRUSTED = `
SELECT extname FROM pg_extension e JOIN pg_available_extensions a ON a.name = extname
JOIN pg_available_extension_versions v ON (v.name, v.version) = (extname, a.default_version)
WHERE v.superuser AND NOT v.trusted AND NOT EXISTS (SELECT FROM pg_roles WHERE pg_has_role(oid, 'MEMBER')
  AND rolname IN ('rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin'))
  AND extname <> ALL (regexp_split_to_array(coalesce(current_setting('supautils.privileged_extensions', true), ''), '[ ,]+'))
ORDER BY 1`;
/** What pg_restore, and CREATE DATABASE before it, would stumble over. */
async function toRestore({ query }, { role, tablespace }) {
    const foreign = (await query(FOREIGN)).rows;
    const guests = (await query(GUESTS)).rows;
    const untrusted = (await query(UNTRUSTED)).rows.flat();
    return [
        {
            given: tablespace === '',
            lacks: `may not create a database in its tablespace ${tablespace}`,
            hint: `GRANT CREATE ON TABLESPACE "${tablespace}" TO "${role}"`
        },
        ...foreign.map(([owner, first, count]) => ({
            given: false,
            lacks: `is no member of ${owner}, who owns ${first}${count === '1' ? '' : ` and ${Number(count) - 1} more`}`,
            hint: `GRANT "${owner}" TO "${role}", or give what it owns there to a role that has "${role}" as a member (ALTER … OWNER TO).`
        })),
        ...guests.map(([owner, schema, host]) => ({
            given: false,
            lacks: `cannot give ${owner} what it owns in schema ${schema}, which belongs to ${host}`,
            hint: `GRANT "${host}" TO "${owner}", or let one role own both (ALTER … OWNER TO); a right to create there is restored too late.`
        })),
        {
            given: untrusted.length === 0,
            lacks: `may not create extensions that are not trusted: ${untrusted.join(', ')}`,
            hint: 'Name a superuser in the URL of that database, or do without them (DROP EXTENSION).'
        }
    ];
}
// What nobody has defined may become a superuser's setting one day, so the server treats it as one.
const settingsOf = (version) => `
SELECT DISTINCT s.what FROM (
  SELECT split_part(unnest(setconfig), '=', 1) AS what FROM pg_db_role_setting
  WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())) s
LEFT JOIN pg_settings p ON lower(p.name) = lower(s.what)
WHERE coalesce(p.context, 'superuser') IN ('superuser', 'superuser-backend')
${version < 150_000 ? '' : `AND NOT has_parameter_privilege(s.what, 'SET')`} ORDER BY 1`;
const rolesOf = (version) => `
SELECT r.rolname FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = setrole, pg_roles me
WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND me.rolname = current_user
  AND r.oid <> me.oid AND (r.rolsuper OR NOT me.rolcreaterole
  ${version < 160_000 ? '' : `OR NOT pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION')`}) ORDER BY 1`;
/** `ALTER DATABASE … SET` and the like for a role in it, which the copy is given as well. */
async function toCarryOver({ query }, version) {
    const settings = (await query(settingsOf(version))).rows.flat();
    const roles = (await query(rolesOf(version))).rows.flat();
    const grant = version < 150_000 ? '' : `, or GRANT SET ON PARAMETER ${settings.join(', ')} to its role`;
    return [
        {
            given: settings.length === 0,
            lacks: `may not set what is set for the database: ${settings.join(', ')}`,
            hint: `Name a superuser in the URL of that database${grant}, or reset it (ALTER DATABASE … RESET).`
        },
        {
            given: roles.length === 0,
            lacks: `may not set what is set in the database for ${roles.join(', ')}`,
            hint: 'Name a superuser in the URL of that database, or reset it (ALTER ROLE … IN DATABASE … RESET ALL).'
        }
    ];
}
const TIES = `
SELECT 'publication ' || quote_ident(pubname) FROM pg_publication
UNION ALL SELECT 'subscription ' || quote_ident(subname) FROM pg_subscription
  WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
UNION ALL SELECT 'logical replication slot ' || slot_name FROM pg_replication_slots WHERE database = current_database()
UNION ALL SELECT 'prepared transaction ' || gid FROM pg_prepared_xacts WHERE database = current_database()
ORDER BY 1`;
/** What is tied to the database itself and would go on with the old one, or be lost, if another took its name. */
async function readTies({ query }) {
    return (await query(TIES)).rows.map(([tie]) => tie ?? '');
}

// EXTERNAL MODULE: ./build/database/postgres/catalog-diff.js
var catalog_diff = __webpack_require__(809);
;// CONCATENATED MODULE: ./build/database/postgres/loss-ahead.js



/**
 * What a restore would lose for certain, told without the backup's rows beside production's: rows that are more or fewer
 * than they were, and one change where there are as many with another content. Never more than `countLoss` counts, and
 * less where a migration changed or dropped columns.
 */
async function sureLoss({ production, now, backup, since }) {
    const names = [...new Set([...Object.keys(now), ...Object.keys(backup)])].filter(name => !isBook(name)).sort();
    const loss = {};
    for (const name of names) {
        const [ours, theirs] = [now[name], backup[name]];
        const more = (ours?.rows ?? 0) - (theirs?.rows ?? 0);
        if (more !== 0)
            loss[name] = { added: Math.max(more, 0), removed: Math.max(-more, 0), changed: 0 };
        else if (await isOther(name, { ours, theirs }, { production, since }))
            loss[name] = { added: 0, removed: 0, changed: 1 };
    }
    return loss;
}
async function isOther(name, { ours, theirs }, { production, since }) {
    if (ours === undefined || theirs === undefined || ours.fingerprint === theirs.fingerprint)
        return false;
    const added = addedTo(name, since);
    if (added === undefined)
        return false;
    return added.length === 0 || (await hashWithout(production, name, added)).fingerprint !== theirs.fingerprint;
}
/** Names of columns that came since; undefined where other columns are not the ones that they were, or nobody knows. */
function addedTo(name, since) {
    const columnsIn = (part) => Object.keys(part).flatMap(key => (key.startsWith(`column ${name}.`) ? [key.slice(`column ${name}.`.length)] : []));
    if (since === undefined || since.some(({ removed, changed }) => columnsIn({ ...removed, ...changed }).length > 0))
        return undefined;
    return since.flatMap(({ added }) => columnsIn(added)).map(unquoted);
}
const unquoted = (name) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name);
/** What these migrations did to the catalogue, if it is still as the last of them left it. */
function changesSince(migrations, current) {
    const records = migrations.map(({ catalog }) => (0,catalog_diff/* readCatalogs */.rJ)(catalog));
    const known = records.filter(record => record !== undefined);
    if (known.length < records.length || known.at(-1)?.after !== (0,catalog_diff/* digestOfCatalog */.ve)(current))
        return undefined;
    return known.map(({ diff }) => diff);
}

;// CONCATENATED MODULE: ./build/database/restore-order.js









/** Reads what production is, and refuses what must not be swapped, before anything is made. */
async function prepareRestore(request, target) {
    const { receipt, ports } = request;
    const { source, properties, refusals } = await seeProduction(request, target);
    const [refusal] = refusals;
    if (refusal !== undefined || properties === undefined)
        return refusal ?? notThatOne(request);
    const stamp = (0,database_store/* fineStampOf */.PD)(ports.clock.now());
    const taken = receipt.source.database;
    return {
        ...request,
        target,
        source,
        properties,
        copy: snapshotIn(receipt) ?? nameBeside(taken, 'restored', stamp),
        old: nameBeside(taken, 'before', stamp)
    };
}
/** What production is, and everything that keeps another database from taking its name. */
async function seeProduction({ name, receipt, context }, { database }) {
    const by = receipt.proof === 'snapshot' ? 'snapshot' : 'dump';
    return await (0,postgres_client/* withClient */.S)(database, { signal: context.signal }, async (connection) => {
        const source = await (0,postgres_source/* readSource */.o$)(connection);
        const properties = await readProperties(connection, database.database);
        const lacking = await lackingRights(connection, { name, by });
        const ties = await readTies(connection);
        const [lack] = lacking;
        const refusals = [
            ...(lack === undefined ? [] : [stuck(lacking.map(({ message }) => message).join('; '), lack.hint)]),
            ...(ties.length === 0
                ? []
                : [
                    stuck(`${name} cannot be swapped: it has ${ties.join(', ')}`, 'Remove them first and set them up again afterwards, or restore by hand.')
                ]),
            ...(isTakenFrom(receipt, source) ? [] : [notThatOne({ name, receipt })])
        ];
        return { source, properties, refusals };
    });
}
function isTakenFrom({ source: taken }, source) {
    const known = taken.systemIdentifier !== '' && source.systemIdentifier !== '';
    const other = known && taken.systemIdentifier !== source.systemIdentifier;
    return !other && taken.databaseOid === source.databaseOid;
}
const notThatOne = ({ name, receipt }) => stuck(`${name} is not the database that the backup was taken from (${receipt.source.database})`, 'A restore goes nowhere else: give the URL of that database, or restore by hand.');
/** The clone that a snapshot is; undefined for a dump. */
const snapshotIn = ({ proof, location }) => proof === 'snapshot' ? location.replace(/^server:/, '') : undefined;
/** Programs that can put the dump back. */
async function clientFor({ source, receipt, context, ports, name }) {
    const found = await (0,programs/* findPrograms */.z0)(ports.baseEnv['PATH'] ?? '');
    const client = (0,programs/* chooseClient */.Pg)(found, Math.max(source.major, Number.parseInt(receipt.versions.client, 10) || 0));
    if (client !== undefined) {
        return {
            tools: { shell: ports.shell, bin: client.folder, env: programEnv(ports, context.names) },
            version: client.version
        };
    }
    throw failed(`${name}: no pg_restore ${source.major} or newer is here; production is as it was`, `Install postgresql-client-${source.major}.`);
}
const stuck = (detail, hint) => ({
    outcome: 'fail',
    reason: 'no_way_back',
    detail,
    hint
});
const failed = (message, hint, cause) => new errors/* ChecklistError */.vm('FAILED', 'rollback_failed', { message, hint, cause });

;// CONCATENATED MODULE: ./build/database/restore-ahead.js












/**
 * Everything that would refuse a restore and needs no closed door: rights, what is tied to the database, the proven
 * bytes, the programs, and rows written since, as far as they show while production serves. Asked before anything is
 * undone; the exact count, with nobody connected, comes with the restore itself.
 */
async function obstaclesTo(request) {
    const { name, context, ports } = request;
    const target = targetOf(name, context, ports);
    const { source, refusals } = await seeProduction(request, target);
    const found = [
        ...refusals.map(({ detail, hint = '' }) => ({ reason: 'no_way_back', message: detail, hint })),
        ...(await ofBackup(request, target, source))
    ];
    if (found.length > 0 || context.execution.acceptedLoss.includes(name))
        return found;
    return await orRefusal(name, async () => ofLoss(request, await lossSoFar(request, target)));
}
async function ofBackup(request, target, source) {
    const { name, receipt, context, ports } = request;
    const { signal } = context;
    const copy = snapshotIn(receipt);
    const none = (look) => look.then(() => []);
    if (copy === undefined) {
        return [
            ...(await orRefusal(name, () => none(clientFor({ ...request, source })))),
            ...(await orRefusal(name, () => none(demandProvenBytes(receipt, signal))))
        ];
    }
    const takes = ports.takeFingerprint ?? takeFingerprint;
    const given = { receipt, database: target.database, copy, client: undefined, takeFingerprint: takes, signal };
    return await orRefusal(name, () => none(demandIdentical(given)));
}
/** What a look at it throws is what it would be refused for; but a server that is down, or a cancel, is no verdict. */
async function orRefusal(name, look) {
    try {
        return await look();
    }
    catch (error) {
        if (error instanceof errors/* ChecklistError */.vm && (error.status === 'FAILED' || error.status === 'REFUSED'))
            return [{ reason: 'no_way_back', message: error.message, hint: error.hint }];
        if (error instanceof errors/* ChecklistError */.vm || (0,faults/* sqlStateOf */.v9)(error) === undefined)
            throw error;
        const message = `${name}: ${(0,faults/* wordsOf */.Z9)(error)} (SQLSTATE ${(0,faults/* sqlStateOf */.v9)(error)}); production is as it was`;
        return [{ reason: 'no_way_back', message, hint: 'Mend what the message says, then roll back again.' }];
    }
}
/** Exactly, where the backup is a database on the same server; of a dump, what is certain without its rows. */
async function lossSoFar({ name, receipt, context, ports }, { database }) {
    const { signal, execution } = context;
    const fingerprint = ports.takeFingerprint ?? takeFingerprint;
    const copy = snapshotIn(receipt);
    const ours = execution.migrations.filter(migration => migration.database === name);
    const since = changesSince(ours, await (0,postgres_client/* withClient */.S)(database, { signal }, catalog/* queryCatalog */.il));
    return await withSnapshot(database, { signal }, async (snapshot, production) => {
        const { relations: now } = await fingerprint({ database, snapshot, signal });
        const sides = { production, now, backup: receipt.relations };
        if (copy === undefined)
            return await sureLoss({ ...sides, since });
        return await (0,postgres_client/* withClient */.S)((0,address/* inDatabase */.jG)(database, copy), { signal }, async (backup) => {
            await backup.query(SETTINGS);
            return await countLoss({ ...sides, copy: backup });
        });
    });
}
function ofLoss({ name, receipt, context }, loss) {
    const rows = rowsIn(loss);
    if (rows === 0)
        return [];
    const atLeast = snapshotIn(receipt) === undefined ? 'at least ' : '';
    return [
        {
            reason: 'would_lose_rows',
            message: `nothing was touched: a restore of ${name} would lose ${atLeast}${rows} ${rows === 1 ? 'row' : 'rows'} written since the backup: ${shownLoss(loss)}`,
            hint: `To give them up: \`deploy-checklist rollback ${context.execution.id} --restore ${name} --accept-loss ${name}\` (inputs restore, accept-loss).`
        }
    ];
}

;// CONCATENATED MODULE: ./build/database/restore.js

















/** The way back by a proven backup: restored beside production, compared, and swapped in by name. */
const restoreWayBack = (ports) => ({
    objections: (name, by, context) => restore_objectionsTo(name, by, context, ports),
    obstacles: (name, receipt, context) => obstaclesTo({ name, receipt, context, ports }),
    restore: (name, receipt, context) => restoreDatabase({ name, receipt, context, ports }),
    probe: (name, context) => probeRestore(name, context, ports)
});
const restore_objectionsTo = (name, by, context, ports) => (0,postgres_client/* withClient */.S)(targetOf(name, context, ports).database, { signal: context.signal }, connection => lackingRights(connection, { name, by }));
/**
 * Puts the proven backup in production's place. Production keeps serving while the backup is restored beside it; then it
 * is shut, what was written since is counted, and refused unless that loss is accepted by name. Whatever happens, it is
 * open again afterwards; the database from before is kept under another name and never dropped by itself.
 */
async function restoreDatabase(request) {
    const { name, receipt, context, ports } = request;
    const target = targetOf(name, context, ports);
    await repair(target, context);
    const old = await swappedAway(target.database, receipt.source.databaseOid, context.notes, context.signal);
    if (old !== undefined)
        return { outcome: 'pass', detail: `${name} had been swapped before; the one from then is kept as ${old}` };
    await dropLeftovers(target, context);
    const order = await prepareRestore(request, target);
    if ('outcome' in order)
        return order;
    return await guarded(order, () => carryOut(order));
}
async function carryOut(order) {
    const { name, receipt, context, ports, target, copy, old, source, properties } = order;
    const { signal, say } = context;
    const startedAt = ports.clock.now().getTime();
    const client = receipt.proof === 'snapshot' ? undefined : await clientFor(order);
    if (receipt.proof !== 'snapshot')
        await note(context, { restore: 'making', copy });
    const fingerprint = ports.takeFingerprint ?? takeFingerprint;
    await makeCopy({
        receipt,
        database: target.database,
        source,
        properties,
        copy,
        client,
        takeFingerprint: fingerprint,
        signal,
        say
    });
    await carryOver(order);
    await note(context, { restore: 'closing', database: target.database.database });
    const nowMs = () => ports.clock.now().getTime();
    const closing = await (0,postgres_closed/* withClosing */.Qb)(target.database, { signal, nowMs }, async (close) => {
        const loss = await lossOf(order, close);
        if (rowsIn(loss) > 0 && !context.execution.acceptedLoss.includes(name))
            return { loss, swapped: false };
        await note(context, { restore: 'swapping', database: target.database.database, copy, old });
        await swapNames(target.database, { copy, old, signal });
        return { loss, swapped: true };
    });
    await note(context, { restore: 'open', database: target.database.database });
    const { loss, swapped } = closing.result;
    say(`nobody could connect to ${target.database.database} for ${(0,units/* formatDuration */.a3)(closing.closedMs)}`);
    if (!swapped) {
        await dropCopy(order);
        return wouldLose(order, loss);
    }
    const seconds = (nowMs() - startedAt) / 1000;
    const given = rowsIn(loss) === 0 ? 'no row was written since' : `given up, as accepted: ${describeLoss(loss).join('; ')}`;
    return {
        outcome: 'pass',
        detail: `${name} is the backup of ${receipt.takenAt} again (${given}); the database from before is kept as ${old}, shut`,
        evidence: { old, seconds, closedSeconds: closing.closedMs / 1000, loss: JSON.parse(JSON.stringify(loss)) }
    };
}
/** Exactly what was written since the backup, counted when nobody can write any more. */
function lossOf({ target, receipt, context, ports, copy }, close) {
    const { signal } = context;
    const fingerprint = ports.takeFingerprint ?? takeFingerprint;
    return (0,postgres_client/* withClient */.S)(target.database, { signal }, async (production) => {
        const { relations } = await fingerprint({
            database: target.database,
            signal,
            beforehand: pid => close([pid, production.pid])
        });
        await restore_begin(production);
        return await (0,postgres_client/* withClient */.S)((0,address/* inDatabase */.jG)(target.database, copy), { signal }, async (backup) => {
            await restore_begin(backup);
            return await countLoss({ production, copy: backup, now: relations, backup: receipt.relations });
        });
    });
}
async function restore_begin({ query }) {
    await query(SETTINGS);
    await query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
}
function wouldLose({ name }, loss) {
    return {
        outcome: 'fail',
        reason: 'would_lose_rows',
        detail: `${name} is as it was and open: a restore would lose ${rowsIn(loss)} rows written since the backup: ${shownLoss(loss)}`,
        hint: `To give them up, ask again with --restore ${name} --accept-loss ${name} (inputs restore, accept-loss).`,
        evidence: { loss: JSON.parse(JSON.stringify(loss)) }
    };
}
/** Owner, rights, settings and connection limit are in no dump: the copy gets production's. */
async function carryOver({ target, copy, properties, context }) {
    await (0,postgres_closed/* withNeighbour */.m8)(target.database, context.signal, async (neighbour) => {
        await applyProperties(neighbour, copy, properties);
        const found = await readProperties(neighbour, copy);
        const lost = found === undefined ? ['the copy is gone'] : differingProperties(properties, found);
        if (lost.length > 0)
            throw failed(`${lost.join('; ')}; production is as it was`, 'Use a superuser, or the owner with the rights that are named.');
    });
}
/** What is not ours to explain becomes one; a copy that nobody will use goes. */
async function guarded(order, work) {
    try {
        return await work();
    }
    catch (error) {
        await dropCopy(order).catch(() => { }); // named in the notes, and dropped by the next one
        const state = (0,faults/* sqlStateOf */.v9)(error);
        if (error instanceof errors/* ChecklistError */.vm || state === undefined)
            throw error;
        throw failed(`${order.name}: ${(0,errors/* messageOf */.bD)(error)} (SQLSTATE ${state}); production is open`, 'Mend what the message says, then roll back again.', error);
    }
}
/** Never the snapshot, which is the backup itself. */
async function dropCopy({ receipt, target, copy }) {
    if (receipt.proof !== 'snapshot')
        await dropSnapshot(target.database, copy);
}
async function dropLeftovers({ database }, { notes }) {
    for (const each of readSwapNotes(notes))
        if (each.restore === 'making')
            await dropSnapshot(database, each.copy);
}
async function repair({ database }, context) {
    if (await repairConnections(database, context.notes))
        await note(context, { restore: 'open', database: database.database });
}
const note = (context, data) => context.note(data);
/**
 * For a restore whose process died: production is opened again first. It may always run again, because it looks first
 * whether the names are swapped already; the engine reads `effect` as: production is still to be replaced.
 */
async function probeRestore(name, context, ports) {
    await repairConnections(targetOf(name, context, ports).database, context.notes);
    return { took: 'effect', detail: `${name} is open; the restore may go on` };
}

;// CONCATENATED MODULE: ./build/database/index.js



/** What stands behind databases: backups with their proof, migrations with their undo. */
const databaseKinds = (ports) => [
    backupKind({ wayBack: restoreWayBack(ports), ...ports }),
    (0,migrate/* migrateKind */.a)({ shell: ports.shell, clock: ports.clock, env: ports.baseEnv })
];

// EXTERNAL MODULE: ./build/database/postgres/sql-statements.js
var sql_statements = __webpack_require__(9149);
;// CONCATENATED MODULE: ./build/database/postgres/sql.js





/** SQL for checks: one connection for each statement, read-only unless asked otherwise, bounded by the server itself. */
const openSql = () => ({
    query: async ({ url, sql, readOnly, timeoutMs, signal }) => {
        const statement = onlyStatement(sql);
        const options = { signal, statementTimeoutMs: timeoutMs, connectTimeoutMs: Math.min(timeoutMs, 10_000) };
        const { columns, rows } = await (0,postgres_client/* withClient */.S)(url, options, async (connection) => {
            try {
                return readOnly ? await onlyReading(connection, statement) : await connection.query(statement);
            }
            catch (error) {
                throw statementFailed(error, statement, `it took longer than ${(0,units/* formatDuration */.a3)(timeoutMs)}`);
            }
        });
        return { columns, rows };
    }
});
// Nothing behind a semicolon could end the transaction that keeps it from writing.
function onlyStatement(sql) {
    const [first, ...others] = (0,sql_statements/* statementsIn */.WI)(sql);
    if (first !== undefined && others.length === 0)
        return first.text;
    const found = first === undefined ? 'none' : `${others.length + 1}`;
    throw (0,errors/* refused */.J5)('usage', `expected one SQL statement, found ${found}`, 'Give each statement an item of its own.');
}
async function onlyReading(connection, statement) {
    await connection.query('BEGIN READ ONLY');
    const answer = await connection.query(statement);
    await connection.query('ROLLBACK');
    return answer;
}
/**
 * An error of the server as a person reads it: what it said, its SQLSTATE, and where in the text. Faults of the
 * connection, and what is not the server's, come back as they are.
 */
function statementFailed(error, text, late) {
    const state = (0,faults/* sqlStateOf */.v9)(error);
    if (error instanceof errors/* ChecklistError */.vm || state === undefined)
        return error;
    const said = state === '57014' ? late : (0,errors/* messageOf */.bD)(error);
    const message = `${said} (SQLSTATE ${state})${placeIn(text, error)}`;
    return new errors/* ChecklistError */.vm('FAILED', 'statement_failed', { message, hint: hintOf(error, state), cause: error });
}
/** ` at 3:14: the line`, or nothing where the server named no place. */
function placeIn(text, error) {
    const position = Number(fieldOf(error, 'position'));
    if (!(position > 0))
        return '';
    const { line, col } = (0,sql_statements/* placeOf */.$t)(text, (0,sql_statements/* offsetOf */.b4)(text, position));
    return ` at ${line}:${col}: ${text.split('\n')[line - 1]?.trim().slice(0, 120) ?? ''}`;
}
function hintOf(error, state) {
    const hint = fieldOf(error, 'hint');
    if (hint !== '')
        return hint;
    if (state === '42501')
        return 'Grant the role of the URL what it needs, or use another one.';
    if (state === '25006')
        return 'The statement writes, and a check is read-only unless its item says otherwise.';
    if (state === '57014')
        return 'Raise its `timeout`, or find out what it waits for.';
    return 'Correct the statement, or the database that it is asked of.';
}
const fieldOf = (error, field) => {
    const value = error instanceof Error ? Reflect.get(error, field) : undefined;
    return typeof value === 'string' ? value : '';
};

;// CONCATENATED MODULE: ./build/deploy/direct.js




const check = (what) => schemas/* custom */.IeY(json/* isObject */.Gv, `expected a check, such as { ${what} }`);
const direct_shape = schemas/* strictObject */.rej({
    deploy: schemas/* literal */.euz('direct', 'expected direct').describe('How it is rolled out: direct, on this runner, at once.'),
    run: schemas/* string */.YjP('expected a command')
        .min(1, 'expected a command')
        .describe('Text for the shell that puts DEPLOY_COMMIT live.'),
    health: check('http: GET /health')
        .optional()
        .describe('A check that has to hold after it; polls for 30 s unless `retry` says otherwise.'),
    revision: check('http: GET /version, json: { $.sha: "${DEPLOY_COMMIT}" }')
        .optional()
        .describe('A check that what is live is what was deployed; polls likewise.')
});
/** `deploy: direct`: one command, then its health and its live revision. Passed only when all three hold. */
const directKind = ({ shell, baseEnv }) => ({
    name: 'deploy',
    shape: direct_shape,
    effect: 'action',
    shellText: ['run'],
    nested: ['health', 'revision'],
    turn: () => 'barrier',
    subject: ({ deploy }) => deploy,
    run: async (spec, context) => {
        const exit = await shell.run({
            what: { text: spec.run, shell: 'sh' },
            env: { ...baseEnv, ...context.names },
            folder: context.execution.folder,
            timeoutMs: context.timeoutMs,
            signal: context.signal,
            onAbort: 'interrupt',
            onStart: program => void context.began(program).catch(() => { }),
            onLine: line => context.say(line)
        });
        return (judgeExit(exit, context) ?? (await afterwards(spec, [`exit 0 after ${(0,units/* formatDuration */.a3)(exit.durationMs)}`], context)));
    },
    finish: (spec, context) => afterwards(spec, [], context)
});
function judgeExit(exit, { timeoutMs, signal }) {
    if (exit.kind === 'exited' && exit.code === 0)
        return undefined;
    if (exit.kind === 'timed-out') {
        return {
            outcome: 'fail',
            detail: `no end within ${(0,units/* formatDuration */.a3)(timeoutMs)}`,
            hint: 'Find out what it waits for, or give it a longer `timeout`.'
        };
    }
    // The limit may be its stage's.
    const over = exit.kind === 'aborted' ? (0,errors/* timeOver */.km)(signal) : undefined;
    if (over !== undefined)
        return { outcome: 'fail', detail: over.message, hint: over.hint };
    if (exit.kind === 'aborted' && !exit.byItself) {
        return {
            outcome: 'unknown',
            detail: 'cancelled; it did not end by itself and was killed',
            hint: 'See what it did, then resume or roll back.',
            reason: 'cancelled'
        };
    }
    const last = exit.stderr.trimEnd().split('\n').at(-1) ?? '';
    return {
        outcome: 'fail',
        detail: `expected exit 0, found ${exit.code}${last === '' ? '' : `: ${last.slice(0, 200)}`}`,
        hint: 'See its output above.'
    };
}
async function afterwards({ health, revision }, before, context) {
    const seen = [...before];
    for (const [name, raw] of Object.entries({ health, revision })) {
        if (raw === undefined)
            continue;
        context.say(`looking at its ${name}`);
        const found = await context.check(raw);
        if (found.outcome !== 'pass')
            return { ...found, detail: `its ${name}: ${found.detail}` };
        seen.push(`${name}: ${found.detail}`);
    }
    return { outcome: 'pass', detail: seen.join('; ') };
}

;// CONCATENATED MODULE: ./build/deploy/index.js

/** The strategies: each is a value of the `deploy` key, so that they share one kind. */
const deployKinds = (ports) => [directKind(ports)];

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./build/network/body.js

/** Reads at most so many bytes, decodes them, and lets go of the connection when there are more. */
async function readBody(response, limitBytes) {
    const { bytes, cut } = await collect(response, limitBytes);
    const endedAt = performance.now();
    const decoded = await decode(bytes, response.headers['content-encoding'] ?? '', limitBytes);
    const text = decoderFor(response.headers['content-type'] ?? '').decode(decoded.bytes);
    return { body: text, cut: cut || decoded.cut, endedAt };
}
/** By its events, since a loop over the stream costs as much as sending the request. */
function collect(response, limitBytes) {
    const chunks = [];
    let size = 0;
    return new Promise((resolve, reject) => {
        response.on('data', (chunk) => {
            chunks.push(chunk);
            size += chunk.length;
            if (size <= limitBytes)
                return;
            resolve({ bytes: Buffer.concat(chunks).subarray(0, limitBytes), cut: true });
            response.destroy();
        });
        response.on('end', () => resolve({ bytes: Buffer.concat(chunks), cut: false }));
        response.on('error', reject);
        // Whatever else ends it has ended it too early.
        response.on('close', () => {
            if (!response.readableEnded)
                reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
        });
    });
}
async function decode(bytes, encodings, limitBytes) {
    let result = { bytes, cut: false };
    if (bytes.length === 0 || encodings === '')
        return result;
    // The last one named was applied last.
    for (const encoding of encodings.toLowerCase().split(',').reverse()) {
        result = await decodeOne(result.bytes, encoding.trim(), limitBytes);
        if (result.cut)
            return result;
    }
    return result;
}
async function decodeOne(bytes, encoding, limitBytes) {
    const zlib = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 8522, 19));
    // What was cut off is decoded as far as it goes.
    const options = { maxOutputLength: limitBytes, finishFlush: zlib.constants.Z_SYNC_FLUSH };
    try {
        switch (encoding) {
            case 'gzip':
            case 'x-gzip':
                return whole(await (0,external_node_util_.promisify)(zlib.gunzip)(bytes, options));
            case 'deflate':
                // Some servers leave out the header of two bytes; its first half-byte tells.
                return whole(await (0,external_node_util_.promisify)(((bytes[0] ?? 0) & 0x0f) === 8 ? zlib.inflate : zlib.inflateRaw)(bytes, options));
            case 'br':
                return whole(await (0,external_node_util_.promisify)(zlib.brotliDecompress)(bytes, { maxOutputLength: limitBytes }));
            default:
                return whole(bytes);
        }
    }
    catch (cause) {
        // A few bytes that unfold to more than anyone asked for.
        if (cause.code === 'ERR_BUFFER_TOO_LARGE')
            return { bytes: Buffer.alloc(0), cut: true };
        throw cause;
    }
}
const whole = (bytes) => ({ bytes, cut: false });
function decoderFor(contentType) {
    const [, charset = 'utf-8'] = /charset="?([\w-]+)/i.exec(contentType) ?? [];
    try {
        return new TextDecoder(charset);
    }
    catch {
        return new TextDecoder(); // a charset that nobody knows
    }
}

;// CONCATENATED MODULE: ./build/network/exchange.js


const DEFAULT_HEADERS = { accept: '*/*', 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'deploy-checklist' };
// Asked for once: each import() of a bundle makes its module's names anew, which a burst of checks would feel.
const http = once(() => Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 7067, 19)));
const https = once(() => Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 4708, 19)));
/** One exchange without redirects. Rejects with what Node says; `stale` is set when an idle connection had been closed. */
async function exchange(wire, options) {
    const { request: open } = await (wire.url.protocol === 'https:' ? https() : http());
    return new Promise((resolve, reject) => {
        if (wire.signal.aborted)
            return reject(new Error('aborted'));
        const request = open(wire.url, { ...options, ...argsOf(wire) });
        const startedAt = whenConnected(request, wire.url.protocol === 'https:');
        const stop = () => request.destroy(new Error('aborted'));
        wire.signal.addEventListener('abort', stop, { once: true });
        const settled = () => wire.signal.removeEventListener('abort', stop);
        request.on('error', (fault) => {
            settled();
            reject(Object.assign(fault, { stale: request.reusedSocket && isClosed(fault) }));
        });
        request.on('response', response => {
            exchange_read(response, wire, startedAt()).then(resolve, reject).finally(settled);
        });
        request.end(wire.body);
    });
}
function argsOf({ method, headers, body, ca }) {
    const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    // Said aloud, since NODE_TLS_REJECT_UNAUTHORIZED=0 of the environment would switch it off in silence.
    const tls = { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca }) };
    return { method, headers: { ...DEFAULT_HEADERS, ...length, ...own }, ...tls };
}
/** The moment from which the server can have seen the request: connecting is not part of its answer. */
function whenConnected(request, secure) {
    let at = performance.now();
    request.on('socket', (socket) => {
        const mark = () => {
            at = performance.now();
        };
        if (socket.connecting)
            socket.once(secure ? 'secureConnect' : 'connect', mark);
        else
            mark();
    });
    return () => at;
}
async function exchange_read(response, { limitBytes }, startedAt) {
    const { body, cut, endedAt } = await readBody(response, limitBytes);
    return { status: response.statusCode ?? 0, headers: headersOf(response), body, cut, startedAt, endedAt };
}
function headersOf({ headersDistinct }) {
    return Object.fromEntries(Object.entries(headersDistinct).map(([name, values]) => [name, values ?? []]));
}
const isClosed = ({ code }) => code === 'ECONNRESET' || code === 'EPIPE';

;// CONCATENATED MODULE: ./build/network/faults.js


/** What Node says when no answer came, as a sentence about the server; never with more of an address than its host. */
function notAnswered({ host }, cause) {
    if (cause instanceof errors/* ChecklistError */.vm)
        return cause;
    const code = codeOf(cause);
    if (code.startsWith('ERR_INVALID_') ||
        code === 'ERR_UNESCAPED_CHARACTERS' ||
        code === 'ERR_HTTP_INVALID_HEADER_VALUE') {
        // Node's message names the header, not its value.
        const hint = 'Look at the values that stand in its headers: a line end or a control character cannot be sent.';
        return (0,errors/* refused */.J5)('usage', `the request to ${host} cannot be sent: ${(0,errors/* messageOf */.bD)(cause)}`, hint, cause);
    }
    const [message, hint] = wordingOf(code, host, cause);
    return (0,errors/* unavailable */.hU)('service_unavailable', message, hint, cause);
}
function timeLimitFault({ host }, timeoutMs, cause) {
    const message = `no whole answer from ${host} within ${(0,units/* formatDuration */.a3)(timeoutMs)}`;
    return (0,errors/* unavailable */.hU)('service_unavailable', message, 'See why it is slow, or give the item a longer timeout.', cause);
}
const redirectFault = ({ host }, problem) => (0,errors/* unavailable */.hU)('service_unavailable', `a request to ${host} ${problem}`, 'Correct the address, or the redirects there.');
function wordingOf(code, host, cause) {
    const tls = TLS[code];
    if (tls !== undefined)
        return [`the certificate of ${host} ${tls[0]}`, tls[1]];
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
        return wrongHost(host, cause);
    if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
        return [`${host} does not speak TLS as expected (${code})`, 'Use http:// if it has no TLS, or correct the port.'];
    }
    if (code.startsWith('HPE_'))
        return [`what ${host} answers is not HTTP (${code})`, 'Correct the address and its port.'];
    if (code.startsWith('Z_') || code.startsWith('ERR_BR')) {
        return [`the body from ${host} cannot be decoded (${code})`, 'Look at the content-encoding that it sends.'];
    }
    return faults_CONNECTION[code]?.(host) ?? [`no answer from ${host}: ${code || (0,errors/* messageOf */.bD)(cause)}`, 'See whether it is up.'];
}
const NAME_A_CA = 'Have it replaced, or name the file of its authority with "ca:".';
const INCOMPLETE = 'Have the server send the whole chain, or name the file of its authority with "ca:".';
const TLS = {
    DEPTH_ZERO_SELF_SIGNED_CERT: ['is self-signed', NAME_A_CA],
    SELF_SIGNED_CERT_IN_CHAIN: ['comes from an authority that is not trusted here', NAME_A_CA],
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['comes without the chain that would prove it', INCOMPLETE],
    UNABLE_TO_GET_ISSUER_CERT: ['comes without the chain that would prove it', INCOMPLETE],
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['comes from an authority that is not trusted here', INCOMPLETE],
    CERT_HAS_EXPIRED: ['has expired', 'Renew it.'],
    CERT_NOT_YET_VALID: ['is not valid yet', 'Look at its dates, and at the clock of this machine.'],
    CERT_REVOKED: ['is revoked', 'Have it replaced.'],
    CERT_SIGNATURE_FAILURE: ['is not signed by the authority that was named', NAME_A_CA]
};
function wrongHost(host, cause) {
    const certificate = faults_isRecord(cause) && faults_isRecord(cause['cert']) ? cause['cert'] : {};
    const names = certificate['subjectaltname'];
    const found = typeof names === 'string' && names !== '' ? `; it is for ${names}` : '';
    return [`the certificate of ${host} is for another host${found}`, 'Use the name that it is for, or have it replaced.'];
}
const faults_CONNECTION = {
    ECONNREFUSED: host => [`nothing listens at ${host}`, 'Start the service, or correct the address.'],
    ECONNRESET: host => [`${host} closed the connection before its answer was whole`, 'Look at its log.'],
    EPIPE: host => [`${host} closed the connection before its answer was whole`, 'Look at its log.'],
    ENOTFOUND: host => [`${host} has no address`, 'Correct the name, or its DNS record.'],
    EAI_AGAIN: host => [`the address of ${host} could not be looked up`, 'See whether this machine can use DNS.'],
    ETIMEDOUT: host => [`${host} does not answer`, 'See whether a firewall stands between.'],
    EHOSTUNREACH: host => [`${host} cannot be reached`, 'See whether this machine has a route to it.'],
    ENETUNREACH: host => [`${host} cannot be reached`, 'See whether this machine has a route to it.']
};
/** Node's code; where several addresses were tried, that of the first. */
function codeOf(cause) {
    if (!faults_isRecord(cause))
        return '';
    if (typeof cause['code'] === 'string')
        return cause['code'];
    return Array.isArray(cause['errors']) ? codeOf(cause['errors'][0]) : '';
}
const faults_isRecord = (value) => typeof value === 'object' && value !== null;

;// CONCATENATED MODULE: ./build/network/redirect.js
const REDIRECTS = [301, 302, 303, 307, 308];
/** What to send next, or what is wrong with where it leads; undefined when the answer is no redirect. */
function afterRedirect(wire, { status, headers }) {
    const location = headers['location']?.[0];
    if (!REDIRECTS.includes(status) || location === undefined)
        return undefined;
    if (!URL.canParse(location, wire.url.href))
        return { problem: 'is redirected to what is not an address' };
    const url = new URL(location, wire.url);
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
        return { problem: `is redirected to ${url.protocol}` };
    const next = { ...toGet(wire, status), url };
    return { wire: url.origin === wire.url.origin ? next : { ...next, ...withoutCredentials(next) } };
}
// Browsers turn a POST into a GET here, and 303 says so for everything but HEAD.
function toGet(wire, status) {
    const turns = status === 303 ? wire.method !== 'HEAD' : status < 303 && wire.method === 'POST';
    return turns ? { ...wire, method: 'GET', body: undefined, headers: without(wire.headers, /^content-/i) } : wire;
}
// Another host must not learn what was meant for this one.
const withoutCredentials = ({ headers }) => ({
    headers: without(headers, /^(?:authorization|cookie|proxy-authorization|host|x-.*(?:key|token|auth).*)$/i),
    ca: undefined
});
const without = (headers, names) => Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)));

;// CONCATENATED MODULE: ./build/network/http.js



const BODY_LIMIT_BYTES = 5 * 1024 * 1024;
const http_MOST_REDIRECTS = 10;
/** An idle connection is reused within a burst of checks, but a check that polls sees who answers new connections. */
const IDLE_MS = 500;
const SAFE = ['GET', 'HEAD', 'OPTIONS'];
/**
 * HTTP over node:http: no fetch, whose start alone costs more than a hundred exchanges. One time limit covers the whole
 * of it: name, connection, TLS, redirects, warm-up and body. Bodies are kept up to 5 MiB, then `cut` is set.
 */
function openHttp(options = {}) {
    const { bodyLimitBytes: limitBytes = BODY_LIMIT_BYTES, idleMs = IDLE_MS } = options;
    const agents = openAgents(idleMs);
    return {
        send: request => withTimeLimit(request, signal => converse({ request, signal, limitBytes }, agents))
    };
}
function openAgents(idleMs) {
    const opened = new Map();
    const open = async (protocol) => {
        const { Agent } = await (protocol === 'https:' ? Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 4708, 19)) : Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 7067, 19)));
        return new Agent({ keepAlive: true, timeout: idleMs });
    };
    return protocol => {
        const agent = opened.get(protocol) ?? open(protocol);
        opened.set(protocol, agent);
        return agent;
    };
}
async function converse(talk, agents) {
    const { request } = talk;
    const first = firstWire(talk);
    if (request.warm === true)
        await warmUp(first, agents);
    const urls = [first.url.href];
    let wire = first;
    let answer = await reach(wire, agents);
    const { startedAt } = answer;
    while (request.followRedirects) {
        const next = afterRedirect(wire, answer);
        if (next === undefined)
            break;
        if ('problem' in next)
            throw redirectFault(wire.url, next.problem);
        if (urls.length > http_MOST_REDIRECTS)
            throw redirectFault(wire.url, `is redirected more than ${http_MOST_REDIRECTS} times`);
        wire = next.wire;
        urls.push(wire.url.href);
        answer = await reach(wire, agents);
    }
    const { status, headers, body, cut } = answer;
    return { status, headers, body, ms: answer.endedAt - startedAt, urls, ...(cut ? { cut } : {}) };
}
// What is not safe must not happen twice, so an OPTIONS opens the connection for it. (After a HEAD without a length Node closes it.).
async function warmUp(wire, agents) {
    await reach(SAFE.includes(wire.method) ? wire : { ...wire, method: 'OPTIONS', body: undefined }, agents);
    // The agent takes the connection back only after the answer's end has been told.
    await new Promise(resolve => setImmediate(resolve));
}
const firstWire = ({ request, signal, limitBytes }) => ({
    url: new URL(request.url),
    method: request.method,
    headers: request.headers,
    body: request.body,
    ca: request.tls?.ca,
    // A server may close an idle connection just when it is used again; what is not safe cannot be sent again then.
    reuse: request.warm === true || SAFE.includes(request.method),
    signal,
    limitBytes
});
async function reach(wire, agents) {
    const agent = wire.reuse && (await agents(wire.url.protocol));
    try {
        return await exchange(wire, { agent }).catch(fault => {
            if (fault?.stale !== true || wire.signal.aborted || !SAFE.includes(wire.method))
                throw fault;
            return exchange(wire, { agent: false });
        });
    }
    catch (cause) {
        throw notAnswered(wire.url, cause);
    }
}
/** Ends the work when the time is over or the caller gives up; then its own words say so, not those of a torn socket. */
async function withTimeLimit(request, work) {
    const ended = new AbortController();
    const giveUp = () => ended.abort();
    const timer = setTimeout(giveUp, request.timeoutMs);
    request.signal.addEventListener('abort', giveUp, { once: true });
    if (request.signal.aborted)
        giveUp();
    try {
        return await work(ended.signal);
    }
    catch (cause) {
        if (ended.signal.aborted && !request.signal.aborted)
            throw timeLimitFault(new URL(request.url), request.timeoutMs, cause);
        throw cause;
    }
    finally {
        clearTimeout(timer);
        request.signal.removeEventListener('abort', giveUp);
    }
}

;// CONCATENATED MODULE: ./build/network/tcp.js


/** Connects and hangs up. */
const openTcp = () => ({
    connect: async ({ host, port, timeoutMs, signal }) => {
        const { connect } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 7030, 19));
        return new Promise(resolve => {
            const socket = connect({ host, port });
            const end = (answer) => {
                clearTimeout(timer);
                signal.removeEventListener('abort', giveUp);
                socket.destroy();
                resolve(answer);
            };
            const giveUp = () => end({ open: false, answer: 'none', why: 'the check was ended' });
            const late = () => end({ open: false, answer: 'silent', why: `no answer within ${(0,units/* formatDuration */.a3)(timeoutMs)}` });
            const timer = setTimeout(late, timeoutMs);
            signal.addEventListener('abort', giveUp, { once: true });
            socket.once('connect', () => end({ open: true }));
            socket.once('error', cause => end(tcp_closed(codeOf(cause) || cause.message)));
            if (signal.aborted)
                giveUp();
        });
    }
});
function tcp_closed(code) {
    switch (code) {
        case 'ECONNREFUSED':
            return { open: false, answer: 'refused', why: 'nothing listens there' };
        case 'ENOTFOUND':
            return { open: false, answer: 'none', why: 'the host has no address' };
        case 'EAI_AGAIN':
            return { open: false, answer: 'none', why: 'the address of the host could not be looked up' };
        case 'EHOSTUNREACH':
        case 'ENETUNREACH':
            return { open: false, answer: 'none', why: 'the host cannot be reached' };
        case 'ETIMEDOUT':
            return { open: false, answer: 'silent', why: 'no answer' };
        default:
            return { open: false, answer: 'none', why: code };
    }
}

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
;// CONCATENATED MODULE: ./build/shell/processes.js


/** One process, or undefined if there is none that can be looked at. */
function processLine(pid) {
    if (process.platform !== 'linux')
        return ps(['-p', String(pid)])[0];
    try {
        return parseStat((0,external_node_fs_.readFileSync)(`/proc/${pid}/stat`, 'utf8'));
    }
    catch {
        return undefined; // it ended, or belongs to somebody else
    }
}
/** All processes that can be looked at. */
function processLines() {
    if (process.platform !== 'linux')
        return ps(['-ax']);
    const pids = (0,external_node_fs_.readdirSync)('/proc').filter(name => /^\d+$/.test(name));
    return pids.map(pid => processLine(Number(pid))).filter(line => line !== undefined);
}
/** A zombie has ended; only its parent has not asked yet. */
const isLiving = ({ state }) => !/^[ZXx]/.test(state);
/** `pid (name) state parent group …`, the 22nd is the start in ticks since boot; the name may hold blanks and brackets. */
function parseStat(text) {
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state, parent, group] = fields;
    const startedAt = fields[19];
    if (state === undefined || startedAt === undefined)
        return undefined;
    return { pid: Number.parseInt(text, 10), parent: Number(parent), group: Number(group), state, startedAt };
}
/** `ps -o pid=,ppid=,pgid=,stat=,lstart=`, as on macOS. */
function parsePs(text) {
    const lines = text.matchAll(/^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S.*?)\s*$/gm);
    return [...lines].map(([, pid, parent, group, state = '', startedAt = '']) => ({
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        state,
        startedAt
    }));
}
function ps(which) {
    try {
        const env = { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' };
        const columns = ['-o', 'pid=,ppid=,pgid=,stat=,lstart='];
        return parsePs((0,external_node_child_process_.execFileSync)('ps', [...which, ...columns], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] }));
    }
    catch {
        return []; // ps ends with 1 when nothing was found
    }
}

;// CONCATENATED MODULE: ./build/shell/group.js

/** Sends a signal to every process of the group; false if there is none any more. */
function signalGroup(group, signal) {
    try {
        process.kill(-group, signal);
        return true;
    }
    catch {
        return false;
    }
}
/** Zombies do not count: where nobody collects orphans (a container without init) they stay for ever. */
function groupLives(group) {
    try {
        process.kill(-group, 0);
    }
    catch {
        return false;
    }
    return processLines().some(line => line.group === group && isLiving(line));
}
/** TERM, `graceMs` to obey, then KILL. Resolves when nothing of the group lives; true if KILL was needed. */
async function endGroup(group, clock, graceMs) {
    signalGroup(group, 'SIGTERM');
    // Whoever is stopped would see the TERM only when somebody wakes it.
    signalGroup(group, 'SIGCONT');
    if (await isGone(group, clock, graceMs))
        return false;
    signalGroup(group, 'SIGKILL');
    await isGone(group, clock, AFTER_KILL_MS);
    return true;
}
/** KILL cannot be refused, but a process inside a system call (a dead network disk) sees it only when that returns. */
const AFTER_KILL_MS = 1000;
async function isGone(group, clock, withinMs) {
    let step = 5;
    for (let waited = 0; groupLives(group); waited += step) {
        if (waited >= withinMs)
            return false;
        step = Math.min(step * 2, 100, withinMs - waited);
        await clock.sleep(step);
    }
    return true;
}

;// CONCATENATED MODULE: ./build/shell/leftovers.js




const GRACE_MS = 2000;
const LONGEST_COMMAND = 200;
/**
 * Finds processes by `DEPLOY_EXECUTION` and `DEPLOY_ITEM`, which every item's program has in its environment and hands
 * down. Not found: who cleared its environment, and on Linux who runs as another user (`sudo`), unless we are root.
 * A service that an item started on purpose carries the marks too: whoever asks decides what that means.
 */
const openLeftovers = ({ redactor, clock, pid: asking = process.pid }) => ({
    find: async (execution) => {
        const spared = lineOf(asking);
        return processLines()
            .filter(line => isLiving(line) && !spared.has(line.pid))
            .map(line => ({ ...line, environment: environmentOf(line.pid) }))
            .filter(({ environment }) => environment.get('DEPLOY_EXECUTION') === execution)
            .map(({ pid, group, startedAt, environment }) => ({
            pid,
            startedAt,
            leads: pid === group,
            command: redactor.redact(commandOf(pid)).slice(0, LONGEST_COMMAND),
            item: environment.get('DEPLOY_ITEM') ?? ''
        }));
    },
    end: async (pids) => {
        const spared = lineOf(asking);
        const ownGroups = new Set([...spared].map(pid => processLine(pid)?.group));
        // Asked again, because a number may belong to another process by now.
        const marked = pids.filter(pid => !spared.has(pid) && environmentOf(pid).has('DEPLOY_EXECUTION'));
        const lines = marked.map(processLine).filter(line => line !== undefined);
        const groups = new Set(lines.map(({ group }) => group).filter(group => !ownGroups.has(group)));
        const inOurGroup = lines.filter(({ group }) => ownGroups.has(group));
        await Promise.all([
            ...[...groups].map(group => endGroup(group, clock, GRACE_MS)),
            ...inOurGroup.map(line => endAlone(line, clock))
        ]);
    }
});
/** A process and those that it comes from: whoever ends these ends himself. */
function lineOf(asking) {
    const found = new Set();
    for (let pid = asking; pid > 0 && !found.has(pid); pid = processLine(pid)?.parent ?? 0)
        found.add(pid);
    return found;
}
// One of our own group cannot be ended with its group.
async function endAlone({ pid, startedAt }, clock) {
    const same = () => {
        const line = processLine(pid);
        return line !== undefined && line.startedAt === startedAt && isLiving(line);
    };
    for (const [signal, patienceMs] of [
        ['SIGTERM', GRACE_MS],
        ['SIGKILL', 1000]
    ]) {
        if (!same())
            return;
        process.kill(pid, signal);
        for (let waited = 0; waited < patienceMs && same(); waited += 50)
            await clock.sleep(50);
    }
}
function environmentOf(pid) {
    if (process.platform !== 'linux')
        return parseMarks(psCommand(pid, 'eww'));
    const entries = procFile(pid, 'environ').split('\0');
    return new Map(entries.map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
}
const commandOf = (pid) => process.platform === 'linux' ? procFile(pid, 'cmdline').replaceAll('\0', ' ').trim() : psCommand(pid, 'ww');
/** From `ps eww`, which shows the environment behind the command, separated by blanks: good for our own marks only. */
const parseMarks = (text) => new Map([...text.matchAll(/(?:^|\s)(DEPLOY_(?:EXECUTION|ITEM))=(\S*)/g)].map(([, name = '', value = '']) => [name, value]));
function procFile(pid, name) {
    try {
        return (0,external_node_fs_.readFileSync)(`/proc/${pid}/${name}`, 'utf8');
    }
    catch {
        return ''; // it ended, or belongs to somebody else
    }
}
function psCommand(pid, how) {
    try {
        return (0,external_node_child_process_.execFileSync)('ps', [how, '-o', 'command=', '-p', String(pid)], {
            encoding: 'utf8',
            env: { PATH: '/bin:/usr/bin' },
            stdio: ['ignore', 'pipe', 'ignore']
        }).trim();
    }
    catch {
        return ''; // ps ends with 1 when nothing was found
    }
}

;// CONCATENATED MODULE: ./build/shell/liveness.js




/**
 * Who we are, and whether another process lives. Of a run on GitHub only a later attempt of the same run knows that it
 * is over; of a process only its own host knows.
 */
const openLiveness = (run = {}) => {
    const self = {
        host: host(),
        bootId: bootId(),
        pid: process.pid,
        startedAt: processLine(process.pid)?.startedAt ?? '',
        ...run
    };
    return { self: async () => self, state: async (other) => decideState(self, other, liveness_look) };
};
/** Fails closed: dead only if that is certain. */
function decideState(self, other, look) {
    if (isSame(self, other))
        return 'alive';
    if (other.runId !== undefined)
        return isEarlierAttempt(other, self) ? 'dead' : 'unknown';
    if (other.host !== self.host || other.bootId === '' || self.bootId === '')
        return 'unknown';
    if (other.bootId !== self.bootId)
        return 'dead';
    const seen = look(other.pid);
    if (seen === 'none')
        return 'dead';
    if (seen === 'hidden' || other.startedAt === '')
        return 'unknown';
    // Another one has got the number since. One that is stopped lives: it may go on any moment.
    return seen.startedAt === other.startedAt && isLiving(seen) ? 'alive' : 'dead';
}
const isSame = (a, b) => a.host === b.host && a.bootId === b.bootId && a.pid === b.pid && a.startedAt === b.startedAt && a.startedAt !== '';
const isEarlierAttempt = (other, self) => other.runId === self.runId &&
    other.runAttempt !== undefined &&
    self.runAttempt !== undefined &&
    other.runAttempt < self.runAttempt;
// Signal 0 also answers where /proc hides the processes of others.
function liveness_look(pid) {
    const line = processLine(pid);
    if (line !== undefined)
        return line;
    try {
        process.kill(pid, 0);
        return 'hidden';
    }
    catch (error) {
        return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH' ? 'none' : 'hidden';
    }
}
/** The namespace of process numbers that the machine itself has. */
const FIRST_NAMESPACE = 'pid:[4026531836]';
/** A container may bear its host's name while its process numbers mean something else: then it is another host. */
function host() {
    const namespace = liveness_read(() => (0,external_node_fs_.readlinkSync)('/proc/self/ns/pid'));
    return namespace === '' || namespace === FIRST_NAMESPACE ? (0,external_node_os_.hostname)() : `${(0,external_node_os_.hostname)()} ${namespace}`;
}
const bootId = () => process.platform === 'linux'
    ? liveness_read(() => (0,external_node_fs_.readFileSync)('/proc/sys/kernel/random/boot_id', 'utf8').trim())
    : liveness_read(() => parseBootTime((0,external_node_child_process_.execFileSync)('/usr/sbin/sysctl', ['-n', 'kern.boottime'], { encoding: 'utf8' })));
/** `{ sec = 1700000000, usec = 123456 } Tue Nov …`; the microseconds change when the clock is set. */
const parseBootTime = (text) => /sec = (\d+)/.exec(text)?.[1] ?? '';
function liveness_read(what) {
    try {
        return what();
    }
    catch {
        return ''; // nothing is known then, and nobody is dead
    }
}

;// CONCATENATED MODULE: ./build/shell/commits-between.js
/**
 * Counts the commits between two. A shallow clone has its history cut off, so that whatever it would count may be wrong:
 * it says so. Never rejects.
 */
async function commitsBetween({ from, to, most }, git) {
    try {
        if (!isWhole(from) || !isWhole(to))
            return unknown('one of them is not named by its whole SHA');
        if ((await git(['rev-parse', '--is-shallow-repository'])).stdout.trim() !== 'false') {
            return unknown('this clone is shallow; `fetch-depth: 0` for actions/checkout brings the rest');
        }
        for (const commit of [from, to])
            if (!(await has(commit, git)))
                return unknown(`this clone has no ${commit}`);
        const [gone = NaN, count = NaN] = numbersIn(await git(['rev-list', '--left-right', '--count', `${from}...${to}`]));
        if (Number.isNaN(gone + count))
            return unknown('git could not count them');
        return { kind: 'counted', count, newest: commitsIn(await git(logOf({ from, to, most }))), gone };
    }
    catch {
        return unknown('git did not answer in time');
    }
}
const unknown = (why) => ({ kind: 'unknown', why });
const has = async (commit, git) => (await git(['cat-file', '-e', `${commit}^{commit}`])).code === 0;
const numbersIn = ({ code, stdout }) => code === 0 ? stdout.trim().split(/\s+/).map(Number) : [];
// Cut by git itself: nobody's subject is too long to be read into memory.
const logOf = ({ from, to, most }) => [
    ...['log', '-z', '--no-show-signature', '--no-color', '--encoding=UTF-8', `--max-count=${most}`],
    '--format=%H%x1f%ct%x1f%<(100,trunc)%an%x1f%<(300,trunc)%s',
    `${from}..${to}`
];
const commitsIn = ({ stdout }) => stdout.split('\0').flatMap(line => {
    const [sha = '', seconds = '', author = '', subject = ''] = line.split('\x1f').map(part => part.trim());
    return isWhole(sha) ? [{ sha, author, subject, at: new Date(Number(seconds) * 1000).toISOString() }] : [];
});
const isWhole = (commit) => /^[0-9a-f]{40,64}$/.test(commit);

;// CONCATENATED MODULE: ./build/shell/repository.js





const LOCAL_MS = 60_000;
const FETCH_MS = 120_000;
/** For what is only shown: nobody waits long for it, and a cancelled run still shows it. */
const LOOK_MS = 5_000;
const never = new AbortController().signal;
/** The git repository that `folder` lies in. */
function openRepository({ folder, shell, env, signal }) {
    const run = (args, during, timeoutMs) => shell.run({
        what: { argv: ['git', ...repository_SETTINGS, ...args] },
        env: gitEnvironment(env),
        folder,
        timeoutMs,
        signal: during,
        onAbort: 'end',
        keep: 'raw'
    });
    // Only an answer of git's own is one: what did not end by itself says nothing about the repository.
    async function git(args) {
        const exit = await run(args, signal ?? never, LOCAL_MS);
        if (exit.kind === 'exited')
            return exit;
        const what = `git ${args[0]}`;
        if (exit.kind === 'timed-out') {
            throw (0,errors/* unavailable */.hU)('service_unavailable', `${what} took longer than ${LOCAL_MS / 1000} s`, 'Look at its disk and its remote.');
        }
        const hint = 'Start again when the run may go on.';
        throw new errors/* ChecklistError */.vm('CANCELLED', 'cancelled', { message: `${what} was cancelled`, hint });
    }
    const has = async (commit) => isCommit(commit) && (await git(['cat-file', '-e', `${commit}^{commit}`])).code === 0;
    async function commit() {
        const { code, stdout, stderr } = await git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
        if (code === 0)
            return stdout.trim();
        throw await noCommit(stderr);
    }
    async function noCommit(said) {
        if (/dubious ownership/.test(said)) {
            const hint = `Say that you trust it: git config --global --add safe.directory ${folder}`;
            return (0,errors/* refused */.J5)('no_commit', `git does not trust ${folder}, because it belongs to another user`, hint);
        }
        if ((await git(['rev-parse', '--git-dir'])).code === 0) {
            return (0,errors/* refused */.J5)('no_commit', `${folder} has no commit yet`, 'Commit what is to be deployed.');
        }
        return (0,errors/* refused */.J5)('no_commit', `${folder} is no git repository`, 'Run inside a clone, after actions/checkout in a workflow.');
    }
    async function worktree(wanted) {
        if (!isCommit(wanted))
            throw (0,errors/* refused */.J5)('no_way_back', `not a commit: ${wanted}`, 'Name it by its full SHA.');
        if (!(await has(wanted)))
            await fetchCommit(wanted);
        const parent = await (0,promises_.mkdtemp)((0,external_node_path_.join)(await (0,promises_.realpath)((0,external_node_os_.tmpdir)()), 'deploy-checklist-'));
        // Also after a cancel.
        const remove = async () => {
            await run(['worktree', 'remove', '--force', '--force', (0,external_node_path_.join)(parent, 'worktree')], never, LOCAL_MS);
            await (0,promises_.rm)(parent, { recursive: true, force: true });
            await run(['worktree', 'prune'], never, LOCAL_MS);
        };
        const added = await git(['worktree', 'add', '--detach', '--quiet', (0,external_node_path_.join)(parent, 'worktree'), wanted]).catch(async (error) => {
            await remove();
            throw error;
        });
        if (added.code === 0)
            return { folder: (0,external_node_path_.join)(parent, 'worktree'), remove };
        await remove();
        throw (0,errors/* unavailable */.hU)('no_way_back', `no worktree of ${wanted}: ${repository_lastLine(added.stderr)}`, 'See that the disk has room, and try again.');
    }
    // A shallow clone can often fetch the one commit that it lacks; where it cannot, say how to bring it.
    async function fetchCommit(wanted) {
        await run(['fetch', '--quiet', '--no-tags', '--depth=1', 'origin', wanted], signal ?? never, FETCH_MS);
        if (await has(wanted))
            return;
        const shallow = (await git(['rev-parse', '--is-shallow-repository'])).stdout.trim() === 'true';
        const where = shallow ? 'this clone is shallow and' : 'this clone';
        const hint = shallow
            ? 'Give actions/checkout `fetch-depth: 0`, or run `git fetch --unshallow` before.'
            : 'Fetch the branch that it is on: git fetch origin';
        throw (0,errors/* refused */.J5)('no_way_back', `${where} does not have commit ${wanted}`, hint);
    }
    async function name() {
        const remote = (await git(['config', '--get', 'remote.origin.url'])).stdout.trim();
        const top = (await git(['rev-parse', '--show-toplevel'])).stdout.trim();
        return repositoryName(remote) ?? (0,external_node_path_.basename)(top === '' ? folder : top);
    }
    async function ref() {
        const branch = (await git(['symbolic-ref', '--quiet', 'HEAD'])).stdout.trim();
        if (branch !== '')
            return branch;
        const tag = (await git(['describe', '--tags', '--exact-match', 'HEAD'])).stdout.trim();
        return tag === '' ? 'HEAD' : `refs/tags/${tag}`;
    }
    async function dirty() {
        const { code, stdout, stderr } = await git(['status', '--porcelain', '--untracked-files=no']);
        if (code === 0)
            return stdout !== '';
        await commit();
        throw (0,errors/* unavailable */.hU)('runner_unfit', `git status failed: ${repository_lastLine(stderr)}`, `Run it in ${folder} and see what it says.`);
    }
    const glance = async (args) => {
        const exit = await run(args, never, LOOK_MS);
        if (exit.kind !== 'exited')
            throw new Error(`git ${args[0]} took longer than ${LOOK_MS} ms`);
        return exit;
    };
    return { commit, dirty, worktree, has, commitsBetween: range => commitsBetween(range, glance), name, ref };
}
/** `owner/name` of a remote's address, or undefined for a path of this machine. Never holds its user or password. */
function repositoryName(remote) {
    const [, path] = /^[a-z][a-z0-9+.-]*:\/\/[^/]+\/(.+)$/i.exec(remote) ??
        /^(?:[^@/\s]+@)?[^:/\s]{2,}:(?!\/\/)\/?(.+)$/.exec(remote) ??
        [];
    if (path === undefined || /^file:/i.test(remote))
        return undefined;
    const name = path
        .replace(/[?#].*$/, '')
        .replace(/\/+$/, '')
        .replace(/\.git$/, '');
    return name === '' ? undefined : name;
}
/**
 * The checklist's own commands come from this folder, so whoever runs them trusts it, whoever owns it. Hooks and the
 * file-system monitor are left out all the same: reading a repository should start nothing.
 */
const repository_SETTINGS = ['-c', 'safe.directory=*', '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];
/** Inside a hook GIT_DIR and others name another repository than the folder's; and nobody can answer a question here. */
function gitEnvironment(env) {
    const kept = Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || KEPT.test(name));
    return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
}
const KEPT = /^GIT_(?:SSH|SSH_COMMAND|ASKPASS|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|SSL_\w+|PROXY_\w+)$/;
const isCommit = (text) => /^[0-9a-f]{7,64}$/i.test(text);
// A remote's address may hold a token that nobody declared as secret.
const repository_lastLine = (text) => (text.trim().split('\n').at(-1) ?? '').replace(/\/\/[^/\s]*@/g, '//***@');

// EXTERNAL MODULE: ./build/core/redact/workflow-commands.js
var workflow_commands = __webpack_require__(1528);
// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
;// CONCATENATED MODULE: ./build/core/redact/redact-lines.js



/** A beginning of a secret that is shorter than what is looked for never waits; its rest is hidden all the same. */
const REMEMBERED = secret_forms/* SHORTEST_HIDDEN */.I - 1;
/**
 * A line is shown as soon as its end is there; CR alone is an end too, as it is for GitHub's runner. Held back are only
 * lines whose end may be the beginning of a secret that goes on in the next, as in base64 and whatever else is wrapped,
 * and of an overlong line as much as the longest secret.
 */
function createLineRedactor({ redactor, onLine, onMask, longestLine = 65_536 }) {
    let pending = '';
    /** So many characters at the start of `pending` belong to a secret whose beginning was shown as hidden. */
    let covered = 0;
    let held = '';
    /** The end of what was shown, without line ends: as much as may belong to a secret that goes on in what comes next. */
    let before = '';
    let afterCr = false;
    let swallowing = false;
    function write(text) {
        let from = afterCr && text.startsWith('\n') ? 1 : 0;
        if (text !== '')
            afterCr = text.endsWith('\r');
        for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
            if (index < from)
                continue;
            finish(pending + text.slice(from, index), '\n');
            from = index + end.length;
        }
        pending += text.slice(from);
        if (pending.length >= longestLine + redactor.longest())
            showPart();
    }
    function finish(line, ending) {
        const known = covered;
        pending = '';
        covered = 0;
        if (swallowing) {
            swallowing = false;
            return;
        }
        if (isMask(line))
            return;
        const block = held + line;
        const { ranges, seen } = searched(block, known);
        const waits = ending !== '' && known === 0 && block.length < longestLine;
        const from = waits ? firstToWait(block, ranges, seen) : undefined;
        if (from === undefined)
            showAll(block, ranges, seen, ending);
        else
            showUpTo(from, block, ranges, seen);
    }
    /** `seen`: what stands in the unwrapped text, with what was shown before it. `ranges`: what is to be hidden in the block. */
    function searched(block, known = 0) {
        const text = before + (held === '' ? block : unwrapped(block));
        const sighting = redactor.look(text);
        const wrapped = withinLines(sighting.found, block, before.length);
        const seen = { text, sighting };
        if (known === 0 && held === '')
            return { ranges: wrapped, seen };
        const shown = known > 0 ? [{ start: 0, end: known }] : [];
        return { ranges: merged([...shown, ...wrapped, ...redactor.find(block)]), seen };
    }
    /** Where the line begins from which on all has to wait for the next one. */
    function firstToWait(block, ranges, { text, sighting: { open, found } }) {
        if (redactor.mayGoOn(`${block}\n`))
            return 0;
        const hidden = Math.max(open, before.length);
        if (open === text.length || found.some(({ start, end }) => start <= hidden && end === text.length))
            return undefined;
        const [waiting] = withinLines([{ start: open, end: text.length }], block, before.length);
        let from = lineStart(block, waiting?.start ?? 0);
        // A secret of several lines is hidden as a whole.
        for (const { start, end } of [...ranges].reverse())
            if (start < from && end > from)
                from = lineStart(block, start);
        return from;
    }
    function showAll(block, ranges, { text, sighting }, ending) {
        held = '';
        before = text.slice(Math.max(0, Math.min(sighting.open, text.length - REMEMBERED)));
        show(hide(block, ranges), ending);
    }
    /** The lines before that one; it and what follows is held. */
    function showUpTo(from, block, ranges, { text, sighting }) {
        held = `${block.slice(from)}\n`;
        const at = text.length - unwrapped(held).length;
        const goingOn = sighting.found.find(({ start, end }) => start < at && end > at)?.start ?? at;
        before = text.slice(Math.max(0, Math.min(goingOn, sighting.open, at - REMEMBERED)), at);
        const shown = ranges.filter(({ start }) => start < from);
        if (from > 0)
            show(hide(block.slice(0, from - 1), shown), '\n');
    }
    function letOut() {
        if (held === '' || redactor.mayGoOn(held))
            return;
        const block = held.slice(0, -1);
        const { ranges, seen } = searched(block);
        const half = withinLines([{ start: seen.sighting.mostly, end: seen.text.length }], block, before.length);
        showAll(block, merged([...ranges, ...half]), seen, '\n');
    }
    function isMask(line) {
        const mask = (0,workflow_commands/* maskIn */.Y)(line);
        if (mask === undefined)
            return false;
        // A traced command ends with the quote that it began with.
        for (const value of new Set([mask.value, mask.value.replace(/['"]+$/, '')]))
            redactor.add(value);
        if (mask.isCommand && mask.value !== '')
            onMask?.(mask.value);
        return mask.isCommand;
    }
    function show(block, ending) {
        const lines = block.split('\n');
        const last = lines.pop() ?? '';
        for (const line of lines)
            onLine(line, '\n');
        if (ending !== '' || last !== '')
            onLine(last, ending);
    }
    // A secret that begins before the cut ends before the end of `pending`, so all of those are known here.
    function showPart() {
        if (held !== '')
            show(hide(held, searched(held).ranges), '');
        held = '';
        before = '';
        // The value of a mask is never shown, not even one that is too long to be looked for.
        swallowing ||= (0,workflow_commands/* maskIn */.Y)(pending)?.isCommand === true;
        const cut = wholeCharacters(pending, pending.length - redactor.longest());
        const ranges = merged([{ start: 0, end: covered }, ...redactor.find(pending)].filter(({ end }) => end > 0));
        const shown = ranges
            .filter(({ start }) => start < cut)
            .map(({ start, end }) => ({ start, end: Math.min(end, cut) }));
        if (!swallowing)
            onLine(hide(pending.slice(0, cut), shown), '');
        covered = Math.max(0, (ranges.find(({ start, end }) => start < cut && end > cut)?.end ?? 0) - cut);
        pending = swallowing ? '' : pending.slice(cut);
    }
    return {
        write,
        waits: () => held !== '',
        letOut,
        end: () => {
            if (pending !== '' || held !== '')
                finish(pending, '');
            swallowing = false;
        }
    };
}
const wholeCharacters = (text, cut) => /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;
const lineStart = (text, at) => text.lastIndexOf('\n', at - 1) + 1;

;// CONCATENATED MODULE: ./build/shell/output.js


const NO_OUTPUT = { received: () => 0, close: () => '' };
// Without a word Node would make an error with its stack, once for each.
const OVER = 'over';
/** A line that may be half of a secret waits so long for the other half; what is wrapped comes at once. */
const WAITS_MS = 300;
function readOutput(pipe, { redactor, clock, keep, keepBytes, onLine, onMask }) {
    const kept = createTail(keepBytes);
    // Bytes of one character may come in two chunks.
    const decoder = new external_node_string_decoder_.StringDecoder('utf8');
    let received = 0;
    const lines = createLineRedactor({
        redactor,
        onLine: (line, ending) => {
            if (keep === 'redacted')
                kept.add(line + ending);
            onLine(line);
        },
        ...(onMask && { onMask })
    });
    const take = (text) => {
        if (keep === 'raw')
            kept.add(text);
        lines.write(text);
    };
    let waiting;
    const letOutLater = () => {
        waiting?.abort(OVER);
        waiting = lines.waits() ? new AbortController() : undefined;
        if (waiting !== undefined)
            void letOutAfter(waiting.signal);
    };
    const letOutAfter = async (signal) => {
        await clock.sleep(WAITS_MS, signal);
        if (!signal.aborted)
            lines.letOut();
    };
    pipe.on('data', (chunk) => {
        received += chunk.length;
        take(decoder.write(chunk));
        letOutLater();
    });
    // A pipe that breaks has ended, nothing more: the exit code says how the program fared.
    pipe.on('error', () => { });
    return {
        received: () => received,
        close: () => {
            pipe.destroy();
            pipe.removeAllListeners('data');
            waiting?.abort(OVER);
            take(decoder.end());
            lines.end();
            // Again, for what became known as secret after it had been said.
            return keep === 'raw' ? kept.text() : redactor.redact(kept.text());
        }
    };
}
/** Keeps the last `limit` bytes (as UTF-8) of all that is added, in memory of about twice that. */
function createTail(limit) {
    let parts = [];
    let size = 0;
    const whole = () => {
        const bytes = Buffer.concat(parts);
        return bytes.subarray(characterStart(bytes, bytes.length - limit));
    };
    return {
        add: text => {
            const bytes = Buffer.from(text, 'utf8');
            parts.push(bytes);
            size += bytes.length;
            if (size <= 2 * limit && parts.length < 10_000)
                return;
            parts = [Buffer.from(whole())];
            size = parts[0]?.length ?? 0;
        },
        text: () => (size === 0 ? '' : whole().toString('utf8'))
    };
}
function characterStart(bytes, from) {
    let start = Math.max(0, from);
    while (start < bytes.length && ((bytes[start] ?? 0) & 0b1100_0000) === 0b1000_0000)
        start++;
    return start;
}

;// CONCATENATED MODULE: ./build/shell/start.js






/** Starts the command as the leader of its own process group, so that all that it starts can be ended with it. */
async function start(command, clock) {
    mustBeStartable(command);
    const { argv, tidy } = await programOf(command.what);
    try {
        return { ...(await launchPatiently(argv, command, clock)), tidy };
    }
    catch (error) {
        await tidy();
        throw error;
    }
}
// Checked by ourselves, because Node's message about a NUL byte shows the whole value.
function mustBeStartable({ what, env }) {
    for (const [name, value] of Object.entries(env)) {
        if (!`${name}${value}`.includes('\0'))
            continue;
        const about = `the value of ${name.replaceAll('\0', '')} holds a NUL byte`;
        throw (0,errors/* refused */.J5)('runner_unfit', about, 'Set a text without one.');
    }
    const words = 'argv' in what ? what.argv : [what.text];
    if (words.some(word => word.includes('\0'))) {
        throw (0,errors/* refused */.J5)('runner_unfit', 'a command holds a NUL byte', 'Remove it: no program can be given one.');
    }
}
/** As GitHub runs its steps: the first command that fails ends the text; in bash also inside a pipe. */
const SHELLS = {
    sh: ['sh', '-e'],
    bash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail']
};
/** Linux takes at most 128 KiB for one argument. */
const LONGEST_ARGUMENT = 120_000;
async function programOf(what) {
    if ('argv' in what)
        return { argv: what.argv, tidy: async () => { } };
    const shell = SHELLS[what.shell];
    if (Buffer.byteLength(what.text) <= LONGEST_ARGUMENT)
        return { argv: [...shell, '-c', what.text], tidy: async () => { } };
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((0,external_node_os_.tmpdir)(), 'deploy-checklist-'));
    const file = (0,external_node_path_.join)(folder, `command.${what.shell}`);
    await (0,promises_.writeFile)(file, what.text, { mode: 0o600 });
    return { argv: [...shell, file], tidy: () => (0,promises_.rm)(folder, { recursive: true, force: true }) };
}
/** The table of processes may be full for a moment. */
const ATTEMPTS = 5;
const start_BETWEEN_MS = 200;
async function launchPatiently(argv, command, clock) {
    for (let attempt = 1;; attempt++) {
        try {
            return await launch(argv, command);
        }
        catch (error) {
            if (start_codeOf(error) !== 'EAGAIN' || attempt === ATTEMPTS)
                throw (await badFolder(command.folder)) ?? notStarted(argv[0], error);
            await clock.sleep(start_BETWEEN_MS * attempt, command.signal);
        }
    }
}
async function launch([program, ...args], command) {
    const { stdoutFile, input, env, folder: cwd } = command;
    const file = stdoutFile === undefined ? undefined : await openPrivately(stdoutFile);
    try {
        const stdio = [input === undefined ? 'ignore' : 'pipe', file?.fd ?? 'pipe', 'pipe'];
        const child = (0,external_node_child_process_.spawn)(program, args, { cwd, env: { ...env }, detached: true, stdio: [...stdio] });
        const exit = new Promise(resolve => child.once('exit', (code, signal) => resolve({ code, signal })));
        const pid = await new Promise((resolve, reject) => {
            child.once('spawn', () => resolve(child.pid ?? 0));
            child.once('error', reject);
        });
        return { child, pid, exit };
    }
    finally {
        // Not awaited: Node throws away what a program says that ends before somebody listens.
        file?.close().catch(() => { });
    }
}
// Never through a link that somebody else laid, and private also if it was there before.
async function openPrivately(path) {
    const { O_CREAT, O_TRUNC, O_WRONLY, O_NOFOLLOW } = external_node_fs_.constants;
    try {
        const file = await (0,promises_.open)(path, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW, 0o600);
        await file.chmod(0o600);
        return file;
    }
    catch (cause) {
        throw (0,errors/* refused */.J5)('runner_unfit', `cannot write ${path}: ${(0,errors/* messageOf */.bD)(cause)}`, 'Name a file in a folder that can be written.', cause);
    }
}
// Looked at only afterwards: the system says the same of a missing folder as of a missing program.
async function badFolder(folder) {
    const found = await (0,promises_.stat)(folder).catch(() => undefined);
    if (found?.isDirectory() === true)
        return undefined;
    const state = found === undefined ? 'does not exist' : 'is not a folder';
    const hint = 'Create it in an earlier item, or correct the path.';
    return (0,errors/* refused */.J5)('runner_unfit', `the folder to run in ${state}: ${folder}`, hint);
}
const start_codeOf = (error) => typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
function notStarted(program, cause) {
    if (cause instanceof errors/* ChecklistError */.vm)
        return cause;
    const faults = {
        ENOENT: () => (0,errors/* refused */.J5)('runner_unfit', `${program} was not found`, `Install ${program}, or add its folder to PATH.`, cause),
        EACCES: () => (0,errors/* refused */.J5)('runner_unfit', `${program} may not be executed`, `Make it executable: chmod +x ${program}`, cause),
        ENOEXEC: () => (0,errors/* refused */.J5)('runner_unfit', `${program} is no program of this machine`, 'Start a script with #!, and build for this machine.', cause),
        E2BIG: () => (0,errors/* refused */.J5)('runner_unfit', `${program} cannot be given so much`, 'Make the environment and the arguments smaller.', cause),
        EAGAIN: () => (0,errors/* unavailable */.hU)('runner_unfit', `no process can be started for ${program}`, 'Raise the limit of processes, or end some.', cause)
    };
    const fallback = () => (0,errors/* unavailable */.hU)('runner_unfit', `cannot run ${program}: ${(0,errors/* messageOf */.bD)(cause)}`, 'See what the machine lacks.', cause);
    return (faults[start_codeOf(cause)] ?? fallback)();
}

;// CONCATENATED MODULE: ./build/shell/run.js






// Why a wait of ours ends early. Without a word Node would make an error with its stack, once for each.
const run_OVER = 'over';
const INTERRUPT_GRACE_MS = 5000;
const END_GRACE_MS = 2000;
const KEPT_BYTES = 1024 * 1024;
/** Runs programs on this machine (POSIX). A text for a shell runs as GitHub's steps do: its first failure ends it. */
const openShell = (options) => ({
    run: async (command) => {
        if (command.signal.aborted)
            return NEVER_STARTED;
        const startedAt = options.clock.now().getTime();
        const started = await start(command, options.clock);
        try {
            const result = await runToItsEnd(started, command, options);
            return { ...result, durationMs: Math.max(0, options.clock.now().getTime() - startedAt) };
        }
        finally {
            await started.tidy();
        }
    }
});
const NEVER_STARTED = { kind: 'aborted', code: 130, byItself: true, stdout: '', stderr: '', durationMs: 0 };
async function runToItsEnd(started, command, options) {
    const { child } = started;
    const [stdout, stderr] = [output('stdout', started, command, options), output('stderr', started, command, options)];
    const closed = new Promise(resolve => child.once('close', () => resolve('closed')));
    // A program need not read what it is given.
    child.stdin?.on('error', () => { });
    child.stdin?.end(command.input);
    // One signal for all that only waits as long as the program runs.
    const over = new AbortController();
    void started.exit.then(() => over.abort(run_OVER));
    void tellOnce(started, command, options.clock, over.signal);
    const kind = await whatComesFirst(started, command, options.clock, over.signal);
    const ending = kind === 'exited' ? leftAlone(await started.exit) : await stop(kind, started, command, options.clock);
    const longestMs = kind === 'exited' ? LONGEST_DRAIN_MS : QUIET_MS;
    const letGo = !(await drained([stdout, stderr], { closed, longestMs, clock: options.clock }));
    child.stdin?.destroy();
    // One that even KILL did not end must not keep us from ending.
    child.unref();
    over.abort(run_OVER);
    return { kind, ...ending, stdout: stdout.close(), stderr: stderr.close(), ...(letGo && { letGo }) };
}
const A_MOMENT_MS = 100;
/** Programs that end at once are not told of: nobody will ask whether they live. */
async function tellOnce({ pid }, { onStart }, clock, over) {
    if (onStart === undefined)
        return;
    await clock.sleep(A_MOMENT_MS, over);
    const startedAt = over.aborted ? undefined : processLine(pid)?.startedAt;
    if (startedAt !== undefined)
        onStart({ pid, startedAt });
}
function output(stream, { child }, command, options) {
    const pipe = child[stream];
    if (pipe === null)
        return NO_OUTPUT;
    return readOutput(pipe, {
        redactor: options.redactor,
        clock: options.clock,
        keep: command.keep ?? 'redacted',
        keepBytes: command.keepBytes ?? KEPT_BYTES,
        onLine: line => command.onLine?.(options.inActions === true ? (0,workflow_commands/* harmless */.I)(line) : line, stream),
        onMask: options.onMask
    });
}
async function whatComesFirst({ exit }, { timeoutMs, signal }, clock, over) {
    let onAbort = () => { };
    const aborted = new Promise(resolve => {
        onAbort = () => resolve('aborted');
        if (signal.aborted)
            onAbort();
        signal.addEventListener('abort', onAbort);
    });
    const exited = exit.then(() => 'exited');
    // The sleep ends with the program too, but always after it: who won is decided by then.
    const timedOut = clock.sleep(timeoutMs, over).then(() => (over.aborted ? exited : 'timed-out'));
    const kind = await Promise.race([exited, aborted, timedOut]);
    signal.removeEventListener('abort', onAbort);
    return kind;
}
async function stop(kind, started, command, clock) {
    if (kind === 'aborted' && command.onAbort === 'interrupt')
        return interrupt(started, command, clock);
    const killed = await endGroup(started.pid, clock, command.graceMs ?? END_GRACE_MS);
    return ended(await within(AFTER_KILL_MS, started.exit, clock), killed);
}
/**
 * An action gets SIGINT and time to come to an end that it chooses. What it leaves running on purpose lives on, as after
 * any other end; but if it did not choose, nothing of the group stays behind.
 */
async function interrupt(started, { graceMs = INTERRUPT_GRACE_MS }, clock) {
    signalGroup(started.pid, 'SIGINT');
    signalGroup(started.pid, 'SIGCONT');
    const exit = await within(graceMs, started.exit, clock);
    if (exit !== undefined && exit.signal === null)
        return ended(exit, false);
    await endGroup(started.pid, clock, exit === undefined ? 0 : Math.min(graceMs, END_GRACE_MS));
    return ended(await within(AFTER_KILL_MS, started.exit, clock), true);
}
const run_codeOf = ({ code, signal }) => code ?? 128 + (signal === null ? 0 : external_node_os_.constants.signals[signal]);
const leftAlone = (exit) => ({ code: run_codeOf(exit), byItself: true });
// A program that one of our signals ended has chosen nothing: nobody knows how far it came.
const ended = (exit, killed) => exit === undefined
    ? { code: 128 + external_node_os_.constants.signals.SIGKILL, byItself: false }
    : { code: run_codeOf(exit), byItself: !killed && exit.signal === null };
const QUIET_MS = 250;
const LONGEST_DRAIN_MS = 5000;
const STEP_MS = 25;
/** Turns of the event loop in which everything that is already there is read. */
const SOON = 3;
const nextTurn = () => new Promise(resolve => setImmediate(resolve));
/**
 * The program has ended, but something that it started may hold the pipes. What is still on its way is read; after a
 * quarter of a second of silence nobody waits any longer for a daemon. True if all pipes came to their end.
 */
async function drained(outputs, { closed, longestMs, clock }) {
    // Nearly always the pipes end with the program, and no timer is needed to see it.
    for (let turn = 0; turn < SOON; turn++) {
        if ((await Promise.race([closed, nextTurn()])) === 'closed')
            return true;
    }
    const received = () => outputs.reduce((sum, output) => sum + output.received(), 0);
    let before = received();
    for (let waited = 0, quiet = 0; waited < longestMs && quiet < QUIET_MS; waited += STEP_MS) {
        if ((await within(STEP_MS, closed, clock)) === 'closed')
            return true;
        // On a busy machine the timer may be due before the pipe was looked at.
        await nextTurn();
        quiet = received() === before ? quiet + STEP_MS : 0;
        before = received();
    }
    return false;
}
async function within(ms, result, clock) {
    const over = new AbortController();
    const first = await Promise.race([result, clock.sleep(ms, over.signal).then(() => undefined)]);
    over.abort(run_OVER);
    return first;
}

;// CONCATENATED MODULE: ./build/app.js






















/** The one composition root: every port meets its adapter here. Nothing is opened before it is needed. */
function openShop(host, request, surface) {
    const actions = (0,app_host/* actionsOf */.Ro)(host.env);
    const { clock } = host;
    const redactor = createRedactor(host.secrets);
    const shell = openShell({ redactor, clock, inActions: actions !== undefined, onMask: surface.onMask });
    const repository = openRepository({ folder: host.folder, shell, env: (0,app_host/* inheritedBy */._A)(host.env), signal: surface.signal });
    const runner = host.env['RUNNER_NAME'] || undefined;
    const run = actions && { runId: actions.runId, runAttempt: actions.runAttempt, ...(runner && { runner }) };
    const machine = host.liveness ?? openLiveness(run);
    const { terminal, signal } = surface;
    const mask = (value) => {
        redactor.add(value);
        surface.onMask(value);
    };
    for (const token of [host.gitHubToken, host.membersToken])
        if (token !== undefined && token !== '')
            mask(token);
    const identity = once(() => (0,app_identity/* identify */.ls)(host, repository));
    const front = openFront({
        ...{ host, actions, machine, signal },
        repository: async () => host.env['GITHUB_REPOSITORY'] || (await repository.name()),
        say: line => terminal.say(line)
    }, request.command);
    const { ledger: onBranch, comments, ...gitHub } = front;
    const clerk = front.signOffs &&
        openClerk({
            ...{ pages: front.signOffs.pages, redact: redactor.redact, clock, otherwise: surface.interview },
            say: line => terminal.say(line)
        });
    const interview = patient(clerk?.interview ?? surface.interview, { herald: () => herald, clock });
    const kinds = kindsFor(host, shell, clock, interview);
    const told = [];
    const herald = openHerald({
        ...{ host, redactor, mask, told, comments, http: openHttp(), kinds: () => kinds },
        invocation: (0,app_answer/* invocationOf */.QC)(request, { actions })
    });
    const liveness = (0,kept/* concealing */.si)(front.liveness, async () => ledger.asked() && (await ledger()).keeps === 'verdicts');
    const ledger = once(async () => herald.watching(await openLedger({ host, request, identity, liveness: front.liveness, mask, onBranch })));
    return {
        ...{ host, actions, clock, shell, redactor, repository, liveness, interview, terminal, signal, mask, identity },
        ...{ kinds, told, herald },
        leftovers: openLeftovers({ redactor, clock }),
        ...gitHub,
        ...(clerk && { clerk }),
        liveness,
        seen: {},
        missedDeployments: [],
        noted: new Set(),
        ledger,
        ledgerDatabase: async () => await databaseOf(await ledger()),
        opened: surface.onOpened,
        close: async () => {
            terminal.close();
            if (ledger.asked())
                await ledger()
                    .then(opened => opened.close())
                    .catch(() => { });
        }
    };
}
/** Every kind that a checklist may name, in the order of the reference. */
function kindsFor(host, shell, clock, interview) {
    const baseEnv = (0,app_host/* inheritedBy */._A)(host.env);
    return [
        ...checkKinds({ clock, shell, http: openHttp(), tcp: openTcp(), sql: openSql(), interview, baseEnv }),
        ...databaseKinds({
            shell,
            clock,
            baseEnv,
            defaultStore: (0,external_node_path_.join)((0,choose_ledger/* defaultFolder */.qp)(host), 'backups'),
            program: import.meta.url
        }),
        ...deployKinds({ shell, baseEnv })
    ];
}
async function openLedger({ request, identity, ...rest }) {
    const { repository } = await identity();
    return await (0,choose_ledger/* chooseLedger */.BS)({ ...rest, wanted: request.ledger, repository });
}
/** A ledger in a database says which one; a file lies in none. */
async function databaseOf(ledger) {
    return 'identity' in ledger && typeof ledger.identity === 'function' ? await ledger.identity() : undefined;
}

// EXTERNAL MODULE: ./build/app/asked-for.js
var asked_for = __webpack_require__(1478);
// EXTERNAL MODULE: ./build/report/ending.js
var ending = __webpack_require__(5836);
// EXTERNAL MODULE: ./build/report/layout.js
var layout = __webpack_require__(5981);
;// CONCATENATED MODULE: ./build/report/problems.js


const PROBLEM = /^(.*?:\d+:\d+)(?: (.*?))?: (.*)$/s;
/**
 * Every problem under a sentence that counts them, one to a line. Those of a checklist begin with `file:line:col path:`,
 * so that editors and terminals find their place.
 */
function problemsText(title, problems, { paint } = layout/* PLAIN */.tZ) {
    const lines = problems.map(problem => {
        const [, place, path, what] = PROBLEM.exec((0,core_text/* oneLine */.TN)(problem)) ?? [];
        if (place === undefined)
            return `  ${(0,core_text/* oneLine */.TN)(problem)}`;
        return `${paint('cyan', place)}${path === undefined ? '' : ` ${paint('bold', path)}`}: ${what}`;
    });
    return [`${paint('red', '✗')} ${(0,core_text/* oneLine */.TN)(title)}:`, ...lines].join('\n');
}

// EXTERNAL MODULE: ./build/terminal/paint.js
var terminal_paint = __webpack_require__(7585);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
;// CONCATENATED MODULE: ./build/terminal/prompts.js


const ANSWER = /^(y|yes|n|no)(?:$|[\s,.:;-]+(.*)$)/is;
/** Asks on a terminal: yes or no, and in whose words. Ctrl-C, Ctrl-D and an abort mean that nobody was asked. */
const openPrompts = (options) => {
    // Two questions at once would mix their answers.
    let last = Promise.resolve();
    return {
        ask: question => {
            const turn = last.then(() => options.aside(() => interview(question, options)));
            last = turn.catch(() => undefined);
            return turn;
        }
    };
};
async function interview({ item, text, by, signal }, options) {
    if (signal.aborted)
        return undefined;
    const { input, output, paint, isTTY, who } = options;
    const lines = (0,external_node_readline_.createInterface)({ input, output, terminal: isTTY, historySize: 0 });
    try {
        const person = by === undefined ? '' : paint('dim', ` (${(0,core_text/* oneLine */.TN)(by)})`);
        output.write(`\n${paint('bold', (0,core_text/* oneLine */.TN)(text))}${person} ${paint('dim', (0,core_text/* oneLine */.TN)(item))}\n`);
        const answer = await prompts_answered(asker(lines, signal), paint);
        // The line that was typed so far must not run into what comes next.
        if (answer === undefined)
            output.write('\n');
        return answer === undefined ? undefined : { who, ...answer, claimed: true };
    }
    finally {
        lines.close();
    }
}
async function prompts_answered(ask, paint) {
    const yesOrNo = paint('cyan', 'yes or no, and in your words: ');
    const answer = await until(ask, yesOrNo, line => ANSWER.exec(line) ?? undefined);
    if (answer === undefined)
        return undefined;
    const agrees = answer[1]?.toLowerCase().startsWith('y') === true;
    const said = answer[2]?.trim() ?? '';
    const question = paint('cyan', agrees ? 'what did you see? ' : 'why not? ');
    const words = said !== '' ? said : await until(ask, question, line => line || undefined);
    return words === undefined ? undefined : { agrees, words };
}
// An empty answer, or one that says neither yes nor no, is asked again; undefined means that nobody answers.
async function until(ask, prompt, read) {
    for (;;) {
        const line = await ask(prompt);
        if (line === undefined)
            return undefined;
        const answer = read(line.trim());
        if (answer !== undefined)
            return answer;
    }
}
/** Lines that came before they were asked for are kept, so that an answer may be piped in. */
function asker(lines, signal) {
    const waiting = [];
    let wake;
    let over = false;
    const end = () => {
        over = true;
        wake?.();
    };
    lines.on('line', line => {
        waiting.push(line);
        wake?.();
    });
    lines.on('close', end);
    // A terminal whose connection broke: nobody answers. Unheard, it would end this process; `close` would fail again.
    lines.on('error', end);
    lines.on('SIGINT', () => lines.close());
    signal.addEventListener('abort', () => lines.close(), { once: true });
    return async (prompt) => {
        if (waiting.length === 0 && !over) {
            lines.setPrompt(prompt);
            lines.prompt();
            await new Promise(resolve => {
                wake = resolve;
            });
        }
        return waiting.shift();
    };
}

// EXTERNAL MODULE: ./build/terminal/terminal.js + 4 modules
var terminal_terminal = __webpack_require__(213);
// EXTERNAL MODULE: ./build/report/summary.js + 2 modules
var summary = __webpack_require__(981);
;// CONCATENATED MODULE: ./build/app/local-summary.js




/** The summary of a local run, outside the workspace, so that no deployment makes the work tree dirty. Gives its path. */
async function localSummary(result, { checklist }, host) {
    if (result.execution === null)
        return undefined;
    const folder = host.env['DEPLOY_CHECKLIST_SUMMARIES'] ?? (0,external_node_path_.join)((0,choose_ledger/* defaultFolder */.qp)(host), 'summaries');
    await (0,promises_.mkdir)(folder, { recursive: true, mode: 0o700 });
    const path = (0,external_node_path_.join)(folder, `${result.execution.id}.md`);
    await (0,promises_.writeFile)(path, (0,summary/* summary */.z)(result, checklist === '' ? {} : { checklist }), { mode: 0o600 });
    return path;
}

// EXTERNAL MODULE: ./build/app/notify-said.js
var notify_said = __webpack_require__(5581);
// EXTERNAL MODULE: ./build/core/result/result-stages.js
var result_stages = __webpack_require__(5889);
// EXTERNAL MODULE: ./build/core/can-fail.js
var can_fail = __webpack_require__(1433);
// EXTERNAL MODULE: ./build/app/begin.js + 2 modules
var app_begin = __webpack_require__(4628);
// EXTERNAL MODULE: ./build/app/guards.js
var guards = __webpack_require__(6488);
// EXTERNAL MODULE: ./build/app/prepare.js + 1 modules
var prepare = __webpack_require__(9366);
// EXTERNAL MODULE: ./build/app/run.js + 23 modules
var run = __webpack_require__(9334);
;// CONCATENATED MODULE: ./build/app/adopt.js







/**
 * Records a system that is live already, so that a later rollback has somewhere to go: runs today's smoke test against it,
 * refuses when that fails, and keeps it under that commit. Returns the execution's id.
 */
async function adopt(request, shop) {
    const commit = await wholeCommit(request.commit, shop);
    const prepared = await (0,prepare/* prepare */.iA)(shop, request);
    const ledger = await shop.ledger();
    const { checklist } = prepared;
    const proof = checklist.stages['smoke-test'];
    if ((0,can_fail/* proofOf */.o)(proof).length === 0)
        throw (0,errors/* refused */.J5)('usage', `${prepared.file} has no smoke-test that could prove what is live`, 'Write at least one item that can fail and asks nobody.');
    const nothing = { preflight: [], backup: [], migrate: [], deploy: [], monitor: [] };
    const { monitor: _, release: __, ...rest } = checklist;
    const only = { ...rest, stages: { ...nothing, 'smoke-test': proof } };
    const now = await (0,prepare/* planFor */.bJ)({ ...prepared, checklist: only }, shop, (0,prepare/* previousOf */.te)(await (0,prepare/* lastGood */.mC)(ledger, prepared.key)));
    // Nothing is deployed, so that nobody has to agree.
    const { gate: ___, ...rules } = now.rules;
    const plan = (0,core_plan/* makePlan */.Cs)(only, { ...now, rules, commit, release: commit });
    (0,guards/* demandValues */.sF)(plan, ['smoke-test'], shop, 'none');
    const survey = await ledger.survey(prepared.key);
    if (survey.holder !== undefined)
        throw (0,errors/* refused */.J5)('environment_held', `${prepared.key.environment} is held by ${survey.holder.id} (${survey.holder.status})`, 'Wait for it to end.');
    const begun = {
        plan,
        identity: { ...prepared.identity, commit },
        purpose: 'adopt',
        hold: true,
        applied: survey.newest?.applied ?? {}
    };
    const journal = await (0,app_begin/* create */.vt)(begun, survey, ledger, shop);
    if (journal === undefined)
        throw (0,errors/* refused */.J5)('environment_held', 'another run took the environment at the same moment', 'Look at `deploy-checklist history` and try again.');
    await (0,run/* work */.oJ)(request, journal, ledger, shop);
    return journal.record.id;
}
async function wholeCommit(named, { repository }) {
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(named)) {
        throw (0,errors/* refused */.J5)('usage', `--commit is the whole SHA of the commit that is live, found ${JSON.stringify(named)}`, 'Take it from where it runs, such as with `git rev-parse HEAD` on the server.');
    }
    if (await repository.has(named))
        return named.toLowerCase();
    throw (0,errors/* refused */.J5)('no_commit', `the repository here has no commit ${named}`, 'Fetch it first: a rollback has to find it too (`git fetch --unshallow`, or `fetch-depth: 0`).');
}

// EXTERNAL MODULE: ./build/core/engine/decide.js
var decide = __webpack_require__(6157);
;// CONCATENATED MODULE: ./build/core/checkpoints.js



/** As the checklist says, or less where whoever looks asks for less; what it leaves to a person is not done by itself. */
function consequenceOf({ monitor, rollback }, asked) {
    if (monitor?.onFailure !== 'rollback')
        return { to: 'page' };
    if (rollback.code === 'ask')
        return { to: 'page', why: decide/* LEFT_TO_A_PERSON */.i8 };
    return { to: asked ?? 'rollback' };
}
/**
 * Whether a newer execution stands in the place of this one, whose checkpoints are void then. A rollback of it that was cut
 * off leaves what it was begun for.
 */
const replaces = (newer, { key, number, id, owed }) => (0,core_execution/* isSameKey */.yL)(newer.key, key) &&
    newer.number > number &&
    newer.acted &&
    newer.purpose !== 'observe' &&
    !(owed !== undefined && newer.undoesExecutionId === id);
/** Deployments of which something is to be done or to come, what is to be done soonest first. */
function toWatch(records) {
    return records
        .filter(({ purpose, rolledBack }) => purpose === 'deploy' && !rolledBack)
        .filter(record => turnOf(record) !== undefined && !records.some(newer => replaces(newer, record)))
        .sort((a, b) => (0,core_text/* byMoment */.W)(turnOf(a) ?? '', turnOf(b) ?? ''));
}
/** When it is its turn; what is owed is, at once. */
const turnOf = ({ due, owed }) => owed === undefined ? due.map(({ dueAt }) => dueAt).sort(core_text/* byMoment */.W)[0] : '';
/** Who was the last to take on what a failed checkpoint leads to. */
const owedIn = (events) => events.findLast((event) => event.body.type === 'owed');
/** Those that failed and that nobody has been called for. */
const failedIn = (events) => events
    .slice(events.findLastIndex(({ body }) => body.type === 'answered') + 1)
    .flatMap(({ body }) => (body.type === 'checkpoint' && !body.passed ? [body] : []));
const namesOf = (checkpoints) => checkpoints.map(({ checkpoint }) => checkpoint).join(', ');
/** What one look found, in one line; a ledger that everybody can read has kept no words of it. */
function failureOf(failed) {
    const red = (failed.at(-1)?.results ?? []).filter(({ outcome }) => outcome !== 'pass');
    return `${namesOf(failed)}: ${red.map(({ item, detail }) => (detail === '' ? item : `${item} (${detail})`)).join('; ')}`;
}

// EXTERNAL MODULE: ./build/core/engine/journal.js
var engine_journal = __webpack_require__(3034);
// EXTERNAL MODULE: ./build/core/engine/run-stage.js
var run_stage = __webpack_require__(847);
// EXTERNAL MODULE: ./build/app/after-end.js
var after_end = __webpack_require__(2030);
// EXTERNAL MODULE: ./build/core/engine/page.js
var page = __webpack_require__(4806);
// EXTERNAL MODULE: ./build/app/life.js
var life = __webpack_require__(9664);
// EXTERNAL MODULE: ./build/app/records.js
var app_records = __webpack_require__(2882);
// EXTERNAL MODULE: ./build/app/rollback.js + 2 modules
var rollback = __webpack_require__(2926);
// EXTERNAL MODULE: ./build/app/views.js
var views = __webpack_require__(8878);
;// CONCATENATED MODULE: ./build/app/consequence.js















/**
 * Written with the checkpoints that failed, so that a kill after them loses nothing. What is handed over is the whole
 * run's: the job that looked is over by then.
 */
async function owedBy({ liveness }, to) {
    const { runner, ...process } = await liveness.self();
    const job = to === 'hand-over' || runner === undefined ? {} : { runner };
    return { type: 'owed', to, process: { ...process, ...job } };
}
/** Does what a failed checkpoint leads to. Whatever stands in the way of a rollback is a person's, and is not tried again. */
async function follow(stored, failed, scene) {
    const { to, why } = consequenceOf((0,engine_state/* planOf */.XC)(stored.events), scene.request.onFailure);
    if (to === 'hand-over')
        return { handedOver: true };
    return to === 'rollback' ? await takeBack(stored, failed, scene) : await call(stored, failed, why, scene);
}
/**
 * Does what an earlier look has left: its process died between the record and what follows from it, or another job did not
 * make the rollback. Undefined: somebody sees to it. A rollback that was begun is not begun again.
 */
async function catchUp(stored, scene) {
    const { record, events } = stored;
    const { request, ledger, shop } = scene;
    const owed = owedIn(events);
    const back = await rollbackOf(record, ledger);
    const working = [owed?.body, back && !(0,core_execution/* isEnded */.pl)(back) && !(0,core_execution/* isPaused */.lP)(back) ? back : undefined];
    for (const each of working)
        if (each && (await (0,life/* lifeOf */.c_)(each, shop)) === 'alive')
            return undefined;
    const mine = await owedBy(shop, consequenceOf((0,engine_state/* planOf */.XC)(events), request.onFailure).to);
    const isLeft = (now) => now.record.owed !== undefined && owedIn(now.events)?.hash === owed?.hash;
    if ((await (0,after_end/* addAfterEnd */.t)(record.id, now => (isLeft(now) ? [mine] : []), ledger, shop)).length === 0)
        return undefined;
    const checkpoints = failedIn(events);
    if (back?.status === 'SUCCESS') {
        await (0,rollback/* closeUndone */.WI)(record, back, `checkpoint ${failureOf(checkpoints)}`, ledger, shop);
        return { checkpoints, rolledBack: back.id };
    }
    const why = back !== undefined
        ? `its rollback ${back.id} is ${back.status}, and no other is made by itself`
        : owed?.body.to === 'hand-over'
            ? 'another job was to roll it back, and did not'
            : undefined;
    const found = why ? await call(stored, checkpoints, why, scene) : await follow(stored, checkpoints, scene);
    return { checkpoints, ...found };
}
async function rollbackOf({ id, key, startedAt }, ledger) {
    for await (const record of (0,app_records/* recordsOf */.M)(ledger, { key, since: startedAt }))
        if (record.undoesExecutionId === id)
            return record;
    return undefined;
}
async function takeBack(stored, failed, scene) {
    const { request, ledger, shop } = scene;
    const { id } = stored.record;
    const because = `checkpoint ${failureOf(failed)}`;
    const by = await (0,rollback/* rollback */.dU)({ ...request, surface: 'cli', execution: id, because }, shop).catch(error => error);
    if (by instanceof Error) {
        const found = await call(stored, failed, `it was not rolled back: ${(0,errors/* messageOf */.bD)(by)}`, scene);
        if (!(by instanceof errors/* ChecklistError */.vm))
            throw by;
        return found;
    }
    const { status, errorMessage } = (await (0,app_begin/* mustRead */.qE)(by, ledger)).record;
    if (status === 'SUCCESS')
        return { rolledBack: by };
    return {
        rolledBack: by,
        ...(await call(stored, failed, `its rollback ${by} is ${status}: ${errorMessage}`, { ...scene, by }))
    };
}
/** A failed checkpoint pages as a failed run does, with the same names; beside a reason stands the line that takes it back. */
async function call(stored, failed, why, { request, ledger, shop, by = '' }) {
    const { record, events } = stored;
    const plan = (0,engine_state/* planOf */.XC)(events);
    const workshop = (0,app_workshop/* workshopFor */.x)(plan, shop);
    const names = workshop.values(plan, (0,engine_bench/* builtIns */.b3)(record.id, plan.key.environment, (0,engine_bench/* liveOf */.QA)(plan)));
    const line = why && (0,notify_message/* wayBackOf */.m3)(await (0,views/* resultFor */.T2)(stored, ledger, (0,app_answer/* invocationOf */.QC)(request, shop)));
    const said = why && shop.redactor.redact(line === '' ? why : `${why}; to take it back: ${line}`);
    const message = shop.redactor.redact([failureOf(failed), ...(said ? [said] : [])].join('; '));
    // A cut off process pages nobody; whoever looks next does.
    if (shop.signal.aborted)
        return {};
    // A rollback that stopped has called a person itself.
    if (by === '' || !(0,engine_state/* stateOf */.L4)((await (0,app_begin/* mustRead */.qE)(by, ledger)).events).paged)
        await (0,page/* page */.M)({ text: plan.monitor?.page, folder: shop.host.folder, names, message }, workshop);
    await (0,after_end/* addAfterEnd */.t)(record.id, now => (now.record.owed === undefined ? [] : [{ type: 'answered' }]), ledger, shop);
    return said ? { said: `${namesOf(failed)} of ${record.id}: ${said}` } : {};
}

// EXTERNAL MODULE: ./build/app/deployment-end.js
var deployment_end = __webpack_require__(2957);
;// CONCATENATED MODULE: ./build/app/monitor.js


















const nextOf = ({ due }) => [...due].sort((a, b) => (0,core_text/* byMoment */.W)(a.dueAt, b.dueAt))[0];
/**
 * Runs every checkpoint that is due, those that a late schedule missed too, with the lateness recorded. Void once a newer
 * execution stands. What fails pages a person or rolls back, once, as the checklist says; what an earlier look has left of
 * that comes first.
 */
async function monitor(request, shop) {
    const ledger = await shop.ledger();
    const stored = await watched(request, ledger, shop);
    const { record } = stored;
    const plan = (0,engine_state/* planOf */.XC)(stored.events);
    const scene = { request, ledger, shop };
    const now = shop.clock.now();
    const due = record.due.filter(({ dueAt }) => Date.parse(dueAt) <= now.getTime());
    if (due.length === 0 && record.owed === undefined)
        return { execution: record.id, checkpoints: [], next: nextOf(record) };
    (0,app_workshop/* maskSecrets */.Q)(plan, shop);
    const { to } = consequenceOf(plan, request.onFailure);
    (0,guards/* demandValues */.sF)(to === 'rollback' ? plan : onlyLooking(plan), ['monitor'], shop, record.id);
    if (record.owed !== undefined) {
        const found = await catchUp(stored, scene);
        return found === undefined ? leftTo(record) : { execution: record.id, ...found };
    }
    // Late ones are answered by one look: the same items at the same moment would say the same thing twice.
    const found = await monitor_look(stored, shop);
    const { passed } = found;
    const checkpoints = due.map(({ checkpoint, dueAt }) => {
        const lateMs = now.getTime() - Date.parse(dueAt);
        return { type: 'checkpoint', checkpoint, dueAt, lateMs, ...found };
    });
    const owed = passed ? [] : [await owedBy(shop, to)];
    const isDue = (stands) => stands.owed === undefined && due.every(each => stands.due.some(left => left.checkpoint === each.checkpoint));
    const added = await (0,after_end/* addAfterEnd */.t)(record.id, each => (isDue(each.record) ? [...checkpoints, ...owed] : []), ledger, shop);
    if (added.length === 0)
        return leftTo(record);
    const tell = () => (0,deployment_end/* tellCheckpoints */.pW)(record.id, passed, namesOf(checkpoints), { wish: request, ledger, shop });
    // GitHub's last word of what is rolled back is the rollback's; of everything else it has the last head.
    if (to === 'rollback')
        await tell();
    const followed = passed ? {} : await follow(stored, checkpoints, scene);
    if (to !== 'rollback')
        await tell();
    return { execution: record.id, checkpoints, ...followed };
}
/** Two looked at once, or what failed is being seen to: one of them is enough. */
const leftTo = ({ id }) => ({
    execution: id,
    checkpoints: [],
    said: `Another process sees to what is due of ${id}.`
});
/** What the undos need is demanded of whoever runs them. */
const onlyLooking = (plan) => ({ ...plan, monitor: plan.monitor && { ...plan.monitor, onFailure: 'page' } });
/**
 * A step of the action with `stage: monitor` and an execution means the due checkpoints of one that has ended; of one that
 * is open it is the stage itself.
 */
async function isForDue({ surface, stage, execution }, shop) {
    if (surface !== 'action' || stage !== 'monitor' || execution === '')
        return false;
    if (execution === 'newest')
        return true;
    const stored = await (await shop.ledger()).read(execution);
    return stored !== undefined && (0,core_execution/* isEnded */.pl)(stored.record) && toWatch([stored.record]).length > 0;
}
/** The newest deployment that succeeded and has something due; a newer one that acted makes it void. */
async function watched(request, ledger, shop) {
    if (request.execution !== '' && request.execution !== 'newest') {
        const named = await (0,views/* find */.I6)(request, shop);
        await (0,asked_for/* mustBeAskedFor */.I)(named.record, request, shop);
        return await standing(named, ledger);
    }
    const { repository } = await shop.identity();
    const { environment } = request;
    const { records } = await ledger.list({ key: environment === '' ? { repository } : { repository, environment } }, { limit: 100 });
    const found = onlyOne(toWatch(records));
    if (found !== undefined)
        return await (0,app_begin/* mustRead */.qE)(found.id, ledger);
    const newest = records.find(({ purpose }) => purpose === 'deploy');
    if (newest === undefined)
        throw (0,errors/* refused */.J5)('usage', `nothing was deployed here yet (${ledger.name})`, 'Start with `deploy-checklist run`.');
    const { owed: _, ...record } = newest;
    // What is void is not to come any more.
    return { ...(await (0,app_begin/* mustRead */.qE)(newest.id, ledger)), record: { ...record, due: [] } };
}
/** One environment at a time, so that none is forgotten. */
function onlyOne(waiting) {
    const names = new Set(waiting.map(({ key }) => key.environment));
    if (names.size <= 1)
        return waiting[0];
    throw (0,errors/* refused */.J5)('usage', `checkpoints are still to come on ${[...names].join(', ')}, and it is not said which are meant`, 'Say which with --environment.');
}
async function standing(stored, ledger) {
    const { record } = stored;
    for await (const newer of (0,app_records/* recordsOf */.M)(ledger, { key: record.key })) {
        if (newer.number <= record.number)
            break;
        if (replaces(newer, record))
            throw (0,errors/* refused */.J5)('superseded', `the checkpoints of ${record.id} are void: ${newer.id} stands`, 'Nothing has to be done.');
    }
    return stored;
}
async function monitor_look({ record, events, head }, shop) {
    const plan = (0,engine_state/* planOf */.XC)(events);
    const { clock, redactor, terminal, host } = shop;
    const journal = (0,engine_journal/* openScratchJournal */.uC)({ state: (0,engine_state/* startOf */.GH)(plan), record, head, seq: 0 }, { clock, redactor, observers: [terminal] });
    const workshop = (0,app_workshop/* workshopFor */.x)(plan, shop);
    const errand = { folder: host.folder, acceptedLoss: [] };
    const bench = (0,engine_bench/* benchFor */.wL)('monitor', journal, workshop, errand, { plan, live: (0,engine_bench/* liveOf */.QA)(plan) });
    const passed = await (0,run_stage/* runItems */.Cb)(plan.stages.monitor, { bench, workshop, journal }, true);
    // What was cut off in the middle has found nothing.
    if (shop.signal.aborted)
        throw new errors/* ChecklistError */.vm('CANCELLED', 'cancelled', {
            message: 'it was cancelled while it looked, and nothing was recorded',
            hint: 'What is due is looked at by the next one.'
        });
    const results = plan.stages.monitor.map(({ id }) => {
        const settled = journal.state.deeds.get(`monitor|${id}|run`)?.settled;
        return { item: id, outcome: settled?.outcome ?? 'error', detail: settled?.detail ?? 'it was not run' };
    });
    return { passed, results };
}
/** One line per checkpoint, for people. */
function watchedText({ execution, checkpoints, next, said }) {
    const lines = checkpoints.map(({ checkpoint, passed, lateMs }) => `${checkpoint} of ${execution}: ${passed ? 'passed' : 'FAILED'}, ${(0,units/* formatDuration */.a3)(lateMs)} after it was due`);
    const told = said === undefined ? lines : [...lines, said];
    if (told.length > 0)
        return told.join('\n');
    const then = next === undefined ? 'none is to come' : `the next one is ${next.checkpoint}, at ${next.dueAt}`;
    return `No checkpoint of ${execution} is due; ${then}.`;
}
/** Not due, passed or failed, as an exit status. */
const watchedStatus = ({ checkpoints }) => checkpoints.every(({ passed }) => passed) ? 'SUCCESS' : 'FAILED';

;// CONCATENATED MODULE: ./build/core/notify/overdue.js

/** What of this execution waits for a person now: a pause that keeps the environment or needs a word, a page of the monitor. */
function pendingOf(record, events) {
    const last = noticesOf(events).at(-1);
    if (last === undefined || record.rolledBack || record.markedBad !== '')
        return undefined;
    const open = record.status === 'WAITING' || (record.status === 'CANCELLED' && record.holdsEnvironment);
    if (last.cause.startsWith('failure:checkpoint:'))
        return isStanding(last, events) ? since(last, events) : undefined;
    return open && (last.kind === 'waiting' || last.kind === 'failure') ? since(last, events) : undefined;
}
// A later look that passed is as good as a person's.
const isStanding = ({ seq }, events) => !events.some(event => event.seq > seq && event.body.type === 'checkpoint' && event.body.passed);
/** A sign-off is a reaction, though it may not be the last one that is needed; so is a resume that paused again. */
function since(notice, events) {
    const reactions = events.filter(({ seq, body }) => seq >= notice.seq && (seq === notice.seq || ['signed', 'joined', 'paused'].includes(body.type)));
    return { notice, since: reactions.at(-1)?.at ?? notice.at };
}
/** The escalations that are due at `now` and were not told yet, one for each time limit that somebody has set. */
function overdueOf(record, events, rules, now) {
    const pending = pendingOf(record, events);
    if (pending === undefined)
        return [];
    const limits = new Set(rules.filter(({ on }) => on.includes('escalation')).map(({ afterMs }) => afterMs));
    const waitedMs = now.getTime() - Date.parse(pending.since);
    const told = (afterMs) => events.some(({ body }) => isEscalation(body) && body.cause === pending.notice.cause && body.afterMs === afterMs);
    return [...limits]
        .filter(afterMs => waitedMs >= afterMs && !told(afterMs))
        .sort((a, b) => a - b)
        .map(afterMs => ({ ...pending, afterMs }));
}
const isEscalation = (body) => body.type === 'told' && body.kind === 'escalation';

// EXTERNAL MODULE: ./build/core/engine/left-behind.js
var left_behind = __webpack_require__(2449);
;// CONCATENATED MODULE: ./build/app/settle.js



/**
 * What a post step does: whatever ended the stage's process, the journal says so. A process that ended as it should has
 * left nothing to settle. The dead one's action is `unknown`, and the environment stays held when something was begun.
 * `died`: known from elsewhere; a stage that only looks has written nothing until it ends. True when it wrote something.
 */
async function settle(id, shop, died = false) {
    const ledger = await shop.ledger();
    const stored = await ledger.read(id);
    if (stored === undefined || (0,core_execution/* isEnded */.pl)(stored.record))
        return false;
    const start = (0,engine_journal/* startFrom */.Lo)(stored);
    const { state, record } = start;
    const midway = died ||
        [...state.stages.values()].includes('started') ||
        (state.rollback !== undefined && state.rollback.ended === undefined);
    if (!midway || state.stopped !== undefined)
        return false;
    if ((await shop.liveness.state(record.process)) === 'alive' && record.process.runId === undefined)
        return false;
    const { clock, redactor } = shop;
    const journal = (0,engine_journal/* openJournal */._0)(start, { ledger, clock, redactor, observers: [] });
    const message = 'the process of this stage ended without a word';
    await journal.commit(...(0,left_behind/* leftBehind */.a)(state, message, message));
    return true;
}

;// CONCATENATED MODULE: ./build/app/notify-escalate.js








const notify_escalate_TRIES = 5;
/**
 * Tells those who want to know it what nobody has reacted to for too long: a run that waits, one that was left with the
 * environment, a page of the monitor. Written before it is told, so that of two who look at once one tells it. Whatever
 * stands in its way stands in nobody else's.
 */
async function escalate(request, shop) {
    try {
        const ledger = await shop.ledger();
        const { repository } = await shop.identity();
        const { environment } = request;
        const key = environment === '' ? { repository } : { repository, environment };
        const { records } = await ledger.list({ key }, { limit: 100, damaged: 'tell' });
        for (const record of records.filter(each => mayWait(each, records))) {
            await settleDead(record, shop);
            await escalateOne(record, ledger, shop);
        }
    }
    catch (thrown) {
        shop.terminal.say(`Nobody could see whether something waits for a person: ${shop.redactor.redact(String(thrown))}`);
    }
}
/** Open and stopped, or the newest that acted here: its checkpoints may have called somebody. */
function mayWait(record, records) {
    const newer = records.filter(({ key, number }) => (0,core_execution/* isSameKey */.yL)(key, record.key) && number > record.number);
    const stands = !records.some(other => replaces(other, record));
    if (!(0,core_execution/* isEnded */.pl)(record))
        return record.holdsEnvironment || (record.status === 'WAITING' && newer.length === 0);
    return stands && record.purpose === 'deploy' && (0,core_execution/* isSuccess */.oJ)(record.status);
}
/** One whose process died in the middle, and nobody was left to say so: it is said now, and those who are told hear it. */
async function settleDead(record, shop) {
    if ((0,core_execution/* isEnded */.pl)(record) || (0,core_execution/* isPaused */.lP)(record) || (await (0,life/* lifeOf */.c_)(record, shop)) !== 'dead')
        return;
    await settle(record.id, shop);
}
async function escalateOne({ id }, ledger, shop) {
    for (let tries = 1; tries <= notify_escalate_TRIES; tries++) {
        const stored = await (0,app_begin/* mustRead */.qE)(id, ledger);
        const due = overdueOf(stored.record, stored.events, (0,notify_watch/* notifyOf */.N)(stored.events), shop.clock.now());
        if (due.length === 0)
            return;
        const told = await notify_escalate_write(stored, due, ledger, shop);
        if (told === undefined)
            continue;
        for (const { notice, afterMs, since } of due) {
            const waitedMs = shop.clock.now().getTime() - Date.parse(since);
            shop.herald.escalate(told, { kind: 'escalation', cause: notice.cause, at: since, waitedMs }, afterMs);
            shop.terminal.say(`Nobody has reacted to ${notice.cause} of ${id} since ${since}: those who asked for it are told.`);
        }
        return;
    }
}
/** Undefined when somebody else wrote meanwhile: then it is looked at again. */
async function notify_escalate_write(stored, due, ledger, shop) {
    const bodies = due.map(({ notice, afterMs }) => ({ type: 'told', kind: 'escalation', cause: notice.cause, afterMs }));
    const change = (0,engine_journal/* changeFrom */.ft)(stored, bodies, ledger, shop.clock.now().toISOString());
    const written = await ledger.append(change);
    if (written.kind !== 'appended')
        return undefined;
    return { record: change.record, events: [...stored.events, ...change.events] };
}

// EXTERNAL MODULE: ./build/core/stages.js
var core_stages = __webpack_require__(9395);
// EXTERNAL MODULE: ./build/app/gate.js + 6 modules
var gate = __webpack_require__(1838);
// EXTERNAL MODULE: ./build/app/rules.js + 2 modules
var app_rules = __webpack_require__(6696);
// EXTERNAL MODULE: ./build/app/surroundings.js
var surroundings = __webpack_require__(8993);
;// CONCATENATED MODULE: ./build/app/plan.js








/** What would happen, the way back and what stands in the way today. Nothing is touched: the ledger is only read. */
async function outlook(request, shop) {
    const prepared = await (0,prepare/* prepare */.iA)(shop, request);
    const ledger = await shop.ledger();
    const plan = await (0,prepare/* planFor */.bJ)(prepared, shop, (0,prepare/* previousOf */.te)(await (0,prepare/* lastGood */.mC)(ledger, prepared.key)));
    const { emergency, because } = request;
    const closed = await (0,app_rules/* closedByRules */.r)(plan, ledger, shop, { prepared, emergency, because, looking: true });
    const found = [
        ...(closed === undefined ? [] : [asObjection(closed)]),
        ...(await inTheWay(plan, request, ledger, shop))
    ];
    const weakened = await (0,gate/* sayWeakened */.e$)(prepared, shop);
    const seconds = await (0,views/* lastRollbackSeconds */.kC)(prepared, ledger);
    return {
        file: prepared.file,
        plan,
        objections: found,
        applied: (await ledger.survey(plan.key)).newest?.applied ?? {},
        evidence: { ...shop.seen },
        ...(plan.previous && { commits: await (0,surroundings/* commitsFrom */.n)(plan, plan.previous.commit, shop) }),
        ...(weakened !== '' && { weakened }),
        ...(seconds !== undefined && { lastRollbackSeconds: seconds })
    };
}
async function inTheWay(plan, { prepare }, ledger, shop) {
    try {
        const { newest } = await ledger.survey(plan.key);
        // Ahead of the gate the secrets are not here, and that is no obstacle.
        const stages = prepare ? [] : core_stages/* FORWARD_STAGES */.sr;
        return await (0,guards/* objections */.PP)({ plan, stages, applied: newest?.applied ?? {}, ahead: prepare }, shop);
    }
    catch (error) {
        // A plan is made on any machine: that a secret is not there is said, and the plan is shown all the same.
        if (error instanceof errors/* ChecklistError */.vm)
            return [asObjection(error)];
        throw error;
    }
}
const asObjection = ({ reason, message, hint, problems }) => ({
    reason,
    message: problems.length === 0 ? message : `${message} (${problems.join('; ')})`,
    hint
});

// EXTERNAL MODULE: ./build/app/sign-off.js
var sign_off = __webpack_require__(6331);
;// CONCATENATED MODULE: ./build/app/sign.js







/**
 * Writes sign-offs into an open execution without going on with it; never into the journal of one whose process is at
 * work, because that would stop it. Returns its id.
 */
async function signOnly(request, shop) {
    if (request.signs.length === 0)
        throw (0,errors/* refused */.J5)('usage', 'nothing is signed', 'Name it: --sign ITEM=WHO:WORDS.');
    const stored = await (0,views/* find */.I6)(request, shop);
    const { record } = stored;
    await (0,asked_for/* mustBeAskedFor */.I)(record, request, shop);
    if ((0,core_execution/* isEnded */.pl)(record))
        throw (0,errors/* refused */.J5)('usage', `${record.id} ended ${record.status}`, 'Only an open execution can be signed.');
    const start = (0,engine_journal/* startFrom */.Lo)(stored);
    (0,sign_off/* mustFit */.L)(request.signs, start.state.plan);
    await (0,life/* mustBeOver */.$E)(record, request.takeover, shop);
    const { clock, redactor } = shop;
    const journal = (0,engine_journal/* openJournal */._0)(start, { ledger: await shop.ledger(), clock, redactor, observers: [] });
    await (0,sign_off/* sign */._)(request.signs, journal, shop);
    return record.id;
}

// EXTERNAL MODULE: ./build/core/chain.js
var chain = __webpack_require__(311);
// EXTERNAL MODULE: ./build/core/engine/project.js
var project = __webpack_require__(5676);
// EXTERNAL MODULE: ./build/core/events.js
var core_events = __webpack_require__(4793);
;// CONCATENATED MODULE: ./build/core/verify.js



/**
 * Holds everything that is kept of one key against itself and against heads that were printed elsewhere. A chain alone
 * shows edits and holes; that it was rewritten as a whole, or that its end was cut off, only a known head can show (or
 * the execution after it, which names the head that it found).
 */
function verifyKey({ executions, tombstones, knownHeads, project }) {
    const ordered = [...executions].sort((a, b) => a.record.number - b.record.number);
    return [
        ...checkNumbers(ordered, tombstones),
        ...ordered.flatMap(stored => [...checkOne(stored), ...checkRecord(stored, project)]),
        ...ordered.flatMap(stored => checkPrevious(stored, ordered, tombstones)),
        ...checkKnown(ordered, tombstones, knownHeads)
    ];
}
function checkNumbers(ordered, tombstones) {
    const flaws = [];
    const entries = [...ordered.map(({ record }) => record), ...tombstones].sort((a, b) => a.number - b.number);
    entries.forEach(({ id, number }, index) => {
        const before = entries[index - 1]?.number ?? 0;
        if (number === before) {
            flaws.push(flaw('doubled-number', { id, number }, `number ${number} is there more than once`));
        }
        for (let missing = before + 1; missing < number; missing++) {
            const message = `execution ${missing} is gone and left no tombstone`;
            flaws.push(flaw('missing-number', { id: '', number: missing }, message));
        }
    });
    return flaws;
}
function checkOne(stored) {
    const { record, events, head } = stored;
    const flaws = (0,chain/* checkChain */.uy)(events).map(({ kind, seq, message }) => {
        return { kind, execution: record.id, number: record.number, seq, damage: kind !== 'clock', message };
    });
    if (head === (0,chain/* headOf */.Uo)(events))
        return flaws;
    const seq = (events.at(-1)?.seq ?? 0) + 1;
    const message = `the store says that the chain ends with ${(0,chain/* short */.h0)(head)}, its last event is ${(0,chain/* short */.h0)((0,chain/* headOf */.Uo)(events))}`;
    return [...flaws, { ...flaw('cut-tail', record, message), seq }];
}
function checkRecord(stored, project) {
    const [kept, expected] = [fieldsOf(stored.record), fieldsOf(project(stored))];
    const names = [...new Set([...Object.keys(kept), ...Object.keys(expected)])].filter(name => name !== 'heartbeatAt');
    const differing = names.filter(name => kept[name] !== expected[name]);
    if (differing.length === 0)
        return [];
    const shown = differing.map(name => `${name} is ${brief(kept[name])}, its events say ${brief(expected[name])}`);
    return [flaw('record-differs', stored.record, `the record does not follow from its events: ${shown.join('; ')}`)];
}
// Field by field as canonical text, so that a person is told which one was edited.
const fieldsOf = (record) => Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(record))).map(([name, value]) => [
    name,
    (0,json/* canonical */.$N)(value)
]));
const brief = (text) => text === undefined ? 'absent' : text.length > 80 ? `${text.slice(0, 80)}…` : text;
function checkPrevious(stored, ordered, tombstones) {
    const { record, events } = stored;
    const opened = events[0]?.body;
    if (opened?.type !== 'opened') {
        return [{ ...flaw('hole', record, 'the first event does not say how it was opened'), seq: 1 }];
    }
    const named = opened.previousHead;
    const before = ordered.find(other => other.record.number === record.number - 1);
    if (before !== undefined) {
        if (before.events.some(({ hash }) => hash === named))
            return [];
        const message = `execution ${record.number} found ${(0,chain/* short */.h0)(named)} as head of execution ${before.record.number}, which has no such event: its chain was rewritten or cut`;
        return [{ ...flaw('foreign-previous', before.record, message), seq: before.events.length }];
    }
    const tombstone = tombstones.find(({ number }) => number === record.number - 1);
    if (tombstone === undefined)
        return record.number === 1 && named !== core_events/* GENESIS */.h ? [notFirst(record, named)] : [];
    if (tombstone.lastHash === named)
        return [];
    // It may have been written to between (a checkpoint, a link), and only its last hash was kept.
    const message = `execution ${record.number} found ${(0,chain/* short */.h0)(named)} as head of execution ${tombstone.number}, which was removed by ${tombstone.deletedBy} when its head was ${(0,chain/* short */.h0)(tombstone.lastHash)}`;
    return [{ ...flaw('removed', tombstone, message), damage: false }];
}
const notFirst = (record, named) => flaw('foreign-previous', record, `the first execution names ${(0,chain/* short */.h0)(named)} as what came before it`);
function checkKnown(ordered, tombstones, knownHeads) {
    const ids = [...new Set(knownHeads.map(({ id }) => id))];
    return ids.flatMap(id => {
        const heads = knownHeads.filter(head => head.id === id).sort((a, b) => a.seq - b.seq);
        const stored = ordered.find(({ record }) => record.id === id);
        if (stored !== undefined)
            return compareHeads(stored, heads);
        const tombstone = tombstones.find(other => other.id === id);
        return tombstone === undefined ? heads.slice(0, 1).map(verify_unknown) : removedHeads(tombstone, heads);
    });
}
const verify_unknown = ({ id, seq, hash }) => ({
    ...flaw('unknown-execution', { id, number: 0 }, `execution ${id} is not there; its event ${seq} was ${(0,chain/* short */.h0)(hash)}`),
    seq
});
function removedHeads(tombstone, heads) {
    if (heads.at(-1)?.hash === tombstone.lastHash)
        return [];
    const message = `execution ${tombstone.number} was removed by ${tombstone.deletedBy}; its known heads cannot be looked at any more`;
    return [{ ...flaw('removed', tombstone, message), damage: false }];
}
/** The first known head that does not fit, and the last one before it that does, frame where it happened. */
function compareHeads({ record, events }, heads) {
    const wrong = heads.find(({ seq, hash }) => events.find(event => event.seq === seq)?.hash !== hash);
    if (wrong === undefined)
        return [];
    const good = heads.findLast(({ seq }) => seq < wrong.seq);
    const since = good === undefined ? 'from its beginning on' : `after event ${good.seq}, which is still as known,`;
    const found = events.find(({ seq }) => seq === wrong.seq);
    if (found !== undefined) {
        const message = `execution ${record.number} was rewritten ${since} up to event ${wrong.seq}: it was ${(0,chain/* short */.h0)(wrong.hash)} and is ${(0,chain/* short */.h0)(found.hash)}`;
        return [{ ...flaw('rewritten', record, message), seq: wrong.seq }];
    }
    const last = events.at(-1)?.seq ?? 0;
    if (last >= wrong.seq) {
        return [
            { ...flaw('hole', record, `event ${wrong.seq}, known as ${(0,chain/* short */.h0)(wrong.hash)}, is missing`), seq: wrong.seq }
        ];
    }
    const message = `the end of execution ${record.number} was cut off: it had event ${wrong.seq} (${(0,chain/* short */.h0)(wrong.hash)}), the last one is ${last}`;
    return [{ ...flaw('cut-tail', record, message), seq: last + 1 }];
}
const flaw = (kind, { id, number }, message) => ({
    kind,
    execution: id,
    number,
    damage: true,
    message
});

// EXTERNAL MODULE: ./build/core/deployments/strange.js
var strange = __webpack_require__(6313);
;// CONCATENATED MODULE: ./build/app/verify-heads.js


/** Heads in the statuses of deployments to these environments. `ids`: whatever the ledger has or had, or cannot read. */
async function headsOnGitHub(environments, ids, { deployments, identity }) {
    const { repository } = await identity();
    const isOnGitHub = (0,app_identity/* isOwnerAndName */.EM)(repository);
    if (deployments === undefined || !isOnGitHub)
        return { told: isOnGitHub ? verify_heads_NO_TOKEN : NOT_THERE, heads: [], lost: [] };
    const found = await deployments.heads(environments);
    if (found.kind === 'unreadable')
        return { told: found, heads: [], lost: [] };
    const { lost, older } = (0,strange/* strangeTo */.c)(ids, found.heads);
    const { deployments: looked, heads } = found;
    return { told: { kind: 'read', deployments: looked, heads: heads.length, older: older.length }, heads, lost };
}
const verify_heads_NO_TOKEN = {
    kind: 'unreadable',
    why: 'there is no token to ask GitHub with',
    hint: 'GITHUB_TOKEN=$(gh auth token) deploy-checklist verify; in Actions with `permissions: { deployments: read }`.'
};
const NOT_THERE = {
    kind: 'unreadable',
    why: 'it is not known which repository on GitHub this is',
    hint: 'Run it in a clone of the repository, or in GitHub Actions.'
};

;// CONCATENATED MODULE: ./build/app/verify.js










/** Holds every chain of this repository against itself and against heads that were printed elsewhere. */
async function verify(request, shop, layout) {
    const { verifyText } = await __webpack_require__.e(/* import() */ 434).then(__webpack_require__.bind(__webpack_require__, 1434));
    const ledger = await shop.ledger();
    const { repository } = await shop.identity();
    const printed = request.heads.map(parseHead);
    const { environment } = request;
    const kept = await readAll(ledger, environment === '' ? { repository } : { repository, environment });
    const keys = keysOf(kept);
    const known = new Set([
        ...kept.executions.map(({ record }) => record.id),
        ...kept.tombstones.map(({ id }) => id),
        ...kept.unreadable.map(({ execution }) => execution)
    ]);
    const environments = environmentsOf(environment, keys, kept);
    const { told, heads, lost } = await headsOnGitHub(environments, known, shop);
    const flaws = keys.flatMap(key => verify_judge(key, kept, [...printed, ...heads]));
    const strange = [
        ...printed.filter(({ id }) => !known.has(id)).map(({ id }) => ({ execution: id, problem: verify_NOT_THERE.printed })),
        ...lost.map(({ id }) => ({ execution: id, problem: verify_NOT_THERE.told }))
    ];
    const unreadable = kept.unreadable.map(({ execution, problem }) => ({ execution, problem }));
    const problems = [...unreadable, ...flaws.filter(({ damage }) => damage).map(asProblem), ...strange];
    const found = {
        ledger: ledger.name,
        executions: kept.executions.length,
        events: kept.executions.reduce((sum, { events }) => sum + events.length, 0),
        heads: request.heads,
        told,
        problems,
        newest: kept.executions.map(({ record, events }) => `${record.id}:${events.length}:${(0,chain/* headOf */.Uo)(events)}`)
    };
    const result = (0,app_answer/* fine */.Bs)('ok');
    const broken = problems.length > 0 ? { status: 'FAILED', reason: 'ledger_broken', exitCode: core_execution/* EXIT_CODES */.ai.FAILED } : {};
    return { result: { ...result, ...broken }, text: verifyText(found, layout), json: { format: 1, ...found } };
}
/** As the checklist names them, and as GitHub does, to which capitals make no difference. */
function environmentsOf(asked, keys, { executions }) {
    const named = asked === '' ? keys.map(({ environment }) => environment) : [asked];
    const there = executions.flatMap(({ record }) => record.deployment?.environment ?? []);
    return [...new Set([...named, ...there])];
}
const verify_NOT_THERE = {
    printed: 'the ledger has no such execution, but its head was printed',
    told: 'the ledger has no such execution, but the status of a deployment on GitHub carries its head'
};
const asProblem = ({ execution, seq, message }) => ({
    execution,
    ...(seq !== undefined && { seq }),
    problem: message
});
/** Heads of executions of another key are not this key's matter; those of none are found above. */
function verify_judge(key, { executions, tombstones, unreadable }, heads) {
    const mine = executions.filter(({ record }) => (0,core_execution/* isSameKey */.yL)(record.key, key));
    const gone = tombstones.filter(tombstone => (0,core_execution/* isSameKey */.yL)(tombstone.key, key));
    const ids = new Set([...mine.map(({ record }) => record.id), ...gone.map(({ id }) => id)]);
    const flaws = verifyKey({
        executions: mine,
        tombstones: gone,
        knownHeads: heads.filter(({ id }) => ids.has(id)),
        project: projected
    });
    // What cannot be read is not gone, and was said already.
    return flaws.filter(({ kind, number }) => kind !== 'missing-number' || unreadable.every(one => one.number !== number));
}
function keysOf({ executions, tombstones }) {
    const all = [...executions.map(({ record }) => record.key), ...tombstones.map(({ key }) => key)];
    return all.filter((key, index) => all.findIndex(other => (0,core_execution/* isSameKey */.yL)(key, other)) === index);
}
/** Damage that the store itself notices is a finding, not a fault of asking. */
async function readAll(ledger, key) {
    const found = await orProblem(ledger.name, () => readKept(ledger, key));
    return 'problem' in found ? { executions: [], tombstones: [], unreadable: [found] } : found;
}
async function readKept(ledger, key) {
    const records = [];
    const tombstones = [];
    const unreadable = [];
    for await (const page of (0,app_records/* pagesOf */.E)(ledger, { key }, { damaged: 'tell' })) {
        const broken = page.unreadable ?? [];
        unreadable.push(...broken.map(({ id, number, problem }) => ({ execution: id || ledger.name, number, problem })));
        records.push(...page.records);
        tombstones.push(...page.tombstones);
    }
    const executions = [];
    for (const { id, number } of records) {
        const found = await orProblem(id, () => (0,app_begin/* mustRead */.qE)(id, ledger));
        if ('problem' in found)
            unreadable.push({ ...found, number });
        else
            executions.push(found);
    }
    return { executions, tombstones, unreadable };
}
async function orProblem(execution, work) {
    try {
        return await work();
    }
    catch (error) {
        if (!(error instanceof errors/* ChecklistError */.vm) || error.reason !== 'ledger_broken')
            throw error;
        return { execution, problem: error.message };
    }
}
/** The record as it follows from its events; who opened it, and what holds it now, is the store's own to say. */
function projected({ record, events }) {
    const [first] = events;
    if (first?.body.type !== 'opened')
        return record;
    const { gate: _, emergency: __, because: ___, deployment: ____, owed: _____, ...kept } = record;
    const blank = {
        ...kept,
        ...{
            status: 'PLANNED',
            reason: '',
            errorMessage: '',
            completedAt: '',
            durationSeconds: 0,
            rolledBack: false,
            rollbackReason: ''
        },
        ...{ markedBad: '', acted: false, approvals: [], receipts: [], migrations: [], due: [] }
    };
    let state = (0,engine_state/* startOf */.GH)(first.body.plan);
    const replayed = events.reduce((current, event) => {
        state = (0,engine_state/* advance */.np)(state, event.body);
        return (0,project/* project */.C)(current, state, event);
    }, blank);
    const { applied, holdsEnvironment, token, process } = record;
    return { ...replayed, applied, holdsEnvironment, token, process };
}
/** `ID:SEQ:HASH` as summaries print it. */
function parseHead(text) {
    const [, id, seq, hash] = /^([^:]+):(\d+):([0-9a-f]{64})$/.exec(text.trim()) ?? [];
    if (id === undefined || hash === undefined) {
        throw (0,errors/* refused */.J5)('usage', `a head is ID:SEQ:HASH, found ${JSON.stringify(text)}`, 'Copy it from the end of a summary.');
    }
    return { id, seq: Number(seq), hash };
}

;// CONCATENATED MODULE: ./build/app/obey.js















/** One command to its answer. Throws what refuses it; everything else is in the answer. */
async function obey(request, shop, layout) {
    switch (request.command) {
        case 'run':
            if (await isForDue(request, shop))
                return await obey_watched(request, shop);
            return ahead(request, await (0,app_answer/* answerFor */.u3)(await (0,run/* run */.eF)(request, shop), request, shop));
        case 'rollback':
            if (request.dryRun)
                return await previewed(request, shop, layout);
            return await (0,app_answer/* answerFor */.u3)(await (0,rollback/* rollback */.dU)(request, shop), request, shop);
        case 'adopt':
            return await (0,app_answer/* answerFor */.u3)(await adopt(request, shop), request, shop);
        case 'plan':
            return await planned(request, shop, layout);
        case 'monitor':
            return await obey_watched(request, shop);
        case 'history':
            return await listed(request, shop, layout);
        case 'show':
            return await shown(request, shop, layout);
        case 'verify':
            return await verify(request, shop, layout);
        case 'sign': {
            const id = await signOnly(request, shop);
            const { result } = await (0,app_answer/* answerFor */.u3)(id, request, shop);
            return { result: { ...result, exitCode: 0 }, text: `Signed. Go on with: deploy-checklist run --resume ${id}` };
        }
        case 'gate': {
            const { gate } = await __webpack_require__.e(/* import() */ 457).then(__webpack_require__.bind(__webpack_require__, 9457));
            return await gate(request, shop, layout);
        }
        case 'notify': {
            const { notify } = await __webpack_require__.e(/* import() */ 515).then(__webpack_require__.bind(__webpack_require__, 6515));
            return await notify(request, shop, layout);
        }
        case 'delete':
            return await removed(request, shop);
        case 'sign-off': {
            const { signFromEvent } = await __webpack_require__.e(/* import() */ 802).then(__webpack_require__.bind(__webpack_require__, 9802));
            return await signFromEvent(shop);
        }
        case 'settle':
            throw (0,errors/* refused */.J5)('usage', 'settle is for the post step of the actions', 'See `deploy-checklist --help`.');
    }
}
/** Ahead of the gate an execution that stands open is what was wanted, also one that an earlier attempt left midway. */
function ahead({ prepare }, answer) {
    const { result } = answer;
    // People are to answer first: nobody is asked to approve what still waits for them.
    const isAsking = result.status === 'WAITING' && result.askedIn !== undefined && !(0,result_stages/* changed */.t)(result.stages);
    const isOpened = prepare && result.execution?.completedAt === '' && !isAsking;
    return isOpened ? { ...answer, result: { ...result, exitCode: 0 } } : answer;
}
async function planned(request, shop, layout) {
    const [{ planText }, { planPage }] = await Promise.all([
        __webpack_require__.e(/* import() */ 36).then(__webpack_require__.bind(__webpack_require__, 4036)),
        __webpack_require__.e(/* import() */ 213).then(__webpack_require__.bind(__webpack_require__, 2213))
    ]);
    const { plan, ...rest } = await outlook(request, shop);
    const result = (0,app_answer/* fine */.Bs)('planned');
    // A plan for a pull request: what stands in the way today is shown, and is no fault of the change.
    const blocked = rest.objections.length > 0 && !request.prepare;
    const exit = blocked
        ? { status: 'REFUSED', exitCode: core_execution/* EXIT_CODES */.ai.REFUSED, reason: rest.objections[0]?.reason ?? 'usage' }
        : {};
    return {
        result: { ...result, ...exit },
        text: planText(plan, rest, layout),
        page: planPage({ plan, ...rest, now: shop.clock.now().toISOString() }, { serverUrl: shop.actions?.serverUrl ?? '' }),
        json: { format: 1, digest: plan.digest, plan, ...rest }
    };
}
/** The rollback that would be made, for whoever is about to click. */
async function previewed(request, shop, layout) {
    const { previewRollback } = await __webpack_require__.e(/* import() */ 671).then(__webpack_require__.bind(__webpack_require__, 7671));
    const preview = await previewRollback(request, shop);
    if (preview === undefined)
        return { result: (0,app_answer/* fine */.Bs)('already_done', 'There is nothing to take back.') };
    const { previewText } = await __webpack_require__.e(/* import() */ 90).then(__webpack_require__.bind(__webpack_require__, 4090));
    const { previewPage } = await __webpack_require__.e(/* import() */ 459).then(__webpack_require__.bind(__webpack_require__, 6459));
    return {
        result: (0,app_answer/* fine */.Bs)('planned'),
        text: previewText(preview, layout),
        page: previewPage(preview, { to: request.to, repository: shop.actions === undefined ? '' : (0,app_host/* ghName */.PF)(shop.actions) }),
        json: { format: 1, ...preview }
    };
}
async function obey_watched(request, shop) {
    await escalate(request, shop);
    const found = await monitor(request, shop);
    const { result } = await (0,app_answer/* answerFor */.u3)(found.rolledBack ?? found.execution, request, shop);
    if (found.rolledBack !== undefined)
        return { result };
    const failed = watchedStatus(found) === 'FAILED';
    const judged = failed
        ? {
            ...result,
            status: 'FAILED',
            ...(found.said !== undefined && { message: found.said }),
            reason: found.handedOver === true ? 'rollback_due' : 'monitor_failed',
            exitCode: core_execution/* EXIT_CODES */.ai.FAILED
        }
        : { ...result, exitCode: 0 };
    return { result: judged, text: watchedText(found) };
}
async function listed(request, shop, layout) {
    const { historyText } = await __webpack_require__.e(/* import() */ 995).then(__webpack_require__.bind(__webpack_require__, 4995));
    const page = await (0,views/* history */.b6)(request, shop);
    return { result: (0,app_answer/* fine */.Bs)('ok'), text: historyText(page, layout), json: { format: 1, ...page } };
}
async function shown(request, shop, layout) {
    const { showText } = await __webpack_require__.e(/* import() */ 198).then(__webpack_require__.bind(__webpack_require__, 5198));
    const stored = await (0,views/* find */.I6)(request, shop);
    const result = await (0,views/* resultFor */.T2)(stored, await shop.ledger(), (0,app_answer/* invocationOf */.QC)(request, shop));
    return {
        result: { ...result, exitCode: 0 },
        text: showText(result, stored.events, layout),
        json: { ...result, events: stored.events }
    };
}
async function removed(request, shop) {
    const { execution, because } = request;
    if (execution === '' || because === '') {
        throw (0,errors/* refused */.J5)('usage', 'delete takes the id of an execution and a reason', 'deploy-checklist delete ID --because WORDS');
    }
    const ledger = await shop.ledger();
    const named = (await ledger.read(execution))?.record;
    if (named !== undefined)
        await (0,asked_for/* mustBeAskedFor */.I)(named, request, shop);
    const { actor } = await shop.identity();
    const verdict = await ledger.remove(execution, `${actor}: ${because}`, shop.clock.now().toISOString());
    if (verdict === 'removed')
        return { result: (0,app_answer/* fine */.Bs)('ok'), text: `${execution} is deleted; its tombstone keeps number, times and last hash.` };
    const why = {
        'not-ended': 'has not ended',
        newest: 'is the newest of its environment',
        absent: 'is not in the ledger'
    }[verdict];
    throw (0,errors/* refused */.J5)('usage', `${execution} ${why}`, 'Only an ended execution that is not the newest can be deleted.');
}

;// CONCATENATED MODULE: ./build/app/session.js





/** From the first signal to the last word; the runner kills after ten seconds. */
const CANCEL_MS = 6_500;
/** By then whoever is to be told of the cancel has been, or is not: the rest is for the result. */
const TOLD_MS = 5_800;
/**
 * Obeys one request, whatever happens: a fault becomes a result, a cancel is obeyed within seven seconds, what was opened
 * is closed. `signals` calls back with the signal's name and returns how to stop listening.
 */
async function session(host, request, voice, signals, exit) {
    const cancel = new AbortController();
    const over = new AbortController();
    const deaf = signals(signal => {
        if (cancel.signal.aborted)
            return;
        cancel.abort(signal);
        voice.terminal.say(`Cancelled by ${signal}: what looks is ended, what acts gets a few seconds.`);
        setTimeout(() => over.abort(), TOLD_MS).unref();
        // Something hangs that cannot be ended. The journal knows what was begun; a resume finds out how it went.
        setTimeout(() => exit(signal === 'SIGINT' ? 130 : 143), CANCEL_MS).unref();
    });
    let record;
    const onOpened = (opened) => {
        record = opened;
        voice.onOpened?.(opened);
    };
    const shop = openShop(host, request, { ...voice, signal: cancel.signal, onOpened });
    try {
        const answer = await obey(request, shop, voice.layout);
        return { answer: redacted(await (0,notify_said/* withUntold */.p)(answer, shop, over.signal), shop.redactor.redact), record };
    }
    catch (thrown) {
        if (!('reason' in Object(thrown)) && thrown instanceof Error)
            host.stderr.write(`${shop.redactor.redact(thrown.stack ?? '')}\n`);
        const fault = (0,app_answer.resultOfFault)(thrown);
        const result = cancel.signal.aborted ? session_cancelled(fault, String(cancel.signal.reason)) : fault;
        const told = record === undefined ? undefined : await (0,app_answer/* answerFor */.u3)(record.id, request, shop).catch(() => undefined);
        const answer = await (0,notify_said/* withUntold */.p)({ result: session_merged(result, told?.result) }, shop, over.signal);
        return { answer: redacted(answer, shop.redactor.redact), record };
    }
    finally {
        deaf();
        await shop.close();
    }
}
// What is known of the execution is shown beside the fault that ended this process.
const session_merged = (fault, known) => known === undefined
    ? fault
    : {
        ...known,
        status: fault.status,
        reason: fault.reason,
        exitCode: fault.exitCode,
        message: fault.message,
        hint: fault.hint
    };
const session_cancelled = (fault, signal) => ({
    ...fault,
    status: 'CANCELLED',
    reason: 'cancelled',
    exitCode: signal === 'SIGTERM' ? 143 : core_execution/* EXIT_CODES */.ai.CANCELLED
});
/** Codes of closed lists: another program reads them, and a value that happens to be called the same is no secret. */
const CODES = new Set(['status', 'reason', 'outcome', 'stage']);
/** Whatever a message was made of: nothing is printed or handed on that holds a secret. */
function redacted(answer, redact) {
    const clean = (value) => JSON.parse(JSON.stringify(value), (key, part) => typeof part === 'string' && !CODES.has(key) ? redact(part) : part);
    return {
        result: clean(answer.result),
        ...(answer.text !== undefined && { text: redact(answer.text) }),
        ...(answer.page !== undefined && { page: redact(answer.page) }),
        ...(answer.json !== undefined && { json: clean(answer.json) })
    };
}

;// CONCATENATED MODULE: ./build/app/command-line.js








/** One command of the command line, to its last word; returns the exit code. `signals` and `exit` as for a session. */
async function obeyAndPrint(request, host, signals, exit) {
    const voice = voiceFor(request, host);
    const ended = await session(host, request, voice, signals, exit);
    await print(ended, request, host, voice);
    return ended.answer.result.exitCode;
}
/** With `--json` stdout is the result's alone, and everything else goes to stderr. */
function voiceFor({ json }, host) {
    const out = json ? host.stderr : host.stdout;
    const surroundings = { isTTY: out.isTTY === true, env: host.env };
    const paint = (0,terminal_paint/* paintFor */.ev)((0,terminal_paint/* wantsColour */.Ml)(surroundings));
    const moves = (0,terminal_paint/* movesLines */.gD)(surroundings);
    const terminal = (0,terminal_terminal/* openTerminal */.j)({
        stdout: out,
        isTTY: moves,
        columns: () => out.columns ?? 120,
        clock: host.clock,
        colour: (0,terminal_paint/* wantsColour */.Ml)(surroundings)
    });
    const asks = moves && host.stdin.isTTY === true && !json && (0,app_host/* actionsOf */.Ro)(host.env) === undefined;
    const interview = asks
        ? openPrompts({ input: host.stdin, output: out, who: host.user, paint, isTTY: true, aside: terminal.aside })
        : { ask: async () => undefined };
    return { terminal, interview, layout: { width: out.columns ?? 120, paint }, onMask: () => { } };
}
async function print({ answer, record }, request, host, { layout }) {
    const { result, text, json } = answer;
    const wrote = record === undefined ? undefined : await localSummary(result, request, host);
    if (request.json)
        host.stdout.write(`${JSON.stringify(json ?? result, undefined, 2)}\n`);
    else if (text !== undefined)
        host.stdout.write(`${text.trimEnd()}\n`);
    else if (result.reason === 'checklist_missing' && result.problems.length > 0)
        starter(result, host);
    else if (result.problems.length > 0)
        host.stderr.write(`${problemsText(result.message, result.problems, layout)}\n  → ${result.hint}\n`);
    else
        host.stdout.write(`${(0,ending/* ending */.K)(result, layout, wrote)}\n`);
}
/** The starter as it has to be saved, alone on stdout: `deploy-checklist plan > deploy-checklist.yml` keeps it. */
function starter({ message, hint, problems }, { stdout, stderr }) {
    stderr.write(`✗ ${message}\n  → ${hint}\n\n`);
    stdout.write(`${problems.join('\n')}\n`);
}

// EXTERNAL MODULE: ./build/core/approval.js
var approval = __webpack_require__(5583);
;// CONCATENATED MODULE: ./build/app/unapproved.js





/**
 * The last job of a run, behind no gate: what was prepared and never taken up, since its job was rejected or cancelled
 * while it waited, is ended, or it would stand open for ever. A job that died after it had begun is settled as one that
 * did: that it is over is why this one runs.
 */
async function settleUnapproved(id, shop) {
    const ledger = await shop.ledger();
    const stored = await ledger.read(id);
    if (stored === undefined || (0,core_execution/* isEnded */.pl)(stored.record))
        return;
    if (!(0,life/* isPrepared */._g)(stored.record))
        return void (await settle(id, shop, true));
    const message = shop.redactor.redact(await whyNot(stored.record, shop));
    await (0,after_end/* addAfterEnd */.t)(id, [{ type: 'ended', status: 'REFUSED', reason: 'not_approved', message }], ledger, shop);
}
/** Who rejected it, in their words; or that nobody has said anything. */
async function whyNot({ key, runId }, { onGitHub }) {
    const found = runId === '' ? undefined : await onGitHub?.approvals.read(runId);
    const [rejected] = found !== undefined && 'reviews' in found ? (0,approval/* reviewsFor */.NG)(found, key.environment, 'rejected') : [];
    if (rejected === undefined)
        return `its job behind the gate of ${key.environment} never began: it was not approved, or cancelled while it waited`;
    return `${rejected.who} rejected it for ${key.environment}${rejected.words === '' ? '' : `: ${rejected.words}`}`;
}

;// CONCATENATED MODULE: ./build/app/whole.js
/** All that works for a request. The entries load it at once, when there is one: in several parts it would start slower. */










/***/ }),

/***/ 5583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JT: () => (/* binding */ judgeHeld),
/* harmony export */   NG: () => (/* binding */ reviewsFor),
/* harmony export */   Si: () => (/* binding */ judgePassage)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);

/**
 * Unknown is closed: what GitHub does not tell lets nobody pass. A reviewer's approval is enough, of whichever attempt, since
 * all of them are of one commit; without any only an admin's bypass is left, and that counts where GitHub itself says that
 * the job is of this environment. Else nobody was asked at all.
 */
function judgePassage(facts) {
    const { environment, attempt, reviews, before, hasReviewers, held } = facts;
    const found = (how, why) => ({ how, why, attempt, given: 0, approvals: [] });
    const shut = (why, closed) => ({
        passage: { ...found('unknown', why), closed: true },
        closed
    });
    if ('unknown' in reviews)
        return shut(reviews.unknown, untold(`who approved this run for ${environment}`, reviews));
    const given = reviewsFor(reviews, environment, 'approved');
    const known = { given: given.length, approvals: given.map(review => approval(review, facts)) };
    if (given.length > before)
        return { passage: { ...found('approved', ''), ...known } };
    if (given.length > 0) {
        const why = `the run's approvals for ${environment} were all seen in an earlier attempt, and GitHub does not say which attempt they are for`;
        return { passage: { ...found('unknown', why), ...known } };
    }
    if (typeof hasReviewers === 'object')
        return shut(hasReviewers.unknown, untold(`the reviewers of ${environment}`, hasReviewers));
    if (!hasReviewers) {
        const why = `${environment} has no required reviewers any more`;
        return shut(why, (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('gate_too_weak', `${why}; the checklist promises some`, SET_AGAIN));
    }
    if (held) {
        const why = `${environment} has required reviewers, and none of them has approved this run, which its rules have held back: an admin let it pass`;
        return { passage: found('bypassed', why) };
    }
    const why = `none of the required reviewers of ${environment} has approved this run, and nothing shows that an admin let it pass`;
    return shut(why, (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('not_approved', why, nameIt(environment)));
}
/** A wait timer holds only jobs of its environment: that this is one, GitHub shows by the job's own deployment. */
function judgeHeld(environment, attempt, held) {
    const base = { attempt, given: 0, approvals: [] };
    if (held)
        return { passage: { how: 'held', why: `the rules of ${environment} have held the job back`, ...base } };
    const why = `${environment} promises to hold a job back, and nothing shows that this one is of it`;
    const hint = `Name \`environment: ${environment}\` in the job, and give it \`permissions: { deployments: write }\`: by the job's own deployment GitHub shows that its rules held it back.`;
    return { passage: { how: 'unknown', why, ...base, closed: true }, closed: (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('not_approved', why, hint) };
}
const SET_AGAIN = 'Set them again (`deploy-checklist gate --apply`), then start a new run.';
const nameIt = (environment) => `Name \`environment: ${environment}\` in the job, so that GitHub asks them before it begins. If an admin let it pass, give the job \`permissions: { deployments: write }\` too: by the job's own deployment GitHub shows that its rules held it back.`;
/** An outage passes and nothing was touched; a missing permission is named, and another thing than a missing approval. */
function untold(what, { unknown, reason, hint = 'Run it again.' }) {
    if (reason === 'github_unavailable')
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .unavailable */ .hU)(reason, `GitHub did not tell ${what}: ${unknown}`, hint);
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)(reason ?? 'gate_unreadable', `${what} cannot be told: ${unknown}`, hint);
}
/** The reviews with that word for an environment, whichever attempt of the run they are of; the newest last. */
const reviewsFor = ({ reviews }, environment, state) => reviews.filter(review => review.state === state && isFor(review, environment));
const same = (one, other) => one !== '' && one.toLowerCase() === other.toLowerCase();
const isFor = ({ environments }, name) => environments.some(other => same(other, name));
function approval({ who, words }, { now, run, commit }) {
    const base = { who, words, seenAt: now };
    if (run === undefined || commit === undefined)
        return base;
    const pushed = run.event === 'push' && same(who, run.actor);
    const wrote = same(who, commit.author) || same(who, commit.committer);
    const started = same(who, run.actor) || same(who, run.triggeredBy);
    return { ...base, own: [...(pushed || wrote ? ['commit'] : []), ...(started ? ['run'] : [])] };
}


/***/ }),

/***/ 1433:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ canFail),
/* harmony export */   o: () => (/* binding */ proofOf)
/* harmony export */ });
/** Whether an item can keep its stage from passing: what cannot fail proves nothing by passing. */
const canFail = ({ kind, optional, skip }) => !optional && skip === undefined && kind !== 'wait';
/** Of a smoke test what can prove a way back, or what is live already. A person has spoken of another release. */
const proofOf = (items) => items.filter(item => item.kind !== 'manual' && canFail(item));


/***/ }),

/***/ 9210:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ NO_RULES)
/* harmony export */ });
const NO_RULES = { vars: {} };


/***/ }),

/***/ 5483:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $W: () => (/* binding */ ciEntries),
/* harmony export */   cc: () => (/* binding */ CI_PASSED),
/* harmony export */   lI: () => (/* binding */ decideCi)
/* harmony export */ });
/* unused harmony export stateOfCheck */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6067);


const CI_PASSED = 'passed';
const CONCLUSIONS = {
    success: 'passed',
    neutral: 'skipped',
    skipped: 'skipped',
    failure: 'failed',
    cancelled: 'failed',
    timed_out: 'failed',
    action_required: 'failed',
    stale: 'failed',
    startup_failure: 'failed'
};
const PENDING = ['queued', 'in_progress', 'waiting', 'requested', 'pending'];
const STATUSES = {
    success: 'passed',
    pending: 'pending',
    failure: 'failed',
    error: 'failed'
};
// Only its own members: an object also knows words that nobody wrote down.
const stateIn = (known, word) => (Object.hasOwn(known, word) ? known[word] : undefined) ?? 'unknown';
/** A check or a workflow run, by its two words. A word that we do not know is no pass. */
function stateOfCheck(status, conclusion) {
    if (status === 'completed')
        return stateIn(CONCLUSIONS, conclusion);
    return PENDING.includes(status) ? 'pending' : 'unknown';
}
/**
 * Whether the commit's CI is what the checklist asks for; the refusal otherwise. Left out is what belongs to our own
 * workflow, since a deployment cannot wait for itself, nor does an earlier try of it speak of the commit.
 */
function decideCi(rule, facts, runId) {
    const entries = ciEntries(facts, runId);
    if (typeof rule === 'object')
        return decideNamed(rule, entries, facts.commit);
    const bad = entries.filter(({ state }) => state !== 'passed' && state !== 'skipped');
    if (bad.length > 0)
        return notGreen(facts.commit, bad);
    if (rule === 'if-any' || entries.some(({ state }) => state === 'passed'))
        return undefined;
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('ci_not_green', `expected a check that passed for ${facts.commit.slice(0, 12)}, found none`, 'Let CI run on this commit; where there is none, say `ci: if-any` in the checklist.');
}
/** Whatever speaks of the commit and is none of our own workflow's. */
function ciEntries({ checks, statuses, runs }, runId) {
    const own = runs.find(({ id }) => runId !== '' && id === runId);
    const isOwn = (run) => run.ours || (own !== undefined && (run.id === own.id || (own.workflow !== '' && run.workflow === own.workflow)));
    const left = runs.filter(isOwn);
    const apart = (check) => (check.runId !== '' && (check.runId === runId || left.some(({ id }) => id === check.runId))) ||
        (check.suite !== '' && left.some(({ suite }) => suite === check.suite));
    return [
        ...checks.filter(check => !apart(check)).map(({ name, status, conclusion }) => entry(name, status, conclusion)),
        ...runs.filter(run => !isOwn(run)).map(({ name, status, conclusion }) => entry(name, status, conclusion)),
        ...statuses.map(({ context, state }) => ({ name: context, state: stateIn(STATUSES, state), said: state }))
    ];
}
const entry = (name, status, conclusion) => ({
    name,
    state: stateOfCheck(status, conclusion),
    said: (status === 'completed' ? conclusion : status) || 'nothing'
});
/** Each name must be there and have passed; what is skipped proves nothing. Names are those of checks, statuses, workflows. */
function decideNamed(names, entries, commit) {
    const bad = names.flatMap((name) => {
        const found = entries.filter(other => other.name === name);
        if (found.length === 0)
            return [{ name, state: 'unknown', said: 'not there' }];
        return found.filter(({ state }) => state !== 'passed');
    });
    return bad.length === 0 ? undefined : notGreen(commit, bad);
}
const SHOWN = 10;
function notGreen(commit, bad) {
    const shown = bad.slice(0, SHOWN).map(({ name, said }) => `${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(name)} is ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(said)}`);
    const more = bad.length > SHOWN ? `, and ${bad.length - SHOWN} more` : '';
    const pending = bad.every(({ state }) => state === 'pending');
    return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('ci_not_green', `expected the checks of ${commit.slice(0, 12)} to have passed: ${shown.join(', ')}${more}`, pending
        ? 'Wait until they are done, then re-run this job.'
        : 'Mend them or run them again, then re-run this job; `ci: [NAMES]` in the checklist asks for some only.');
}


/***/ }),

/***/ 432:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ lastToTell),
/* harmony export */   c: () => (/* binding */ insteadOf)
/* harmony export */ });
/* harmony import */ var _chain_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(311);
/* harmony import */ var _own_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5697);


/** The newest one that may tell of an execution: made by Actions or by us, and before our job's own, which has just begun. */
function lastToTell(listed, own) {
    const jobs = (0,_own_js__WEBPACK_IMPORTED_MODULE_1__/* .ofJobs */ .SQ)(listed);
    const mine = own === undefined ? undefined : jobs.find(({ sha }) => sha === own);
    const before = mine === undefined ? listed : listed.slice(listed.indexOf(mine) + 1);
    return before.find(one => one.execution !== '' || jobs.includes(one));
}
/** What is there instead of a head that was told, in words; empty where it is there. What came after it is no matter. */
function insteadOf({ seq, hash }, stored) {
    if (stored === undefined)
        return 'no such execution';
    const { events } = stored;
    const event = events.find(other => other.seq === seq);
    if (event === undefined)
        return `only ${events.length} of its events`;
    return event.hash === hash ? '' : `another event there (${(0,_chain_js__WEBPACK_IMPORTED_MODULE_0__/* .short */ .h0)(event.hash)})`;
}


/***/ }),

/***/ 5697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HU: () => (/* binding */ matchOf),
/* harmony export */   MI: () => (/* binding */ madeTooLate),
/* harmony export */   SQ: () => (/* binding */ ofJobs),
/* harmony export */   fy: () => (/* binding */ madeFor),
/* harmony export */   l2: () => (/* binding */ jobOn)
/* harmony export */ });
/** The app that GitHub's own deployments are made by; also ours, which are made with the job's token. */
const ACTIONS = 'github-actions';
/** The one that was made for this execution; of several, which two at once may have made, the first. */
const madeFor = (execution, listed) => [...listed].filter(one => one.execution === execution).sort(byAge)[0];
/** Those that were made for this execution too late: another one stands for it already. */
const madeTooLate = (execution, listed) => [...listed]
    .filter(one => one.execution === execution)
    .sort(byAge)
    .slice(1);
// Numbers that grow, and that may be longer than what a number holds exactly.
const byAge = (one, other) => one.id.length - other.id.length || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
/** Those that GitHub may have made for a job, newest first as they came. */
const ofJobs = (listed) => listed.filter(({ app, execution }) => app === ACTIONS && execution === '');
/** A runner has one job at a time, so that the one under way on ours is our own; undefined where that is not one. */
function jobOn(runner, jobs) {
    const found = jobs.filter(job => runner !== '' && job.runner === runner && job.status === 'in_progress');
    return found.length === 1 ? found[0]?.id : undefined;
}
const LOG = /\/actions\/runs\/(\d+)(?:\/attempts\/\d+)?(?:\/jobs?\/(\d+))?(?:[/?#]|$)/;
/** Whose log the statuses of a deployment lead to. Without the job's id it can only be told whether the run is ours. */
function matchOf(logUrls, { runId }, job) {
    const named = logUrls.flatMap(url => {
        const [, run, ofJob] = LOG.exec(url) ?? [];
        return run === runId ? [ofJob] : [];
    });
    if (named.length === 0)
        return 'another';
    if (job === undefined)
        return 'this-run';
    if (named.includes(job))
        return 'this-job';
    return named.every(ofJob => ofJob !== undefined) ? 'another' : 'this-run';
}


/***/ }),

/***/ 5687:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dp: () => (/* binding */ stateFor),
/* harmony export */   Kq: () => (/* binding */ descriptionOf),
/* harmony export */   mU: () => (/* binding */ headIn),
/* harmony export */   vy: () => (/* binding */ MOST_CHARACTERS)
/* harmony export */ });
/** GitHub takes no more. */
const MOST_CHARACTERS = 140;
/** What GitHub calls how an execution stands. */
function stateFor({ status, reason }) {
    switch (status) {
        case 'SUCCESS':
        case 'PARTIAL':
            return 'success';
        case 'FAILED':
            // Nobody knows what is live now: more than that this one is not.
            return reason === 'rollback_failed' || reason === 'unknown_effect' ? 'error' : 'failure';
        case 'ROLLED_BACK':
        case 'REFUSED':
            return 'failure';
        case 'CANCELLED':
        case 'UNAVAILABLE':
            return 'error';
        case 'WAITING':
            return 'pending';
        default:
            return 'in_progress';
    }
}
/**
 * `SUCCESS 20260105T100000-0badcafe:12:<64 hex>` and, as far as they fit, `words`. The head stands there whole, so that it
 * can be copied for `verify --head`; an execution that goes on has none, since only what is stored may be told.
 */
function descriptionOf({ id, status, head }, words = '') {
    const told = `${status} ${head === '' ? id : head}`;
    const whole = words === '' ? told : `${told}, ${words}`;
    return whole.length <= MOST_CHARACTERS ? whole : told.slice(0, MOST_CHARACTERS);
}
const HEAD = /(?:^|\s)([0-9]{8}T[0-9]{6}-[0-9a-f]+):([1-9]\d*):([0-9a-f]{64})(?=[\s,]|$)/;
/** The head that a status of ours carries; undefined for whatever else stands there. */
function headIn(description) {
    const [, id, seq, hash] = HEAD.exec(description) ?? [];
    return id === undefined || hash === undefined ? undefined : { id, seq: Number(seq), hash };
}


/***/ }),

/***/ 6313:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ strangeTo)
/* harmony export */ });
/**
 * An id begins with the moment at which its execution began, and a ledger may have begun later than the deployments of
 * its environment, or those were recorded in another one. Where the ledger has nothing at all, everything is lost.
 */
function strangeTo(ids, heads) {
    const unknown = new Map(heads.filter(({ id }) => !ids.has(id)).map(head => [head.id, head]));
    const [first] = [...ids].filter(id => ID.test(id)).sort();
    const isOlder = ({ id }) => first !== undefined && id.slice(0, MOMENT) < first.slice(0, MOMENT);
    const all = [...unknown.values()];
    return { lost: all.filter(head => !isOlder(head)), older: all.filter(isOlder) };
}
const ID = /^\d{8}T\d{6}-/;
const MOMENT = '20260105T100000'.length;


/***/ }),

/***/ 2590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ isTurn),
/* harmony export */   r: () => (/* binding */ mayTell)
/* harmony export */ });
/** What changes what is live, and what proves it: GitHub hears of the first that there is, and has a second chance. */
const TELLING = ['migrate', 'deploy', 'smoke-test'];
/**
 * Whether GitHub is told, before this stage, that the execution deploys: once in each attempt of a run, since each has a
 * job of its own. What failed for a while is tried once more before the smoke test; a missing permission is not.
 */
function isTurn(stage, { plan, deployment, deploymentMissed }, now) {
    const deploys = plan.stages.migrate.length + plan.stages.deploy.length > 0;
    if (!deploys || !TELLING.includes(stage) || plan.stages[stage].length === 0)
        return false;
    if (isOf(deployment, now))
        return false;
    if (!isOf(deploymentMissed, now))
        return true;
    return stage === 'smoke-test' && deploymentMissed?.reason !== 'missing_permission';
}
/** Whether GitHub may be told at all: a permission that is missing is missing to the end of the job. */
const mayTell = ({ deploymentMissed }, now) => !isOf(deploymentMissed, now) || deploymentMissed?.reason !== 'missing_permission';
const isOf = (one, { runId, runAttempt }) => one?.runId === runId && one.runAttempt === runAttempt;


/***/ }),

/***/ 2449:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ leftBehind)
/* harmony export */ });
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9543);

/**
 * What is written when an execution is left in the middle: an action without an outcome is `unknown`, and after an action
 * the environment stays held until somebody resumes or rolls back. `how` says what cut the actions off.
 */
function leftBehind(state, message, how) {
    const cutOff = (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .unresolved */ .II)(state).filter(({ settled }) => settled === undefined);
    const outcomes = cutOff.map(({ stage, item, attempt, deed }) => ({
        ...{ type: 'outcome', target: '', stage, item, attempt, deed },
        ...{ outcome: 'unknown', detail: how, hint: '', durationMs: 0 }
    }));
    const end = state.acted
        ? { type: 'paused', status: 'CANCELLED', reason: 'cancelled', message }
        : { type: 'ended', status: 'CANCELLED', reason: 'cancelled', message };
    return [...outcomes, end];
}


/***/ }),

/***/ 4806:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ page)
/* harmony export */ });
/* harmony import */ var _run_item_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4592);

const LONGEST_MS = 60_000;
/** Tells a person, by the checklist's own command. That this fails is said and changes nothing. */
async function page({ text, folder, names, message }, workshop) {
    if (text === undefined)
        return workshop.say('monitor', `nobody is paged, because the checklist names no \`page\`: ${message}`);
    const { outcome, detail } = await (0,_run_item_js__WEBPACK_IMPORTED_MODULE_0__/* .guarded */ .Nj)(workshop, 'monitor', async () => {
        const { code } = await workshop.shell.run({
            what: { text, shell: 'sh' },
            env: { ...workshop.baseEnv, ...names, DEPLOY_FAILURE: message },
            folder,
            timeoutMs: LONGEST_MS,
            signal: workshop.signal,
            onAbort: 'end',
            onLine: line => workshop.say('monitor', line)
        });
        return { outcome: code === 0 ? 'pass' : 'fail', detail: `ended with ${code}` };
    });
    if (outcome !== 'pass')
        workshop.say('monitor', `the page command ${detail}: a person must be told some other way`);
}


/***/ }),

/***/ 3017:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Be: () => (/* binding */ gateSeen),
/* harmony export */   C1: () => (/* binding */ ciSeen),
/* harmony export */   vH: () => (/* binding */ promotionSeen)
/* harmony export */ });
/* harmony import */ var _commit_checks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5483);

function gateSeen(found) {
    if (found.kind === 'unreadable')
        return { kind: 'unreadable', reason: found.reason ?? 'gate_unreadable' };
    const { reviewers, preventSelfReview, preventAdminBypass = null, waitMs, settingsUrl } = found.facts;
    const names = reviewers.map(({ name }) => name);
    return { kind: 'read', reviewers: names, preventSelfReview, preventAdminBypass, waitMs, settingsUrl };
}
function ciSeen(rule, facts, runId) {
    const asked = (0,_commit_checks_js__WEBPACK_IMPORTED_MODULE_0__/* .ciEntries */ .$W)(facts, runId).filter(({ name }) => typeof rule !== 'object' || rule.includes(name));
    const passed = asked.filter(({ state }) => state === _commit_checks_js__WEBPACK_IMPORTED_MODULE_0__/* .CI_PASSED */ .cc).length;
    return { rule, passed, others: asked.length - passed };
}
const promotionSeen = ({ id, number, status, completedAt, logUrl, due, key }, events) => ({
    environment: key.environment,
    execution: {
        ...{ id, number, status, completedAt, logUrl },
        smokeTest: smokeTestIn(events),
        checkpoints: events.flatMap(({ at, body }) => body.type === 'checkpoint' ? [{ name: body.checkpoint, passed: body.passed, at }] : []),
        due: due.map(({ checkpoint }) => checkpoint)
    }
});
/** Of each item the newest outcome counts. */
function smokeTestIn(events) {
    const outcomes = new Map();
    for (const { body } of events)
        if (body.type === 'outcome' && body.stage === 'smoke-test')
            outcomes.set(body.item, body.outcome === 'pass');
    return { passed: [...outcomes.values()].filter(Boolean).length, of: outcomes.size };
}


/***/ }),

/***/ 5450:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $: () => (/* binding */ judgeGate)
});

// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
// EXTERNAL MODULE: ./build/core/gate/branch-pattern.js
var branch_pattern = __webpack_require__(1329);
// EXTERNAL MODULE: ./build/core/result/next-steps.js
var next_steps = __webpack_require__(9407);
// EXTERNAL MODULE: ./build/core/gate/settings.js
var gate_settings = __webpack_require__(5603);
;// CONCATENATED MODULE: ./build/core/gate/gh-lines.js


/** Stands in a line where a person must be named first. */
const SOMEBODY = 'LOGIN';
/** The line that writes all settings at once; where somebody has to review and nobody is named, it asks for `LOGIN`. */
function settingsLine(settings, facts, needsSomebody) {
    const lacks = needsSomebody && settings.reviewers.length === 0;
    const body = (0,gate_settings/* bodyFor */.kj)(settings, lacks ? { plan: 'has-reviewers' } : facts);
    const words = fieldsOf(body).flatMap(field => ['-F', (0,next_steps/* quoted */.TL)(field)]);
    const somebody = [
        '-F',
        (0,next_steps/* quoted */.TL)('reviewers[][type]=User'),
        '-F',
        `"reviewers[][id]=$(gh api users/${SOMEBODY} --jq .id)"`
    ];
    return ['gh api --method PUT', (0,next_steps/* quoted */.TL)(pathOf(facts)), ...words, ...(lacks ? somebody : [])].join(' ');
}
/** The lines that let in the promised branches and nothing else; they come after the settings' own. */
const branchLines = ({ addBranches, removePolicies }, facts) => {
    const path = `${pathOf(facts)}/deployment-branch-policies`;
    return [
        ...addBranches.map(pattern => `gh api --method POST ${(0,next_steps/* quoted */.TL)(path)} -f ${(0,next_steps/* quoted */.TL)(`name=${pattern}`)} -f type=branch`),
        ...removePolicies.map(({ id }) => `gh api --method DELETE ${(0,next_steps/* quoted */.TL)(`${path}/${id}`)}`)
    ];
};
const pathOf = ({ repository, environment }) => `repos/${repository}/environments/${encodeURIComponent(environment)}`;
/** As `gh api -F` takes them: a member in brackets, an entry of a list after empty ones. */
function fieldsOf(body) {
    return Object.entries(body).flatMap(([name, value]) => {
        if (Array.isArray(value)) {
            return value.flatMap(entry => Object.entries(entry).map(([member, inner]) => `${name}[][${member}]=${inner}`));
        }
        if (typeof value !== 'object' || value === null)
            return [`${name}=${value}`];
        return Object.entries(value).map(([member, inner]) => `${name}[${member}]=${inner}`);
    });
}

;// CONCATENATED MODULE: ./build/core/gate/judge.js




/**
 * Everything that GitHub enforces less of than the checklist promises, each with the exact setting to change. Nothing is
 * promised: nothing stands in the way. `ref` is what this run was started for (`refs/heads/main`), or empty.
 */
function judgeGate(rules, found, ref) {
    if (!(0,gate_settings/* asksGitHub */.k9)(rules))
        return [];
    if (found.kind === 'unreadable')
        return [unreadable(found)];
    const { facts } = found;
    if (!facts.exists)
        return [withHint(missing(facts), rules, facts)];
    const gaps = [
        ...reviewerGaps(rules, facts),
        ...bypassGaps(rules, facts),
        ...waitGaps(rules, facts),
        ...branchGaps(rules, facts)
    ].map(gap => withHint(gap, rules, facts));
    return [...gaps, ...strayRef(rules, ref)];
}
const unreadable = ({ why, hint, reason = 'gate_unreadable' }) => ({
    reason,
    message: `the gate cannot be read: ${why}`,
    hint
});
const missing = ({ repository, environment }) => ({
    reason: 'gate_too_weak',
    message: `${repository} has no environment ${environment}: GitHub would create it empty, and let everybody in`,
    setting: 'create it with what the checklist promises'
});
function reviewerGaps(rules, facts) {
    if (!(0,gate_settings/* asksForReviewers */.O7)(rules))
        return [];
    if (facts.reviewers.length === 0)
        return [nobody(facts)];
    if (rules.preventSelfReview !== true || facts.preventSelfReview)
        return [];
    const message = `${facts.environment} lets whoever started a run approve it; the checklist promises that it does not`;
    return [{ reason: 'gate_too_weak', message, setting: 'tick "Prevent self-review"' }];
}
function nobody({ repository, environment, plan }) {
    if (plan === 'no-reviewers') {
        const message = `${repository} is private, and its plan of GitHub has no reviewers; the checklist promises some for ${environment}`;
        return { reason: 'gate_not_available', message, setting: '' };
    }
    const message = `${environment} has no reviewers; the checklist promises that somebody has to approve`;
    return { reason: 'gate_too_weak', message, setting: 'tick "Required reviewers" and name at least one' };
}
function bypassGaps({ preventAdminBypass }, facts) {
    if (preventAdminBypass !== true || facts.preventAdminBypass === true)
        return [];
    if (facts.preventAdminBypass === false) {
        const message = `${facts.environment} lets admins pass without an approval; the checklist promises that it does not`;
        return [
            {
                reason: 'gate_too_weak',
                message,
                setting: 'untick "Allow administrators to bypass configured protection rules"'
            }
        ];
    }
    const message = `GitHub does not say whether admins may bypass the gate of ${facts.environment}; the checklist promises that they may not`;
    return [
        {
            reason: 'gate_unreadable',
            message,
            setting: 'look whether it can be switched off there, else take `prevent-admin-bypass` out'
        }
    ];
}
function waitGaps({ waitMs = 0 }, facts) {
    if (facts.waitMs >= waitMs)
        return [];
    const real = facts.waitMs === 0 ? 'no wait timer' : `a wait timer of ${(0,units/* formatDuration */.a3)(facts.waitMs)}`;
    const message = `${facts.environment} has ${real}; the checklist promises ${(0,units/* formatDuration */.a3)(waitMs)}`;
    const reason = facts.plan === 'no-reviewers' ? 'gate_not_available' : 'gate_too_weak';
    return [{ reason, message, setting: `set "Wait timer" to ${Math.ceil(waitMs / 60_000)} minutes` }];
}
function branchGaps({ branches }, facts) {
    if (branches === undefined)
        return [];
    const stray = (0,gate_settings/* strayPolicies */.e0)(facts.branches, branches);
    if (stray.length === 0)
        return [];
    const message = `${facts.environment} lets in ${stray.join(', ')}; the checklist promises ${branches.join(', ')} alone`;
    return [
        {
            reason: 'gate_too_weak',
            message,
            setting: `under "Deployment branches and tags" name ${branches.join(', ')} and nothing else`
        }
    ];
}
/** Where a run of another ref has come this far, its job has no environment, or one that lets more in. */
function strayRef({ branches }, ref) {
    if (branches === undefined || !ref.startsWith('refs/'))
        return [];
    const branch = ref.replace(/^refs\/heads\//, '');
    if (branch !== ref && branches.some(pattern => (0,branch_pattern/* matchesBranch */._)(pattern, branch)))
        return [];
    return [
        {
            reason: 'gate_too_weak',
            message: `this run is of ${ref}; the checklist promises that ${branches.join(', ')} alone may be deployed`,
            hint: 'Start it for one of these branches, in a job that names its `environment:`; without it GitHub asks nobody.'
        }
    ];
}
const SIGN_OFF = "promise what can be kept: `gate: { reviewers: sign-off }`, a second person's word in the ledger.";
const NOT_THERE = `Private repositories have it with Enterprise alone. Make the repository public, change the plan, or ${SIGN_OFF}`;
const MAYBE_NOT = `Where the plan of GitHub has no reviewers (private, without Enterprise) ${SIGN_OFF}`;
/** The setting, its page, and last the lines for an admin's terminal. */
function withHint({ reason, message, setting }, rules, facts) {
    if (reason === 'gate_not_available')
        return { reason, message, hint: NOT_THERE };
    const needs = (0,gate_settings/* asksForReviewers */.O7)(rules);
    const settings = (0,gate_settings/* settingsFor */.zc)(rules, facts);
    const lines = [settingsLine(settings, facts, needs), ...branchLines(settings, facts)];
    const lacks = needs && facts.reviewers.length === 0;
    const parts = [
        `On ${facts.settingsUrl}: ${setting}.`,
        ...(lacks && facts.plan === 'unknown' ? [MAYBE_NOT] : []),
        `Or as an admin${lacks ? `, a reviewer in the place of ${SOMEBODY}` : ''}: ${lines.join(' && ')}`
    ];
    return { reason, message, hint: parts.join(' ') };
}


/***/ }),

/***/ 9561:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ damageFor),
/* harmony export */   m: () => (/* binding */ broken)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);

/** Reads as long as all is whole; what is broken refuses, or is told where that was asked for. */
function damageFor({ damaged }) {
    const unreadable = [];
    const tell = (what, error) => {
        if (damaged !== 'tell' || !(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ChecklistError */ .vm) || error.reason !== 'ledger_broken')
            throw error;
        unreadable.push({ ...what, problem: error.message });
    };
    const orTell = (what, read) => {
        try {
            return read();
        }
        catch (error) {
            return tell(what, error);
        }
    };
    const orTellLater = async (what, read) => {
        try {
            return await read();
        }
        catch (error) {
            return tell(what, error);
        }
    };
    return { unreadable, orTell, orTellLater };
}
/** Something stands in a file that no process of ours has left there. */
const broken = (path, what) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('ledger_broken', `${path} is damaged: ${what}`, 'Nothing was changed. Put the file back from a copy, or move the ledger away and begin a new one; `verify` compares.');


/***/ }),

/***/ 2599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ openDoubts)
/* harmony export */ });
function openDoubts() {
    const open = new Set();
    async function about(name, write) {
        const again = open.delete(name);
        try {
            return await write(again);
        }
        catch (error) {
            open.add(name);
            throw error;
        }
    }
    return { during: (events, write) => about(events.at(-1)?.hash ?? '', write), about };
}


/***/ }),

/***/ 6756:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ emptyIndex)
/* harmony export */ });
const emptyIndex = (key) => ({
    format: 1,
    version: 0,
    key,
    lastNumber: 0,
    fence: 0,
    holder: '',
    tombstones: []
});


/***/ }),

/***/ 3165:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ readLines),
/* harmony export */   _: () => (/* binding */ writeLine)
/* harmony export */ });
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4793);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8314);
/* harmony import */ var _damage_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9561);



/** The line of a write. `before` is absent for the first one. */
function writeLine({ record, events }, before) {
    const [was, is] = [{ ...before }, { ...record }];
    const set = Object.keys(is).filter(name => !same(was[name], is[name]));
    const unset = Object.keys(was).filter(name => is[name] === undefined);
    const line = { set: Object.fromEntries(set.map(name => [name, is[name]])), unset, events };
    return `${JSON.stringify(line)}\n`;
}
const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);
/**
 * What the lines of a text hold, up to the end of the last whole one; undefined when not even a first line is whole.
 * `from` is what was read before, `text` being what follows it.
 */
function readLines(path, text, from) {
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (from === undefined && whole === '')
        return undefined;
    let fields = { ...from?.record };
    const events = [];
    whole
        .split('\n')
        .slice(0, -1)
        .forEach((text, index) => {
        const line = parseLine(text);
        if (line === undefined)
            throw (0,_damage_js__WEBPACK_IMPORTED_MODULE_1__/* .broken */ .m)(from === undefined ? `${path}:${index + 1}` : path, NO_LINE);
        fields = Object.fromEntries(Object.entries({ ...fields, ...line.set }).filter(([name]) => !line.unset.includes(name)));
        events.push(...line.events);
    });
    const { hash: head = from?.head ?? _events_js__WEBPACK_IMPORTED_MODULE_0__/* .GENESIS */ .h, seq = from?.seq ?? 0 } = events.at(-1) ?? {};
    const bytes = (from?.bytes ?? 0) + Buffer.byteLength(whole);
    return { tail: { record: fields, head, seq, bytes }, events };
}
const NO_LINE = 'this line is not what a write of this ledger looks like';
function parseLine(line) {
    const parsed = (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseJson */ .qF)(line);
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(parsed) && (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(parsed.set) && Array.isArray(parsed.unset) && Array.isArray(parsed.events)) {
        if (parsed.events.every(isEvent))
            return parsed;
    }
    return undefined;
}
const isEvent = (event) => (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(event) &&
    Number.isInteger(event.seq) &&
    Number.isInteger(event.token) &&
    [event.at, event.prev, event.hash].every(field => typeof field === 'string') &&
    (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(event.body) &&
    typeof event.body.type === 'string';


/***/ }),

/***/ 6878:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W7: () => (/* binding */ fileOf),
/* harmony export */   ZC: () => (/* binding */ nameIn),
/* harmony export */   iW: () => (/* binding */ isJournal),
/* harmony export */   yS: () => (/* binding */ folderOf),
/* harmony export */   yW: () => (/* binding */ isOf)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8314);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4115);


const JOURNAL = '.jsonl';
/** The name of a key's folder: readable, and different for different keys. */
function folderOf(key) {
    const { repository, checklist, environment } = key;
    const words = `${checklist}-${environment}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    const digest = (0,_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .canonical */ .$N)({ repository, checklist, environment }));
    return `${words.slice(0, 60)}-${digest.slice(0, 24)}`;
}
/** The name of an execution's file inside its key's folder. */
const fileOf = ({ number, id }) => `${String(number).padStart(6, '0')}-${encodeURIComponent(id)}${JOURNAL}`;
const isJournal = (file) => file.endsWith(JOURNAL);
/** Whether a file's name stands for that execution. */
const isOf = (file, id) => file.replace(/^\d+-/, '') === `${encodeURIComponent(id)}${JOURNAL}`;
/** The execution that a file's name stands for. */
function nameIn(file) {
    const [, number = '0', id = ''] = /^(\d+)-(.*)\.jsonl$/.exec(file) ?? [];
    return { id: decoded(id), number: Number(number) };
}
function decoded(id) {
    try {
        return decodeURIComponent(id);
    }
    catch {
        return id;
    }
}


/***/ }),

/***/ 2942:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DN: () => (/* binding */ matchesTombstone),
/* harmony export */   K_: () => (/* binding */ wantsTombstones),
/* harmony export */   LF: () => (/* binding */ limitOf),
/* harmony export */   TD: () => (/* binding */ tombstoneOf),
/* harmony export */   Wh: () => (/* binding */ writeCursor),
/* harmony export */   ZZ: () => (/* binding */ pageOf),
/* harmony export */   cK: () => (/* binding */ matches),
/* harmony export */   fS: () => (/* binding */ readCursor),
/* harmony export */   vV: () => (/* binding */ matchesKey)
/* harmony export */ });
/* unused harmony export compare */
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);

const MOST = 100;
const limitOf = (limit) => Math.min(MOST, Math.max(1, Math.floor(limit)));
const writeCursor = ({ startedAt, number, id }) => Buffer.from(JSON.stringify([startedAt, number, id])).toString('base64url');
/** Refuses what no page ever gave out. */
function readCursor(cursor) {
    try {
        const [startedAt, number, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
        if (typeof startedAt === 'string' && Number.isInteger(number) && typeof id === 'string') {
            return { startedAt, number, id };
        }
    }
    catch { } // said below, the same for every way of being wrong
    throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('usage', 'the cursor of the list cannot be read', 'Start again from the first page, without a cursor.');
}
/** Negative when `a` stands before `b`, the newer one first. */
const compare = (a, b) => byText(b.startedAt, a.startedAt) || b.number - a.number || byText(b.id, a.id);
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
function matches(filter, record) {
    if (!matchesPlace(filter, record))
        return false;
    if (filter.status !== undefined && !filter.status.includes(record.status))
        return false;
    if (filter.commit !== undefined && filter.commit !== record.commit)
        return false;
    return filter.release === undefined || filter.release === record.release;
}
const matchesTombstone = (filter, tombstone) => wantsTombstones(filter) && matchesPlace(filter, tombstone);
const wantsTombstones = ({ status, commit, release }) => status === undefined && commit === undefined && release === undefined;
function matchesPlace({ key, since, until }, entry) {
    if (since !== undefined && entry.startedAt < since)
        return false;
    if (until !== undefined && entry.startedAt >= until)
        return false;
    return matchesKey(key, entry.key);
}
const matchesKey = (wanted, key) => (wanted?.repository ?? key.repository) === key.repository &&
    (wanted?.checklist ?? key.checklist) === key.checklist &&
    (wanted?.environment ?? key.environment) === key.environment;
/** One page out of everything that may be on it; each of the two lists in any order. */
function pageOf(records, tombstones, page) {
    const after = page.cursor === undefined ? undefined : readCursor(page.cursor);
    const entries = [...records.map(record => ({ record, place: record })), ...tombstones.map(asEntry)]
        .filter(({ place }) => after === undefined || compare(after, place) < 0)
        .sort((a, b) => compare(a.place, b.place));
    const shown = entries.slice(0, limitOf(page.limit));
    const last = shown.at(-1);
    return {
        records: shown.flatMap(entry => ('record' in entry ? [entry.record] : [])),
        tombstones: shown.flatMap(entry => ('tombstone' in entry ? [entry.tombstone] : [])),
        next: last === undefined || shown.length === entries.length ? undefined : writeCursor(last.place)
    };
}
const asEntry = (tombstone) => ({ tombstone, place: tombstone });
const tombstoneOf = (record, head, by, at) => ({
    id: record.id,
    key: record.key,
    number: record.number,
    startedAt: record.startedAt,
    completedAt: record.completedAt,
    lastHash: head,
    deletedAt: at,
    deletedBy: by
});


/***/ }),

/***/ 8369:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W_: () => (/* binding */ stateAfter),
/* harmony export */   ak: () => (/* binding */ judgeAppend),
/* harmony export */   ie: () => (/* binding */ judgeCreate),
/* harmony export */   kp: () => (/* binding */ judgeRemoval),
/* harmony export */   rR: () => (/* binding */ assertChained)
/* harmony export */ });
/* harmony import */ var _execution_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6464);

/** Whether a new execution may be written. `freed` is the holder that the same step frees, if there is one. */
function judgeCreate(state, { record }, freed) {
    if (record.holdsEnvironment) {
        if (state.holder !== undefined && state.holder.id !== freed)
            return { kind: 'held', by: state.holder };
        if (record.token <= state.fence)
            return { kind: 'moved' };
    }
    return record.number === state.lastNumber + 1 ? { kind: 'created' } : { kind: 'moved' };
}
/** Whether a change may be written on top of what stands. */
function judgeAppend(state, standing, change) {
    const { record, expectedHead } = change;
    if (standing === undefined)
        return { kind: 'moved', head: '' };
    assertFits(standing, change);
    if (standing.head !== expectedHead)
        return { kind: 'moved', head: standing.head };
    if (record.token < standing.record.token)
        return { kind: 'fenced', highest: Math.max(state.fence, standing.record.token) };
    if (!record.holdsEnvironment)
        return { kind: 'appended' };
    if (standing.record.holdsEnvironment && record.token === standing.record.token)
        return { kind: 'appended' };
    if (state.holder !== undefined && state.holder.id !== record.id)
        return { kind: 'held', by: state.holder };
    return record.token > state.fence ? { kind: 'appended' } : { kind: 'fenced', highest: state.fence };
}
/** The holder and the fence after a record was written. */
function stateAfter(state, record) {
    const freed = state.holder?.id === record.id ? undefined : state.holder;
    return {
        lastNumber: Math.max(state.lastNumber, record.number),
        fence: record.holdsEnvironment ? Math.max(state.fence, record.token) : state.fence,
        holder: record.holdsEnvironment ? record : freed
    };
}
/** Whether an ended execution may be removed. */
function judgeRemoval(state, record) {
    if (record.completedAt === '' || record.holdsEnvironment)
        return 'not-ended';
    return record.number === state.lastNumber ? 'newest' : 'removed';
}
/** Events that do not continue what they claim to continue are a bug of the caller, never stored. */
function assertChained(events, head, seq) {
    events.forEach((event, index) => {
        const prev = events[index - 1]?.hash ?? head;
        if (event.prev === prev && event.seq === seq + index + 1)
            return;
        throw new Error(`event ${event.seq} after ${event.prev} does not continue ${seq + index} with head ${prev}`);
    });
}
function assertFits({ record: before, head, seq }, { record, events, expectedHead }) {
    if (record.number !== before.number || !(0,_execution_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameKey */ .yL)(record.key, before.key)) {
        throw new Error(`execution ${record.id} cannot change its key or number`);
    }
    if (head === expectedHead)
        assertChained(events, head, seq);
}


/***/ }),

/***/ 4185:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AJ: () => (/* binding */ markedBad),
/* harmony export */   In: () => (/* binding */ standingMark),
/* harmony export */   Vo: () => (/* binding */ markOfRollback)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);
/* harmony import */ var _execution_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6464);
/* harmony import */ var _reasons_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1091);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6067);




/**
 * Whether a commit is marked bad in one environment. Its newest deployment that came to something decides: taken back, it
 * marks the commit; a success after that, which nobody has without a reason, lifts the mark. `records` are of one key, in
 * any order, rollbacks too, since the mark of a rollback by hand is a write of its own and may be missing.
 */
function standingMark(commit, records) {
    const own = records.filter(({ purpose, commit: its }) => purpose === 'deploy' && its === commit);
    for (const record of [...own].sort((a, b) => b.number - a.number)) {
        const mark = markOf(record, records);
        if (mark !== undefined)
            return mark;
        if ((0,_execution_js__WEBPACK_IMPORTED_MODULE_1__/* .isSuccess */ .oJ)(record.status))
            return undefined;
    }
    return undefined;
}
function markOf({ id, markedBad }, records) {
    if (markedBad !== '')
        return { execution: id, because: markedBad };
    const by = records.find(({ purpose, undoesExecutionId, status }) => purpose === 'rollback' && undoesExecutionId === id && status === 'SUCCESS');
    return by && { execution: id, because: `taken back by ${by.id}` };
}
/** A commit that is marked bad is deployed again only for a reason. */
const markedBad = (commit, environment, { execution, because }) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('marked_bad', `${(0,_text_js__WEBPACK_IMPORTED_MODULE_3__/* .shortCommit */ .Ax)(commit)} is marked bad on ${environment}: ${execution} was taken back (${because})`, 'Deploy a commit that mends it. Or say why this one is good now, with --because WORDS (input because): that is recorded and shown, and once it succeeds the mark is lifted.');
/**
 * What a verified rollback by itself writes beside its end; by hand the undone execution gets its mark from who undoes it.
 * Where only a migration was undone nothing had gone live. In words of the closed list, since everybody may read them.
 */
function markOfRollback({ scope, cause }, { purpose, id }) {
    if (scope !== 'all' || purpose !== 'deploy')
        return [];
    return [{ type: 'marked-bad', because: `rolled back by itself: ${_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .REASONS */ .e[cause]}`, by: id }];
}


/***/ }),

/***/ 2732:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cm: () => (/* binding */ stepsBetween),
/* harmony export */   au: () => (/* binding */ didYouMean)
/* harmony export */ });
/* unused harmony export nearest */
/** The candidate that `word` was most likely meant to be, or undefined when none is near. */
function nearest(word, candidates) {
    // A pasted paragraph is no typo, and comparing it would cost its length squared.
    if (word.length > 60)
        return undefined;
    const allowed = Math.max(1, Math.floor(word.length / 3));
    const ranked = candidates
        .map(candidate => ({ candidate, steps: stepsBetween(word.toLowerCase(), candidate.toLowerCase()) }))
        .filter(({ steps }) => steps <= allowed)
        .sort((one, other) => one.steps - other.steps);
    return ranked[0]?.candidate;
}
/** Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other. */
function stepsBetween(from, to) {
    let beforeLast = [];
    let last = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (let row = 1; row <= from.length; row++) {
        const current = [row];
        for (let column = 1; column <= to.length; column++) {
            const same = from[row - 1] === to[column - 1];
            const steps = [at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1)];
            const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
            if (swapped)
                steps.push(at(beforeLast, column - 2) + 1);
            current.push(Math.min(...steps));
        }
        beforeLast = last;
        last = current;
    }
    return at(last, to.length);
}
const at = (row, column) => row[column] ?? Number.POSITIVE_INFINITY;
/** ` (did you mean NEAREST?)`, or nothing. */
function didYouMean(word, candidates) {
    const meant = nearest(word, candidates);
    return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}


/***/ }),

/***/ 5685:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I3: () => (/* binding */ testMessage),
/* harmony export */   XW: () => (/* binding */ messageFor),
/* harmony export */   j8: () => (/* binding */ withTexts),
/* harmony export */   m3: () => (/* binding */ wayBackOf)
/* harmony export */ });
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4115);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6067);


/** Characters of one text of a message: what does not fit is in the log. */
const LONGEST = 1000;
/**
 * What is said of one transition, the first line first: where, what, how it stands, who has to act. `result` is the
 * execution as it stands; undefined where it says nothing of one. Nothing is redacted here.
 */
function messageFor(occasion, result) {
    const { execution } = result;
    if (execution === null)
        return undefined;
    const { key, id, commit, release, actor, trigger } = execution;
    const who = whoActs(occasion, result);
    return clean({
        format: 1,
        key: keyOf(id, occasion),
        kind: occasion.kind,
        at: occasion.at,
        headline: `${key.checklist} on ${key.environment}: ${standing(occasion, result, execution)}${who === '' ? '' : `; ${who} has to act`}`,
        repository: key.repository,
        checklist: key.checklist,
        environment: key.environment,
        commit,
        release,
        status: result.status,
        reason: result.reason,
        who,
        why: whyOf(occasion, result),
        startedBy: `${actor} (${trigger})`,
        execution: id,
        next: occasion.kind === 'start' ? [] : nextOf(occasion, result),
        rollbackCommand: occasion.kind === 'start' ? '' : wayBackOf(result),
        links: linksOf(result, execution)
    });
}
/** Its run, where people settle its manual items, and the executions that it belongs to. */
const linksOf = ({ askedIn, links }, { logUrl }) => [
    ...(/^https?:\/\//.test(logUrl) ? [{ label: 'run', url: logUrl }] : []),
    ...(askedIn === undefined ? [] : [{ label: 'sign-offs', url: askedIn }]),
    ...links.filter(({ url }) => url !== '').map(({ as, execution, url }) => ({ label: `${as} ${execution}`, url }))
];
/** Short and of plain signs, since it stands in headers and ids of others. */
const keyOf = (id, { kind, cause, waitedMs = 0 }) => `${id}-${kind}-${(0,_plan_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256 */ .sc)(`${cause}:${waitedMs}`).slice(0, 12)}`;
/** Whose turn it is, in words; nobody's when all is well or has been taken back. */
function whoActs({ kind, cause }, result) {
    if (kind === 'start' || kind === 'success' || kind === 'rollback')
        return '';
    // It ended before anything was touched: whoever cancelled it knows.
    if (result.status === 'CANCELLED' && result.execution?.completedAt !== '')
        return '';
    const people = isCheckpoint(cause) ? [] : questionsOf(cause, result);
    return people.map(({ by, name }) => by || `whoever settles "${name}"`).join(', ') || 'a maintainer';
}
/** Who is asked: by a run that has stopped for them, or by one that waits for their answer. */
function questionsOf(cause, { waitingFor, ahead }) {
    const asked = waitingFor.length > 0 ? waitingFor : ahead.questions.filter(({ item }) => waitsFor(cause, item));
    return asked.filter(({ by }, index) => by === '' || asked.findIndex(other => other.by === by) === index);
}
const waitsFor = (cause, item) => cause.startsWith('waiting:') && cause.slice('waiting:'.length).split(',').includes(item);
function standing(occasion, result, execution) {
    const { kind, cause, waitedMs = 0 } = occasion;
    const what = (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shortCommit */ .Ax)(execution.commit);
    if (kind === 'start')
        return execution.purpose === 'rollback'
            ? `the rollback to ${what || 'where it was'} has begun`
            : `${what} has begun`;
    if (kind === 'escalation')
        return `nobody has reacted for ${(0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .took */ .sm)(waitedMs)} to ${stateWords(cause, result, what)}`;
    if (isCheckpoint(cause))
        return `FAILED: ${stateWords(cause, result, what)}`;
    return stateWords(cause, result, what);
}
function stateWords(cause, result, what) {
    const checkpoint = checkpointOf(cause);
    if (checkpoint !== '')
        return `checkpoint ${checkpoint} of ${what}, which did not pass`;
    // One that waits within its process has not stopped.
    const asked = result.status === 'WAITING' ? [] : questionsOf(cause, result);
    return asked.length === 0
        ? result.verdict
        : `WAITING: ${what} waits for ${asked.map(({ name }) => `"${name}"`).join(', ')}`;
}
const checkpointOf = (cause) => /^failure:checkpoint:(.*)$/.exec(cause)?.[1] ?? '';
const isCheckpoint = (cause) => checkpointOf(cause) !== '';
function whyOf({ kind, cause }, result) {
    if (kind === 'start' || kind === 'success')
        return '';
    // What led to the way back, before how that went.
    if (!isCheckpoint(cause))
        return [...new Set([result.rollback?.because ?? '', result.message])].filter(isSaid).join('; ');
    const last = result.checkpoints.findLast(({ passed }) => !passed);
    const red = (last?.results ?? []).filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skip');
    return red.map(({ item, detail }) => (detail === '' ? item : `${item} (${detail})`)).join('; ');
}
const isSaid = (text) => text !== '';
/** The line that takes it back: the workflow's click where there is one, since whoever reads this has no clone at hand. */
const wayBackOf = ({ pasteLines, rollbackCommand }) => pasteLines.find(({ line }) => isClick(line))?.line ?? rollbackCommand;
const isClick = (line) => line.startsWith('gh workflow run ');
function nextOf({ cause }, result) {
    if (isCheckpoint(cause))
        return [
            wayBackOf(result) === '' ? 'Look at what is live.' : 'Look at what is live, and take it back if it is broken.'
        ];
    const pasted = result.pasteLines.filter(({ line }) => !isClick(line)).map(({ does, line }) => `${does}: ${line}`);
    return [...result.nextSteps, ...pasted];
}
/** A message that tells nothing but that it arrives, for who sets a notifier up. */
const testMessage = ({ repository, checklist, environment }, { at, who, key }) => clean({
    format: 1,
    ...{ key: `test-${key}`, kind: 'start', at },
    headline: `${checklist} on ${environment}: this is a test of its notifications; nothing has to be done`,
    ...{ repository, checklist, environment },
    ...{
        commit: '',
        release: '',
        status: 'PLANNED',
        reason: 'ok',
        who: '',
        startedBy: `${who} (manual)`,
        execution: ''
    },
    ...{ why: '', next: [], rollbackCommand: '', links: [] }
});
/** The same with each of its texts changed, such as redacted. */
function withTexts(message, change) {
    return {
        ...message,
        headline: change(message.headline),
        who: change(message.who),
        why: change(message.why),
        startedBy: change(message.startedBy),
        release: change(message.release),
        next: message.next.map(change),
        rollbackCommand: change(message.rollbackCommand),
        links: message.links.map(({ label, url }) => ({ label: change(label), url: change(url) }))
    };
}
const clean = (message) => withTexts(message, text => {
    const line = (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(text);
    return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
});


/***/ }),

/***/ 6190:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B6: () => (/* binding */ boxesIn),
/* harmony export */   ae: () => (/* binding */ strayTicks),
/* harmony export */   eY: () => (/* binding */ boxLine),
/* harmony export */   qI: () => (/* binding */ tickedBy)
/* harmony export */ });
/** One line of the task list; `words` are Markdown in one line. */
const boxLine = ({ id, ticked, words }) => `- [${ticked ? 'x' : ' '}] ${words} <!-- item ${encodeURIComponent(id).replaceAll('-', '%2D')} -->`;
const BOX = /^[-*] \[([ xX])\] (.*) <!-- item ([\w.%~!*'()]+) -->$/;
/** Every box that is ours, in its order. */
const boxesIn = (body) => body.split(/\r\n|\n|\r/).flatMap(line => {
    const [, box, words = '', id = ''] = BOX.exec(line) ?? [];
    return box === undefined ? [] : [{ id: idOf(id), ticked: box !== ' ', words }];
});
/**
 * The items that one edit has ticked. Each counts only where its line, before and after, is what `shown` says: somebody
 * may have changed the text in front of whoever ticked it.
 */
function tickedBy(before, after, shown) {
    const was = boxesIn(before);
    return boxesIn(after).flatMap(({ id, ticked, words }) => {
        const earlier = was.find(box => box.id === id);
        if (!ticked || earlier?.ticked !== false)
            return [];
        const truth = shown.find(box => box.id === id);
        return [{ id, asShown: truth !== undefined && truth.words === words && earlier.words === words }];
    });
}
/** Items whose box is ticked although nothing of that is known. */
const strayTicks = (body, shown) => boxesIn(body).flatMap(({ id, ticked }) => (ticked && shown.some(box => box.id === id && !box.ticked) ? [id] : []));
function idOf(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return '';
    }
}


/***/ }),

/***/ 1373:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gy: () => (/* binding */ markedIn),
/* harmony export */   lK: () => (/* binding */ answeredIn),
/* harmony export */   rz: () => (/* binding */ answerMarker),
/* harmony export */   we: () => (/* binding */ markerOf)
/* harmony export */ });
const NAME = 'deploy-checklist:sign-offs';
/** A comment of HTML; nothing in it can end it. */
const markerOf = ({ execution, key }) => `<!-- ${NAME} execution=${hidden(execution)} repository=${hidden(key.repository)} checklist=${hidden(key.checklist)} environment=${hidden(key.environment)} -->`;
/** The execution that the page is for, or undefined where it is none of ours. */
function markedIn(body) {
    const [, words = ''] = new RegExp(`^<!-- ${NAME} ((?:\\w+=[\\w.%~!*'()]* )+)-->`).exec(body) ?? [];
    const values = new Map(words
        .trim()
        .split(' ')
        .map(word => word.split('=')));
    const value = (name) => plain(values.get(name) ?? '');
    const execution = value('execution');
    if (execution === '')
        return undefined;
    return {
        execution,
        key: { repository: value('repository'), checklist: value('checklist'), environment: value('environment') }
    };
}
/** Hidden in a reply: the comment that it answers, so that none is answered twice. */
const answerMarker = (comment) => `<!-- deploy-checklist:answer ${hidden(comment)} -->`;
const answeredIn = (body) => {
    const found = /^<!-- deploy-checklist:answer ([\w.%~!*'()]+) -->/.exec(body)?.[1];
    return found === undefined ? undefined : plain(found);
};
// Two dashes would end a comment in the eyes of some; encodeURIComponent leaves them.
const hidden = (text) => encodeURIComponent(text).replaceAll('-', '%2D');
function plain(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return '';
    }
}


/***/ }),

/***/ 8990:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PW: () => (/* binding */ questionsOf),
/* harmony export */   YP: () => (/* binding */ standingOf),
/* harmony export */   dp: () => (/* binding */ leftWaiting)
/* harmony export */ });
/* harmony import */ var _engine_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9543);
/* harmony import */ var _stages_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9395);
/* harmony import */ var _signer_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2149);



/** Every manual item that is not skipped by the checklist, in the plan's order. */
const questionsOf = (plan) => _stages_js__WEBPACK_IMPORTED_MODULE_1__/* .FORWARD_STAGES */ .sr.flatMap(stage => plan.stages[stage])
    .filter(({ kind, skip }) => kind === 'manual' && skip === undefined)
    .map(item => questionOf(item, plan));
function questionOf(item, { people }) {
    const { id, name, spec, optional, timeoutMs } = item;
    return {
        id,
        text: typeof spec['manual'] === 'string' ? spec['manual'] : name,
        by: typeof spec['by'] === 'string' ? spec['by'] : '',
        signer: (0,_signer_js__WEBPACK_IMPORTED_MODULE_2__/* .signerOf */ .r)(item, people),
        second: spec['second'] === true,
        optional,
        ...(timeoutMs !== undefined && { limitMs: timeoutMs })
    };
}
/** From the journal alone: what the page shows, and what a word still changes. */
function standingOf(state, { id, second }) {
    const settled = _stages_js__WEBPACK_IMPORTED_MODULE_1__/* .FORWARD_STAGES */ .sr.map(stage => state.deeds.get((0,_engine_state_js__WEBPACK_IMPORTED_MODULE_0__/* .deedKey */ .qT)(stage, id, 'run'))?.settled).find(found => found !== undefined && found.outcome !== 'waiting');
    // A claim is no word where it has to be somebody else's.
    const word = state.signOffs.findLast(signOff => signOff.item === id && !(second && signOff.claimed));
    if (settled !== undefined)
        return {
            is: 'settled',
            outcome: settled.outcome === 'pass' || settled.outcome === 'skip' ? settled.outcome : 'fail',
            word
        };
    return word === undefined ? { is: 'waits' } : { is: 'said', word };
}
/** Items that a process has come to and left for somebody to answer, and that nobody has answered since. */
const leftWaiting = (state) => questionsOf(state.plan).filter(question => _stages_js__WEBPACK_IMPORTED_MODULE_1__/* .FORWARD_STAGES */ .sr.some(stage => state.deeds.get((0,_engine_state_js__WEBPACK_IMPORTED_MODULE_0__/* .deedKey */ .qT)(stage, question.id, 'run'))?.settled?.outcome === 'waiting') && standingOf(state, question).is === 'waits');


/***/ }),

/***/ 2149:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ judgeSigner),
/* harmony export */   r: () => (/* binding */ signerOf)
/* harmony export */ });
/* harmony import */ var _login_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2695);

/** By the role of the item, or the person that it names itself. */
function signerOf({ spec }, people) {
    const by = typeof spec['by'] === 'string' ? spec['by'] : '';
    const name = by.startsWith('@') ? by : Object.hasOwn(people, by) ? people[by] : undefined;
    if (name === undefined)
        return { kind: 'anybody' };
    return { kind: name.includes('/') ? 'team' : 'person', name };
}
/** Whether a sign-off by `who` may be kept, and whether it is only claimed: `actor` is who started the run. */
function judgeSigner(signer, who, actor) {
    if (signer.kind === 'person' && !(0,_login_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameLogin */ .A)(signer.name, who))
        return 'stranger';
    return signer.kind !== 'team' && (0,_login_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameLogin */ .A)(who, actor) ? 'vouched' : 'claimed';
}


/***/ }),

/***/ 8853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ signOffAnswer),
/* harmony export */   m: () => (/* binding */ goOnAnswer)
/* harmony export */ });
/* harmony import */ var _core_sign_offs_marker_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1373);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4902);


/** The reply to one comment or tick: what was recorded, and what not, why, and what to do instead. */
function signOffAnswer(to, who, said) {
    const marker = (0,_core_sign_offs_marker_js__WEBPACK_IMPORTED_MODULE_1__/* .answerMarker */ .rz)(to);
    const lines = said.map(lineOf);
    const [only] = lines;
    const text = lines.length === 1 ? [`${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(who)}: ${only}`] : [`${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(who)}:`, '', ...lines.map(line => `- ${line}`)];
    return { text: [marker, ...text, ''].join('\n'), marker };
}
function lineOf(said) {
    if ('problem' in said)
        return `not recorded: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(said.problem, 1000)}`;
    const item = (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(said.item);
    if (said.kind === 'refused')
        return `not recorded for ${item}: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(said.why, 1000)}`;
    const { as, words } = said.signOff;
    return `recorded, ${item} ${as === 'na' ? 'does not apply' : 'is done'}${words === '' ? '' : `: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(words)}`}`;
}
/** Where nobody may run the waiting run again: the line that does it. */
function goOnAnswer(attempt, line, why) {
    const marker = (0,_core_sign_offs_marker_js__WEBPACK_IMPORTED_MODULE_1__/* .answerMarker */ .rz)(`go on ${attempt}`);
    return {
        marker,
        text: [marker, `Nothing waits any more. Go on with ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(line)}: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(why, 1000)}`, ''].join('\n')
    };
}


/***/ })

};
