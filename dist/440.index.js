export const id = 440;
export const ids = [440];
export const modules = {

/***/ 2030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ addAfterEnd)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);
/* harmony import */ var _core_kept_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1336);
/* harmony import */ var _begin_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1453);



const TRIES = 20;
/** Adds what is legal after the end (checkpoint, mark, link) to an execution that others may write to as well. */
async function addAfterEnd(id, bodies, ledger, { clock }) {
    for (let tries = 1; tries <= TRIES; tries++) {
        const stored = await (0,_begin_js__WEBPACK_IMPORTED_MODULE_2__/* .mustRead */ .qE)(id, ledger);
        const last = stored.events.at(-1);
        const at = clock.now().toISOString();
        const events = (0,_core_kept_js__WEBPACK_IMPORTED_MODULE_1__/* .linkFor */ ._q)(ledger, bodies, { head: stored.head, seq: last?.seq ?? 0, at, token: stored.record.token });
        const written = await ledger.append({ record: (0,_begin_js__WEBPACK_IMPORTED_MODULE_2__/* .replay */ .eZ)(stored, events), events, expectedHead: stored.head });
        if (written.kind === 'appended')
            return;
    }
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .unavailable */ .hU)('ledger_unavailable', `${id} changed each time something was to be added to it`, 'Try again.');
}


/***/ }),

/***/ 6816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Gd: () => (/* binding */ findChecklist),
/* harmony export */   ls: () => (/* binding */ PLACES),
/* harmony export */   u1: () => (/* binding */ readOwnFiles),
/* harmony export */   zo: () => (/* binding */ readChecklist)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2807);



/** Where a checklist lies that nobody names, the first one first. */
const PLACES = ['.github/deploy-checklist.yml', 'deploy-checklist.yml'];
const MAX_BYTES = 2 ** 20;
/** The file that is meant, relative to the folder; undefined when none is named and none is there. */
async function findChecklist(folder, named) {
    if (named !== '') {
        if (await isFile((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, named)))
            return named;
        const hint = 'Name a file that is there, relative to the folder that this runs in; in Actions after a checkout.';
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .refused */ .J5)('checklist_missing', `there is no file ${named} in ${folder}`, hint);
    }
    for (const place of PLACES)
        if (await isFile((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, place)))
            return place;
    return undefined;
}
const isFile = async (path) => (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).catch(() => undefined))?.isFile() === true;
/** The checklist without errors, or every one of them in one refusal. */
async function readChecklist(folder, file, kinds) {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, file);
    const { size } = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path);
    if (size > MAX_BYTES)
        throw invalid(file, [`${file}:1:1 expected at most 1 MiB, found ${size} bytes`]);
    const { loadChecklist } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(824)]).then(__webpack_require__.bind(__webpack_require__, 824));
    const loaded = loadChecklist({ file, text: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8'), kinds });
    if ('problems' in loaded)
        throw invalid(file, loaded.problems);
    return loaded.checklist;
}
const invalid = (file, problems) => new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ChecklistError */ .vm('REFUSED', 'checklist_invalid', {
    message: `${file} has ${problems.length === 1 ? 'an error' : `${problems.length} errors`}`,
    hint: 'Mend what is named; docs/checklist.yml shows every key.',
    problems
});
/** The bytes of the files that items name as their own, by path relative to the folder; patterns are expanded. */
async function readOwnFiles(folder, patterns) {
    if (patterns.length === 0)
        return {};
    const { expandPatterns } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 8576));
    const files = await expandPatterns(folder, patterns);
    const entries = files.map(async (file) => [file, await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, file))]);
    return Object.fromEntries(await Promise.all(entries));
}


/***/ }),

/***/ 644:
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
// EXTERNAL MODULE: ./build/core/gate/judge.js + 1 modules
var judge = __webpack_require__(5450);
// EXTERNAL MODULE: ./build/core/gate/settings.js
var settings = __webpack_require__(5603);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
// EXTERNAL MODULE: ./build/core/stages.js
var stages = __webpack_require__(9395);
;// CONCATENATED MODULE: ./build/core/weakened/items.js


/** Items that are gone, block no more, are not run any more, lost their way back, or assert something else. */
const itemsWeakened = (before, now) => stages/* FORWARD_STAGES */.sr.flatMap(stage => before[stage].flatMap(was => itemWeakened(was, now[stage])));
function itemWeakened(was, there) {
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
        ...(isSame(is, was) && is.effect === was.effect && !undoesOtherwise(was, is)
            ? []
            : [{ what: 'altered', subject, text: 'asserts or does something else' }])
    ];
}
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

;// CONCATENATED MODULE: ./build/core/weakened/weakened.js




/** What `now` asks less of than `before`, for a deployment to that environment. What is added, or stricter, is not told. */
function weakenings(before, now, environment) {
    const rulesOf = ({ environments }) => environments[environment] ?? checklist/* NO_RULES */.W;
    return [
        ...itemsWeakened(before.stages, now.stages),
        ...rulesWeakened(rulesOf(before), rulesOf(now), `environments.${environment}`),
        ...Object.entries(before.databases).flatMap(([name, was]) => databaseWeakened(name, was, now.databases[name])),
        ...rollbackWeakened(before.rollback, now.rollback),
        ...monitorWeakened(before.monitor, now.monitor),
        ...peopleChanged(before.people, now.people)
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
    const facts = asks ? await shop.gate.read(environment) : { kind: 'unreadable', why: '', hint: '' };
    const found = [...(0,judge/* judgeGate */.$)(own, facts, ref), ...(0,judge/* judgeGate */.$)(theirs, facts, ref)];
    const lowered = theirs.reviewers === 'sign-off' && own.reviewers === undefined;
    return [
        ...found.filter(({ message }, index) => found.findIndex(other => other.message === message) === index),
        ...(lowered ? [withoutSignOff(environment)] : []),
        // Where nothing is promised here, and nothing can be known of there, there is nothing to hold GitHub to.
        ...(demanded.kind === 'unreadable' && Object.keys(own).length > 0 ? [unknownDemands(demanded)] : [])
    ];
}
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
    const { loadChecklist } = await Promise.all(/* import() */[__webpack_require__.e(815), __webpack_require__.e(824)]).then(__webpack_require__.bind(__webpack_require__, 824));
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
/* harmony export */   PP: () => (/* binding */ objections),
/* harmony export */   cp: () => (/* binding */ refuseAll),
/* harmony export */   sF: () => (/* binding */ demandValues)
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
async function objections({ plan, stages, applied, others = true }, shop) {
    const names = demandValues(plan, stages, shop, 'none');
    const execution = viewBefore(plan, shop.host.folder, applied);
    const asked = _core_stages_js__WEBPACK_IMPORTED_MODULE_3__/* .FORWARD_STAGES */ .sr.filter(stage => others || stages.includes(stage)).flatMap(stage => plan.stages[stage].map(async (item) => {
        const found = await ask(item, stage, { plan, execution, names }, shop);
        return stages.includes(stage) ? found : found.filter(({ reason }) => reason !== 'missing_value');
    }));
    return once([...(await withoutRelease(plan, shop)), ...(await Promise.all(asked)).flat()]);
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
async function ask(item, stage, { plan, execution, names }, shop) {
    const kind = shop.kinds.find(({ name }) => name === item.kind);
    if (kind?.guard === undefined || item.skip !== undefined)
        return [];
    const filled = (0,_core_interpolate_js__WEBPACK_IMPORTED_MODULE_4__/* .interpolateAll */ .bC)(item.spec, names, [...(kind.shellText ?? []), ...(kind.nested ?? [])]);
    const parsed = 'value' in filled ? kind.shape.safeParse(filled.value) : undefined;
    if (parsed?.success !== true)
        return [];
    try {
        const { signal, actions } = shop;
        const ledgerDatabase = await shop.ledgerDatabase();
        const planned = Object.values(plan.stages).flat();
        return await kind.guard(parsed.data, {
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
/* harmony export */   TN: () => (/* binding */ keyOf),
/* harmony export */   Vb: () => (/* binding */ nameOf),
/* harmony export */   ls: () => (/* binding */ identify)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5088);


/** In Actions from its variables, elsewhere from git and the machine's user. Throws `no_commit` where neither knows. */
async function identify(host, repository) {
    const actions = (0,_host_js__WEBPACK_IMPORTED_MODULE_1__/* .actionsOf */ .R)(host.env);
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
/** The last part of `owner/name`: what a checklist is called that does not say. */
const nameOf = (repository) => repository.split('/').at(-1) ?? repository;
const keyOf = (repository, checklist, environment) => ({
    repository,
    checklist,
    environment
});


/***/ }),

/***/ 9664:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $E: () => (/* binding */ mustBeOver),
/* harmony export */   Bt: () => (/* binding */ isBetween),
/* harmony export */   _g: () => (/* binding */ isPrepared),
/* harmony export */   c_: () => (/* binding */ lifeOf)
/* harmony export */ });
/* unused harmony export isPaused */
/* harmony import */ var _core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2693);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _begin_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1453);



/**
 * Whether the execution's last process lives. A step of this very attempt came before us, so its run says nothing of it:
 * whether its process is over, only the host knows.
 */
async function lifeOf({ process }, { liveness }) {
    const self = await liveness.self();
    const { runId, runAttempt, ...alone } = process;
    const sameAttempt = runId !== undefined && runId === self.runId && runAttempt === self.runAttempt;
    return await liveness.state(sameAttempt ? alone : process);
}
const isPaused = ({ status }) => status === 'WAITING' || status === 'CANCELLED';
/** Opened ahead of the gate and not taken up yet: it has done nothing, and the environment is not its own. */
const isPrepared = ({ purpose, acted, holdsEnvironment, status }) => purpose === 'deploy' && status === 'PLANNED' && !acted && !holdsEnvironment;
/** Between two stages, or before the first: nothing has begun that did not end. */
async function isBetween(record, ledger) {
    const { events } = await (0,_begin_js__WEBPACK_IMPORTED_MODULE_2__/* .mustRead */ .qE)(record.id, ledger);
    const { stages, rollback } = (0,_core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__/* .stateOf */ .L4)(events);
    if (isPrepared(record))
        return true;
    if (rollback !== undefined || [...stages.values()].includes('started'))
        return false;
    return stages.size > 0 && ![...stages.values()].includes('failed');
}
/** Refuses while somebody may still work for that execution: unknown is not dead, unless a person says so by its id. */
async function mustBeOver(record, takeover, shop) {
    const life = isPaused(record) || takeover === record.id ? 'dead' : await lifeOf(record, shop);
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
// EXTERNAL MODULE: ./build/app/find-checklist.js
var find_checklist = __webpack_require__(6816);
// EXTERNAL MODULE: ./build/app/identity.js
var app_identity = __webpack_require__(4228);
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
    const environment = chooseEnvironment(checklist, wanted.environment);
    const who = await asked;
    return {
        file,
        checklist,
        identity: who,
        key: (0,app_identity/* keyOf */.TN)(who.repository, checklist.name ?? (0,app_identity/* nameOf */.Vb)(who.repository), environment)
    };
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
async function withoutChecklist({ host }) {
    const { lookAround } = await __webpack_require__.e(/* import() */ 583).then(__webpack_require__.bind(__webpack_require__, 4583));
    const { starter } = await __webpack_require__.e(/* import() */ 390).then(__webpack_require__.bind(__webpack_require__, 3390));
    return new errors/* ChecklistError */.vm('REFUSED', 'checklist_missing', {
        message: 'there is no checklist: neither .github/deploy-checklist.yml nor deploy-checklist.yml',
        hint: 'Save the starter below as deploy-checklist.yml, mend it, and try `deploy-checklist plan`.',
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
/** The last execution that succeeded, was not taken back since and is not marked bad: the only honest way back. */
const lastGood = (ledger, key, before = Number.POSITIVE_INFINITY) => findGood(ledger, key, record => record.number < before);
/** The good one of that commit before the undone execution. */
const targetBefore = (ledger, { key, number }, commit) => findGood(ledger, key, record => record.number < number && record.commit === commit);
async function findGood(ledger, key, wanted) {
    // Newest first, so a rollback comes before what it undid; that one's own mark is a write of its own and may be missing.
    const undone = new Set();
    let cursor;
    do {
        const page = await ledger.list({ key, status: ['SUCCESS', 'PARTIAL'] }, cursor === undefined ? { limit: 50 } : { limit: 50, cursor });
        for (const { purpose, undoesExecutionId } of page.records)
            if (purpose === 'rollback')
                undone.add(undoesExecutionId);
        const found = page.records.find(record => isGood(record) && !undone.has(record.id) && wanted(record));
        if (found !== undefined)
            return found;
        cursor = page.next;
    } while (cursor !== undefined);
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

// EXTERNAL MODULE: ./build/core/engine/state.js + 1 modules
var state = __webpack_require__(2693);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
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

// EXTERNAL MODULE: ./build/app/begin.js
var begin = __webpack_require__(1453);
;// CONCATENATED MODULE: ./build/app/promotion.js




/**
 * Every rule of the calendar and of the order that says no now: freeze, window, order, soak. These, and no others, are set
 * aside by a named emergency: it is a reason to hurry, and no proof of anything.
 */
async function closedForNow(plan, ledger, clock) {
    const { key, rules } = plan;
    const { window, freeze, ...others } = rules;
    const now = clock.now();
    const found = [
        ...(freeze === undefined ? [] : [closedBy(key.environment, { ...others, freeze }, now)]),
        ...(window === undefined ? [] : [closedBy(key.environment, { ...others, window }, now)]),
        await notPromoted(plan, ledger)
    ];
    return found.filter(one => one !== undefined);
}
/** The same release must have succeeded where the checklist says, not have been taken back, and be well there since. */
async function notPromoted(plan, ledger) {
    const { rules, key, commit, release } = plan;
    if (rules.after === undefined)
        return undefined;
    const there = { ...key, environment: rules.after };
    const { records } = await ledger.list({ key: there, commit, status: ['SUCCESS', 'PARTIAL'] }, { limit: 20 });
    const found = records.find(record => record.purpose === 'deploy' && record.release === release && !record.rolledBack && record.markedBad === '');
    if (found !== undefined)
        return await notSoaked(found, plan, ledger);
    const message = `${commit.slice(0, 12)} has not succeeded on ${rules.after}, which has to come before ${key.environment}`;
    return (0,errors/* refused */.J5)('not_promoted', message, `Deploy this very commit to ${rules.after} first: \`deploy-checklist run --environment ${rules.after}\`.`);
}
/**
 * Its first checkpoint there must have passed, and every one that was looked at since. One at minute 0 is part of the
 * execution, which would not have succeeded without it.
 */
async function notSoaked(record, { key }, ledger) {
    const { plan, checkpoints } = (0,state/* stateOf */.L4)((await (0,begin/* mustRead */.qE)(record.id, ledger)).events);
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
/* harmony export */   M: () => (/* binding */ recordsOf)
/* harmony export */ });
/** All that a filter finds, newest first, page by page for as long as somebody asks: what decides must not end with a page. */
async function* recordsOf(ledger, filter) {
    let cursor;
    do {
        const page = await ledger.list(filter, cursor === undefined ? { limit: 100 } : { limit: 100, cursor });
        yield* page.records;
        cursor = page.next;
    } while (cursor !== undefined);
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
/* harmony import */ var _life_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9664);
/* harmony import */ var _prepare_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9366);
/* harmony import */ var _records_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2882);





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
    if (isNamed(execution))
        return (await mustKnow(execution, ledger)).key;
    const named = await (0,_prepare_js__WEBPACK_IMPORTED_MODULE_3__/* .prepare */ .iA)(shop, { checklist, environment }).catch(error => error);
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
    return named.runId === runId && acted && !rolledBack && status !== 'SUCCESS' && status !== 'PARTIAL';
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
    for await (const record of (0,_records_js__WEBPACK_IMPORTED_MODULE_4__/* .recordsOf */ .M)(ledger, { key }))
        if (record.purpose === 'deploy' && (record.acted || record.rolledBack))
            return record;
    return undefined;
}
/** The environment is nobody's, the undone one's own, or that of a rollback of it which was cut off. */
async function mustBeFree(named, { holder }, { takeover }, shop) {
    if (holder === undefined)
        return;
    if (holder.id === named.id || holder.undoesExecutionId === named.id)
        return await (0,_life_js__WEBPACK_IMPORTED_MODULE_2__/* .mustBeOver */ .$E)(holder, takeover, shop);
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
/* harmony import */ var _core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2693);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _begin_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1453);
/* harmony import */ var _prepare_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9366);
/* harmony import */ var _records_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2882);
/* harmony import */ var _rollback_choice_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6004);






/** Named by `--to`, else the last good one before it; further back than one only where nothing between them migrated. */
async function targetFor(to, undone, ledger) {
    const near = await (0,_prepare_js__WEBPACK_IMPORTED_MODULE_3__/* .lastGood */ .mC)(ledger, undone.key, undone.number);
    const wanted = to === '' ? near : await (0,_rollback_choice_js__WEBPACK_IMPORTED_MODULE_4__/* .mustKnow */ .Jv)(to, ledger);
    if (wanted === undefined)
        return undefined;
    if (wanted.id !== near?.id)
        await mustBeReachable(wanted, undone, ledger);
    return await asTarget(wanted, ledger);
}
async function asTarget({ id }, ledger) {
    const { events } = await (0,_begin_js__WEBPACK_IMPORTED_MODULE_2__/* .mustRead */ .qE)(id, ledger);
    return { execution: id, plan: (0,_core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__/* .stateOf */ .L4)(events).plan };
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
    if (wanted.status !== 'SUCCESS' && wanted.status !== 'PARTIAL')
        return `it ended ${wanted.status}`;
    if (wanted.rolledBack)
        return `it was rolled back: ${wanted.rollbackReason}`;
    return wanted.markedBad === '' ? undefined : `it is marked bad: ${wanted.markedBad}`;
}
async function migratedBetween(wanted, undone, ledger) {
    for await (const record of (0,_records_js__WEBPACK_IMPORTED_MODULE_5__/* .recordsOf */ .M)(ledger, { key: undone.key })) {
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
    const record = commit === '' ? undefined : await (0,_prepare_js__WEBPACK_IMPORTED_MODULE_3__/* .targetBefore */ .Pi)(ledger, undone, commit);
    return record === undefined ? undefined : await asTarget(record, ledger);
}


/***/ }),

/***/ 1682:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ rollback),
/* harmony export */   q: () => (/* binding */ withEarlierUndos)
/* harmony export */ });
/* harmony import */ var _core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2693);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _core_execution_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6464);
/* harmony import */ var _core_plan_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4115);
/* harmony import */ var _after_end_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2030);
/* harmony import */ var _begin_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1453);
/* harmony import */ var _guards_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6488);
/* harmony import */ var _records_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(2882);
/* harmony import */ var _rollback_choice_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6004);
/* harmony import */ var _rollback_target_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6870);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(226);
/* harmony import */ var _sign_off_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(4652);












const TRIES = 50;
/**
 * Takes an execution back: by hand an execution of its own, linked to the one that it undoes. Works from the journal and
 * the repository alone, so the checklist of today is only asked for its name. Returns the id of what it worked for.
 */
async function rollback(request, shop) {
    const ledger = await shop.ledger();
    const key = await (0,_rollback_choice_js__WEBPACK_IMPORTED_MODULE_7__/* .keyFor */ .bm)(request, ledger, shop);
    for (let tries = 1; tries <= TRIES; tries++) {
        const survey = await ledger.survey(key);
        const undone = await (0,_rollback_choice_js__WEBPACK_IMPORTED_MODULE_7__/* .chosen */ .FV)(request, key, survey, ledger, shop);
        if (undone === undefined)
            return '';
        (0,_sign_off_js__WEBPACK_IMPORTED_MODULE_10__/* .mustFit */ .L)(request.signs, (0,_core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__/* .stateOf */ .L4)((await (0,_begin_js__WEBPACK_IMPORTED_MODULE_5__/* .mustRead */ .qE)(undone.id, ledger)).events).plan);
        const again = unfinished(undone, survey);
        const journal = again === undefined
            ? await begin(request, undone, survey, ledger, shop)
            : await (0,_begin_js__WEBPACK_IMPORTED_MODULE_5__/* .goOn */ .AC)({ do: 'resume', record: again }, ledger, shop, survey);
        if (journal === undefined)
            continue;
        await (0,_sign_off_js__WEBPACK_IMPORTED_MODULE_10__/* .sign */ ._)(request.signs, journal, shop);
        const order = await orderFor(request, undone, journal, ledger);
        await (0,_run_js__WEBPACK_IMPORTED_MODULE_9__/* .work */ .oJ)({ ...request, stage: undefined }, journal, ledger, shop, order);
        if (journal.record.status === 'SUCCESS')
            await close(undone, journal, request, ledger, shop);
        return journal.record.id;
    }
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('environment_held', `${key.environment} changed hands while this rollback tried to take it`, 'Try again.');
}
/** A rollback of this very execution that was killed or cancelled is gone on with, not begun again. */
const unfinished = (undone, { holder }) => holder?.purpose === 'rollback' && holder.undoesExecutionId === undone.id && !(0,_core_execution_js__WEBPACK_IMPORTED_MODULE_2__/* .isEnded */ .pl)(holder) ? holder : undefined;
async function begin(request, undone, survey, ledger, shop) {
    const { events } = await (0,_begin_js__WEBPACK_IMPORTED_MODULE_5__/* .mustRead */ .qE)(undone.id, ledger);
    const begun = (0,_core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__/* .stateOf */ .L4)(events).plan;
    const target = await (0,_rollback_target_js__WEBPACK_IMPORTED_MODULE_8__/* .targetFor */ .x)(request.to, undone, ledger);
    const plan = planBack(begun, undone, target);
    const strange = request.restore.filter(name => !Object.hasOwn(begun.databases, name));
    if (strange.length > 0)
        throw unknownDatabase(strange, begun);
    // A way back that lacks a name in the middle is none: the undos' and those of the smoke test that proves it.
    (0,_guards_js__WEBPACK_IMPORTED_MODULE_6__/* .demandValues */ .sF)(begun, ['rollback'], shop, undone.id);
    if (target !== undefined)
        (0,_guards_js__WEBPACK_IMPORTED_MODULE_6__/* .demandValues */ .sF)(onlyProof(target.plan), ['smoke-test'], shop, undone.id);
    const identity = await shop.identity();
    const holder = survey.holder?.id === undone.id ? survey.holder : undefined;
    const applied = survey.newest?.applied ?? undone.applied;
    return await (0,_begin_js__WEBPACK_IMPORTED_MODULE_5__/* .create */ .vt)({ plan, identity, purpose: 'rollback', hold: true, undoes: undone, applied }, survey, ledger, shop, holder);
}
const onlyProof = (plan) => ({ ...plan, stages: { ...plan.stages, deploy: [], migrate: [] } });
const unknownDatabase = (names, { databases }) => (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('usage', `--restore ${names.join(', ')}: the undone execution knows the databases ${Object.keys(databases).join(', ') || 'none'}`, 'Name one of them.');
/** The undone execution's own plan with what should be live now: what a rollback of a rollback would need is in it too. */
function planBack(begun, undone, target) {
    const { digest: _, ...rest } = begun;
    const plan = {
        ...rest,
        commit: target?.plan.commit ?? begun.previous?.commit ?? '',
        release: target?.plan.release ?? '',
        previous: { execution: undone.id, commit: undone.commit }
    };
    return { ...plan, digest: (0,_core_plan_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(plan) };
}
async function orderFor({ restore, because }, undone, journal, ledger) {
    const begun = journal.state.rollback;
    const target = await (0,_rollback_target_js__WEBPACK_IMPORTED_MODULE_8__/* .targetOfRollback */ .t)(journal, undone, ledger);
    const undoing = await withEarlierUndos(undone, journal.record.id, ledger);
    return {
        scope: 'all',
        cause: 'ok',
        because: begun?.because ?? (because === '' ? `asked for by ${journal.record.actor}` : because),
        undoing,
        target,
        restore: begun?.restore ?? restore
    };
}
/** What an earlier rollback of it that stopped halfway has taken back, is not taken back twice. */
async function withEarlierUndos(undone, own, ledger) {
    const undoing = (0,_core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__/* .stateOf */ .L4)((await (0,_begin_js__WEBPACK_IMPORTED_MODULE_5__/* .mustRead */ .qE)(undone.id, ledger)).events);
    const deeds = new Map(undoing.deeds);
    for await (const { id, undoesExecutionId } of (0,_records_js__WEBPACK_IMPORTED_MODULE_11__/* .recordsOf */ .M)(ledger, { key: undone.key, since: undone.startedAt })) {
        if (undoesExecutionId !== undone.id || id === own)
            continue;
        for (const [key, deed] of (0,_core_engine_state_js__WEBPACK_IMPORTED_MODULE_0__/* .stateOf */ .L4)((await (0,_begin_js__WEBPACK_IMPORTED_MODULE_5__/* .mustRead */ .qE)(id, ledger)).events).deeds)
            if (deed.deed === 'undo' && deed.settled?.outcome === 'pass')
                deeds.set(key, deed);
    }
    return { ...undoing, deeds };
}
/** Both executions say what became of them, so that either one leads to the other. */
async function close(undone, { record }, { because }, ledger, shop) {
    const why = because === '' ? `rolled back by ${record.actor}` : because;
    await (0,_after_end_js__WEBPACK_IMPORTED_MODULE_4__/* .addAfterEnd */ .t)(undone.id, [{ type: 'rolled-back', by: record.id, because: why }], ledger, shop);
}


/***/ }),

