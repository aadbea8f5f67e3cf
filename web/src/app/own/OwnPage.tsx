import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import * as keys from '@/api/keys'
import { asProblem } from '@/api/problem'
import { useMe } from '@/api/use_me'
import { Page } from '@/parts/Page'
import { setTimeZone } from '@/parts/time'
import { done, failed } from '@/parts/undo'
import { change, densities, themes, useAppearance } from '../appearance'
import '../doors/doors.css'
import { asLanguage, languageNames, languages, speak } from '@/parts/language'
import { Choice } from './Choice'
import { FactorSection } from './FactorSection'
import './own.css'
import { PasswordSection } from './PasswordSection'
import { SessionsSection } from './SessionsSection'
import { TokensSection } from './TokensSection'

function useChangeMe() {
  const { t } = useTranslation(['app', 'reasons'])
  const queries = useQueryClient()
  const me = useMe()
  return useMutation({
    mutationFn: (body: Schemas['MePatch']) =>
      ask(api.PATCH('/me', { body, headers: ifVersion(me.version) })),
    onSuccess: async (changed) => {
      queries.setQueryData(keys.me, changed)
      setTimeZone(changed.time_zone)
      await speak(asLanguage(changed.locale))
      done(t('app:own.saved'))
    },
    onError: (error) => {
      const { reason, request } = asProblem(error)
      failed(t(`reasons:${reason}`, { defaultValue: t('reasons:internal') }), request)
    },
  })
}

export default function OwnPage() {
  const { t } = useTranslation('app')
  const me = useMe()
  const { theme, density } = useAppearance()
  const changeMe = useChangeMe()
  const zones = Intl.supportedValuesOf('timeZone')
  return (
    <Page title={t('own.title')} narrow>
      <div className="bj-own">
        <section className="bj-own-section">
          <Choice
            title={t('own.language')}
            value={asLanguage(me.locale)}
            options={languages.map((one) => ({ value: one, title: languageNames[one] }))}
            onChange={(locale) => changeMe.mutate({ locale })}
          />
          <label className="bj-own-line">
            <span>{t('own.time_zone')}</span>
            <select
              value={me.time_zone}
              onChange={(event) => changeMe.mutate({ time_zone: event.target.value })}
            >
              {[...new Set([me.time_zone, ...zones])].map((zone) => (
                <option key={zone}>{zone}</option>
              ))}
            </select>
          </label>
          <Choice
            title={t('appearance.theme')}
            value={theme}
            options={themes.map((one) => ({ value: one, title: t(`appearance.${one}`) }))}
            onChange={(value) => change({ theme: value })}
          />
          <Choice
            title={t('appearance.density')}
            value={density}
            options={densities.map((one) => ({ value: one, title: t(`appearance.${one}`) }))}
            onChange={(value) => change({ density: value })}
          />
          {me.kind === 'staff' && (
            <div className="bj-own-line">
              <span>{t('own.notices')}</span>
              <Link to="/me/notices">{t('own.notices_link')}</Link>
            </div>
          )}
        </section>
        <PasswordSection />
        <FactorSection />
        <SessionsSection />
        {me.kind === 'staff' && <TokensSection />}
      </div>
    </Page>
  )
}
