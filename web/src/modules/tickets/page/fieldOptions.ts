import { api, ask, type Schemas } from '@/api/client'
import { nameOf } from '@/parts/names'
import type { Option } from '@/ui/options'

type Category = Schemas['Category']

// Categories as a tree: each behind the one it belongs to, with the way to it as its hint.
export function categoryTree(categories: readonly Category[]): Option<number>[] {
  const byParent = new Map<number, Category[]>()
  for (const one of categories.filter((each) => each.active)) {
    const siblings = byParent.get(one.parent ?? 0) ?? []
    byParent.set(one.parent ?? 0, [...siblings, one])
  }
  const below = (parent: number, way: readonly string[]): Option<number>[] =>
    (byParent.get(parent) ?? []).flatMap((one) => [
      { value: one.id, label: nameOf(one), hint: way.join(' / ') || undefined },
      ...below(one.id, [...way, nameOf(one)]),
    ])
  return below(0, [])
}

function fits(typed: string, texts: (string | null | undefined)[]): boolean {
  const wanted = typed.toLowerCase()
  return texts.some((text) => text?.toLowerCase().includes(wanted))
}

export function findSitesOf(customer: number) {
  return async (typed: string): Promise<Option<number>[]> => {
    const query = { customer, active: true, limit: 100 }
    const { items } = await ask(api.GET('/sites', { params: { query } }))
    return items
      .filter((one) => fits(typed, [one.name, one.address]))
      .map((one) => ({ value: one.id, label: one.name, hint: one.address ?? undefined }))
  }
}

export function findVersionsOf(product: number) {
  return async (typed: string): Promise<Option<number>[]> => {
    const params = { path: { id: product } }
    const { items } = await ask(api.GET('/products/{id}/versions', { params }))
    return items
      .filter((one) => fits(typed, [one.name]))
      .map((one) => ({ value: one.id, label: one.name }))
  }
}
