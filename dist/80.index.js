export const id = 80;
export const ids = [80];
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

/***/ 8080:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gateText: () => (/* binding */ gateText)
/* harmony export */ });
/* harmony import */ var _core_gate_settings_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5603);
/* harmony import */ var _core_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6067);
/* harmony import */ var _core_units_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5673);
/* harmony import */ var _columns_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9708);
/* harmony import */ var _layout_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5981);





/** What the checklist promises beside what GitHub enforces, and what would have to be changed. */
function gateText({ environment, rules, found, objections, applied, weakened = '' }, layout = _layout_js__WEBPACK_IMPORTED_MODULE_4__/* .PLAIN */ .tZ) {
    const { width, paint } = layout;
    const facts = found.kind === 'read' && found.facts.exists ? found.facts : undefined;
    const rows = ROWS.map(([name, promise, real]) => [
        { text: name },
        { text: promise(rules) ?? '–' },
        { text: facts === undefined ? '?' : real(facts) }
    ]);
    const page = found.kind === 'read' ? [`settings  ${found.facts.settingsUrl}`] : [];
    const closing = [
        ...(rules.reviewers === 'sign-off'
            ? ["A second person's sign-off is kept in the ledger; GitHub enforces nothing of it."]
            : []),
        ...(objections.length > 0 ? [] : [verdict(rules, applied)])
    ];
    return [
        `the gate of ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(environment)}`,
        '',
        ...(0,_columns_js__WEBPACK_IMPORTED_MODULE_3__/* .columns */ .Y)(['', 'promised', 'on GitHub'], rows, { width, paint }),
        '',
        ...page,
        ...(weakened === '' ? [] : [`${paint('yellow', '!')} ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(weakened)}`]),
        ...objections.flatMap(({ reason, message, hint }) => [
            `${paint('red', '✗')} ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(message)} (${reason})`,
            // Whole, since a line of it is to be copied.
            paint('cyan', `  → ${(0,_core_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(hint)}`)
        ]),
        ...closing
    ].join('\n');
}
// What was promised nothing of, or could not be read, is not called enforced.
function verdict(rules, applied) {
    if (!(0,_core_gate_settings_js__WEBPACK_IMPORTED_MODULE_0__/* .asksGitHub */ .k9)(rules))
        return 'The checklist promises nothing here that GitHub would have to enforce.';
    return applied ? 'It is set, and GitHub says so.' : 'GitHub enforces what is promised.';
}
const ROWS = [
    [
        'reviewers',
        ({ reviewers }) => reviewers,
        ({ reviewers }) => reviewers.map(({ name }) => name).join(', ') || 'none'
    ],
    ['self-review', ({ preventSelfReview }) => prevented(preventSelfReview), facts => allowed(facts.preventSelfReview)],
    [
        'admin bypass',
        ({ preventAdminBypass }) => prevented(preventAdminBypass),
        ({ preventAdminBypass }) => (preventAdminBypass === undefined ? 'not told' : allowed(preventAdminBypass))
    ],
    [
        'wait timer',
        ({ waitMs }) => (waitMs === undefined ? undefined : (0,_core_units_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(waitMs)),
        ({ waitMs }) => (waitMs === 0 ? 'none' : (0,_core_units_js__WEBPACK_IMPORTED_MODULE_2__/* .formatDuration */ .a3)(waitMs))
    ],
    ['branches', ({ branches }) => branches?.join(', '), ({ branches }) => branchesOf(branches)]
];
const prevented = (promise) => (promise === true ? 'prevented' : undefined);
const allowed = (isPrevented) => (isPrevented ? 'prevented' : 'allowed');
function branchesOf(policy) {
    switch (policy.kind) {
        case 'all':
            return 'all';
        case 'protected':
            return policy.branches.length === 0 ? 'all, as none is protected' : `protected: ${policy.branches.join(', ')}`;
        case 'custom':
            return (policy.policies.map(({ type, pattern }) => (type === 'tag' ? `tag ${pattern}` : pattern)).join(', ') || 'none');
    }
}


/***/ })

};
