import type { JSONContent, Editor as TiptapEditor } from '@tiptap/core'
import Image from '@tiptap/extension-image'
import Mention from '@tiptap/extension-mention'
import Placeholder from '@tiptap/extension-placeholder'
import { EditorContent, useEditor } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import './editor.css'
import { EditorTools } from './EditorTools'
import type { Option } from './options'
import { suggestions } from './suggestions'

export interface EditorHandle {
  focus: () => void
  // Plain text behind what is there.
  write: (text: string) => void
  insert: (html: string) => void
  isEmpty: () => boolean
}

export interface EditorProps {
  label: string
  placeholder?: string
  // HTML; what is given later takes the place of what is there.
  value: string
  onValue: (html: string) => void
  onSend?: () => void
  // Files that were pasted or dropped.
  onFiles?: (files: File[]) => void
  // Colleagues for "@"; without it nobody can be mentioned.
  people?: (typed: string) => Promise<readonly Option[]>
  tools?: boolean
  ref?: Ref<EditorHandle>
}

// What an empty page is written as; nobody wants to send it.
const nothing = '<p></p>'

function filesOf(data: DataTransfer | null): File[] {
  return data ? [...data.files] : []
}

// Rich text. It is a big piece of code: load it lazily, `lazy(() => import('@/ui/Editor'))`.
export default function Editor(props: EditorProps) {
  const newest = useRef(props)
  newest.current = props
  const editor = useEditor({
    injectCSS: false,
    extensions: [
      StarterKit.configure({ heading: false, horizontalRule: false, link: { openOnClick: false } }),
      Image,
      Placeholder.configure({ placeholder: () => newest.current.placeholder ?? '' }),
      Mention.configure({
        HTMLAttributes: { class: 'mention' },
        suggestion: suggestions((typed) => newest.current.people?.(typed) ?? Promise.resolve([])),
      }),
    ],
    content: props.value,
    editorProps: {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': props.label },
      handleKeyDown: (_view, event) => {
        const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
        if (!sends || event.isComposing || !newest.current.onSend) return false
        newest.current.onSend()
        return true
      },
      handlePaste: (_view, event) => take(filesOf(event.clipboardData)),
      handleDrop: (_view, event) => take(filesOf((event as DragEvent).dataTransfer)),
    },
    onUpdate: ({ editor: page }) => newest.current.onValue(htmlOf(page)),
  })
  function take(files: File[]): boolean {
    if (files.length === 0 || !newest.current.onFiles) return false
    newest.current.onFiles(files)
    return true
  }
  useImperativeHandle(props.ref, () => ({
    focus: () => {
      editor?.commands.focus('end')
      // At once: the command waits for the next frame, and a key may be faster.
      editor?.view.focus()
    },
    write: (text) => void editor?.chain().focus('end').insertContent(paragraphsOf(text)).run(),
    insert: (html) => void editor?.chain().focus().insertContent(html).run(),
    isEmpty: () => editor?.isEmpty ?? true,
  }))
  useEffect(() => {
    if (!editor || editor.isDestroyed) return
    if (htmlOf(editor) !== props.value) editor.commands.setContent(props.value)
  }, [editor, props.value])
  return (
    <div className="bj-editor">
      <EditorContent editor={editor} className="bj-editor-page" />
      {props.tools !== false && editor && (
        <EditorTools
          editor={editor}
          mentions={props.people !== undefined}
          onFiles={props.onFiles}
        />
      )}
    </div>
  )
}

function paragraphsOf(text: string): JSONContent[] {
  return text.split('\n').map((line) => ({
    type: 'paragraph',
    content: line ? [{ type: 'text', text: line }] : [],
  }))
}

function htmlOf(editor: TiptapEditor): string {
  // What was taken down has no page any more.
  if (editor.isDestroyed) return ''
  const html = editor.getHTML()
  return html === nothing ? '' : html
}
