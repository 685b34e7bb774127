export const id = 802;
export const ids = [802];
export const modules = {

/***/ 9802:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  signFromEvent: () => (/* binding */ signFromEvent)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./build/core/engine/journal.js
var journal = __webpack_require__(3034);
// EXTERNAL MODULE: ./build/core/engine/state.js + 2 modules
var state = __webpack_require__(9543);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
// EXTERNAL MODULE: ./build/core/execution.js
var execution = __webpack_require__(6464);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
;// CONCATENATED MODULE: ./build/core/sign-offs/event.js

/**
 * From the event's payload: a new comment, or a changed text. Anything else is none of ours. An edit without its text
 * before (a new title) changes no box.
 */
function pageEventFrom(payload) {
    const issue = member(payload, 'issue');
    const number = (0,json/* isObject */.Gv)(issue) && typeof issue['number'] === 'number' ? issue['number'] : undefined;
    if (number === undefined || member(issue, 'pull_request') !== undefined)
        return undefined;
    const action = event_text(payload, 'action');
    if ((0,json/* isObject */.Gv)(member(payload, 'comment')))
        return action === 'created' ? { kind: 'comment', issue: number } : undefined;
    if (action !== 'edited')
        return undefined;
    const sender = member(payload, 'sender');
    const before = event_text(member(member(payload, 'changes'), 'body'), 'from');
    const after = event_text(issue, 'body');
    return {
        ...{ kind: 'edit', issue: number, who: event_text(sender, 'login'), isPerson: event_text(sender, 'type') === 'User' },
        ...{ before: before === '' ? after : before, after, at: event_text(issue, 'updated_at') }
    };
}
const member = (value, name) => (0,json/* isObject */.Gv)(value) && Object.hasOwn(value, name) ? value[name] : undefined;
const event_text = (value, name) => {
    const found = member(value, name);
    return typeof found === 'string' ? found : '';
};

// EXTERNAL MODULE: ./build/core/sign-offs/marker.js
var marker = __webpack_require__(1373);
// EXTERNAL MODULE: ./build/app/answer.js
var answer = __webpack_require__(1024);
// EXTERNAL MODULE: ./build/app/life.js
var life = __webpack_require__(9664);
// EXTERNAL MODULE: ./build/core/result/paste-lines.js
var paste_lines = __webpack_require__(8243);
// EXTERNAL MODULE: ./build/core/sign-offs/questions.js
var questions = __webpack_require__(8990);
// EXTERNAL MODULE: ./build/report/sign-off-answer.js
var sign_off_answer = __webpack_require__(8853);
;// CONCATENATED MODULE: ./build/app/sign-go-on.js



/** A run that waited for people, and waits for nobody any more, goes on: by itself, or by the line that does it. */
async function goOn(page, { record, state }, { reruns }, desk, shop) {
    const { id, status, reason, runId, process } = record;
    if (status !== 'WAITING' || reason !== 'waiting_for_person')
        return [];
    const waiting = (0,questions/* leftWaiting */.dp)(state);
    if (waiting.length > 0)
        return [`${id} still waits for ${waiting.map(question => question.id).join(', ')}.`];
    const attempt = process.runAttempt ?? record.runAttempt;
    const again = runId === ''
        ? { kind: 'not-asked', why: 'it was begun outside of GitHub Actions' }
        : await reruns.again(runId, attempt);
    if (again.kind === 'begun')
        return [`Run ${runId} goes on.`];
    if (again.kind === 'under-way')
        return [`Run ${runId} goes on already.`];
    const line = runId === '' ? `deploy-checklist run --resume ${id}` : (0,paste_lines/* runAgain */.qL)(record);
    const said = (0,sign_off_answer/* goOnAnswer */.m)(`${attempt}`, line, again.why);
    const known = await desk.pages.comments(page.number);
    if (!known.some(({ who, text }) => who === page.author && text.startsWith(said.marker)))
        await desk.pages.answer(page.number, { ...said, text: desk.redact(said.text) });
    shop.terminal.say(again.why);
    return [`Nothing waits any more; go on with: ${line}`];
}

// EXTERNAL MODULE: ./build/app/sign-hear.js + 2 modules
var sign_hear = __webpack_require__(3832);
// EXTERNAL MODULE: ./build/app/sign-page.js + 1 modules
var sign_page = __webpack_require__(4402);
// EXTERNAL MODULE: ./build/app/sign-ticks.js
var sign_ticks = __webpack_require__(1532);
;// CONCATENATED MODULE: ./build/app/sign-event.js














/**
 * Records what an event in an issue says, in the ledger and from the stored plan alone: nothing is checked out, nothing of
 * the change runs. A run that waits for nothing more is run again. While a process of the execution is at work nothing is
 * written into its journal: it reads the comments itself.
 */
async function signFromEvent(shop) {
    const { signOffs, redactor, clock, signal } = shop;
    if (signOffs === undefined)
        throw withoutGitHub();
    const event = await eventOf(shop);
    if (event === undefined)
        return nothing('the event is neither a new comment nor a changed text of an issue');
    const page = await signOffs.pages.read(event.issue);
    if (page === undefined)
        return nothing(`there is no issue ${event.issue}`);
    const about = { event, page, desk: { pages: signOffs.pages, redact: redactor.redact }, signOffs };
    for (let looks = 1;; looks++) {
        const stored = await executionOf(page, event, shop);
        if (stored === undefined)
            return nothing(`issue ${event.issue} is of no execution of this ledger`);
        const answer = await once(stored, about, shop, looks === MOST_LOOKS);
        if (answer !== undefined)
            return answer;
        await clock.sleep(BETWEEN_MS, signal);
    }
}
/** A process that comes to its end may have looked at the comments for the last time before this one came. */
const MOST_LOOKS = 5;
const BETWEEN_MS = 15_000;
/** Undefined where it has to be looked at again: somebody is at work, or has written in the meantime. */
async function once(stored, about, shop, isLast) {
    const { event, page, desk } = about;
    const { record } = stored;
    const journal = await journalOf(stored, shop);
    const isAtWork = !(0,execution/* isEnded */.pl)(record) && !(0,execution/* isPaused */.lP)(record) && (await (0,life/* lifeOf */.c_)(record, shop)) !== 'dead';
    if (isAtWork && event.kind === 'edit')
        return await putBack(event, page, journal, desk);
    if (isAtWork)
        return isLast || !(await (0,sign_hear/* hasUnheard */.O4)(page, desk)) ? done([`${record.id} ${READS}`]) : undefined;
    try {
        return await recorded(journal, about, shop);
    }
    catch (error) {
        if (isLast || !(error instanceof errors/* ChecklistError */.vm) || error.reason !== 'superseded')
            throw error;
        return undefined;
    }
}
const READS = 'is at work, and reads the comments itself.';
async function recorded(journal, { event, page, desk, signOffs }, shop) {
    const { id } = journal.record;
    const heard = await (0,sign_hear/* hear */.dc)(page, journal, desk);
    const ticked = event.kind === 'edit' && (await (0,sign_ticks/* heed */.f)(event, page, journal, desk));
    await (0,sign_page/* refresh */.Ow)(page, journal, desk);
    const said = heard || ticked ? `Recorded for ${id}.` : `Nothing new for ${id}.`;
    return done([said, ...(await goOn(page, journal, signOffs, desk, shop))]);
}
const done = (lines) => ({ result: (0,answer/* fine */.Bs)('ok'), text: lines.join('\n') });
const nothing = (why) => ({ result: (0,answer/* fine */.Bs)('already_done'), text: `Nothing to record: ${why}.` });
async function eventOf({ host }) {
    const file = host.env['GITHUB_EVENT_PATH'] ?? '';
    const text = file === '' ? '' : await (0,promises_.readFile)(file, 'utf8').catch(() => '');
    const payload = (0,json/* parseJson */.qF)(text);
    if (payload !== undefined)
        return pageEventFrom(payload);
    throw (0,errors/* refused */.J5)('usage', 'this step has no event to read', 'Run it on `issue_comment` and `issues`, as examples/workflows/sign-off.yml does.');
}
/**
 * The execution whose people are asked in this issue. The page only says where to look, the ledger has the last word:
 * anybody may write our marker into an issue. Somebody who has changed the text may have taken it out.
 */
async function executionOf({ number, body }, event, shop) {
    const ledger = await shop.ledger();
    const { repository } = await shop.identity();
    for (const text of [body, ...(event.kind === 'edit' ? [event.before] : [])]) {
        const id = (0,marker/* markedIn */.gy)(text)?.execution ?? '';
        const stored = id === '' ? undefined : await ledger.read(id);
        if (stored?.record.key.repository === repository && (0,state/* stateOf */.L4)(stored.events).asked?.issue === number)
            return stored;
    }
    return undefined;
}
async function journalOf(stored, { clock, redactor, ...shop }) {
    const ports = { ledger: await shop.ledger(), clock, redactor, observers: [] };
    return (0,journal/* openJournal */._0)((0,journal/* startFrom */.Lo)(stored), ports);
}
/** A tick cannot be told to whoever is at work: nobody can see on a page who made it. */
async function putBack(event, page, journal, desk) {
    const { id } = journal.record;
    await (0,sign_ticks/* heed */.f)(event, page, journal, desk, `expected a comment, found a tick: ${id} is at work, and it can only see who writes, not who ticks`);
    await (0,sign_page/* refresh */.Ow)(page, journal, desk);
    return done([`${id} is at work: the boxes were put back.`]);
}
const withoutGitHub = () => (0,errors/* refused */.J5)('missing_permission', 'sign-offs are recorded with GitHub, and this step has no token to ask it with', 'Leave the input `github-token` as it is, and run it in GitHub Actions.');


/***/ })

};
