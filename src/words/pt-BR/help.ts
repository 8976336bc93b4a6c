// Texts of the room `help`, first language: its shape is what English must satisfy.
export const help = {}
