// GitHub's language service imports JSON without saying so, which Node refuses. `node --import` this file first.
import * as module from 'node:module'

const load = (url, context, next) =>
  next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context)

if (module.registerHooks) module.registerHooks({ load })
else module.register(`data:text/javascript,${encodeURIComponent(`export const load = async ${load}`)}`)
