import { useTranslation } from 'react-i18next'
import { apiPath } from '@/api/base_path'
import type { Schemas } from '@/api/client'
import { FileChip } from '@/ui/FileChip'
import { Thumb } from '@/ui/Thumb'

type FileCard = Schemas['FileCard']

// Larger pictures cost more than a look at them is worth.
const largestShown = 3_000_000

function isShown(file: FileCard): boolean {
  return /^image\/(png|jpeg|gif|webp)$/.test(file.type) && file.bytes <= largestShown
}

// What hangs on something: pictures small, to be opened; everything else to be fetched.
export function FilesView({ files }: { files: readonly FileCard[] }) {
  return (
    <>
      {files.filter(isShown).map((file) => (
        <PictureFile key={file.id} file={file} />
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

function PictureFile({ file }: { file: FileCard }) {
  const { t } = useTranslation('parts')
  const address = apiPath(`/files/${file.id}`)
  return (
    <Thumb
      src={address}
      label={file.name}
      opens={{
        footer: (
          <FileChip name={t('download')} bytes={file.bytes} type={file.type} href={address} />
        ),
      }}
    />
  )
}
