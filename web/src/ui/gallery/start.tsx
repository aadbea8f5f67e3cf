import i18next from 'i18next'
import { createRoot } from 'react-dom/client'
import { initReactI18next } from 'react-i18next'
import { Kit } from '../Kit'
import ui from '../zh-CN.json'
import { Gallery } from './Gallery'

// Everything the kit has on one page, to be looked at: never part of what is delivered.
//   gallery.html?theme=dark&density=compact&open=dialog
const asked = new URLSearchParams(location.search)
document.documentElement.dataset.theme = asked.get('theme') ?? 'light'
document.documentElement.dataset.density = asked.get('density') ?? 'default'
document.documentElement.style.colorScheme = asked.get('theme') ?? 'light'

await i18next.use(initReactI18next).init({
  lng: 'zh-CN',
  ns: ['ui'],
  resources: { 'zh-CN': { ui } },
  interpolation: { escapeValue: false },
})

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <Kit>
      <Gallery open={asked.get('open')} />
    </Kit>,
  )
}
