// People and customers keep their colour everywhere. White text passes 4.5:1 on every one of them,
// and none is a colour of a state.
export const hues = [
  '#887341',
  '#a65565',
  '#437f7b',
  '#9d6842',
  '#4f6d94',
  '#7a5f96',
  '#5d7a4c',
  '#8a5f7f',
  '#4a7a91',
  '#77706a',
]

export function colourOf(name: string): string {
  let hash = 0
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return hues[hash % hues.length] ?? '#77706a'
}

// One Chinese character, the surname; of Latin names the first letters of two words.
export function initialsOf(name: string): string {
  const trimmed = name.trim()
  const first = [...trimmed][0] ?? '?'
  if (/[\u2e80-\u9fff]/.test(first)) return first
  const words = trimmed.split(/\s+/)
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('')
}
