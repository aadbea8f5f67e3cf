// Mails bring along all that was said before. What stands quoted at the end is told apart, so that
// it can be folded away.

export interface ToldApart {
  html: string
  quoted: string
}

const introduction = /(写道|wrote|schrieb|发件人.*)\s*[:：]\s*$/i
const rule = /^[-_—\s]*(original message|原始邮件|原邮件|forwarded message|转发邮件)[-_—\s]*$/i

// Shorter quotes are part of what somebody says.
const worthFolding = 120

function textOf(node: Node | null): string {
  return node?.textContent?.trim() ?? ''
}

function isQuote(node: Node): boolean {
  if (node.nodeName === 'BLOCKQUOTE') return true
  const text = textOf(node)
  return text !== '' && text.split('\n').every((line) => line.trim().startsWith('>'))
}

// Some programs put the whole mail into one element.
function innermost(body: HTMLElement): HTMLElement {
  const only = body.children.length === 1 ? body.firstElementChild : null
  const wraps = only instanceof HTMLElement && only.nodeName === 'DIV'
  return wraps && textOf(body) === textOf(only) ? innermost(only) : body
}

// The number of nodes at the end that are a quote, with the line that introduces it.
function quotedFrom(nodes: readonly Node[]): number {
  const ruled = nodes.findIndex((node) => rule.test(textOf(node)))
  if (ruled > 0) return ruled
  let at = nodes.length
  let found = nodes.length
  while (at > 0) {
    const node = nodes[at - 1] as Node
    const isBlank = textOf(node) === '' && !(node as Element).querySelector?.('img')
    if (isQuote(node) || (found < nodes.length && introduction.test(textOf(node)))) found = at - 1
    else if (!isBlank) break
    at -= 1
  }
  return found
}

export function toldApart(html: string): ToldApart {
  const body = new DOMParser().parseFromString(html, 'text/html').body
  const inner = innermost(body)
  const nodes = [...inner.childNodes]
  const from = quotedFrom(nodes)
  const quote = nodes.slice(from)
  const length = quote.reduce((sum, node) => sum + textOf(node).length, 0)
  const isAll = nodes.slice(0, from).every((node) => textOf(node) === '')
  if (length < worthFolding || isAll) return { html, quoted: '' }
  const page = body.ownerDocument.createElement('div')
  page.append(...quote)
  return { html: inner.innerHTML, quoted: page.innerHTML }
}