/***/ 2118:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  r: () => (/* binding */ closedByRules)
});

// EXTERNAL MODULE: ./build/app/gate.js + 4 modules
var gate = __webpack_require__(644);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/text.js
var core_text = __webpack_require__(6067);
;// CONCATENATED MODULE: ./build/core/commit-checks.js


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
    const entries = entriesOf(facts, runId);
    if (typeof rule === 'object')
        return decideNamed(rule, entries, facts.commit);
    const bad = entries.filter(({ state }) => state !== 'passed' && state !== 'skipped');
    if (bad.length > 0)
        return notGreen(facts.commit, bad);
    if (rule === 'if-any' || entries.some(({ state }) => state === 'passed'))
        return undefined;
    return (0,errors/* refused */.J5)('ci_not_green', `expected a check that passed for ${facts.commit.slice(0, 12)}, found none`, 'Let CI run on this commit; where there is none, say `ci: if-any` in the checklist.');
}
function entriesOf({ checks, statuses, runs }, runId) {
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
    const shown = bad.slice(0, SHOWN).map(({ name, said }) => `${(0,core_text/* oneLine */.TN)(name)} is ${(0,core_text/* oneLine */.TN)(said)}`);
    const more = bad.length > SHOWN ? `, and ${bad.length - SHOWN} more` : '';
    const pending = bad.every(({ state }) => state === 'pending');
    return (0,errors/* refused */.J5)('ci_not_green', `expected the checks of ${commit.slice(0, 12)} to have passed: ${shown.join(', ')}${more}`, pending
        ? 'Wait until they are done, then re-run this job.'
        : 'Mend them or run them again, then re-run this job; `ci: [NAMES]` in the checklist asks for some only.');
}

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
const changedIt = ({ purpose, acted, status }) => purpose !== 'observe' && (acted || status === 'SUCCESS' || status === 'PARTIAL');

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
async function isRed({ rules, commit }, { runId }, { onGitHub }) {
    if (rules.ci === undefined)
        return undefined;
    if (onGitHub === undefined)
        return cannotAsk('ci_not_green', `whether the checks of ${commit.slice(0, 12)} passed`);
    return decideCi(rules.ci, await onGitHub.commitChecks.read(commit), runId);
}
const cannotAsk = (reason, what) => (0,errors/* refused */.J5)(reason, `the checklist asks ${what}, and there is no GitHub to ask here`, 'Run it in GitHub Actions.');

// EXTERNAL MODULE: ./build/app/promotion.js + 1 modules
var promotion = __webpack_require__(1351);
;// CONCATENATED MODULE: ./build/app/rules.js



/**
 * What the environment's rules say against deploying now, asked of the ledger, the calendar and GitHub. A named emergency
 * sets the calendar and the order aside (app/promotion.ts), nothing else.
 */
async function closedByRules(plan, ledger, shop, { prepared, emergency = '', looking }) {
    const ajar = await (0,gate/* closedByGate */.LU)(prepared, looking ? '' : prepared.identity.ref, shop);
    if (ajar !== undefined)
        return ajar;
    const [closed] = emergency === '' ? await (0,promotion/* closedForNow */.e)(plan, ledger, shop.clock) : [];
    // A pull request's own checks still run, and its ref is none that is deployed.
    return closed ?? (looking ? undefined : await closedOnGitHub(plan, ledger, shop));
}


/***/ }),

/***/ 226:
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
// EXTERNAL MODULE: ./build/core/engine/rollback.js + 2 modules
var rollback = __webpack_require__(8302);
// EXTERNAL MODULE: ./build/core/engine/rollback-order.js
var rollback_order = __webpack_require__(1640);
// EXTERNAL MODULE: ./build/core/engine/run-stage.js
var run_stage = __webpack_require__(847);
// EXTERNAL MODULE: ./build/core/engine/state.js + 1 modules
var state = __webpack_require__(2693);
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
        const step = (0,decide/* decide */.LD)(journal.state, wish, paged);
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
    return deed === 'undo' && work.order !== undefined ? { ...shift, bench: (0,rollback_order/* probeBench */.nV)(work.order, shift, work) } : shift;
}
async function settle(work) {
    const { journal, workshop, witnesses } = work;
    const deeds = (0,state/* unresolved */.II)(journal.state);
    for (const deed of deeds) {
        if (await (0,effects/* settleDeeds */.Nm)([deed], shiftOf(deed, work), witnesses))
            continue;
        if (workshop.signal.aborted)
            return true;
        const message = `nobody knows whether ${deed.item} took effect: ${journal.state.deeds.get(`${deed.stage}|${deed.item}|${deed.deed}`)?.settled?.detail ?? ''}`;
        await journal.commit({ type: 'paused', status: 'WAITING', reason: 'unknown_effect', message });
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
    await (0,rollback/* rollBack */.F)(order, shiftFor('rollback', work), { witnesses, repository, errand });
}
async function callPerson(work, message) {
    const { workshop, journal, errand } = work;
    const { names } = shiftFor('monitor', work).bench;
    await (0,page/* page */.M)({ text: journal.state.plan.monitor?.page, folder: errand.folder, names, message }, workshop);
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
const isDone = ({ stage, resume }, record) => stage !== undefined &&
    stage !== 'preflight' &&
    !resume &&
    (record.status === 'SUCCESS' || record.status === 'PARTIAL');
const openNewest = ({ newest }) => newest === undefined || (0,execution/* isEnded */.pl)(newest) ? undefined : newest;
async function goOn(asked, known, record) {
    const later = asked.runId !== '' && asked.runId === record.runId && asked.runAttempt > (record.process.runAttempt ?? 0);
    if (later || record.status === 'WAITING' || record.status === 'CANCELLED')
        return await resume(asked, known, record);
    if (await known.between(record))
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
    if (paused(record) || (await known.between(record)))
        return { do: 'resume', record };
    const life = await lifeOf(record, asked, known);
    if (life === 'dead')
        return { do: 'resume', record };
    throw held(record, life, known);
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
    if (await known.between(record))
        return { do: 'join', record };
    throw held(record, await lifeOf(record, asked, known), known);
}
async function takeOver(asked, known, holder) {
    // Locally a holder between two stages has no process: a person decides what happens to what it has begun.
    const life = paused(holder) ? 'dead' : await lifeOf(holder, asked, known);
    if (life !== 'dead')
        throw held(holder, life, known);
    if (holder.acted)
        throw holder.purpose === 'deploy' ? unfinished(holder) : noDeployment(holder);
    return { do: 'create', takingOver: holder };
}
async function lifeOf(record, asked, known) {
    return asked.takeover === record.id ? 'dead' : await known.life(record);
}
const paused = ({ status }) => status === 'WAITING' || status === 'CANCELLED';
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
const endedAlready = (record) => (0,errors/* refused */.J5)('nothing_to_resume', `${record.id} ended ${record.status} at ${record.completedAt}`, 'Start a new one with `deploy-checklist run`.');
const absent = ({ execution }) => (0,errors/* refused */.J5)('nothing_to_resume', `the ledger knows no execution ${execution}`, 'Look at `deploy-checklist history`.');

// EXTERNAL MODULE: ./build/core/stages.js
var stages = __webpack_require__(9395);
// EXTERNAL MODULE: ./build/app/begin.js
var begin = __webpack_require__(1453);
// EXTERNAL MODULE: ./build/app/gate.js + 4 modules
var gate = __webpack_require__(644);
// EXTERNAL MODULE: ./build/app/guards.js
var guards = __webpack_require__(6488);
// EXTERNAL MODULE: ./build/app/prepare.js + 1 modules
var prepare = __webpack_require__(9366);
// EXTERNAL MODULE: ./build/app/rules.js + 3 modules
var rules = __webpack_require__(2118);
// EXTERNAL MODULE: ./build/app/sign-off.js + 1 modules
var sign_off = __webpack_require__(4652);
;// CONCATENATED MODULE: ./build/app/admit.js






/** Everything that may refuse does so before the execution exists: a refusal leaves no trace and frees nobody's lock. */
async function admit({ signs, emergency }, prepared, survey, { ledger, shop }, { hold, stages, refusedBy, takingOver }) {
    const plan = await (0,prepare/* planFor */.bJ)(prepared, shop, (0,prepare/* previousOf */.te)(await (0,prepare/* lastGood */.mC)(ledger, prepared.key)));
    (0,sign_off/* mustFit */.L)(signs, plan);
    const applied = survey.newest?.applied ?? {};
    const closed = refusedBy?.(plan) ??
        (await (0,rules/* closedByRules */.r)(plan, ledger, shop, { prepared, emergency })) ??
        (0,guards/* refuseAll */.cp)(await (0,guards/* objections */.PP)({ plan, stages, applied }, shop));
    if (closed !== undefined)
        throw closed;
    const { identity } = prepared;
    const weakened = await (0,gate/* tellWeakened */.cr)(prepared, shop);
    const begun = { plan, identity, purpose: 'deploy', hold, applied, weakened };
    return await (0,begin/* create */.vt)(begun, survey, ledger, shop, takingOver);
}

// EXTERNAL MODULE: ./build/app/promotion.js + 1 modules
var promotion = __webpack_require__(1351);
;// CONCATENATED MODULE: ./build/app/emergency.js

/** Writes down which rules a named emergency set aside, once: what they would have said, who did it and why. */
async function declareEmergency({ emergency }, journal, ledger, shop) {
    if (emergency === '' || journal.record.emergency === emergency)
        return;
    const { actor } = await shop.identity();
    const closed = await (0,promotion/* closedForNow */.e)(journal.state.plan, ledger, shop.clock);
    const waived = closed.map(({ reason, message }) => ({ reason, message }));
    await journal.commit({ type: 'emergency', because: emergency, by: actor, waived });
}

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

// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
;// CONCATENATED MODULE: ./build/app/evidence.js


/** What an earlier process has checked or saved too long ago is made afresh by this one, backups too. */
async function expireEvidence({ stage: asked }, events, journal, { clock, terminal }) {
    const { maxAgeMs } = journal.state.plan.rules;
    const now = clock.now();
    const stages = expiredStages(events, { asked, maxAgeMs, now });
    if (stages.length === 0)
        return;
    const limit = maxAgeMs === undefined ? '' : ` (max-age: ${(0,units/* formatDuration */.a3)(maxAgeMs)})`;
    terminal.say(`${stages.join(' and ')} ran too long ago to count${limit}: made afresh.`);
    await journal.commit({ type: 'expired', stages, because: `too old at ${now.toISOString()}${limit}` });
}

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
;// CONCATENATED MODULE: ./build/core/approval.js
/** Reviewers who are required and yet did not approve were passed by: only an admin can do that. */
function judgePassage(facts) {
    const { environment, attempt, reviews, before, hasReviewers } = facts;
    const found = (how, why) => ({ how, why, attempt, given: 0, approvals: [] });
    if ('unknown' in reviews)
        return found('unknown', reviews.unknown);
    const given = reviews.reviews.filter(review => review.state === 'approved' && isFor(review, environment));
    if (given.length > before) {
        return {
            how: 'approved',
            why: '',
            attempt,
            given: given.length,
            approvals: given.map(review => approval(review, facts))
        };
    }
    if (given.length > 0) {
        const why = `the run's approvals for ${environment} were all seen in an earlier attempt, and GitHub does not say which attempt they are for`;
        return { ...found('unknown', why), given: given.length, approvals: given.map(review => approval(review, facts)) };
    }
    if (hasReviewers === true) {
        return found('bypassed', `${environment} has required reviewers, and none of them has approved this run: an admin let it pass`);
    }
    return found('unknown', hasReviewers === undefined
        ? `the reviewers of ${environment} cannot be read`
        : `${environment} has no required reviewers`);
}
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

;// CONCATENATED MODULE: ./build/app/passage.js



/** Stages that change what is deployed: only a job behind the gate runs them. */
const BEHIND = stages/* FORWARD_STAGES */.sr.slice(stages/* FORWARD_STAGES */.sr.indexOf('migrate'));
const isBehindGate = ({ stage, prepare, observe }) => !prepare && !observe && (stage === undefined || BEHIND.some(name => name === stage));
const asksReviewers = ({ rules }) => rules.gate?.reviewers === 'required';
/** Writes down how this attempt came through the gate: who approved what, or that nobody did. */
async function recordPassage(request, journal, ledger, shop) {
    const { plan } = journal.state;
    const { onGitHub } = shop;
    const { runId, runAttempt } = await shop.identity();
    if (onGitHub === undefined || runId === '' || !asksReviewers(plan) || !isBehindGate(request))
        return;
    if (journal.record.gate?.attempt === runAttempt)
        return;
    const before = runAttempt > 1 ? await givenBefore(journal.record, ledger) : 0;
    const passage = await lookAt(journal, onGitHub, before, shop);
    if (passage.how === 'bypassed')
        shop.terminal.say(`Note: ${passage.why}. It is recorded.`);
    await journal.commit({ type: 'gate-passed', digest: plan.digest, ...passage });
}
/** How many approvals earlier attempts of this run have seen, whichever execution they worked for. */
async function givenBefore({ key, runId }, ledger) {
    const { records } = await ledger.list({ key }, { limit: 100 });
    return Math.max(0, ...records.filter(record => record.runId === runId).map(({ gate }) => gate?.given ?? 0));
}
async function lookAt({ state }, { approvals, runs }, before, shop) {
    const { key, commit } = state.plan;
    const { runId, runAttempt } = await shop.identity();
    const [gate, reviews, answer, known] = await Promise.all([
        shop.gate.read(key.environment),
        approvals.read(runId),
        runs.read(runId, runAttempt),
        approvals.commit(commit)
    ]);
    return judgePassage({
        environment: key.environment,
        attempt: runAttempt,
        hasReviewers: gate.kind === 'read' ? gate.facts.reviewers.length > 0 : undefined,
        reviews,
        before,
        run: 'run' in answer ? answer.run : undefined,
        commit: known,
        now: shop.clock.now().toISOString()
    });
}
/**
 * Who approves a job sees the commit that its run is for. Where another one is checked out behind the gate, nobody has
 * approved it, unless a job before the gate has shown the plan.
 */
function approvedAnother({ rules, commit }, { actions }) {
    const sha = actions?.sha ?? '';
    if (rules.gate?.reviewers !== 'required' || sha === '' || sha === commit)
        return undefined;
    return (0,errors/* refused */.J5)('approval_outdated', `who approved this run saw ${sha.slice(0, 12)}, and ${commit.slice(0, 12)} is checked out`, 'Check out what the run is for (actions/checkout without `ref`), or prepare in a job before the gate, so that the plan is what is approved.');
}
/** The plan that was approved is not the one that would be run: what is different, and what to do. */
function changedSince(record, begun, now) {
    const what = begun.commit === now.commit
        ? 'the checklist, its files or this tool changed'
        : `it began with ${begun.commit.slice(0, 12)}, here is ${now.commit.slice(0, 12)}`;
    const differ = `${begun.digest.slice(0, 12)}, now it would be ${now.digest.slice(0, 12)}: ${what}`;
    if (begun.rules.gate !== undefined && !record.acted) {
        return (0,errors/* refused */.J5)('approval_outdated', `what was shown for approval of ${record.id} is the plan ${differ}`, 'Start a new run, so that what is approved is what runs.');
    }
    const hint = `Check out what it began with and resume, or take it back: \`deploy-checklist rollback ${record.id}\`.`;
    return (0,errors/* refused */.J5)('plan_changed', `${record.id} was begun with the plan ${differ}`, hint);
}

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
 * since that may be what it looks at, and what needs a capture of one that was left out.
 */
function preparable(items, lacking, kinds) {
    const unknown = new Set();
    const chosen = [];
    for (const item of items) {
        if (item.skip !== undefined)
            chosen.push(item);
        else if (item.effect === 'action')
            return chosen;
        else if (NOT_AHEAD.includes(item.kind) || lacking.includes(item.id) || mentions(item, unknown, kinds)) {
            for (const name of (0,core_names/* asked */.NZ)(item, kinds, 'captures'))
                unknown.add(name);
        }
        else
            chosen.push(item);
    }
    return chosen;
}
const mentions = (item, names, kinds) => (0,core_names/* textsOf */.CB)(item, kinds).some(({ text, shell }) => (shell ? (0,core_names/* shellNames */.bW)(text) : (0,interpolate/* namesIn */.wX)(text).map(({ name }) => name)).some(name => names.has(name)));

// EXTERNAL MODULE: ./build/app/after-end.js
var after_end = __webpack_require__(2030);
// EXTERNAL MODULE: ./build/app/workshop.js
var app_workshop = __webpack_require__(2071);
;// CONCATENATED MODULE: ./build/app/prepare-execution.js












const TRIES = 50;
/**
 * Opens an execution without the environment's lock and looks at those checks of preflight whose names have values here,
 * so that who approves sees a plan and what was found. Returns its id; `work` ends it where a check failed.
 */
async function prepareExecution(prepared, ledger, shop, { request, work }) {
    if (request.ledger === 'run')
        throw withoutMemory();
    for (let tries = 1; tries <= TRIES; tries++) {
        const survey = await ledger.survey(prepared.key);
        const own = ofThisRun(survey, prepared);
        // Begun behind the gate by an attempt before this one: that job goes on with it.
        if (own !== undefined && !(0,life/* isPrepared */._g)(own)) {
            shop.terminal.say(`${own.id} was begun by an earlier attempt: the job behind the gate goes on with it.`);
            return own.id;
        }
        if (own !== undefined)
            await setAside(own, 'prepared again by a later attempt of its run', ledger, shop);
        // Which values are there behind the gate, nobody can know here: none is demanded.
        const journal = await admit(request, prepared, survey, { ledger, shop }, { hold: false, stages: [] });
        if (journal === undefined)
            continue;
        await declareEmergency(request, journal, ledger, shop);
        if (await lookAhead(journal, shop))
            return journal.record.id;
        await work(journal);
        return journal.record.id;
    }
    throw (0,errors/* refused */.J5)('ledger_unavailable', 'the ledger changed each time this run tried to write to it', 'Try again.');
}
const ofThisRun = ({ holder, newest }, { identity }) => [holder, newest].find(record => record !== undefined && identity.runId !== '' && record.runId === identity.runId && !(0,execution/* isEnded */.pl)(record));
/** Ends one that was prepared and is not wanted any more. */
const setAside = ({ id }, why, ledger, shop) => (0,after_end/* addAfterEnd */.t)(id, [{ type: 'ended', status: 'CANCELLED', reason: 'superseded', message: why }], ledger, shop);
/** True when nothing blocks so far; a check that failed is the end of its stage. */
async function lookAhead(journal, shop) {
    const { plan } = journal.state;
    const items = preparable(plan.stages.preflight, lackingIn(plan, shop), shop.kinds);
    const workshop = (0,app_workshop/* workshopFor */.x)(plan, shop);
    const errand = { folder: shop.host.folder, acceptedLoss: [] };
    const bench = (0,engine_bench/* benchFor */.wL)('preflight', journal, workshop, errand, { plan, live: (0,engine_bench/* liveOf */.QA)(plan) });
    const began = shop.clock.now().getTime();
    const passed = await (0,run_stage/* runItems */.Cb)(items, { bench, workshop, journal }, true);
    if (shop.signal.aborted) {
        const why = `the run was cancelled (${String(shop.signal.reason)})`;
        await journal.commit(...(0,left_behind/* leftBehind */.a)(journal.state, why, why));
        return true;
    }
    const later = plan.stages.preflight.filter(item => !items.includes(item)).map(({ id }) => id);
    if (later.length > 0)
        shop.terminal.say(`Left to the job behind the gate: ${later.join(', ')}.`);
    if (passed) {
        await journal.commit();
        return true;
    }
    const durationMs = shop.clock.now().getTime() - began;
    journal.keep({ type: 'stage-started', stage: 'preflight' });
    await journal.commit({ type: 'stage-ended', stage: 'preflight', passed, durationMs });
    return false;
}
/** Items whose names have no value here; an `env` item only declares its names, and looks whether they have one. */
function lackingIn(plan, { kinds, host }) {
    const known = (0,engine_bench/* builtIns */.b3)('none', plan.key.environment, (0,engine_bench/* liveOf */.QA)(plan));
    const { values, missing } = (0,core_names/* resolveNames */.jN)({ plan, kinds, stages: ['preflight'], env: host.env, builtIns: known });
    const undeclared = plan.stages.preflight.filter(item => (0,core_names/* asked */.NZ)(item, kinds, 'declares').some(name => !Object.hasOwn(values, name)));
    return [...missing.flatMap(({ by }) => by), ...undeclared.map(({ id }) => id)];
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
    const { events } = await (0,begin/* mustRead */.qE)(record.id, ledger);
    const { plan } = (0,state/* stateOf */.L4)(events);
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
    await declareEmergency(request, journal, ledger, shop);
    await (0,sign_off/* sign */._)(request.signs, journal, shop);
    await recordPassage(request, journal, ledger, shop);
    await work(request, journal, ledger, shop);
    return journal.record.id;
}
/** The execution that this process works for: begun, joined or resumed, by the rule of core/engine/opening.ts. An id: nothing is left to do. */
async function run_open(request, prepared, ledger, shop) {
    for (let tries = 1; tries <= run_TRIES; tries++) {
        const survey = await ledger.survey(prepared.key);
        const decided = await decideOpening(asked(request, prepared), await knownFrom(request, survey, ledger, shop));
        const opening = await takenUp(decided, request, survey, ledger, shop);
        if (opening.do === 'nothing')
            return opening.record.id;
        const journal = opening.do === 'create'
            ? await admit(request, prepared, survey, { ledger, shop }, beginning(request, opening, shop))
            : await rejoin(request, prepared, opening, survey, ledger, shop);
        if (journal !== undefined)
            return journal;
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
async function knownFrom({ execution }, { newest, holder }, ledger, shop) {
    return {
        newest,
        holder,
        named: execution === '' ? undefined : (await ledger.read(execution))?.record,
        life: record => (0,life/* lifeOf */.c_)(record, shop),
        because: ({ process }) => shop.liveness.because?.(process) ?? '',
        between: async (record) => (0,life/* isBetween */.Bt)(record, ledger)
    };
}
const beginning = (request, { takingOver }, shop) => ({
    hold: true,
    stages: stagesOf(request),
    refusedBy: plan => approvedAnother(plan, shop),
    takingOver
});
/** The stages that this process may run, and whose names it therefore needs. */
const stagesOf = ({ stage }) => stages/* FORWARD_STAGES */.sr.filter(name => stage === undefined || name === stage);
async function rejoin(request, prepared, opening, survey, ledger, shop) {
    const { events } = await (0,begin/* mustRead */.qE)(opening.record.id, ledger);
    const begun = (0,state/* stateOf */.L4)(events).plan;
    await mustStandOnNewest(opening.record, begun, ledger);
    (0,sign_off/* mustFit */.L)(request.signs, begun);
    const plan = await (0,prepare/* planFor */.bJ)(prepared, shop, begun.previous);
    if (plan.digest !== begun.digest)
        throw changedSince(opening.record, begun, plan);
    (0,guards/* demandValues */.sF)(plan, leftOf(request, opening.record), shop, opening.record.id);
    const ahead = (0,life/* isPrepared */._g)(opening.record);
    if (opening.do === 'join' || ahead) {
        // What the first process could not ask of this stage, for want of a secret, is asked now; ahead of the gate, of any.
        const inquiry = { plan, stages: leftOf(request, opening.record), applied: opening.record.applied, others: ahead };
        const closed = (ahead
            ? await (0,rules/* closedByRules */.r)(plan, ledger, shop, {
                prepared,
                emergency: request.emergency || opening.record.emergency
            })
            : undefined) ?? (0,guards/* refuseAll */.cp)(await (0,guards/* objections */.PP)(inquiry, shop));
        if (closed !== undefined)
            throw closed;
    }
    const journal = await (0,begin/* goOn */.AC)(opening, ledger, shop, survey);
    await expireEvidence(request, events, journal, shop);
    return journal;
}
/** Before it has acted it holds nothing, so a newer release may have come: that one is not overwritten by an older. */
async function mustStandOnNewest({ id, key, acted }, { previous }, ledger) {
    const good = acted ? undefined : await (0,prepare/* lastGood */.mC)(ledger, key);
    if (good === undefined || good.id === previous?.execution)
        return;
    throw (0,errors/* refused */.J5)('superseded', `${id} was begun on ${previous?.execution ?? 'nothing'}, and since then ${good.id} (commit ${good.commit.slice(0, 12)}) succeeded`, 'Start a new one with `deploy-checklist run`.');
}
const leftOf = (request, record) => (0,execution/* isEnded */.pl)(record) ? [] : stagesOf(request);
/** Only the checks, without the lock, recorded as what it is. */
async function observe(prepared, ledger, shop) {
    for (let tries = 1; tries <= run_TRIES; tries++) {
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
        const journal = await (0,begin/* create */.vt)(begun, survey, ledger, shop);
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
        ...(order && { order })
    };
    await withHeartbeat(journal, ledger, shop, () => execute(whole));
}
/** The execution that a rollback leads to, with the plan that it stored; undefined if it was deleted since. */
async function targetOf({ previous }, ledger) {
    const stored = previous === null ? undefined : await ledger.read(previous.execution);
    return stored && { execution: stored.record.id, plan: (0,state/* stateOf */.L4)(stored.events).plan };
}


/***/ }),

/***/ 4652:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  L: () => (/* binding */ mustFit),
  _: () => (/* binding */ sign)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
;// CONCATENATED MODULE: ./build/app/signer.js
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
    if (signer.kind === 'person' && !isSame(signer.name, who))
        return 'stranger';
    return signer.kind !== 'team' && isSame(who, actor) ? 'vouched' : 'claimed';
}
// As GitHub compares its users: whatever their case, and @alice is alice.
const isSame = (one, other) => loginOf(one) === loginOf(other);
const loginOf = (name) => name.replace(/^@/, '').toLowerCase();

;// CONCATENATED MODULE: ./build/app/sign-off.js


/**
 * Refuses a sign-off that names no item of the plan: it would be kept, and nobody would ever look at it; and one by
 * somebody else than the one person whose word the item asks for.
 */
function mustFit(signs, plan) {
    for (const sign of signs) {
        if (itemsOf(plan).every(({ id }) => id !== sign.item))
            throw stray(sign, plan);
        const signer = signerFor(sign, plan);
        if (judgeSigner(signer, sign.who, '') === 'stranger')
            throw stranger(sign, signer);
    }
}
const itemsOf = ({ stages }) => Object.values(stages).flat();
function signerFor({ item }, plan) {
    const planned = itemsOf(plan).find(({ id }) => id === item);
    return planned === undefined ? { kind: 'anybody' } : signerOf(planned, plan.people);
}
function stray({ item }, plan) {
    const items = itemsOf(plan);
    const manual = items.filter(({ kind }) => kind === 'manual');
    const known = (manual.length > 0 ? manual : items).map(({ id }) => id).join(', ');
    const which = manual.length > 0 ? 'Those that wait for a person are' : 'Its items are';
    return (0,errors/* refused */.J5)('usage', `--sign ${item}=…: the plan has no item ${item}`, `${which} ${known}.`);
}
function stranger({ item, who }, signer) {
    const name = 'name' in signer ? signer.name : '';
    return (0,errors/* refused */.J5)('usage', `--sign ${item}=${who}:…: expected the word of ${name}, found that of ${who}`, `Let ${name} answer (--sign ${item}=${name.slice(1)}:WORDS); or name somebody else under people, and begin anew.`);
}
/** Writes sign-offs that came with the request. Only who started the run is vouched for; anybody else is claimed. */
async function sign(signs, journal, shop) {
    const { actor } = await shop.identity();
    const at = shop.clock.now().toISOString();
    for (const given of signs) {
        const claimed = judgeSigner(signerFor(given, journal.state.plan), given.who, actor) !== 'vouched';
        const signOff = { ...given, claimed, at };
        await journal.commit({ type: 'signed', signOff });
    }
}


/***/ }),

