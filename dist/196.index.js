export const id = 196;
export const ids = [196];
export const modules = {

/***/ 1196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openBranchLedger: () => (/* binding */ openBranchLedger)
});

// EXTERNAL MODULE: ./build/core/events.js
var core_events = __webpack_require__(4793);
// EXTERNAL MODULE: ./build/core/kept.js
var kept = __webpack_require__(1336);
// EXTERNAL MODULE: ./build/core/ledger/damage.js
var ledger_damage = __webpack_require__(9561);
// EXTERNAL MODULE: ./build/core/ledger/doubts.js
var ledger_doubts = __webpack_require__(2599);
// EXTERNAL MODULE: ./build/core/ledger/names.js
var names = __webpack_require__(6878);
// EXTERNAL MODULE: ./build/core/ledger/rules.js
var rules = __webpack_require__(8369);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
;// CONCATENATED MODULE: ./build/github/ledger/branch.js


const REPOSITORY = '/repos/{owner}/{repo}';
function openBranch(github, name) {
    const ref = `heads/${name}`;
    const reading = { needs: 'contents: read', what: `show the ledger's branch ${name}` };
    const writing = { needs: 'contents: write', what: `write the ledger's branch ${name}` };
    async function get(path, parameters, expect = []) {
        return await github.ask({ method: 'GET', path: `${REPOSITORY}${path}`, parameters, expect, ...reading });
    }
    const write = (request) => withRemedies(() => github.ask({ ...request, ...writing }));
    return {
        // By what matches, since 404 for one ref may also mean that the token must not look.
        tip: async () => {
            const { status, data } = await get('/git/matching-refs/{ref}', { ref }, [409]);
            if (status === 200 && Array.isArray(data))
                return data.find(found => found.ref === `refs/${ref}`)?.object.sha;
            if ('message' in data && /empty/i.test(data.message ?? ''))
                return undefined; // no commit in the repository at all
            throw conflict(name);
        },
        commit: async (sha) => {
            const { data } = await get('/git/commits/{commit_sha}', { commit_sha: sha });
            return asCommit(data);
        },
        files: async (tree) => {
            const path = '/git/trees/{tree_sha}';
            const { data } = await get(path, { tree_sha: tree, recursive: '1' });
            if (data.truncated === true)
                throw tooLarge(name);
            const files = data.tree.filter(({ type }) => type === 'blob');
            return new Map(files.map(({ path: file = '', sha = '' }) => [file, sha]));
        },
        text: async (blob) => {
            const { data } = await get('/git/blobs/{file_sha}', { file_sha: blob });
            return Buffer.from(data.content, 'base64').toString();
        },
        follows: async (newer, older) => {
            const basehead = `${older}...${newer}`;
            const { status, data } = await get('/compare/{basehead}', { basehead, per_page: 1 }, [404]);
            return status === 200 && (data.status === 'ahead' || data.status === 'identical');
        },
        // Trees and commits that nothing points to are nobody's: to make one twice does no harm.
        writeTree: async (parent, changes) => {
            const parameters = { ...(parent && { base_tree: parent.tree }), tree: changes.map(asEntry) };
            const request = { method: 'POST', path: `${REPOSITORY}/git/trees`, parameters, repeatable: true };
            return (await write(request)).data.sha;
        },
        writeCommit: async (parent, tree, message) => {
            const parameters = { message, tree, parents: parent === undefined ? [] : [parent.sha] };
            const request = { method: 'POST', path: `${REPOSITORY}/git/commits`, parameters, repeatable: true };
            return asCommit((await write(request)).data);
        },
        move: async ({ sha, parents }) => {
            const { status, data } = await write(parents.length === 0
                ? { ...CREATE, parameters: { ref: `refs/${ref}`, sha } }
                : { ...UPDATE, parameters: { ref, sha, force: false } });
            return status < 300 ? undefined : (data.message ?? `status ${status}`);
        }
    };
}
const CREATE = { method: 'POST', path: `${REPOSITORY}/git/refs`, expect: [409, 422] };
const UPDATE = { method: 'PATCH', path: `${REPOSITORY}/git/refs/{ref}`, expect: [409, 422] };
const asCommit = ({ sha, tree, parents }) => ({
    sha,
    tree: tree.sha,
    parents: parents.map(parent => parent.sha)
});
const asEntry = ({ path, text }) => ({
    path,
    mode: '100644',
    type: 'blob',
    ...(text === undefined ? { sha: null } : { content: text })
});
/** The hash that git gives to a file's content. */
const blobOf = (text) => {
    const bytes = Buffer.from(text);
    return (0,external_node_crypto_.createHash)('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
};
async function withRemedies(ask) {
    try {
        return await ask();
    }
    catch (error) {
        if (!(error instanceof errors/* ChecklistError */.vm) || error.reason !== 'missing_permission')
            throw error;
        const run = "or set `ledger: run`, which is this run's memory only: no lock between runs, no history, no rollback click.";
        throw (0,errors/* refused */.J5)('missing_permission', error.message, `${error.hint} Or keep it elsewhere (\`ledger: env:NAME\`), ${run}`, error);
    }
}
const tooLarge = (name) => (0,errors/* refused */.J5)('ledger_unavailable', `the branch ${name} has more files than GitHub lists at once`, 'Nothing was changed. Begin a new ledger on a branch of another name, or keep it in PostgreSQL (`ledger: env:NAME`).');
const conflict = (name) => (0,errors/* unavailable */.hU)('github_unavailable', `GitHub could not say where the branch ${name} stands`, 'Try again in a minute.');

// EXTERNAL MODULE: ./build/core/ledger/lines.js
var lines = __webpack_require__(3165);
// EXTERNAL MODULE: ./build/core/ledger/pages.js
var pages = __webpack_require__(2942);
// EXTERNAL MODULE: ./build/core/ledger/key-index.js
var key_index = __webpack_require__(6756);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
// EXTERNAL MODULE: ./build/core/chain.js
var chain = __webpack_require__(311);
;// CONCATENATED MODULE: ./build/github/ledger/journal.js




/**
 * Reads an execution's file, `where` being what a message calls it. Others can write the branch, so that what does not
 * hold together is never believed: its chain is checked whenever it is read.
 */
function parseJournal(where, file, text) {
    const execution = text.endsWith('\n') ? (0,lines/* readLines */.S)(where, text) : undefined;
    if (execution === undefined)
        throw (0,ledger_damage/* broken */.m)(where, 'its last line has no end');
    const { tail, events } = execution;
    const wrong = (0,chain/* checkChain */.uy)(events).find(({ kind }) => kind === 'hole' || kind === 'prev' || kind === 'hash');
    if (wrong !== undefined)
        throw (0,ledger_damage/* broken */.m)(where, wrong.message);
    if ((0,names/* fileOf */.W7)(tail.record) !== file)
        throw (0,ledger_damage/* broken */.m)(where, `it holds execution ${tail.record.id}`);
    return { text, tail, events };
}

;// CONCATENATED MODULE: ./build/github/ledger/rows.js


const TOGETHER = 50;
/** Where the row of an execution with that number stands inside its key's folder. */
const rowsFileOf = (number) => `records-${String(Math.floor(number / TOGETHER) * TOGETHER).padStart(6, '0')}.json`;
const isRowsFile = (file) => /^records-\d+\.json$/.test(file);
function parseRows(where, text) {
    const rows = (0,json/* parseJson */.qF)(text);
    if (!(0,json/* isObject */.Gv)(rows) || !Object.values(rows).every(isRow))
        throw (0,ledger_damage/* broken */.m)(where, 'it is no list of records');
    return rows;
}
/** One line for each execution, so that a person sees in a commit what has changed. */
function writeRows(rows) {
    const lines = Object.keys(rows).sort();
    return `{\n${lines.map(file => `${JSON.stringify(file)}: ${JSON.stringify(rows[file])}`).join(',\n')}\n}\n`;
}
const withoutRow = (rows, file) => Object.fromEntries(Object.entries(rows).filter(([name]) => name !== file));
/** Somebody changed the row, and left the file that it was made from as it was. */
const contradicts = ({ record: a }, b) => (0,json/* canonicalOf */.qe)(a) !== (0,json/* canonicalOf */.qe)(b);
const isRow = (row) => (0,json/* isObject */.Gv)(row) && typeof row['blob'] === 'string' && (0,json/* isObject */.Gv)(row['record']) && typeof row['record']['id'] === 'string';

;// CONCATENATED MODULE: ./build/github/ledger/shelf.js





const NOTHING = { tip: undefined, files: new Map() };
const pathOf = (folder, file) => `${folder}/${file}`;
const INDEX = 'index.json';
function openShelf(branch, name) {
    const texts = new Map();
    const journals = new Map();
    async function textAt({ files }, path) {
        const blob = files.get(path);
        if (blob === undefined)
            return undefined;
        const text = texts.get(blob) ?? (await branch.text(blob));
        texts.set(blob, text);
        return text;
    }
    const where = (path) => `${path} on the branch ${name}`;
    return {
        index: async (known, folder) => {
            const path = pathOf(folder, INDEX);
            const text = await textAt(known, path);
            return text === undefined ? undefined : parseIndex(where(path), text);
        },
        journal: async (known, folder, file) => {
            const path = pathOf(folder, file);
            const blob = known.files.get(path) ?? '';
            const read = journals.get(blob);
            if (read !== undefined)
                return read;
            const text = await textAt(known, path);
            if (text === undefined)
                return undefined;
            const journal = parseJournal(where(path), file, text);
            journals.set(blob, journal);
            return journal;
        },
        rows: async (known, folder, file) => {
            const path = pathOf(folder, file);
            const text = await textAt(known, path);
            return text === undefined ? {} : parseRows(where(path), text);
        },
        rowsAtHand: ({ files }, folder, file) => {
            const path = pathOf(folder, file);
            const text = texts.get(files.get(path) ?? '');
            return text === undefined ? {} : parseRows(where(path), text);
        },
        after: ({ files }, tip, changes) => {
            const next = new Map(files);
            for (const { path, text } of changes) {
                const before = next.get(path) ?? '';
                texts.delete(before);
                journals.delete(before);
                if (text === undefined)
                    next.delete(path);
                else {
                    next.set(path, blobOf(text));
                    texts.set(blobOf(text), text);
                }
            }
            return { tip, files: next };
        }
    };
}
function parseIndex(where, text) {
    const index = (0,json/* parseJson */.qF)(text);
    if ((0,json/* isObject */.Gv)(index) && (0,json/* isObject */.Gv)(index['key']) && Array.isArray(index['tombstones'])) {
        if (Number.isInteger(index['lastNumber']) && Number.isInteger(index['fence']))
            return index;
    }
    throw (0,ledger_damage/* broken */.m)(where, 'it is no index of a ledger');
}
const writeIndex = (index) => `${JSON.stringify(index, undefined, 2)}\n`;

;// CONCATENATED MODULE: ./build/github/ledger/key-view.js




/** Reads index and holder of a key, and whatever else of its files is `wanted`. */
async function viewKey(shelf, known, key, wanted) {
    const folder = (0,names/* folderOf */.yS)(key);
    const blobs = journalsIn(known, folder);
    const files = [...blobs.keys()];
    const found = await shelf.index(known, folder);
    if (found === undefined && files.length > 0)
        throw (0,ledger_damage/* broken */.m)(pathOf(folder, INDEX), 'it is gone, its executions are not');
    const index = found ?? (0,key_index/* emptyIndex */.g)(key);
    // Numbers would be given out twice.
    if (files.some(file => (0,names/* nameIn */.ZC)(file).number > index.lastNumber))
        throw (0,ledger_damage/* broken */.m)(pathOf(folder, INDEX), 'it is older than its executions');
    const holder = files.filter(file => index.holder !== '' && (0,names/* isOf */.yW)(file, index.holder));
    if (index.holder !== '' && holder.length === 0)
        throw (0,ledger_damage/* broken */.m)(pathOf(folder, INDEX), `${index.holder} is not there`);
    const journals = new Map();
    for (const file of new Set([...holder, ...wanted(index, files)])) {
        const journal = await shelf.journal(known, folder, file);
        if (journal !== undefined)
            journals.set(file, journal);
    }
    return { folder, index, blobs, journals };
}
/** The files of the executions in a folder, oldest first. */
function journalsIn({ files }, folder) {
    const inside = [...files].flatMap(([path, blob]) => {
        const file = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : '';
        return (0,names/* isJournal */.iW)(file) ? [[file, blob]] : [];
    });
    return new Map(inside.sort(([a], [b]) => (0,names/* nameIn */.ZC)(a).number - (0,names/* nameIn */.ZC)(b).number));
}
const newestFile = ({ lastNumber }, files) => files.filter(file => (0,names/* nameIn */.ZC)(file).number === lastNumber);
const newestIn = ({ index, journals }) => newestFile(index, [...journals.keys()]).map(file => journals.get(file))[0];
function stateIn({ index, journals }) {
    const { lastNumber, fence, holder } = index;
    return { lastNumber, fence, holder: recordOf(journals, holder) };
}
function recordOf(journals, id) {
    const file = [...journals.keys()].find(name => id !== '' && (0,names/* isOf */.yW)(name, id));
    const record = file === undefined ? undefined : journals.get(file)?.tail.record;
    return record?.holdsEnvironment === true ? record : undefined;
}

;// CONCATENATED MODULE: ./build/github/ledger/decide.js








/** `again`: an answer to this very write was lost, so that its being there means that it was done. */
function decideAppend(view, change, again) {
    const { record, events } = change;
    const journal = view.journals.get((0,names/* fileOf */.W7)(record));
    if (again && wasWritten(view, record, events))
        return { verdict: { kind: 'appended' } };
    const state = stateIn(view);
    const verdict = (0,rules/* judgeAppend */.ak)(state, journal?.tail, change);
    if (verdict.kind !== 'appended')
        return { verdict };
    const changes = [lineOf(view, change), ...indexChange(view, (0,rules/* stateAfter */.W_)(state, record))];
    return { verdict, write: { changes, message: messageOf(change) } };
}
/** `rows` are those of the file that the newest execution's row belongs to: what has ended gets its row now. */
function decideCreate(view, entry, options) {
    const { record, events } = entry;
    const { takingOverFrom, again } = options;
    if (again && wasWritten(view, record, events))
        return { verdict: { kind: 'created' } };
    if ([...view.blobs.keys()].some(file => (0,names/* isOf */.yW)(file, record.id)))
        return { verdict: MOVED };
    const state = stateIn(view);
    if (takingOverFrom !== undefined && !mayFree(view, state, takingOverFrom))
        return { verdict: MOVED };
    const verdict = (0,rules/* judgeCreate */.ie)(state, entry, takingOverFrom?.record.id);
    if (verdict.kind !== 'created')
        return { verdict };
    const writes = [...(takingOverFrom === undefined ? [] : [takingOverFrom]), entry];
    const after = writes.reduce((before, write) => (0,rules/* stateAfter */.W_)(before, write.record), state);
    const changes = [
        ...writes.map(write => lineOf(view, write)),
        ...indexChange(view, after),
        ...(takingOverFrom === undefined ? rowChange(view, options.rows) : [])
    ];
    return { verdict, write: { changes, message: messageOf(entry) } };
}
const MOVED = { kind: 'moved' };
const mayFree = (view, state, change) => (0,rules/* judgeAppend */.ak)(state, view.journals.get((0,names/* fileOf */.W7)(change.record))?.tail, change).kind === 'appended';
/** `rows` are those of the file that the execution's row belongs to. */
function decideRemoval(view, file, removal) {
    const journal = view.journals.get(file);
    if (journal === undefined)
        return { verdict: 'absent' };
    const { record, head } = journal.tail;
    const verdict = (0,rules/* judgeRemoval */.kp)(stateIn(view), record);
    if (verdict !== 'removed')
        return { verdict };
    const { folder, index } = view;
    const tombstones = [...index.tombstones, (0,pages/* tombstoneOf */.TD)(record, head, removal.by, removal.at)];
    const changes = [
        { path: pathOf(folder, file), text: undefined },
        indexAs(view, { ...index, tombstones }),
        ...(file in removal.rows
            ? [{ path: pathOf(folder, rowsFileOf(record.number)), text: writeRows(withoutRow(removal.rows, file)) }]
            : [])
    ];
    return { verdict, write: { changes, message: `${nameOf(record)}: removed by ${oneLine(removal.by)}` } };
}
function wasWritten(view, record, events) {
    const last = events.at(-1)?.hash ?? core_events/* GENESIS */.h;
    return view.journals.get((0,names/* fileOf */.W7)(record))?.events.some(({ hash }) => hash === last) ?? false;
}
function lineOf({ folder, journals }, write) {
    const file = (0,names/* fileOf */.W7)(write.record);
    const before = journals.get(file);
    return { path: pathOf(folder, file), text: `${before?.text ?? ''}${(0,lines/* writeLine */._)(write, before?.tail.record)}` };
}
function indexChange(view, { lastNumber, fence, holder }) {
    const { index } = view;
    const next = { ...index, lastNumber, fence, holder: holder?.id ?? '' };
    const same = index.lastNumber === lastNumber && index.fence === fence && index.holder === next.holder;
    return same && index.version > 0 ? [] : [indexAs(view, next)];
}
const indexAs = ({ folder }, index) => ({
    path: pathOf(folder, INDEX),
    text: writeIndex({ ...index, version: index.version + 1 })
});
/** With each new execution the one before it gets its row, once: if it is written to later, its own file is read. */
function rowChange(view, rows) {
    const record = newestIn(view)?.tail.record;
    if (record === undefined || record.completedAt === '')
        return [];
    const file = (0,names/* fileOf */.W7)(record);
    const row = { blob: view.blobs.get(file) ?? '', record };
    return [{ path: pathOf(view.folder, rowsFileOf(record.number)), text: writeRows({ ...rows, [file]: row }) }];
}
/** What a person reads in the branch's history. */
function messageOf({ record, events }) {
    const types = [...new Set(events.map(({ body }) => body.type))];
    return `${nameOf(record)} ${record.status}: ${types.slice(0, 5).join(', ')}${types.length > 5 ? ', …' : ''}`;
}
const nameOf = ({ key, number }) => oneLine(`${key.checklist}, ${key.environment} ${number}`);
const oneLine = (text) => text.replaceAll(/[\p{Cc}\p{Cs}\s]+/gu, ' ').slice(0, 100);

;// CONCATENATED MODULE: ./build/github/ledger/listing.js






/** A page of a list. What ended long ago comes from rows, fifty a request; the rest is read from its own file. */
async function listExecutions(shelf, known, filter, page) {
    const records = [];
    const tombstones = [];
    const damage = (0,ledger_damage/* damageFor */.$)(page);
    for (const folder of foldersFor(known, filter)) {
        const index = await damage.orTellLater(SHARED, () => mustHaveIndex(shelf, known, folder));
        if (index === undefined || !(0,pages/* matchesKey */.vV)(filter.key, index.key))
            continue;
        const found = await recordsIn(shelf, known, { folder, environment: index.key.environment }, damage);
        records.push(...found.filter(record => (0,pages/* matches */.cK)(filter, record)));
        tombstones.push(...index.tombstones.filter(tombstone => (0,pages/* matchesTombstone */.DN)(filter, tombstone)));
    }
    const { unreadable } = damage;
    const listed = (0,pages/* pageOf */.ZZ)(records, tombstones, page);
    // When it began is not known, so it has no place in the order but the first page.
    return unreadable.length === 0 || page.cursor !== undefined ? listed : { ...listed, unreadable };
}
const SHARED = { id: '', number: 0, environment: '' };
async function mustHaveIndex(shelf, known, folder) {
    const index = await shelf.index(known, folder);
    if (index === undefined)
        throw (0,ledger_damage/* broken */.m)(pathOf(folder, INDEX), 'it is gone, its executions are not');
    return index;
}
async function recordsIn(shelf, known, { folder, environment }, { orTellLater }) {
    const rows = new Map();
    for (const file of filesIn(known, folder).filter(isRowsFile)) {
        const read = await orTellLater({ ...SHARED, environment }, () => shelf.rows(known, folder, file));
        for (const [name, row] of Object.entries(read ?? {}))
            rows.set(name, row);
    }
    const records = [];
    for (const [file, blob] of journalsIn(known, folder)) {
        const row = rows.get(file);
        const read = async () => (await shelf.journal(known, folder, file))?.tail.record;
        const record = row?.blob === blob ? row.record : await orTellLater({ ...(0,names/* nameIn */.ZC)(file), environment }, read);
        if (record !== undefined)
            records.push(record);
    }
    return records;
}
/** Of one whole key, only its own folder, so that damage elsewhere is not its matter. */
function foldersFor(known, { key }) {
    const { repository, checklist, environment } = key ?? {};
    const all = foldersIn(known);
    if (repository === undefined || checklist === undefined || environment === undefined)
        return all;
    const own = (0,names/* folderOf */.yS)({ repository, checklist, environment });
    return all.filter(folder => folder === own);
}
/** The folders of all keys, also of one that has lost its index. */
const foldersIn = ({ files }) => {
    const inside = [...files.keys()].map(path => path.split('/'));
    const ours = inside.flatMap(([folder = '', file = '', ...more]) => more.length === 0 && (file === INDEX || (0,names/* isJournal */.iW)(file)) ? [folder] : []);
    return [...new Set(ours)];
};
const filesIn = ({ files }, folder) => [...files.keys()].flatMap(path => (path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []));

;// CONCATENATED MODULE: ./build/github/ledger/readme.js
/** What says that a branch is a ledger of ours. */
const MARKER = 'ledger.json';
/** The files of a ledger's first commit. */
const FIRST_FILES = [
    { path: MARKER, text: `${JSON.stringify({ format: 1, tool: 'deploy-checklist' })}\n` },
    {
        path: 'README.md',
        text: `# Deployments of this repository

This branch is the ledger of deploy-checklist: what was deployed where, by whom, what was checked, and who holds an
environment now. It has a history of its own and nothing of the code. Nobody edits it by hand; every entry is chained to
the one before by its hash, so that an edit is found.

- One folder per checklist and environment.
- \`index.json\` in it: the last number, who holds the environment (\`holder\`, empty when nobody does), and what was removed.
- \`000012-….jsonl\`: execution 12, one line per write, with what changed (\`set\`) and what happened (\`events\`).
- \`records-….json\`: executions that have ended, so that a list need not read them all. Made from the lines above.
- The commits tell the same story, one per write.

To read it: \`deploy-checklist history\`, \`deploy-checklist show ID\`. To hold it against what summaries printed:
\`deploy-checklist verify\`. Do not rebase it and never push to it by force: deploy-checklist refuses a branch that was
rewritten.
`
    }
];

;// CONCATENATED MODULE: ./build/github/ledger/watch.js



const LOOKS = 5;
const BETWEEN_LOOKS_MS = 1000;
/** A tip that does not follow the one seen before is an old answer, which passes, or a forced push, which does not. */
function openWatch({ branch, name, clock, seen }) {
    let last;
    async function newer() {
        const sha = await branch.tip();
        const before = last?.tip?.sha ?? seen;
        if (last !== undefined && sha === last.tip?.sha)
            return last;
        if (sha === undefined)
            return before === undefined ? NOTHING : undefined;
        const tip = await branch.commit(sha);
        const follows = before === undefined || before === sha || tip.parents.includes(before) || (await branch.follows(sha, before));
        return follows ? { tip, files: await branch.files(tip.tree) } : undefined;
    }
    return {
        last: () => last,
        look: async () => {
            for (let look = 1; look <= LOOKS; look++) {
                const found = await newer();
                if (found !== undefined) {
                    if (found.tip !== undefined && !found.files.has(MARKER))
                        throw foreign(name);
                    last = found;
                    return found;
                }
                if (look < LOOKS)
                    await clock.sleep(BETWEEN_LOOKS_MS * look);
            }
            throw rewritten(name, last?.tip?.sha ?? seen ?? '');
        },
        moved: known => {
            last = known;
        }
    };
}
const rewritten = (name, seen) => (0,errors/* refused */.J5)('ledger_broken', `the branch ${name} was rewritten or deleted: its history had ${seen}, and has it no more`, `Nothing was written. Find out who pushed it by force, put ${seen} back (\`git push --force origin ${seen}:refs/heads/${name}\`), and forbid forced pushes to it in a ruleset.`);
const foreign = (name) => (0,errors/* refused */.J5)('usage', `the branch ${name} is no ledger of deploy-checklist: it has no ${MARKER}`, 'Nothing was changed. Name another branch for the ledger; it is made where it is not there.');

;// CONCATENATED MODULE: ./build/github/ledger/writer.js


/** How often others may be quicker, and how often an answer may be lost or GitHub may refuse without a reason. */
const TRIES = { outrun: 40, odd: 3 };
/**
 * One write: decided on what this process remembers, made as tree, commit and a fast-forward of the branch. Whatever is
 * not a plain yes is resolved by looking again, and judged again by what is found.
 */
async function write(tools, decide, before) {
    const { watch, clock, name } = tools;
    const remembered = before ? undefined : watch.last();
    let [known, fresh, again] = [remembered ?? (await watch.look()), remembered === undefined, before];
    const tried = { outrun: 0, odd: 0 };
    let last;
    while (tried.outrun < TRIES.outrun && tried.odd < TRIES.odd) {
        const { verdict, write } = await decide(known, again);
        if (write === undefined && fresh)
            return verdict;
        if (write !== undefined) {
            last = await send(tools, known, write);
            if (last.kind === 'done')
                return verdict;
            again ||= last.kind === 'unsure';
            await clock.sleep(pause(tried, last));
        }
        const next = await watch.look();
        if (write !== undefined)
            tried[next.tip?.sha === known.tip?.sha ? 'odd' : 'outrun'] += 1;
        [known, fresh] = [next, true];
    }
    throw stuck(name, last?.problem ?? '', tried.outrun === TRIES.outrun ? 'outrun' : (last?.kind ?? 'refused'));
}
/** Those who come at once must not come at once again: each has another commit. Oddities get whole seconds. */
const pause = ({ outrun, odd }, { commit }) => (Number.parseInt(commit.slice(0, 4), 16) % 250) * (outrun + 1) + 1000 * odd;
async function send({ branch, shelf, watch }, known, write) {
    const changes = known.tip === undefined ? [...FIRST_FILES, ...write.changes] : write.changes;
    const tree = await branch.writeTree(known.tip, changes);
    const commit = await branch.writeCommit(known.tip, tree, write.message);
    try {
        const problem = await branch.move(commit);
        if (problem !== undefined)
            return { kind: 'refused', problem, commit: commit.sha };
    }
    catch (error) {
        // Where GitHub did not answer, the branch may have moved all the same.
        if (!(error instanceof errors/* ChecklistError */.vm) || error.status !== 'UNAVAILABLE')
            throw error;
        return { kind: 'unsure', problem: error.message, commit: commit.sha };
    }
    watch.moved(shelf.after(known, commit, changes));
    return { kind: 'done', problem: '', commit: commit.sha };
}
const HINTS = {
    done: '',
    outrun: 'Others write to it all the time. Try again later.',
    refused: 'Nothing was written. A ruleset or branch protection must let this token push to that branch; then try again.',
    unsure: 'Try again when GitHub answers: what was written all the same is found then, and not written twice.'
};
const stuck = (name, problem, why) => (0,errors/* unavailable */.hU)('ledger_unavailable', `the branch ${name} could not be moved to a new entry: ${problem}`, HINTS[why]);

;// CONCATENATED MODULE: ./build/github/ledger/branch-ledger.js














/**
 * Executions on a branch of their own, written through GitHub's git data API: one folder per key, in it one file of JSON
 * lines per execution, an index, and rows of what has ended. The branch's newest commit is the compare-and-swap for
 * everything: a write is three requests (tree, commit, fast-forward) and reads nothing as long as nobody else wrote; a
 * look is one. Heartbeats are not kept: they never decide, and each would be a commit.
 *
 * In a public repository it `keeps` verdicts only: whoever writes to it takes words out before they are chained, and a
 * write that has some is refused as the bug that it is.
 */
function openBranchLedger(options) {
    const { github, branch: name, clock, publicRepository, seen } = options;
    const branch = openBranch(github, name);
    const shelf = openShelf(branch, name);
    const watch = openWatch({ branch, name, clock, seen });
    const doubts = (0,ledger_doubts/* openDoubts */.m)();
    const tools = { branch, shelf, watch, clock, name };
    const inTurn = oneAtATime();
    const allowed = (...writes) => {
        if (publicRepository)
            for (const write of writes)
                if (write !== undefined)
                    (0,kept/* assertKept */.pt)(write);
    };
    async function create(entry, takingOverFrom, again) {
        (0,rules/* assertChained */.rR)(entry.events, core_events/* GENESIS */.h, 0);
        allowed(entry, takingOverFrom);
        const { record } = entry;
        const own = [(0,names/* fileOf */.W7)(record), ...(takingOverFrom === undefined ? [] : [(0,names/* fileOf */.W7)(takingOverFrom.record)])];
        const decide = async (known, again) => {
            const view = await viewKey(shelf, known, record.key, (index, files) => [...own, ...newestFile(index, files)]);
            const rows = await shelf.rows(known, view.folder, rowsFileOf(view.index.lastNumber));
            return decideCreate(view, entry, { takingOverFrom, rows, again });
        };
        return await write(tools, decide, again);
    }
    async function append(change, again) {
        allowed(change);
        const decide = async (known, again) => {
            const view = await viewKey(shelf, known, change.record.key, () => [(0,names/* fileOf */.W7)(change.record)]);
            return decideAppend(view, change, again);
        };
        return await write(tools, decide, again);
    }
    async function survey(key) {
        const view = await viewKey(shelf, await watch.look(), key, newestFile);
        const { lastNumber, fence, holder } = stateIn(view);
        const newest = newestIn(view)?.tail;
        return {
            nextNumber: lastNumber + 1,
            nextToken: fence + 1,
            newest: newest?.record,
            newestHead: newest?.head ?? core_events/* GENESIS */.h,
            holder
        };
    }
    async function read(id) {
        const known = await watch.look();
        const at = placeOf(known, id);
        const journal = at && (await shelf.journal(known, at.folder, at.file));
        if (at === undefined || journal === undefined)
            return undefined;
        const { record, head } = journal.tail;
        const path = pathOf(at.folder, rowsFileOf(record.number));
        const row = shelf.rowsAtHand(known, at.folder, rowsFileOf(record.number))[at.file];
        if (row !== undefined && row.blob === known.files.get(pathOf(at.folder, at.file)) && contradicts(row, record))
            throw (0,ledger_damage/* broken */.m)(path, `what it says of execution ${id} is not what that one's own file says`);
        return { record, events: journal.events, head };
    }
    async function remove(id, by, at, again) {
        const decide = async (known, again) => {
            if (again && (await isBuried(known, id, at)))
                return { verdict: 'removed' };
            const place = placeOf(known, id);
            const key = place && (await shelf.index(known, place.folder))?.key;
            if (place === undefined || key === undefined)
                return { verdict: 'absent' };
            const view = await viewKey(shelf, known, key, () => [place.file]);
            const rows = await shelf.rows(known, view.folder, rowsFileOf((0,names/* nameIn */.ZC)(place.file).number));
            return decideRemoval(view, place.file, { by, at, rows });
        };
        return await write(tools, decide, again);
    }
    async function isBuried(known, id, at) {
        for (const folder of foldersIn(known)) {
            const index = await shelf.index(known, folder);
            if (index?.tombstones.some(tombstone => tombstone.id === id && tombstone.deletedAt === at))
                return true;
        }
        return false;
    }
    return {
        name: `git branch ${name} of ${github.repository}`,
        keeps: publicRepository ? 'verdicts' : 'all',
        writes: 'dear',
        prepare: () => inTurn(() => write(tools, async (known) => ({ verdict: undefined, ...(known.tip === undefined && { write: FIRST }) }), true)),
        create: (entry, options) => inTurn(() => doubts.during(entry.events, again => create(entry, options?.takingOverFrom, again))),
        survey: key => inTurn(() => survey(key)),
        append: change => inTurn(() => doubts.during(change.events, again => append(change, again))),
        beat: async () => { },
        read: id => inTurn(() => read(id)),
        list: (filter, page) => inTurn(async () => listExecutions(shelf, await watch.look(), filter, page)),
        remove: (id, by, at) => inTurn(() => doubts.about(`remove ${id} at ${at}`, again => remove(id, by, at, again))),
        close: async () => { },
        seen: () => watch.last()?.tip?.sha ?? seen
    };
}
const FIRST = { changes: [], message: 'The ledger begins' };
function placeOf(known, id) {
    return foldersIn(known)
        .flatMap(folder => [...journalsIn(known, folder).keys()].map(file => ({ folder, file })))
        .find(({ file }) => (0,names/* isOf */.yW)(file, id));
}
/** What one process asks for at once is done one after the other, since each step remembers what the one before found. */
function oneAtATime() {
    let queue = Promise.resolve();
    return (work) => {
        const done = queue.then(work);
        queue = done.catch(() => { });
        return done;
    };
}


/***/ })

};
