import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { connect } from './api.ts'
import { App } from './app.tsx'
import './styles/base.css'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
connect()
createRoot(root).render(<StrictMode><App /></StrictMode>)
