// What was just done is said once: the page loaded again does not say it anew, when it may no longer be so.
const address = new URL(location.href)
if (address.searchParams.has('feito')) {
  address.searchParams.delete('feito')
  history.replaceState(history.state, '', address)
}
