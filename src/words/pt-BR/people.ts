// Texts of the room `people`, first language: its shape is what English must satisfy.
export const people = {}
