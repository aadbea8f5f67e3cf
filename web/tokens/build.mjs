// Writes src/ui/tokens.css and src/ui/mantine.css from tokens.json: every colour, size and time that
// a style sheet may name. Mantine would put its variables into a <style> of its own while running,
// which the content security policy does not allow.
//   node tokens/build.mjs [--check]
import { readFileSync, writeFileSync } from 'node:fs'
import {
  convertCssVariables,
  createTheme,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core'
import { modes, role, tokens } from './read.mjs'
import { themeOf } from './theme.mjs'

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

// The ramps that Mantine brings and that nothing here is coloured with.
const unused =
  /--mantine-color-(pink|grape|violet|indigo|blue|cyan|teal|green|lime|yellow|orange)-\w/

function mantineSheet() {
  const theme = mergeMantineTheme(DEFAULT_THEME, createTheme(themeOf(tokens)))
  const variables = defaultCssVariablesResolver(theme)
  for (const part of Object.values(variables)) {
    for (const key of Object.keys(part)) if (unused.test(key)) delete part[key]
  }
  return `${note}${convertCssVariables(variables, ':root')}\n`
}

const check = process.argv.includes('--check')
let stale = false
for (const [file, text] of [
  ['../src/ui/tokens.css', tokenSheet()],
  ['../src/ui/mantine.css', mantineSheet()],
]) {
  const url = new URL(file, import.meta.url)
  if (!check) writeFileSync(url, text)
  else if (readFileSync(url, 'utf8') !== text) {
    stale = true
    console.error(`${file} is stale: npm run tokens`)
  }
}
process.exitCode = stale ? 1 : 0
