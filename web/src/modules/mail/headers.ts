// Under which name a header is explained; families of headers are explained together.
const families: readonly [RegExp, string][] = [
  [/^list-/, 'list'],
  [/^arc-/, 'arc'],
  [/^resent-/, 'resent'],
  [/^x-(spam|rspamd|virus|antivirus|avas|gmail-spam)/, 'spam'],
  [/^(x-mailer|user-agent)$/, 'x_mailer'],
  [/^(importance|x-priority|priority|x-msmail-priority)$/, 'importance'],
  [/^(x-auto-response-suppress|x-autoreply|x-autorespond)$/, 'x_auto_response_suppress'],
  [/^(delivered-to|x-original-to|envelope-to)$/, 'delivered_to'],
  [/^(thread-index|thread-topic)$/, 'thread'],
  [/^x-/, 'x'],
]

export function headerKey(name: string): string {
  const lower = name.trim().toLowerCase()
  const family = families.find(([pattern]) => pattern.test(lower))
  return family ? family[1] : lower.replaceAll('-', '_')
}
