// Plain text as markup: an empty line begins a paragraph, every other one stays a line of its own;
// the server sanitises in any case.
export function htmlOf(text: string): string {
  const escaped = text
    .trim()
    .replaceAll('\r', '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
  return escaped
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('')
}
