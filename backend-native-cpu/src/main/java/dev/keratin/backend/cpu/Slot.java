package dev.keratin.backend.cpu;

/**
 * Where a value lies when a program runs.
 *
 * @param base 0: {@code offset} is an address; 1: the arena; from 2 on the parameters, then the results
 * @param offset bytes
 */
record Slot(long base, long offset) {
    static final int ADDRESS = 0;
    static final int ARENA = 1;
    static final int FIRST_PARAMETER = 2;
}
