export const id = 90;
export const ids = [90];
export const modules = {

/***/ 4090:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   previewText: () => (/* binding */ previewText)
/* harmony export */ });
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6067);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5981);
/* harmony import */ var _receipt_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(375);



/** What a rollback would do, before anybody asks for it: from where, to what, how, how long, at what loss. */
function previewText(view, layout = _layout_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN */ .tZ) {
    const { undone, target, wayBack } = view;
    const { paint } = layout;
    const { checklist, environment } = undone.key;
    const to = target === undefined ? 'nothing that succeeded before it' : (0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .shortCommit */ .Ax)(target.commit);
    return [
        (0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(`${checklist} on ${environment}: ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .shortCommit */ .Ax)(undone.commit)} → ${to}`),
        ...(0,_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .hanging */ .rM)('undoes    ', [`${undone.id} (number ${undone.number}, ${undone.status})`], 10),
        ...(0,_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .hanging */ .rM)('target    ', (0,_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .lines */ .Mn)(targetLine(target), 10, layout), 10),
        ...(0,_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .hanging */ .rM)('way back  ', (0,_layout_js__WEBPACK_IMPORTED_MODULE_1__/* .lines */ .Mn)((0,_receipt_js__WEBPACK_IMPORTED_MODULE_2__/* .wayBackLine */ .rr)(wayBack), 10, layout), 10),
        '',
        ...(view.steps.length === 0 ? [] : [paint('bold', 'in this order')]),
        ...view.steps.map(({ item, undo, but = '' }) => undo === undefined
            ? `  ${paint('yellow', '!')} ${item}: ${but === '' ? 'has no undo and stays' : `stays, ${but}`}`
            : `  ${item}: ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(undo)}${but === '' ? '' : ` (${but})`}`),
        ...view.restores.map(restored => `  ${restoreLine(restored, view)}`),
        ...(view.obstacles.length === 0 ? [] : ['', paint('bold', 'in its way')]),
        ...view.obstacles.map(({ message, hint }) => `  ${paint('red', '✗')} ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(message)} — ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(hint)}`),
        '',
        paint('dim', 'Nothing was touched.')
    ].join('\n');
}
const targetLine = (target) => target === undefined
    ? 'none: nothing that succeeded came before it, so nothing can prove that the way back led anywhere'
    : `${target.execution}, proven by its own smoke test (${target.proof.length === 0 ? 'which can prove nothing' : target.proof.join(', ')})`;
function restoreLine(receipt, { acceptedLoss }) {
    const { subject, proof } = receipt;
    const loss = acceptedLoss.includes(subject)
        ? 'rows written since are counted first, and their loss is accepted'
        : 'rows written since are counted once more with connections closed; if there are any it is refused';
    return `${subject}: restored from its backup (${proof}; ${(0,_receipt_js__WEBPACK_IMPORTED_MODULE_2__/* .provenIn */ .WT)(receipt)}); ${loss}`;
}


/***/ })

};
