package dev.keratin.backend.cpu;

/** The kinds of steps, as {@code opcodes.def} numbers them. */
enum Opcode {
    COPY(1),
    MATMUL(40),
    CONV(41);

    private final int number;

    Opcode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
