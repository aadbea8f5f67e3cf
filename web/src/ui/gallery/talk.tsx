import { IconEye } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { FileChip } from '../FileChip'
import { Panel } from '../Panel'
import { Bubble, DayLine, NewLine, SystemLine } from '../Talk'
import samples from './samples.json'

const Editor = lazy(() => import('../Editor'))
const say = samples.talk
const file = samples.marks

function Face({ name }: { name: string }) {
  return (
    <span className="bj-gallery-face" aria-hidden="true">
      {name.slice(0, 1)}
    </span>
  )
}

const ask = async () => samples.form.names.map((label, index) => ({ value: index + 1, label }))

export function TalkSample() {
  const [html, setHtml] = useState('')
  return (
    <Panel title={say.title}>
      <DayLine>{say.day}</DayLine>
      <Bubble
        from="them"
        avatar={<Face name={say.them} />}
        name={say.them}
        about={say.them_about}
        time={<time>09:42</time>}
        files={
          <>
            <FileChip name={file.picture} type="image/png" bytes={284_000} href="#picture" />
            <FileChip name={file.log} type="text/plain" bytes={3_100_000} href="#log" />
          </>
        }
      >
        {say.them_said}
        <strong>{say.them_strong}</strong>
      </Bubble>
      <SystemLine>
        {say.rule} <b>{say.person}</b> <time>09:42</time>
      </SystemLine>
      <Bubble
        from="us"
        avatar={<Face name={say.person} />}
        name={say.person}
        about={say.us_about}
        time={<time>09:54</time>}
        foot={
          <>
            <IconEye size={14} stroke={1.6} aria-hidden="true" /> {say.read}
          </>
        }
      >
        {say.us_said} <code>{say.code}</code> {say.us_rest}
      </Bubble>
      <Bubble
        from="note"
        avatar={<Face name={say.note} />}
        name={say.note}
        about={say.note_about}
        time={<time>10:08</time>}
      >
        {say.note_said}
      </Bubble>
      <NewLine>{say.new}</NewLine>
      <Suspense>
        <Editor
          label={say.write}
          placeholder={say.placeholder}
          value={html}
          onValue={setHtml}
          onFiles={() => undefined}
          people={ask}
        />
      </Suspense>
    </Panel>
  )
}
