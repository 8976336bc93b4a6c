// Keeps a countdown running by the server's clock: `now` says what time it was when the page was made.

const MINUTE = 60_000

class Countdown extends HTMLElement {
  #timer: ReturnType<typeof setInterval> | undefined

  connectedCallback(): void {
    const due = Date.parse(this.getAttribute('until') ?? '')
    const ahead = Date.parse(this.getAttribute('now') ?? '') - Date.now()
    if (Number.isNaN(due) || Number.isNaN(ahead)) return
    const show = () => this.#show(due - (Date.now() + ahead))
    this.#timer = setInterval(show, 15_000)
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer)
  }

  #show(left: number): void {
    const minutes = Math.max(0, Math.floor(left / MINUTE))
    this.#write('[data-d]', Math.floor(minutes / 1440))
    this.#write('[data-h]', Math.floor((minutes % 1440) / 60))
    this.#write('[data-m]', minutes % 60)
  }

  #write(part: string, value: number): void {
    const place = this.querySelector(part)
    if (place && place.textContent !== String(value)) place.textContent = String(value)
  }
}

customElements.define('eprod-countdown', Countdown)
