// Texts of the room `problems`, first language: its shape is what English must satisfy.
export const problems = {}
