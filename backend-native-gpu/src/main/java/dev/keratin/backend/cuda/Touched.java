package dev.keratin.backend.cuda;

import java.util.List;

/** What memory some work reads and writes, but for constants and its own scratch. */
record Touched(List<Extent> reads, List<Extent> writes) {
    /** Whether it makes no difference which of two comes first, or whether they run at once. */
    boolean isIndependentOf(Touched other) {
        return isApart(writes, other.writes) && isApart(writes, other.reads) && isApart(reads, other.writes);
    }

    private static boolean isApart(List<Extent> some, List<Extent> others) {
        for (Extent one : some) {
            for (Extent other : others) {
                if (one.overlaps(other)) {
                    return false;
                }
            }
        }
        return true;
    }
}
