// usage: node --import ./json-imports.mjs validate.mjs FOLDER FILE...   Prints what GitHub's language service finds in
// workflows and action manifests as a JSON list of `file:line:col severity message`. Paths are relative to FOLDER.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validate } from '@actions/languageservice'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'

const [folder, ...files] = process.argv.slice(2)
const read = file => readFileSync(join(folder, file), 'utf8')

// Our own actions by the name under which others use them, so that `with:` is checked too. Of foreign ones nothing is
// known here: without `inputs` the service asks for none.
const manifests = { 'org/deploy-checklist': 'action.yml', 'org/deploy-checklist/stage': 'stage/action.yml' }
const actionsMetadataProvider = {
  fetchActionMetadata: async ({ owner, name, path }) => {
    const file = manifests[[owner, name, path].filter(Boolean).join('/')]
    return file === undefined ? { name, description: '' } : parse(readFileSync(file, 'utf8'))
  }
}

const severities = ['', 'error', 'warning', 'information', 'hint']
const found = []
for (const file of files) {
  const document = TextDocument.create(`file:///repository/${file}`, 'yaml', 1, read(file))
  for (const { range, severity, message } of await validate(document, { actionsMetadataProvider })) {
    const place = `${file}:${range.start.line + 1}:${range.start.character + 1}`
    found.push(`${place} ${severities[severity ?? 0]} ${message}`)
  }
}
console.log(JSON.stringify(found))
