import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask, type Schemas } from '@/api/client'
import { all, list } from '@/api/keys'
import { listed } from '@/parts/names'
import { sayFailed } from '@/parts/problems'
import { Time } from '@/parts/Time'
import { done } from '@/parts/undo'
import { Button } from '@/ui/Button'
import { CopyButton } from '@/ui/Copy'
import { Dialog } from '@/ui/Dialog'
import { Banner } from '@/ui/Panel'
import { NewTokenDialog } from './NewTokenDialog'

type Token = Schemas['TokenView']
type Issued = Schemas['IssuedToken']

// What programs may do in one's name, and for how long.
export function TokensSection() {
  const { t } = useTranslation('app')
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const [issued, setIssued] = useState<Issued | null>(null)
  const { data } = useQuery({
    queryKey: list('token', { own: true }),
    queryFn: ({ signal }) => ask(api.GET('/tokens', { signal })),
  })
  return (
    <section className="bj-own-section" aria-labelledby="own-tokens">
      <h2 id="own-tokens">{t('own.tokens.title')}</h2>
      <p>{t('own.tokens.text')}</p>
      <ul className="bj-own-sessions">
        {(data?.items ?? []).map((token) => (
          <OneToken key={token.id} token={token} />
        ))}
      </ul>
      <div className="bj-own-add">
        <Button icon={IconPlus} onClick={() => setAdding(true)}>
          {t('own.tokens.add')}
        </Button>
      </div>
      {adding && (
        <NewTokenDialog
          onClose={() => setAdding(false)}
          onIssued={(token) => {
            setAdding(false)
            setIssued(token)
            void queries.invalidateQueries({ queryKey: all('token') })
          }}
        />
      )}
      {issued && <IssuedDialog issued={issued} onClose={() => setIssued(null)} />}
    </section>
  )
}

function OneToken({ token }: { token: Token }) {
  const { t } = useTranslation(['app', 'rights'])
  const queries = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => ask(api.DELETE('/tokens/{id}', { params: { path: { id: token.id } } })),
    onSuccess: () => void done(t('app:own.tokens.revoked', { name: token.name })),
    onError: sayFailed,
    onSettled: () => queries.invalidateQueries({ queryKey: all('token') }),
  })
  const may = (token.scopes ?? []).map((scope) =>
    scope === '*' ? t('app:own.tokens.everything') : t(`rights:${scope}`, { defaultValue: scope }),
  )
  return (
    <li>
      <span>
        <strong>{token.name}</strong>
        <small>{listed(may)}</small>
        <small>
          {t('app:own.tokens.until')} <Time at={token.expires_at} as="absolute" /> ·{' '}
          {token.seen_at ? (
            <>
              {t('app:own.tokens.used')} <Time at={token.seen_at} />
            </>
          ) : (
            t('app:own.tokens.never')
          )}
        </small>
      </span>
      <button
        type="button"
        disabled={revoke.isPending}
        aria-label={t('app:own.tokens.revoke_one', { name: token.name })}
        onClick={() => revoke.mutate()}
      >
        {t('app:own.tokens.revoke')}
      </button>
    </li>
  )
}

// The secret, shown this once.
function IssuedDialog({ issued, onClose }: { issued: Issued; onClose: () => void }) {
  const { t } = useTranslation('app')
  return (
    <Dialog
      title={t('own.tokens.issued')}
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          {t('own.tokens.kept')}
        </Button>
      }
    >
      <div className="bj-form">
        <Banner tone="accent">{t('own.tokens.once')}</Banner>
        <div className="bj-own-token">
          <input
            className="bj-input"
            readOnly
            aria-label={t('own.tokens.issued')}
            value={issued.token}
            onFocus={(event) => event.target.select()}
          />
          <CopyButton text={issued.token} />
        </div>
        <p className="bj-own-hint">
          {t('own.tokens.until')} <Time at={issued.expires_at} as="absolute" /> ·{' '}
          {t('own.tokens.header')}
        </p>
      </div>
    </Dialog>
  )
}
