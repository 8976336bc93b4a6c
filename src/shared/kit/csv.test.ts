// Cells stay cells: whatever stands in them, a reader of the file finds as many rows and columns as were written, and runs nothing.
import { expect, it } from 'vitest'
import { csvLines, defused } from '#shared/kit/csv.ts'

it.each(['\n', '\r', '\r\n'])('a cell with the line break %j is one cell, and no line of it is a formula', (line) => {
  const text = csvLines([['24156', `Boletim ilegível${line}=cmd|'/c calc'!A0`, 'Novo']])
  expect(text).toBe(`24156;"Boletim ilegível${line}'=cmd|'/c calc'!A0";Novo\r\n`)
})

it('a formula behind spaces, behind several line breaks or alone in its line is defused', () => {
  expect(defused('a\n\n  =1')).toBe("a\n\n'  =1")
  expect(defused('a\r\n@b')).toBe("a\r\n'@b")
  expect(defused('a\nb=1')).toBe('a\nb=1')
  expect(defused('\r=1')).toBe("'\r'=1")
})
