import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { createBridge } from './bridge.ts'

contextBridge.exposeInMainWorld('scenedex', createBridge(ipcRenderer, (file) => webUtils.getPathForFile(file)))
