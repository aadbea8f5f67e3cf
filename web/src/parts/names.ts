import i18next from 'i18next'

// Catalogue records carry a name in either language.
export interface BothNames {
  name_zh: string
  name_en: string
}

export function inEnglish(): boolean {
  return i18next.language === 'en'
}

export function nameOf(record: BothNames | null | undefined): string {
  if (!record) return ''
  return inEnglish() ? record.name_en : record.name_zh
}

export function either(zh: string | null | undefined, en: string | null | undefined): string {
  return (inEnglish() ? (en ?? zh) : (zh ?? en)) ?? ''
}

// Several things one after another, as the language writes it.
export function listed(texts: readonly string[]): string {
  return texts.join(inEnglish() ? ', ' : '、')
}

export function sentences(texts: readonly string[]): string {
  return texts.join(inEnglish() ? '; ' : '；')
}
