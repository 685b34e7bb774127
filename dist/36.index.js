export const id = 36;
export const ids = [36];
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

/***/ 4036:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   planText: () => (/* binding */ planText)
/* harmony export */ });
/* harmony import */ var _core_engine_deeds_to_undo_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7457);
/* harmony import */ var _core_result_way_back_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(697);
/* harmony import */ var _core_stages_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9395);
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6067);
/* harmony import */ var _columns_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9708);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5981);
/* harmony import */ var _receipt_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(375);







/** What would happen, how it would come back, and the digest that names exactly this. */
function planText(plan, { objections = [], weakened = '', ...measured } = {}, layout = _layout_js__WEBPACK_IMPORTED_MODULE_5__/* .PLAIN */ .tZ) {
    const { key, previous, commit, digest, release } = plan;
    const { paint } = layout;
    const from = previous === null ? 'nothing (a first deployment)' : (0,_core_text_js__WEBPACK_IMPORTED_MODULE_3__/* .shortCommit */ .Ax)(previous.commit);
    const named = release === '' || release === commit ? '' : `, release ${release}`;
    return [
        (0,_core_text_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(`${key.checklist} → ${key.environment}: ${from} → ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_3__/* .shortCommit */ .Ax)(commit)}${named}`),
        '',
        ..._core_stages_js__WEBPACK_IMPORTED_MODULE_2__/* .FORWARD_STAGES */ .sr.flatMap(stage => stageLines(plan, stage, layout)),
        ...(0,_layout_js__WEBPACK_IMPORTED_MODULE_5__/* .hanging */ .rM)('way back  ', (0,_layout_js__WEBPACK_IMPORTED_MODULE_5__/* .lines */ .Mn)((0,_receipt_js__WEBPACK_IMPORTED_MODULE_6__/* .wayBackLine */ .rr)((0,_core_result_way_back_js__WEBPACK_IMPORTED_MODULE_1__/* .wayBackOf */ .m)({ plan, receipts: [], migrations: [], ...measured })), 10, layout), 10),
        `by itself ${policyWords(plan)}`,
        `digest    ${digest}`,
        ...(weakened === '' ? [] : ['', `${paint('yellow', '!')} ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(weakened)}`]),
        ...objections.flatMap(({ reason, message, hint }) => [
            '',
            `${paint('red', '✗')} ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(message)} (${reason})`,
            paint('cyan', `  → ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(hint)}`)
        ]),
        '',
        paint('dim', 'Nothing was touched.')
    ].join('\n');
}
function stageLines(plan, stage, { width, paint }) {
    const items = plan.stages[stage];
    if (items.length === 0)
        return [];
    const cells = items.map(item => [
        { text: item.effect === 'action' ? 'does' : item.kind === 'manual' ? 'asks' : 'looks' },
        { text: item.id },
        { text: remark(item), style: 'dim' },
        { text: `line ${item.at.line}`, style: 'dim' }
    ]);
    const onFailure = { stop: 'stop', undo: 'undo, stop', 'roll-back': 'roll back', ask: 'as the checklist says' };
    const does = stage === 'backup' && items.some(_core_engine_deeds_to_undo_js__WEBPACK_IMPORTED_MODULE_0__/* .isTakenBack */ .Zb) ? 'undo' : _core_stages_js__WEBPACK_IMPORTED_MODULE_2__/* .STAGES */ .an[stage].onFailure;
    return [
        `${paint('bold', stage)} ${paint('dim', `(if it fails: ${onFailure[does]})`)}`,
        ...(0,_columns_js__WEBPACK_IMPORTED_MODULE_4__/* .columns */ .Y)(['', '', '', ''], cells, { width: width - 2, paint })
            .slice(1)
            .map(line => `  ${line}`),
        ''
    ];
}
const remark = ({ optional, skip, undo, effect, kind }) => [
    kind,
    ...(optional ? ['optional'] : []),
    ...(skip === undefined ? [] : [`skipped: ${skip}`]),
    ...(undo === undefined ? [] : [`undo: ${undo}`]),
    ...(effect === 'action' && undo === undefined && kind === 'run' ? ['no undo'] : [])
].join(', ');
function policyWords({ rollback: { code, schema, data } }) {
    const schemas = { lossless: 'undone where nothing would be lost', auto: 'undone', never: 'left as it is' };
    return `code ${code === 'auto' ? 'goes back' : 'waits for a person'}, schema ${schemas[schema]}, data ${data === 'never' ? 'never restored' : data}`;
}


/***/ })

};
