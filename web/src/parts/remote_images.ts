import type { RemoteImage, RemoteImages } from './useRemoteImages'

export type Trouble = NonNullable<RemoteImage['trouble']> | 'too_many'

export interface Standing {
  // Not shown, because nobody asked.
  off: number
  coming: number
  failed: number
  // Why, each reason once.
  troubles: Trouble[]
}

// How it stands with the images of other hosts in one text.
export function standingOf(addresses: readonly string[], images?: RemoteImages): Standing {
  const standing: Standing = { off: 0, coming: 0, failed: 0, troubles: [] }
  if (!images?.asked) return { ...standing, off: addresses.length }
  const { known } = images
  if (!known) return { ...standing, coming: addresses.length }
  for (const address of addresses) {
    const image = known.get(address)
    if (image?.state === 'here') continue
    if (image?.state === 'waiting') {
      standing.coming += 1
      continue
    }
    standing.failed += 1
    // The server takes the first hundred of a text and leaves the rest alone.
    const trouble = image ? (image.trouble ?? 'unreachable') : 'too_many'
    if (!standing.troubles.includes(trouble)) standing.troubles.push(trouble)
  }
  return standing
}
