package dev.keratin.backend.cuda;

/**
 * Where things lie during one run.
 *
 * @param bases device addresses, numbered as {@link Slot#base}
 */
record Frame(GpuDriver driver, long[] bases) {
    long at(Slot slot) {
        return bases[slot.base()] + slot.offset();
    }
}
