export const id = 143;
export const ids = [143];
export const modules = {

/***/ 2143:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   previewRollback: () => (/* binding */ previewRollback)
/* harmony export */ });
/* harmony import */ var _core_engine_rollback_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8302);
/* harmony import */ var _core_engine_state_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2693);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2807);
/* harmony import */ var _core_result_way_back_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(697);
/* harmony import */ var _begin_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1453);
/* harmony import */ var _rollback_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1682);
/* harmony import */ var _rollback_choice_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6004);
/* harmony import */ var _rollback_target_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(6870);
/* harmony import */ var _views_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8878);









/** What a rollback would do, by the same choice as a real one; undefined where there is nothing to take back. */
async function previewRollback(request, shop) {
    const ledger = await shop.ledger();
    const key = await (0,_rollback_choice_js__WEBPACK_IMPORTED_MODULE_5__/* .keyFor */ .bm)(request, ledger, shop);
    const undone = await (0,_rollback_choice_js__WEBPACK_IMPORTED_MODULE_5__/* .chosen */ .FV)(request, key, await ledger.survey(key), ledger, shop);
    if (undone === undefined)
        return undefined;
    const state = await (0,_rollback_js__WEBPACK_IMPORTED_MODULE_4__/* .withEarlierUndos */ .q)(undone, '', ledger);
    const { plan } = (0,_core_engine_state_js__WEBPACK_IMPORTED_MODULE_1__/* .stateOf */ .L4)((await (0,_begin_js__WEBPACK_IMPORTED_MODULE_3__/* .mustRead */ .qE)(undone.id, ledger)).events);
    const target = await (0,_rollback_target_js__WEBPACK_IMPORTED_MODULE_6__/* .targetFor */ .x)(request.to, undone, ledger);
    const seconds = await (0,_views_js__WEBPACK_IMPORTED_MODULE_7__/* .lastRollbackSeconds */ .kC)(undone, ledger);
    const { receipts, migrations } = undone;
    const measured = seconds === undefined ? {} : { lastRollbackSeconds: seconds };
    return {
        undone,
        target: target && {
            execution: target.execution,
            commit: target.plan.commit,
            proof: target.plan.stages['smoke-test'].map(({ id }) => id)
        },
        steps: stepsOf(state, request.restore),
        restores: request.restore.map(name => receiptOf(name, undone)),
        acceptedLoss: request.acceptLoss,
        wayBack: (0,_core_result_way_back_js__WEBPACK_IMPORTED_MODULE_8__/* .wayBackOf */ .m)({ plan, receipts, migrations, ...measured })
    };
}
/** A database that is restored needs no undo of its migrations. */
function stepsOf(state, restore) {
    const items = new Map(Object.values(state.plan.stages)
        .flat()
        .map(item => [item.id, item]));
    return (0,_core_engine_rollback_js__WEBPACK_IMPORTED_MODULE_0__/* .deedsToUndo */ .h)(state, 'all')
        .filter(({ settled }) => !restore.includes(settled?.migration?.database ?? ''))
        .map(({ item, stage }) => ({ item, stage, undo: undoOf(items.get(item)) }));
}
function undoOf(item) {
    if (item?.undo !== undefined)
        return item.undo;
    // A migration by files has its undo beside them.
    return item?.kind === 'migrate' && 'undo' in item.spec ? JSON.stringify(item.spec['undo']) : undefined;
}
function receiptOf(name, { id, receipts }) {
    const found = receipts.find(({ subject }) => subject === name);
    if (found !== undefined)
        return found;
    throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .refused */ .J5)('usage', `--restore ${name}: ${id} made no backup of that name; it has ${receipts.map(({ subject }) => subject).join(', ') || 'none'}`, 'Name one of them, or leave it out.');
}


/***/ })

};
