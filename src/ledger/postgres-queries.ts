import { readCursor, wantsTombstones } from '../core/ledger/pages.js'
import type { Filter } from '../core/ports.js'
import { asText } from './postgres-schema.js'

const SAME_KEY = '(repository, checklist, environment) = ($1, $2, $3)'
const BEAT_TEXT = 'deploy_checklist.iso(heartbeat_at)'
export const SURVEY = `
SELECT (SELECT coalesce(max(number), 0) FROM deploy_checklist.executions WHERE ${SAME_KEY})::text,
  greatest((SELECT coalesce(max(fence), 0) FROM deploy_checklist.executions WHERE ${SAME_KEY}),
    (SELECT coalesce(max(fence), 0) FROM deploy_checklist.tombstones WHERE ${SAME_KEY}))::text,
  newest.record, newest.beat, newest.head, holder.record, holder.beat
FROM (SELECT 1) AS one
LEFT JOIN (SELECT record, ${BEAT_TEXT} AS beat, head FROM deploy_checklist.executions WHERE ${SAME_KEY}
  ORDER BY number DESC LIMIT 1) AS newest ON true
LEFT JOIN (SELECT record, ${BEAT_TEXT} AS beat FROM deploy_checklist.executions WHERE ${SAME_KEY}
  AND holds_environment) AS holder ON true`

// The record and its events of one moment: the record is the row without a number.
export const READ = `
SELECT NULL::integer AS seq, record, ${BEAT_TEXT}, head, NULL, NULL, NULL FROM deploy_checklist.executions WHERE id = $1
UNION ALL SELECT seq, at, token::text, type, body, prev, hash FROM deploy_checklist.events WHERE execution_id = $1
ORDER BY seq NULLS FIRST`

export const BEAT = `UPDATE deploy_checklist.executions SET heartbeat_at = greatest(heartbeat_at, $3::timestamptz)
WHERE id = $1 AND token = $2`

export const IDENTITY = `SELECT has_function_privilege('pg_catalog.pg_control_system()', 'execute')::text,
  extract(epoch FROM pg_postmaster_start_time())::text, (SELECT oid FROM pg_database WHERE datname = current_database())::text`

/** Records and tombstones as one list, newest first, without a limit. */
export function listing(filter: Filter, cursor: string | undefined) {
  const values: (string | number)[] = []
  const next = (value: string | number) => `$${values.push(value)}`
  const wanted: string[] = []
  for (const part of ['repository', 'checklist', 'environment'] as const) {
    const value = filter.key?.[part]
    if (value !== undefined) wanted.push(`${part} = ${next(asText(value))}`)
  }
  if (filter.since !== undefined) wanted.push(`started_at >= ${next(filter.since)}::timestamptz`)
  if (filter.until !== undefined) wanted.push(`started_at < ${next(filter.until)}::timestamptz`)
  if (cursor !== undefined) {
    const { startedAt, number, id } = readCursor(cursor)
    const place = `(${next(startedAt)}::timestamptz, ${next(number)}::integer, ${next(id)})`
    wanted.push(`(started_at, number, id COLLATE "C") < ${place}`)
  }
  const ofRecords = [...wanted]
  if (filter.status !== undefined) {
    ofRecords.push(`status IN (SELECT jsonb_array_elements_text(${next(JSON.stringify(filter.status))}::jsonb))`)
  }
  if (filter.commit !== undefined) ofRecords.push(`commit = ${next(asText(filter.commit))}`)
  if (filter.release !== undefined) ofRecords.push(`release = ${next(asText(filter.release))}`)
  const where = (conditions: readonly string[]) => (conditions.length === 0 ? 'true' : conditions.join(' AND '))
  const order = 'ORDER BY started_at DESC, number DESC, id COLLATE "C" DESC'
  const records = `SELECT 'record', record, ${BEAT_TEXT}, deploy_checklist.iso(started_at), number, id, started_at,
    environment FROM deploy_checklist.executions WHERE ${where(ofRecords)}`
  const tombstones = wantsTombstones(filter) ? `UNION ALL ${TOMBSTONES} WHERE ${where(wanted)}` : ''
  return { sql: `SELECT * FROM (${records} ${tombstones}) AS entries ${order}`, values }
}

const TOMBSTONES = `SELECT 'tombstone', json_build_object('id', id, 'number', number, 'lastHash', last_hash,
    'key', json_build_object('repository', repository, 'checklist', checklist, 'environment', environment),
    'startedAt', deploy_checklist.iso(started_at), 'completedAt', deploy_checklist.iso(completed_at),
    'deletedAt', deploy_checklist.iso(deleted_at), 'deletedBy', deleted_by)::text, NULL,
    deploy_checklist.iso(started_at), number, id, started_at, environment
  FROM deploy_checklist.tombstones`