/***/ 2440:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  obeyAndPrint: () => (/* reexport */ obeyAndPrint),
  openShop: () => (/* reexport */ openShop),
  session: () => (/* reexport */ session),
  settle: () => (/* reexport */ settle)
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
var postgres_client = __webpack_require__(9004);
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
        const over = (0,postgres_client/* withClient */.S)(url, { signal }, async ({ query }) => {
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
    const actions = (0,app_host/* actionsOf */.R)(host.env);
    if (wanted.startsWith('env:'))
        return await inPostgres(choice, wanted.slice(4));
    if (wanted.startsWith('file:'))
        return inFolder(choice, wanted.slice(5));
    if (wanted === 'run' && actions !== undefined)
        return inFolder(choice, (0,external_node_path_.join)(actions.temporary, 'deploy-checklist-ledger'));
    if (wanted === '' && actions === undefined)
        return inFolder(choice, defaultFolder(host));
    const branch = branchIn(wanted);
    if (branch !== undefined && actions !== undefined)
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
function branchIn(wanted) {
    const [found, name] = BRANCH.exec(wanted === '' ? 'branch' : wanted) ?? [];
    return found === undefined ? undefined : (name ?? DEFAULT_BRANCH);
}
async function onBranch({ host, wanted, onBranch }, branch) {
    if (onBranch !== undefined)
        return await onBranch(branch, host.clock);
    throw (0,errors/* refused */.J5)('ledger_missing', `${wanted === '' ? 'the input `ledger` is empty: it' : 'the ledger'} is to be the branch ${branch} of this repository, and this step has no token to write it with`, 'Give the job `permissions: { contents: write }` and leave the input `github-token` as it is; or say `ledger: env:NAME` with a Postgres URL in that variable, or `ledger: run` (recorded in this run only, no lock between runs, no rollback click).');
}
// A URL may hold a password, and it is not yet known as a secret.
const unknown = (wanted) => (0,errors/* refused */.J5)('usage', `a ledger is env:NAME, file:FOLDER or, in Actions, branch, branch:NAME or run; found ${wanted.includes(':/') ? 'a URL' : JSON.stringify(wanted)}`, 'A URL is never written there: the runner prints inputs.');

;// CONCATENATED MODULE: ./build/core/once.js
function once(make) {
    let made;
    const get = () => {
        made ??= make();
        return made;
    };
    return Object.assign(get, { asked: () => made !== undefined });
}

;// CONCATENATED MODULE: ./build/github/about-repository.js


/** Asked once, however many want to know. A repository that the token does not see looks as if there were none. */
const openAboutRepository = (github) => once(() => ask(github));
async function ask(github) {
    const answer = await github.ask({
        method: 'GET',
        path: '/repos/{owner}/{repo}',
        needs: 'contents: read',
        what: `tell the repository ${github.repository}`,
        expect: [404]
    });
    if (answer.status !== 404)
        return answer.data;
    throw (0,errors/* refused */.J5)('missing_permission', `GitHub knows no repository ${github.repository}, or does not show it to this token`, 'Give the job `permissions: contents: read`, or use a token that may read this repository.');
}

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
            found.push(...listOf(entries(page.data), request));
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
function listOf(list, request) {
    if (!Array.isArray(list))
        throw odd(request, 'something else');
    return list;
}
const odd = ({ what }, found) => (0,errors/* unavailable */.hU)('github_unavailable', `GitHub did not ${what}: expected a list, found ${found}`, 'Run it again.');

;// CONCATENATED MODULE: ./build/github/members.js

function membersOf(value) {
    const of = (name) => (isRecord(value) ? value[name] : undefined);
    return {
        text: name => asText(of(name)),
        number: name => asNumber(of(name)),
        inner: name => membersOf(of(name)),
        list: name => members_listOf(of(name))
    };
}
/** The entries of a list; of anything else none. */
const members_listOf = (value) => (Array.isArray(value) ? value.map(membersOf) : []);
const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const asText = (value) => (typeof value === 'string' ? value : '');
const asNumber = (value) => (typeof value === 'number' && Number.isFinite(value) ? String(value) : '');
/** The entries of a page. A page without its list is no empty one: nothing is known then. */
function members_entriesIn(page, name) {
    const list = isRecord(page) ? page[name] : undefined;
    if (Array.isArray(list))
        return list.map(membersOf);
    throw (0,errors/* unavailable */.hU)('github_unavailable', `expected a list of ${name} from GitHub, found something else`, 'Try again; look at githubstatus.com.');
}

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
        }
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
        return { unknown: `${error.message}. ${error.hint}` };
    }
}
/**
 * The machine's own answer, and where it has none GitHub's: a holder of Actions is dead when its run is over. A later
 * attempt of the same run knows that without asking.
 */
function livenessOnGitHub(machine, runs, repository) {
    const said = new Map();
    // Without the host: a ledger that everybody can read conceals it.
    const keyOf = ({ runId, runAttempt, pid, startedAt }) => [runId, runAttempt, pid, startedAt].join(' ');
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
            said.set(keyOf(process), life.because);
            return life.state;
        },
        because: process => said.get(keyOf(process)) ?? machine.because?.(process) ?? ''
    };
}
const owner = ({ repository }) => (repository === undefined ? {} : { repository });
async function askRun(run, runs, repository) {
    return notOurs(run, repository) ?? lifeOfRun(run, await runs.read(run.runId, run.runAttempt));
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
        return { reviews: members_entriesIn({ reviews: data }, 'reviews').map(reviewFrom) };
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
}, page => members_entriesIn(page, 'check_runs'));
// The combined status has the newest one of each context; its own word is `pending` where there is none at all.
async function readStatuses(github, commit) {
    const found = await github.all({
        method: 'GET',
        path: '/repos/{owner}/{repo}/commits/{ref}/status',
        parameters: { ref: commit },
        needs: 'statuses: read',
        what: `tell the statuses of ${commit.slice(0, 12)}`
    }, page => members_entriesIn(page, 'statuses'));
    return found.map(status => ({ context: status.text('context'), state: status.text('state') }));
}
const readRuns = async (github, commit) => await github.all({
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/runs',
    parameters: { head_sha: commit },
    needs: 'actions: read',
    what: `tell the workflow runs of ${commit.slice(0, 12)}`
}, page => members_entriesIn(page, 'workflow_runs'));
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
const OURS = /\/deploy-checklist\/\.github\/workflows\/(?:deploy|rollback|monitor)\.ya?ml(?:@|$)/;
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

;// CONCATENATED MODULE: ./build/app/front.js









/**
 * In Actions everything that the job's token may. Elsewhere only what the command `gate` shows and sets: a run that no
 * environment holds back is behind no gate, whatever GitHub would enforce for others.
 */
function openFront(options, isAboutGate) {
    const { host, actions, machine } = options;
    const token = host.gitHubToken ?? '';
    if (token === '')
        return { gate: front_closed(actions === undefined ? NO_TOKEN_HERE : NO_TOKEN), liveness: machine };
    if (actions !== undefined)
        return inActions(options, actions, token);
    return isAboutGate ? forAdmin(options, token) : { gate: front_closed(OUTSIDE), liveness: machine };
}
function inActions({ host, machine, signal, say }, { repository }, token) {
    const base = { url: apiOf(host), token, repository, clock: host.clock, env: host.env, onWait: say };
    const github = openGitHub({ ...base, signal });
    const { about, ...gate } = aboutGate(github);
    const runs = openRuns(github);
    return {
        ...gate,
        onGitHub: {
            commitChecks: openCommitChecks(github),
            refs: openRefs(github),
            runs,
            approvals: openApprovals(github)
        },
        liveness: livenessOnGitHub(machine, runs, repository),
        ledger: async (branch, clock) => {
            const { openBranchLedger } = await __webpack_require__.e(/* import() */ 196).then(__webpack_require__.bind(__webpack_require__, 1196));
            const { visibility, private: isPrivate } = await about();
            // What a cancelled run leaves must still be written down, so this one has no signal.
            const publicRepository = visibility === undefined ? !isPrivate : visibility !== 'private' && visibility !== 'internal';
            return openBranchLedger({ github: openGitHub(base), branch, clock, publicRepository });
        }
    };
}
function forAdmin({ host, machine, repository, signal, say }, token) {
    const opened = once(async () => {
        const name = await repository();
        const base = { url: apiOf(host), token, repository: name, clock: host.clock, env: host.env, onWait: say };
        return aboutGate(openGitHub({ ...base, signal }));
    });
    return {
        gate: { read: async (environment) => await (await opened()).gate.read(environment) },
        gateKeeper: { apply: async (...asked) => await (await opened()).gateKeeper.apply(...asked) },
        defaultBranch: { read: async (file) => await (await opened()).defaultBranch.read(file) },
        liveness: machine
    };
}
/** What each of these has been told is remembered by it, so that they are made once. */
function aboutGate(github) {
    const about = openAboutRepository(github);
    const options = { github, about };
    return {
        about,
        gate: openGate(options),
        gateKeeper: openGateKeeper(options),
        defaultBranch: openDefaultBranch(github)
    };
}
const apiOf = ({ env }) => env['GITHUB_API_URL'] || 'https://api.github.com';
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

// EXTERNAL MODULE: ./build/app/identity.js
var app_identity = __webpack_require__(4228);
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
/** The fault that the engine ends an item with whose time is over; undefined on a cancel, and while it may run. */
const timeOver = ({ reason }) => reason instanceof errors/* ChecklistError */.vm && reason.status !== 'CANCELLED' ? reason : undefined;
/**
 * A service that does not answer, or not in the item's time, is a finding about the service, which may come up while the
 * check polls; a cancel and any other fault are not for a check to judge and are thrown on.
 */
