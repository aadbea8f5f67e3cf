import {
  IconAlertOctagon,
  IconArrowBigUpLines,
  IconBulb,
  IconClipboardCheck,
  IconHelpCircle,
  IconLifebuoy,
  IconMessageReport,
  IconPackages,
  IconSchool,
  IconSettingsCode,
  IconTool,
  IconTruckReturn,
} from '@tabler/icons-react'
import type { Icon } from '@/ui/Button'

// By the name that an administrator gave a service type; an unknown one gets the lifebuoy.
const icons: Record<string, Icon> = {
  fault: IconAlertOctagon,
  question: IconHelpCircle,
  training: IconSchool,
  inspection: IconClipboardCheck,
  maintenance: IconTool,
  upgrade: IconArrowBigUpLines,
  installation: IconPackages,
  change: IconSettingsCode,
  repair: IconTruckReturn,
  complaint: IconMessageReport,
  idea: IconBulb,
}

export function iconOf(name: string | null | undefined): Icon {
  return icons[name ?? ''] ?? IconLifebuoy
}
