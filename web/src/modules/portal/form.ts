import i18next from 'i18next'
import { fieldTexts, reasonText } from '@/parts/problems'

// The words under each field: what the server refused, and what is still missing here.
export function wrongTexts(
  refused: unknown,
  missing: Record<string, string>,
): Record<string, string> {
  const texts: Record<string, string> = refused ? fieldTexts(refused) : {}
  for (const [field, reason] of Object.entries(missing)) {
    // Under a field that says it is needed anyway, the word is what to do.
    texts[field] = reason === 'required' ? i18next.t('portal:please_fill') : reasonText(reason)
  }
  return texts
}

// To the first field that is not as it must be, once it is marked.
export function goToFirstWrong(form: HTMLFormElement | null): void {
  requestAnimationFrame(() =>
    form?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong] input')?.focus(),
  )
}
