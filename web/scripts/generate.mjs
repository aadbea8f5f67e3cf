// Writes the types of the API from its description, so that nothing about it is typed by hand.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const description = process.env.BAIJIN_OPENAPI ?? at('../../api/openapi.json')
const target = at('../src/api/schema.d.ts')

const head = '// Written by `npm run generate` from api/openapi.json.\n'
const text = head + astToString(await openapiTS(JSON.parse(readFileSync(description, 'utf8'))))
// An unchanged file keeps its date, so that nothing is compiled anew for it.
if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text)
