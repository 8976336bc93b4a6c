// Texts of the room `identity`, first language: its shape is what English must satisfy.
export const identity = {}
