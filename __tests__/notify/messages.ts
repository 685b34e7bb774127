import type { Message } from '../../src/core/notify/notifier.js'

/** A message of a deployment that failed, with signs that mean something to those who show it. */
export const message = (more: Partial<Message> = {}): Message => ({
  format: 1,
  key: 'e1-failure-0123456789ab',
  kind: 'failure',
  at: '2026-01-05T10:00:00.000Z',
  headline: 'shop on production: FAILED: a1b2c3d <!channel> & @everyone; a maintainer has to act',
  repository: 'octo/shop',
  checklist: 'shop',
  environment: 'production',
  commit: 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678',
  release: 'v1.2.3',
  status: 'FAILED',
  reason: 'deploy_failed',
  who: 'a maintainer',
  why: 'deploy/release: exit 3 <b>bold</b> *stars* | pipes',
  startedBy: 'alice (push)',
  execution: 'e1',
  next: ['Fix what is red, then deploy again.'],
  rollbackCommand: 'deploy-checklist rollback e1',
  links: [{ label: 'run', url: 'https://github.example/octo/shop/actions/runs/77?a=1&b=2' }],
  ...more
})
