import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { all } from '@/api/keys'
import { queryClient } from '@/api/query_client'
import { categoriesQuery } from '@/parts/catalogue'
import { nameOf } from '@/parts/names'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { RecordDialog } from '@/parts/RecordDialog'
import { Button } from '@/ui/Button'
import { Tag } from '@/ui/Chip'
import './catalogue.css'

type Category = Schemas['Category']

export default function CategoriesPage() {
  const { t } = useTranslation('catalogue')
  const [open, setOpen] = useState<Category | 'new' | null>(null)
  const query = useQuery(categoriesQuery)
  return (
    <Page
      title={t('categories')}
      actions={
        <Button kind="primary" icon={IconPlus} onClick={() => setOpen('new')}>
          {t('add_category')}
        </Button>
      }
    >
      <QueryView query={query}>
        {(categories) => <Branch parent={null} categories={categories} onOpen={setOpen} />}
      </QueryView>
      {open && (
        <EditCategory category={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      )}
    </Page>
  )
}

interface BranchProps {
  parent: number | null
  categories: readonly Category[]
  onOpen: (category: Category) => void
}

function Branch({ parent, categories, onOpen }: BranchProps) {
  const { t } = useTranslation('catalogue')
  const own = categories.filter((one) => (one.parent ?? null) === parent)
  if (own.length === 0) return null
  return (
    <ul className="bj-tree">
      {own.map((category) => (
        <li key={category.id}>
          <button type="button" className="bj-inline" onClick={() => onOpen(category)}>
            {nameOf(category)}
          </button>{' '}
          {!category.active && <Tag>{t('inactive')}</Tag>}
          <Branch parent={category.id} categories={categories} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  )
}

function EditCategory({ category, onClose }: { category: Category | null; onClose: () => void }) {
  const { t } = useTranslation('catalogue')
  const categories = useQuery(categoriesQuery).data ?? []
  const name = (key: string) => t(`field.${key}`)
  return (
    <RecordDialog
      title={category ? nameOf(category) : t('add_category')}
      fields={[
        ...(category
          ? []
          : [{ key: 'key', label: name('key'), required: true, hint: t('hint.key') }]),
        { key: 'name_zh', label: name('name_zh'), required: true },
        { key: 'name_en', label: name('name_en'), required: true },
        {
          key: 'parent',
          label: name('parent'),
          kind: 'pick',
          options: categories
            .filter((one) => one.id !== category?.id)
            .map((one) => ({ value: one.id, label: nameOf(one) })),
        },
        { key: 'sort', label: name('sort'), kind: 'number' },
        ...(category ? [{ key: 'active', label: name('active'), kind: 'switch' as const }] : []),
      ]}
      initial={category ? { ...category } : {}}
      changesOnly={category !== null}
      onClose={onClose}
      save={(values) =>
        category
          ? ask(
              api.PATCH('/categories/{id}', {
                params: { path: { id: category.id } },
                headers: ifVersion(category.version),
                body: values as never,
              }),
            )
          : ask(api.POST('/categories', { body: values as never }))
      }
      onSaved={() => void queryClient.invalidateQueries({ queryKey: all('category') })}
    />
  )
}
