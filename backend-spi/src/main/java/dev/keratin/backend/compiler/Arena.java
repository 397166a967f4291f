package dev.keratin.backend.compiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Offsets for blocks of memory whose lifetimes are known, such that blocks alive at the same time are apart.
 *
 * <p>Two heuristics, the better result counts: big blocks first, each at the lowest offset that is free all its life
 * (left out above {@link #MANY} blocks, its cost being quadratic); and in order of time, each into the smallest hole.
 */
final class Arena {
    private static final int MANY = 2000;

    /**
     * A block.
     *
     * @param start the first time at which it is needed
     * @param end the last time, included
     * @param bytes a multiple of the alignment, more than 0
     */
    record Block(int start, int end, long bytes) {
        boolean overlaps(Block other) {
            return start <= other.end && other.start <= end;
        }
    }

    /** Where blocks went, in their order, and how much memory they take. */
    record Layout(long[] offsets, long bytes) {}

    private Arena() {}

    static Layout assign(List<Block> blocks) {
        Layout swept = byTime(blocks);
        if (blocks.size() > MANY || swept.bytes() == lowerBound(blocks)) {
            return swept;
        }
        Layout sorted = bySize(blocks);
        return sorted.bytes() <= swept.bytes() ? sorted : swept;
    }

    /** The most bytes alive at one time. */
    static long lowerBound(List<Block> blocks) {
        TreeMap<Integer, Long> changes = new TreeMap<>();
        for (Block block : blocks) {
            changes.merge(block.start(), block.bytes(), Long::sum);
            changes.merge(block.end() + 1, -block.bytes(), Long::sum);
        }
        long alive = 0;
        long most = 0;
        for (long change : changes.values()) {
            alive += change;
            most = Math.max(most, alive);
        }
        return most;
    }

    private static Layout bySize(List<Block> blocks) {
        long[] offsets = new long[blocks.size()];
        List<Integer> placed = new ArrayList<>();
        long total = 0;
        for (int i : sorted(blocks, Comparator.comparingLong((Block block) -> -block.bytes()))) {
            Block block = blocks.get(i);
            offsets[i] = lowestGap(block, placed, blocks, offsets);
            total = Math.max(total, offsets[i] + block.bytes());
            insertByOffset(placed, i, offsets);
        }
        return new Layout(offsets, total);
    }

    private static long lowestGap(Block block, List<Integer> placed, List<Block> blocks, long[] offsets) {
        long offset = 0;
        for (int other : placed) {
            if (blocks.get(other).overlaps(block)) {
                if (offsets[other] - offset >= block.bytes()) {
                    return offset;
                }
                offset = Math.max(offset, offsets[other] + blocks.get(other).bytes());
            }
        }
        return offset;
    }

    private static void insertByOffset(List<Integer> placed, int block, long[] offsets) {
        int low = 0;
        int high = placed.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (offsets[placed.get(middle)] <= offsets[block]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        placed.add(low, block);
    }

    private static Layout byTime(List<Block> blocks) {
        long[] offsets = new long[blocks.size()];
        Holes holes = new Holes();
        PriorityQueue<Integer> alive = new PriorityQueue<>(Comparator.comparingInt(i -> blocks.get(i).end()));
        for (int i : sorted(blocks, Comparator.comparingInt(Block::start))) {
            Block block = blocks.get(i);
            while (!alive.isEmpty() && blocks.get(alive.peek()).end() < block.start()) {
                int dead = alive.poll();
                holes.free(offsets[dead], blocks.get(dead).bytes());
            }
            offsets[i] = holes.take(block.bytes());
            alive.add(i);
        }
        return new Layout(offsets, holes.top);
    }

    private static List<Integer> sorted(List<Block> blocks, Comparator<Block> order) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            indices.add(i);
        }
        indices.sort(Comparator.comparing(blocks::get, order));
        return indices;
    }

    /** The free parts of a memory that grows at its end. */
    private static final class Holes {
        private record Hole(long bytes, long offset) {}

        private final TreeMap<Long, Long> byOffset = new TreeMap<>();
        private final TreeSet<Hole> bySize =
                new TreeSet<>(Comparator.comparingLong(Hole::bytes).thenComparingLong(Hole::offset));
        private long top;

        long take(long bytes) {
            Hole hole = bySize.ceiling(new Hole(bytes, 0));
            if (hole == null) {
                return grow(bytes);
            }
            remove(hole);
            if (hole.bytes() > bytes) {
                add(hole.offset() + bytes, hole.bytes() - bytes);
            }
            return hole.offset();
        }

        private long grow(long bytes) {
            long offset = top;
            Map.Entry<Long, Long> last = byOffset.lastEntry();
            if (last != null && last.getKey() + last.getValue() == top) {
                offset = last.getKey();
                remove(new Hole(last.getValue(), offset));
            }
            top = offset + bytes;
            return offset;
        }

        void free(long offset, long bytes) {
            long start = offset;
            long end = offset + bytes;
            Map.Entry<Long, Long> before = byOffset.lowerEntry(offset);
            if (before != null && before.getKey() + before.getValue() == offset) {
                start = before.getKey();
                remove(new Hole(before.getValue(), start));
            }
            Long after = byOffset.get(end);
            if (after != null) {
                remove(new Hole(after, end));
                end += after;
            }
            add(start, end - start);
        }

        private void add(long offset, long bytes) {
            byOffset.put(offset, bytes);
            bySize.add(new Hole(bytes, offset));
        }

        private void remove(Hole hole) {
            byOffset.remove(hole.offset());
            bySize.remove(hole);
        }
    }
}
