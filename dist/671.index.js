export const id = 671;
export const ids = [671];
export const modules = {

/***/ 7671:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  previewRollback: () => (/* binding */ previewRollback)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/engine/rollback.js + 2 modules
var rollback = __webpack_require__(8302);
// EXTERNAL MODULE: ./build/core/result/way-back.js
var way_back = __webpack_require__(697);
;// CONCATENATED MODULE: ./build/core/result/rollback-preview.js


/** What is still to be taken back, in that order. A database that is restored needs no undo of its migrations. */
function undoSteps(state, facts, restore) {
    const items = Object.values(facts.plan.stages).flat();
    return (0,rollback/* deedsToUndo */.h)(state, 'all')
        .filter(({ settled }) => !restore.includes(settled?.migration?.database ?? ''))
        .map(({ item, stage }) => {
        const planned = items.find(({ id }) => id === item);
        return { item, stage, undo: planned && (0,way_back/* undoOf */.C)(planned, stage, facts) };
    });
}

// EXTERNAL MODULE: ./build/app/rollback.js
var app_rollback = __webpack_require__(1682);
// EXTERNAL MODULE: ./build/app/rollback-choice.js
var rollback_choice = __webpack_require__(6004);
// EXTERNAL MODULE: ./build/app/rollback-target.js
var rollback_target = __webpack_require__(6870);
// EXTERNAL MODULE: ./build/app/views.js
var views = __webpack_require__(8878);
;// CONCATENATED MODULE: ./build/app/rollback-preview.js







/** What a rollback would do, by the same choice as a real one; undefined where there is nothing to take back. */
async function previewRollback(request, shop) {
    const ledger = await shop.ledger();
    const key = await (0,rollback_choice/* keyFor */.bm)(request, ledger, shop);
    const undone = await (0,rollback_choice/* chosen */.FV)(request, key, await ledger.survey(key), ledger, shop);
    if (undone === undefined)
        return undefined;
    const state = await (0,app_rollback/* withEarlierUndos */.q)(undone, '', ledger);
    const target = await (0,rollback_target/* targetFor */.x)(request.to, undone, ledger);
    const seconds = await (0,views/* lastRollbackSeconds */.kC)(undone, ledger);
    const { receipts, migrations } = undone;
    const measured = seconds === undefined ? {} : { lastRollbackSeconds: seconds };
    const facts = { plan: state.plan, receipts, migrations, ...measured };
    return {
        undone,
        target: target && {
            execution: target.execution,
            commit: target.plan.commit,
            proof: target.plan.stages['smoke-test'].map(({ id }) => id)
        },
        steps: undoSteps(state, facts, request.restore),
        restores: request.restore.map(name => receiptOf(name, undone)),
        acceptedLoss: request.acceptLoss,
        wayBack: (0,way_back/* wayBackOf */.m)(facts)
    };
}
function receiptOf(name, { id, receipts }) {
    const found = receipts.find(({ subject }) => subject === name);
    if (found !== undefined)
        return found;
    throw (0,errors/* refused */.J5)('usage', `--restore ${name}: ${id} made no backup of that name; it has ${receipts.map(({ subject }) => subject).join(', ') || 'none'}`, 'Name one of them, or leave it out.');
}


/***/ })

};
