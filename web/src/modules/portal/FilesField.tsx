import { IconCamera, IconPaperclip, IconRefresh } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '@/api/problem'
import { reasonText } from '@/parts/problems'
import type { SentFile, Uploads } from '@/parts/useUploads'
import { Button } from '@/ui/Button'
import { FileChip } from '@/ui/FileChip'
import './files.css'

export interface FilesFieldProps<Card extends SentFile> {
  uploads: Uploads<Card>
  // Uploaded before and kept with the draft.
  kept: readonly Card[]
  onForget: (file: Card) => void
}

// What is too large or empty stays so, however often it is sent.
function mayPass(problem: Problem): boolean {
  return problem.passes || problem.status >= 500
}

// Files by choosing, by camera, by dropping and by pasting. What did not arrive is sent again when
// one says so.
export function FilesField<Card extends SentFile>(props: FilesFieldProps<Card>) {
  const { uploads, kept, onForget } = props
  const { t } = useTranslation('portal')
  return (
    <div className="bj-files" data-over={uploads.isOver || undefined}>
      <FileButtons onFiles={uploads.add} />
      {kept.map((file) => (
        <FileChip
          key={file.id}
          name={file.name}
          bytes={file.bytes}
          type={file.type}
          onRemove={() => onForget(file)}
          removeLabel={t('remove_file', { name: file.name })}
        />
      ))}
      {uploads.uploads.map((one) => (
        <span key={one.key} className="bj-upload">
          <FileChip
            name={one.name}
            bytes={one.bytes}
            progress={one.problem ? undefined : one.progress}
            onRemove={() => uploads.remove(one.key)}
            removeLabel={t('remove_file', { name: one.name })}
          />
          {one.problem && (
            <span role="alert">
              {reasonText(one.problem.reason)}
              {mayPass(one.problem) && (
                <Button size="small" icon={IconRefresh} onClick={() => uploads.retry(one.key)}>
                  {t('send_again')}
                </Button>
              )}
            </span>
          )}
        </span>
      ))}
    </div>
  )
}

function FileButtons({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const { t } = useTranslation('portal')
  const files = useRef<HTMLInputElement>(null)
  const camera = useRef<HTMLInputElement>(null)
  const take = (input: HTMLInputElement) => {
    onFiles([...(input.files ?? [])])
    // The same file may be chosen once more.
    input.value = ''
  }
  return (
    <>
      <input ref={files} type="file" multiple hidden onChange={(event) => take(event.target)} />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        onChange={(event) => take(event.target)}
      />
      <Button icon={IconPaperclip} onClick={() => files.current?.click()}>
        {t('attach')}
      </Button>
      <Button className="bj-only-touch" icon={IconCamera} onClick={() => camera.current?.click()}>
        {t('photo')}
      </Button>
      <span className="bj-files-hint">{t('drop_hint')}</span>
    </>
  )
}
