import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/ui/IconButton'
import { fetchFile } from './saveFile'

export interface ExportButtonProps {
  // Without its ending; the day is added.
  name: string
  ask: () => Promise<unknown>
}

// What a list shows, as CSV.
export function ExportButton({ name, ask }: ExportButtonProps) {
  const { t } = useTranslation('parts')
  const [pending, setPending] = useState(false)
  const run = async () => {
    setPending(true)
    const day = new Date().toISOString().slice(0, 10)
    await fetchFile(ask(), `${name}-${day}.csv`)
    setPending(false)
  }
  return (
    <IconButton
      label={t('export')}
      icon={IconDownload}
      disabled={pending}
      onClick={() => void run()}
    />
  )
}
