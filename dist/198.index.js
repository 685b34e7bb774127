export const id = 198;
export const ids = [198,995];
export const modules = {

/***/ 9708:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ columns)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6067);

const GAP = '  ';
/** A column is never made narrower than this, however small the terminal is. */
const NARROWEST = 6;
/**
 * Rows under their titles, in columns as wide as their widest cell. Where the terminal is narrower, the widest columns
 * give way and their texts end in an ellipsis; a column with nothing in it is left out.
 */
function columns(titles, rows, { width, paint }) {
    const used = titles.map((_, index) => rows.some(cells => (cells[index]?.text ?? '') !== ''));
    const cells = rows.map(cells => cells.filter((_, index) => used[index]).map(cell => ({ ...cell, text: (0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(cell.text) })));
    const heads = titles.filter((_, index) => used[index]);
    const widths = fit(heads.map((title, index) => Math.max((0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .widthOf */ .qz)(title), ...cells.map(line => (0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .widthOf */ .qz)(line[index]?.text ?? '')))), heads.map((_, index) => cells.some(line => line[index]?.whole === true)), width - GAP.length * Math.max(0, heads.length - 1));
    const line = (parts) => parts
        .map(({ text, style }, index) => {
        const filled = (0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .padded */ .jC)((0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .clip */ .$Q)(text, widths[index] ?? 0), index === parts.length - 1 ? 0 : (widths[index] ?? 0));
        return style === undefined ? filled : paint(style, filled);
    })
        .join(GAP)
        .trimEnd();
    return [line(heads.map(text => ({ text, style: 'dim' }))), ...cells.map(line)];
}
function fit(wanted, whole, room) {
    const widths = [...wanted];
    for (let sum = total(widths); sum > room; sum = total(widths)) {
        const width = Math.max(...widths.filter((_, index) => whole[index] !== true));
        if (width <= NARROWEST)
            break;
        widths[widths.findIndex((one, index) => one === width && whole[index] !== true)] = width - 1;
    }
    return widths;
}
const total = (widths) => widths.reduce((sum, width) => sum + width, 0);


/***/ }),

/***/ 4995:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   historyText: () => (/* binding */ historyText),
/* harmony export */   n: () => (/* binding */ moment)
/* harmony export */ });
/* unused harmony export historyMarkdown */
/* harmony import */ var _core_execution_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6464);
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6067);
/* harmony import */ var _columns_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9708);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5981);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4902);
/* harmony import */ var _marks_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3357);






