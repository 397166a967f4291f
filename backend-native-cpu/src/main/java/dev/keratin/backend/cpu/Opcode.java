package dev.keratin.backend.cpu;

/** The kinds of steps, as {@code opcodes.def} numbers them. */
enum Opcode {
    // Core.
    COPY(1),
    FUSED(2),
    REDUCE(3),

    // oneDNN.
    MATMUL(40),
    CONV(41),

    // Indexing and sorting.
    ;

    private final int number;

    Opcode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
