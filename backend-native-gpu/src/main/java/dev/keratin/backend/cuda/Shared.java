package dev.keratin.backend.cuda;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Things of a device that many programs use: made once for equal keys, and ended when nobody has used them for long: of those
 * that nobody uses only so many are kept, those that were given back last.
 */
final class Shared<K, V> {
    private final int most;
    private final Consumer<V> end;
    private final Map<K, Entry<V>> entries = new HashMap<>();
    private final Map<K, Entry<V>> idle = new LinkedHashMap<>();

    private static final class Entry<V> {
        private final V value;
        private int uses;

        Entry(V value) {
            this.value = value;
        }
    }

    /**
     * Nothing yet.
     *
     * @param most how many are kept that nobody uses
     * @param end what is done with others
     */
    Shared(int most, Consumer<V> end) {
        this.most = most;
        this.end = end;
    }

    /** The one for a key, made if it isn't there. */
    V get(K key, Function<K, V> make) {
        Entry<V> known = entries.get(key);
        if (known != null) {
            return known.value;
        }
        Entry<V> made = new Entry<>(make.apply(key));
        entries.put(key, made);
        keepIdle(key, made);
        return made.value;
    }

    /** Says that one which is there is used, by one user more. */
    void use(K key) {
        entries.get(key).uses++;
        idle.remove(key);
    }

    /** Says that a user is done. */
    void release(K key) {
        Entry<V> entry = entries.get(key);
        if (--entry.uses == 0) {
            keepIdle(key, entry);
        }
    }

    private void keepIdle(K key, Entry<V> entry) {
        idle.put(key, entry);
        while (idle.size() > most) {
            Iterator<K> oldest = idle.keySet().iterator();
            K last = oldest.next();
            oldest.remove();
            end.accept(entries.remove(last).value);
        }
    }
}
