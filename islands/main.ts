// The script of every page. Each island improves HTML that already works without it.
import './countdown.ts'
import './summary.ts'
import './form.ts'
import './live.ts'
import './menu.ts'
import './mask.ts'
import './notice.ts'
import './once.ts'
import './session.ts'
import './suggest.ts'
import './theme.ts'
import './ticket-files.ts'

document.documentElement.dataset.scripted = 'yes'

// Few pages are searched in, or ask for a passkey.
if (document.querySelector('[data-criteria], [data-swap]')) void import('./criteria.ts')
if (document.querySelector('form[data-passkey]')) void import('./passkey.ts')
