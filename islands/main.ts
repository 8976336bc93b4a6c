// The script of every page. Each island improves HTML that already works without it.
import './countdown.ts'
import './summary.ts'
import './form.ts'
import './menu.ts'
import './mask.ts'
import './once.ts'
import './passkey.ts'
import './theme.ts'
