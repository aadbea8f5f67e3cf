import type { Schemas } from '@/api/client'

// A file that a guest has sent; whoever shows its secret may file it.
export type GuestFile = Schemas['GuestUploadReceipt']

export const guestFilesTo = '/guest-requests/uploads'

export function toBeFiled({ id, secret }: GuestFile): Schemas['GuestFileOfOwn'] {
  return { id, secret }
}