function unanswered(thrown, signal) {
    const fault = signal.aborted ? timeOver(signal) : thrown;
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

// EXTERNAL MODULE: ./build/core/interpolate.js
var interpolate = __webpack_require__(7393);
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

// EXTERNAL MODULE: ./build/core/text.js
var core_text = __webpack_require__(6067);
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



const cookies_rules = someOf({
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
const cookieExpectation = () => oneOf([word('exists', 'absent'), cookies_rules], 'exists, absent, or attributes such as {HttpOnly: true}');
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

// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
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
    run: async ({ manual, by, second }, context) => {
        const { item, execution, signal } = context;
        // Nor is a terminal asked: whoever sits there started this, and may write any name.
        if (second === true)
            return bySecond(context, by);
        // The last word counts, so that a person can change their mind.
        const given = execution.signOffs.findLast(signOff => signOff.item === item.id);
        if (given !== undefined)
            return manual_judge(given, agrees(given.words), by);
        const answer = await interview.ask({ item: item.id, text: manual, by, signal });
        if (answer !== undefined)
            return manual_judge(answer, answer.agrees, by);
        return signal.aborted ? nobodyInTime(context) : waiting(item.id, by);
    }
});
function bySecond(context, by) {
    const { item, execution, signal } = context;
    const word = (0,second_person/* secondWord */.fV)(execution.signOffs, item.id, execution.starter);
    if (word.kind === 'given')
        return manual_judge(word.signOff, agrees(word.signOff.words), by);
    if (signal.aborted)
        return nobodyInTime(context);
    const hint = `Let them sign in a run of their own: \`deploy-checklist sign ${execution.id} --sign ${item.id}=WHO:WORDS\` (input sign).`;
    return { outcome: 'waiting', detail: word.why, hint, reason: 'waiting_for_person' };
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
            onStart: program => void context.note({ program }).catch(() => { }),
            onLine: line => context.say(line)
        });
        return run_judge(spec, exit, context);
    }
});
const run_asTexts = (env) => Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
function run_judge(spec, exit, { item, signal, timeoutMs }) {
    if (exit.kind === 'timed-out' || (exit.kind === 'aborted' && timeOver(signal) !== undefined))
        return tooLate(exit, timeoutMs);
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
const tooLate = (exit, timeoutMs) => fail(`no end within ${(0,units/* formatDuration */.a3)(timeoutMs)}; it was ${exit.byItself ? 'asked to end' : 'killed with all that it had started'}`, 'Find out what it waits for, or give it a longer `timeout`.');
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

// EXTERNAL MODULE: ./build/core/kept.js
var kept = __webpack_require__(1336);
;// CONCATENATED MODULE: ./build/core/redact/secret-forms.js
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
const secret_forms_json = (text) => JSON.stringify(text).slice(1, -1);
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
    secret_forms_json,
    (text) => secret_forms_json(text).replace(/[^\0-\x7f]/g, unicode), // ASCII only, as Python writes it
    (text) => secret_forms_json(text).replace(/[<>&'+\u2028\u2029]/g, unicode), // as Go and .NET write it
    (text) => secret_forms_json(text).replaceAll('/', '\\/') // as PHP writes it
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
    (text) => secret_forms_json(text).replaceAll('\\"', '"').replaceAll("'", "\\'"), // $'…', Python's repr
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
        ...once.map(secret_forms_json),
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
        for (const form of formsOf(secret)) {
            index.add(form);
            if (hasShortLine(form))
                for (const beginning of beginningsOf(form))
                    beginnings.add(beginning);
        }
    }
    for (const secret of secrets)
        add(secret);
    return {
        add,
        redact: text => hide(text, index.find(text)),
        find: index.find,
        longest: index.longest,
        mayGoOn: text => [...beginnings].some(beginning => text.endsWith(beginning))
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
// Brackets and commas of a JSON secret are no secret; without this, each line that ends in `{` would have to wait.
const hasShortLine = (form) => form.includes('\n') &&
    form.split('\n').some(line => line.trim().length < SHORTEST_HIDDEN && /[\p{L}\p{N}]/u.test(line));
const beginningsOf = (form) => [...form.replaceAll('\r\n', '\n').matchAll(/\n/g)].map(({ index }) => form.replaceAll('\r\n', '\n').slice(0, index + 1));
const WIDTH = SHORTEST_HIDDEN;
const SLOTS = 1 << 18;
/**
 * One pass over the text for any number of forms: each is filed under four of its characters, those that the fewest
 * others are filed under, and only where these four stand is it compared. A rolling hash (24 bits, six for each
 * character) finds them; `taken` keeps most positions away from the map.
 */
function createIndex() {
    const anchors = new Map();
    const taken = new Uint8Array(SLOTS);
    let longest = 0;
    function add(form) {
        const { hash, at } = rarest(form);
        const filed = anchors.get(hash) ?? [];
        if (filed.some(anchor => anchor.form === form))
            return;
        anchors.set(hash, [...filed, { form, at }]);
        taken[slot(hash)] = 1;
        longest = Math.max(longest, form.length);
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
    function find(text) {
        if (longest === 0)
            return [];
        const found = [];
        let hash = 0;
        for (let i = 0; i < text.length; i++) {
            hash = roll(hash, text.charCodeAt(i));
            if (taken[slot(hash)] === 0)
                continue;
            for (const { form, at } of anchors.get(hash) ?? []) {
                const start = i - WIDTH + 1 - at;
                if (start >= 0 && text.startsWith(form, start))
                    found.push({ start, end: start + form.length });
            }
        }
        return merged(found);
    }
    return { add, find, longest: () => longest };
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
var source = __webpack_require__(1937);
;// CONCATENATED MODULE: ./build/database/store.js





/** A file of a store under a name that says it is not finished: made 0600 before anything is written into it. */
async function beginFile(folder, name) {
    await store_makeFolder(folder);
    const path = (0,external_node_path_.join)(folder, `${name}.partial`);
    await (0,promises_.rm)(path, { force: true });
    const file = await (0,promises_.open)(path, 'wx', 0o600);
    await file.close();
    return path;
}
/** Makes a finished file durable, then gives it its name: a reader sees all of it or nothing. */
async function finishFile(partial) {
    const path = partial.replace(/\.partial$/, '');
    await (0,promises_.chmod)(partial, 0o600);
    await sync(partial);
    await (0,promises_.rename)(partial, path);
    await sync((0,external_node_path_.dirname)(path));
    return path;
}
/**
 * Writes the receipt beside the bytes that it is about, with what only this file may hold: settings of a database can be
 * secrets, and a receipt is shown.
 */
async function writeManifest(receipt, more = {}) {
    const name = (0,external_node_path_.basename)(manifestOf(receipt.location));
    const partial = await beginFile((0,external_node_path_.dirname)(receipt.location), name);
    const file = await (0,promises_.open)(partial, 'w');
    await file.writeFile(`${JSON.stringify({ ...receipt, ...more }, null, 2)}\n`);
    await file.close();
    await finishFile(partial);
}
const manifestOf = (location) => `${location}.json`;
async function readManifest(location) {
    try {
        const { properties: _p, roles: _r, listing: _l, ...receipt } = JSON.parse(await (0,promises_.readFile)(manifestOf(location), 'utf8'));
        return receipt;
    }
    catch {
        return undefined;
    }
}
async function removeBackup(location) {
    await (0,promises_.rm)(location, { force: true });
    await (0,promises_.rm)(manifestOf(location), { force: true });
}
/** SHA-256 of the bytes as they lie on the disk, and how many they are. */
async function digestFile(path, signal) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let bytes = 0;
    for await (const chunk of (0,external_node_fs_.createReadStream)(path, { signal, highWaterMark: 1 << 20 })) {
        hash.update(chunk);
        bytes += chunk.length;
    }
    return { sha256: hash.digest('hex'), bytes };
}
/** Removes the oldest backups of the same subject and source, so that `keep` are left. Returns what went. */
async function removeOld(newest, keep) {
    const folder = (0,external_node_path_.dirname)(newest.location);
    const names = (await (0,promises_.readdir)(folder)).filter(name => name.endsWith('.json'));
    const receipts = await Promise.all(names.map(name => readManifest((0,external_node_path_.join)(folder, name.slice(0, -'.json'.length)))));
    const going = choosePast(receipts.flatMap(receipt => (receipt !== undefined && (0,external_node_path_.dirname)(receipt.location) === folder ? [receipt] : [])), newest, keep);
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
    for (let folder = path;; folder = (0,external_node_path_.dirname)(folder)) {
        try {
            const [{ bavail, bsize }, { dev }] = await Promise.all([(0,promises_.statfs)(folder), (0,promises_.stat)(folder)]);
            return { bytes: bavail * bsize, device: dev };
        }
        catch (error) {
            if (folder === (0,external_node_path_.dirname)(folder))
                throw error;
        }
    }
}
/** `20261120T174455Z`: sorts as time does. For names that nothing else makes unique, `fineStampOf`. */
const stampOf = (at) => at.toISOString().replace(/[-:]|\.\d+/g, '');
/** `20261120T174455123Z`, to the millisecond. */
const fineStampOf = (at) => at.toISOString().replace(/[-:.]/g, '');
async function store_makeFolder(folder) {
    try {
        await (0,promises_.mkdir)(folder, { recursive: true, mode: 0o700 });
    }
    catch (cause) {
        throw (0,errors/* unavailable */.hU)('no_lasting_store', `the store ${folder} cannot be made`, 'Name a folder that can be written.', cause);
    }
}
async function sync(path) {
    const file = await (0,promises_.open)(path, 'r');
    try {
        await file.sync();
    }
    finally {
        await file.close();
    }
}

;// CONCATENATED MODULE: ./build/database/backup-facts.js














/** The database of that name with its values filled in, and the folder for its dumps. */
function targetOf(name, { execution, names }, { defaultStore }) {
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
    return { name, plan: filled, database: (0,address.parseAddress)(filled.url), folder };
}
/** Everything that decides about a backup, or that the URL is pooled: then nothing else can be asked. Changes nothing. */
async function readBackupFacts(target, context, ports) {
    const { database, plan, name } = target;
    const { signal } = context;
    if (await (0,rights/* isPooled */.Ue)(database, { signal }))
        return 'pooled';
    const seen = await (0,postgres_client/* withClient */.S)(database, { signal }, async (connection) => ({
        source: await (0,source/* readSource */.o$)(connection),
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
        storeGiven: plan.store !== undefined,
        copyAllowed: plan.scratch === postgres_scratch/* HERE */.Dg,
        space: {
            store: { path: target.folder, ...(await freeSpace(target.folder)) },
            scratch: ours ? await spaceForServer() : undefined
        }
    };
}
async function readTools({ scratch }, { major }, { signal, names }, ports) {
    const found = await (0,programs/* findPrograms */.z0)(ports.baseEnv['PATH'] ?? '', ports.places);
    const client = (0,programs/* chooseClient */.Pg)(found, major);
    const chosen = await (0,postgres_scratch/* chooseScratch */.Ct)({
        given: scratch,
        found,
        docker: () => (0,docker/* dockerAnswers */.e)({ shell: ports.shell, env: programEnv(ports, names), signal }),
        embedded: () => (0,embedded/* findEmbedded */.o)(ports.program),
        majors: { server: major, client: client?.major ?? major }
    });
    const seen = found.filter(({ has }) => has.includes('pg_dump')).map(({ version }) => version);
    return { client, seen, scratch: chosen };
}
async function spaceForServer() {
    const path = await (0,server/* serverParent */.cc)();
    return { path, ...(await freeSpace(path)) };
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

// EXTERNAL MODULE: ./build/database/postgres/quote.js
var postgres_quote = __webpack_require__(3702);
;// CONCATENATED MODULE: ./build/database/postgres/closed.js




/** For what cannot be done from inside the database itself: its neighbour `postgres`, else `template1`. */
async function withNeighbour(database, signal, work) {
    const name = await (0,postgres_client/* withClient */.S)((0,address/* inDatabase */.jG)(database, 'postgres'), { signal }, async () => 'postgres').catch(error => {
        // Missing, or not ours to enter; whatever else is wrong is wrong with the other one too.
        if (error instanceof errors/* ChecklistError */.vm && error.status === 'REFUSED')
            return 'template1';
        throw error;
    });
    return (0,postgres_client/* withClient */.S)((0,address/* inDatabase */.jG)(database, name), { signal }, work);
}
/**
 * From `work`'s call of `close` on nobody can connect to the database. It is open again afterwards in every case but the
 * end of our process: what is to reopen it then has to be noted before. `closedMs` is how long that was.
 */
async function withClosing(database, { signal, nowMs }, work) {
    let closedAt;
    const close = except => withNeighbour(database, signal, async (neighbour) => {
        closedAt = nowMs();
        await neighbour.query(`ALTER DATABASE ${(0,postgres_quote/* quoteName */.A)(database.database)} ALLOW_CONNECTIONS false`);
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
    const name = (0,postgres_quote/* quoteName */.A)(database.database);
    try {
        await withNeighbour(database, AbortSignal.timeout(5_000), neighbour => neighbour.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`));
    }
    catch (cause) {
        throw (0,errors/* unavailable */.hU)('service_unavailable', `the database ${database.database} could not be opened again: nobody can connect to it`, `As soon as its server answers: ALTER DATABASE ${name} ALLOW_CONNECTIONS true`, cause);
    }
}
/** Ends every session in the database and waits until they are gone. */
async function endSessions({ query }, database, { except, signal }) {
    const spared = [0, ...except].join(', ');
    for (let tries = 0; tries < 200; tries += 1) {
        (0,postgres_client/* throwIfCancelled */.d)(signal);
        const { rows } = await query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = $1 AND pid NOT IN (${spared}) AND backend_type NOT IN ('parallel worker', 'autovacuum worker')`, [database]);
        if (rows.length === 0)
            return;
        await query('SELECT pg_sleep(0.05)');
    }
    throw (0,errors/* unavailable */.hU)('service_unavailable', `sessions in ${database} did not end within 10 s`, 'Look at pg_stat_activity for what they do, end them, and try again.');
}

// EXTERNAL MODULE: ./build/database/postgres/faults.js
var faults = __webpack_require__(9213);
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
    const partial = await beginFile(store.folder, store.name);
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
        const location = await finishFile(partial);
        const digest = await digestFile(location, request.signal);
        request.say(`dumped ${source.database}: ${digest.bytes} bytes`);
        return { location, ...digest, ...seen, seconds };
    }
    catch (error) {
        await removeBackup(partial);
        await removeBackup(partial.replace(/\.partial$/, ''));
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
            await removeBackup((await taking).location);
            return proof;
        }
        const total = secondsBetween(startedAt, request.clock.now());
        return { receipt: receiptOf(request, await taking, { ...proof, takenAt: startedAt, total }) };
    }
    catch (error) {
        giveUp.abort(error);
        const taken = await taking.catch(() => undefined);
        if (taken !== undefined)
            await removeBackup(taken.location);
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
    const { result: fingerprint, closedMs } = await withClosing(database, { signal, nowMs }, async (close) => {
        // Its session is there before the door is shut, and is the only one that may stay.
        const beforehand = (pid) => close([pid]);
        const taken = await takeFingerprint({ database, signal, beforehand });
        await withNeighbour(database, signal, ({ query }) => query(`CREATE DATABASE ${(0,postgres_quote/* quoteName */.A)(name)} TEMPLATE ${(0,postgres_quote/* quoteName */.A)(database.database)}`));
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
    const times = { dump: closedMs / 1000, restore: 0, compare: (nowMs() - comparedAt.getTime()) / 1000 };
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
const dropSnapshot = (database, name) => withNeighbour(database, AbortSignal.timeout(30_000), ({ query }) => query(`DROP DATABASE IF EXISTS ${(0,postgres_quote/* quoteName */.A)(name)} WITH (FORCE)`));
const MARK = '_snapshot_';
const STAMP = /^\d{8}t\d{9}z_[0-9a-f]{4}$/;
const STAMP_LENGTH = '20260101t000000000z_0000'.length;
/**
 * Name of a clone: the database's, cut to the server's 63 bytes, and a stamp to the millisecond that sorts, with four
 * hex digits of its own: whoever clears away what a killed backup left must not meet a proven clone by that name.
 */
const snapshotName = (database, stamp, nonce) => `${shortened(database)}${MARK}${stamp.toLowerCase()}_${nonce}`;
/** Removes the oldest clones of that database, so that `keep` are left; never the newest. */
async function removeOldSnapshots(database, { newest, keep, signal }) {
    const { rows } = await withNeighbour(database, signal, ({ query }) => query('SELECT datname FROM pg_database'));
    const start = `${shortened(database.database)}${MARK}`;
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
    const room = 63 - MARK.length - STAMP_LENGTH;
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
    return facts === 'pooled' ? [(0,backup_decision/* pooledUrl */.Z1)(name)] : (0,backup_decision/* decideObjections */.JK)(facts);
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
    await writeManifest(receipt, { properties: facts.source.properties, roles: facts.source.roles });
    const removed = keep === undefined ? [] : await removeOld(receipt, keep);
    for (const path of removed)
        context.say(`removed ${path}: ${keep} newer ones are proven`);
    return passed(receipt, target);
}
async function bySnapshot(job) {
    const { target, context, ports, keep } = job;
    const name = snapshotName(target.database.database, fineStampOf(ports.clock.now()), (0,external_node_crypto_.randomBytes)(2).toString('hex'));
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
    const target = targetOf(name, context, ports);
    const left = context.notes
        .flatMap(note => [note['dump'], note['snapshot']])
        .filter(value => typeof value === 'string');
    for (const path of context.notes.map(note => note['dump']).filter(value => typeof value === 'string')) {
        const receipt = await readManifest(path);
        if (receipt !== undefined) {
            return { took: 'effect', detail: `proven and stored at ${path}`, finding: passed(receipt, target) };
        }
        await removeBackup(`${path}.partial`);
        await removeBackup(path);
    }
    for (const clone of context.notes.map(note => note['snapshot']).filter(value => typeof value === 'string')) {
        await reopen(target.database);
        await dropSnapshot(target.database, clone);
    }
    const detail = left.length === 0 ? 'nothing had begun' : `what was left of it is removed: ${left.join(', ')}`;
    return { took: 'no-effect', detail };
}
/** Made of what sorts, what a person looks for, and what keeps two runs at one second apart. */
function dumpName(name, { execution }, { clock }) {
    const clean = (text) => text.replaceAll(/[^A-Za-z0-9_-]/g, '_');
    const stamp = stampOf(clock.now());
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
    const free = await Promise.all([store, (0,external_node_os_.tmpdir)()].map(async (path) => ({ path, ...(await freeSpace(path)) })));
    const full = free.filter(({ bytes: there }) => there < bytes);
    return [
        ...full.map(({ path, bytes: there }) => ({
            reason: 'no_space',
            message: `the files have ${(0,units/* formatSize */.Xq)(bytes)}, at ${path} are ${(0,units/* formatSize */.Xq)(there)} free`,
            hint: 'Free some, or name another folder (store: …).'
        })),
        ...(diskDisappears && spec.store === undefined ? [NOT_LASTING] : [])
    ];
}
const NOT_LASTING = {
    reason: 'no_lasting_store',
    message: "this runner's disk is gone after the job, and the archive with it",
    hint: 'Name a folder that lasts (backup: {files: […], store: /mnt/backups}), or use a self-hosted runner.'
};
/** Archives the files, unpacks the stored bytes elsewhere and compares each of them. */
async function backUpFiles(spec, keep, context, ports) {
    const { execution, signal } = context;
    const paths = await pathsToArchive(spec.files.map(path => (0,external_node_path_.resolve)(execution.folder, path)));
    const store = storeOf(spec, execution.folder, ports);
    const name = `${clean(execution.environment)}-files-${stampOf(ports.clock.now())}-${(0,external_node_crypto_.randomBytes)(3).toString('hex')}.tar.gz`;
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
            await removeBackup(location);
            return backup_files_differing(differences);
        }
        const moments = { taken, archived, unpacked, compared: ports.clock.now() };
        const receipt = await backup_files_receiptOf(location, { source, spec, moments }, context);
        await writeManifest(receipt, { listing: source });
        if (keep !== undefined)
            await removeOld(receipt, keep);
        return backup_files_passed(receipt, source);
    }
    finally {
        await (0,promises_.rm)(trial, { recursive: true, force: true });
    }
}
// Paths are stored from the root on, so that each comes back to where it was: tar -xzf ARCHIVE -C /
async function archive(path, paths, context, ports) {
    const partial = await beginFile((0,external_node_path_.resolve)(path, '..'), path.slice(path.lastIndexOf('/') + 1));
    try {
        await tar(['-czf', partial, '-C', '/', '--', ...paths.map(name => name.slice(1))], context, ports);
        return await finishFile(partial);
    }
    catch (error) {
        await removeBackup(partial);
        throw error;
    }
}
async function unpack(location, trial, context, ports) {
    try {
        await tar(['-xpzf', location, '-C', trial], context, ports);
    }
    catch (error) {
        await removeBackup(location);
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
        ...(await digestFile(location, signal)),
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
        const receipt = await readManifest(path);
        if (receipt !== undefined) {
            const finding = { outcome: 'pass', detail: `archived and proven before: ${path}`, receipt };
            return { took: 'effect', detail: `proven and stored at ${path}`, finding };
        }
        await removeBackup(`${path}.partial`);
        await removeBackup(path);
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
    turn: () => 'barrier',
    subject: ({ backup }) => (isOfFiles(backup) ? backup.files.join(', ') : backup),
    databases: ({ backup }) => (isOfFiles(backup) ? [] : [backup]),
    guard: async ({ backup }, context) => {
        if (isOfFiles(backup))
            return objectionsToFiles(backup, context, ports);
        const found = await objectionsTo(backup, context, ports);
        // Whatever the pooler answers about rights is some other session's.
        if (found.some(({ reason }) => reason === 'pooled_url'))
            return found;
        return [...found, ...((await ports.wayBack?.objections(backup, context)) ?? [])];
    },
    run: ({ backup, keep }, context) => isOfFiles(backup) ? backUpFiles(backup, keep, context, ports) : backUpDatabase(backup, keep, context, ports),
    probe: async ({ backup }, context) => {
        if (context.deed === 'undo')
            return await probeWayBack(backup, context, ports);
        return isOfFiles(backup) ? await probeFiles(context) : await probeDatabase(backup, context, ports);
    },
    undo: async ({ backup }, context, { receipt }) => {
        if (isOfFiles(backup) || receipt === undefined || ports.wayBack === undefined)
            return NO_WAY_BACK;
        return ports.wayBack.restore(backup, receipt, context);
    }
});
async function probeWayBack(backup, context, { wayBack }) {
    if (isOfFiles(backup) || wayBack === undefined)
        return { took: 'unknown', detail: 'nobody knows how far it came' };
    return await wayBack.probe(backup, context);
}
const NO_WAY_BACK = {
    outcome: 'fail',
    reason: 'no_way_back',
    detail: 'this backup cannot be put back by itself',
    hint: 'Its receipt says where it lies; unpack or restore it by hand.'
};

// EXTERNAL MODULE: ./build/database/migrate.js + 21 modules
var migrate = __webpack_require__(8576);
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
  datallowconn::text, (datacl IS NULL)::text
FROM pg_database d JOIN pg_tablespace t ON t.oid = dattablespace WHERE datname = $1`;
const GRANTS = `
SELECT CASE grantee WHEN 0 THEN '' ELSE pg_get_userbyid(grantee) END, privilege_type, is_grantable::text
FROM pg_database, aclexplode(datacl) WHERE datname = $1 ORDER BY 1, 2`;
const swap_properties_SETTINGS = `
SELECT coalesce(rolname, ''), split_part(setting, '=', 1), substr(setting, strpos(setting, '=') + 1)
FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase LEFT JOIN pg_roles r ON r.oid = setrole,
  unnest(setconfig) AS setting
WHERE datname = $1 ORDER BY 1, 2`;
/** Undefined when there is no database of that name. */
async function readProperties({ query }, database) {
    const { rows } = await query(PROPERTIES, [database]);
    const [oid, owner, limit, tablespace, comment = null, open, usual] = rows[0] ?? [];
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
        grants: usual === 'true'
            ? undefined
            : grants.map(([grantee, privilege, grantable]) => ({
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
    if (wanted.grants !== undefined)
        await grant({ query }, name, wanted);
    await query(`ALTER DATABASE ${name} OWNER TO ${(0,postgres_quote/* quoteName */.A)(wanted.owner)}`);
}
async function grant({ query }, name, { grants = [], owner }) {
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
    await reopen(database);
    return true;
}
/** The name that production has now, if an earlier process has swapped already: `old` holds the database of that oid. */
async function swappedAway(database, oid, notes, signal) {
    const note = readSwapNotes(notes).findLast(({ restore }) => restore === 'swapping');
    if (note?.restore !== 'swapping')
        return undefined;
    const old = await withNeighbour(database, signal, neighbour => readProperties(neighbour, note.old));
    return Number(old?.oid) === oid ? note.old : undefined;
}
const TRIES = 5;
/** Gives the copy production's name, and production `old`, in one transaction: at any moment the name is somebody's. */
function swapNames(database, { copy, old, signal }) {
    return withNeighbour(database, signal, async ({ query }) => {
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
async function demandProvenBytes({ location, sha256: proven }, signal) {
    const found = await digestFile(location, signal).catch(error => {
        throw swap_copy_broken(`the proven dump ${location} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`, 'Bring the file back to where its receipt says that it lies.');
    });
    if (found.sha256 === proven)
        return;
    throw swap_copy_broken(`the dump ${location} is not the one that was proven: expected SHA-256 ${proven}, found ${found.sha256}`, 'Bring the proven bytes back from another store.');
}
async function createEmpty({ database, copy, source, properties, signal }) {
    const locale = (0,postgres_scratch/* localesFor */.vo)(source)[0]?.sql ?? '';
    const place = `TABLESPACE ${(0,postgres_quote/* quoteName */.A)(properties.tablespace)}`;
    await withNeighbour(database, signal, ({ query }) => query(`CREATE DATABASE ${(0,postgres_quote/* quoteName */.A)(copy)} TEMPLATE template0 ENCODING '${source.encoding}' ${locale} ${place}`));
}
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
const RIGHTS = `
SELECT current_user, rolsuper::text, rolcreatedb::text, pg_has_role(d.datdba, 'USAGE')::text,
  pg_has_role('pg_signal_backend', 'USAGE')::text, pg_get_userbyid(d.datdba)
FROM pg_roles, pg_database d WHERE rolname = current_user AND datname = current_database()`;
/** Rights that the role lacks to put a restored database in this one's place; superusers lack none. */
async function lackingRights({ query }, name) {
    const { rows } = await query(RIGHTS);
    const [role, superuser, createdb, owns, signals, owner] = rows[0] ?? [];
    if (superuser === 'true')
        return [];
    const lacks = (what, hint) => ({
        reason: 'missing_right',
        message: `${name}: for a restore, ${role} ${what}`,
        hint
    });
    return [
        ...(owns === 'true'
            ? []
            : [lacks('does not own the database and is no member of its owner', `GRANT "${owner}" TO "${role}"`)]),
        ...(createdb === 'true'
            ? []
            : [lacks('may neither create nor rename a database', `ALTER ROLE "${role}" CREATEDB`)]),
        ...(signals === 'true'
            ? []
            : [
                lacks("may not end other roles' sessions", `GRANT pg_signal_backend TO "${role}" (sessions of superusers stay theirs)`)
            ])
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

;// CONCATENATED MODULE: ./build/database/restore-order.js









/** Reads what production is, and refuses what must not be swapped, before anything is made. */
async function prepareRestore(request, target) {
    const { name, receipt, context, ports } = request;
    const { signal } = context;
    const seen = await (0,postgres_client/* withClient */.S)(target.database, { signal }, async (connection) => ({
        source: await (0,source/* readSource */.o$)(connection),
        properties: await readProperties(connection, target.database.database),
        lacking: await lackingRights(connection, name),
        ties: await readTies(connection)
    }));
    const [lack] = seen.lacking;
    if (lack !== undefined)
        return restore_order_stuck(seen.lacking.map(({ message }) => message).join('; '), lack.hint);
    if (seen.ties.length > 0) {
        return restore_order_stuck(`${name} cannot be swapped: it has ${seen.ties.join(', ')}`, 'Remove them first and set them up again afterwards, or restore by hand.');
    }
    const { source: taken } = receipt;
    const other = taken.systemIdentifier !== '' &&
        seen.source.systemIdentifier !== '' &&
        taken.systemIdentifier !== seen.source.systemIdentifier;
    if (other || taken.databaseOid !== seen.source.databaseOid || seen.properties === undefined) {
        return restore_order_stuck(`${name} is not the database that the backup was taken from (${taken.database})`, 'A restore goes nowhere else: give the URL of that database, or restore by hand.');
    }
    const stamp = fineStampOf(ports.clock.now());
    const made = receipt.proof === 'snapshot'
        ? receipt.location.replace(/^server:/, '')
        : nameBeside(taken.database, 'restored', stamp);
    return {
        ...request,
        target,
        source: seen.source,
        properties: seen.properties,
        copy: made,
        old: nameBeside(taken.database, 'before', stamp)
    };
}
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
const restore_order_stuck = (detail, hint) => ({
    outcome: 'fail',
    reason: 'no_way_back',
    detail,
    hint
});
const failed = (message, hint, cause) => new errors/* ChecklistError */.vm('FAILED', 'rollback_failed', { message, hint, cause });

;// CONCATENATED MODULE: ./build/database/restore.js
















/** The way back by a proven backup: restored beside production, compared, and swapped in by name. */
const restoreWayBack = (ports) => ({
    objections: (name, context) => restore_objectionsTo(name, context, ports),
    restore: (name, receipt, context) => restoreDatabase({ name, receipt, context, ports }),
    probe: (name, context) => probeRestore(name, context, ports)
});
const restore_objectionsTo = (name, context, ports) => (0,postgres_client/* withClient */.S)(targetOf(name, context, ports).database, { signal: context.signal }, connection => lackingRights(connection, name));
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
    const closing = await withClosing(target.database, { signal, nowMs }, async (close) => {
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
        await begin(production);
        return await (0,postgres_client/* withClient */.S)((0,address/* inDatabase */.jG)(target.database, copy), { signal }, async (backup) => {
            await begin(backup);
            return await countLoss({ production, copy: backup, now: relations, backup: receipt.relations });
        });
    });
}
async function begin({ query }) {
    await query(SETTINGS);
    await query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
}
function wouldLose({ name }, loss) {
    const parts = describeLoss(loss);
    const shown = parts.length > 20 ? [...parts.slice(0, 20), `and ${parts.length - 20} more relations`] : parts;
    return {
        outcome: 'fail',
        reason: 'would_lose_rows',
        detail: `${name} is as it was and open: a restore would lose ${rowsIn(loss)} rows written since the backup: ${shown.join('; ')}`,
        hint: `To give them up, ask again with --accept-loss ${name} (input accept-loss).`,
        evidence: { loss: JSON.parse(JSON.stringify(loss)) }
    };
}
/** Owner, rights, settings and connection limit are in no dump: the copy gets production's. */
async function carryOver({ target, copy, properties, context }) {
    await withNeighbour(target.database, context.signal, async (neighbour) => {
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
            onStart: program => void context.note({ program }).catch(() => { }),
            onLine: line => context.say(line)
        });
        return judgeExit(exit, context) ?? (await afterwards(spec, exit, context));
    }
});
function judgeExit(exit, { timeoutMs }) {
    if (exit.kind === 'exited' && exit.code === 0)
        return undefined;
    if (exit.kind === 'timed-out') {
        return {
            outcome: 'fail',
            detail: `no end within ${(0,units/* formatDuration */.a3)(timeoutMs)}`,
            hint: 'Find out what it waits for, or give it a longer `timeout`.'
        };
    }
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
async function afterwards({ health, revision }, { durationMs }, context) {
    const seen = [`exit 0 after ${(0,units/* formatDuration */.a3)(durationMs)}`];
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
async function collect(response, limitBytes) {
    const chunks = [];
    let size = 0;
    for await (const chunk of response) {
        chunks.push(chunk);
        size += chunk.length;
        // Leaving the loop destroys the stream, and its connection with it.
        if (size > limitBytes)
            return { bytes: Buffer.concat(chunks).subarray(0, limitBytes), cut: true };
    }
    return { bytes: Buffer.concat(chunks), cut: false };
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
    const code = faults_codeOf(cause);
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
function faults_codeOf(cause) {
    if (!faults_isRecord(cause))
        return '';
    if (typeof cause['code'] === 'string')
        return cause['code'];
    return Array.isArray(cause['errors']) ? faults_codeOf(cause['errors'][0]) : '';
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
            socket.once('error', cause => end(tcp_closed(faults_codeOf(cause) || cause.message)));
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
        const spared = leftovers_lineOf(asking);
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
        const spared = leftovers_lineOf(asking);
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
function leftovers_lineOf(asking) {
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

;// CONCATENATED MODULE: ./build/shell/repository.js




const LOCAL_MS = 60_000;
const FETCH_MS = 120_000;
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
    return { commit, dirty, worktree, has, name, ref };
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


/**
 * A line is shown as soon as its end is there; CR alone is an end too, as it is for GitHub's runner. Held back are only
 * lines that may be the beginning of a secret of several lines, and of an overlong line as much as the longest secret.
 */
function createLineRedactor({ redactor, onLine, onMask, longestLine = 65_536 }) {
    let pending = '';
    /** So many characters at the start of `pending` belong to a secret whose beginning was shown as hidden. */
    let covered = 0;
    let held = '';
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
        const block = held + line + ending;
        if (ending !== '' && known === 0 && block.length < longestLine && redactor.mayGoOn(block)) {
            held = block;
            return;
        }
        held = '';
        show(hide(block, merged([{ start: 0, end: known }, ...redactor.find(block)].filter(({ end }) => end > 0))), ending);
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
        if (ending === '' && last !== '')
            onLine(last, '');
    }
    // A secret that begins before the cut ends before the end of `pending`, so all of those are known here.
    function showPart() {
        if (held !== '')
            show(redactor.redact(held), '\n');
        held = '';
        // The value of a mask is never shown, not even one that is too long to be looked for.
        swallowing ||= (0,workflow_commands/* maskIn */.Y)(pending)?.isCommand === true;
        const cut = wholeCharacters(pending, pending.length - redactor.longest());
        const ranges = merged([{ start: 0, end: covered }, ...redactor.find(pending)].filter(({ end }) => end > 0));
        const before = ranges
            .filter(({ start }) => start < cut)
            .map(({ start, end }) => ({ start, end: Math.min(end, cut) }));
        if (!swallowing)
            onLine(hide(pending.slice(0, cut), before), '');
        covered = Math.max(0, (ranges.find(({ start, end }) => start < cut && end > cut)?.end ?? 0) - cut);
        pending = swallowing ? '' : pending.slice(cut);
    }
    return {
        write,
        end: () => {
            if (pending !== '' || held !== '')
                finish(pending, '');
            swallowing = false;
        }
    };
}
const wholeCharacters = (text, cut) => /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;

;// CONCATENATED MODULE: ./build/shell/output.js


const NO_OUTPUT = { received: () => 0, close: () => '' };
function readOutput(pipe, { redactor, keep, keepBytes, onLine, onMask }) {
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
    pipe.on('data', (chunk) => {
        received += chunk.length;
        take(decoder.write(chunk));
    });
    // A pipe that breaks has ended, nothing more: the exit code says how the program fared.
    pipe.on('error', () => { });
    return {
        received: () => received,
        close: () => {
            pipe.destroy();
            pipe.removeAllListeners('data');
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
        text: () => whole().toString('utf8')
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
const BETWEEN_MS = 200;
async function launchPatiently(argv, command, clock) {
    for (let attempt = 1;; attempt++) {
        try {
            return await launch(argv, command);
        }
        catch (error) {
            if (start_codeOf(error) !== 'EAGAIN' || attempt === ATTEMPTS)
                throw (await badFolder(command.folder)) ?? notStarted(argv[0], error);
            await clock.sleep(BETWEEN_MS * attempt, command.signal);
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
const OVER = 'over';
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
    void started.exit.then(() => over.abort(OVER));
    void tellOnce(started, command, options.clock, over.signal);
    const kind = await whatComesFirst(started, command, options.clock, over.signal);
    const ending = kind === 'exited' ? leftAlone(await started.exit) : await stop(kind, started, command, options.clock);
    const longestMs = kind === 'exited' ? LONGEST_DRAIN_MS : QUIET_MS;
    const letGo = !(await drained([stdout, stderr], { closed, longestMs, clock: options.clock }));
    child.stdin?.destroy();
    // One that even KILL did not end must not keep us from ending.
    child.unref();
    over.abort(OVER);
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
    over.abort(OVER);
    return first;
}

;// CONCATENATED MODULE: ./build/app.js


















/** The one composition root: every port meets its adapter here. Nothing is opened before it is needed. */
function openShop(host, request, surface) {
    const actions = (0,app_host/* actionsOf */.R)(host.env);
    const { clock } = host;
    const redactor = createRedactor(host.secrets);
    const shell = openShell({ redactor, clock, inActions: actions !== undefined, onMask: surface.onMask });
    const repository = openRepository({ folder: host.folder, shell, env: (0,app_host/* inheritedBy */._)(host.env), signal: surface.signal });
    const machine = openLiveness(actions === undefined ? {} : { runId: actions.runId, runAttempt: actions.runAttempt });
    const { interview, terminal, signal } = surface;
    const mask = (value) => {
        redactor.add(value);
        surface.onMask(value);
    };
    if (host.gitHubToken !== undefined && host.gitHubToken !== '')
        mask(host.gitHubToken);
    const identity = once(() => (0,app_identity/* identify */.ls)(host, repository));
    const front = openFront({
        ...{ host, actions, machine, signal },
        repository: async () => host.env['GITHUB_REPOSITORY'] || (await repository.name()),
        say: line => terminal.say(line)
    }, request.command === 'gate');
    const { ledger: onBranch, ...gitHub } = front;
    const liveness = (0,kept/* concealing */.si)(front.liveness, async () => ledger.asked() && (await ledger()).keeps === 'verdicts');
    const ledger = once(() => openLedger({ host, request, identity, liveness: front.liveness, mask, onBranch }));
    return {
        ...{ host, actions, clock, shell, redactor, repository, liveness, interview, terminal, signal, mask, identity },
        kinds: kindsFor(host, shell, clock, interview),
        leftovers: openLeftovers({ redactor, clock }),
        ...gitHub,
        liveness,
        told: [],
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
    const baseEnv = (0,app_host/* inheritedBy */._)(host.env);
    return [
        ...checkKinds({ clock, shell, http: openHttp(), tcp: openTcp(), sql: openSql(), interview, baseEnv }),
        ...databaseKinds({
            shell,
            clock,
            baseEnv,
            defaultStore: (0,external_node_path_.join)(defaultFolder(host), 'backups'),
            program: import.meta.url
        }),
        ...deployKinds({ shell, baseEnv })
    ];
}
async function openLedger({ request, identity, ...rest }) {
    const { repository } = await identity();
    return await chooseLedger({ ...rest, wanted: request.ledger, repository });
}
/** A ledger in a database says which one; a file lies in none. */
async function databaseOf(ledger) {
    return 'identity' in ledger && typeof ledger.identity === 'function' ? await ledger.identity() : undefined;
}

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
// EXTERNAL MODULE: ./build/report/summary.js + 4 modules
var summary = __webpack_require__(6819);
;// CONCATENATED MODULE: ./build/app/local-summary.js




/** The summary of a local run, outside the workspace, so that no deployment makes the work tree dirty. Gives its path. */
async function localSummary(result, { checklist }, host) {
    if (result.execution === null)
        return undefined;
    const folder = host.env['DEPLOY_CHECKLIST_SUMMARIES'] ?? (0,external_node_path_.join)(defaultFolder(host), 'summaries');
    await (0,promises_.mkdir)(folder, { recursive: true, mode: 0o700 });
    const path = (0,external_node_path_.join)(folder, `${result.execution.id}.md`);
    await (0,promises_.writeFile)(path, (0,summary/* summary */.z)(result, checklist === '' ? {} : { checklist }), { mode: 0o600 });
    return path;
}

// EXTERNAL MODULE: ./build/core/execution.js
var core_execution = __webpack_require__(6464);
// EXTERNAL MODULE: ./build/app/answer.js
var answer = __webpack_require__(1024);
// EXTERNAL MODULE: ./build/app/begin.js
var app_begin = __webpack_require__(1453);
// EXTERNAL MODULE: ./build/app/guards.js
var guards = __webpack_require__(6488);
// EXTERNAL MODULE: ./build/app/prepare.js + 1 modules
var prepare = __webpack_require__(9366);
// EXTERNAL MODULE: ./build/app/run.js + 12 modules
var run = __webpack_require__(226);
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
    if (proof.length === 0)
        throw (0,errors/* refused */.J5)('usage', `${prepared.file} has no smoke-test that could prove what is live`, 'Write at least one item.');
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

// EXTERNAL MODULE: ./build/core/engine/bench.js
var engine_bench = __webpack_require__(8731);
// EXTERNAL MODULE: ./build/core/engine/journal.js
var engine_journal = __webpack_require__(3034);
// EXTERNAL MODULE: ./build/core/engine/page.js
var page = __webpack_require__(4806);
// EXTERNAL MODULE: ./build/core/engine/run-stage.js
var run_stage = __webpack_require__(847);
// EXTERNAL MODULE: ./build/core/engine/state.js + 1 modules
var engine_state = __webpack_require__(2693);
// EXTERNAL MODULE: ./build/app/after-end.js
var after_end = __webpack_require__(2030);
// EXTERNAL MODULE: ./build/app/records.js
var records = __webpack_require__(2882);
// EXTERNAL MODULE: ./build/app/rollback.js
var rollback = __webpack_require__(1682);
// EXTERNAL MODULE: ./build/app/views.js
var views = __webpack_require__(8878);
// EXTERNAL MODULE: ./build/app/workshop.js
var app_workshop = __webpack_require__(2071);
;// CONCATENATED MODULE: ./build/app/monitor.js















const nextOf = ({ due }) => [...due].sort((a, b) => a.dueAt.localeCompare(b.dueAt))[0];
/**
 * Runs every checkpoint that is due, those that a late schedule missed too, with the lateness recorded. Void once a newer
 * execution stands. What fails pages a person or rolls back, once, as the checklist says.
 */
async function monitor(request, shop) {
    const ledger = await shop.ledger();
    const stored = await watched(request, ledger, shop);
    const { record } = stored;
    const { plan } = (0,engine_state/* stateOf */.L4)(stored.events);
    const now = shop.clock.now();
    const due = record.due.filter(({ dueAt }) => Date.parse(dueAt) <= now.getTime());
    if (due.length === 0)
        return { execution: record.id, checkpoints: [], next: nextOf(record) };
    (0,app_workshop/* maskSecrets */.Q)(plan, shop);
    (0,guards/* demandValues */.sF)(plan, ['monitor'], shop, record.id);
    // Late ones are answered by one look: the same items at the same moment would say the same thing twice.
    const results = await monitor_look(stored, shop);
    const passed = results.every(({ outcome }) => outcome === 'pass' || outcome === 'degraded' || outcome === 'skip');
    const checkpoints = due.map(({ checkpoint, dueAt }) => ({
        type: 'checkpoint',
        checkpoint,
        dueAt,
        lateMs: now.getTime() - Date.parse(dueAt),
        passed,
        results
    }));
    await (0,after_end/* addAfterEnd */.t)(record.id, checkpoints, ledger, shop);
    if (passed)
        return { execution: record.id, checkpoints };
    const message = `${due.map(({ checkpoint }) => checkpoint).join(', ')}: ${results
        .filter(({ outcome }) => outcome !== 'pass')
        .map(({ item, detail }) => `${item} (${detail})`)
        .join('; ')}`;
    const wanted = plan.monitor?.onFailure === 'rollback' ? (request.onFailure ?? 'rollback') : 'page';
    if (wanted === 'hand-over')
        return { execution: record.id, checkpoints, handedOver: true };
    if (wanted === 'page') {
        await callPerson(stored, message, shop);
        return { execution: record.id, checkpoints };
    }
    const rolledBack = await (0,rollback/* rollback */.d)({ ...request, surface: 'cli', execution: record.id, because: `checkpoint ${message}` }, shop);
    return { execution: record.id, checkpoints, rolledBack };
}
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
    return stored !== undefined && (0,core_execution/* isEnded */.pl)(stored.record) && stored.record.due.length > 0;
}
/** The newest deployment that succeeded and has something due; a newer one that acted makes it void. */
async function watched(request, ledger, shop) {
    if (request.execution !== '' && request.execution !== 'newest')
        return await standing(await (0,views/* find */.I6)(request, shop), ledger);
    const { repository } = await shop.identity();
    const { environment } = request;
    const { records } = await ledger.list({ key: environment === '' ? { repository } : { repository, environment } }, { limit: 100 });
    const found = onlyOne(records) ?? records.find(({ purpose }) => purpose === 'deploy');
    if (found === undefined)
        throw (0,errors/* refused */.J5)('usage', `nothing was deployed here yet (${ledger.name})`, 'Start with `deploy-checklist run`.');
    return await standing(await (0,app_begin/* mustRead */.qE)(found.id, ledger), ledger);
}
/** The newest one that has something due; one environment at a time, so that none is forgotten. */
function onlyOne(records) {
    const waiting = records.filter(({ purpose, due, rolledBack }) => purpose === 'deploy' && due.length > 0 && !rolledBack);
    const names = new Set(waiting.map(({ key }) => key.environment));
    if (names.size <= 1)
        return waiting[0];
    throw (0,errors/* refused */.J5)('usage', `checkpoints are still to come on ${[...names].join(', ')}, and it is not said which are meant`, 'Say which with --environment.');
}
async function standing(stored, ledger) {
    const { record } = stored;
    for await (const { id, number, purpose, acted } of (0,records/* recordsOf */.M)(ledger, { key: record.key })) {
        if (number <= record.number)
            break;
        if (acted && purpose !== 'observe')
            throw (0,errors/* refused */.J5)('superseded', `the checkpoints of ${record.id} are void: ${id} stands`, 'Nothing has to be done.');
    }
    return stored;
}
async function monitor_look({ record, events, head }, shop) {
    const { plan } = (0,engine_state/* stateOf */.L4)(events);
    const { clock, redactor, terminal, host } = shop;
    const journal = (0,engine_journal/* openScratchJournal */.u)({ state: (0,engine_state/* startOf */.GH)(plan), record, head, seq: 0 }, { clock, redactor, observers: [terminal] });
    const workshop = (0,app_workshop/* workshopFor */.x)(plan, shop);
    const errand = { folder: host.folder, acceptedLoss: [] };
    const bench = (0,engine_bench/* benchFor */.wL)('monitor', journal, workshop, errand, { plan, live: (0,engine_bench/* liveOf */.QA)(plan) });
    await (0,run_stage/* runItems */.Cb)(plan.stages.monitor, { bench, workshop, journal }, true);
    return plan.stages.monitor.map(({ id }) => {
        const settled = journal.state.deeds.get(`monitor|${id}|run`)?.settled;
        return { item: id, outcome: settled?.outcome ?? 'error', detail: settled?.detail ?? 'it was not run' };
    });
}
/** A failed checkpoint pages as a failed run does, with the same names. */
async function callPerson({ record, events }, message, shop) {
    const { plan } = (0,engine_state/* stateOf */.L4)(events);
    const workshop = (0,app_workshop/* workshopFor */.x)(plan, shop);
    const names = workshop.values(plan, (0,engine_bench/* builtIns */.b3)(record.id, plan.key.environment, (0,engine_bench/* liveOf */.QA)(plan)));
    const said = shop.redactor.redact(message);
    await (0,page/* page */.M)({ text: plan.monitor?.page, folder: shop.host.folder, names, message: said }, workshop);
}
/** One line per checkpoint, for people. */
const watchedText = ({ execution, checkpoints, next }) => checkpoints.length === 0
    ? `No checkpoint of ${execution} is due; ${next === undefined ? 'none is to come' : `the next one is ${next.checkpoint}, at ${next.dueAt}`}.`
    : checkpoints
        .map(({ checkpoint, passed, lateMs }) => `${checkpoint} of ${execution}: ${passed ? 'passed' : 'FAILED'}, ${(0,units/* formatDuration */.a3)(lateMs)} after it was due`)
        .join('\n');
/** Not due, passed or failed, as an exit status. */
const watchedStatus = ({ checkpoints }) => checkpoints.every(({ passed }) => passed) ? 'SUCCESS' : 'FAILED';

// EXTERNAL MODULE: ./build/core/stages.js
var core_stages = __webpack_require__(9395);
// EXTERNAL MODULE: ./build/app/gate.js + 4 modules
var gate = __webpack_require__(644);
// EXTERNAL MODULE: ./build/app/rules.js + 3 modules
var app_rules = __webpack_require__(2118);
;// CONCATENATED MODULE: ./build/app/plan.js







/** What would happen, the way back and what stands in the way today. Nothing is touched: the ledger is only read. */
async function outlook(request, shop) {
    const prepared = await (0,prepare/* prepare */.iA)(shop, request);
    const ledger = await shop.ledger();
    const plan = await (0,prepare/* planFor */.bJ)(prepared, shop, (0,prepare/* previousOf */.te)(await (0,prepare/* lastGood */.mC)(ledger, prepared.key)));
    const closed = await (0,app_rules/* closedByRules */.r)(plan, ledger, shop, { prepared, emergency: request.emergency, looking: true });
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
        ...(weakened !== '' && { weakened }),
        ...(seconds !== undefined && { lastRollbackSeconds: seconds })
    };
}
async function inTheWay(plan, { prepare }, ledger, shop) {
    try {
        const { newest } = await ledger.survey(plan.key);
        // Ahead of the gate the secrets are not here, and that is no obstacle.
        const stages = prepare ? [] : core_stages/* FORWARD_STAGES */.sr;
        return await (0,guards/* objections */.PP)({ plan, stages, applied: newest?.applied ?? {} }, shop);
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

// EXTERNAL MODULE: ./build/app/life.js
var life = __webpack_require__(9664);
// EXTERNAL MODULE: ./build/app/sign-off.js + 1 modules
var sign_off = __webpack_require__(4652);
;// CONCATENATED MODULE: ./build/app/sign.js







/**
 * Writes sign-offs into an open execution without going on with it; never into the journal of one whose process is at
 * work, because that would stop it. Returns its id.
 */
async function signOnly(request, shop) {
    if (request.signs.length === 0)
        throw (0,errors/* refused */.J5)('usage', 'nothing is signed', 'Name it: --sign ITEM=WHO:WORDS.');
    const { record, events, head } = await (0,views/* find */.I6)(request, shop);
    if ((0,core_execution/* isEnded */.pl)(record))
        throw (0,errors/* refused */.J5)('usage', `${record.id} ended ${record.status}`, 'Only an open execution can be signed.');
    const state = (0,engine_state/* stateOf */.L4)(events);
    (0,sign_off/* mustFit */.L)(request.signs, state.plan);
    await (0,life/* mustBeOver */.$E)(record, request.takeover, shop);
    const { clock, redactor } = shop;
    const journal = (0,engine_journal/* openJournal */._)({ state, record, head, seq: events.at(-1)?.seq ?? 0 }, { ledger: await shop.ledger(), clock, redactor, observers: [] });
    await (0,sign_off/* sign */._)(request.signs, journal, shop);
    return record.id;
}

// EXTERNAL MODULE: ./build/core/chain.js
var chain = __webpack_require__(311);
// EXTERNAL MODULE: ./build/core/engine/project.js
var project = __webpack_require__(5676);
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

;// CONCATENATED MODULE: ./build/app/verify.js








/** Holds every chain of this repository against itself and against heads that were printed elsewhere. */
async function verify(request, shop, layout) {
    const { verifyText } = await __webpack_require__.e(/* import() */ 434).then(__webpack_require__.bind(__webpack_require__, 1434));
    const ledger = await shop.ledger();
    const { repository } = await shop.identity();
    const heads = request.heads.map(parseHead);
    const { environment } = request;
    const kept = await readAll(ledger, environment === '' ? { repository } : { repository, environment });
    const flaws = keysOf(kept).flatMap(key => verify_judge(key, kept, heads));
    const known = new Set([
        ...kept.executions.map(({ record }) => record.id),
        ...kept.tombstones.map(({ id }) => id),
        ...kept.unreadable.map(({ execution }) => execution)
    ]);
    const strange = heads
        .filter(({ id }) => !known.has(id))
        .map(({ id }) => ({ execution: id, problem: 'the ledger has no such execution, but its head was printed' }));
    const unreadable = kept.unreadable.map(({ execution, problem }) => ({ execution, problem }));
    const problems = [...unreadable, ...flaws.filter(({ damage }) => damage).map(asProblem), ...strange];
    const found = {
        ledger: ledger.name,
        executions: kept.executions.length,
        events: kept.executions.reduce((sum, { events }) => sum + events.length, 0),
        heads: request.heads,
        problems,
        newest: kept.executions.map(({ record, events }) => `${record.id}:${events.length}:${(0,chain/* headOf */.Uo)(events)}`)
    };
    const result = (0,answer/* fine */.Bs)('ok');
    const broken = problems.length > 0 ? { status: 'FAILED', reason: 'ledger_broken', exitCode: core_execution/* EXIT_CODES */.ai.FAILED } : {};
    return { result: { ...result, ...broken }, text: verifyText(found, layout), json: { format: 1, ...found } };
}
const asProblem = ({ execution, seq, message }) => ({
    execution,
    ...(seq !== undefined && { seq }),
    problem: message
});
/** Heads of executions of another key are not this key's matter; those of none are found above. */
function verify_judge(key, { executions, tombstones, unreadable }, heads) {
    const mine = executions.filter(({ record }) => verify_same(record.key, key));
    const gone = tombstones.filter(tombstone => verify_same(tombstone.key, key));
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
const verify_same = (a, b) => a.repository === b.repository && a.checklist === b.checklist && a.environment === b.environment;
function keysOf({ executions, tombstones }) {
    const all = [...executions.map(({ record }) => record.key), ...tombstones.map(({ key }) => key)];
    return all.filter((key, index) => all.findIndex(other => verify_same(key, other)) === index);
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
    let cursor;
    do {
        const page = await ledger.list({ key }, { limit: 100, damaged: 'tell', ...(cursor !== undefined && { cursor }) });
        const broken = page.unreadable ?? [];
        unreadable.push(...broken.map(({ id, number, problem }) => ({ execution: id || ledger.name, number, problem })));
        records.push(...page.records);
        tombstones.push(...page.tombstones);
        cursor = page.next;
    } while (cursor !== undefined);
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
    const { gate: _, emergency: __, ...kept } = record;
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
            return ahead(request, await (0,answer/* answerFor */.u3)(await (0,run/* run */.eF)(request, shop), request, shop));
        case 'rollback':
            if (request.dryRun)
                return await previewed(request, shop, layout);
            return await (0,answer/* answerFor */.u3)(await (0,rollback/* rollback */.d)(request, shop), request, shop);
        case 'adopt':
            return await (0,answer/* answerFor */.u3)(await adopt(request, shop), request, shop);
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
            const { result } = await (0,answer/* answerFor */.u3)(id, request, shop);
            return { result: { ...result, exitCode: 0 }, text: `Signed. Go on with: deploy-checklist run --resume ${id}` };
        }
        case 'gate': {
            const { gate } = await __webpack_require__.e(/* import() */ 457).then(__webpack_require__.bind(__webpack_require__, 9457));
            return await gate(request, shop, layout);
        }
        case 'delete':
            return await removed(request, shop);
        case 'settle':
            throw (0,errors/* refused */.J5)('usage', 'settle is for the post step of the actions', 'See `deploy-checklist --help`.');
    }
}
/** Ahead of the gate an execution that stands open is what was wanted, also one that an earlier attempt left midway. */
function ahead({ prepare }, answer) {
    const { result } = answer;
    return prepare && result.execution?.completedAt === '' ? { ...answer, result: { ...result, exitCode: 0 } } : answer;
}
async function planned(request, shop, layout) {
    const { planText } = await __webpack_require__.e(/* import() */ 36).then(__webpack_require__.bind(__webpack_require__, 4036));
    const { plan, ...rest } = await outlook(request, shop);
    const result = (0,answer/* fine */.Bs)('planned');
    // A plan for a pull request: what stands in the way today is shown, and is no fault of the change.
    const blocked = rest.objections.length > 0 && !request.prepare;
    const exit = blocked
        ? { status: 'REFUSED', exitCode: core_execution/* EXIT_CODES */.ai.REFUSED, reason: rest.objections[0]?.reason ?? 'usage' }
        : {};
    return {
        result: { ...result, ...exit },
        text: planText(plan, rest, layout),
        json: { format: 1, digest: plan.digest, plan, ...rest }
    };
}
/** The rollback that would be made, for whoever is about to click. */
async function previewed(request, shop, layout) {
    const [{ previewRollback }, { previewText }] = await Promise.all([
        __webpack_require__.e(/* import() */ 671).then(__webpack_require__.bind(__webpack_require__, 7671)),
        __webpack_require__.e(/* import() */ 90).then(__webpack_require__.bind(__webpack_require__, 4090))
    ]);
    const preview = await previewRollback(request, shop);
    if (preview === undefined)
        return { result: (0,answer/* fine */.Bs)('already_done', 'There is nothing to take back.') };
    return { result: (0,answer/* fine */.Bs)('planned'), text: previewText(preview, layout), json: { format: 1, ...preview } };
}
async function obey_watched(request, shop) {
    const found = await monitor(request, shop);
    const { result } = await (0,answer/* answerFor */.u3)(found.rolledBack ?? found.execution, request, shop);
    if (found.rolledBack !== undefined)
        return { result };
    const failed = watchedStatus(found) === 'FAILED';
    const judged = failed
        ? {
            ...result,
            status: 'FAILED',
            reason: found.handedOver === true ? 'rollback_due' : 'monitor_failed',
            exitCode: core_execution/* EXIT_CODES */.ai.FAILED
        }
        : { ...result, exitCode: 0 };
    return { result: judged, text: watchedText(found) };
}
async function listed(request, shop, layout) {
    const { historyText } = await __webpack_require__.e(/* import() */ 995).then(__webpack_require__.bind(__webpack_require__, 4995));
    const page = await (0,views/* history */.b6)(request, shop);
    return { result: (0,answer/* fine */.Bs)('ok'), text: historyText(page, layout), json: { format: 1, ...page } };
}
async function shown(request, shop, layout) {
    const { showText } = await __webpack_require__.e(/* import() */ 198).then(__webpack_require__.bind(__webpack_require__, 5198));
    const stored = await (0,views/* find */.I6)(request, shop);
    const result = await (0,views/* resultFor */.T2)(stored, await shop.ledger(), (0,answer/* invocationOf */.QC)(request, shop));
    return {
        result: { ...result, exitCode: 0 },
        text: showText(result, stored.events, layout),
        json: { ...result, events: stored.events }
    };
}
async function removed({ execution, because }, shop) {
    if (execution === '' || because === '') {
        throw (0,errors/* refused */.J5)('usage', 'delete takes the id of an execution and a reason', 'deploy-checklist delete ID --because WORDS');
    }
    const ledger = await shop.ledger();
    const { actor } = await shop.identity();
    const verdict = await ledger.remove(execution, `${actor}: ${because}`, shop.clock.now().toISOString());
    if (verdict === 'removed')
        return { result: (0,answer/* fine */.Bs)('ok'), text: `${execution} is deleted; its tombstone keeps number, times and last hash.` };
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
/**
 * Obeys one request, whatever happens: a fault becomes a result, a cancel is obeyed within seven seconds, what was opened
 * is closed. `signals` calls back with the signal's name and returns how to stop listening.
 */
async function session(host, request, voice, signals, exit) {
    const cancel = new AbortController();
    const deaf = signals(signal => {
        if (cancel.signal.aborted)
            return;
        cancel.abort(signal);
        voice.terminal.say(`Cancelled by ${signal}: what looks is ended, what acts gets a few seconds.`);
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
        return { answer: redacted(await obey(request, shop, voice.layout), shop.redactor.redact), record };
    }
    catch (thrown) {
        if (!('reason' in Object(thrown)) && thrown instanceof Error)
            host.stderr.write(`${shop.redactor.redact(thrown.stack ?? '')}\n`);
        const fault = (0,answer.resultOfFault)(thrown);
        const result = cancel.signal.aborted ? session_cancelled(fault, String(cancel.signal.reason)) : fault;
        const told = record === undefined ? undefined : await (0,answer/* answerFor */.u3)(record.id, request, shop).catch(() => undefined);
        return { answer: redacted({ result: session_merged(result, told?.result) }, shop.redactor.redact), record };
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
/** Whatever a message was made of: nothing is printed or handed on that holds a secret. */
function redacted(answer, redact) {
    const clean = (value) => JSON.parse(JSON.stringify(value), (_, part) => (typeof part === 'string' ? redact(part) : part));
    return {
        result: clean(answer.result),
        ...(answer.text !== undefined && { text: redact(answer.text) }),
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
    const asks = moves && host.stdin.isTTY === true && !json && (0,app_host/* actionsOf */.R)(host.env) === undefined;
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

// EXTERNAL MODULE: ./build/core/engine/left-behind.js
var left_behind = __webpack_require__(2449);
;// CONCATENATED MODULE: ./build/app/settle.js




/**
 * What a post step does: whatever ended the stage's process, the journal says so. A process that ended as it should has
 * left nothing to settle. The dead one's action is `unknown`, and the environment stays held when something was begun.
 * `died`: known from elsewhere; a stage that only looks has written nothing until it ends.
 */
async function settle(id, shop, died = false) {
    const ledger = await shop.ledger();
    const stored = await ledger.read(id);
    if (stored === undefined || (0,core_execution/* isEnded */.pl)(stored.record))
        return;
    const { record, events, head } = stored;
    const state = (0,engine_state/* stateOf */.L4)(events);
    const midway = died ||
        [...state.stages.values()].includes('started') ||
        (state.rollback !== undefined && state.rollback.ended === undefined);
    if (!midway || state.stopped !== undefined)
        return;
    if ((await shop.liveness.state(record.process)) === 'alive' && record.process.runId === undefined)
        return;
    const { clock, redactor } = shop;
    const journal = (0,engine_journal/* openJournal */._)({ state, record, head, seq: events.at(-1)?.seq ?? 0 }, { ledger, clock, redactor, observers: [] });
    const message = 'the process of this stage ended without a word';
    await journal.commit(...(0,left_behind/* leftBehind */.a)(state, message, message));
}

;// CONCATENATED MODULE: ./build/app/whole.js
/** All that works for a request. The entries load it at once, when there is one: in several parts it would start slower. */






/***/ }),

/***/ 2071:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ maskSecrets),
/* harmony export */   x: () => (/* binding */ workshopFor)
/* harmony export */ });
/* harmony import */ var _core_interpolate_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7393);
/* harmony import */ var _core_names_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5562);
/* harmony import */ var _core_stages_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9395);
/* harmony import */ var _host_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5088);




/** What the engine works with in this process. */
function workshopFor(plan, shop) {
    const { clock, shell, signal, kinds, host, terminal } = shop;
    maskSecrets(plan, shop);
    return {
        clock,
        shell,
        signal,
        kinds: new Map(kinds.map(kind => [kind.name, kind])),
        baseEnv: (0,_host_js__WEBPACK_IMPORTED_MODULE_2__/* .inheritedBy */ ._)(host.env),
        values: (of, builtIns) => (0,_core_names_js__WEBPACK_IMPORTED_MODULE_0__/* .resolveNames */ .jN)({ plan: of, kinds, stages: [], env: host.env, builtIns }).values,
        say: (item, line) => terminal.line(stageOf(item), item, line),
        progress: (item, progress) => terminal.progress(stageOf(item), item, progress)
    };
}
// An item's id begins with its stage; what has none speaks of the monitor's page command.
const stageOf = (item) => {
    const [stage = ''] = item.split('/');
    return (0,_core_stages_js__WEBPACK_IMPORTED_MODULE_1__/* .isStage */ .zD)(stage) ? stage : 'monitor';
};
/** Every value of a declared secret is hidden from now on, and every database's address with its password. */
function maskSecrets({ secrets, databases }, { host, mask }) {
    const texts = Object.values(databases).flatMap(({ url, scratch = '' }) => [url, scratch]);
    const addresses = texts.flatMap(_core_interpolate_js__WEBPACK_IMPORTED_MODULE_3__/* .namesIn */ .wX).filter(({ name }) => /:\/\//.test(host.env[name] ?? ''));
    for (const name of [...secrets, ...addresses.map(found => found.name)]) {
        const value = host.env[name];
        if (value)
            mask(value);
    }
}


/***/ }),

/***/ 9210:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ NO_RULES)
/* harmony export */ });
const NO_RULES = { vars: {} };


/***/ }),

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

/***/ 8731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QA: () => (/* binding */ liveOf),
/* harmony export */   b3: () => (/* binding */ builtIns),
/* harmony export */   wL: () => (/* binding */ benchFor)
/* harmony export */ });
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2693);

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
function viewOf(journal, { folder, acceptedLoss }, { plan, live, undoing }) {
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
        get signOffs() {
            return journal.state.signOffs;
        },
        starter: journal.record.actor,
        acceptedLoss
    };
}


/***/ }),

/***/ 6157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bv: () => (/* binding */ blocks),
/* harmony export */   LD: () => (/* binding */ decide)
/* harmony export */ });
/* unused harmony export blockersOf */
/* harmony import */ var _stages_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9395);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2693);


const REASON = {
    preflight: 'preflight_failed',
    backup: 'backup_failed',
    migrate: 'migration_failed',
    deploy: 'deploy_failed',
    'smoke-test': 'smoke_test_failed',
    monitor: 'monitor_failed'
};
/** Given the plan and what has happened: what is next? `paged` says whether somebody was told of a failed monitor. */
function decide(state, wish, paged) {
    if (state.stopped?.type === 'ended')
        return nothing(`it ended ${state.stopped.status}`);
    if (state.stopped?.type === 'paused')
        return nothing(`it is ${state.stopped.status}`);
    const loose = (0,_state_js__WEBPACK_IMPORTED_MODULE_1__/* .unresolved */ .II)(state);
    if (loose.length > 0)
        return { do: 'settle', deeds: loose };
    if (wish.rollBack === true && state.rollback === undefined)
        return { do: 'roll-back', cause: 'ok', scope: 'all' };
    if (state.rollback !== undefined)
        return afterRollback(state, state.rollback, wish.rollBack === true);
    if (wish.look !== undefined)
        return looked(state, wish.look);
    const failed = _stages_js__WEBPACK_IMPORTED_MODULE_0__/* .FORWARD_STAGES */ .sr.find(stage => state.stages.get(stage) === 'failed');
    if (failed !== undefined)
        return afterFailure(state, failed, paged);
    const next = _stages_js__WEBPACK_IMPORTED_MODULE_0__/* .FORWARD_STAGES */ .sr.find(stage => state.stages.get(stage) !== 'passed');
    if (next === undefined)
        return success(state);
    return wish.only === undefined || wish.only === next || state.plan.stages[next].length === 0
        ? { do: 'stage', stage: next }
        : besides(wish.only, next);
}
// One stage alone was asked for, and it is not its turn: either it is done, or it is too early.
function besides(only, next) {
    if (_stages_js__WEBPACK_IMPORTED_MODULE_0__/* .FORWARD_STAGES */ .sr.indexOf(only) < _stages_js__WEBPACK_IMPORTED_MODULE_0__/* .FORWARD_STAGES */ .sr.indexOf(next))
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
    const next = _stages_js__WEBPACK_IMPORTED_MODULE_0__/* .FORWARD_STAGES */ .sr.find(stage => !['passed', 'failed'].includes(state.stages.get(stage) ?? ''));
    if (next !== undefined)
        return { do: 'stage', stage: next };
    const blocked = _stages_js__WEBPACK_IMPORTED_MODULE_0__/* .FORWARD_STAGES */ .sr.flatMap(stage => blockersOf(state, stage));
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
    const reason = blocked.find(({ settled }) => settled?.reason !== undefined)?.settled?.reason ?? REASON[failed];
    switch (_stages_js__WEBPACK_IMPORTED_MODULE_0__/* .STAGES */ .an[failed].onFailure) {
        case 'stop':
            return { do: 'end', status: untouched(state, blocked) ? 'UNAVAILABLE' : 'FAILED', reason, message };
        case 'undo':
            return { do: 'roll-back', cause: reason, scope: 'migrate' };
        case 'ask':
            if (state.plan.monitor?.onFailure === 'rollback')
                return backOrAsk(state, reason, message);
            return paged ? { do: 'end', status: 'FAILED', reason, message } : { do: 'page', message };
        default:
            return backOrAsk(state, reason, message);
    }
}
function backOrAsk({ plan }, cause, message) {
    if (plan.rollback.code === 'auto')
        return { do: 'roll-back', cause, scope: 'all' };
    const asked = 'the checklist leaves the rollback to a person (`rollback: { code: ask }`)';
    return { do: 'end', status: 'FAILED', reason: cause, message: `${message}; ${asked}` };
}
// Nothing was touched and something outside did not answer: that is no verdict on the release.
const untouched = (state, blocked) => !state.acted && blocked.length > 0 && blocked.every(({ settled }) => settled?.reason === 'service_unavailable');
function afterRollback({ deeds }, rollback, byHand) {
    const { ended, scope, cause } = rollback;
    if (ended === undefined)
        return { do: 'roll-back', cause, scope };
    if (ended.verified && byHand)
        return { do: 'end', status: 'SUCCESS', reason: 'ok', message: '' };
    if (ended.verified && scope === 'all')
        return { do: 'end', status: 'ROLLED_BACK', reason: cause, message: ended.detail };
    const stuck = [...deeds.values()].some(({ stage, settled }) => stage === 'rollback' && settled?.outcome !== 'pass');
    const reason = scope === 'all' || stuck ? 'rollback_failed' : cause;
    return { do: 'end', status: 'FAILED', reason, message: ended.detail };
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

/***/ 1871:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nm: () => (/* binding */ settleDeeds),
/* harmony export */   zO: () => (/* binding */ tookEffect)
/* harmony export */ });
/* unused harmony export itemOf */
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8314);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(21);
/* harmony import */ var _run_item_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4942);
/* harmony import */ var _run_stage_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(847);




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
        const finding = findingOf(probe);
        await shift.journal.commit((0,_run_stage_js__WEBPACK_IMPORTED_MODULE_2__/* .outcomeOf */ .sG)(finding, named(deed), 0));
        if (probe.took === 'unknown')
            all = false;
    }
    return all;
}
const interrupted = (deed) => (0,_run_stage_js__WEBPACK_IMPORTED_MODULE_2__/* .outcomeOf */ .sG)({ outcome: 'unknown', detail: 'its process ended before it could say how it went' }, named(deed), 0);
const named = ({ stage, item, attempt, deed }) => ({ stage, item, attempt, deed });
function findingOf({ took, detail, finding }) {
    if (took === 'unknown')
        return { outcome: 'unknown', detail };
    const part = finding?.migration === undefined ? {} : { migration: finding.migration };
    if (took === 'no-effect')
        return { outcome: 'unknown', detail, evidence: { took }, ...part };
    return finding ?? { outcome: 'pass', detail, evidence: { took } };
}
/** Whether a deed took effect. An undo took effect when its item's effect is gone. */
async function tookEffect(deed, shift, witnesses) {
    const item = itemOf(deed, shift);
    if (item === undefined)
        return unknown(`${deed.item} is not in the plan`);
    const alive = await outlived(item, deed, shift, witnesses.leftovers);
    if (alive !== undefined)
        return unknown(alive);
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
// A service that the item started bears its marks too and never ends. Where the journal does not say which one the
// program itself is, everything that leads a group is waited for.
function isTheProgram({ pid, startedAt, leads }, notes) {
    const noted = notes.findLast(note => (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(note['program']))?.['program'];
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(noted) ? noted['pid'] === pid && noted['startedAt'] === startedAt : leads;
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
async function probed(item, { deed, notes }, shift) {
    const { bench, workshop, journal } = shift;
    const limit = (0,_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .withLimit */ .Ko)(workshop.signal, PROBE_TIMEOUT_MS, workshop.clock);
    try {
        // The deed's own: for a rollback by hand it stands in another journal than the one that is written.
        const context = { ...(0,_run_item_js__WEBPACK_IMPORTED_MODULE_1__/* .contextOf */ .Vm)(item, deed, bench, workshop, journal, limit.signal), notes };
        const seen = await lookAt(item, shift, context);
        return deed === 'run' ? seen : inverse(seen);
    }
    catch (error) {
        const finding = await (0,_run_item_js__WEBPACK_IMPORTED_MODULE_1__/* .guarded */ .Nj)(workshop, item.id, () => Promise.reject(error));
        return unknown(`its probe broke: ${finding.detail}`);
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

/***/ 2449:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ leftBehind)
/* harmony export */ });
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2693);

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

/***/ 21:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ko: () => (/* binding */ withLimit),
/* harmony export */   LF: () => (/* binding */ limitOf),
/* harmony export */   LG: () => (/* binding */ NESTED_TIMEOUT_MS),
/* harmony export */   PU: () => (/* binding */ isOver),
/* harmony export */   Rq: () => (/* binding */ timeoutOf)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2807);
/* harmony import */ var _join_signals_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9424);
/* harmony import */ var _units_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5673);



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
    return Math.min(timeoutOf(item), left);
}
/** Joins the run's cancel signal with a time limit of this attempt. */
function withLimit(cancel, ms, clock) {
    const over = new AbortController();
    const stop = new AbortController();
    const late = () => over.abort(new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ChecklistError */ .vm('FAILED', 'cancelled', {
        message: `no end within ${(0,_units_js__WEBPACK_IMPORTED_MODULE_1__/* .formatDuration */ .a3)(ms)}`,
        hint: 'Raise its `timeout`, or find out what it waits for.'
    }));
    void clock.sleep(ms, stop.signal).then(() => {
        if (!stop.signal.aborted)
            late();
    });
    const joined = (0,_join_signals_js__WEBPACK_IMPORTED_MODULE_2__/* .joinSignals */ .o)(cancel, over.signal);
    const done = () => {
        stop.abort('done');
        joined.done();
    };
    return { signal: joined.signal, done };
}


/***/ }),

/***/ 4806:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ page)
/* harmony export */ });
const LONGEST_MS = 60_000;
/** Tells a person, by the checklist's own command. That this fails is said and changes nothing. */
async function page({ text, folder, names, message }, workshop) {
    if (text === undefined)
        return workshop.say('monitor', `nobody is paged, because the checklist names no \`page\`: ${message}`);
    const exit = await workshop.shell.run({
        what: { text, shell: 'sh' },
        env: { ...workshop.baseEnv, ...names, DEPLOY_FAILURE: message },
        folder,
        timeoutMs: LONGEST_MS,
        signal: workshop.signal,
        onAbort: 'end',
        onLine: line => workshop.say('monitor', line)
    });
    if (exit.code !== 0)
        workshop.say('monitor', `the page command ended with ${exit.code}: a person must be told some other way`);
}


/***/ }),

/***/ 4301:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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

/***/ 1640:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FR: () => (/* binding */ undoBench),
/* harmony export */   nV: () => (/* binding */ probeBench),
/* harmony export */   zJ: () => (/* binding */ databaseOf)
/* harmony export */ });
/* harmony import */ var _bench_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8731);

/** The database that a migration is about. */
function databaseOf(deed, { undoing }) {
    const item = undoing.plan.stages.migrate.find(({ id }) => id === deed.item);
    return deed.settled?.migration?.database ?? item?.in ?? Object.keys(undoing.plan.databases)[0] ?? '';
}
/** Commands of an undo see the undone release as DEPLOY_COMMIT and what should be live as DEPLOY_PREVIOUS_COMMIT. */
function undoBench({ undoing, target }, { journal, workshop }, { errand }) {
    const { plan } = undoing;
    const live = { ...(0,_bench_js__WEBPACK_IMPORTED_MODULE_0__/* .liveOf */ .QA)(plan), previousCommit: target?.plan.commit ?? plan.previous?.commit ?? '' };
    return (0,_bench_js__WEBPACK_IMPORTED_MODULE_0__/* .benchFor */ .wL)('rollback', journal, workshop, errand, { plan, undoing, live });
}
/** What a probe of the undone deeds is asked with: their own execution is the one whose effect it looks for. */
function probeBench(order, shift, tools) {
    const bench = undoBench(order, shift, tools);
    const { id, undoesExecutionId } = shift.journal.record;
    return { ...bench, names: { ...bench.names, DEPLOY_EXECUTION: undoesExecutionId || id } };
}


/***/ }),

