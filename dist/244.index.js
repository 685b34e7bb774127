export const id = 244;
export const ids = [244];
export const modules = {

/***/ 1433:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ canFail),
/* harmony export */   o: () => (/* binding */ proofOf)
/* harmony export */ });
/** Whether an item can keep its stage from passing: what cannot fail proves nothing by passing. */
const canFail = ({ kind, optional, skip }) => !optional && skip === undefined && kind !== 'wait';
/** Of a smoke test what can prove a way back, or what is live already. A person has spoken of another release. */
const proofOf = (items) => items.filter(item => item.kind !== 'manual' && canFail(item));


/***/ }),

/***/ 2732:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cm: () => (/* binding */ stepsBetween),
/* harmony export */   au: () => (/* binding */ didYouMean)
/* harmony export */ });
/* unused harmony export nearest */
/** The candidate that `word` was most likely meant to be, or undefined when none is near. */
function nearest(word, candidates) {
    // A pasted paragraph is no typo, and comparing it would cost its length squared.
    if (word.length > 60)
        return undefined;
    const allowed = Math.max(1, Math.floor(word.length / 3));
    const ranked = candidates
        .map(candidate => ({ candidate, steps: stepsBetween(word.toLowerCase(), candidate.toLowerCase()) }))
        .filter(({ steps }) => steps <= allowed)
        .sort((one, other) => one.steps - other.steps);
    return ranked[0]?.candidate;
}
/** Insertions, deletions, replacements and swaps of neighbours that lead from one text to the other. */
function stepsBetween(from, to) {
    let beforeLast = [];
    let last = Array.from({ length: to.length + 1 }, (_, column) => column);
    for (let row = 1; row <= from.length; row++) {
        const current = [row];
        for (let column = 1; column <= to.length; column++) {
            const same = from[row - 1] === to[column - 1];
            const steps = [at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1)];
            const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
            if (swapped)
                steps.push(at(beforeLast, column - 2) + 1);
            current.push(Math.min(...steps));
        }
        beforeLast = last;
        last = current;
    }
    return at(last, to.length);
}
const at = (row, column) => row[column] ?? Number.POSITIVE_INFINITY;
/** ` (did you mean NEAREST?)`, or nothing. */
function didYouMean(word, candidates) {
    const meant = nearest(word, candidates);
    return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}


/***/ })

};
