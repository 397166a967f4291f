package dev.keratin;

import dev.keratin.backend.ir.Program;
import java.util.Map;

/**
 * A program and where the arguments come from that a caller doesn't pass.
 *
 * @param program what was traced
 * @param captures tensors from outside, by the index of their parameter
 * @param variables variables, by the index of their parameter; those that were assigned are updates of the program
 */
public record TracedProgram(Program program, Map<Integer, Tensor> captures, Map<Integer, Variable> variables) {}
