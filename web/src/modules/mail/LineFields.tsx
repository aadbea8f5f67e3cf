import { useTranslation } from 'react-i18next'
import { SegmentsField } from '@/ui/choices'
import { TextField } from '@/ui/Field'
import { NumberField } from '@/ui/NumberField'
import { type Incoming, isUsualPort, type Outgoing, usualPort } from './presets'

type Line = Pick<Outgoing, 'host' | 'port' | 'security' | 'log_in' | 'user'>

export interface LineFieldsProps {
  // Before the names of its fields: "incoming", "outgoing".
  name: 'incoming' | 'outgoing'
  protocol: Incoming['protocol'] | 'smtp'
  line: Line
  secret: string
  hasSecret: boolean
  wrong: Record<string, string>
  onLine: (patch: Partial<Line>) => void
  onSecret: (secret: string) => void
}

// What a line to a mail server needs, whichever way the mail goes.
export function LineFields(props: LineFieldsProps) {
  const { name, protocol, line, wrong, onLine } = props
  const { t } = useTranslation('mail')
  const problem = (field: string) => wrong[`${name}.${field}`]
  const logIns = protocol === 'smtp' ? ['password', 'token', 'none'] : ['password', 'token']
  const encrypt = (security: Line['security']) => {
    const port = isUsualPort(line.port) ? usualPort(protocol, security) : line.port
    onLine({ security, port })
  }
  return (
    <>
      <div className="bj-mail-line">
        <TextField
          label={t('field.host')}
          required
          autoComplete="off"
          value={line.host}
          problem={problem('host')}
          onValue={(host) => onLine({ host: host.trim() })}
        />
        <NumberField
          label={t('field.port')}
          value={line.port}
          problem={problem('port')}
          onValue={(port) => onLine({ port: port ?? 0 })}
        />
      </div>
      <SegmentsField
        label={t('field.security')}
        value={line.security}
        choices={(['tls', 'starttls', 'none'] as const).map((value) => ({
          value,
          label: t(`security.${value}`),
        }))}
        onValue={encrypt}
      />
      <SegmentsField
        label={t('field.log_in')}
        value={line.log_in}
        choices={logIns.map((value) => ({
          value: value as Line['log_in'],
          label: t(`log_in.${value}`),
        }))}
        onValue={(log_in) => onLine({ log_in })}
      />
      {line.log_in !== 'none' && <Credentials {...props} />}
    </>
  )
}

function Credentials({ line, secret, hasSecret, wrong, name, onLine, onSecret }: LineFieldsProps) {
  const { t } = useTranslation('mail')
  return (
    <div className="bj-form-row">
      <TextField
        label={t('field.user')}
        autoComplete="off"
        value={line.user}
        problem={wrong[`${name}.user`]}
        onValue={(user) => onLine({ user })}
      />
      <TextField
        label={t(line.log_in === 'token' ? 'field.token' : 'field.secret')}
        type="password"
        autoComplete="new-password"
        placeholder={hasSecret ? t('secret_is_set') : ''}
        hint={t(hasSecret ? 'hint.secret_is_set' : 'hint.secret')}
        value={secret}
        problem={wrong[`${name}_secret`]}
        onValue={onSecret}
      />
    </div>
  )
}
