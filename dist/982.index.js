export const id = 982;
export const ids = [982];
export const modules = {

/***/ 4982:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  loadChecklist: () => (/* binding */ loadChecklist)
});

// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(8314);
// EXTERNAL MODULE: ./build/core/names.js
var core_names = __webpack_require__(5562);
// EXTERNAL MODULE: ./build/core/interpolate.js
var interpolate = __webpack_require__(7393);
// EXTERNAL MODULE: ./build/core/nearest.js
var nearest = __webpack_require__(2732);
// EXTERNAL MODULE: ./build/core/notify/notifier.js
var notifier = __webpack_require__(7578);
;// CONCATENATED MODULE: ./build/config/declarations.js

function declarationsOf(raw) {
    const environments = Object.entries(memberOf(raw, 'environments'));
    return {
        vars: textsIn(memberOf(raw, 'vars')),
        secrets: listIn(raw, 'secrets').filter(name => typeof name === 'string'),
        people: Object.keys(memberOf(raw, 'people')),
        databases: Object.keys(memberOf(raw, 'databases')),
        environments: Object.fromEntries(environments.map(([name, rules]) => [name, textsIn(memberOf(rules, 'vars'))]))
    };
}
/** The mapping under a key; empty where there is none. */
function memberOf(raw, key) {
    const value = (0,json/* isObject */.Gv)(raw) ? raw[key] : undefined;
    return value !== undefined && (0,json/* isObject */.Gv)(value) ? value : {};
}
/** The list under a key; empty where there is none. */
function listIn(raw, key) {
    const value = (0,json/* isObject */.Gv)(raw) ? raw[key] : undefined;
    return Array.isArray(value) ? value : [];
}
const textsIn = (raw) => Object.fromEntries(Object.entries(raw).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));

;// CONCATENATED MODULE: ./build/config/notify-rules.js





const BY_DEFAULT = notifier/* NOTICE_KINDS */.jn.filter(kind => kind !== 'start');
const HALF_AN_HOUR_MS = 1_800_000;
/** Who is told of what, its defaults filled in once. */
const notifyRules = (written) => written.map(rule => ({
    to: destinationOf(rule),
    on: rule.on ?? BY_DEFAULT,
    afterMs: rule.after ?? HALF_AN_HOUR_MS,
    ...(rule.environments && { environments: rule.environments })
}));
function destinationOf(rule) {
    if ('slack' in rule)
        return { kind: 'slack', url: rule.slack };
    if ('issue-comment' in rule)
        return { kind: 'issue-comment', issue: rule['issue-comment'] };
    if ('webhook' in rule) {
        const { webhook: url, secret } = rule;
        return { kind: 'webhook', url, ...(secret !== undefined && { secret }) };
    }
    const { email, from, server } = rule;
    return { kind: 'email', to: typeof email === 'string' ? [email] : email, from, server };
}
const SECRET_KEYS = ['slack', 'secret', 'server'];
/** What is a secret must be masked as one, and environments must be known. `byItems`: names that items declare. */
function checkNotify(raw, { secrets, vars, environments }, byItems, problems) {
    const known = Object.keys(environments);
    const open = [...Object.keys(vars), ...Object.values(environments).flatMap(Object.keys), ...byItems];
    listIn(raw, 'notify').forEach((rule, index) => {
        if (!(0,json/* isObject */.Gv)(rule))
            return;
        for (const key of SECRET_KEYS) {
            const value = rule[key];
            if (typeof value !== 'string')
                continue;
            for (const { name } of (0,interpolate/* namesIn */.wX)(value))
                if (!secrets.includes(name) && open.includes(name))
                    problems.add(['notify', index, key], `expected a name of secrets, found ${name}, which is none: list it there`);
        }
        listIn(rule, 'environments').forEach((name, place) => {
            if (typeof name !== 'string' || known.length === 0 || known.includes(name))
                return;
            const found = `expected one of ${known.join(', ')}, found ${name}${(0,nearest/* didYouMean */.au)(name, known)}`;
            problems.add(['notify', index, 'environments', place], found);
        });
    });
}

;// CONCATENATED MODULE: ./build/config/assemble.js

