import { expect, test } from '@jest/globals'
import { formatAddress, libpqEnv, nameOf, parseAddress } from '../../../src/database/postgres/address.js'

const plain = { mode: 'prefer', rootCert: '', cert: '', key: '' }
const base = {
  host: 'db.example.com',
  port: 5432,
  user: 'app',
  password: 's3cret',
  database: 'prod',
  ssl: plain,
  options: ''
}

test.each([
  ['postgres://app:s3cret@db.example.com/prod', {}],
  ['postgresql://app:s3cret@db.example.com:5432/prod', {}],
  ['postgresql+psycopg2://app:s3cret@db.example.com/prod', {}],
  ['postgresql://app:p%40ss%2Fw%25rd@db.example.com/prod', { password: 'p@ss/w%rd' }],
  [
    'postgresql://app:s3cret@db.example.com:6543/prod?sslmode=require',
    { port: 6543, ssl: { ...plain, mode: 'require' } }
  ],
  ['postgresql://app:s3cret@[2001:db8::1]:5433/prod', { host: '2001:db8::1', port: 5433 }],
  ['postgresql://app:s3cret@/prod?host=/var/run/postgresql', { host: '/var/run/postgresql' }],
  ['postgresql:///prod?user=app&password=s3cret&host=db.example.com', {}],
  ['postgresql://:s3cret@db.example.com/prod', { user: '' }],
  ['postgresql://app:s3cret@db.example.com', { database: 'app' }],
  ['postgresql://app:s3cret@db.example.com/gr%C3%B6%C3%9Fe', { database: 'größe' }],
  ['postgresql://app:s3cret@db.example.com/prod?options=-c%20work_mem%3D64MB', { options: '-c work_mem=64MB' }]
])('%s is understood, and comes back from its own text', (url, difference) => {
  const address = parseAddress(url)
  expect(address).toEqual({ ...base, ...difference })
  expect(parseAddress(formatAddress(address))).toEqual(address)
})

test.each([
  'mysql://app:s3cret@db/prod',
  'host=db user=app password=s3cret',
  'postgresql://app:s3cret@db:notaport/prod',
  'postgresql://app:s3cret@one,two/prod',
  'postgresql://app:s3cret@db/prod?sslmode=maybe',
  'postgresql://app:s3cret%@db/prod',
  ''
])('%s is refused without repeating any of it', url => {
  let said = ''
  try {
    parseAddress(url)
  } catch (error) {
    said = JSON.stringify(error, ['reason', 'message', 'hint']) + String(error)
  }
  expect(said).toContain('usage')
  expect(said).not.toContain('s3cret')
})

test('messages name database and host, never user or password', () => {
  const address = parseAddress('postgresql://app:s3cret@db.example.com:6543/prod')
  expect(nameOf(address)).toBe('prod at db.example.com:6543')
})

test('programs get everything by environment', () => {
  expect(libpqEnv(parseAddress('postgresql://app:s3cret@db.example.com/prod?sslmode=verify-full'))).toEqual({
    PGHOST: 'db.example.com',
    PGPORT: '5432',
    PGUSER: 'app',
    PGPASSWORD: 's3cret',
    PGDATABASE: 'prod',
    PGSSLMODE: 'verify-full',
    PGAPPNAME: 'deploy-checklist',
    PGCONNECT_TIMEOUT: '10'
  })
})
