import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { parseRef } from '@/api/events'
import { list } from '@/api/keys'
import { useMay } from '@/api/use_me'
import { linkedKinds, linkTo } from '@/parts/links'
import { useCommands, useMenu } from '../shell/menu'
import './palette.css'
import { Kbd } from '@/ui/Kbd'

const typingMs = 180

// What an input method is composing is not yet what somebody looks for.
function useSettled(text: string, composing: boolean): string {
  const [settled, setSettled] = useState('')
  useEffect(() => {
    if (composing) return undefined
    const timer = setTimeout(() => setSettled(text.trim()), typingMs)
    return () => clearTimeout(timer)
  }, [text, composing])
  return settled
}

export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('app')
  const [text, setText] = useState('')
  const [composing, setComposing] = useState(false)
  const hits = useHits(useSettled(text, composing))
  const navigate = useNavigate()
  const go = (to: string) => {
    onClose()
    void navigate({ to })
  }
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
    input.current?.focus()
  }, [])
  return (
    <dialog
      ref={dialog}
      className="bj-palette"
      aria-label={t('palette.title')}
      onCancel={onClose}
      onPointerDown={(event) => event.target === dialog.current && onClose()}
    >
      <Command
        label={t('palette.title')}
        loop
        onKeyDown={(event) => {
          // Enter while an input method composes chooses letters, not a line.
          if (event.nativeEvent.isComposing || event.keyCode === 229) event.stopPropagation()
        }}
      >
        <Command.Input
          ref={input}
          value={text}
          onValueChange={setText}
          placeholder={t('palette.placeholder')}
          onCompositionStart={() => setComposing(true)}
          onCompositionEnd={() => setComposing(false)}
        />
        <Command.List>
          {hits.length === 0 && <Command.Empty>{t('palette.nothing')}</Command.Empty>}
          <Doings go={go} onClose={onClose} />
          <Found hits={hits} go={go} />
        </Command.List>
      </Command>
    </dialog>
  )
}

function Doings({ go, onClose }: { go: (to: string) => void; onClose: () => void }) {
  const { t } = useTranslation('app')
  const menu = useMenu()
  const commands = useCommands()
  const groups = (['create', 'act', 'go'] as const).map((name) => ({
    name,
    commands: commands.filter((one) => one.group === name),
    places: name === 'go' ? menu : [],
  }))
  return groups
    .filter(({ commands, places }) => commands.length + places.length > 0)
    .map(({ name, commands, places }) => (
      <Command.Group key={name} heading={t(`palette.${name}`)}>
        {commands.map((one) => (
          <Command.Item
            key={one.id}
            value={one.label}
            keywords={one.words?.split(' ')}
            onSelect={() => {
              if (one.to) return go(one.to)
              onClose()
              one.run?.()
            }}
          >
            {one.label}
          </Command.Item>
        ))}
        {places.map((line) => (
          <Command.Item
            key={line.to}
            value={`${line.label} ${line.to}`}
            keywords={[line.module]}
            onSelect={() => go(line.to)}
          >
            <line.icon size={17} stroke={1.6} />
            <span>{line.label}</span>
            {line.key && <Kbd keys={`g ${line.key}`} />}
          </Command.Item>
        ))}
      </Command.Group>
    ))
}

function useHits(text: string): Schemas['Hit'][] {
  const may = useMay()
  const kinds = linkedKinds().join(',')
  const params = { q: text, limit: 12, order: 'relevance' as const, kinds }
  const { data } = useQuery({
    queryKey: list('search', params),
    queryFn: ({ signal }) => ask(api.GET('/search', { params: { query: params }, signal })),
    enabled: text !== '' && kinds !== '' && may('search.use'),
    placeholderData: (before) => before,
  })
  return text === '' ? [] : (data?.items ?? [])
}

function Found({ hits, go }: { hits: Schemas['Hit'][]; go: (to: string) => void }) {
  const { t } = useTranslation(['app', 'words'])
  if (hits.length === 0) return null
  return (
    <Command.Group heading={t('app:palette.found')} forceMount>
      {hits.map((hit) => (
        <Command.Item
          key={hit.ref}
          value={hit.ref}
          forceMount
          onSelect={() => go(linkTo(hit.ref) ?? '/')}
        >
          <span className="bj-palette-kind">{t(`words:kind.${parseRef(hit.ref)?.kind}`)}</span>
          <span className="bj-palette-hit">
            <Marked text={hit.title} spans={hit.title_matches ?? []} />
          </span>
        </Command.Item>
      ))}
    </Command.Group>
  )
}

function Marked({ text, spans }: { text: string; spans: Schemas['Span'][] }) {
  const pieces: { at: number; text: string; marked: boolean }[] = []
  let at = 0
  for (const { begin, end } of spans) {
    if (begin > at) pieces.push({ at, text: text.slice(at, begin), marked: false })
    pieces.push({ at: begin, text: text.slice(begin, end), marked: true })
    at = end
  }
  pieces.push({ at, text: text.slice(at), marked: false })
  return pieces.map((piece) =>
    piece.marked ? <mark key={piece.at}>{piece.text}</mark> : piece.text,
  )
}