const TITLES = [
    'no.',
    'status',
    'environment',
    'commit',
    'started (UTC)',
    'took',
    'by',
    'remarks',
    'execution'
];
/** Executions for a terminal, newest first as the ledger gave them, deleted ones among them. */
function historyText({ records, tombstones, unreadable = [], next }, layout = _layout_js__WEBPACK_IMPORTED_MODULE_3__/* .PLAIN */ .tZ) {
    const { width, paint } = layout;
    const broken = unreadable.flatMap(one => (0,_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .hanging */ .rM)(paint('red', '✗ '), (0,_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .lines */ .Mn)(brokenLine(one), 2, layout), 2));
    const notes = broken.length === 0 ? [] : ['', ...broken, ...(0,_layout_js__WEBPACK_IMPORTED_MODULE_3__/* .indented */ .gu)(`→ ${CLOSED}`, 2, layout)];
    if (records.length + tombstones.length === 0)
        return notes.length === 0 ? EMPTY : notes.slice(1).join('\n');
    const lines = merged(records, tombstones).map(entry => ('status' in entry ? cellsOf(entry, records) : gone(entry)));
    const more = next === undefined ? [] : ['', paint('dim', `There are older ones: --cursor ${next}`)];
    return [...(0,_columns_js__WEBPACK_IMPORTED_MODULE_2__/* .columns */ .Y)(TITLES, lines, { width, paint }), ...more, ...notes].join('\n');
}
const EMPTY = 'No execution is in this ledger yet.';
const CLOSED = 'Until it is whole again, nothing acts on its environment; `deploy-checklist verify` looks at the others.';
const brokenLine = ({ id, number, environment, problem }) => id === '' ? `unreadable: ${problem}` : `no. ${number} on ${environment}, ${id}, is unreadable: ${problem}`;
/** The same for a page. */
function historyMarkdown({ records, tombstones, unreadable = [] }) {
    const broken = unreadable.map(one => `- ${itemMark('error').emoji} ${prose(brokenLine(one))}`);
    if (records.length + tombstones.length === 0)
        return broken.join('\n') || EMPTY;
    const lines = merged(records, tombstones).map(entry => {
        const cells = 'status' in entry ? cellsOf(entry, records) : gone(entry);
        const mark = 'status' in entry ? `${statusMark(entry.status).emoji}&nbsp;` : '';
        return row(cells.map(({ text }, index) => (index === 1 ? mark : '') + prose(text)));
    });
    return [...tableHead(TITLES), ...lines, ...(broken.length > 0 ? ['', ...broken] : [])].join('\n');
}
function merged(records, tombstones) {
    // Within one key numbers decide, since clocks of different machines may not.
    return [...records, ...tombstones].toSorted((a, b) => (0,_core_execution_js__WEBPACK_IMPORTED_MODULE_0__/* .isSameKey */ .yL)(a.key, b.key) ? b.number - a.number : (0,_core_text_js__WEBPACK_IMPORTED_MODULE_1__/* .byMoment */ .W)(b.startedAt, a.startedAt));
}
function cellsOf(record, listed) {
    return [
        { text: String(record.number) },
        { whole: true, text: record.status, style: (0,_marks_js__WEBPACK_IMPORTED_MODULE_5__/* .statusMark */ .w8)(record.status).style },
        { text: record.key.environment },
        { text: (0,_core_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shortCommit */ .Ax)(record.commit) },
        { text: moment(record.startedAt), whole: true },
        { text: record.completedAt === '' ? '' : (0,_core_text_js__WEBPACK_IMPORTED_MODULE_1__/* .took */ .sm)(record.durationSeconds * 1000) },
        { text: record.actor },
        { text: remarks(record, listed) },
        { text: record.id, style: 'dim', whole: true }
    ];
}
const gone = ({ id, number, key, startedAt, deletedBy }) => [
    { text: String(number) },
    { text: 'deleted', style: 'dim' },
    { text: key.environment },
    { text: '' },
    { text: moment(startedAt) },
    { text: '' },
    { text: '' },
    { text: `by ${deletedBy}` },
    { text: id, style: 'dim', whole: true }
];
/** What the status alone does not say. */
function remarks(record, listed) {
    const { purpose, undoesExecutionId, rolledBack, rollbackReason, markedBad, holdsEnvironment, status, reason } = record;
    return [
        ...(purpose === 'rollback' ? [`takes back ${nameOf(undoesExecutionId, listed)}`] : []),
        ...(purpose === 'adopt' || purpose === 'observe' ? [purpose] : []),
        ...(rolledBack ? [`rolled back: ${rollbackReason}`] : []),
        ...(markedBad === '' ? [] : [markedBad === rollbackReason ? 'marked bad' : `marked bad: ${markedBad}`]),
        ...(holdsEnvironment ? ['holds the environment'] : []),
        ...(!rolledBack && !['SUCCESS', 'ROLLED_BACK'].includes(status) && reason !== '' ? [reason] : [])
    ].join('; ');
}
// Shorter by its number, where that stands in the same table.
function nameOf(id, listed) {
    const found = listed.find(record => record.id === id);
    return found === undefined ? id || 'an earlier one' : `no. ${found.number}`;
}
const moment = (at) => at.slice(0, 19).replace('T', ' ');


/***/ }),

/***/ 5198:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   showText: () => (/* binding */ showText)
/* harmony export */ });
/* unused harmony export eventWords */
/* harmony import */ var _core_deployments_missed_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7892);
/* harmony import */ var _core_reasons_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1091);
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6067);
/* harmony import */ var _columns_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9708);
/* harmony import */ var _ending_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5836);
/* harmony import */ var _history_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4995);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5981);
/* harmony import */ var _marks_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(3357);
/* harmony import */ var _passage_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8067);









/** One execution whole: who and what, every item, every event of its chain, and what stands now. */
function showText(result, events, layout = _layout_js__WEBPACK_IMPORTED_MODULE_6__/* .PLAIN */ .tZ) {
    return [
        ...headLines(result, layout.paint),
        '',
        ...result.stages.flatMap(({ name, state, items }) => [
            layout.paint('bold', `${(0,_marks_js__WEBPACK_IMPORTED_MODULE_7__/* .stageMark */ .MZ)(state).sign} ${name}`),
            ...itemTable(items, layout)
        ]),
        '',
        layout.paint('bold', 'Events'),
        ...eventTable(events, layout),
        (0,_ending_js__WEBPACK_IMPORTED_MODULE_4__/* .ending */ .K)(result, layout)
    ].join('\n');
}
function headLines({ execution, previous }, paint) {
    if (execution === null)
        return [];
    const { id, number, key, purpose, actor, trigger, commit, planDigest, startedAt } = execution;
    const from = previous === null ? 'first deployment' : `${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shortCommit */ .Ax)(previous.commit)} before`;
    return [
        `${paint('bold', `${key.checklist} → ${key.environment}`)} · ${purpose} ${number} · ${id}`,
        `${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shortCommit */ .Ax)(commit)} (${from}) · by ${actor} (${trigger}) · ${(0,_history_js__WEBPACK_IMPORTED_MODULE_5__/* .moment */ .n)(startedAt)} UTC`,
        paint('dim', `plan ${planDigest}`)
    ].map(oneLineKept);
}
// Painted already, so only line ends are taken out.
const oneLineKept = (text) => text.replaceAll('\n', ' ');
const itemTable = (items, { width, paint }) => (0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .columns */ .Y)(['', '', '', ''], items.map(item => [
    { text: `${(0,_marks_js__WEBPACK_IMPORTED_MODULE_7__/* .itemMark */ .Fj)(item.outcome).sign} ${item.outcome}`, style: (0,_marks_js__WEBPACK_IMPORTED_MODULE_7__/* .itemMark */ .Fj)(item.outcome).style },
    { text: item.deed === 'undo' ? `undo of ${item.id}` : item.id },
    { text: item.startedAt === '' ? '' : (0,_core_text_js__WEBPACK_IMPORTED_MODULE_2__/* .took */ .sm)(item.durationMs) },
    { text: item.detail, style: 'dim' }
]), { width: width - 2, paint })
    .slice(1)
    .map(line => `  ${line}`);
