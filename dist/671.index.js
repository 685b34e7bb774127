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
function undoSteps(state, facts, { restore, acceptLoss }) {
    const items = Object.values(facts.plan.stages).flat();
    return (0,rollback/* deedsToUndo */.h)(state, 'all')
        .filter(({ settled }) => !restore.includes(settled?.migration?.database ?? ''))
        .map(({ item, stage, settled }) => {
        const planned = items.find(({ id }) => id === item);
        const undo = planned && (0,way_back/* undoOf */.C)(planned, stage, facts);
        if (undo === undefined || stage !== 'migrate')
            return { item, stage, undo };
        return { item, stage, ...asPolicySays(undo, facts, acceptLoss.includes(settled?.migration?.database ?? '')) };
    });
}
/** A schema goes back as far as the checklist lets it (core/engine/keep.ts is the rule itself). */
function asPolicySays(undo, { plan: { rollback } }, accepted) {
    if (rollback.schema === 'never')
        return { undo: undefined, but: 'the checklist says `schema: never`' };
    return rollback.schema === 'auto' || accepted ? { undo } : { undo, but: 'only if nothing would be lost' };
}
/** How this very rollback would go, where `wayBackOf` says how one could. */
function pathBack({ target, steps, restores, lastRollbackSeconds: last }) {
    const to = { toCommit: target?.commit ?? '', restores: restores.map(({ subject }) => subject) };
    const unproven = whyUnproven(target, steps);
    if (unproven !== '')
        return { ...to, kind: 'none', seconds: null, measured: '', loss: null, because: unproven };
    if (restores.length > 0) {
        const kind = restores.some(({ proof }) => proof === 'snapshot') ? 'swap' : 'restore';
        const seconds = restores.reduce((sum, receipt) => sum + receipt.seconds.restore, 0);
        const measured = 'the restore that proved the backup';
        return { ...to, kind, seconds, measured, loss: null, because: 'it was asked for by name' };
    }
    const undone = steps.filter(({ stage, undo }) => stage === 'migrate' && undo !== undefined);
    const stays = steps.filter(({ stage, undo }) => stage === 'migrate' && undo === undefined);
    const time = { seconds: last ?? null, measured: last === undefined ? '' : 'the last rollback here' };
    if (undone.length > 0)
        return { ...to, ...time, kind: 'undo', loss: null, because: `${namesOf(undone)} is undone` };
    const because = stays.length > 0 ? `${namesOf(stays)} stays as it is` : 'no migration to undo';
    return { ...to, ...time, kind: 'code', loss: 0, because };
}
/** Why a rollback could do what it can, and would not be called verified. */
function whyUnproven(target, steps) {
    if (target === undefined)
        return 'nothing that succeeded came before it, so that nothing could prove it';
    if (target.proof.length === 0)
        return `${target.execution} stored no smoke test that could prove it`;
    const deployed = steps.filter(({ stage }) => stage === 'deploy');
    return deployed.length > 0 && deployed.every(({ undo }) => undo === undefined)
        ? `${namesOf(deployed)} has no undo, so that the release stays`
        : '';
}
const namesOf = (steps) => steps.map(({ item }) => item).join(', ');

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
    const found = await (0,rollback_target/* targetFor */.x)(request.to, undone, ledger);
    const target = found && {
        execution: found.execution,
        commit: found.plan.commit,
        proof: found.plan.stages['smoke-test'].map(({ id }) => id)
    };
    const seconds = await (0,views/* lastRollbackSeconds */.kC)(undone, ledger);
    const measured = seconds === undefined ? {} : { lastRollbackSeconds: seconds };
    const { receipts, migrations } = undone;
    const steps = undoSteps(state, { plan: state.plan, receipts, migrations }, request);
    const restores = request.restore.map(name => receiptOf(name, undone));
    const acceptedLoss = request.acceptLoss;
    return { undone, target, steps, restores, acceptedLoss, wayBack: pathBack({ target, steps, restores, ...measured }) };
}
function receiptOf(name, { id, receipts }) {
    const found = receipts.find(({ subject }) => subject === name);
    if (found !== undefined)
        return found;
    throw (0,errors/* refused */.J5)('usage', `--restore ${name}: ${id} made no backup of that name; it has ${receipts.map(({ subject }) => subject).join(', ') || 'none'}`, 'Name one of them, or leave it out.');
}


/***/ })

};
