export const id = 671;
export const ids = [671];
export const modules = {

/***/ 7671:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  previewRollback: () => (/* binding */ previewRollback)
});

// EXTERNAL MODULE: ./build/core/can-fail.js
var can_fail = __webpack_require__(1433);
// EXTERNAL MODULE: ./build/core/engine/deeds-to-undo.js
var deeds_to_undo = __webpack_require__(7457);
// EXTERNAL MODULE: ./build/core/result/seconds-back.js
var seconds_back = __webpack_require__(7803);
// EXTERNAL MODULE: ./build/core/result/way-back.js
var way_back = __webpack_require__(697);
;// CONCATENATED MODULE: ./build/core/result/rollback-preview.js



/** What is still to be taken back, in that order. A database that is restored needs no undo of its migrations. */
function undoSteps(state, facts, { restore, acceptLoss }) {
    const items = Object.values(facts.plan.stages).flat();
    return (0,deeds_to_undo/* deedsToUndo */.ht)(state, 'all')
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
        return { ...to, ...(0,seconds_back/* secondsBack */.P)(restores), kind, loss: null, because: 'it was asked for by name' };
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

// EXTERNAL MODULE: ./build/app/restore-ahead.js
var restore_ahead = __webpack_require__(1834);
// EXTERNAL MODULE: ./build/app/rollback.js + 2 modules
var rollback = __webpack_require__(2926);
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
    const found = await (0,rollback_target/* targetFor */.x)(request.to, undone, ledger);
    const state = await (0,rollback/* whatIsLeft */.WT)(undone, found, '', ledger);
    const target = found && {
        execution: found.execution,
        commit: found.plan.commit,
        proof: (0,can_fail/* proofOf */.o)(found.plan.stages['smoke-test']).map(({ id }) => id)
    };
    const seconds = await (0,views/* lastRollbackSeconds */.kC)(undone, ledger);
    const measured = seconds === undefined ? {} : { lastRollbackSeconds: seconds };
    const { receipts, migrations } = undone;
    const steps = undoSteps(state, { plan: state.plan, receipts, migrations }, request);
    const restores = request.restore.map(name => (0,restore_ahead/* receiptOf */.W)(name, undone));
    const obstacles = await (0,restore_ahead/* restoreObstacles */.f)(request, undone, { left: state, shop });
    const wayBack = pathBack({ target, steps, restores, ...measured });
    return { undone, target, steps, restores, obstacles, acceptedLoss: request.acceptLoss, wayBack };
}


/***/ })

};
