import { basePath } from '@/api/base_path'
import { api } from '@/api/client'
import { forgetDrafts } from '@/parts/useDraft'

// Everything of this person leaves the page; loading anew is the surest way.
export async function signOut(): Promise<void> {
  try {
    await api.DELETE('/sessions/current')
  } finally {
    forgetDrafts()
    const isPortal = location.pathname.includes('/portal')
    location.assign(`${basePath()}${isPortal ? '/portal' : ''}/sign-in`)
  }
}
