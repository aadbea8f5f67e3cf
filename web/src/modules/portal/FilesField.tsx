import { IconCamera, IconPaperclip } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { useUploads } from '@/parts/useUploads'
import { Button } from '@/ui/Button'
import { FileChip } from '@/ui/FileChip'

// Files by choosing, by camera, by dropping and by pasting.
export function FilesField({ uploads }: { uploads: ReturnType<typeof useUploads> }) {
  const { t } = useTranslation('portal')
  const files = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const take = (list: FileList | null) => uploads.add(list ?? [])
  return (
    <div className="bj-files" data-over={uploads.isOver || undefined}>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        onChange={(event) => take(event.target.files)}
      />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        onChange={(event) => take(event.target.files)}
      />
      <Button icon={IconPaperclip} onClick={() => files.current?.click()}>
        {t('attach')}
      </Button>
      <Button icon={IconCamera} onClick={() => camera.current?.click()}>
        {t('photo')}
      </Button>
      {uploads.uploads.map((one) => (
        <FileChip
          key={one.key}
          name={one.name}
          bytes={one.bytes}
          progress={one.file ? 1 : one.progress}
          onRemove={() => uploads.remove(one.key)}
          removeLabel={t('remove_file', { name: one.name })}
        />
      ))}
      <span className="bj-count">{t('drop_hint')}</span>
    </div>
  )
}
