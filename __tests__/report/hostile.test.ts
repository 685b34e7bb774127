import { expect, test } from '@jest/globals'
import type { EventBody } from '../../src/core/events.js'
import { summary, summaryPage } from '../../src/report/summary.js'
import { tables } from './rendered.js'
import { outcome, plan, receipt, started } from './sample.js'
import { EVIDENCE, GATED, situation } from './situations.js'

const HOSTILE = [
  'a|b||c\\|d',
  'two\nlines\r\n| x | y |\n\n# heading\n- [ ] task',
  '`code` ``` fence ~~~\n```\nmermaid',
  '<script>alert(1)</script><img src=x onerror=y><!-- gone',
  '</code></td></tr></table></details>',
  '@octo/team @alice and me@example.com',
  'closes #41, see octo/shop#7 and GH-9 and gh-10',
  'https://evil.example/x?a=1 and www.evil.example and HTTPS://E.example',
  ':white_check_mark: :100: :+1:',
  '::error file=x::boom',
  '##[error]boom',
  '\u001b[31mred\u001b[0m\u202eevil\u0000',
  '[link](javascript:x) ![image](http://x) [x]: http://x *bold* _it_ $x$ $$y$$ ~~gone~~',
  '&lt;entity&gt; &#124; &copy;',
  '> [!NOTE]\n> x',
  '---\n===',
  '1. list'
]

/** A page that has that text wherever somebody else's text may stand. */
function pageOf(text: string): string {
  const item = { id: `preflight/${text}`, name: text }
  const [told] = GATED.stages?.preflight ?? plan.stages.preflight
  const gate = EVIDENCE.gate?.kind === 'read' ? { ...EVIDENCE.gate, reviewers: [text] } : undefined
  const bodies: readonly EventBody[] = [
    { type: 'emergency', because: text, by: text, waived: [{ reason: 'frozen', message: text }] },
    started('preflight'),
    ...['fail', 'waiting', 'pass'].map((to, index) =>
      outcome({
        ...{ stage: 'preflight', item: `${item.id}${index}`, outcome: to as 'fail', target: text },
        ...{ detail: text, hint: text }
      })
    ),
    { type: 'signed', signOff: { item: text, who: text, words: text, claimed: true, at: '' } },
    { type: 'linked', to: text, as: text, url: text }
  ]
  const result = situation({
    plan: {
      key: { repository: text, checklist: text, environment: text },
      release: text,
      people: { devops: text },
      rules: { vars: {}, after: text, ci: [text], gate: { reviewers: 'required' } },
      stages: {
        ...plan.stages,
        ...GATED.stages,
        preflight: told === undefined ? [] : [{ ...told, ...item, kind: 'manual', spec: { by: 'devops' } }]
      },
      files: { [`migrations/${text}.sql`]: text }
    },
    opened: {
      weakened: text,
      evidence: { ...EVIDENCE, ...(gate && { gate }), ci: { rule: [text], passed: 1, others: 0 } }
    },
    later: bodies,
    commits: {
      kind: 'counted',
      count: 2,
      gone: 0,
      newest: [{ sha: 'a'.repeat(40), author: text, subject: text, at: '' }]
    },
    record: {
      ...{ key: { repository: text, checklist: text, environment: text }, actor: text, release: text, logUrl: text },
      ...{ status: 'FAILED', reason: 'preflight_failed', errorMessage: text },
      receipts: [{ ...receipt, subject: text, scratch: text, sha256: text }],
      migrations: [{ database: text, before: text, after: text, moved: true, applied: [], catalog: {} }]
    }
  })
  return summary(result, { serverUrl: 'https://github.com', checklist: 'deploy-checklist.yml' })
}

/** The page without our own tags, the one link to the run on staging, and what GitHub looks for nothing in. */
const bareOf = (page: string): string =>
  page
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/<code>[^<\n]*<\/code>/g, '')
    .replace(/<\/?(?:sub|br)>|\]\(https:\/\/github\.com\/octo\/guestbook\/actions\/runs\/99\)/g, ' ')

test.each(HOSTILE)(
  'wherever it stands, %j breaks no table, and makes no tag, link, mention, reference or command',
  text => {
    const page = pageOf(text)
    const bare = bareOf(page)
    expect(tables(page).filter(cells => new Set(cells).size > 1)).toEqual([])
    expect(bare).not.toMatch(/<[a-z!/]/i)
    expect(bare).not.toMatch(/@[a-z]/i)
    expect(bare).not.toMatch(/(?<!&)#\d|GH-\d/i)
    // What is linked are commits of a repository that is one of a forge, which this is not.
    expect(bare).not.toMatch(/\]\(|:\/\/|www\./i)
    expect(bare).not.toMatch(/(?<![\w&]):(?:[a-z_]+|100|\+1):/i)
    expect(bare).not.toMatch(/^\s*::|##\[/m)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(bare).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/)
    expect(page.split('\n').filter(line => line.startsWith('```'))).toHaveLength(2)
    expect(
      page.split('\n').filter(line => /^#{1,6} /.test(line) && !/^#{2,3} [^\p{L}]*[A-Z\dp-s]/u.test(line))
    ).toEqual([])
  }
)

test.each(HOSTILE)('and so it is in the page without limits: %j', text => {
  const { whole = '' } = summaryPage(
    situation({
      later: [
        started('preflight'),
        outcome({ stage: 'preflight', item: 'preflight/x', outcome: 'fail', detail: `${'y'.repeat(700)} ${text}` })
      ],
      record: { status: 'FAILED', reason: 'preflight_failed', logUrl: '' },
      commits: undefined
    })
  )
  expect(whole).toContain('y'.repeat(700))
  expect(bareOf(whole)).not.toMatch(/<[a-z!/]|@[a-z]|(?<!&)#\d|GH-\d|\]\(|:\/\/|##\[/i)
})
