import { useTranslation } from 'react-i18next'
import { api, ask, ifVersion, type Schemas } from '@/api/client'
import { RecordDialog } from '@/parts/RecordDialog'

type Contact = Schemas['ContactPage']

export interface ProfileFormProps {
  contact: Contact
  onSaved: (saved: Contact) => void
  onClose: () => void
}

// What one may change of oneself; the address for mail is the desk's to change.
export default function ProfileForm({ contact, onSaved, onClose }: ProfileFormProps) {
  const { t } = useTranslation('portal')
  return (
    <RecordDialog
      title={t('profile')}
      changesOnly
      initial={{
        name: contact.name,
        title: contact.title ?? '',
        mobile: contact.mobile ?? '',
        phone: contact.phone ?? '',
      }}
      fields={[
        { key: 'name', label: t('person.name'), required: true, maxLength: 120 },
        { key: 'title', label: t('person.title'), maxLength: 80 },
        { key: 'mobile', label: t('person.mobile'), kind: 'tel', maxLength: 40 },
        { key: 'phone', label: t('person.phone'), kind: 'tel', maxLength: 40 },
      ]}
      save={(body) => ask(api.PATCH('/me/contact', { body, headers: ifVersion(contact.version) }))}
      onSaved={(saved) => onSaved(saved as Contact)}
      onClose={onClose}
    />
  )
}