/***/ 8302:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ deedsToUndo),
  F: () => (/* binding */ rollBack)
});

// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
// EXTERNAL MODULE: ./build/core/engine/bench.js
var engine_bench = __webpack_require__(8731);
// EXTERNAL MODULE: ./build/core/engine/effects.js
var effects = __webpack_require__(1871);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
// EXTERNAL MODULE: ./build/core/engine/rollback-order.js
var rollback_order = __webpack_require__(1640);
// EXTERNAL MODULE: ./build/core/engine/run-item.js + 1 modules
var run_item = __webpack_require__(4942);
// EXTERNAL MODULE: ./build/core/engine/limits.js
var limits = __webpack_require__(21);
// EXTERNAL MODULE: ./build/core/engine/run-stage.js
var run_stage = __webpack_require__(847);
// EXTERNAL MODULE: ./build/core/engine/state.js + 1 modules
var state = __webpack_require__(2693);
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
    const finding = await (0,run_item/* guarded */.Nj)(workshop, item.id, () => deed(shift));
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
    const limit = (0,limits/* withLimit */.Ko)(workshop.signal, (0,limits/* timeoutOf */.Rq)(item), workshop.clock);
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
    const { note } = (0,run_item/* contextOf */.Vm)(item, 'undo', bench, workshop, journal, signal);
    const exit = await workshop.shell.run({
        what: { text, shell: 'sh' },
        env: { ...workshop.baseEnv, ...bench.names, DEPLOY_ITEM: item.id },
        folder: bench.view.folder,
        timeoutMs: (0,limits/* timeoutOf */.Rq)(item),
        signal,
        onAbort: 'interrupt',
        onStart: program => void note({ program }).catch(() => { }),
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
    const limit = (0,limits/* withLimit */.Ko)(workshop.signal, (0,limits/* timeoutOf */.Rq)(item), workshop.clock);
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
    if (schema === 'auto' || tools.errand.acceptedLoss.includes((0,rollback_order/* databaseOf */.zJ)(deed, order)))
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

;// CONCATENATED MODULE: ./build/core/engine/rollback.js








/** Undoes in reverse order, then runs the target's smoke test. Written to the journal step by step; tried once. */
async function rollBack(order, shift, tools) {
    const { journal, workshop } = shift;
    const began = workshop.clock.now().getTime();
    if (journal.state.rollback === undefined)
        await begin(order, shift);
    const remains = [];
    const stuck = await undoAll(order, shift, tools, remains);
    if (workshop.signal.aborted)
        return await journal.commit();
    const verdict = stuck ?? (await verify(order, shift, tools, remains));
    const durationMs = workshop.clock.now().getTime() - began;
    const tooLate = late(order.undoing.plan, durationMs);
    // The checklist promised a time: what took longer is no success, although nothing is left to do.
    const verified = verdict.kind === 'undone' && tooLate === '';
    const detail = `${verdict.detail}${tooLate}`;
    await journal.commit({ type: 'rollback-ended', verified, detail, durationMs, remains }, { type: 'stage-ended', stage: 'rollback', passed: verified, durationMs });
}
async function begin({ scope, cause, because, target, restore }, { journal }) {
    const to = { toExecution: target?.execution ?? '', toCommit: target?.plan.commit ?? '' };
    await journal.commit({ type: 'rollback-started', scope, cause, because, ...to, restore }, { type: 'stage-started', stage: 'rollback' });
}
const late = ({ rollback }, ms) => rollback.withinMs !== undefined && ms > rollback.withinMs
    ? `; it took ${(0,units/* formatDuration */.a3)(ms)}, longer than the promised ${(0,units/* formatDuration */.a3)(rollback.withinMs)}`
    : '';
/** Every deed whose effect may still be there, newest first: deploy's, then the migration's. */
const deedsToUndo = (state, scope) => effectsOf(state, scope).filter(deed => !isUndone(state, deed.item) && !isRestored(state, deed));
const isUndone = ({ deeds }, item) => deeds.get((0,state/* deedKey */.qT)('rollback', item, 'undo'))?.settled?.outcome === 'pass';
/** A restored database has no migration of that execution any more, whatever its own undo would do. */
function isRestored(state, { stage, settled }) {
    const database = settled?.migration?.database;
    if (stage !== 'migrate' || database === undefined)
        return false;
    const item = backupOf(state.plan, database);
    return item !== undefined && isUndone(state, item.id);
}
const backupOf = ({ stages, databases }, name) => stages.backup.find(({ kind, spec, in: at }) => kind === 'backup' && (spec['backup'] ?? at ?? Object.keys(databases)[0]) === name);
function effectsOf({ deeds }, scope) {
    const did = [...deeds.values()]
        .filter(({ deed, intended }) => deed === 'run' && intended)
        .filter(deed => !(0,state/* mayRunAgain */.N4)(deed) || deed.settled?.migration?.moved === true);
    const of = (stage) => did.filter(deed => deed.stage === stage).reverse();
    const migrated = of('migrate').filter(({ settled }) => settled?.migration?.moved !== false);
    return scope === 'migrate' ? migrated : [...of('monitor'), ...of('smoke-test'), ...of('deploy'), ...migrated];
}
async function undoAll(order, shift, tools, remains) {
    const deeds = deedsToUndo(order.undoing, order.scope);
    for (const deed of deeds.filter(({ stage }) => stage !== 'migrate')) {
        const back = await undoOne(deed, order, shift, tools);
        if (back.kind === 'stuck')
            return back;
        if (back.kind === 'kept')
            remains.push(back.detail);
    }
    for (const name of order.restore) {
        const back = await restore(name, order, shift, tools);
        if (back.kind === 'stuck')
            return back;
    }
    for (const deed of deeds.filter(({ stage }) => stage === 'migrate')) {
        if (order.restore.includes((0,rollback_order/* databaseOf */.zJ)(deed, order)))
            continue;
        const back = await undoOne(deed, order, shift, tools);
        if (back.kind === 'stuck')
            return back;
        if (back.kind === 'kept')
            remains.push(back.detail);
    }
    return undefined;
}
async function undoOne(found, order, shift, tools) {
    const item = Object.values(order.undoing.plan.stages)
        .flat()
        .find(({ id }) => id === found.item);
    if (item === undefined)
        return { kind: 'stuck', detail: `${found.item} is not in the plan that it ran by` };
    const bench = (0,rollback_order/* undoBench */.FR)(order, shift, tools);
    let deed = found;
    if (deed.settled === undefined || (deed.settled.outcome === 'unknown' && !(0,state/* mayRunAgain */.N4)(deed))) {
        // Killed in the middle: what had no effect needs no undo. What nobody knows is undone, that is what an undo is for.
        const asked = { ...shift, bench: { ...(0,rollback_order/* probeBench */.nV)(order, shift, tools), stage: deed.stage } };
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
    const item = backupOf(order.undoing.plan, name);
    const deed = item === undefined ? undefined : order.undoing.deeds.get((0,state/* deedKey */.qT)('backup', item.id, 'run'));
    const receipt = deed?.settled?.receipt;
    if (item === undefined || deed === undefined || receipt === undefined) {
        return { kind: 'stuck', detail: `there is no proven backup of ${name} in the execution that is undone` };
    }
    if (isUndone(order.undoing, item.id))
        return { kind: 'undone', detail: `${name} was restored by an earlier rollback` };
    const bench = (0,rollback_order/* undoBench */.FR)(order, shift, tools);
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
        return { kind: 'undone', detail: remains.length === 0 ? 'the schema is as it was before' : remains.join('; ') };
    const deployed = effectsOf(undoing, 'all').filter(({ stage }) => stage === 'deploy');
    const undone = deployed.some(({ item }) => isUndone(shift.journal.state, item) || isUndone(undoing, item));
    if (deployed.length > 0 && !undone && remains.length > 0)
        return { kind: 'stuck', detail: `nothing could be undone: ${remains.join('; ')}` };
    if (target === undefined)
        return {
            kind: 'stuck',
            detail: 'what could be undone is undone, but there is no earlier good release whose smoke test could prove it'
        };
    const items = target.plan.stages['smoke-test'];
    if (items.length === 0)
        return {
            kind: 'stuck',
            detail: `what could be undone is undone, but ${target.execution} stored no smoke test that could prove it`
        };
    const live = { commit: target.plan.commit, previousCommit: undoing.plan.commit, release: target.plan.release };
    const bench = (0,engine_bench/* benchFor */.wL)('rollback', shift.journal, shift.workshop, tools.errand, {
        plan: target.plan,
        undoing,
        live
    });
    const passed = await (0,run_stage/* runItems */.Cb)(items, { ...shift, bench }, true);
    const stays = remains.length === 0 ? '' : `; ${remains.join('; ')}`;
    if (passed)
        return { kind: 'undone', detail: `${rollback_short(target.plan.commit)} is live again and passed its smoke test${stays}` };
    return { kind: 'stuck', detail: `${rollback_short(target.plan.commit)} does not pass its own smoke test${stays}` };
}
const rollback_short = (commit) => commit.slice(0, 12);


/***/ }),

/***/ 4942:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Vm: () => (/* binding */ contextOf),
  GS: () => (/* binding */ fill),
  Nj: () => (/* binding */ guarded),
  nb: () => (/* binding */ runItem)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/interpolate.js
var interpolate = __webpack_require__(7393);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
// EXTERNAL MODULE: ./build/core/engine/limits.js
var limits = __webpack_require__(21);
// EXTERNAL MODULE: ./build/core/stages.js
var stages = __webpack_require__(9395);
;// CONCATENATED MODULE: ./build/core/engine/poll.js




const POLL = { forMs: 30_000, everyMs: 1_000 };
/** How an item polls: as it says, else network checks of smoke-test and health wait for what is still starting. */
function retryOf(item, stage, polls) {
    if (item.retry === 'none' || item.effect === 'action')
        return undefined;
    return item.retry ?? (polls && stages/* STAGES */.an[stage].polls ? POLL : undefined);
}
/** `retry` of a nested check stands in the plan as it was written; the loader has checked its form. */
function nestedRetry(raw) {
    if (raw === 'none')
        return undefined;
    if (!(0,json/* isObject */.Gv)(raw))
        return POLL;
    const ms = (key, otherwise) => (0,units/* parseDuration */.E9)(String(raw[key] ?? '')) ?? otherwise;
    return { forMs: ms('for', POLL.forMs), everyMs: ms('every', POLL.everyMs) };
}
const SETTLED = ['pass', 'skip', 'waiting', 'unknown'];
/** Until it passes, the time is over or the run is cancelled; what is told in the end is the last finding. */
async function poll(attempt, retry, bench, { clock, signal }) {
    const began = clock.now().getTime();
    const spent = () => clock.now().getTime() - began;
    const settled = ({ outcome, reason }) => SETTLED.includes(outcome) || reason === 'bug';
    const goesOn = (every) => !signal.aborted && !(0,limits/* isOver */.PU)(bench, clock) && spent() + every.everyMs <= every.forMs;
    let finding = await attempt();
    let tries = 1;
    while (retry !== undefined && !settled(finding) && goesOn(retry)) {
        await clock.sleep(retry.everyMs, signal);
        finding = await attempt();
        tries++;
    }
    if (tries === 1 || settled(finding))
        return finding;
    return { ...finding, detail: `${finding.detail} (${tries} tries in ${(0,units/* formatDuration */.a3)(spent())})` };
}

// EXTERNAL MODULE: ./build/core/engine/read-spec.js
var read_spec = __webpack_require__(4301);
// EXTERNAL MODULE: ./build/core/engine/state.js + 1 modules
var engine_state = __webpack_require__(2693);
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
        return await poll(attempt, retryOf(item, bench.stage, kind.polls ?? false), bench, workshop);
    });
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
        for (const [name, value] of Object.entries(finding.captures ?? {}))
            bench.captures.set(name, value);
        return finding;
    }
    finally {
        limit.done();
    }
}
function contextOf(item, deed, bench, workshop, journal, signal) {
    const { stage, view, names, captures } = bench;
    const state = () => journal.state.deeds.get((0,engine_state/* deedKey */.qT)(stage, item.id, deed));
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
        note: data => journal.commit({ type: 'note', item: item.id, attempt: state()?.attempt ?? 1, deed, data }),
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
    return await poll(() => guarded(workshop, item.id, attempt), nestedRetry(retry), bench, workshop);
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
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cb: () => (/* binding */ runItems),
/* harmony export */   Si: () => (/* binding */ runStage),
/* harmony export */   sG: () => (/* binding */ outcomeOf)
/* harmony export */ });
/* harmony import */ var _stages_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9395);
/* harmony import */ var _decide_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6157);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(21);
/* harmony import */ var _read_spec_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4301);
/* harmony import */ var _run_item_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4942);
/* harmony import */ var _state_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2693);






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
    if (acts)
        await journal.commit({ type: 'intent', stage: bench.stage, item: item.id, target: '', attempt, deed: 'run' });
    const began = workshop.clock.now().getTime();
    const finding = await (0,_run_item_js__WEBPACK_IMPORTED_MODULE_4__/* .runItem */ .nb)(item, bench, workshop, journal);
    // A check that was cut off by a cancel has concluded nothing.
    if (workshop.signal.aborted && !acts && finding.outcome !== 'pass')
        return;
    journal.keep(outcomeOf(finding, { stage: bench.stage, item: item.id, attempt, deed: 'run' }, workshop.clock.now().getTime() - began));
    if (acts && !isWrittenNext(item, shift))
        await journal.commit();
}
const tooLate = {
    outcome: 'fail',
    detail: 'not begun: the time of its stage was over',
    hint: 'Raise the stage in `timeouts`, or find out what took so long.'
};
// One durable write for this outcome together with the next action's intent, or with the stage's end: nothing lies
// between the two.
function isWrittenNext(item, { bench, journal }) {
    if (bench.stage === 'rollback')
        return false;
    const items = journal.state.plan.stages[bench.stage];
    const next = items[items.findIndex(({ id }) => id === item.id) + 1];
    const mine = journal.state.deeds.get((0,_state_js__WEBPACK_IMPORTED_MODULE_5__/* .deedKey */ .qT)(bench.stage, item.id, 'run'));
    return next === undefined || (next.effect === 'action' && mine?.settled?.outcome === 'pass');
}
/** A finding as the journal keeps it: without its captures, which may be secrets. */
function outcomeOf(finding, named, durationMs) {
    const { captures: _, hint = '', ...rest } = finding;
    return { type: 'outcome', target: '', ...named, ...rest, hint, durationMs };
}


