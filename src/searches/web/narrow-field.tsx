// A labelled field of few characters, for the pages of this room.
import type { ComponentChildren } from 'preact'

export function NarrowField(props: { id: string; label: string; children: ComponentChildren }) {
  return (
    <div class="fld narrow-field">
      <label for={props.id}>{props.label}</label>
      {props.children}
    </div>
  )
}
