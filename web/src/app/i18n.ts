import i18next, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'

// The name of a namespace is the name of the folder its file lies in: modules/tickets/zh-CN.json is
// "tickets". Only the language in use is fetched, a module's texts together with its first page.

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

// Each language is called by its own name: these are the only words that are never translated.
export const languageNames: Record<Language, string> = { 'zh-CN': '中文', en: 'English' }

const remembered = 'baijin.locale'

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

export function asLanguage(name: string | undefined | null): Language {
  return name?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}

function firstLanguage(): Language {
  try {
    const kept = localStorage.getItem(remembered)
    if (kept) return asLanguage(kept)
  } catch {
    // Without a store the browser's language has to do.
  }
  return asLanguage(navigator.language)
}

export function currentLanguage(): Language {
  return asLanguage(i18next.language)
}

export async function speak(language: Language): Promise<void> {
  if (i18next.language !== language) await i18next.changeLanguage(language)
  document.documentElement.lang = language
  try {
    localStorage.setItem(remembered, language)
  } catch {
    // The account remembers it too.
  }
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
