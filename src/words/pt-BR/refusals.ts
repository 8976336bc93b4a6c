// Texts of the room `refusals`, first language: its shape is what English must satisfy.
export const refusals = {}
