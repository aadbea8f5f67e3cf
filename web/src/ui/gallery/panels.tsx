import { useState } from 'react'
import { Button } from '../Button'
import { Tag } from '../Chip'
import { CodeBlock } from '../Copy'
import { DataTable } from '../DataTable'
import { PhaseGlyph, PriorityGlyph } from '../Glyph'
import { InlinePicker } from '../InlinePicker'
import { InlineText } from '../InlineText'
import { Matrix } from '../Matrix'
import { Facts, Panel, PreferenceFrame, Section } from '../Panel'
import { Progress, ProgressLine, Skeleton, type Step, Steps } from '../progress'
import { Qr } from '../Qr'
import { Tabs } from '../Tabs'
import { Thumb } from '../Thumb'
import samples from './samples.json'

const nothing = () => undefined
const pairs = (all: readonly string[][]) => all.map(([name = '', value = '']) => ({ name, value }))

export function Side() {
  const say = samples.side
  const [name, setName] = useState(samples.queue.rows[2]?.title ?? '')
  const options = samples.form.names.map((label) => ({ value: label, label }))
  return (
    <Panel title={say.title}>
      <InlineText label={samples.form.subject} value={name} onValue={setName} />
      <div className="bj-gallery-line">
        {say.head.map(([value = '', label = ''], index) => (
          <InlinePicker
            key={label}
            boxed
            label={label}
            search={index === 2}
            options={options}
            onValue={nothing}
          >
            {index === 0 && <PhaseGlyph phase="open" />}
            {index === 1 && <PriorityGlyph priority="P1" />}
            {value}
          </InlinePicker>
        ))}
      </div>
      <PreferenceFrame title={say.wishes} actions={say.preference}>
        <Facts facts={pairs(say.wish)} />
      </PreferenceFrame>
      <Section title={say.facts_title}>
        <Facts facts={pairs(say.facts)} />
      </Section>
      <Skeleton shape="facts" lines={3} />
      <Skeleton shape="rows" lines={2} />
      <Skeleton shape="talk" lines={2} />
      <Skeleton shape="form" lines={2} />
    </Panel>
  )
}

export function Progresses() {
  const say = samples.progress
  const [tab, setTab] = useState('0')
  const stateOf = (index: number): Step['state'] =>
    index < 2 ? 'done' : index === 2 ? 'now' : 'open'
  const steps = say.steps.map(([title = '', note], index) => ({
    key: title,
    title,
    note,
    state: stateOf(index),
  }))
  return (
    <Panel title={say.title} actions={<Tag tone="brand">{samples.marks.gold}</Tag>}>
      <Tabs
        label={say.title}
        tabs={say.tabs.map((title, index) => ({ key: String(index), title, count: index }))}
        value={tab}
        onValue={setTab}
      />
      <ProgressLine on />
      <br />
      <Steps label={say.label} steps={steps} />
      <br />
      <Progress part={2 / 6} label={say.visits} />
    </Panel>
  )
}

const picture = 'data:image/gif;base64,R0lGODlhAQABAIAAAFBkgAAAACwAAAAAAQABAAACAkQBADs='

export function Tables() {
  const say = samples.table
  const [sort, setSort] = useState('name')
  const rows = samples.form.customers.map((name, index) => ({ name, index }))
  const lines = (titles: readonly string[]) => titles.map((title) => ({ key: title, title }))
  return (
    <Panel title={say.title}>
      <DataTable
        label={say.title}
        rows={rows}
        keyOf={(row) => row.index}
        sort={sort}
        onSort={setSort}
        onMore={nothing}
        columns={[
          {
            key: 'name',
            title: say.columns[0] ?? '',
            sort: 'name',
            cell: (row) => <a href={`#customer-${row.index}`}>{row.name}</a>,
          },
          {
            key: 'place',
            title: say.columns[1] ?? '',
            cell: (row) => samples.form.place[row.index],
          },
          {
            key: 'count',
            title: say.columns[2] ?? '',
            number: true,
            sort: 'count',
            cell: (row) => row.index * 7 + 3,
          },
        ]}
      />
      <Matrix
        label={say.rights}
        rows={lines(say.right)}
        columns={lines(say.roles)}
        cell={(right, role) => (
          <input type="checkbox" aria-label={`${role} ${right}`} defaultChecked={role > right} />
        )}
      />
      <CodeBlock
        label={say.code}
        code={'GET /api/v1/tickets?phase=open\nAccept: application/json'}
      />
      <br />
      <div className="bj-gallery-line">
        <Qr text={say.address} label={say.link} size={96} />
        <Thumb src={picture} label={say.thumb} caption={say.caption} opens={{}} />
        <Thumb src={picture} label={say.thumb} progress={0.6} />
        <Thumb src={picture} label={say.thumb} onRemove={nothing} removeLabel={say.remove} />
        <Button size="small">{samples.side.edit}</Button>
      </div>
    </Panel>
  )
}
