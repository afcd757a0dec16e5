import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { pwaOptions } from './src/pwa/pwa-options.ts'

const server = 'http://localhost:4000'

export default defineConfig({
  plugins: [react(), tailwindcss(), VitePWA(pwaOptions)],
  build: {
    target: 'baseline-widely-available',
    sourcemap: true,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Chunks run before the page's own code, and schemas are made in them: the setting goes with the library.
          groups: [{ name: 'zod', test: /parse-without-eval|node_modules\/zod\// }],
        },
      },
    },
  },
  server: { proxy: { '/api': server, '/sync': { target: server, ws: true } } },
  preview: { proxy: { '/api': server, '/sync': { target: server, ws: true } } },
})
