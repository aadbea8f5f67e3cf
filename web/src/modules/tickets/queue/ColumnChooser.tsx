import { IconColumns3 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '@/ui/Button'
import { Checkbox } from '@/ui/choices'
import { Popover } from '@/ui/Popover'
import { fixedColumn, queueColumns } from './columns'
import type { ColumnChoice } from './useColumns'
import './wide.css'

// Which columns are shown; kept for the person, on every device.
export function ColumnChooser({ choice }: { choice: ColumnChoice }) {
  const { t } = useTranslation('tickets')
  const [opened, setOpened] = useState(false)
  const shown = choice.columns.map(({ key }) => key)
  const put = (key: string, on: boolean) =>
    choice.change(on ? [...shown, key] : shown.filter((one) => one !== key))
  return (
    <Popover
      opened={opened}
      onOpened={setOpened}
      width={220}
      target={
        <IconButton
          label={t('column.title')}
          icon={IconColumns3}
          onClick={() => setOpened(!opened)}
        />
      }
    >
      <div className="bj-columns-choice">
        {queueColumns.map(({ key }) => (
          <Checkbox
            key={key}
            label={t(`column.${key}`)}
            checked={shown.includes(key)}
            disabled={key === fixedColumn}
            onChecked={(on) => put(key, on)}
          />
        ))}
        {choice.isOwn && (
          <Button size="small" kind="quiet" onClick={() => choice.change(null)}>
            {t('column.reset')}
          </Button>
        )}
      </div>
    </Popover>
  )
}
