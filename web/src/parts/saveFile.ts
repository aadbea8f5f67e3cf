import { sayFailed } from './problems'

const keptMs = 20_000

// Bytes that were asked for become a file of the person's own.
export function saveFile(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), keptMs)
}

// Asked for through the API, so that a refusal is said instead of being saved.
export async function fetchFile(bytes: Promise<unknown>, name: string): Promise<void> {
  try {
    saveFile((await bytes) as Blob, name)
  } catch (error) {
    sayFailed(error)
  }
}