/***/ }),

/***/ 1329:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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

/***/ 5603:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O7: () => (/* binding */ asksForReviewers),
/* harmony export */   e0: () => (/* binding */ strayPolicies),
/* harmony export */   k9: () => (/* binding */ asksGitHub),
/* harmony export */   kj: () => (/* binding */ bodyFor),
/* harmony export */   zc: () => (/* binding */ settingsFor)
/* harmony export */ });
/* harmony import */ var _branch_pattern_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1329);

/** True if the promise needs somebody who reviews on GitHub. */
const asksForReviewers = ({ reviewers, preventSelfReview }) => reviewers === 'required' || (preventSelfReview === true && reviewers !== 'sign-off');
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
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GW: () => (/* binding */ interpolate),
/* harmony export */   bC: () => (/* binding */ interpolateAll),
/* harmony export */   ip: () => (/* binding */ HANDED_NAMES),
/* harmony export */   oX: () => (/* binding */ BUILT_IN_NAMES),
/* harmony export */   wX: () => (/* binding */ namesIn)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8314);

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
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ joinSignals)
/* harmony export */ });
/**
 * One signal that aborts with the first of several, and its reason. `AbortSignal.any` does this from Node 20.3 on; here
 * `done` lets go of the longer-lived ones, which a run of a thousand items needs.
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
    return { signal: joined.signal, done };
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
    if (record.number !== before.number || !sameKey(record, before)) {
        throw new Error(`execution ${record.id} cannot change its key or number`);
    }
    if (head === expectedHead)
        assertChained(events, head, seq);
}
const sameKey = ({ key: a }, { key: b }) => a.repository === b.repository && a.checklist === b.checklist && a.environment === b.environment;


/***/ }),

