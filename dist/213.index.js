export const id = 213;
export const ids = [213];
export const modules = {

/***/ 2213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  planPage: () => (/* binding */ planPage)
});

// EXTERNAL MODULE: ./build/core/result/ahead.js
var ahead = __webpack_require__(3267);
// EXTERNAL MODULE: ./build/core/result/result.js + 6 modules
var result = __webpack_require__(2300);
// EXTERNAL MODULE: ./build/core/result/result-stages.js
var result_stages = __webpack_require__(5889);
// EXTERNAL MODULE: ./build/core/result/way-back.js
var way_back = __webpack_require__(697);
;// CONCATENATED MODULE: ./build/core/result/plan-view.js




/** A plan in the words of a result, so that whoever decides finds the same answers in the same places. */
function planView({ plan, objections, applied, evidence, commits, weakened, now, ...measured }) {
    const { previous, key, commit, release } = plan;
    return {
        ...(0,result/* refusalOf */.Of)({ status: 'PLANNED', reason: 'planned', message: '', hint: '' }),
        ...{ previous, objections, evidence, commits: commits ?? null, toldAt: now },
        stages: (0,result_stages/* stagesOf */.Z)(plan, [], false),
        ahead: (0,ahead/* aheadOf */.RJ)({ plan, applied, receipts: [], begun: new Set() }),
        demands: (0,ahead/* demandsOf */.wu)(plan),
        wayBack: (0,way_back/* wayBackOf */.m)({ plan, applied, receipts: [], migrations: [], ...measured }),
        ...(weakened !== undefined && { weakened }),
        execution: { key, commit, release, actor: '', purpose: 'deploy', completedAt: '' }
    };
}

// EXTERNAL MODULE: ./build/core/text.js
var core_text = __webpack_require__(6067);
// EXTERNAL MODULE: ./build/report/brief.js + 4 modules
var brief = __webpack_require__(3272);
// EXTERNAL MODULE: ./build/report/markdown.js
var markdown = __webpack_require__(4902);
// EXTERNAL MODULE: ./build/report/short.js
var report_short = __webpack_require__(8513);
// EXTERNAL MODULE: ./build/report/summary-evidence.js
var summary_evidence = __webpack_require__(1113);
// EXTERNAL MODULE: ./build/report/summary-next.js
var summary_next = __webpack_require__(2901);
;// CONCATENATED MODULE: ./build/report/plan-page.js







/** A plan as a page: what a reviewer decides from, in the order of every page, and what stands in the way today. */
function planPage(facts, { serverUrl = '' } = {}) {
    const { plan, objections } = facts;
    const view = planView(facts);
    const what = `${(0,core_text/* shortCommit */.Ax)(plan.commit)} for ${plan.key.environment}`;
    const title = objections.length === 0
        ? `## 📋 Plan: ${(0,report_short/* short */.h0)(what, 120)}`
        : `## ⛔ Plan: ${(0,report_short/* short */.h0)(what, 120)} would be refused today`;
    const about = { ...view, execution: { ...view.execution, about: ['a plan, nothing was touched'] } };
    return (0,markdown/* fitted */.$5)([
        { head: [title, ''], lines: [(0,markdown/* kept */.LP)((0,brief/* brief */.d)(about, { serverUrl }).join('\n'))] },
        {
            name: 'what stands in the way',
            head: objections.length === 0 ? [] : ['### In the way today', ''],
            lines: objections.map(({ message, reason, hint }) => (0,markdown/* kept */.LP)([`- ❌ ${(0,markdown/* prose */.CS)(message)} (${reason})`, ...(0,summary_next/* stepLines */.m)(hint).map(line => `  ${line}`)].join('\n'))),
            foot: ['']
        },
        (0,summary_evidence/* commitList */.WI)(view, { serverUrl }),
        (0,summary_evidence/* migrationList */.f_)(view)
    ], {
        limit: 500_000,
        tail: [`Plan ${(0,markdown/* code */.aY)(plan.digest.slice(0, 16))}`, ''],
        notice: ({ lines }) => `> [!NOTE]\n> ${lines} lines had no room here.`
    });
}


/***/ })

};
