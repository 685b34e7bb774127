export const id = 434;
export const ids = [434];
export const modules = {

/***/ 1434:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   verifyText: () => (/* binding */ verifyText)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6067);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5981);


function verifyText(found, { paint } = _layout_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN */ .tZ) {
    const { executions, events, ledger, problems, heads, newest } = found;
    const seen = `${events} events of ${executions} executions in ${ledger}`;
    const against = [...(heads.length === 0 ? [] : [`  held against ${heads.join(', ')}`]), ...toldLines(found, paint)];
    if (problems.length === 0) {
        const isHeld = heads.length > 0 || (found.told.kind === 'read' && found.told.heads > 0);
        const hint = isHeld
            ? []
            : [paint('dim', '  A cut tail shows only against a head: --head ID:SEQ:HASH, from a summary.')];
        const last = newest.slice(0, 1).map(head => `  newest head ${head}`);
        return [`${paint('green', '✓')} The chain is whole: ${seen}`, ...against, ...last, ...hint].join('\n');
    }
    const lines = problems.map(({ execution, seq, problem }) => {
        const place = seq === undefined ? execution : `${execution}, event ${seq}`;
        return `  ${paint('bold', place)}: ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(problem)}`;
    });
    const next = '  → Keep a copy of the ledger as it is, and compare it with the summaries that GitHub keeps.';
    return [`${paint('red', '✗')} The chain is broken: ${seen}`, ...against, ...lines, paint('cyan', next)].join('\n');
}
/** What could not be held against GitHub was not: it is said, and never looks like a comparison that went well. */
function toldLines({ told }, paint) {
    if (told.kind === 'unreadable') {
        const why = `  not held against the deployments on GitHub: ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(told.why)}`;
        return [paint('yellow', why), paint('dim', `  → ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(told.hint)}`)];
    }
    const { deployments, heads, older } = told;
    const before = older === 0 ? '' : `; ${older} of executions before the first one here are not its matter`;
    return [`  held against ${heads} heads in ${deployments} deployments on GitHub${before}`];
}


/***/ })

};
