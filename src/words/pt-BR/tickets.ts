// Texts of the room `tickets`, first language: its shape is what English must satisfy.
export const tickets = {}
