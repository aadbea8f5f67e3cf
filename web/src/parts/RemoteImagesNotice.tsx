import { useTranslation } from 'react-i18next'
import { listed } from './names'
import { standingOf } from './remote_images'
import type { RemoteImages } from './useRemoteImages'

export interface RemoteImagesNoticeProps {
  addresses: readonly string[]
  // Without it they stay off.
  images?: RemoteImages
}

// Says that images of other hosts are not shown, or how it stands with them.
export function RemoteImagesNotice({ addresses, images }: RemoteImagesNoticeProps) {
  const { t } = useTranslation('parts')
  const { off, coming, failed, troubles } = standingOf(addresses, images)
  if (off + coming + failed === 0) return null
  return (
    <p className="bj-safe-html-notice" role="status">
      {off > 0 && t('remote_images', { count: off })}
      {coming > 0 && t('remote_images_coming', { count: coming })}
      {coming === 0 &&
        failed > 0 &&
        t('remote_images_failed', {
          count: failed,
          why: listed(troubles.map((trouble) => t(`remote_image.${trouble}`))),
        })}
      {images && coming === 0 && (
        <button type="button" onClick={images.load}>
          {t(off > 0 ? 'show_images' : 'retry')}
        </button>
      )}
    </p>
  )
}
