export const id = 515;
export const ids = [515];
export const modules = {

/***/ 6515:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   notify: () => (/* binding */ notify)
/* harmony export */ });
/* harmony import */ var _core_checklist_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9210);
/* harmony import */ var _core_engine_bench_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8731);
/* harmony import */ var _core_execution_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6464);
/* harmony import */ var _core_names_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5562);
/* harmony import */ var _core_notify_message_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5685);
/* harmony import */ var _core_notify_notifier_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7578);
/* harmony import */ var _core_units_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5673);
/* harmony import */ var _answer_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1024);
/* harmony import */ var _notify_said_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(5581);
/* harmony import */ var _prepare_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(9366);










/** Who is told of what; with `test` each of them gets a message, so that an owner sees that it works. Needs no ledger. */
async function notify({ test, ...request }, shop, layout) {
    const prepared = await (0,_prepare_js__WEBPACK_IMPORTED_MODULE_9__/* .prepare */ .iA)(shop, request);
    const { notify: rules } = (0,_notify_said_js__WEBPACK_IMPORTED_MODULE_8__/* .rulesFor */ .N)(prepared);
    const { environment } = prepared.key;
    if (rules.length === 0)
        return { result: (0,_answer_js__WEBPACK_IMPORTED_MODULE_7__/* .fine */ .Bs)('ok'), text: `${prepared.file} tells nobody of ${environment}.` };
    const values = valuesFor(prepared, shop);
    const message = (0,_core_notify_message_js__WEBPACK_IMPORTED_MODULE_4__/* .testMessage */ .I3)(prepared.key, {
        at: shop.clock.now().toISOString(),
        who: prepared.identity.actor,
        key: shop.host.random(6)
    });
    const tried = await Promise.all(rules.map(async (rule) => {
        return { rule, untold: test ? await shop.herald.tellOnly(rule.to, message, values) : null };
    }));
    return {
        result: resultOf(tried),
        text: [`Who is told of ${environment}:`, ...tried.flatMap(each => linesOf(each, layout))].join('\n'),
        json: { format: 1, environment, told: tried.map(jsonOf) }
    };
}
/** As a step would have them, but for what only an execution knows. */
function valuesFor({ checklist, key, identity }, { kinds, host }) {
    const vars = { ...checklist.vars, ...(checklist.environments[key.environment] ?? _core_checklist_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_RULES */ .W).vars };
    const live = { commit: identity.commit, previousCommit: '', release: '' };
    const known = (0,_core_engine_bench_js__WEBPACK_IMPORTED_MODULE_1__/* .builtIns */ .b3)('none', key.environment, live);
    return (0,_core_names_js__WEBPACK_IMPORTED_MODULE_3__/* .resolveNames */ .jN)({
        plan: { ...checklist, vars, monitor: null },
        kinds,
        stages: [],
        env: host.env,
        builtIns: known
    }).values;
}
function linesOf({ rule, untold }, { paint }) {
    const after = rule.on.includes('escalation') ? ` after ${(0,_core_units_js__WEBPACK_IMPORTED_MODULE_6__/* .formatDuration */ .a3)(rule.afterMs)}` : '';
    const line = `${(0,_core_notify_notifier_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOfDestination */ .N)(rule.to)}: ${rule.on.join(', ')}${after}`;
    if (untold === null)
        return [`  ${line}`];
    if (untold === undefined)
        return [`${paint('green', '✓')} ${line}`];
    return [`${paint('red', '✗')} ${line}`, `    ${untold.problem}`, `    ${paint('cyan', `→ ${untold.hint}`)}`];
}
const jsonOf = ({ rule: { to, on, afterMs }, untold }) => ({
    to: (0,_core_notify_notifier_js__WEBPACK_IMPORTED_MODULE_5__/* .nameOfDestination */ .N)(to),
    on,
    afterMs,
    ...(untold !== null && { told: untold === undefined }),
    ...(untold && { problem: untold.problem, hint: untold.hint })
});
function resultOf(tried) {
    const [first] = tried.flatMap(({ untold }) => untold ?? []);
    if (first === undefined)
        return (0,_answer_js__WEBPACK_IMPORTED_MODULE_7__/* .fine */ .Bs)('ok');
    const { problem, hint } = first;
    return {
        ...(0,_answer_js__WEBPACK_IMPORTED_MODULE_7__/* .fine */ .Bs)('ok'),
        ...{ status: 'UNAVAILABLE', reason: 'service_unavailable', exitCode: _core_execution_js__WEBPACK_IMPORTED_MODULE_2__/* .EXIT_CODES */ .ai.UNAVAILABLE },
        ...{ message: problem, hint }
    };
}


/***/ })

};
