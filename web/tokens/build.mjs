// Writes src/ui/tokens.css from tokens.json: every colour, size and time that a style sheet may
// name. A sheet, because the content security policy lets nobody write styles while running.
//   node tokens/build.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs'
import { modes, role, tokens } from './read.mjs'

const note = '/* Made by tokens/build.mjs from tokens.json. */\n'

function name(path) {
  return `--bj-${path
    .replaceAll('.', '-')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()}`
}

function block(selector, pairs) {
  const lines = pairs.map(([path, value]) => `  ${name(path)}: ${value};`)
  return `${selector} {\n${lines.join('\n')}\n}\n`
}

function sizes() {
  const pairs = []
  for (const [key, ramp] of Object.entries(tokens.ramps)) {
    for (const [step, value] of Object.entries(ramp)) pairs.push([`${key}.${step}`, value])
  }
  for (const [at, value] of tokens.series.entries()) pairs.push([`series.${at + 1}`, value])
  for (const [key, value] of Object.entries(tokens.fonts)) pairs.push([`font.${key}`, value])
  for (const [key, [size, line]] of Object.entries(tokens.text)) {
    pairs.push([`text.size.${key}`, `${size}px`], [`text.line.${key}`, `${line}px`])
  }
  for (const [key, value] of Object.entries(tokens.radius))
    pairs.push([`radius.${key}`, `${value}px`])
  for (const [key, value] of Object.entries(tokens.shadow)) pairs.push([`shadow.${key}`, value])
  for (const [key, value] of Object.entries(tokens.motion)) pairs.push([`motion.${key}`, value])
  for (const [key, value] of Object.entries(tokens.layer)) pairs.push([`layer.${key}`, value])
  return pairs
}

function heights(density) {
  return Object.entries(tokens.density[density]).map(([key, value]) => [
    `height.${key}`,
    `${value}px`,
  ])
}

function ofMode(mode) {
  return Object.keys(tokens.roles[mode]).map((path) => [path, role(mode, path)])
}

function tokenSheet() {
  return [
    note,
    block(':root', [...sizes(), ...heights('default')]),
    block(":root[data-density='compact']", heights('compact')),
    ...modes.map((mode) =>
      block(mode === 'light' ? ':root' : `:root[data-theme='${mode}']`, ofMode(mode)),
    ),
  ].join('')
}

const url = new URL('../src/ui/tokens.css', import.meta.url)
const sheet = tokenSheet()
if (!process.argv.includes('--check')) {
  writeFileSync(url, sheet)
} else if (readFileSync(url, 'utf8') !== sheet) {
  console.error('src/ui/tokens.css is stale: npm run tokens')
  process.exitCode = 1
}
