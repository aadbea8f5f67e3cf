import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { apiPath } from '@/api/base_path'
import { api, ask, type Schemas } from '@/api/client'
import { sayFailed } from './problems'

export type RemoteImage = Schemas['RemoteImageCard']

export interface RemoteImages {
  // Somebody wants to see them.
  asked: boolean
  // Our server is told to fetch them; those it could not get are tried again.
  load: () => void
  // What is known of each so far, by the address the text has; nothing before the first answer.
  known?: ReadonlyMap<string, RemoteImage>
}

const lookAgainMs = 700

// Where our copy of an image of another host lies.
export function copyOf(image: RemoteImage): string {
  return apiPath(`/remote-images/${image.id}`)
}

function byAddress(images: readonly RemoteImage[]): ReadonlyMap<string, RemoteImage> {
  return new Map(images.map((image) => [image.address, image]))
}

function anyWaits(images: readonly RemoteImage[] | undefined): boolean {
  return images?.some((image) => image.state === 'waiting') ?? false
}

// The images of other hosts in what "message:12" shows: nothing is asked for until `load` is
// called, and then by our server alone.
export function useRemoteImages(holder: string): RemoteImages {
  const queries = useQueryClient()
  const key = ['remote_images', holder]
  const [asked, setAsked] = useState(false)
  const wish = useMutation({
    mutationFn: () => ask(api.POST('/remote-images', { body: { holder } })),
    onSuccess: (answer) => queries.setQueryData(key, answer.items),
    onError: (error) => {
      setAsked(false)
      sayFailed(error)
    },
  })
  const { data } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const answer = await ask(api.GET('/remote-images', { params: { query: { holder } }, signal }))
      return answer.items
    },
    // Begun by the answer to the wish, and read again while something is on its way.
    enabled: ({ state }) => asked && anyWaits(state.data),
    refetchInterval: ({ state }) => (anyWaits(state.data) ? lookAgainMs : false),
  })
  const load = () => {
    setAsked(true)
    wish.mutate()
  }
  return { asked, load, known: asked && data ? byAddress(data) : undefined }
}
