import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem, type Problem } from '@/api/problem'

// What all forms at the door have in common: sent once, and what was wrong is said where it was.
export function useDoor(act: () => Promise<unknown>) {
  const { t } = useTranslation(['app', 'reasons'])
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)

  async function submit(event?: FormEvent) {
    event?.preventDefault()
    if (pending) return
    setPending(true)
    setProblem(null)
    try {
      await act()
    } catch (error) {
      setProblem(asProblem(error))
    }
    setPending(false)
  }

  const say = (reason: string) => t(`reasons:${reason}`, { defaultValue: t('reasons:internal') })
  const fieldProblem = (field: string) => {
    const wrong = problem?.fields.find((one) => one.field === field)
    return wrong && say(wrong.reason)
  }
  const banner = problem && problem.fields.length === 0 ? say(problem.reason) : null
  return { submit, pending, problem, banner, fieldProblem, setProblem }
}
