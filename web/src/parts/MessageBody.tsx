import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toldApart } from './quoted'
import { SafeHtml, type SafeHtmlProps } from './SafeHtml'
import { useRemoteImages } from './useRemoteImages'
import './message_body.css'

export interface MessageBodyProps extends Omit<SafeHtmlProps, 'images'> {
  message: number
}

// What somebody wrote, safe to look at; what a mail repeats of earlier ones is folded away.
export function MessageBody({ message, ...rest }: MessageBodyProps) {
  const { t } = useTranslation('parts')
  const props = { ...rest, images: useRemoteImages(`message:${message}`) }
  const [unfolded, setUnfolded] = useState(false)
  const { html, quoted } = useMemo(() => toldApart(props.html), [props.html])
  return (
    <>
      <SafeHtml {...props} html={html} />
      {quoted && (
        <button
          type="button"
          className="bj-quoted"
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        >
          {t(unfolded ? 'hide_quoted' : 'show_quoted')}
        </button>
      )}
      {quoted && unfolded && <SafeHtml {...props} html={quoted} />}
    </>
  )
}
