// What is wrong is said first: the summary takes the focus when the page has opened.
document.querySelector<HTMLElement>('[data-focus]')?.focus()
