import type { Handlers } from '../handler.js'

export const handlers: Handlers = {}
