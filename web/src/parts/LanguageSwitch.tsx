import { IconLanguage } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import './language.css'
import { currentLanguage, type Language, languageNames, speak } from './language'

export function LanguageSwitch({ onChange }: { onChange?: (language: Language) => void }) {
  useTranslation('parts')
  const other: Language = currentLanguage() === 'en' ? 'zh-CN' : 'en'
  return (
    <button
      type="button"
      className="bj-language"
      lang={other}
      onClick={() => {
        void speak(other)
        onChange?.(other)
      }}
    >
      <IconLanguage size={16} stroke={1.6} aria-hidden="true" />
      {languageNames[other]}
    </button>
  )
}
