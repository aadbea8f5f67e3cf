import i18next from 'i18next'

// Which language is spoken here, and how it is changed.

export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

// Each language is called by its own name: these are the only words that are never translated.
export const languageNames: Record<Language, string> = { 'zh-CN': '中文', en: 'English' }

const remembered = 'baijin.locale'

export function asLanguage(name: string | undefined | null): Language {
  return name?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}

export function firstLanguage(): Language {
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
