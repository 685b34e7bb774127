import type { EnvironmentFacts } from '../../src/core/gate/facts.js'

/** A strict environment; what a test is about replaces a part of it. */
export const environment = (more: Partial<EnvironmentFacts> = {}): EnvironmentFacts => ({
  repository: 'org/shop',
  environment: 'production',
  settingsUrl: 'https://github.com/org/shop/settings/environments/1/edit',
  exists: true,
  plan: 'has-reviewers',
  reviewers: [{ type: 'User', id: 7, name: '@alice' }],
  preventSelfReview: true,
  preventAdminBypass: true,
  waitMs: 600_000,
  branches: { kind: 'custom', policies: [{ id: 3, pattern: 'main', type: 'branch' }] },
  ...more
})

/** One that GitHub has just made because a job named it. */
export const OPEN: Partial<EnvironmentFacts> = {
  reviewers: [],
  preventSelfReview: false,
  preventAdminBypass: false,
  waitMs: 0,
  branches: { kind: 'all' }
}
