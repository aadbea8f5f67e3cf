import { useTranslation } from 'react-i18next'
import { useStore } from '@/api/store'
import { type Shortcut, shortcuts } from '@/parts/shortcuts'
import { Sheet } from '../Sheet'
import './palette.css'
import { Kbd } from '@/ui/Kbd'

export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['app', 'parts'])
  const all = useStore(shortcuts)
  const byScope = new Map<string, Shortcut[]>()
  for (const one of all) {
    const known = byScope.get(one.scope) ?? []
    if (!known.some((other) => other.keys === one.keys)) known.push(one)
    byScope.set(one.scope, known)
  }
  return (
    <Sheet title={t('app:key.title')} onClose={onClose}>
      <div className="bj-keys">
        {[...byScope].map(([scope, list]) => (
          <section key={scope}>
            <h3>{t(`parts:scope.${scope}`)}</h3>
            <dl>
              {list.map((one) => (
                <div key={one.keys}>
                  <dt>{t(one.title as 'app:key.title')}</dt>
                  <dd>
                    <Kbd keys={one.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  )
}
