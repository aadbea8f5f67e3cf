// Behind a reverse proxy the desk may live below a path. Nobody tells the pages which: they find it
// in the address of their own program, which lies in <path>/assets/.
export function pathBefore(address: string): string {
  const { pathname } = new URL(address)
  const assets = pathname.lastIndexOf('/assets/')
  return assets < 0 ? '' : pathname.slice(0, assets)
}

export function basePath(): string {
  return pathBefore(import.meta.url)
}

export function apiPath(path: string): string {
  return `${basePath()}/api/v1${path}`
}