/***/ 5562:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CB: () => (/* binding */ textsOf),
/* harmony export */   NZ: () => (/* binding */ asked),
/* harmony export */   bW: () => (/* binding */ shellNames),
/* harmony export */   iw: () => (/* binding */ stringsOf),
/* harmony export */   jN: () => (/* binding */ resolveNames)
/* harmony export */ });
/* unused harmony exports declaredByItems, demandedNames */
/* harmony import */ var _engine_read_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4301);
/* harmony import */ var _interpolate_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7393);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8314);
/* harmony import */ var _stages_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9395);




/** Names that a text for a shell mentions as `$NAME` or `${NAME…}`; which of them are declared, it cannot say. */
const shellNames = (text) => [...text.matchAll(/\$(?:\{[#!]?)?([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name = '']) => name);
/** Every text of an item, those of its nested checks too. */
function textsOf({ kind, spec, undo, probe }, kinds) {
    const { shellText = [], nested = [] } = kinds.find(({ name }) => name === kind) ?? {};
    const own = Object.entries(spec).flatMap(([key, value]) => {
        if (nested.includes(key) && (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value))
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
/** Every string of a value and the path to it. */
function stringsOf(value, path) {
    if (typeof value === 'string')
        return [{ path, text: value }];
    if (Array.isArray(value))
        return value.flatMap((part, index) => stringsOf(part, [...path, index]));
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_2__/* .isObject */ .Gv)(value) ? Object.entries(value).flatMap(([key, part]) => stringsOf(part, [...path, key])) : [];
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
    const names = unique(demanded.map(({ name }) => name)).filter(name => !isBuiltIn(name));
    return names.map(name => ({ name, by: unique(demanded.filter(use => use.name === name).map(({ by }) => by)) }));
}
const rollsBack = (stage, { monitor }) => _stages_js__WEBPACK_IMPORTED_MODULE_1__/* .STAGES */ .an[stage].onFailure === 'roll-back' || (stage === 'monitor' && monitor?.onFailure === 'rollback');
function usesOf(plan, stage, kinds, declared) {
    if (stage === 'rollback') {
        return [...plan.stages.deploy, ...plan.stages.migrate].flatMap(item => undoUses(item, plan, kinds, declared));
    }
    const items = plan.stages[stage].filter(({ skip }) => skip === undefined);
    const captured = items.flatMap(item => asked(item, kinds, 'captures'));
    const uses = items.flatMap(item => itemUses(item, plan, textsOf(item, kinds), declared));
    const page = stage === 'monitor' ? namesOf([{ path: [], text: plan.monitor?.page ?? '', shell: true }], declared) : [];
    return [...uses.filter(({ name }) => !captured.includes(name)), ...page.map(name => ({ name, by: 'monitor.page' }))];
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
    const addresses = [url, store, scratch].flatMap(_interpolate_js__WEBPACK_IMPORTED_MODULE_3__/* .namesIn */ .wX).map(({ name }) => name);
    return unique([...namesOf(texts, declared), ...addresses]).map(name => ({ name, by: item.id }));
}
const namesOf = (texts, declared) => texts.flatMap(({ text, shell }) => shell ? shellNames(text).filter(name => declared.includes(name)) : (0,_interpolate_js__WEBPACK_IMPORTED_MODULE_3__/* .namesIn */ .wX)(text).map(({ name }) => name));
/** Where a name's value comes from in the end: itself, or what its var is made of, each var looked at once. */
function sourcesOf(name, vars, seen = new Set()) {
    const value = Object.hasOwn(vars, name) ? vars[name] : undefined;
    if (value === undefined)
        return [name];
    if (seen.has(name))
        return [];
    seen.add(name);
    return (0,_interpolate_js__WEBPACK_IMPORTED_MODULE_3__/* .namesIn */ .wX)(value).flatMap(inner => sourcesOf(inner.name, vars, seen));
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
        for (const inner of (0,_interpolate_js__WEBPACK_IMPORTED_MODULE_3__/* .namesIn */ .wX)(text))
            settle(inner.name);
        const filled = (0,_interpolate_js__WEBPACK_IMPORTED_MODULE_3__/* .interpolate */ .GW)(text, { ...known, ...values });
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
    const parsed = known && (0,_engine_read_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .readSpec */ .O)(known, spec);
    return parsed?.success ? (known?.[question]?.(parsed.data) ?? []) : [];
}
const isBuiltIn = (name) => _interpolate_js__WEBPACK_IMPORTED_MODULE_3__/* .BUILT_IN_NAMES */ .oX.some(builtIn => builtIn === name);
const unique = (values) => [...new Set(values)];


/***/ }),

/***/ 7267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JK: () => (/* binding */ decideObjections),
/* harmony export */   T4: () => (/* binding */ chooseWay),
/* harmony export */   Z1: () => (/* binding */ pooledUrl)
/* harmony export */ });
/* harmony import */ var _core_units_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5673);
/* harmony import */ var _postgres_extensions_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9966);
/* harmony import */ var _postgres_scratch_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1012);



