package dev.keratin.backend.compiler;

import dev.keratin.backend.compiler.MemoryPlan.Location;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The offsets of all values that live in the arena. */
final class ArenaBlocks {
    private final Map<Value, Location> locations = new HashMap<>();
    private final long bytes;
    private final long lowerBound;

    ArenaBlocks(Program program, Lifetimes lifetimes, Placement placement, long alignment) {
        Map<Value, Arena.Block> blocks = new LinkedHashMap<>();
        List<Value> roots = lifetimes.computed(program).stream()
                .filter(root -> !placement.locations().containsKey(root)).toList();
        for (Value root : roots) {
            blocks.merge(placement.owner(root), block(root, lifetimes, alignment), ArenaBlocks::union);
        }
        Arena.Layout layout = Arena.assign(List.copyOf(blocks.values()));
        Map<Value, Long> offsets = new HashMap<>();
        int next = 0;
        for (Value owner : blocks.keySet()) {
            offsets.put(owner, layout.offsets()[next++]);
        }
        roots.forEach(root -> locations.put(root, Location.arena(offsets.get(placement.owner(root)))));
        bytes = layout.bytes();
        lowerBound = Arena.lowerBound(List.copyOf(blocks.values()));
    }

    private static Arena.Block block(Value root, Lifetimes lifetimes, long alignment) {
        int start = lifetimes.definition(root);
        long size = Math.max(1, root.type().byteSize());
        int end = lifetimes.isReadAtEnd(root) ? Integer.MAX_VALUE - 1 : Math.max(start, lifetimes.lastRead(root));
        return new Arena.Block(start, end, (size + alignment - 1) / alignment * alignment);
    }

    private static Arena.Block union(Arena.Block a, Arena.Block b) {
        return new Arena.Block(Math.min(a.start(), b.start()), Math.max(a.end(), b.end()), Math.max(a.bytes(), b.bytes()));
    }

    Map<Value, Location> locations() {
        return locations;
    }

    long bytes() {
        return bytes;
    }

    long lowerBound() {
        return lowerBound;
    }
}
