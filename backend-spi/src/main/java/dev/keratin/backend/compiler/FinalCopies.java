package dev.keratin.backend.compiler;

import dev.keratin.backend.compiler.MemoryPlan.Copy;
import dev.keratin.backend.compiler.MemoryPlan.Location;
import dev.keratin.backend.ir.Program;
import dev.keratin.backend.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The copies after the last node: first to results, as these may need a parameter's old content, then to parameters,
 * each after those that read what it overwrites; a cycle is cut by saving one parameter in the arena.
 */
final class FinalCopies {
    private final List<Copy> copies = new ArrayList<>();
    private final long alignment;
    private long arenaBytes;

    FinalCopies(Program program, Function<Value, Location> locationOf, long arenaBytes, long alignment) {
        this.arenaBytes = arenaBytes;
        this.alignment = alignment;
        for (int i = 0; i < program.results().size(); i++) {
            Value value = program.results().get(i);
            add(locationOf.apply(value), Location.result(i), value.type().byteSize());
        }
        Map<Location, Copy> pending = new LinkedHashMap<>();
        for (Program.Update update : program.updates()) {
            Location to = Location.parameter(update.parameter());
            Location from = locationOf.apply(update.value());
            if (!from.equals(to)) {
                pending.put(to, new Copy(from, to, update.value().type().byteSize()));
            }
        }
        addInSafeOrder(pending);
    }

    List<Copy> copies() {
        return List.copyOf(copies);
    }

    long arenaBytes() {
        return arenaBytes;
    }

    private void add(Location from, Location to, long bytes) {
        if (!from.equals(to)) {
            copies.add(new Copy(from, to, bytes));
        }
    }

    private void addInSafeOrder(Map<Location, Copy> pending) {
        Map<Location, Integer> readers = new HashMap<>();
        pending.values().forEach(copy -> readers.merge(copy.from(), 1, Integer::sum));
        Deque<Copy> ready = new ArrayDeque<>();
        pending.values().stream().filter(copy -> !readers.containsKey(copy.to())).forEach(ready::add);
        drain(pending, readers, ready);
        while (!pending.isEmpty()) {
            Copy first = pending.values().iterator().next();
            Location saved = Location.arena(arenaBytes);
            arenaBytes += (first.bytes() + alignment - 1) / alignment * alignment;
            add(first.to(), saved, first.bytes());
            pending.replaceAll((to, copy) ->
                    copy.from().equals(first.to()) ? new Copy(saved, to, copy.bytes()) : copy);
            ready.add(first);
            drain(pending, readers, ready);
        }
    }

    private void drain(Map<Location, Copy> pending, Map<Location, Integer> readers, Deque<Copy> ready) {
        while (!ready.isEmpty()) {
            Copy copy = ready.poll();
            copies.add(copy);
            pending.remove(copy.to());
            if (readers.merge(copy.from(), -1, Integer::sum) == 0 && pending.containsKey(copy.from())) {
                ready.add(pending.get(copy.from()));
            }
        }
    }
}
