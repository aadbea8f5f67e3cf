import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from '@/api/query_client'
import { registerLinks } from '@/parts/links'
import { startAppearance } from './appearance'
import { startTexts } from './i18n'
import { KitProvider } from './KitProvider'
import { type Application, buildRouter } from './router'

export async function start(application: Application): Promise<void> {
  startAppearance()
  await startTexts()
  registerLinks(application.modules)
  const router = buildRouter(application)
  const root = document.getElementById('root')
  if (!root) return
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <KitProvider>
          <RouterProvider router={router} />
        </KitProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}
