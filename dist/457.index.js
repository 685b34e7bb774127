export const id = 457;
export const ids = [457];
export const modules = {

/***/ 9457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   gate: () => (/* binding */ gate)
/* harmony export */ });
/* harmony import */ var _core_checklist_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9210);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2807);
/* harmony import */ var _core_execution_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6464);
/* harmony import */ var _core_gate_judge_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5450);
/* harmony import */ var _core_gate_settings_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5603);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1024);
/* harmony import */ var _gate_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1838);
/* harmony import */ var _prepare_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9366);








/** What the checklist promises beside what GitHub enforces; with `apply` it is set first, and read back. */
async function gate(request, shop, layout) {
    const prepared = await (0,_prepare_js__WEBPACK_IMPORTED_MODULE_7__/* .prepare */ .iA)(shop, request);
    const { environment } = prepared.key;
    const rules = (prepared.checklist.environments[environment] ?? _core_checklist_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_RULES */ .W).gate ?? {};
    const found = request.apply ? await apply(request, prepared, shop) : await shop.gate.read(environment);
    const objections = request.apply ? (0,_core_gate_judge_js__WEBPACK_IMPORTED_MODULE_3__/* .judgeGate */ .$)(rules, found, '') : await (0,_gate_js__WEBPACK_IMPORTED_MODULE_6__/* .gateObjections */ .IK)(prepared, '', shop);
    const weakened = await (0,_gate_js__WEBPACK_IMPORTED_MODULE_6__/* .sayWeakened */ .e$)(prepared, shop);
    const { gateText } = await __webpack_require__.e(/* import() */ 80).then(__webpack_require__.bind(__webpack_require__, 8080));
    const view = { environment, rules, found, objections, applied: request.apply, ...(weakened !== '' && { weakened }) };
    return { result: resultOf(objections), text: gateText(view, layout), json: { format: 1, ...view } };
}
async function apply({ reviewers }, { checklist, key, file }, shop) {
    const { environment } = key;
    const rules = (checklist.environments[environment] ?? _core_checklist_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_RULES */ .W).gate ?? {};
    if (!(0,_core_gate_settings_js__WEBPACK_IMPORTED_MODULE_4__/* .asksGitHub */ .k9)(rules))
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('usage', `${file} promises nothing of ${environment} that GitHub could enforce`, 'Write what it should: environments: { production: { gate: { reviewers: required } } }.');
    if (shop.gateKeeper !== undefined)
        return { kind: 'read', facts: await shop.gateKeeper.apply(environment, rules, reviewers) };
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .refused */ .J5)('missing_permission', 'there is no token to set the gate with', "Put an admin's into the environment: GITHUB_TOKEN=$(gh auth token) deploy-checklist gate --apply.");
}
function resultOf(objections) {
    const [first] = objections;
    const result = (0,_answer_js__WEBPACK_IMPORTED_MODULE_5__/* .fine */ .Bs)('ok');
    if (first === undefined)
        return result;
    const status = first.reason === 'github_unavailable' ? 'UNAVAILABLE' : 'REFUSED';
    return { ...result, status, exitCode: _core_execution_js__WEBPACK_IMPORTED_MODULE_2__/* .EXIT_CODES */ .ai[status], reason: first.reason };
}


/***/ })

};