const eventTable = (events, layout) => (0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .columns */ .Y)(['seq', 'at (UTC)', 'event', 'what', 'hash'], events.map(({ seq, at, body, hash }) => [
    { text: String(seq) },
    { text: at.slice(0, 23).replace('T', ' ') },
    { text: body.type },
    { text: eventWords(body) },
    { text: hash.slice(0, 12), style: 'dim', whole: true }
]), layout);
/** An event in words, without what its type says already. */
function eventWords(body) {
    switch (body.type) {
        case 'opened':
            return `${body.purpose} of ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shortCommit */ .Ax)(body.plan.commit)} by ${body.actor}`;
        case 'joined':
            return `${body.why} on ${body.process.host}, pid ${body.process.pid}`;
        case 'took-over':
            return `from ${body.from} by ${body.by}`;
        case 'emergency':
            return `by ${body.by}, because ${body.because}; waived: ${body.waived.map(({ message }) => message).join('; ') || 'nothing'}`;
        case 'reasoned':
            return `by ${body.by}, because ${body.because}${body.marked === undefined ? '' : `; ${body.marked.execution} had marked it bad: ${body.marked.because}`}`;
        case 'gate-passed':
            return (0,_passage_js__WEBPACK_IMPORTED_MODULE_8__/* .passageWords */ .c)(body);
        case 'expired':
            return `${body.stages.join(', ')}: ${body.because}`;
        case 'deployment-taken':
            return `${body.own ? "the job's own" : 'made'} ${body.id} to ${body.environment}`;
        case 'deployment-missed':
            return (0,_core_deployments_missed_js__WEBPACK_IMPORTED_MODULE_0__/* .missedWords */ .R)(body);
        case 'stage-started':
            return body.stage;
        case 'intent':
            return `${deedOf(body)}${body.item}${body.target === '' ? '' : ` on ${body.target}`}, attempt ${body.attempt}`;
        case 'note':
            return `${deedOf(body)}${body.item}: ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(JSON.stringify(body.data))}`;
        case 'outcome':
            return `${deedOf(body)}${body.item}: ${body.outcome}, ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_2__/* .took */ .sm)(body.durationMs)}`;
        case 'stage-ended':
            return `${body.stage} ${body.passed ? 'passed' : 'failed'} in ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_2__/* .took */ .sm)(body.durationMs)}`;
        case 'asked':
            return `people, in ${body.url}`;
        case 'signed':
            return `${body.signOff.item}${body.signOff.as === 'na' ? ' does not apply,' : ''} by ${body.signOff.who}${body.signOff.claimed ? ' (claimed)' : ''}: ${body.signOff.words}`;
        case 'rollback-started':
            return `to ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_2__/* .shortCommit */ .Ax)(body.toCommit) || 'nothing'}, because ${body.because || _core_reasons_js__WEBPACK_IMPORTED_MODULE_1__/* .REASONS */ .e[body.cause]}`;
        case 'rollback-ended':
            return `${body.verified ? 'verified' : 'not verified'}: ${body.detail}`;
        case 'paused':
        case 'ended':
            return `${body.status} (${body.reason}) ${body.message}`.trim();
        case 'checkpoint':
            return `${body.checkpoint} ${body.passed ? 'passed' : 'failed'}`;
        case 'owed':
            return `not done yet: ${{ page: 'a person is paged', rollback: 'it is rolled back', 'hand-over': 'another job rolls it back' }[body.to]}`;
        case 'answered':
            return 'a person was paged';
        case 'told':
            if (body.kind === 'page')
                return 'a person, by the page command';
            return body.kind === 'waiting' ? body.cause : `nobody has reacted for ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_2__/* .took */ .sm)(body.afterMs)}: ${body.cause}`;
        case 'marked-bad':
        case 'rolled-back':
            return `by ${body.by}, because ${body.because}`;
        case 'linked':
            return `${body.as} ${body.to}${body.url === undefined ? '' : `, ${body.url}`}`;
    }
}
const deedOf = ({ deed }) => (deed === 'undo' ? 'undo of ' : '');


/***/ })

};
