// The keys of a shortcut, as `parts/shortcuts` writes them: "mod+Enter", "g t".
const isMac = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '')

const shown: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

// For people: "Ctrl K", or "G T" for two keys after one another.
export function keyCaps(keys: string): string {
  const caps = keys.split(/[ +]/).map((key) => shown[key] ?? key.toUpperCase())
  return caps.join(isMac ? '' : ' ')
}
