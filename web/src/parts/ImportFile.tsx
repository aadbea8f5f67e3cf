import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '@/api/problem'
import { Button } from '@/ui/Button'
import { FileChip } from '@/ui/FileChip'
import { Banner } from '@/ui/Panel'
import './import.css'
import { reasonText } from './problems'
import { saveFile } from './saveFile'
import type { Upload } from './useUploads'

export interface ImportFileProps {
  // What kinds of files, as an input takes them.
  accept: string
  sending: Upload | undefined
  pending: boolean
  problem: unknown
  onFile: (file: File) => void
  sample: () => { content: Blob; name: string }
}

// A file to be looked at, and one to begin from.
export function ImportFile({ accept, sending, pending, problem, onFile, sample }: ImportFileProps) {
  const { t } = useTranslation('parts')
  const picker = useRef<HTMLInputElement>(null)
  return (
    <div className="bj-import-file">
      {problem !== undefined && problem !== null && <WrongFile error={problem} />}
      {sending && !sending.problem && (
        <FileChip name={sending.name} bytes={sending.bytes} progress={sending.progress} />
      )}
      <input
        ref={picker}
        type="file"
        accept={accept}
        hidden
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) onFile(file)
          event.target.value = ''
        }}
      />
      <div className="bj-actions">
        <Button
          kind="primary"
          icon={IconUpload}
          pending={pending}
          onClick={() => picker.current?.click()}
        >
          {t('import.file')}
        </Button>
        <Button
          icon={IconDownload}
          onClick={() => {
            const { content, name } = sample()
            saveFile(content, name)
          }}
        >
          {t('import.sample')}
        </Button>
      </div>
    </div>
  )
}

// What is wrong with the file as a whole, and with which column.
function WrongFile({ error }: { error: unknown }) {
  const { t } = useTranslation('parts')
  const problem = asProblem(error)
  const [first] = problem.fields
  const reason = reasonText(first?.reason ?? problem.reason)
  const isOfColumn = first?.reason.includes('column')
  return (
    <Banner tone="danger">
      {isOfColumn ? t('import.wrong_column', { reason, column: first?.field }) : reason}
    </Banner>
  )
}
