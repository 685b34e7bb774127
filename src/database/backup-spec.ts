import { z } from 'zod'

const text = (expected: string) => z.string(`expected ${expected}`).min(1, `expected ${expected}, found nothing`)

const files = z.strictObject({
  files: z
    .array(text('a file or a folder'), 'expected a list of files and folders')
    .min(1, 'expected at least one file or folder')
    .describe('Files and folders, relative to the checklist’s folder or absolute. A missing one fails the backup.'),
  store: text('a folder').optional().describe('Folder that keeps the archives; by default the one of this machine.')
})

/** Keys of `backup` beside the common ones. */
export const backupShape = z.strictObject({
  backup: z
    .union([text('the name of a database'), files], 'expected the name of a database, or {files: [...]}')
    .describe('What is backed up: a database by its name under `databases`, or files as in {files: [config.json]}.'),
  keep: z
    .int('expected a number of backups such as 3')
    .min(1, 'expected at least 1, so that the newest proven one stays')
    .optional()
    .describe('How many proven backups of the same thing stay in the store; without it, all of them.')
})

export type BackupSpec = z.infer<typeof backupShape>
export type FilesSpec = z.infer<typeof files>

export const isOfFiles = (backup: BackupSpec['backup']): backup is FilesSpec => typeof backup !== 'string'
