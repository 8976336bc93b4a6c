// Helps typing identifiers: separators come by themselves. Never fights the caret: it acts only on what is typed at the end,
// never on what is removed, composed or typed in the middle. On leaving the field the whole is tidied. Shapes: shared/kit/mask.ts.
import { shaped } from '#shared/kit/mask.ts'

const shapesOf = (field: HTMLInputElement): readonly string[] => field.dataset.mask?.split('|') ?? []

// Captured, so that the form's own listeners read what the field will hold.
document.addEventListener(
  'input',
  (event) => {
    const field = event.target
    if (!(field instanceof HTMLInputElement) || !field.dataset.mask) return
    const { inputType, isComposing } = event as InputEvent
    const typedAtEnd = inputType === 'insertText' && field.selectionStart === field.value.length
    // A separator typed by hand is right as it is; the next character falls into its place.
    if (!isComposing && typedAtEnd && /[\p{L}\p{N}]$/u.test(field.value)) write(field)
  },
  { capture: true },
)

document.addEventListener(
  'change',
  (event) => {
    if (event.target instanceof HTMLInputElement && event.target.dataset.mask) write(event.target)
  },
  { capture: true },
)

function write(field: HTMLInputElement): void {
  const made = shaped(field.value, shapesOf(field))
  if (made !== field.value) field.value = made
}
