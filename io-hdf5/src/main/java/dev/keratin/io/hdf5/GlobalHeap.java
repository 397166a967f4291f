package dev.keratin.io.hdf5;

import java.util.HashMap;
import java.util.Map;

/** The global heap: strings of variable length, in collections (section III.E). */
final class GlobalHeap {
    private record Place(long at, long length) {}

    private final Fields fields;
    private final Map<Long, Map<Integer, Place>> collections = new HashMap<>();
    private long indexed;

    GlobalHeap(Fields fields) {
        this.fields = fields;
    }

    /** The first {@code length} bytes of object {@code index} of the collection at {@code address}. */
    byte[] read(long address, int index, long length) throws H5Exception {
        Map<Integer, Place> collection = collections.get(address);
        if (collection == null) {
            collection = index(address);
            collections.put(address, collection);
        }
        Place place = collection.get(index);
        if (place == null || length > place.length) {
            throw fields.damaged(address, "a string that isn't in its heap");
        }
        return fields.bytes(place.at, length, "a string");
    }

    private Map<Integer, Place> index(long address) throws H5Exception {
        fields.signature(address, "GCOL");
        long size = fields.i64(address + 8);
        fields.check(address, size, "a heap");
        indexed += size;
        if (indexed > fields.size()) {
            throw fields.damaged(address, "heaps that overlap");
        }
        Map<Integer, Place> places = new HashMap<>();
        long at = address + 16;
        while (at + 16 <= address + size && fields.u16(at) != 0) {
            long length = fields.i64(at + 8);
            if (length < 0 || length > address + size - at - 16) {
                throw fields.damaged(at, "a string that is longer than its heap");
            }
            places.put(fields.u16(at), new Place(at + 16, length));
            at += 16 + (length + 7) / 8 * 8;
        }
        return places;
    }
}
