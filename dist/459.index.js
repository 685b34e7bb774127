export const id = 459;
export const ids = [459];
export const modules = {

/***/ 6459:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   previewPage: () => (/* binding */ previewPage)
/* harmony export */ });
/* harmony import */ var _core_result_paste_lines_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8243);
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6067);
/* harmony import */ var _markdown_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4902);
/* harmony import */ var _receipt_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(375);
/* harmony import */ var _short_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8513);





/** What a rollback would do, as a page for whoever is about to click: to where, how, how long, at what loss. */
function previewPage(view, asked) {
    const { undone, target, wayBack, steps, restores } = view;
    const { checklist, environment } = undone.key;
    const to = target === undefined ? 'nothing that succeeded before it' : (0,_core_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shortCommit */ .Ax)(target.commit);
    const stays = steps.filter(({ undo }) => undo === undefined).length;
    const mark = wayBack.kind === 'none' ? '⚠️' : '↩️';
    return [
        `## ${mark} Rollback of ${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(environment, 60)}: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)((0,_core_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shortCommit */ .Ax)(undone.commit))} → ${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(to, 60)}; nothing was touched yet`,
        '',
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .row */ .nM)([`${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(checklist, 60)}&nbsp;→&nbsp;${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(environment, 60)}`, 'what a rollback would do']),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .row */ .nM)([':---', ':---']),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .row */ .nM)(['**Undoes**', `execution ${undone.number}, ${undone.status}: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(undone.id)}`]),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .row */ .nM)(['**Target**', targetLine(target)]),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .row */ .nM)(['**Way&nbsp;back**', `${wayBack.kind === 'none' ? '⚠️ ' : ''}${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)((0,_receipt_js__WEBPACK_IMPORTED_MODULE_3__/* .wayBackLine */ .rr)(wayBack), 260)}`]),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .row */ .nM)(['**Loses**', lossLine(view)]),
        (0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .row */ .nM)(['**Stays**', stays === 0 ? 'nothing of it' : `⚠️ ${stays} of ${steps.length} steps, see below`]),
        '',
        ...orderLines(steps, restores, view),
        ...obstacleLines(view),
        '### To do it',
        '',
        ...(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .fenced */ .OF)((0,_core_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(clickLine(view, asked)), 'bash'),
        ''
    ].join('\n');
}
const targetLine = (target) => {
    if (target === undefined)
        return '⚠️ none: nothing that succeeded came before it, so nothing can prove where it led';
    const proof = target.proof.slice(0, 3).map(id => (0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(id, 60));
    const more = target.proof.length - proof.length;
    const named = `${proof.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
    const proven = proof.length === 0 ? '⚠️ it stored no smoke test that could prove it' : `proven by its own smoke test (${named})`;
    return `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)((0,_core_text_js__WEBPACK_IMPORTED_MODULE_1__/* .shortCommit */ .Ax)(target.commit))} of ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(target.execution)}, ${proven}`;
};
function lossLine({ restores, acceptedLoss, wayBack }) {
    if (restores.length > 0) {
        const open = restores.filter(({ subject }) => !acceptedLoss.includes(subject));
        return open.length === 0
            ? '⚠️ rows written since the backup, which is accepted; they are counted first'
            : `rows written since the backup of ${(0,_short_js__WEBPACK_IMPORTED_MODULE_4__/* .short */ .h0)(open.map(({ subject }) => subject).join(', '), 120)}: counted first, and refused if there are any`;
    }
    if (wayBack.loss === 0)
        return 'nothing';
    return wayBack.loss === null
        ? '❔ not counted yet: it is when it runs, and what would lose rows is left as it is'
        : `⚠️ ${wayBack.loss} rows`;
}
function orderLines(steps, restores, view) {
    if (steps.length + restores.length === 0)
        return [];
    const lines = [...steps.map(stepLine), ...restores.map(receipt => restoreLine(receipt, view))];
    return ['### In this order', '', ...lines.map((line, index) => `${index + 1}. ${line}`), ''];
}
const stepLine = ({ item, undo, but = '' }) => undo === undefined
    ? `⚠️ ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(item)}: ${but === '' ? 'has no undo and stays' : `stays, ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(but)}`}`
    : `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(item)}: ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .code */ .aY)(undo)}${but === '' ? '' : ` (${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(but)})`}`;
const restoreLine = (receipt, { acceptedLoss }) => `${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(receipt.subject)}: restored from its backup (${receipt.proof}; ${(0,_receipt_js__WEBPACK_IMPORTED_MODULE_3__/* .provenIn */ .WT)(receipt)}${acceptedLoss.includes(receipt.subject) ? '; its loss is accepted' : ''})`;
function obstacleLines({ obstacles }) {
    if (obstacles.length === 0)
        return [];
    return ['### In its way', '', ...obstacles.map(({ message, hint }) => `- ❌ ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(message)} — ${(0,_markdown_js__WEBPACK_IMPORTED_MODULE_2__/* .prose */ .CS)(hint)}`), ''];
}
// The word for the reason is the person's own.
const clickLine = ({ undone, restores, acceptedLoss }, { to, repository }) => (0,_core_result_paste_lines_js__WEBPACK_IMPORTED_MODULE_0__/* .rollbackClick */ .Du)({
    environment: undone.key.environment,
    reason: 'WHY',
    execution: undone.id,
    to,
    restore: restores.map(({ subject }) => subject).join(','),
    'accept-loss': acceptedLoss.join(',')
}, repository);


/***/ })

};
