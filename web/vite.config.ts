import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// The program behind the pages while one works on them.
const server = process.env.BAIJIN_SERVER ?? 'http://127.0.0.1:8080'

// While one works on the pages, as the program does it: an address without a dot is a place inside
// the nearest application.
function placesInsideApplications(): Plugin {
  return {
    name: 'baijin-places',
    configureServer(dev) {
      dev.middlewares.use((request, _answer, next) => {
        const path = (request.url ?? '/').split('?')[0] ?? '/'
        const isPlace = !path.includes('.') && !/^\/(api|@|src|node_modules)/.test(path)
        if (isPlace) request.url = path.startsWith('/portal') ? '/portal/index.html' : '/index.html'
        next()
      })
    },
  }
}

// Both applications say "./assets/…", also the one that lies in a folder: the program puts the path
// before it under which people reach the desk.
function sameAddressesInEveryFolder(): Plugin {
  return {
    name: 'baijin-addresses',
    enforce: 'post',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue
        file.source = String(file.source).replaceAll('="../', '="./')
      }
    },
  }
}

export default defineConfig({
  base: './',
  appType: 'mpa',
  plugins: [react(), placesInsideApplications(), sameAddressesInEveryFolder()],
  resolve: { alias: { '@': at('./src') } },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: server, changeOrigin: true, ws: true, headers: { origin: server } },
    },
  },
  build: {
    target: 'es2022',
    // Fonts must come from an address of their own under the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'assets/manifest.json',
    rolldownOptions: {
      input: { agent: at('./index.html'), portal: at('./portal/index.html') },
      output: { hashCharacters: 'hex' },
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}', 'tokens/**/*.test.ts'],
    testTimeout: 30_000,
  },
})
