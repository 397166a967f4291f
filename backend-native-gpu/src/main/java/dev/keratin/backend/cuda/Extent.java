package dev.keratin.backend.cuda;

/** Bytes from a place on. */
record Extent(Slot start, long bytes) {
    boolean overlaps(Extent other) {
        return start.base() == other.start.base() && start.offset() < other.start.offset() + other.bytes
                && other.start.offset() < start.offset() + bytes;
    }
}
