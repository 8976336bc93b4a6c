// Menus made of <details>: Escape and a click outside close them; "/" goes to the search box.

const openMenus = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll('details.drop[open]')

document.addEventListener('click', (event) => {
  for (const menu of openMenus()) {
    if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false
  }
})

document.addEventListener('focusin', (event) => {
  for (const menu of openMenus()) {
    if (!(event.target instanceof Node && menu.contains(event.target))) menu.open = false
  }
})

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    for (const menu of openMenus()) {
      menu.open = false
      menu.querySelector('summary')?.focus()
    }
  }
  if (event.key === '/' && !event.ctrlKey && !event.altKey && !event.metaKey && !isTyping(event.target)) {
    const box = document.getElementById('pesquisa')
    if (!box) return
    event.preventDefault()
    box.focus()
  }
})

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
