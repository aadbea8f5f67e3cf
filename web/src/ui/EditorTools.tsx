import { IconBold, IconCode, IconList, IconListNumbers } from '@tabler/icons-react'
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button'

export function EditorTools({ editor }: { editor: Editor }) {
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
  const tools = [
    { key: 'bold', icon: IconBold, run: () => editor.chain().focus().toggleBold().run() },
    { key: 'list', icon: IconList, run: () => editor.chain().focus().toggleBulletList().run() },
    {
      key: 'numbers',
      icon: IconListNumbers,
      run: () => editor.chain().focus().toggleOrderedList().run(),
    },
    { key: 'code', icon: IconCode, run: () => editor.chain().focus().toggleCode().run() },
  ] as const
  return (
    <div className="bj-editor-tools">
      {tools.map(({ key, icon, run }) => (
        <IconButton
          key={key}
          label={t(`editor.${key}`)}
          icon={icon}
          size={28}
          pressed={on[key]}
          onClick={run}
        />
      ))}
    </div>
  )
}
