import { useTranslation } from 'react-i18next'
import { SegmentsField } from '@/ui/choices'
import { TextField } from '@/ui/Field'
import { NumberField } from '@/ui/NumberField'
import { Picker } from '@/ui/Picker'
import type { SectionProps } from './form'
import { LineFields } from './LineFields'
import { type Incoming, isUsualPort, usualPort } from './presets'

export interface IncomingFieldsProps extends SectionProps {
  folders: readonly string[]
  hasSecret: boolean
}

export function IncomingFields({ form, change, wrong, folders, hasSecret }: IncomingFieldsProps) {
  const { t } = useTranslation('mail')
  const line = form.incoming
  const put = (patch: Partial<Incoming>) => change({ incoming: { ...line, ...patch } })
  const speak = (protocol: Incoming['protocol']) => {
    const port = isUsualPort(line.port) ? usualPort(protocol, line.security) : line.port
    const moves = protocol === 'pop3' && line.afterwards === 'move'
    put({ protocol, port, afterwards: moves ? 'keep' : line.afterwards })
  }
  return (
    <div className="bj-form">
      <SegmentsField
        label={t('field.protocol')}
        value={line.protocol}
        choices={(['imap', 'pop3', 'none'] as const).map((value) => ({
          value,
          label: t(`protocol.${value}`),
        }))}
        onValue={speak}
      />
      {line.protocol === 'none' ? (
        <p className="bj-input-hint">{t('hint.pipe')}</p>
      ) : (
        <>
          <LineFields
            name="incoming"
            protocol={line.protocol}
            line={line}
            secret={form.incoming_secret}
            hasSecret={hasSecret}
            wrong={wrong}
            onLine={put}
            onSecret={(incoming_secret) => change({ incoming_secret })}
          />
          <Folders line={line} put={put} wrong={wrong} folders={folders} />
        </>
      )}
    </div>
  )
}

interface FoldersProps {
  line: Incoming
  put: (patch: Partial<Incoming>) => void
  wrong: Record<string, string>
  folders: readonly string[]
}

// From which folder, and what becomes of a mail there once it is safe here.
function Folders({ line, put, wrong, folders }: FoldersProps) {
  const { t } = useTranslation('mail')
  const ways =
    line.protocol === 'pop3' ? ['keep', 'remove'] : ['mark_seen', 'keep', 'move', 'remove']
  return (
    <>
      {line.protocol === 'imap' && (
        <FolderField
          label={t('field.folder')}
          value={line.folder}
          hint={t('hint.folder')}
          problem={wrong['incoming.folder']}
          folders={folders}
          onValue={(folder) => put({ folder })}
        />
      )}
      <SegmentsField
        label={t('field.afterwards')}
        value={line.afterwards}
        choices={ways.map((value) => ({
          value: value as Incoming['afterwards'],
          label: t(`afterwards.${value}`),
        }))}
        onValue={(afterwards) => put({ afterwards })}
      />
      {line.afterwards === 'move' && (
        <FolderField
          label={t('field.move_to')}
          value={line.move_to}
          required
          problem={wrong['incoming.move_to']}
          folders={folders}
          onValue={(move_to) => put({ move_to })}
        />
      )}
      <NumberField
        label={t('field.every_seconds')}
        unit={t('seconds')}
        hint={t('hint.every_seconds')}
        value={line.every_seconds}
        problem={wrong['incoming.every_seconds']}
        onValue={(every) => put({ every_seconds: every ?? 0 })}
      />
    </>
  )
}

interface FolderFieldProps {
  label: string
  value: string
  hint?: string
  required?: boolean
  problem?: string
  folders: readonly string[]
  onValue: (folder: string) => void
}

// Once the line was tried its folders are known and can be chosen from.
function FolderField({ folders, value, onValue, ...field }: FolderFieldProps) {
  if (folders.length === 0) return <TextField {...field} value={value} onValue={onValue} />
  return (
    <Picker
      {...field}
      value={value || null}
      text={value}
      clearable={!field.required}
      options={folders.map((folder) => ({ value: folder, label: folder }))}
      onValue={(folder) => onValue(folder ?? '')}
    />
  )
}
