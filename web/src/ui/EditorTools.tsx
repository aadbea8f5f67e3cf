import {
  IconBold,
  IconCode,
  IconLinkPlus,
  IconList,
  IconListNumbers,
  IconPhoto,
} from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from './Button'
import { TextField } from './Field'
import { Popover } from './Popover'

// The sign itself is clearer than a picture of it.
function At() {
  return (
    <span className="bj-editor-at" aria-hidden="true">
      @
    </span>
  )
}

export interface EditorToolsProps {
  editor: Editor
  mentions?: boolean
  onFiles?: (files: File[]) => void
}

export function EditorTools({ editor, mentions, onFiles }: EditorToolsProps) {
  const { t } = useTranslation('ui')
  const on = useEditorState({
    editor,
    selector: ({ editor: page }) => ({
      bold: page.isActive('bold'),
      list: page.isActive('bulletList'),
      numbers: page.isActive('orderedList'),
      code: page.isActive('code'),
    }),
  })
  const write = () => editor.chain().focus()
  const tools = [
    { key: 'bold', icon: IconBold, keys: 'mod+b', run: () => write().toggleBold().run() },
    { key: 'list', icon: IconList, run: () => write().toggleBulletList().run() },
    { key: 'numbers', icon: IconListNumbers, run: () => write().toggleOrderedList().run() },
    { key: 'code', icon: IconCode, run: () => write().toggleCode().run() },
  ] as const
  return (
    <div className="bj-editor-tools" role="toolbar" aria-label={t('editor.tools')}>
      {tools.map(({ key, icon, run, ...tool }) => (
        <IconButton
          key={key}
          label={t(`editor.${key}`)}
          icon={icon}
          keys={'keys' in tool ? tool.keys : undefined}
          size={28}
          pressed={on[key]}
          onClick={run}
        />
      ))}
      <LinkTool editor={editor} />
      {onFiles && <ImageTool onFiles={onFiles} />}
      {mentions && (
        <IconButton
          label={t('editor.mention')}
          icon={At}
          size={28}
          onClick={() => write().insertContent('@').run()}
        />
      )}
    </div>
  )
}

// Nothing else may stand behind a link: the server refuses it too.
export function asAddress(typed: string): string | null {
  const text = typed.trim()
  if (text === '') return null
  const address = /^[a-z][a-z+.-]*:/i.test(text) ? text : `https://${text}`
  return /^(https?:\/\/|mailto:|tel:)\S+$/i.test(address) ? address : null
}

function LinkTool({ editor }: { editor: Editor }) {
  const { t } = useTranslation('ui')
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const isActive = useEditorState({ editor, selector: ({ editor: page }) => page.isActive('link') })
  const open = () => {
    setTyped(String(editor.getAttributes('link').href ?? ''))
    setWrong(false)
    setOpened(true)
  }
  const keep = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    const address = asAddress(typed)
    if (!address && typed.trim()) return setWrong(true)
    setOpened(false)
    const chain = editor.chain().focus().extendMarkRange('link')
    if (!address) chain.unsetLink().run()
    else if (editor.state.selection.empty && !isActive) {
      const text = {
        type: 'text',
        text: address,
        marks: [{ type: 'link', attrs: { href: address } }],
      }
      chain.insertContent(text).run()
    } else chain.setLink({ href: address }).run()
  }
  const button = (
    <IconButton
      label={t('editor.link')}
      icon={IconLinkPlus}
      size={28}
      pressed={isActive}
      onClick={() => (opened ? setOpened(false) : open())}
    />
  )
  return (
    <Popover opened={opened} onOpened={setOpened} target={button} width={300}>
      <form className="bj-editor-link" onSubmit={keep} noValidate>
        <TextField
          label={t('editor.link_address')}
          value={typed}
          onValue={setTyped}
          inputMode="url"
          problem={isWrong ? t('editor.link_wrong') : null}
        />
        <Button kind="primary" type="submit">
          {t('editor.link_keep')}
        </Button>
      </form>
    </Popover>
  )
}

function ImageTool({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation('ui')
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        label={t('editor.image')}
        icon={IconPhoto}
        size={28}
        onClick={() => field.current?.click()}
      />
      <input
        ref={field}
        hidden
        type="file"
        accept="image/*"
        multiple
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </>
  )
}
