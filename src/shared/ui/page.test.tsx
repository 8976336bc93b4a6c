// The shell of a page: what stands in it for whom, and that nothing a person typed becomes markup.
import { describe, expect, it } from 'vitest'
import type { Actor } from '#shared/kit/actor.ts'
import { openPage, page } from '#shared/ui/page.tsx'
import type { Answer, Guest, Visit } from '#shared/web/site.ts'
import { LANGS, wordsFor } from '#words/words.ts'

const operator: Actor = {
  personId: 1,
  sessionId: 1,
  name: 'Ana <b>Souza</b>',
  email: 'ana@example.com',
  cpf: '11144477735',
  side: 'institution',
  institutionId: 2,
  institutionName: 'Banco "Exemplo" & Filhos',
  classes: [122, 151],
  teams: [],
}
const guest = (more: Partial<Guest> = {}): Guest => ({
  words: wordsFor('pt-BR'),
  lang: 'pt-BR',
  theme: undefined,
  now: new Date('2026-11-23T12:00:00Z'),
  path: '/chamados?q="><script>',
  demo: false,
  ...more,
})
// The shell asks the database nothing.
const visit = (actor: Partial<Actor> = {}, more: Partial<Guest> = {}): Visit =>
  ({
    ...guest(more),
    actor: { ...operator, ...actor },
    posted: { fields: {}, files: [] },
    noteReading: () => {},
    keepToken: () => '',
  }) as unknown as Visit
const htmlOf = (answer: Answer): string => ('html' in answer ? answer.html : '')
const content = { title: 'Teste', body: <h1>Teste</h1> }

describe('the shell of a page', () => {
  it('escapes names, addresses and terms', () => {
    const html = htmlOf(
      page(visit(), { ...content, term: '"><img src=x>', notice: '<i>ok</i>', title: '</title><script>' }),
    )
    expect(html).not.toMatch(/<script>|<img|<b>Souza|<i>ok/)
    expect(html).toContain('Banco &quot;Exemplo&quot; &amp; Filhos')
  })

  it('brings no inline style, script or handler, which the content security policy would stop', () => {
    const html = htmlOf(page(visit(), content)) + htmlOf(openPage(guest(), content))
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/)
    expect(
      html.match(/<script[^>]*>(.*?)<\/script>/g)?.every((one) => one.includes('src=') && one.endsWith('></script>')),
    ).toBe(true)
  })

  it('offers opening a ticket only to those who may, and the queue only to the staff', () => {
    expect(htmlOf(page(visit(), content))).toContain('href="/abrir-chamado"')
    expect(htmlOf(page(visit({ classes: [122] }), content))).not.toContain('/abrir-chamado')
    expect(htmlOf(page(visit(), content))).not.toContain('/atendimento')
    const staff = htmlOf(page(visit({ side: 'staff', classes: [901] }), content))
    expect(staff).toContain('href="/atendimento"')
    expect(staff).not.toContain('/abrir-chamado')
  })

  it('has the four shortcuts of eMAG, each to a place that exists', () => {
    const html = htmlOf(page(visit(), content))
    for (const [key, place] of [
      ['1', 'conteudo'],
      ['2', 'menu'],
      ['3', 'pesquisa'],
      ['4', 'rodape'],
    ]) {
      expect(html).toMatch(new RegExp(`href="#${place}" accesskey="${key}"`, 'i'))
      expect(html).toContain(`id="${place}"`)
    }
  })

  it.each(LANGS)('speaks %s throughout and offers the other language', (lang) => {
    const words = wordsFor(lang)
    const html = htmlOf(page(visit({}, { lang, words }), content))
    expect(html).toContain(`<html lang="${lang}"`)
    expect(html).toContain(words.shared.menu.list)
    expect(html).toContain(`name="idioma" value="${LANGS.find((one) => one !== lang)}"`)
  })

  it('carries the chosen theme, so that nothing flashes, and none when the system decides', () => {
    expect(htmlOf(page(visit({}, { theme: 'dark' }), content))).toContain('data-theme="dark"')
    expect(htmlOf(page(visit(), content))).not.toContain('data-theme=')
  })
})
