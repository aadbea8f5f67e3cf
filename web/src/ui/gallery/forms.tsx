import { useState } from 'react'
import { Checkbox, ChoiceCards, Radios, SegmentsField, Switch } from '../choices'
import { DateTimeField } from '../DateTimeField'
import { TextAreaField, TextField } from '../Field'
import { MultiPicker } from '../MultiPicker'
import { NumberField } from '../NumberField'
import type { Option } from '../options'
import { Panel } from '../Panel'
import { Picker } from '../Picker'
import samples from './samples.json'

const say = samples.form
const nothing = () => undefined

const customers = say.customers.map((label, index) => ({
  value: index + 1,
  label,
  words: say.words[index],
  hint: say.place[index],
}))
const people = say.names.map((label, index) => ({ value: index + 1, label }))
const ask = async (typed: string) => people.filter((one) => one.label.includes(typed))
const choices = (labels: readonly string[], hints?: readonly string[]) =>
  labels.map((label, index) => ({ value: String(index), label, hint: hints?.[index] }))

export function Forms() {
  const [customer, setCustomer] = useState<number | null>(1)
  const [chosen, setChosen] = useState<Option<number>[]>(people.slice(0, 2))
  const [degrees, setDegrees] = useState<number | null>(23.5)
  const [visit, setVisit] = useState<string | null>('2026-11-23T06:00:00Z')
  const [answer, setAnswer] = useState('1')
  return (
    <Panel title={say.title}>
      <div className="bj-form">
        <TextField required label={say.subject} value={say.subject_value} onValue={nothing} />
        <TextAreaField
          label={say.about}
          hint={say.hint}
          value={say.about_value}
          onValue={nothing}
        />
        <div className="bj-form-row">
          <TextField
            label={say.mail}
            problem={say.mail_problem}
            value={say.mail_value}
            onValue={nothing}
          />
          <NumberField
            label={say.temperature}
            unit={say.unit}
            places={1}
            negative
            value={degrees}
            onValue={setDegrees}
          />
          <DateTimeField label={say.visit} zone="Asia/Shanghai" value={visit} onValue={setVisit} />
          <Picker
            clearable
            label={say.customer}
            value={customer}
            options={customers}
            onValue={setCustomer}
          />
        </div>
        <MultiPicker label={say.people} value={chosen} options={ask} onValue={setChosen} />
        <div className="bj-gallery-line">
          <Switch label={say.tell} checked onChecked={nothing} />
          <Checkbox label={say.remember} checked onChecked={nothing} />
          <Checkbox label={say.remember} checked={false} onChecked={nothing} />
        </div>
        <SegmentsField
          label={say.severity}
          value={answer}
          choices={choices(say.severities)}
          onValue={setAnswer}
        />
        <Radios
          label={say.solved}
          value={answer}
          choices={choices(say.answers, ['', '', say.severity_hint])}
          onValue={setAnswer}
        />
        <ChoiceCards
          label={say.kind}
          value={answer}
          choices={choices(say.kinds, say.kinds_hint)}
          onValue={setAnswer}
        />
      </div>
    </Panel>
  )
}
