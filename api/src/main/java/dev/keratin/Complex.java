package dev.keratin;

/**
 * Complex numbers as a pair of tensors, for the few functions that give or take them.
 *
 * @param real floating
 * @param imag of the same type
 */
public record Complex(Tensor real, Tensor imag) {}
