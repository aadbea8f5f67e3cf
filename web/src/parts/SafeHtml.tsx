import DOMPurify from 'dompurify'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { apiPath } from '@/api/base_path'
import { RemoteImagesNotice } from './RemoteImagesNotice'
import { copyOf, type RemoteImages } from './useRemoteImages'
import './safe_html.css'
import paperAddress from './paper.css?url'

// Text that came from outside, for instance a mail. The server has cleaned it; it is cleaned again
// and shown in a frame in which nothing runs and which sends nothing to anybody. Images of other
// hosts tell them that a message was read: they are not loaded unless somebody asks.

export interface SafeHtmlProps {
  html: string
  // White paper in dark mode too, for mails that bring their own colours.
  paper?: boolean
  // Numbers of files that lie beside the text: images in it are named `cid:file-17`.
  files?: readonly number[]
  // How images of other hosts are come by; without it they stay off.
  images?: RemoteImages
  // Of the parts of a letter that the text is: images in it are named `cid:part-2`.
  partAddress?: (part: number) => string
  title: string
}

// Nothing that loads anything but images, whose addresses are looked at one by one.
const allowed = {
  FORBID_TAGS: [
    ...['style', 'link', 'form', 'input', 'button', 'textarea', 'select', 'svg', 'math'],
    ...['video', 'audio', 'source', 'track', 'picture', 'iframe', 'object', 'embed'],
  ],
  FORBID_ATTR: ['style', 'srcset', 'poster', 'background', 'id', 'name'],
  ADD_ATTR: ['target', 'data-remote-src'],
  ALLOW_DATA_ATTR: false,
}

// The file that an image within the text is: of those beside the text, and of no other.
const besideText = /^cid:file-([1-9][0-9]*)$/
const partOfLetter = /^cid:part-([1-9][0-9]*)$/

export function filesShownIn(html: string, files: readonly number[]): number[] {
  return files.filter((file) => html.includes(`cid:file-${file}"`))
}

// What comes as `cid:` and is not beside the text has nowhere to come from.
export function placeOf(
  source: string,
  files: readonly number[],
  partAddress?: SafeHtmlProps['partAddress'],
): string {
  if (!source.startsWith('cid:')) return source
  const part = partOfLetter.exec(source)?.[1]
  if (part && partAddress) return partAddress(Number(part))
  const file = Number(besideText.exec(source)?.[1])
  return files.includes(file) ? apiPath(`/files/${file}`) : ''
}

// Exported for its test.
export function cleaned(
  html: string,
  files: readonly number[] = [],
  partAddress?: SafeHtmlProps['partAddress'],
): { html: string; remote: string[] } {
  // Where it cannot clean it lets everything through; then nothing is shown.
  if (!DOMPurify.isSupported) return { html: '', remote: [] }
  const body = DOMPurify.sanitize(html, { ...allowed, RETURN_DOM: true }) as unknown as HTMLElement
  const remote = new Set<string>()
  for (const image of body.querySelectorAll('img')) {
    const source = placeOf(image.getAttribute('src') ?? '', files, partAddress)
    image.setAttribute('src', source)
    if (!source) image.removeAttribute('src')
    const isOwn = source.startsWith(apiPath('/')) || /^(data:image\/|blob:)/.test(source)
    if (source && !isOwn) {
      image.setAttribute('data-remote-src', source)
      image.removeAttribute('src')
    }
    const elsewhere = image.getAttribute('data-remote-src')
    if (elsewhere) remote.add(elsewhere)
  }
  for (const link of body.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer nofollow')
  }
  return { html: body.innerHTML, remote: [...remote] }
}

function pageOf(html: string): string {
  const sheet = new URL(paperAddress, location.href).href
  return `<!doctype html><link rel="stylesheet" href="${sheet}"><body>${html}</body>`
}

// Colours and the size of the text are told to the frame through the object model: a style of its
// own would be against the content security policy.
function paint(frame: HTMLIFrameElement, paper: boolean) {
  const page = frame.contentDocument?.documentElement
  if (!page) return
  const outside = getComputedStyle(frame)
  page.style.setProperty('font-size', outside.fontSize)
  page.style.setProperty('color', paper ? '#1c1f22' : outside.color)
  page.style.setProperty('background', paper ? '#fff' : 'transparent')
  page.style.setProperty('--link', paper ? '#2c50b4' : outside.getPropertyValue('--bj-text-link'))
}

function useFittingFrame(paper: boolean) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(24)
  const observer = useRef<ResizeObserver | null>(null)
  const fit = useCallback(() => {
    const body = frame.current?.contentDocument?.body
    if (!frame.current || !body) return
    paint(frame.current, paper)
    observer.current?.disconnect()
    observer.current = new ResizeObserver(() => setHeight(Math.ceil(body.scrollHeight)))
    observer.current.observe(body)
  }, [paper])
  useEffect(() => {
    fit()
    return () => observer.current?.disconnect()
  }, [fit])
  return { frame, height, fit }
}

// With our own copies in the places of those images of other hosts that are here.
function withCopies(html: string, known: RemoteImages['known']): string {
  if (!known) return html
  const body = new DOMParser().parseFromString(html, 'text/html').body
  for (const image of body.querySelectorAll('img[data-remote-src]')) {
    const found = known.get(image.getAttribute('data-remote-src') ?? '')
    if (found?.state === 'here') image.setAttribute('src', copyOf(found))
  }
  return body.innerHTML
}

export function SafeHtml({
  html,
  paper = false,
  files,
  images,
  partAddress,
  title,
}: SafeHtmlProps) {
  const beside = (files ?? []).join()
  const safe = useMemo(
    () => cleaned(html, beside.split(',').map(Number), partAddress),
    [html, beside, partAddress],
  )
  // As a text, so that the frame is filled anew only when something has come.
  const page = pageOf(withCopies(safe.html, images?.known))
  const { frame, height, fit } = useFittingFrame(paper)
  return (
    <div className="bj-safe-html" data-paper={paper || undefined}>
      <RemoteImagesNotice addresses={safe.remote} images={images} />
      <iframe
        ref={frame}
        title={title}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        srcDoc={page}
        style={{ height }}
        onLoad={fit}
      />
    </div>
  )
}
