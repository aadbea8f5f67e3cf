import i18next, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { asLanguage, firstLanguage, type Language, languages } from '@/parts/language'

// The name of a namespace is the name of the folder its file lies in: modules/tickets/zh-CN.json is
// "tickets". Only the language in use is fetched, a module's texts together with its first page.

type Texts = Record<string, unknown>
type TextFile = { default: Texts }

// What every page needs comes in one piece for each language.
const first: Record<Language, () => Promise<Record<string, Texts>>> = {
  'zh-CN': () => import('./texts/zh').then((module) => module.texts),
  en: () => import('./texts/en').then((module) => module.texts),
}

const ofModules = import.meta.glob<TextFile>([
  '../modules/*/{zh-CN,en}.json',
  '../texts/{rights,letters}/{zh-CN,en}.json',
])

const byName = new Map<string, () => Promise<TextFile>>()
for (const [path, load] of Object.entries(ofModules)) {
  const [language, namespace] = path.replace('.json', '').split('/').reverse()
  byName.set(`${language}/${namespace}`, load)
}

const backend: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, done) {
    const module = byName.get(`${language}/${namespace}`)
    const texts = module
      ? module().then((file) => file.default)
      : first[asLanguage(language)]().then((all) => all[namespace] ?? {})
    texts.then(
      (found) => done(null, found),
      (error: Error) => done(error, false),
    )
  },
}

export async function startTexts(): Promise<void> {
  const language = firstLanguage()
  document.documentElement.lang = language
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      supportedLngs: languages,
      load: 'currentOnly',
      fallbackLng: false,
      ns: ['app', 'ui', 'parts', 'menu', 'reasons', 'words'],
      defaultNS: 'app',
      interpolation: { escapeValue: false },
      returnNull: false,
    })
}
