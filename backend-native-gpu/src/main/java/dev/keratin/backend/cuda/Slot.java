package dev.keratin.backend.cuda;

/**
 * Where a value lies when a program runs.
 *
 * @param base 0: {@code offset} is a device address; 1: the arena; from 2 on the parameters, then the results
 * @param offset bytes
 */
record Slot(int base, long offset) {
    static final int ADDRESS = 0;
    static final int ARENA = 1;
    static final int FIRST_PARAMETER = 2;

    Slot plus(long bytes) {
        return new Slot(base, offset + bytes);
    }
}
