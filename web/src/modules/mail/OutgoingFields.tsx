import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Switch } from '@/ui/choices'
import type { SectionProps } from './form'
import { LineFields } from './LineFields'
import type { Outgoing } from './presets'

// A mailbox without a host sends nothing.
export function OutgoingFields({
  form,
  change,
  wrong,
  hasSecret,
}: SectionProps & { hasSecret: boolean }) {
  const { t } = useTranslation('mail')
  const line = form.outgoing
  const [sends, setSends] = useState(line.host !== '' || form.address === '')
  const put = (patch: Partial<Outgoing>) => change({ outgoing: { ...line, ...patch } })
  return (
    <div className="bj-form">
      <Switch
        label={t('sends')}
        checked={sends}
        onChecked={(on) => {
          setSends(on)
          if (!on) put({ host: '' })
        }}
      />
      {sends && (
        <LineFields
          name="outgoing"
          protocol="smtp"
          line={line}
          secret={form.outgoing_secret}
          hasSecret={hasSecret}
          wrong={wrong}
          onLine={put}
          onSecret={(outgoing_secret) => change({ outgoing_secret })}
        />
      )}
      {sends && form.incoming_secret && !form.outgoing_secret && line.log_in !== 'none' && (
        <button
          type="button"
          className="bj-link bj-mail-same"
          onClick={() => change({ outgoing_secret: form.incoming_secret })}
        >
          {t('same_secret')}
        </button>
      )}
    </div>
  )
}
