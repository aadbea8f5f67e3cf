import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiPath } from '@/api/base_path'
import type { Schemas } from '@/api/client'
import { Dialog } from '@/ui/Dialog'
import { FileChip, sizeOf } from '@/ui/FileChip'

type FileCard = Schemas['FileCard']

// Larger pictures cost more than a look at them is worth.
const largestShown = 3_000_000

function isShown(file: FileCard): boolean {
  return /^image\/(png|jpeg|gif|webp)$/.test(file.type) && file.bytes <= largestShown
}

export function MessageFiles({ files }: { files: readonly FileCard[] }) {
  return (
    <>
      {files.filter(isShown).map((file) => (
        <Thumb key={file.id} file={file} />
      ))}
      {files
        .filter((file) => !isShown(file))
        .map((file) => (
          <FileChip
            key={file.id}
            name={file.name}
            bytes={file.bytes}
            type={file.type}
            href={apiPath(`/files/${file.id}`)}
          />
        ))}
    </>
  )
}

function Thumb({ file }: { file: FileCard }) {
  const { t } = useTranslation('tickets')
  const [opened, setOpened] = useState(false)
  const address = apiPath(`/files/${file.id}`)
  return (
    <>
      <button
        type="button"
        className="bj-thumb"
        title={`${file.name} · ${sizeOf(file.bytes)}`}
        aria-label={t('show_picture', { name: file.name })}
        onClick={() => setOpened(true)}
      >
        <img src={address} alt="" loading="lazy" width={112} height={76} />
      </button>
      {opened && (
        <Dialog
          title={file.name}
          width={960}
          onClose={() => setOpened(false)}
          footer={
            <FileChip name={t('download')} bytes={file.bytes} type={file.type} href={address} />
          }
        >
          <img className="bj-picture" src={address} alt={file.name} />
        </Dialog>
      )}
    </>
  )
}
