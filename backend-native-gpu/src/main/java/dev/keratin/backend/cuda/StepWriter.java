package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Node;

/** Writes the steps that compute a node; mostly one. */
@FunctionalInterface
interface StepWriter {
    void write(Node node, Code code);
}
