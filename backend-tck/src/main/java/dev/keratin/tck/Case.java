package dev.keratin.tck;

import java.util.function.Consumer;

/**
 * A program to run, and how near to the reference it must come.
 *
 * @param name unique in the table; seeds the random numbers
 * @param tolerance for all results and updated parameters
 * @param script writes the program
 */
record Case(String name, Tolerance tolerance, Consumer<Sketch> script) {
    /** Writes the program anew. */
    Sketch sketch() {
        Sketch sketch = new Sketch();
        script.accept(sketch);
        return sketch;
    }
}
