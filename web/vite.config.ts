import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { pwaOptions } from './src/pwa/pwa-options.ts'

const server = 'http://localhost:4000'

export default defineConfig({
  plugins: [react(), tailwindcss(), VitePWA(pwaOptions)],
  resolve: {
    alias: [{ find: /^zod$/, replacement: fileURLToPath(new URL('src/shell/parse-without-eval.ts', import.meta.url)) }],
  },
  build: {
    target: 'baseline-widely-available',
    sourcemap: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // Leaves out what is made and never used: lib0's schemas, which Yjs imports beside what it needs.
      treeshake: { manualPureFunctions: ['$', '$custom', '$constructedBy'] },
      output: {
        codeSplitting: {
          // Apart from the first screen's code, which needs no schemas.
          groups: [
            { name: 'zod', test: /parse-without-eval|node_modules\/zod\//, priority: 1 },
            // One file: what later parts share with the first screen would make some forty, each compressed alone.
            { name: 'start', tags: ['$initial'] },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': server, '/sync': { target: server, ws: true } } },
  preview: { proxy: { '/api': server, '/sync': { target: server, ws: true } } },
})
