import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { completeLock, type Lock } from '../../scripts/complete-lock.mjs'
import { staleness } from '../../scripts/install-if-needed.mjs'

const lock: Lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))

test('the lock names the packages of every platform, or npm ci would refuse it', () => {
  expect(completeLock(lock)).toEqual(lock)
})

test('the lock names no registry', () => {
  const named = Object.entries(lock.packages).filter(([, { resolved }]) => /^[a-z+]+:/.test(resolved ?? ''))
  expect(named).toEqual([])
})

test('who installs this repository by its address gets dist/ and nothing else', () => {
  expect([manifest.dependencies, manifest.optionalDependencies]).toEqual([undefined, undefined])
  // npm would install all development dependencies to run one of these.
  const triggers = ['build', 'prepare', 'prepack', 'preinstall', 'install', 'postinstall']
  expect(Object.keys(manifest.scripts).filter(name => triggers.includes(name))).toEqual([])
})

test.each([
  ['x-linux-arm64-musl', { os: ['linux'], cpu: ['arm64'], libc: ['musl'] }],
  ['x-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
  ['x-android-arm-eabi', { os: ['android'], cpu: ['arm'] }],
  ['@y/x-win32-ia32-msvc', { os: ['win32'], cpu: ['ia32'] }],
  ['x-wasm', { os: ['none'] }]
])('a missing optional %s is added for its platform alone', (name, platform) => {
  const parent = { version: '1.0.0', dev: true, optionalDependencies: { [name]: '^2.1.0' } }
  const { packages } = completeLock({ packages: { '': { version: '0' }, 'node_modules/x': parent } })
  expect(packages[`node_modules/${name}`]).toEqual({ version: '2.1.0', dev: true, optional: true, ...platform })
})

test('one that is there, beside its parent or further up, is left alone', () => {
  const parent = { version: '1.0.0', optionalDependencies: { 'x-linux-x64': '2.0.0' } }
  const nested = {
    packages: { 'node_modules/a/node_modules/x': parent, 'node_modules/x-linux-x64': { version: '2.0.0' } }
  }
  expect(completeLock(nested)).toEqual(nested)
})

const wanted = {
  '': { version: '1' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/b': { version: '2.0.0', optional: true }
}

test.each([
  ['nothing is installed', undefined, 'there are none yet'],
  ['a version moved on', { 'node_modules/a': { version: '0.9.0' } }, 'node_modules/a is not as in package-lock.json'],
  ['a package is new', {}, 'node_modules/a is not as in package-lock.json'],
  ['one of another platform is absent', { 'node_modules/a': { version: '1.0.0' } }, undefined]
])('when %s', (_, installed, why) => {
  expect(staleness(wanted, installed)).toBe(why)
})
