// What the desk fills in when a mail leaves.
export const variables = [
  'ticket.number',
  'ticket.subject',
  'contact.name',
  'contact.form_of_address',
  'customer.name',
  'state',
  'link',
  'organisation.name',
  'organisation.phone',
] as const

export function shownVariable(name: string): string {
  return `{{${name}}}`
}

const asText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

// The link is an address and stands in one; everything else is text.
export function written(name: string, linkText: string): string {
  const shown = shownVariable(name)
  return name === 'link' ? `<a href="https://${shown}">${asText(linkText)}</a>` : shown
}
