export const id = 72;
export const ids = [72];
export const modules = {

/***/ 9072:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openEmail: () => (/* reexport */ openEmail),
  openSlack: () => (/* reexport */ openSlack),
  openWebhook: () => (/* reexport */ openWebhook)
});

// EXTERNAL MODULE: ./build/core/text.js
var core_text = __webpack_require__(6067);
;// CONCATENATED MODULE: ./build/notify/email-text.js

/** The mail in plain text: the first line says all that a phone shows. */
const mailText = (message) => [
    message.headline,
    ...(message.why === '' ? [] : ['', message.why]),
    '',
    ...facts(message).map(([name, value]) => `${`${name}:`.padEnd(14)}${value}`),
    ...(message.next.length === 0 ? [] : ['', 'Next', ...message.next.map(step => `- ${step}`)]),
    ...(message.rollbackCommand === '' ? [] : ['', 'Take it back', `  ${message.rollbackCommand}`]),
    ...(message.links.length === 0 ? [] : ['', ...message.links.map(({ label, url }) => `${label}: ${url}`)]),
    ''
].join('\n');
/** The same in HTML that needs no style sheet; nothing of it is loaded from elsewhere. */
const mailHtml = (message) => [
    `<p><strong>${html(message.headline)}</strong></p>`,
    ...(message.why === '' ? [] : [`<p>${html(message.why)}</p>`]),
    '<table>',
    ...facts(message).map(([name, value]) => `<tr><td>${html(name)}</td><td>${html(value)}</td></tr>`),
    '</table>',
    ...(message.next.length === 0 ? [] : [`<ul>${message.next.map(step => `<li>${html(step)}</li>`).join('')}</ul>`]),
    ...(message.rollbackCommand === ''
        ? []
        : [`<p>Take it back:</p><pre><code>${html(message.rollbackCommand)}</code></pre>`]),
    ...message.links.flatMap(({ label, url }) => /^https?:\/\/\S+$/.test(url) ? [`<p><a href="${html(url)}">${html(label)}</a></p>`] : [])
].join('\n');
const facts = ({ environment, checklist, status, reason, commit, release, startedBy, who, execution, at }) => [
    ['Environment', environment],
    ['Checklist', checklist],
    ['Status', `${status} (${reason})`],
    ['Commit', (0,core_text/* shortCommit */.Ax)(commit)],
    ['Release', release === commit ? '' : release],
    ['Started by', startedBy],
    ['Has to act', who],
    ['Execution', execution],
    ['At', at]
].flatMap(([name = '', value = '']) => (value === '' ? [] : [[name, value]]));
const ENTITIES = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;'
};
const html = (text) => text.replace(/[&<>"']/g, sign => ENTITIES[sign] ?? sign);

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(2807);
;// CONCATENATED MODULE: ./build/notify/mail-faults.js

/** What kept a mail from being sent, in words of ours: what the server says may repeat what it was told. */
function mailFault({ host, port, tls }, cause, signal) {
    if (cause instanceof errors/* ChecklistError */.vm)
        return cause;
    const where = `the mail server ${host}:${port}`;
    const [message, hint] = signal.aborted
        ? [`${where} did not take the mail in time`, 'See why it is slow, or whether a firewall stands between.']
        : wordingOf(where, tls, codesIn(cause), numberIn(cause));
    return (0,errors/* unavailable */.hU)('service_unavailable', message, hint, cause);
}
const someRefused = ({ host, port }, rejected) => (0,errors/* refused */.J5)('service_unavailable', `the mail server ${host}:${port} did not take the mail for ${rejected.join(', ')}; the others have it`, 'Correct these addresses.');
function wordingOf(where, tls, codes, number) {
    const known = codes.map(code => CONNECTION[code]).find(words => words !== undefined);
    if (known !== undefined)
        return [`${where} ${known[0]}`, known[1]];
    const certificate = codes.find(code => CERTIFICATE.test(code));
    if (certificate !== undefined)
        return [
            `the certificate of ${where} is not trusted (${certificate})`,
            'Use the name that it is for, have it replaced, or name the file of its authority in NODE_EXTRA_CA_CERTS.'
        ];
    if (codes.includes('EAUTH'))
        return [`${where} does not accept user and password${number}`, 'Put the right ones into the secret of `server`.'];
    if (codes.includes('ETLS') && tls === 'starttls')
        return [
            `${where} does not encrypt (no STARTTLS)`,
            'Use smtps://, or write ?tls=none into the address where nobody can listen on the way.'
        ];
    if (codes.includes('EENVELOPE'))
        return [`${where} takes no such mail${number}`, 'Look at `from` and at the addresses.'];
    if (codes.includes('EMESSAGE'))
        return [`${where} did not take the mail${number}`, 'Look at its log.'];
    return [
        `${where} does not speak as a mail server does (${codes[0] ?? 'no code'}${number})`,
        'Correct host, port and smtp:// or smtps://.'
    ];
}
const CONNECTION = {
    ECONNREFUSED: ['is not there: nothing listens', 'Start it, or correct host and port.'],
    ECONNRESET: [
        'closed the connection',
        'Look at its log, and whether it speaks TLS on this port: smtp:// or smtps://.'
    ],
    ENOTFOUND: ['has no address', 'Correct its name, or its DNS record.'],
    EAI_AGAIN: ['could not be looked up', 'See whether this machine can use DNS.'],
    ETIMEDOUT: ['does not answer', 'See whether a firewall stands between; hosted runners cannot use port 25.'],
    EHOSTUNREACH: ['cannot be reached', 'See whether this machine has a route to it.'],
    ENETUNREACH: ['cannot be reached', 'See whether this machine has a route to it.']
};
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|ALTNAME/;
/** Codes of an error and of what caused it, the outer one first. */
function codesIn(cause, depth = 0) {
    if (typeof cause !== 'object' || cause === null || depth > 3)
        return [];
    const own = 'code' in cause && typeof cause.code === 'string' ? [cause.code] : [];
    const several = 'errors' in cause && Array.isArray(cause.errors) ? codesIn(cause.errors[0], depth + 1) : [];
    const told = 'message' in cause && typeof cause.message === 'string' ? inMessage(cause.message) : [];
    return [...own, ...told, ...several, ...('cause' in cause ? codesIn(cause.cause, depth + 1) : [])];
}
// The library makes an error of its own out of what TLS says, and only the words are left of it.
const inMessage = (text) => (/certificate|altnames/i.test(text) ? ['CERT_NOT_TRUSTED'] : []);
const numberIn = (cause) => typeof cause === 'object' && cause !== null && 'responseCode' in cause && typeof cause.responseCode === 'number'
    ? ` (${cause.responseCode})`
    : '';

;// CONCATENATED MODULE: ./build/notify/mail-server.js

const LOOPBACK = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/;
const FORM = 'It looks like smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST:587, special signs in it as %XX.';
/**
 * `smtps://` is encrypted from the first byte (port 465), `smtp://` by STARTTLS, which is demanded (port 587). What is not
 * encrypted has to be asked for with `?tls=none`, but on this machine. Never says what stands in the address.
 */
function readMailServer(address) {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const isSecure = url?.protocol === 'smtps:';
    if (url === undefined || url.hostname === '' || !(isSecure || url.protocol === 'smtp:'))
        throw (0,errors/* refused */.J5)('usage', 'the address of the mail server cannot be read', FORM);
    const { hostname, port, username, password, searchParams } = url;
    const tls = searchParams.get('tls') ?? (LOOPBACK.test(hostname) ? 'none' : 'starttls');
    if (tls !== 'none' && tls !== 'starttls')
        throw (0,errors/* refused */.J5)('usage', 'the mail server’s `tls` is neither starttls nor none', 'Leave it out, or write ?tls=none.');
    const auth = username === '' ? undefined : { user: decoded(username), pass: decoded(password) };
    return {
        host: hostname.replace(/^\[(.*)\]$/, '$1'),
        port: port === '' ? (isSecure ? 465 : 587) : Number(port),
        tls: isSecure ? 'implicit' : tls,
        auth
    };
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text; // a bare percent sign
    }
}

;// CONCATENATED MODULE: ./build/notify/email.js



/**
 * A mail to several people, in plain text and simple HTML. Never sent twice: what was taken cannot be called back. The
 * library is loaded here, before anybody counts the seconds.
 */
async function openEmail({ to, from, server }) {
    const { createTransport } = await __webpack_require__.e(/* import() */ 739).then(__webpack_require__.bind(__webpack_require__, 6739));
    return {
        tell: async (message, signal) => {
            const known = readMailServer(server);
            const socket = await connect(known, signal);
            // Ended with the socket, whatever the library waits for.
            const stop = () => socket.destroy(new Error('aborted'));
            signal.addEventListener('abort', stop, { once: true });
            if (signal.aborted)
                stop();
            try {
                const transport = createTransport(settingsFor(known, socket));
                const { rejected = [] } = await transport.sendMail(mailOf(message, to, from));
                if (rejected.length > 0)
                    throw someRefused(known, rejected.map(String));
            }
            catch (cause) {
                throw mailFault(known, cause, signal);
            }
            finally {
                signal.removeEventListener('abort', stop);
                socket.destroy();
            }
        }
    };
}
async function connect(server, signal) {
    const net = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 7030, 19));
    const { host, port } = server;
    return await new Promise((resolve, reject) => {
        const socket = net.connect({ host, port });
        const stop = () => socket.destroy(new Error('aborted'));
        signal.addEventListener('abort', stop, { once: true });
        socket.once('error', cause => reject(mailFault(server, cause, signal)));
        socket.once('connect', () => {
            signal.removeEventListener('abort', stop);
            // The library listens from here on; without anybody listening a late error would end the process.
            socket.on('error', () => { });
            resolve(socket);
        });
        if (signal.aborted)
            stop();
    });
}
const settingsFor = ({ host, port, tls, auth }, connection) => ({
    ...{ host, port, connection, secure: tls === 'implicit' },
    ...(tls === 'starttls' ? { requireTLS: true } : { ignoreTLS: true }),
    ...(auth && { auth }),
    // Said aloud, since NODE_TLS_REJECT_UNAUTHORIZED=0 of the environment would switch it off in silence.
    tls: { rejectUnauthorized: true },
    disableFileAccess: true,
    disableUrlAccess: true
});
function mailOf(message, to, from) {
    const domain = from
        .split('@')
        .at(-1)
        ?.replace(/[^\w.-]/g, '') || 'deploy-checklist';
    return {
        from,
        to: [...to],
        subject: message.headline.slice(0, 200),
        text: mailText(message),
        html: mailHtml(message),
        messageId: `<${message.key}@${domain}>`,
        // One thread for each execution.
        references: `<${message.execution || 'test'}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Deploy-Checklist-Event': message.kind }
    };
}

;// CONCATENATED MODULE: ./build/notify/send.js

/** For one exchange; the whole of it, its second try too, ends with the caller's signal. */
const LONGEST_MS = 4_000;
const HOSTS_HERE = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/;
/**
 * Posts once, and once more where that tells nobody twice: when nothing was listening, when the other side said that it
 * is too busy, or when it knows what it has. Redirects are not followed: what is secret in an address is for its host.
 */
async function post(http, message, signal) {
    const url = usable(message);
    try {
        const response = await answerTo(http, message, signal);
        if (response.status < 200 || response.status >= 300)
            throw said(message, url, response);
    }
    catch (fault) {
        if (!signal.aborted)
            throw isTls(fault) ? untrusted(fault) : fault;
        const late = `${url.host} did not take the message for ${message.to} in time`;
        throw (0,errors/* unavailable */.hU)('service_unavailable', late, 'See why it is slow, or whether a firewall stands between.', fault);
    }
}
async function answerTo(http, message, signal) {
    const first = await exchange(http, message, signal).catch((fault) => {
        if (signal.aborted || !mayAskAgain(fault, message))
            throw fault;
        return undefined;
    });
    const isLast = first !== undefined && (!isBusy(first, message) || signal.aborted);
    return isLast ? first : await exchange(http, message, signal);
}
const exchange = (http, { url, headers, body }, signal) => http.send({ method: 'POST', url, headers, body, followRedirects: false, timeoutMs: LONGEST_MS, signal });
const isBusy = ({ status }, { repeatable }) => status === 429 || status === 503 || (repeatable && status >= 500);
/** Refused before anything was sent, or to somebody who knows what they have. */
function mayAskAgain(fault, { repeatable }) {
    if (!(fault instanceof errors/* ChecklistError */.vm) || fault.reason !== 'service_unavailable')
        return false;
    return repeatable ? !isTls(fault) : codeOf(fault.cause) === 'ECONNREFUSED';
}
// A certificate does not change from one moment to the next.
const isTls = (fault) => fault instanceof errors/* ChecklistError */.vm && fault.message.startsWith('the certificate of ');
// A check has `ca:` for this; who is told has the environment.
const untrusted = ({ reason, message, cause }) => (0,errors/* unavailable */.hU)(reason, message, 'Use the name that it is for, have it replaced, or name the file of its authority in NODE_EXTRA_CA_CERTS.', cause);
const codeOf = (cause) => typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : '';
/** Encrypted, but on this machine. What is wrong with it is said without the address, which may be secret as a whole. */
function usable({ to, url }) {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    if (parsed === undefined)
        throw (0,errors/* refused */.J5)('usage', `the address for ${to} is no web address`, 'Look at the value of its name: it begins with https://.');
    if (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && HOSTS_HERE.test(parsed.hostname)))
        return parsed;
    throw (0,errors/* refused */.J5)('usage', `the address for ${to} is not encrypted (${parsed.protocol})`, 'It has to begin with https://.');
}
function said(message, { host }, response) {
    const { status } = response;
    const why = message.explain?.(response);
    if (status >= 300 && status < 400)
        return (0,errors/* refused */.J5)('usage', `${host} sends ${message.to} elsewhere (${status}), and what is secret in its address is not taken there`, 'Give the address that it leads to.');
    const hint = why ?? (status === 401 || status === 403 || status === 404 || status === 410 ? HINTS.unknown : HINTS.other);
    return (0,errors/* unavailable */.hU)('service_unavailable', `${host} did not take the message for ${message.to}: ${status}`, hint);
}
const HINTS = {
    unknown: 'Its address is not valid any more, or not for this: make a new one, and put it into the secret.',
    other: 'Look at the log of the other side.'
};

// EXTERNAL MODULE: ./build/core/notify/notifier.js
var notifier = __webpack_require__(7578);
;// CONCATENATED MODULE: ./build/notify/slack-blocks.js


/** Slack's limits: characters of a header, of a section's text and of one of its fields; fields of a section. */
const HEADER = 150;
const SECTION = 3000;
const FIELD = 2000;
/** What is posted: `text` is what a phone shows, the blocks are the rest. All of it is plain text, so that nobody is called. */
function slackBody(message) {
    const { headline, kind } = message;
    const line = `${notifier/* SIGNS */.B2[kind]} ${headline}`;
    return {
        text: escaped(line, SECTION),
        mrkdwn: false,
        blocks: [
            { type: 'header', text: plain(line, HEADER) },
            // The header is cut where it is long.
            ...(line.length > HEADER ? [section(line)] : []),
            ...[message.why, ...message.next].filter(text => text !== '').map(section),
            { type: 'section', fields: slack_blocks_facts(message).map(([name, value]) => plain(`${name}\n${value}`, FIELD)) },
            ...(message.rollbackCommand === '' ? [] : [section(`Take it back:\n${message.rollbackCommand}`)]),
            ...linksOf(message)
        ].slice(0, 50)
    };
}
const slack_blocks_facts = ({ environment, checklist, status, commit, release, startedBy, execution, who }) => [
    ['Environment', environment],
    ['Checklist', checklist],
    ['Status', status],
    ['Commit', (0,core_text/* shortCommit */.Ax)(commit)],
    ['Release', release === commit ? '' : release],
    ['Started by', startedBy],
    ['Has to act', who],
    ['Execution', execution]
].filter(([, value]) => value !== '');
const section = (text) => ({ type: 'section', text: plain(text, SECTION) });
function linksOf({ links }) {
    const shown = links.filter(({ url }) => /^https?:\/\/\S+$/.test(url) && url.length < 2000);
    // A link is the one thing that plain text cannot have; its signs are taken out of both parts.
    const text = shown
        .map(({ label, url }) => `<${encoded(url)}|${escaped(label, 100).replaceAll('|', ' ')}>`)
        .join(' · ');
    return text === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text: text.slice(0, SECTION) }] }];
}
const encoded = (url) => url.replace(/[|<>]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('&', '&amp;');
const plain = (text, longest) => ({ type: 'plain_text', text: escaped(text, longest), emoji: false });
const slack_blocks_ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Slack reads these three signs everywhere; cut before it could cut one of them in two. */
function escaped(text, longest) {
    let shown = '';
    for (const sign of text) {
        const next = slack_blocks_ENTITIES[sign] ?? sign;
        if (shown.length + next.length > longest - 1)
            return `${shown}…`;
        shown += next;
    }
    return shown;
}

;// CONCATENATED MODULE: ./build/notify/slack.js


/** An incoming webhook of Slack. It cannot tell that it has a message already, so that a lost answer is left at that. */
const openSlack = ({ http, url }) => ({
    tell: (message, signal) => post(http, {
        to: 'slack',
        url,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(slackBody(message)),
        repeatable: false,
        explain
    }, signal)
});
const explain = ({ body }) => WORDS[body.trim().slice(0, 60)];
/** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, "Handling errors". */
const WORDS = {
    invalid_payload: 'Slack could not read it: that is a fault of deploy-checklist. Please report it.',
    invalid_token: 'The webhook is not valid any more: make a new one in Slack, and put its address into the secret.',
    no_service: 'The webhook is disabled or removed: make a new one in Slack, and put its address into the secret.',
    no_service_id: 'The address is not whole: copy it again from Slack into the secret.',
    no_team: 'The address is not whole: copy it again from Slack into the secret.',
    team_disabled: 'The workspace is disabled: use another one.',
    channel_not_found: 'The channel is gone: make a webhook for another one.',
    channel_is_archived: 'The channel is archived: make a webhook for another one.',
    action_prohibited: 'An admin of the workspace does not allow it: ask them.',
    posting_to_general_channel_denied: 'Not everybody may write to that channel: make a webhook for another one.',
    user_not_found: 'The person who made the webhook is gone: make a new one.'
};

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/notify/webhook.js


/**
 * JSON to any address (docs/notifications.md has its form). The delivery's id is the same for the same transition, so
 * that a receiver knows what it has, and an answer that was lost may be asked for again.
 */
const openWebhook = ({ http, url, secret }) => ({
    tell: async (message, signal) => {
        const body = webhookBody(message);
        await post(http, {
            to: 'the webhook',
            url,
            headers: headersFor(message, body, secret),
            body,
            repeatable: true
        }, signal);
    }
});
/** Members are added, never changed; a new meaning gets a new `format`. */
const webhookBody = ({ format, key: id, ...message }) => JSON.stringify({ format, id, ...message });
function headersFor({ key, kind }, body, secret) {
    return {
        'content-type': 'application/json; charset=utf-8',
        'x-deploy-checklist-event': kind,
        'x-deploy-checklist-delivery': key,
        ...(secret === undefined ? {} : { 'x-deploy-checklist-signature-256': signatureOf(body, secret) })
    };
}
/** As GitHub signs its own webhooks: `sha256=` and the HMAC of the body's bytes in hex. */
const signatureOf = (body, secret) => `sha256=${(0,external_node_crypto_.createHmac)('sha256', secret).update(body).digest('hex')}`;

;// CONCATENATED MODULE: ./build/notify/index.js





/***/ })

};