/** The typed checklist, its defaults filled in once. */
function assemble(file, shape, placed) {
    const { name, vars = {}, secrets = [], people = {}, release, rollback = {}, notify, stages } = shape;
    return {
        file,
        ...defined({ name, release: release && defined(release) }),
        vars,
        secrets,
        people,
        environments: mapped(shape.environments, environmentRules),
        databases: mapped(shape.databases, databasePlan),
        rollback: {
            code: rollback.code ?? 'auto',
            schema: rollback.schema ?? 'lossless',
            data: 'never',
            ...defined({ withinMs: rollback.within })
        },
        stages: byStage(placed),
        ...defined({
            monitor: stages.monitor && monitorPlan(stages.monitor),
            timeouts: shape.timeouts && defined(shape.timeouts),
            notify: notify && notifyRules(notify)
        })
    };
}
/** An environment may be named without any rules: `staging:`. */
function environmentRules(written) {
    const { vars = {}, after, url, gate, ci, newest, 'max-age': maxAgeMs, window, freeze } = written ?? {};
    return {
        vars,
        ...defined({ after, url, gate: gate && gateRules(gate), ci, newest, maxAgeMs, window, freeze })
    };
}
const gateRules = ({ reviewers, 'prevent-self-review': preventSelfReview, 'prevent-admin-bypass': preventAdminBypass, wait: waitMs, branches }) => defined({ reviewers, preventSelfReview, preventAdminBypass, waitMs, branches });
const databasePlan = ({ url, store, scratch, 'at-least': atLeast }) => ({
    url,
    engine: 'postgres',
    ...defined({ store, scratch }),
    atLeast: atLeast ?? 'identical'
});
const monitorPlan = ({ checkpoints = [{ name: '0m', afterMs: 0 }], settle = 0, 'on-failure': onFailure = 'page', page }) => ({
    checkpoints,
    settleMs: settle,
    onFailure,
    ...defined({ page })
});
function byStage(placed) {
    const of = (stage) => placed.filter(each => each.stage === stage).map(({ item }) => item);
    return {
        preflight: of('preflight'),
        backup: of('backup'),
        migrate: of('migrate'),
        deploy: of('deploy'),
        'smoke-test': of('smoke-test'),
        monitor: of('monitor')
    };
}
const mapped = (members, change) => Object.fromEntries(Object.entries(members ?? {}).map(([name, member]) => [name, change(member)]));
function defined(members) {
    return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 7 modules
var schemas = __webpack_require__(2311);
// EXTERNAL MODULE: ./build/core/units.js
var units = __webpack_require__(5673);
;// CONCATENATED MODULE: ./build/config/problems.js
function collectProblems(file, locate, already = []) {
    const found = [...already];
    return {
        add: (path, problem, part = 'value') => {
            const named = path.length === 0 ? '' : `${formatPath(path)}: `;
            found.push({ at: locate(path, part), text: `${named}${problem}` });
        },
        lines: () => formatProblems(file, found)
    };
}
function locateIn(root, text, position) {
    return (path, part = 'value') => {
        let place = root;
        for (const step of path) {
            const inner = place.inner?.get(step);
            if (inner === undefined)
                return position(place.offset);
            place = inner;
        }
        return position(offsetOf(part, place, text));
    };
}
function offsetOf(part, { offset, end, keyOffset = offset }, text) {
    if (part === 'key')
        return keyOffset;
    if (part === 'value' || end === undefined)
        return offset;
    return offset + Math.max(0, part(text.slice(offset, end)));
}
// A file that is no checklist at all has a problem on every line; nobody reads past these.
const MAX_SHOWN = 100;
function formatProblems(file, found) {
    const sorted = found.toSorted((one, other) => one.at.line - other.at.line || one.at.col - other.at.col);
    const lines = [...new Set(sorted.map(({ at, text }) => `${file}:${at.line}:${at.col} ${printable(text)}`))];
    const last = lines[MAX_SHOWN - 1];
    if (lines.length <= MAX_SHOWN || last === undefined)
        return lines;
    return [...lines.slice(0, MAX_SHOWN - 1), `${last} (and ${lines.length - MAX_SHOWN} more problems after it)`];
}
// A key may hold anything, but a problem stays one line of text, which no terminal or runner takes for a command.
const printable = (text) => (text.length <= 600 ? text : `${text.slice(0, 599)}…`).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
/** `stages.smoke-test[0].json["$.sha"]`; items count from 0, as in every path into YAML or JSON. */
const formatPath = (path) => path.map((step, index) => (index === 0 ? problems_short(String(step)) : formatStep(step))).join('');
/** A key or a name, cut where nobody would have written so much on purpose. */
const problems_short = (name) => (name.length <= 60 ? name : `${name.slice(0, 59)}…`);
function formatStep(step) {
    if (typeof step === 'number')
        return `[${step}]`;
    const key = problems_short(String(step));
    return /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

;// CONCATENATED MODULE: ./build/config/wording.js



const NOUNS = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    object: 'a mapping',
    record: 'a mapping',
    array: 'a list'
};
/** What a shape has to say about `raw`, as `expected …, found …`; an unknown key with the nearest known one. */
function complaintsOf(issue, raw, keysAt) {
    const { path, message } = issue;
    const unknown = wording_textsIn(issue, 'keys');
    if (issue.code === 'unrecognized_keys' && unknown.length > 0) {
        const known = keysAt(path);
        return unknown.map(key => ({ path: [...path, key], problem: unknownKey(key, known), part: 'key' }));
    }
    const inner = issue.code === 'invalid_union' ? bestForm(issue) : [];
    if (inner.length > 0 && (isStandard(message) || inner.some(saysMore))) {
        return inner.flatMap(each => complaintsOf({ ...each, path: [...path, ...each.path] }, raw, keysAt));
    }
    if (issue.code === 'invalid_key') {
        const [reason] = 'issues' in issue ? readIssues(issue.issues) : [];
        return [{ path, problem: problemOf(reason ?? issue, String(path.at(-1))), part: 'key' }];
    }
    return [{ path, problem: problemOf(issue, valueAt(raw, path)), part: 'value' }];
}
function unknownKey(key, known) {
    const meant = (0,nearest/* didYouMean */.au)(key, known);
    const all = known.length === 0 || meant !== '' ? 'a known key' : `one of ${known.join(', ')}`;
    return `expected ${all}, found ${problems_short(key)}${meant}`;
}
function problemOf(issue, value) {
    const found = describe(value);
    const { message } = issue;
    const expected = isStandard(message) ? expectation(issue) : message;
    const values = wording_textsIn(issue, 'values');
    const meant = typeof value === 'string' ? (0,nearest/* didYouMean */.au)(value, values) : '';
    return /\bfound\b/.test(expected) ? expected : `${expected}, found ${found}${meant}`;
}
// The package's own words begin like this; everything else was written by whoever made the shape.
const isStandard = (message) => /^(Invalid|Too|Unrecognized)\b/.test(message);
function expectation(issue) {
    const expected = 'expected' in issue && typeof issue.expected === 'string' ? issue.expected : undefined;
    const values = wording_textsIn(issue, 'values');
    if (values.length > 0)
        return `expected ${values.length === 1 ? '' : 'one of '}${values.join(', ')}`;
    if (issue.code === 'invalid_type' && expected !== undefined)
        return `expected ${NOUNS[expected] ?? expected}`;
    const rule = issue.message.replace(/^(Invalid|Too)[^:]*(: |$)/, '');
    if (rule === '')
        return 'expected another form';
    return rule.startsWith('expected') ? rule : `expected another form: ${rule}`;
}
/** The problems of the form that was most likely meant: the one whose own type fits, and of these the nearest. */
function bestForm(issue) {
    const forms = 'errors' in issue && Array.isArray(issue.errors) ? issue.errors.map(readIssues) : [];
    const fitting = forms.filter(form => !form.some(isOther));
    return fitting.toSorted((one, other) => one.length - other.length)[0] ?? [];
}
// The value is not of this form at all.
const isOther = ({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
// A union's own words are better than the package's about one of its forms.
const saysMore = ({ path, message }) => path.length > 0 || !isStandard(message);
const readIssues = (form) => (Array.isArray(form) ? form.filter(isIssue) : []);
const isIssue = (value) => typeof value === 'object' && value !== null && 'message' in value && 'path' in value;
function wording_textsIn(issue, member) {
    const list = Object.entries(issue).find(([name]) => name === member)?.[1];
    return Array.isArray(list) ? list.map(String) : [];
}
function valueAt(raw, path) {
    return path.reduce((value, step) => {
        if (Array.isArray(value))
            return typeof step === 'number' ? value[step] : undefined;
        return (0,json/* isObject */.Gv)(value) ? value[String(step)] : undefined;
    }, raw);
}
/** A value in words; a text only where it is short and cannot be a secret that somebody wrote down. */
function describe(value) {
    if (value === undefined || value === null)
        return 'nothing';
    if (Array.isArray(value))
        return value.length === 0 ? 'an empty list' : 'a list';
    if (typeof value === 'object')
        return 'a mapping';
    if (typeof value !== 'string')
        return `the ${typeof value} ${value}`;
    if (value === '')
        return 'empty text';
    return value.length > 60 || value.includes('\n') || looksSecret(value) ? 'other text' : JSON.stringify(value);
}
/** A password in an address, a token of a known make, or a long run of mixed letters and digits, as no name has it. */
const looksSecret = (text) => /:\/\/[^/\s:@]*:(?!\$\{)[^/\s@]+@/.test(text) ||
    /\b(gh[pousr]_|github_pat_|sk[-_](live|test|proj)?|xox[abpr]-|AKIA|glpat-|eyJ)[\w-]{8,}/.test(text) ||
    /-----BEGIN [A-Z ]*KEY/.test(text) ||
    (text.match(/[A-Za-z0-9+=]{28,}/g) ?? []).some(run => /(\d.*){3}/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run));

;// CONCATENATED MODULE: ./build/config/values.js



/** What a name that may be written as `${NAME}` looks like: a variable of the environment. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const values_text = (expected) => schemas/* string */.YjP(`expected ${expected}`).min(1, `expected ${expected}`);
const DURATION = 'a duration such as 200ms, 30s, 5m, 2h or 1d';
/** A duration as it was written. */
const durationText = () => schemas/* string */.YjP(`expected ${DURATION}`).refine(value => (0,units/* parseDuration */.E9)(value) !== undefined, `expected ${DURATION}`);
/** A duration in milliseconds. */
const duration = () => durationText().transform(value => (0,units/* parseDuration */.E9)(value) ?? 0);
const positiveDuration = () => duration().refine(ms => ms > 0, `expected ${DURATION}, more than nothing`);
/** The name of something that the checklist declares, and that items call by it. */
const label = (expected) => schemas/* string */.YjP(`expected ${expected}`)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, `expected ${expected}: letters, digits, - _ .`);
/** The name of a secret; a value that somebody put there instead is not repeated. */
const secretName = () => schemas/* string */.YjP("expected a secret's name").superRefine((value, context) => {
    if (NAME.test(value) && !looksSecret(value))
        return;
    const shown = looksSecret(value) || value.length > 40 || /[=:/]/.test(value) ? 'what looks like a value' : describe(value);
    const message = `expected a secret's name such as DATABASE_URL, found ${shown}; the value belongs in the environment`;
    context.addIssue({ code: 'custom', message });
});
/** Text of a checklist that everybody may read, so that it must not be a secret. */
const openText = (expected) => schemas/* string */.YjP(`expected ${expected}`).superRefine((value, context) => {
    if (!looksSecret(value))
        return;
    const message = `expected ${expected}, found what looks like a secret; declare its name under secrets and write \${NAME}`;
    context.addIssue({ code: 'custom', message });
});

;// CONCATENATED MODULE: ./build/config/notify-shape.js




const on = schemas/* array */.YOg(schemas/* enum */.k5n(notifier/* NOTICE_KINDS */.jn), `expected a list of ${notifier/* NOTICE_KINDS */.jn.join(', ')}`)
    .min(1, `expected at least one of ${notifier/* NOTICE_KINDS */.jn.join(', ')}`)
    .optional()
    .describe('What they are told of. Default: all but start.');
const common = {
    on,
    after: positiveDuration()
        .optional()
        .describe('So long nobody may have reacted to what waits for a person, before an escalation. Default: 30m.'),
    environments: schemas/* array */.YOg(label('the name of an environment'))
        .min(1, 'expected at least one environment')
        .optional()
        .describe('Only deployments to these are told. Default: all.')
};
/** A value that is a secret as a whole, so that only its name may stand here; what stands there instead is not repeated. */
const byName = (what, example) => schemas/* string */.YjP(`expected the name of ${what} such as ${example}`)
    .refine(value => (0,interpolate/* namesIn */.wX)(value).length > 0, `expected the name of ${what} such as ${example}, found a value; it is a secret and belongs in the environment`);
const LOOPBACK = /^http:\/\/(?:127(?:\.\d+){3}|localhost|\[::1\])(?::\d+)?(?:[/?#]|$)/;
const PASSWORD = /^[a-z][\w+.-]*:\/\/[^/?#@]*:[^/?#@$]*@/i;
const address = openText('an https address')
    .refine(value => /^https:\/\/\S+$/.test(value) || LOOPBACK.test(value) || value.startsWith('${'), 'expected an https address, or its name such as ${HOOK_URL}')
    .refine(value => !PASSWORD.test(value), 'expected an address by name such as ${HOOK_URL}, found one with a password in it');
const mailbox = () => values_text('a mail address').regex(/^[^\s<>"]+@[^\s<>"]+$|\$\{/, 'expected a mail address such as ops@example.com');
const notifyShape = schemas/* union */.KCZ([
    schemas/* strictObject */.rej({
        slack: byName('an incoming webhook', '${SLACK_WEBHOOK_URL}').describe('An incoming webhook of Slack, by the name of its secret.'),
        ...common
    }),
    schemas/* strictObject */.rej({
        webhook: address.describe('An address that takes JSON by POST: docs/notifications.md has its form.'),
        secret: byName('a secret', '${HOOK_SECRET}')
            .optional()
            .describe('Signs the body: HMAC-SHA256 in a header, so that the receiver knows who sent it.'),
        ...common
    }),
    schemas/* strictObject */.rej({
        email: schemas/* union */.KCZ([mailbox(), schemas/* array */.YOg(mailbox()).min(1, 'expected at least one mail address')])
            .describe('Who gets a mail.'),
        from: mailbox().describe('Who it is from.'),
        server: byName('the address of a mail server', '${SMTP_URL}').describe('smtps://USER:PASSWORD@HOST or smtp://… with STARTTLS, by the name of its secret.'),
        ...common
    }),
    schemas/* strictObject */.rej({
        'issue-comment': schemas/* int */.Whr('expected the number of an issue')
            .positive('expected the number of an issue')
            .describe('An issue or pull request of this repository; each message is a comment. Needs issues: write.'),
        ...common
    })
])
    .superRefine(({ on: kinds, after }, context) => {
    if (kinds !== undefined && new Set(kinds).size < kinds.length)
        context.addIssue({ code: 'custom', path: ['on'], message: 'expected each once, found one again' });
    if (after === undefined || kinds === undefined || kinds.includes('escalation'))
        return;
    const message = 'expected escalation in `on` beside it, found after alone: nobody would be told';
    context.addIssue({ code: 'custom', path: ['after'], message });
});

;// CONCATENATED MODULE: ./build/config/window.js



const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAYS_EXAMPLE = 'days such as mon-thu or [mon, wed]';
const HOURS_EXAMPLE = 'hours such as "09:00-16:00"';
/** ISO numbers (1 = Monday), ascending, of `mon-thu`, `fri-mon` or `mon`; undefined for anything else. */
function parseDays(written) {
    const [from = '', to = from, ...more] = written
        .trim()
        .toLowerCase()
        .split(/\s*-\s*/);
    const [first, last] = [DAYS.indexOf(from), DAYS.indexOf(to)];
    if (first < 0 || last < 0 || more.length > 0)
        return undefined;
    const count = ((last - first + DAYS.length) % DAYS.length) + 1;
    return Array.from({ length: count }, (_, step) => ((first + step) % DAYS.length) + 1);
}
/** Minutes since midnight of `09:00-16:00`, or over midnight of `22:00-02:00`; the end may be 24:00. */
function parseHours(written) {
    const [, ...parts] = /^\s*(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)\s*$/.exec(written) ?? [];
    const [fromHour = 99, fromMinute = 99, toHour = 99, toMinute = 99] = parts.map(Number);
    const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
    return fromMinute < 60 && toMinute < 60 && from < 24 * 60 && to <= 24 * 60 && from !== to ? { from, to } : undefined;
}
/** Whether the runtime knows the time zone by this IANA name. */
function isZone(name) {
    try {
        return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
    }
    catch {
        return false;
    }
}
/** A day (`2026-12-27`) or a moment with its offset (`2026-12-27T08:00:00Z`) that exists. */
function isMoment(written) {
    const [, day] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.exec(written) ?? [];
    if (day === undefined || Number.isNaN(Date.parse(written)))
        return false;
    return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
const dayRange = () => schemas/* string */.YjP(`expected ${DAYS_EXAMPLE}`);
const days = schemas/* union */.KCZ([dayRange(), schemas/* array */.YOg(dayRange())], `expected ${DAYS_EXAMPLE}`).transform((written, context) => {
    const ranges = [written]
        .flat()
        .flatMap(range => range.split(','))
        .map(parseDays);
    if (ranges.length === 0 || ranges.includes(undefined)) {
        context.addIssue(`expected ${DAYS_EXAMPLE}, found ${describe([written].flat().join(', '))}`);
    }
    return [...new Set(ranges.flatMap(range => range ?? []))].toSorted((one, other) => one - other);
});
const hours = schemas/* string */.YjP(`expected ${HOURS_EXAMPLE}`).transform((written, context) => {
    const parsed = parseHours(written);
    if (parsed === undefined)
        context.addIssue(`expected ${HOURS_EXAMPLE}, found ${describe(written)}`);
    return parsed ?? { from: 0, to: 0 };
});
const windowShape = schemas/* strictObject */.rej({
    days: days.optional().describe('Days of the week: `mon-thu`, `[mon, wed]`. Default: every day.'),
    hours: hours
        .optional()
        .describe('From and to, `"09:00-16:00"`; the end is no longer part of it. Default: all day.'),
    zone: values_text('a time zone such as Europe/Berlin')
        .refine(isZone, 'expected a time zone such as Europe/Berlin')
        .describe('Time zone of days and hours, by its IANA name.')
})
    .refine(({ days: some, hours: part }) => some !== undefined || part !== undefined, 'expected days or hours, found neither')
    .transform(({ days: some, hours: part, zone }) => ({
    days: some ?? [1, 2, 3, 4, 5, 6, 7],
    fromMinute: part?.from ?? 0,
    toMinute: part?.to ?? 24 * 60,
    zone
}));
const freezeShape = schemas/* strictObject */.rej({
    until: schemas/* string */.YjP('expected a day such as 2026-12-27')
        .refine(isMoment, 'expected a day such as 2026-12-27, or a moment such as 2026-12-27T08:00:00Z')
        .describe('The last day that is frozen, in every time zone, or the moment from which it is not.'),
    because: values_text('a reason').describe('Why, for whoever is refused.')
});

;// CONCATENATED MODULE: ./build/config/checklist-shape.js





const variables = schemas/* record */.g1P(schemas/* string */.YjP().regex(NAME, 'expected a name of letters, digits and _'), openText('text, in quotes where YAML would read a number, or true or false'))
    .describe('Names with their values, for `${NAME}` in every string and for commands as variables of their environment.');
const gateShape = schemas/* strictObject */.rej({
    reviewers: schemas/* enum */.k5n(['required', 'sign-off'])
        .optional()
        .describe("GitHub must ask for a review before the job may start; or, weaker and for plans without reviewers, a second person's sign-off in the ledger."),
    'prevent-self-review': schemas/* boolean */.zMY().optional().describe('Who started the run must not be the one who approves it.'),
    'prevent-admin-bypass': schemas/* boolean */.zMY().optional().describe('Admins must not be able to pass without an approval.'),
    wait: positiveDuration().optional().describe('The least wait timer.'),
    branches: schemas/* array */.YOg(values_text('a branch'))
        .min(1, 'expected at least one branch')
        .optional()
        .describe('Only these may deploy here; a * does not cross a /.')
});
const ciShape = schemas/* union */.KCZ([schemas/* enum */.k5n(['green', 'if-any']), schemas/* array */.YOg(values_text('the name of a check, a status or a workflow')).min(1)], 'expected green, if-any, or a list of names of checks, statuses or workflows')
    .describe('What GitHub must say of the commit: green (every check and status passed, and there is one), if-any (all there are), or the names of those that must have passed.');
const environmentShape = schemas/* strictObject */.rej({
    vars: variables.optional(),
    after: values_text('the name of an environment')
        .optional()
        .describe('The environment in which the same release must have succeeded before.'),
    url: values_text('the address of a page')
        .regex(/^https?:\/\/|^\$\{/, 'expected the address of a page, such as https://shop.example.com')
        .optional()
        .describe('Where the deployed application is seen; shown beside the deployment on GitHub. It may hold no secret.'),
    gate: gateShape.optional().describe("What the environment's protection on GitHub must really be; else nothing runs."),
    ci: ciShape.optional(),
    newest: schemas/* boolean */.zMY()
        .optional()
        .describe('The branch or tag must still stand at this commit. Default: where a gate is promised.'),
    'max-age': positiveDuration()
        .optional()
        .describe('So old may be what an earlier job has checked or saved; what is older is made afresh. Default: 1h.'),
    window: windowShape.optional().describe('When a deployment may begin.'),
    freeze: freezeShape.optional().describe('No deployment until then.')
});
const databaseShape = schemas/* strictObject */.rej({
    url: openText('the address of a database such as ${DATABASE_URL}')
        .min(1, 'expected the address of a database such as ${DATABASE_URL}')
        .describe('Where it is: a name in braces, since the address is a secret.'),
    store: values_text('a directory').optional().describe('Directory that keeps the dumps; it must outlive the runner.'),
    scratch: values_text('the address of a server, or runner')
        .optional()
        .describe('Server on which a backup is restored to prove it, or `runner` to allow that on a hosted runner.'),
    'at-least': schemas/* enum */.k5n(['identical', 'snapshot'])
        .optional()
        .describe('The least proof that counts: restored and compared (default), or a copy on the same server.')
});
const rollbackShape = schemas/* strictObject */.rej({
    code: schemas/* enum */.k5n(['auto', 'ask']).optional().describe('Undo the deploy by itself (default), or ask a person.'),
    schema: schemas/* enum */.k5n(['lossless', 'auto', 'never'])
        .optional()
        .describe('Undo a migration by itself only where nothing would be lost (default), always, or never.'),
    data: schemas/* literal */.euz('never').optional().describe('Data is never restored by itself; it is asked for by name.'),
    within: positiveDuration().optional().describe('A rollback that takes longer is a failed one.')
});
const releaseShape = schemas/* strictObject */.rej({
    artifact: values_text('the path of a file').optional().describe('The built file that is deployed, recorded by its digest.'),
    image: values_text('a container image')
        .regex(/@sha256:[0-9a-f]{64}$|\$\{/, 'expected an image named by its digest: registry/app@sha256:…')
        .optional()
        .describe('The container image that is deployed, by its digest.')
});
/** What stands for an item in the schema for editors; the loader reads items one by one, each by its own kind. */
const ITEM_ID = 'item';
const item = schemas/* unknown */.L5J().meta({ id: ITEM_ID });
const items = () => schemas/* array */.YOg(item, 'expected a list of items').min(1, 'expected at least one item');
const checkpoint = () => durationText().transform(name => ({ name, afterMs: (0,units/* parseDuration */.E9)(name) ?? 0 }));
const monitorShape = schemas/* strictObject */.rej({
    checkpoints: schemas/* array */.YOg(checkpoint(), 'expected a list of durations such as [0m, 1h, 24h]')
        .min(1, 'expected at least one checkpoint')
        .superRefine((points, context) => {
        points.forEach(({ name, afterMs }, index) => {
            const before = points[index - 1];
            if (before === undefined || !(before.afterMs >= afterMs))
                return;
            const message = `expected checkpoints in ascending order, found ${name} after ${before.name}`;
            context.addIssue({ code: 'custom', path: [index], message });
        });
    })
        .optional()
        .describe('When to look, counted from the end of the smoke test, ascending. Default: [0m].'),
    settle: duration().optional().describe('Wait so long before the first checkpoint.'),
    items: items().describe('Checks, all of them at each checkpoint.'),
    'on-failure': schemas/* enum */.k5n(['page', 'rollback']).optional().describe('Call a person (default), or go back once by itself.'),
    page: values_text('a command')
        .optional()
        .describe('Command that calls a person, also where a way back needs one; it gets the declared names as variables.')
});
const stagesShape = schemas/* strictObject */.rej({
    preflight: items().optional().describe('Is it allowed, is everything there? A failure stops; nothing was touched.'),
    backup: items()
        .optional()
        .describe('Save what could be lost, and prove it. A failure undoes what can be undone, and stops.'),
    migrate: items().optional().describe('Change the schema. A failure undoes what was applied.'),
    deploy: items().optional().describe('Bring the release live. A failure rolls back.'),
    'smoke-test': items().optional().describe('Is what is live the release, and does it work? A failure rolls back.'),
    monitor: monitorShape.optional().describe('Look again later. A failure calls a person or rolls back.')
})
    .refine(stages => Object.keys(stages).length > 0, 'expected at least one stage, found none')
    .describe('Six stages in this order, each with its items; leave out what you do not need.');
const timeoutsShape = schemas/* strictObject */.rej({
    preflight: positiveDuration().optional().describe('Time for preflight.'),
    backup: positiveDuration().optional().describe('Time for backup, its proof included.'),
    migrate: positiveDuration().optional().describe('Time for migrate; its undo is not counted.'),
    deploy: positiveDuration().optional().describe('Time for deploy; a rollback is not counted.'),
    'smoke-test': positiveDuration().optional().describe('Time for smoke-test, polling included.'),
    monitor: positiveDuration().optional().describe('Time for a round of monitor.')
});
const checklistShape = schemas/* strictObject */.rej({
    name: label('a name').optional().describe("Name of the deployable service. Default: the repository's name."),
    vars: variables.optional(),
    secrets: schemas/* array */.YOg(secretName(), "expected a list of secrets' names")
        .optional()
        .describe('Names only: hidden in all that is printed and kept, demanded only by the stages that use them.'),
    people: schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP().regex(/^@[\w-]+(\/[\w.-]+)?$/, 'expected a person or a team such as @alice or @org/team'))
        .optional()
        .describe('Roles, each with the person or team on GitHub that has it.'),
    release: releaseShape.optional().describe('What is deployed beside the commit.'),
    environments: schemas/* record */.g1P(label('the name of an environment'), environmentShape.nullable())
        .optional()
        .describe('Where it is deployed, each with its rules.'),
    databases: schemas/* record */.g1P(label('the name of a database'), databaseShape)
        .optional()
        .describe('Databases by name; items say `in: NAME` where there are several.'),
    rollback: rollbackShape.optional().describe('What may happen without a person when a deployment fails.'),
    timeouts: timeoutsShape
        .optional()
        .describe('How long a stage may take as a whole; what it has not begun by then, it does not begin.'),
    notify: schemas/* array */.YOg(notifyShape, 'expected a list of who is told')
        .optional()
        .describe('Who is told how it goes. That somebody cannot be told never fails a deployment.'),
    stages: stagesShape
})
    .describe('A deployment checklist, as deploy-checklist runs it.');

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./build/config/expand.js


/** More than any checklist has, and little enough to be looked at several times. */
const MAX_NODES = 50_000;
/**
 * Nodes to plain data with the place of each. Aliases are followed here and not by the package, so that a name that is
 * unknown, or a bomb, is a problem with a position.
 */
function expand(contents) {
    const faults = [];
    const anchors = new Map();
    const open = new Set();
    let nodes = 0;
    let outermost;
    const visit = (node, offset) => {
        nodes += 1;
        if (nodes === MAX_NODES + 1) {
            faults.push({
                offset: outermost ?? offset,
                text: `expected at most ${MAX_NODES} values, found more: do aliases repeat each other?`
            });
        }
        if (nodes > MAX_NODES || node === null)
            return { value: null, place: { offset } };
        if ((0,dist/* isAlias */.Vj)(node))
            return follow(node.source, node.range[0]);
        if (node.anchor !== undefined)
            anchors.set(node.anchor, node);
        open.add(node);
        const expanded = (0,dist/* isMap */.jh)(node) ? mapping(node) : (0,dist/* isSeq */.oP)(node) ? list(node.items, node.range[0]) : scalar(node);
        open.delete(node);
        return expanded;
    };
    const follow = (name, offset) => {
        const target = anchors.get(name);
        if (target === undefined) {
            faults.push({
                offset,
                text: `expected an alias of an anchor above it, found *${problems_short(name)}, which is nowhere above`
            });
        }
        else if (open.has(target)) {
            faults.push({ offset, text: `expected an alias of something finished, found *${name} inside its own anchor` });
        }
        else {
            const outer = outermost;
            outermost ??= offset;
            const { value } = visit(target, offset);
            outermost = outer;
            return { value, place: { offset } };
        }
        return { value: null, place: { offset } };
    };
    const list = (items, offset) => {
        const expanded = items.map(item => visit(item, item?.range[0] ?? offset));
        const inner = new Map(expanded.map(({ place }, index) => [index, place]));
        return { value: expanded.map(({ value }) => value), place: { offset, inner } };
    };
    const mapping = ({ items, range: [offset] }) => {
        const members = [];
        const inner = new Map();
        for (const pair of items) {
            const key = readKey(pair);
            const keyOffset = pair.key?.range[0] ?? offset;
            const { value, place } = visit(pair.value, pair.value?.range[0] ?? keyOffset);
            if (key === '__proto__')
                faults.push({ offset: keyOffset, text: 'expected the name of a key, found __proto__' });
            if (inner.has(key)) {
                faults.push({ offset: keyOffset, text: `expected each key once, found ${problems_short(key)} again`, harmless: true });
            }
            members.push([key, value]);
            inner.set(key, { ...place, keyOffset });
        }
        return { value: Object.fromEntries(members), place: { offset, inner } };
    };
    const scalar = (node) => {
        const offset = node.range[0];
        const value = (0,dist/* isScalar */.jn)(node) ? node.value : null;
        if (typeof value === 'number' && !Number.isFinite(value)) {
            faults.push({ offset, text: `expected a number with an end, found ${value}` });
        }
        return { value: isPlain(value) ? value : null, place: { offset, end: node.range[1] } };
    };
    return { ...visit(contents, contents?.range[0] ?? 0), faults };
}
const readKey = ({ key }) => ((0,dist/* isScalar */.jn)(key) ? String(key.value) : '');
const isPlain = (value) => typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

;// CONCATENATED MODULE: ./build/config/read.js



const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 50;
const PLAIN = { schema: 'core', merge: false, resolveKnownTags: false, uniqueKeys: false, stringKeys: true };
const START = { line: 1, col: 1 };
/** Reads YAML 1.2 without tags, merge keys or anything else that does more than it shows. */
function readYaml(file, text) {
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_BYTES) {
        return refuse(file, [{ at: START, text: `expected a checklist of at most 1 MiB, found ${bytes} bytes` }]);
    }
    const lines = new dist/* LineCounter */.HN();
    const position = (offset) => {
        const { line, col } = lines.linePos(offset);
        return { line: Math.max(1, line), col: Math.max(1, col) };
    };
    const at = ({ offset, text }) => ({ at: position(offset), text });
    const placed = (faults) => refuse(file, faults.map(at));
    const tokens = [...new dist/* Parser */.iX(lines.addNewLine).parse(text)];
    const deep = tokens.map(tooDeep).find(offset => offset !== undefined);
    if (deep !== undefined) {
        return placed([{ offset: deep, text: `expected at most ${MAX_DEPTH} levels of nesting, found more` }]);
    }
    const documents = [...new dist/* Composer */.Dk(PLAIN).compose(tokens)];
    const faults = syntaxFaults(documents, text);
    const [first, second] = documents;
    if (second !== undefined) {
        faults.push({ offset: second.range[0], text: 'expected one YAML document, found another one after `---`' });
    }
    if (faults.length > 0)
        return placed(faults);
    const { value, place, faults: more } = expand(first?.contents ?? null);
    if (!more.every(({ harmless }) => harmless))
        return placed(more);
    return { value, locate: locateIn(place, text, position), found: more.map(at) };
}
/**
 * What the parser says, without its echoes: after the first thing that it cannot read it finds fault with everything.
 * Its quotes of the text are left out, as they may hold what should never have been there. A warning is an unknown tag
 * or directive: something that would be ignored.
 */
function syntaxFaults(documents, text) {
    const all = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
    const ordered = all.toSorted((one, other) => one.pos[0] - other.pos[0]);
    const lineOf = (error) => text.lastIndexOf('\n', (error?.pos[0] ?? 0) - 1);
    const isEcho = (index) => ordered[index]?.message.includes('in YAML stream') || lineOf(ordered[index]) === lineOf(ordered[index - 1]);
    const telling = ordered.filter((_, index) => index === 0 || !isEcho(index));
    return telling.map(({ pos: [offset], message }) => ({ offset, text: sayFault(message, text, offset) }));
}
function sayFault(message, text, offset) {
    if (text.startsWith('${', offset - 1))
        return 'expected text in quotes, found a bare ${NAME} inside { } or [ ]';
    return `expected YAML, found: ${message.replace(/:? ".*$/s, '')}`;
}
const refuse = (file, found) => ({
    problems: formatProblems(file, found)
});
/**
 * Offset of the first thing nested too deeply. Asked of the tokens, which are made without recursion: the composer
 * recurses, and a stack that overflows inside a regular expression ends the whole process.
 */
function tooDeep(document) {
    const open = [{ token: document, depth: 0 }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const { token, depth } = next;
        if (!token)
            continue;
        if (depth > MAX_DEPTH)
            return token.offset;
        if (token.type === 'document')
            open.push({ token: token.value, depth });
        if (!('items' in token))
            continue;
        for (const item of token.items) {
            open.push({ token: item.key, depth: depth + 1 }, { token: item.value, depth: depth + 1 });
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/config/rules.js


/** A var may be made of other names, but not so that it grows beyond what a command's environment can hold. */
const MAX_VALUE = 100_000;
/** Names that are declared twice or already taken, and vars that are made of themselves or grow without measure. */
function checkVars({ vars, secrets, environments }, problems) {
    const taken = new Set(interpolate/* BUILT_IN_NAMES */.oX);
    const sections = [
        [['vars'], vars],
        ...Object.entries(environments).map(([name, own]) => [['environments', name, 'vars'], own])
    ];
    for (const [path, own] of sections) {
        for (const name of Object.keys(own)) {
            if (taken.has(name))
                problems.add([...path, name], `expected a new name, found ${name}, which always has a value`, 'key');
            if (secrets.includes(name))
                problems.add([...path, name], `expected a name that is no secret, found ${name} of secrets`, 'key');
        }
        const all = { ...vars, ...own };
        for (const [name, problem] of growths(all))
            problems.add(Object.hasOwn(own, name) ? [...path, name] : ['vars', name], problem);
    }
    secrets.forEach((name, index) => {
        if (taken.has(name))
            problems.add(['secrets', index], `expected a name of yours, found ${name}, which always has a value`);
        if (secrets.indexOf(name) !== index)
            problems.add(['secrets', index], `expected each secret once, found ${name} again`);
    });
}
/** The vars that have no end, with the way around, and those whose value would be too long. */
function growths(vars) {
    const sizes = new Map();
    const found = [];
    const sizeOf = (name, open) => {
        const text = Object.hasOwn(vars, name) ? vars[name] : undefined;
        const known = sizes.get(name);
        if (text === undefined || known !== undefined)
            return known ?? 0;
        if (open.includes(name)) {
            const way = [...open.slice(open.indexOf(name)), name].join(' -> ');
            found.push([name, `expected a value with an end, found a circle: ${way}`]);
            return 0;
        }
        const inner = (0,interpolate/* namesIn */.wX)(text).map(part => sizeOf(part.name, [...open, name]));
        const size = inner.reduce((sum, part) => sum + part, text.length);
        sizes.set(name, Math.min(size, MAX_VALUE + 1));
        if (size > MAX_VALUE && !inner.some(part => part > MAX_VALUE)) {
            found.push([name, `expected at most ${MAX_VALUE} characters once filled in, found more`]);
        }
        return Math.min(size, MAX_VALUE + 1);
    };
    for (const name of Object.keys(vars))
        sizeOf(name, []);
    return found;
}
/** `after` must lead to an environment, and in the end to one that comes first. */
function checkPromotion(after, environments, problems) {
    for (const [name, before] of Object.entries(after)) {
        const path = ['environments', name, 'after'];
        if (!environments.includes(before)) {
            const meant = (0,nearest/* didYouMean */.au)(before, environments);
            problems.add(path, `expected one of ${environments.join(', ')}, found ${before}${meant}`);
            continue;
        }
        const way = [name];
        for (let next = before; next !== undefined && !way.includes(next); next = after[next])
            way.push(next);
        if (after[way.at(-1) ?? ''] === name)
            problems.add(path, `expected an order, found a circle: ${[...way, name].join(' after ')}`);
    }
}
/** The environment that was asked for must be one of the checklist, where it names any. */
function checkEnvironment(wanted, environments, problems) {
    if (wanted === undefined || environments.length === 0 || environments.includes(wanted))
        return;
    const meant = (0,nearest/* didYouMean */.au)(wanted, environments);
    problems.add(['environments'], `expected one of ${environments.join(', ')}, found ${wanted}, which was asked for${meant}`, 'key');
}

// EXTERNAL MODULE: ./node_modules/zod/v4/core/json-schema-processors.js
var json_schema_processors = __webpack_require__(8439);
;// CONCATENATED MODULE: ./build/config/keys.js


/** The keys that a shape knows at a path, in all its forms; none where any key may stand, or where it is no zod schema. */
function keysAt(shape, path = []) {
    if (!(shape instanceof schemas/* ZodType */.aRx))
        return [];
    const schema = JSON.parse(JSON.stringify(json_schema_processors/* toJSONSchema */.bl(shape, { io: 'input', unrepresentable: 'any' })));
    const reached = path.reduce((schemas, step) => schemas.flatMap(keys_forms).flatMap(inside(step)), [schema]);
    return [...new Set(reached.flatMap(keys_forms).flatMap(form => Object.keys(member(form, 'properties'))))];
}
/** A schema and all that it may be instead. */
function keys_forms(schema) {
    if (!(0,json/* isObject */.Gv)(schema))
        return [];
    const others = ['anyOf', 'oneOf', 'allOf'].flatMap(name => {
        const list = schema[name];
        return Array.isArray(list) ? list.flatMap(keys_forms) : [];
    });
    return [schema, ...others];
}
const inside = (step) => (schema) => {
    const named = typeof step === 'number' ? member(schema, 'items') : member(schema, 'properties')[String(step)];
    return [named ?? member(schema, 'additionalProperties')];
};
function member(schema, name) {
    const value = (0,json/* isObject */.Gv)(schema) ? schema[name] : undefined;
    return (0,json/* isObject */.Gv)(value) ? value : {};
}

;// CONCATENATED MODULE: ./build/config/shape.js


/** Undefined means that something was reported; callers go on, so that one run shows every problem. */
function parse(shape, raw, path, problems, { words, also = [], parsed = shape.safeParse(raw) } = {}) {
    if (parsed.success)
        return parsed.data;
    const keys = (inner) => (inner.length === 0 ? [...keysAt(shape), ...also] : keysAt(shape, inner));
    for (const issue of parsed.error.issues) {
        for (const { path: inner, problem, part } of complaintsOf(issue, raw, keys)) {
            const better = part === 'key' && inner.length === 1 ? words?.(String(inner[0])) : undefined;
            problems.add([...path, ...inner], better ?? problem, part);
        }
    }
    return undefined;
}

// EXTERNAL MODULE: ./build/core/can-fail.js
var can_fail = __webpack_require__(1433);
// EXTERNAL MODULE: ./build/core/stages.js
var core_stages = __webpack_require__(9395);
// EXTERNAL MODULE: ./build/core/engine/read-spec.js
var read_spec = __webpack_require__(4301);
;// CONCATENATED MODULE: ./build/config/common-shape.js


const retryShape = schemas/* union */.KCZ([
    schemas/* literal */.euz('none'),
    schemas/* strictObject */.rej({
        for: positiveDuration().describe('Try again for so long.'),
        every: positiveDuration().optional().describe('Wait so long between two tries. Default: 1s.')
    })
], 'expected none, or durations such as { for: 60s, every: 2s }')
    .describe('Look again until the assertions hold: `{ for: 60s, every: 2s }`, or `none`. Checks only.');
/** What may stand at every item, whatever its kind. */
const commonShape = schemas/* strictObject */.rej({
    name: values_text('a name').optional().describe('What people read. Default: what the item is about.'),
    id: schemas/* string */.YjP('expected an id')
        .regex(/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}_-]*$/u, 'expected an id of small letters, digits, - and _')
        .optional()
        .describe('What sign-offs and the record call it, after its stage. Default: made of the name.'),
    optional: schemas/* boolean */.zMY().optional().describe('A failure is reported and does not block.'),
    timeout: positiveDuration().optional().describe('How long one try may take, such as 30s or 5m.'),
    retry: retryShape.optional(),
    skip: values_text('a reason').optional().describe('Do not run it, for this reason; the record says so.'),
    in: values_text('the name of a database').optional().describe('Which database; needed only where there are several.'),
    undo: values_text('a command, or redeploy')
        .optional()
        .describe('Command that takes the action back, or `redeploy`: the same item with the last good release.'),
    probe: values_text('a command')
        .optional()
        .describe('Command that finds out whether the action took effect: exit 0 if it did, 1 if not.'),
    effect: schemas/* enum */.k5n(['action', 'check'])
        .optional()
        .describe('Whether `run` changes something. Default: by its stage, an action in backup, migrate and deploy.')
});
/** `on` is refused with words of its own, because targets are known to the design and not built yet. */
const COMMON_KEYS = [...Object.keys(commonShape.shape), 'on'];
/** What a check inside an item, such as health, may have beside its kind's own keys. */
const nestedShape = commonShape.pick({ retry: true, timeout: true });
const NESTED_KEYS = Object.keys(nestedShape.shape);

;// CONCATENATED MODULE: ./build/config/item-id.js
/** What a person reads: the first line of what the item is about, not longer than a line. */
function nameOf(subject) {
    const line = (subject.trim().split('\n')[0] ?? '').trim();
    return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
/** Small letters and digits of any script, joined by `-`; empty when there are none. */
function slugOf(name) {
    const slug = name
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_]+/gu, '-')
        .replace(/^-+|-+$/g, '');
    return slug.length <= 60 ? slug : slug.slice(0, 60).replace(/-+$/, '');
}

;// CONCATENATED MODULE: ./build/config/item-rules.js


const effectOf = (kind, written, stage) => kind.effect === 'by-stage' ? (written ?? (core_stages/* STAGES */.an[stage].acts ? 'action' : 'check')) : kind.effect;
/** The rules that no single key can know, and the database that the item is about. */
function judge(formed) {
    const { complaints, database } = judgeDatabase(formed);
    return {
        complaints: [...judgeEffect(formed), ...judgeAssertions(formed), ...judgeRoles(formed), ...complaints],
        database
    };
}
function judgeEffect({ kind, common, stage }) {
    const effect = effectOf(kind, common.effect, stage);
    const complaints = [];
    const complain = (key, problem) => complaints.push({ path: [key], problem });
    if (common.effect !== undefined && kind.effect !== 'by-stage') {
        complain('effect', `expected no effect here, found ${common.effect}: ${kind.name} is always ${an(kind.effect)}`);
    }
    if (effect === 'action' && !core_stages/* STAGES */.an[stage].acts) {
        complain(kind.name, `expected only checks in ${stage}, found an action: move it to migrate or deploy`);
    }
    if (effect === 'action' && common.retry !== undefined) {
        complain('retry', 'expected retry at a check, found it at an action, which is never repeated by itself');
    }
    for (const key of ['undo', 'probe']) {
        if (effect === 'check' && common[key] !== undefined) {
            complain(key, `expected ${key} at an action, found it at a check, which changes nothing`);
        }
    }
    if (common.undo === 'redeploy' && stage !== 'deploy') {
        complain('undo', `expected a command, found redeploy, which is for items of deploy only`);
    }
    return complaints;
}
const an = (effect) => (effect === 'action' ? 'an action' : 'a check');
/** An item that can never fail proves nothing. A body is sent and not asserted, so it may be an empty list. */
function judgeAssertions({ kind, own, spec }) {
    const empty = Object.entries(own).filter(([key, value]) => key !== 'body' && Array.isArray(value) && value.length === 0);
    const vacuous = kind.vacuous?.(spec);
    return [
        ...empty.map(([key]) => ({
            path: [key],
            problem: 'expected at least one entry, found an empty list, which asserts nothing'
        })),
        ...(vacuous === undefined
            ? []
            : [{ path: [kind.name], problem: `expected an assertion, found an item that can never fail: ${vacuous}` }])
    ];
}
function judgeRoles({ kind, spec, people }) {
    const unknown = (kind.roles?.(spec) ?? []).filter(role => !role.startsWith('@') && !people.includes(role));
    return unknown.map(role => ({
        path: ['by'],
        problem: `expected a role of people${listed(people)} or a person such as @alice, found ${role}${(0,nearest/* didYouMean */.au)(role, people)}`
    }));
}
function judgeDatabase({ kind, spec, common, databases }) {
    const named = kind.databases?.(spec);
    const wanted = named ?? (common.in === undefined ? [] : [common.in]);
    const key = named === undefined ? 'in' : kind.name;
    const complaints = wanted
        .filter(name => !databases.includes(name))
        .map(name => ({
        path: [key],
        problem: `expected a database of the checklist${listed(databases)}, found ${name}${(0,nearest/* didYouMean */.au)(name, databases)}`
    }));
    const uses = named === undefined && kind.usesDatabase === true;
    if (common.in !== undefined && !uses) {
        complaints.push({
            path: ['in'],
            problem: `expected no \`in\`, found ${common.in}: ${kind.name} ${named === undefined ? 'uses no database' : 'names its own'}`
        });
    }
    if (uses && common.in === undefined && databases.length !== 1)
        complaints.push({ path: [], problem: noDatabase(kind, databases) });
    const database = wanted[0] ?? (uses ? databases[0] : undefined);
    return { complaints, database };
}
const noDatabase = ({ name }, databases) => databases.length === 0
    ? `expected a database for ${name}, found none: declare one, databases: { main: { url: "\${DATABASE_URL}" } }`
    : `expected \`in\` with one of ${databases.join(', ')}, found none: ${name} needs one database`;
const listed = (names) => names.length === 0 ? ' (there is none)' : ` (${names.join(', ')})`;

;// CONCATENATED MODULE: ./build/config/item.js








const EXAMPLE = 'an item, a mapping such as "run: make test"';
/** One entry of a stage; undefined when it has problems, which are then reported. */
function readItem(raw, site, reading) {
    const { problems, locate } = reading;
    if (raw !== null && (0,json/* isObject */.Gv)(raw) && Object.hasOwn(raw, 'on')) {
        problems.add([...site.path, 'on'], 'expected an item without `on`, found one: targets are not built yet, every item runs here', 'key');
    }
    const parts = readParts(raw, site.path, COMMON_KEYS, reading);
    if (parts === undefined)
        return undefined;
    const { kind, own, common: written } = parts;
    const { on: _, ...withoutOn } = written;
    const common = parse(commonShape, withoutOn, site.path, problems);
    const spec = parseOwn(kind, own, site.path, COMMON_KEYS, reading);
    for (const key of kind.nested ?? []) {
        const check = own[key];
        if (check !== undefined && (0,json/* isObject */.Gv)(check))
            readNested(check, { ...site, path: [...site.path, key] }, reading);
    }
    if (common === undefined || spec === undefined)
        return undefined;
    const { complaints, database } = judge({ kind, own, spec: spec.parsed, common, stage: site.stage, ...reading });
    for (const { path, problem } of complaints)
        problems.add([...site.path, ...path], problem);
    if (complaints.length > 0)
        return undefined;
    const name = common.name ?? nameOf(kind.subject(spec.parsed));
    const id = common.id ?? (slugOf(name) || kind.name);
    return {
        id: `${site.stage}/${id}`,
        name: name === '' ? kind.name : name,
        kind: kind.name,
        at: locate(site.path),
        effect: effectOf(kind, common.effect, site.stage),
        ...planned(common),
        ...(database === undefined ? {} : { in: database }),
        spec: own
    };
}
/** A check inside an item: a kind, its keys, and how to poll. Its spec stays in the item's own. */
function readNested(raw, site, reading) {
    const parts = readParts(raw, site.path, NESTED_KEYS, reading);
    if (parts === undefined)
        return;
    const { kind, own, common } = parts;
    parse(nestedShape, common, site.path, reading.problems);
    if (kind.effect === 'action') {
        reading.problems.add([...site.path, kind.name], `expected a check, found ${kind.name}, which changes something`, 'key');
        return;
    }
    const spec = parseOwn(kind, own, site.path, NESTED_KEYS, reading);
    if (spec === undefined)
        return;
    const { complaints } = judge({ kind, own, spec: spec.parsed, common: {}, stage: 'smoke-test', ...reading });
    for (const { path, problem } of complaints)
        reading.problems.add([...site.path, ...path], problem);
}
/** Common keys and the kind's own ones; the kind is the first key that is not common. */
function readParts(raw, path, commonKeys, reading) {
    const { kinds, problems } = reading;
    if (!(0,json/* isObject */.Gv)(raw)) {
        problems.add(path, `expected ${EXAMPLE}, found ${raw === null ? 'nothing' : Array.isArray(raw) ? 'a list' : 'something else'}`);
        return undefined;
    }
    const entries = Object.entries(raw);
    const own = entries.filter(([key]) => !commonKeys.includes(key));
    const names = kinds.map(({ name }) => name);
    const [first] = own[0] ?? [];
    if (first === undefined) {
        problems.add(path, `expected a kind such as ${names.slice(0, 3).join(', ')}, found only keys that every item may have`);
        return undefined;
    }
    const kind = kinds.find(({ name }) => name === first);
    if (kind === undefined) {
        const later = own.map(([key]) => key).find(key => names.includes(key));
        const known = (0,nearest/* didYouMean */.au)(first, [...names, ...commonKeys]);
        const words = later === undefined || known !== ''
            ? `${kindWords(names, known)}, found ${problems_short(first)}${known}`
            : `the kind first, found ${problems_short(first)} before ${later}`;
        problems.add([...path, first], `expected ${words}`, 'key');
        return undefined;
    }
    const common = entries.filter(([key]) => commonKeys.includes(key));
    return { kind, common: Object.fromEntries(common), own: Object.fromEntries(own) };
}
const kindWords = (names, meant) => meant === '' ? `a kind, one of ${names.join(', ')}` : 'a kind';
function parseOwn(kind, own, path, common, { kinds, problems }) {
    const words = (key) => kinds.some(({ name }) => name === key)
        ? `expected one kind in an item, found ${kind.name} and ${key}: make them two items`
        : undefined;
    const also = common.filter(key => key !== 'on');
    const parsed = parse(kind.shape, own, path, problems, { words, also, parsed: (0,read_spec/* readSpec */.O)(kind, own) });
    return parsed === undefined ? undefined : { parsed };
}
const planned = ({ optional = false, timeout, retry, skip, undo, probe }) => ({
    optional,
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(retry === undefined
        ? {}
        : { retry: retry === 'none' ? retry : { forMs: retry.for, everyMs: retry.every ?? 1_000 } }),
    ...(skip === undefined ? {} : { skip }),
    ...(undo === undefined ? {} : { undo }),
    ...(probe === undefined ? {} : { probe })
});

;// CONCATENATED MODULE: ./build/config/stages.js





/** Every item of every stage that can be read; what is wrong with the others, and with the stages, is reported. */
function readStages(raw, reading) {
    const stages = memberOf(raw, 'stages');
    const placed = [];
    let complete = true;
    for (const stage of core_stages/* FORWARD_STAGES */.sr) {
        const { items, path } = itemsIn(stages, stage);
        const read = items.flatMap((each, index) => {
            const place = [...path, index];
            const item = readItem(each, { stage, path: place }, reading);
            if (item === undefined && mayName(each, reading.kinds))
                complete = false;
            return item === undefined ? [] : [{ stage, item, path: place, raw: each }];
        });
        if (read.length === items.length)
            mustBeAbleToFail(stage, read, path, reading.problems);
        placed.push(...read);
    }
    idsOnce(placed, reading.problems);
    answersInTime(placed, reading.problems);
    return { placed, complete };
}
/** The raw items of a stage; those of monitor lie one level deeper. */
function itemsIn(stages, stage) {
    if (stage !== 'monitor')
        return { items: listIn(stages, stage), path: ['stages', stage] };
    return { items: listIn(memberOf(stages, stage), 'items'), path: ['stages', stage, 'items'] };
}
const mayName = (raw, kinds) => (0,json/* isObject */.Gv)(raw) && kinds.some(kind => Object.hasOwn(raw, kind.name) && (kind.declares ?? kind.captures) !== undefined);
/** Checks that may all fail without consequence prove nothing; actions may be skipped, with their reasons on record. */
function mustBeAbleToFail(stage, read, path, problems) {
    if (read.length === 0 || read.some(({ item }) => (0,can_fail/* canFail */.n)(item)))
        return;
    if (core_stages/* STAGES */.an[stage].acts && read.every(({ item }) => item.skip !== undefined))
        return;
    problems.add(path, `expected an item that can fail ${stage}, found only optional or skipped ones, or a wait`, 'key');
}
/** Behind an action something is half done while a person is waited for: how long is said, and silence is a no. */
function answersInTime(placed, problems) {
    const first = placed.findIndex(({ item }) => item.effect === 'action' && item.skip === undefined);
    if (first < 0)
        return;
    const action = placed[first]?.item.id;
    for (const { item, path } of placed.slice(first + 1)) {
        if (item.kind !== 'manual' || item.skip !== undefined || item.timeoutMs !== undefined)
            continue;
        const problem = `expected a timeout at a manual item behind an action (${action}), found none: nobody who answers by then is a no, and with optional: true it goes on`;
        problems.add([...path, 'manual'], problem);
    }
}
function idsOnce(placed, problems) {
    const first = new Map();
    for (const each of placed) {
        const other = first.get(each.item.id);
        if (other === undefined)
            first.set(each.item.id, each);
        else {
            const line = other.item.at.line;
            problems.add(each.path, `expected an id of its own, found ${each.item.id} as in line ${line}: give one of them a name`);
        }
    }
}

// EXTERNAL MODULE: ./build/core/deployments/url.js
var deployments_url = __webpack_require__(7652);
;// CONCATENATED MODULE: ./build/config/url-rules.js



/**
 * Everybody may read an environment's `url`, so that it is made of vars and built-ins alone, and is the address of a page
 * once it is filled in. Names that nothing declares were said already.
 */
function checkUrls(raw, declared, byItems, problems) {
    const closed = [...declared.secrets, ...byItems];
    for (const [name, rules] of Object.entries(memberOf(raw, 'environments'))) {
        const url = textOf(rules);
        if (url === undefined)
            continue;
        const path = ['environments', name, 'url'];
        const vars = { ...declared.vars, ...declared.environments[name] };
        const { text, sources } = filled(url, vars, []);
        const found = sources.filter(source => closed.includes(source));
        for (const source of new Set(found))
            problems.add(path, `expected an address that everybody may read, found ${source} in it, which is no var`);
        if (found.length === 0 && !(0,deployments_url/* isWebAddress */.d)(text))
            problems.add(path, 'expected the address of a page without user and password, such as https://shop.example.com');
    }
}
/** The names that a text comes to once its vars are filled in; built-ins are none of them. */
const namesBehind = (text, vars) => filled(text, vars, []).sources;
/** The text with its vars filled in, a plain letter for what has its value later, and the names that it rests on. */
function filled(text, vars, open) {
    const sources = [];
    const whole = (0,interpolate/* namesIn */.wX)(text).reduce((rest, { name }) => {
        const value = Object.hasOwn(vars, name) && !open.includes(name) ? vars[name] : undefined;
        const inner = value === undefined ? { text: 'x', sources: (0,interpolate/* isBuiltIn */.qi)(name) ? [] : [name] } : filled(value, vars, [...open, name]);
        sources.push(...inner.sources);
        return rest.replace(`\${${name}}`, () => inner.text);
    }, text);
    return { text: whole, sources };
}
function textOf(rules) {
    const url = typeof rules === 'object' && rules !== null && 'url' in rules ? rules.url : undefined;
    return typeof url === 'string' && url !== '' ? url : undefined;
}

;// CONCATENATED MODULE: ./build/config/store-rules.js



/**
 * Where a backup lies stands in its receipt, and a restore reads it there. A secret in it would be hidden in the journal,
 * and the backup could not be found again.
 */
function checkStores(raw, declared, placed, problems) {
    const ofDatabases = Object.entries(memberOf(raw, 'databases')).map(([name, database]) => ({
        path: ['databases', name, 'store'],
        store: (0,json/* isObject */.Gv)(database) ? database['store'] : undefined
    }));
    const ofItems = placed.map(({ raw: item, path }) => ({
        path: [...path, 'backup', 'store'],
        store: memberOf(item, 'backup')['store']
    }));
    for (const { path, store } of [...ofDatabases, ...ofItems]) {
        if (typeof store !== 'string')
            continue;
        for (const secret of secretsIn(store, declared))
            problems.add(path, `expected a directory that a record may name, found ${secret} in it, which is a secret: make it a var`);
    }
}
const secretsIn = (store, { vars, secrets, environments }) => {
    const every = [vars, ...Object.values(environments).map(own => ({ ...vars, ...own }))];
    const names = new Set(every.flatMap(known => namesBehind(store, known)));
    return secrets.filter(secret => names.has(secret));
};

;// CONCATENATED MODULE: ./build/config/misspelt.js

/**
 * The candidate that `name` is a slip of: of the same first word, and in the rest one letter off, or two where it is long
 * (a wrong case counts as none). Undefined for a name that somebody may have meant: DEPLOY_HOST, but also DEPLOY_TIME,
 * two letters from DEPLOY_ITEM, and a plural.
 */
function misspelt(name, candidates) {
    const [word, rest] = parted(name);
    const near = candidates.flatMap(candidate => {
        const [other, meant] = parted(candidate);
        if (word !== other || candidate === name || rest === `${meant}s` || Math.abs(rest.length - meant.length) > 2)
            return [];
        const steps = (0,nearest/* stepsBetween */.Cm)(rest, meant);
        return steps <= (meant.length < 10 ? 1 : 2) ? [{ candidate, steps }] : [];
    });
    return near.toSorted((one, other) => one.steps - other.steps)[0]?.candidate;
}
/** `DEPLOY_` as it is, and what follows it in lower case. */
function parted(name) {
    const end = name.indexOf('_') + 1;
    return [name.slice(0, end), name.slice(end).toLowerCase()];
}

;// CONCATENATED MODULE: ./build/config/shell-text.js
const NAMES = /\$(?:\{[#!]?)?([A-Za-z_]\w*)/g;
const LITERAL = /\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"|(?<![^\s;&|()])#[^\n]*/g;
const HEREDOC = /<<-?[ \t]*(['"\\]?)(\w+)/;
/** The names that a text for a shell fills in, each once: not those in single quotes, behind `\` or in a comment. */
function mentionsIn(text) {
    const first = new Map();
    for (const { 1: name = '', index } of live(text).matchAll(NAMES))
        if (!first.has(name))
            first.set(name, index);
    return [...first].map(([name, index]) => ({ name, nth: [...text.slice(0, index).matchAll(mentionOf(name))].length }));
}
/** Finds a mention in a text that has them in the same order, such as the source of the text; -1 where it has not. */
const firstIn = (name, nth) => (source) => [...source.matchAll(mentionOf(name))][nth]?.index ?? -1;
/** Whether the text itself gives the name a value: `NAME=`, `export`, `read`, `for` and the like. */
const isSetIn = (name, text) => new RegExp(`(?<![$\\w{#!])${name}(?:\\+?=|\\[)|\\$\\{${name}:?=|\\b(?:${SETTERS})\\b[^\\n;&|]*(?<![$\\w{#!])${name}\\b`).test(text);
const SETTERS = 'read|export|for|select|local|declare|typeset|readonly|getopts|mapfile|readarray|printf -v';
const mentionOf = (name) => new RegExp(`\\$(?:\\{[#!]?)?${name}(?!\\w)`, 'g');
/**
 * The text with blanks where a shell fills nothing in. Quotes inside `$(…)` inside quotes are not told apart: that takes
 * a shell, and what is read wrongly there is a name too many or too few to look at.
 */
const live = (text) => withoutHeredocs(text).replace(LITERAL, token => token.startsWith('"') ? token.replace(/\\[\s\S]/g, blank) : blank(token));
const blank = (text) => ' '.repeat(text.length);
/** Lines of a here-document are as in double quotes, or, where its end is quoted, taken as they are. */
function withoutHeredocs(text) {
    let open;
    const lines = text.split('\n').map(line => {
        if (open === undefined) {
            const [, quote = '', end = ''] = HEREDOC.exec(line) ?? [];
            if (end !== '')
                open = { end, quoted: quote !== '' };
            return line;
        }
        if (line.trim() === open.end)
            open = undefined;
        else if (open.quoted)
            return blank(line);
        return line.replace(/['"#]/g, ' ');
    });
    return lines.join('\n');
}

;// CONCATENATED MODULE: ./build/config/undeclared.js







/** Reports every `${NAME}` that nothing declares, and every capture that is used where it does not live. */
function checkNames(raw, declared, { placed, complete }, kinds, problems) {
    const captures = placed.flatMap(({ stage, item }, index) => (0,core_names/* asked */.NZ)(item, kinds, 'captures').map(name => ({ name, stage, index, id: item.id })));
    const byItems = placed.flatMap(({ item }) => (0,core_names/* asked */.NZ)(item, kinds, 'declares'));
    const names = [...Object.keys(declared.vars), ...declared.secrets, ...byItems, ...interpolate/* BUILT_IN_NAMES */.oX];
    const scope = { names, captures, environments: declared.environments, complete };
    const texts = [...topTexts(raw), ...placed.flatMap((each, index) => itemTexts(each, index, kinds))];
    // Of the whole text, since an item that GitHub was expected to fill in can often not be read at all.
    for (const { path, text } of (0,core_names/* stringsOf */.iw)(raw, []))
        if (text.includes('${{'))
            problems.add(path, GITHUB);
    for (const text of texts) {
        for (const problem of text.shell ? inShell(text, scope) : inString(text, scope))
            problems.add(text.path, problem);
        if (text.shell)
            for (const { problem, part } of misspeltIn(text, scope))
                problems.add(text.path, problem, part);
    }
}
/** The strings outside of items that names may stand in. */
function topTexts(raw) {
    const page = memberOf(memberOf(raw, 'stages'), 'monitor')['page'];
    return [
        ...(0,core_names/* stringsOf */.iw)(listIn(raw, 'notify'), ['notify']).map(found => ({ ...found, shell: false })),
        ...['vars', 'release', 'databases', 'environments'].flatMap(key => (0,core_names/* stringsOf */.iw)(memberOf(raw, key), [key]).map(found => ({ ...found, shell: false }))),
        ...(typeof page === 'string' ? [{ path: ['stages', 'monitor', 'page'], text: page, shell: true }] : [])
    ];
}
function itemTexts({ stage, item, path, raw }, index, kinds) {
    const own = (0,core_names/* textsOf */.CB)(item, kinds);
    const shown = ['name', 'skip'].flatMap(key => ((0,json/* isObject */.Gv)(raw) ? (0,core_names/* stringsOf */.iw)(raw[key] ?? null, [key]) : []));
    const all = [...own, ...shown.map(found => ({ ...found, shell: false }))];
    const given = (0,core_names/* asked */.NZ)(item, kinds, 'sets');
    return all.map(found => ({ ...found, path: [...path, ...found.path], site: { stage, index }, given }));
}
function inString({ text, site }, scope) {
    const problems = (0,interpolate/* namesIn */.wX)(text).map(({ name, valid }) => {
        if (!valid)
            return malformed(name);
        return scope.names.includes(name) ? undefined : (misplaced(name, site, scope) ?? undeclared(name, site, scope));
    });
    return problems.filter(problem => problem !== undefined);
}
/** A shell has names of its own, so that only a capture of another stage is surely wrong, and what no shell can read. */
function inShell({ text, site }, scope) {
    const mentioned = [...new Set((0,core_names/* shellNames */.bW)(text))].filter(name => !scope.names.includes(name) && !isOwn(name, text));
    return mentioned.flatMap(name => misplaced(name, site, scope) ?? []);
}
/**
 * A name that is all but one of ours, which a shell would read as nothing. What a checklist neither declares nor sets may
 * still come from whoever starts it, so that no other name is held against it.
 */
function misspeltIn({ text, given = [] }, { names, captures, environments, complete }) {
    if (!complete)
        return [];
    const declared = [names, given, captures.map(({ name }) => name), ...Object.values(environments).map(Object.keys)];
    const known = new Set([...interpolate/* HANDED_NAMES */.ip, ...declared.flat()]);
    return mentionsIn(text).flatMap(({ name, nth }) => {
        const meant = misspelt(name, [...interpolate/* BUILT_IN_NAMES */.oX, ...interpolate/* HANDED_NAMES */.ip]);
        if (meant === undefined || known.has(name) || isSetIn(name, text))
            return [];
        const problem = `expected a name that has a value, found ${name}, which nothing declares (did you mean ${meant}?)`;
        return [{ problem: `${problem}: one of your own, declare in an env item`, part: firstIn(name, nth) }];
    });
}
/** Whether the text gives the name a value itself: it stands somewhere without a `$`. */
const isOwn = (name, text) => new RegExp(`(?<![$\\w{#!])${name}\\b`).test(text);
const GITHUB = 'expected ${NAME}, found ${{ … }}: GitHub does not look into a checklist; pass the value in the environment and declare its name';
function malformed(name) {
    if (name.startsWith('{'))
        return undefined;
    const base = /^[A-Za-z_][A-Za-z0-9_]*/.exec(name)?.[0];
    const found = `expected \${NAME}, found \${${name.slice(0, 40)}}`;
    return base === undefined ? found : `${found}: for another value where ${base} has none, use vars`;
}
/** What is wrong with a capture that does not live here; undefined when the name is none, or may be used here. */
function misplaced(name, site, { captures }) {
    const all = captures.filter(capture => capture.name === name);
    const [first] = all;
    if (first === undefined)
        return undefined;
    const here = all.filter(({ stage }) => stage === site?.stage);
    const [nearest] = here;
    if (nearest === undefined) {
        return `expected a name that lives here, found ${name}, which ${first.id} captures: a capture lives within one stage`;
    }
    if (here.some(({ index }) => site !== undefined && index < site.index))
        return undefined;
    return `expected a name that has a value by now, found ${name}, which only ${nearest.id} captures: use it in a later item`;
}
function undeclared(name, site, { names, captures, environments, complete }) {
    const captured = captures.some(capture => capture.name === name && capture.stage === site?.stage);
    if (captured)
        return undefined;
    const lacking = Object.keys(environments).filter(key => !Object.hasOwn(environments[key] ?? {}, name));
    const having = Object.keys(environments).filter(key => !lacking.includes(key));
    if (having.length > 0) {
        if (lacking.length === 0)
            return undefined;
        return `expected a name that every environment declares, found ${name}, which ${having.join(', ')} has and ${lacking.join(', ')} has not`;
    }
    if (!complete)
        return undefined;
    const known = [...names, ...captures.map(capture => capture.name)];
    const meant = (0,nearest/* didYouMean */.au)(name, known);
    return `expected a declared name, found ${name}${meant}${meant === '' ? ': declare it under vars or secrets, or in an env item' : ''}`;
}

;// CONCATENATED MODULE: ./build/config/load.js














/**
 * The text of a YAML file as a checklist, or every problem of it at once, each as
 * `file:line:col path: expected …, found …`. Nothing of it is run, and nothing of the environment is read.
 */
function loadChecklist({ file, text, kinds, environment }) {
    const source = readYaml(file, text);
    if ('problems' in source)
        return source;
    const { value: raw, locate, found } = source;
    const problems = collectProblems(file, locate, found);
    if (!(0,json/* isObject */.Gv)(raw)) {
        problems.add([], `expected a mapping with the key stages, found ${raw === null ? 'nothing' : 'something else'}`);
        return { problems: problems.lines() };
    }
    const declared = declarationsOf(raw);
    const shape = parse(checklistShape, raw, [], problems, { words: wordsFor });
    const { databases, people } = declared;
    const items = readStages(raw, { kinds, databases, people, problems, locate });
    checkNames(raw, declared, items, kinds, problems);
    checkVars(declared, problems);
    const byItems = items.placed.flatMap(({ item }) => (0,core_names/* asked */.NZ)(item, kinds, 'declares'));
    checkNotify(raw, declared, byItems, problems);
    checkUrls(raw, declared, byItems, problems);
    checkStores(raw, declared, items.placed, problems);
    const environments = Object.keys(declared.environments);
    checkPromotion(textsUnder(memberOf(raw, 'environments'), 'after'), environments, problems);
    checkEnvironment(environment, environments, problems);
    const lines = problems.lines();
    return shape === undefined || lines.length > 0
        ? { problems: lines }
        : { checklist: assemble(file, shape, items.placed) };
}
/** Keys that people look for at the top, and what there is instead. */
const wordsFor = (key) => key === 'targets' ? 'expected a known key, found targets: they are not built yet, every item runs here' : undefined;
const textsUnder = (members, key) => Object.fromEntries(Object.entries(members).flatMap(([name, member]) => {
    const value = (0,json/* isObject */.Gv)(member) ? member[key] : undefined;
    return typeof value === 'string' ? [[name, value]] : [];
}));


/***/ })

};
