import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { nameOf } from '@/parts/names'
import { box, pathOf, pictureOf, type State, type Transition } from './graph'
import './catalogue.css'

export interface WorkflowGraphProps {
  start: string
  states: readonly State[]
  transitions: readonly Transition[]
  chosen: string | null
  onState: (state: State) => void
  onTransition: (transition: Transition) => void
}

// States as boxes, transitions as arrows; what is chosen, and what leaves it, stands out.
export function WorkflowGraph(props: WorkflowGraphProps) {
  const { start, states, transitions, chosen, onState, onTransition } = props
  const { t } = useTranslation('catalogue')
  const picture = useMemo(() => pictureOf(start, states, transitions), [start, states, transitions])
  return (
    <div className="bj-graph">
      <svg width={picture.width} height={picture.height} aria-label={t('graph')}>
        <title>{t('graph')}</title>
        <defs>
          <marker
            id="bj-arrow"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" />
          </marker>
        </defs>
        {picture.edges.map((edge) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: the picture is a second way
          <path
            key={`${edge.transition.key} ${edge.from.state.key}`}
            className="bj-graph-edge"
            data-chosen={
              chosen === edge.transition.key || chosen === edge.from.state.key || undefined
            }
            d={pathOf(edge)}
            markerEnd="url(#bj-arrow)"
            onClick={() => onTransition(edge.transition)}
          >
            <title>{nameOf(edge.transition)}</title>
          </path>
        ))}
      </svg>
      {picture.nodes.map(({ state, x, y }) => (
        <button
          key={state.key}
          type="button"
          className="bj-graph-node"
          data-phase={state.phase}
          data-chosen={chosen === state.key || undefined}
          style={{ left: x, top: y, width: box.width, height: box.height }}
          onClick={() => onState(state)}
        >
          {nameOf(state)}
        </button>
      ))}
    </div>
  )
}
