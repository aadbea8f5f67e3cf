import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Page } from '@/parts/Page'
import { QueryView } from '@/parts/QueryView'
import { organisationQuery } from '@/parts/useOrganisation'
import { OrganisationForm } from './OrganisationForm'

export default function OrganisationPage() {
  const { t } = useTranslation('organisation')
  const query = useQuery(organisationQuery)
  return (
    <Page title={t('title')} narrow>
      <QueryView query={query}>{(found) => <OrganisationForm organisation={found} />}</QueryView>
    </Page>
  )
}