const OLDEST = 110_000;
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
    if (source.versionNumber < OLDEST) {
        found.push({
            reason: 'backup_not_proven',
            message: `${name}: PostgreSQL 11 or newer can be fingerprinted, this is ${source.version}`,
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
    if (ledger !== undefined && isSame(ledger, source)) {
        found.push({
            reason: 'ledger_inside_database',
            message: `${name} keeps the ledger too: restoring it would take the record of the restore with it`,
            hint: 'Give the ledger a database of its own.'
        });
    }
    return found;
}
/** Asked before everything else, since behind a pooler no other answer can be relied on. */
const pooledUrl = (name) => ({
    reason: 'pooled_url',
    message: `${name}: the URL goes through a pooler that shares sessions, so neither locks nor snapshots hold`,
    hint: 'Use the direct URL of the server (often another port, such as 5432 beside 6543).'
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
function ofDump({ name, source, space, diskDisappears, storeGiven }) {
    const found = [];
    if (diskDisappears && !storeGiven) {
        found.push({
            reason: 'no_lasting_store',
            message: `${name}: this runner's disk is gone after the job, and the dump with it`,
            hint: `Name a folder that lasts (databases: ${name}: store: /mnt/backups), or use a self-hosted runner.`
        });
    }
    const { store, scratch } = space;
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
const isSame = (a, b) => a.systemIdentifier === b.systemIdentifier && a.databaseOid === b.databaseOid;
const firstOf = (names) => names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');


/***/ }),

/***/ 8576:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  expandPatterns: () => (/* reexport */ expandPatterns),
  a: () => (/* binding */ migrateKind)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
// EXTERNAL MODULE: ./build/database/postgres/catalog.js
var postgres_catalog = __webpack_require__(905);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
// EXTERNAL MODULE: ./build/core/plan.js
var plan = __webpack_require__(4115);
;// CONCATENATED MODULE: ./build/database/postgres/catalog-diff.js


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
const digestOfCatalog = (catalog) => (0,plan/* sha256 */.sc)(JSON.stringify(Object.keys(catalog)
    .sort()
    .map(key => [key, catalog[key]?.def])));
const recordCatalogs = (before, after) => {
    const { added, removed, changed } = diffCatalogs(before, after);
    return { before: digestOfCatalog(before), after: digestOfCatalog(after), diff: { added, removed, changed } };
};
/** Reads what `recordCatalogs` wrote; undefined for anything else, such as the record of another engine. */
function readCatalogs(record) {
    if (!(0,json/* isObject */.Gv)(record) || typeof record.before !== 'string' || typeof record.after !== 'string')
        return undefined;
    const { before, after, diff } = record;
    if (!(0,json/* isObject */.Gv)(diff))
        return undefined;
    const changed = Object.entries((0,json/* isObject */.Gv)(diff.changed) ? diff.changed : {}).map(([key, change]) => {
        const [was, is] = (0,json/* isObject */.Gv)(change) ? [change.before, change.after] : [];
        return [key, { before: String(was), after: String(is) }];
    });
    return {
        before,
        after,
        diff: { added: readCatalog(diff.added), removed: readCatalog(diff.removed), changed: Object.fromEntries(changed) }
    };
}
function readCatalog(value) {
    const entries = Object.entries((0,json/* isObject */.Gv)(value) ? value : {}).map(([key, entry]) => {
        const of = (0,json/* isObject */.Gv)(entry) && Array.isArray(entry.of) ? entry.of.map(String) : [];
        return [key, { def: (0,json/* isObject */.Gv)(entry) ? String(entry.def) : '', of }];
    });
    return Object.fromEntries(entries);
}
const pick = (catalog, keys) => Object.fromEntries(keys.flatMap(key => (catalog[key] === undefined ? [] : [[key, catalog[key]]])));

// EXTERNAL MODULE: ./build/database/postgres/faults.js
var faults = __webpack_require__(9213);
// EXTERNAL MODULE: ./build/database/postgres/sql-statements.js
var sql_statements = __webpack_require__(9149);
;// CONCATENATED MODULE: ./build/database/postgres/sql-files.js


const NO_TRANSACTION = /^\s*--\s*deploy-checklist:\s*no-transaction\s*$/;
const DOWN = /\.down\.sql$/i;
const readSqlFile = (file, sql) => ({
    file,
    sha256: (0,plan/* sha256 */.sc)(sql),
    sql,
    statements: (0,sql_statements/* statementsIn */.WI)(sql),
    transaction: !headOf(sql).some(line => NO_TRANSACTION.test(line))
});
/** `001_users.sql` and `001_users.up.sql` are taken back by `001_users.down.sql`. */
const downOf = (file) => file.replace(/(\.up)?\.sql$/i, '.down.sql');
const isDown = (file) => DOWN.test(file);
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
 * What is to be run of these files, which are in their order: those that the ledger does not know. `changed` were
 * applied with another content; `late` would run after a file that stands behind them. `baseline` and what stands before
 * it was applied before there was a ledger.
 */
function planFiles(files, applied, baseline) {
    const base = baseline === undefined ? -1 : files.findIndex(({ file }) => isNamed(file, baseline));
    const pending = files.filter(({ file }, index) => index > base && applied[file] === undefined);
    const last = files.findLastIndex(({ file }) => applied[file] !== undefined);
    return {
        changed: files.filter(({ file, sha256 }) => applied[file] !== undefined && applied[file] !== sha256).map(nameOf),
        late: pending.filter(each => files.indexOf(each) < last).map(nameOf),
        pending
    };
}
/** True for the whole path or the last part of it. */
const isNamed = (file, name) => file === name || file.endsWith(`/${name}`);
/** The last of these files that is applied, or `none`: the version of a database that SQL files made. */
const versionOf = (files, applied, baseline) => files.findLast(({ file }) => applied[file] !== undefined || (baseline !== undefined && isNamed(file, baseline)))
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
const partsOf = (name) => name.match(/\d+|\D+/g) ?? [];
function comparePart(a, b) {
    const numbers = /^\d/.test(a) && /^\d/.test(b);
    if (numbers && BigInt(a) !== BigInt(b))
        return BigInt(a) < BigInt(b) ? -1 : 1;
    return numbers || a === b ? 0 : a < b ? -1 : 1;
}
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
const unpackCatalog = (packed) => readCatalog(JSON.parse((0,external_node_zlib_.gunzipSync)(Buffer.from(packed, 'base64')).toString()));
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
        digestOfCatalog(before.catalog) !== digestOfCatalog(after.catalog);
    const known = applied.flatMap(({ file }) => (downs[file] === undefined ? [] : [[file, downs[file].sha256]]));
    const catalog = { ...recordCatalogs(before.catalog, after.catalog), downs: Object.fromEntries(known) };
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
            return await judge(task, exit, { before, after, invalidBefore });
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
const isSame = (a, b) => a.version === b.version && digestOfCatalog(a.catalog) === digestOfCatalog(b.catalog);
async function judge(task, exit, { before, after, invalidBefore }) {
    const { spec, database } = task;
    const migration = recordOf({ database: database.name, before, after, applied: [] });
    const version = after.version;
    const wrong = await look(task, connection => verifySchema(connection, spec, { invalidBefore, version }));
    const moved = movement(task, before, after);
    if (exit.code !== 0) {
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
    const paths = (await expandPatterns(folder, patterns)).filter(path => !isDown(path));
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
    const parts = name.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return await matching(folder, external_node_path_.posix.dirname(path), new RegExp(`^${parts.join('[^/]*')}$`));
}
async function matching(folder, path, name) {
    const entries = await (0,promises_.readdir)((0,external_node_path_.join)(folder, path), { withFileTypes: true }).catch(() => []);
    const names = entries.filter(entry => !entry.isDirectory() && name.test(entry.name)).map(entry => entry.name);
    return names.map(each => external_node_path_.posix.join(path, each)).sort(compareNames);
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
    const down = downOf(path);
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
    const known = baseline === undefined || files.some(({ file }) => file === baseline || file.endsWith(`/${baseline}`));
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

;// CONCATENATED MODULE: ./build/database/migrate/probe.js











/**
 * What became of a migration whose process died. What still lives of it on the server is ended first, so that the answer
 * stays true. Of files it is exact, by the id of the transaction; of a command it is known only that nothing has moved,
 * or that exactly what was expected is there.
 */
async function probeMigration(task) {
    const { context, database, ports } = task;
    const notes = readNotes(context.notes);
    // The first note is durable before the first statement.
    if (notes.length === 0)
        return { took: 'no-effect', detail: 'it had not begun' };
    const session = beginOf(notes)?.session ?? workSession(context.execution.id);
    return await withSession(database, { session: 'deploy-checklist', signal: context.signal }, async (connection) => {
        if (!(await endSessions(connection, session, ports.clock)))
            return probe_unknown('its session on the server does not end');
        if (isOfFiles(task))
            return await probeFiles(connection, task);
        return isOfCommand(task) ? await probeCommand(connection, task) : probe_unknown('');
    });
}
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
    const course = { before, invalidBefore: [], applied: progress.applied };
    const finding = await files_judge(connection, task, listing, course);
    const took = pending.length === 0 ? 'effect' : 'no-effect';
    return { took, detail: `${files.length} applied, ${pending.length} still to come`, finding };
}
async function probeCommand(connection, task) {
    const { context, database, spec } = task;
    const before = standingBefore(readNotes(context.notes));
    if (before === undefined)
        return probe_unknown('its notes cannot be read');
    const after = { version: await readVersion(task), catalog: await (0,postgres_catalog/* queryCatalog */.il)(connection) };
    if (isSame(before, after)) {
        // Without a version, rows may have changed unseen.
        return spec.version === undefined
            ? probe_unknown('the schema is as it was before; whether rows changed cannot be told without `version`')
            : { took: 'no-effect', detail: `still at ${after.version || 'none'}` };
    }
    if (spec.version === undefined || after.version !== spec.expect?.version) {
        return probe_unknown(`the schema moved (${before.version || 'none'} to ${after.version || 'none'}), and nobody knows whether all of it is there`);
    }
    const migration = recordOf({ database: database.name, before, after, applied: [] });
    const detail = `the version is the expected one, ${after.version}`;
    return { took: 'effect', detail, finding: { outcome: 'pass', detail, migration } };
}
/**
 * For an undo whose process died. It may always run again, since it looks first at what is already back; only a file
 * without a transaction is left to a person. The engine reads `effect` as: the migration is still there.
 */
async function probeUndo({ context, database, ports }) {
    const notes = readNotes(context.notes);
    if (notes.length === 0)
        return { took: 'effect', detail: 'the undo had not begun' };
    const session = beginOf(notes)?.session ?? workSession(context.execution.id);
    return await withSession(database, { session: 'deploy-checklist', signal: context.signal }, async (connection) => {
        if (!(await endSessions(connection, session, ports.clock)))
            return probe_unknown('its session on the server does not end');
        const { unknown: why } = await settleNotes(connection, notes);
        return why === undefined ? { took: 'effect', detail: 'the undo may go on' } : probe_unknown(why);
    });
}
const probe_unknown = (detail) => ({ took: 'unknown', detail });

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
    const left = describeDiff(diffCatalogs(takeBack(after, diff), now));
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
    const catalogs = readCatalogs(record.catalog);
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
const stands = ({ spec }, now, version, digest) => digestOfCatalog(now.catalog) === digest && (spec.version === undefined || now.version === version);
async function undo_command_begin({ context }, { version, catalog }) {
    const session = workSession(context.execution.id);
    await context.note({ note: 'begin', before: version, catalog: packCatalog(catalog), session });
}

;// CONCATENATED MODULE: ./build/database/migrate/undo-files.js














/** Runs the down files of what was applied, newest first, each in a transaction of its own. */
async function undoByFiles(task, record) {
    const { context, database, spec, ports } = task;
    const { downs } = await listMigrations(context.execution.folder, patternsOf(spec));
    const problem = downProblem(record, downs);
    if (problem !== undefined)
        return stuck(problem, 'Undo it by hand, or restore the proven backup by name.');
    const catalogs = readCatalogs(record.catalog);
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
    if (digestOfCatalog(catalog) !== catalogs.after)
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
        const diff = readCatalogs(record?.catalog)?.diff;
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
const filesOf = (spec) => patternsOf(spec).flatMap(path => external_node_path_.posix.basename(path).includes('.sql') && !path.includes('*') ? [path, `${downOf(path)}*`] : [path]);


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
ORDER BY 1`;
/** Relations that the role cannot read whole, as quoted names. */
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
/* unused harmony export wordsOf */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _address_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8658);
/* harmony import */ var _client_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9004);
/* harmony import */ var _docker_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8216);
/* harmony import */ var _extensions_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9966);
/* harmony import */ var _offered_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2913);
/* harmony import */ var _programs_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6901);
/* harmony import */ var _quote_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(3702);
/* harmony import */ var _server_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8541);
/* harmony import */ var _source_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(1937);











/** What `scratch` says to allow a copy of the data where the checklist runs, without naming a server. */
const HERE = 'runner';
async function chooseScratch(facts) {
    const { given, found, majors } = facts;
    if (given !== undefined && given !== HERE)
        return { kind: 'given', url: given };
    const machine = (0,_programs_js__WEBPACK_IMPORTED_MODULE_7__/* .chooseServer */ .Nh)(found, majors);
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
        return (0,_docker_js__WEBPACK_IMPORTED_MODULE_4__/* .withDockerServer */ .U)({ ...request, image: plan.image }, inServer);
    return (0,_server_js__WEBPACK_IMPORTED_MODULE_8__/* .withServer */ .eH)({ bin: plan.programs.folder, signal }, ({ url }) => inServer(url));
}
async function withScratchDatabase(plan, server, source, signal, work) {
    const name = `${PREFIX}${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(6).toString('hex')}`;
    const roles = [];
    try {
        return await (0,_client_js__WEBPACK_IMPORTED_MODULE_3__/* .withClient */ .S)(server, { signal }, async (holder) => {
            if (plan.kind === 'given')
                await dropStale(holder);
            await holder.query(`SELECT pg_advisory_lock(hashtext('${name}'))`);
            await demandExtensions(holder, source, plan);
            roles.push(...(await createRoles(holder, source)));
            const locale = await createDatabase(holder, name, source);
            const database = (0,_address_js__WEBPACK_IMPORTED_MODULE_2__/* .inDatabase */ .jG)(server, name);
            const made = await (0,_client_js__WEBPACK_IMPORTED_MODULE_3__/* .withClient */ .S)(database, { signal }, _source_js__WEBPACK_IMPORTED_MODULE_9__/* .readSource */ .o$);
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
const PREFIX = 'deploy_checklist_scratch_';
// Whoever works with a copy holds its lock; a copy of production that a killed process left is nobody's.
async function dropStale({ query }) {
    const { rows } = await query(`SELECT datname FROM pg_database WHERE starts_with(datname, '${PREFIX}')`);
    for (const [name] of rows) {
        const free = await query(`SELECT pg_try_advisory_lock(hashtext($1))`, [name ?? '']);
        if (free.rows[0]?.[0] !== 't')
            continue;
        await query(`DROP DATABASE IF EXISTS ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_10__/* .quoteName */ .A)(name ?? '')} WITH (FORCE)`);
        await query(`SELECT pg_advisory_unlock(hashtext($1))`, [name ?? '']);
    }
}
// Asked before anything starts too, but not everywhere can it be known before the server runs.
async function demandExtensions(connection, { extensions }, plan) {
    const lacking = (0,_extensions_js__WEBPACK_IMPORTED_MODULE_5__/* .lackingExtensions */ .OJ)(extensions, await (0,_offered_js__WEBPACK_IMPORTED_MODULE_6__/* .offeredByServer */ .yh)(connection));
    if (lacking.length === 0)
        return;
    const { message, hint } = lackingOn(plan, lacking);
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('backup_not_proven', message, hint);
}
/** That the server which tries the dump does not offer what the database uses, and the remedy. */
const lackingOn = (plan, lacking) => ({
    message: `the server that tries the dump (${placeOf(plan)}) does not offer extensions that the database uses: expected ${(0,_extensions_js__WEBPACK_IMPORTED_MODULE_5__/* .describeLacking */ .RH)(lacking)}`,
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
        await query(`CREATE ROLE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_10__/* .quoteName */ .A)(role)} NOLOGIN`);
    return lacking;
}
async function createDatabase(connection, name, source) {
    const candidates = localesFor(source);
    for (const [index, { sql, words }] of candidates.entries()) {
        try {
            await connection.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING '${source.encoding}' ${sql}`);
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
        sql: `LC_COLLATE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_10__/* .quoteText */ .o)(both)} LC_CTYPE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_10__/* .quoteText */ .o)(both)}`,
        words: `${both} for ${collate}`
    });
    const own = `LC_COLLATE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_10__/* .quoteText */ .o)(collate)} LC_CTYPE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_10__/* .quoteText */ .o)(ctype)}`;
    const provided = provider === 'i' ? ` LOCALE_PROVIDER icu ICU_LOCALE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_10__/* .quoteText */ .o)(icu)}` : '';
    const builtin = provider === 'b' ? ` LOCALE_PROVIDER builtin BUILTIN_LOCALE ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_10__/* .quoteText */ .o)(icu)}` : '';
    const first = { sql: `${own}${provided}${builtin}`, words: collate };
    const unicode = encoding === 'UTF8' ? [libc('C.UTF-8'), libc('en_US.UTF-8')] : [];
    return [first, ...unicode, libc('C')];
}
function demandApart(source, scratch) {
    if ((0,_source_js__WEBPACK_IMPORTED_MODULE_9__/* .areApart */ .NQ)(source, scratch))
        return;
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('backup_not_proven', 'it cannot be told whether the scratch database is the source itself', 'Give the checklist another server to try backups on (databases: …: scratch: URL).');
}
async function clear(server, name, roles) {
    // Also when the run is being cancelled: a copy of production must not stay on somebody's server.
    await (0,_client_js__WEBPACK_IMPORTED_MODULE_3__/* .withClient */ .S)(server, { signal: AbortSignal.timeout(5_000) }, async ({ query }) => {
        await query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        for (const role of roles)
            await query(`DROP ROLE IF EXISTS ${(0,_quote_js__WEBPACK_IMPORTED_MODULE_10__/* .quoteName */ .A)(role)}`);
    }).catch(() => { });
}


/***/ }),

/***/ 1937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NQ: () => (/* binding */ areApart),
/* harmony export */   o$: () => (/* binding */ readSource)
/* harmony export */ });
/* unused harmony export readIdentity */
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8314);

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


/***/ })

};
