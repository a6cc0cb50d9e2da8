import './zod-without-eval.ts'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { connect } from './api.ts'
import { App } from './app.tsx'
import { followHost } from './stores/host.ts'
import { followJobs } from './stores/jobs.ts'
import { followLibrary } from './stores/library.ts'
import { followModels } from './stores/models.ts'
import { followAddress } from './stores/navigation.ts'
import { followSettings } from './stores/settings.ts'
import { followTray } from './stores/tray.ts'
import './styles/base.css'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
// Takes the access token out of the address, so it comes before whoever reads the address.
connect()
followAddress()
followHost()
followSettings()
followLibrary()
followJobs()
followModels()
followTray()
createRoot(root).render(<StrictMode><App /></StrictMode>)
