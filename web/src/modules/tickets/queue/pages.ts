// When something happens to a ticket, all pages of a list that were read are asked for again. For a
// queue of thousands only those around what is seen are; the others when one comes near them.

interface Kept<Page> {
  page: Page
  // It was not asked for again when that was wanted.
  owed: boolean
}

export class PageKeeper<Page> {
  private readonly pages = new Map<string, Kept<Page>>()
  private seen = 0

  // Which page is looked at just now, counted from 0. True: what is near has to be read again.
  look(page: number): boolean {
    this.seen = page
    return [...this.pages.values()].some(({ owed }, at) => owed && this.isNear(at))
  }

  // What was read before and need not be read again now.
  rested(cursor: string): Page | undefined {
    const at = [...this.pages.keys()].indexOf(cursor)
    const kept = this.pages.get(cursor)
    if (!kept || this.isNear(at)) return undefined
    kept.owed = true
    return kept.page
  }

  keep(cursor: string, page: Page): Page {
    this.pages.set(cursor, { page, owed: false })
    return page
  }

  private isNear(at: number): boolean {
    return Math.abs(at - this.seen) <= 1
  }
}
