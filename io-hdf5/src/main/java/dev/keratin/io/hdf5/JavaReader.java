package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.ObjectHeader.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The reader of {@link H5Engine#JAVA}: superblocks 0 to 3, old and new object headers, and what {@link Links} knows. */
final class JavaReader implements ReadEngine {
    private static final int COMPACT = 0;
    private static final int CONTIGUOUS = 1;
    private static final int CHUNKED = 2;

    private final Fields fields;
    private final Elements elements;
    private final Map<String, ObjectHeader> objects = new HashMap<>();
    private final Map<Long, Map<String, Long>> links = new HashMap<>();

    JavaReader(Fields fields) throws H5Exception {
        this.fields = fields;
        this.elements = new Elements(fields, new GlobalHeap(fields));
        try {
            objects.put("", ObjectHeader.read(fields, Superblock.rootAddress(fields)));
        } catch (H5Exception e) {
            fields.close();
            throw e;
        }
    }

    @Override
    public Kind kind(String path) throws H5Exception {
        ObjectHeader header = find(path);
        if (header == null) {
            return Kind.MISSING;
        }
        if (header.has(ObjectHeader.SYMBOL_TABLE) || header.has(ObjectHeader.LINK_INFO) || header.has(ObjectHeader.LINK)) {
            return Kind.GROUP;
        }
        return header.has(ObjectHeader.LAYOUT) ? Kind.DATASET : Kind.OTHER;
    }

    /** The object at a path, or null. */
    private @Nullable ObjectHeader find(String path) throws H5Exception {
        ObjectHeader known = objects.get(path);
        if (known != null) {
            return known;
        }
        String parent = H5Path.parent(path);
        if (kind(parent) != Kind.GROUP) {
            return null;
        }
        Long address = links(parent).get(H5Path.name(path));
        if (address == null) {
            return null;
        }
        refuseDetours(path, address);
        ObjectHeader header = ObjectHeader.read(fields, address);
        objects.put(path, header);
        return header;
    }

    private void refuseDetours(String path, long address) throws H5Exception {
        if (address == Links.NOT_HARD) {
            throw fields.detour(get(H5Path.parent(path)).address(), "a soft or external link at " + H5Path.show(path));
        }
        String around = path;
        do {
            around = H5Path.parent(around);
            if (get(around).address() == address) {
                throw fields.detour(address, "a link at " + H5Path.show(path) + " back to " + H5Path.show(around));
            }
        } while (!around.isEmpty());
    }

    private ObjectHeader get(String path) throws H5Exception {
        ObjectHeader header = find(path);
        if (header == null) {
            throw new IllegalStateException("JavaReader: the object must exist. Received: " + H5Path.show(path)
                    + ". Ask kind() first.");
        }
        return header;
    }

    private Map<String, Long> links(String group) throws H5Exception {
        ObjectHeader header = get(group);
        Map<String, Long> known = links.get(header.address());
        if (known == null) {
            known = Links.read(fields, header);
            links.put(header.address(), known);
        }
        return known;
    }

    @Override
    public List<String> names(String group) throws H5Exception {
        return new ArrayList<>(links(group).keySet());
    }

    @Override
    public List<String> attributeNames(String path) throws H5Exception {
        return new ArrayList<>(attributes(get(path)).keySet());
    }

    @Override
    public @Nullable H5Attribute attribute(String path, String name) throws H5Exception {
        AttributeMessage message = attributes(get(path)).get(name);
        return message == null ? null : message.value(fields, elements);
    }

    private Map<String, AttributeMessage> attributes(ObjectHeader header) throws H5Exception {
        Map<String, AttributeMessage> attributes = new TreeMap<>(H5Path.ORDER);
        for (Message message : header.all(ObjectHeader.ATTRIBUTE)) {
            put(attributes, message);
        }
        Message info = header.find(ObjectHeader.ATTRIBUTE_INFO);
        if (info != null) {
            dense(attributes, info);
        }
        return attributes;
    }

    /** The attributes of an object with many, in a heap with an index by name; a record starts with the place there. */
    private void dense(Map<String, AttributeMessage> attributes, Message info) throws H5Exception {
        long at = info.at() + ((fields.u8(info.at() + 1) & 1) != 0 ? 4 : 2);
        long heapAt = fields.i64(at);
        if (heapAt != Fields.UNDEFINED) {
            FractalHeap heap = new FractalHeap(fields, heapAt);
            for (long record : SecondTree.records(fields, fields.i64(at + 8))) {
                put(attributes, heap.find(record, ObjectHeader.ATTRIBUTE));
            }
        }
    }

    private void put(Map<String, AttributeMessage> attributes, Message message) throws H5Exception {
        AttributeMessage attribute = AttributeMessage.read(fields, message);
        attributes.put(attribute.name(), attribute);
    }

    @Override
    public H5Dataset dataset(String path) throws H5Exception {
        ObjectHeader header = get(path);
        Datatype datatype = datatype(header);
        Message space = header.get(ObjectHeader.DATASPACE, "a shape");
        List<Long> shape = Dataspace.read(fields, space.at());
        Dataspace.elements(fields, space.at(), shape, datatype.size());
        if (datatype.opaque() && !H5Dataset.isBfloat16(attribute(path, "dtype"))) {
            throw fields.unsupported(space.at(), H5Path.show(path) + " of opaque elements without dtype=\"bfloat16\"");
        }
        return new H5Dataset(path, datatype.type(), shape);
    }

    private Datatype datatype(ObjectHeader header) throws H5Exception {
        return Datatype.read(fields, header.get(ObjectHeader.DATATYPE, "an element type").at());
    }

    @Override
    public void read(H5Dataset dataset, long first, ByteBuffer target) throws H5Exception {
        ObjectHeader header = get(dataset.path());
        Datatype datatype = datatype(header);
        int start = target.position();
        storage(header, dataset, datatype).read(first * datatype.size(), target);
        if (datatype.bigEndian()) {
            Numbers.swap(target, start, datatype.size());
        }
    }

    @Override
    public List<String> strings(H5Dataset dataset) throws H5Exception {
        ObjectHeader header = get(dataset.path());
        Datatype datatype = datatype(header);
        Message space = header.get(ObjectHeader.DATASPACE, "a shape");
        long bytes = Dataspace.elements(fields, space.at(), dataset.shape(), datatype.size()) * datatype.size();
        if (bytes > Math.min(fields.size(), Integer.MAX_VALUE - 16)) {
            throw fields.damaged(space.at(), "strings of " + bytes + " bytes in a file of " + fields.size());
        }
        byte[] raw = new byte[(int) bytes];
        if (bytes > 0) {
            storage(header, dataset, datatype).read(0, ByteBuffer.wrap(raw));
        }
        List<String> strings = new ArrayList<>();
        elements.decode(datatype, raw).forEach(value -> strings.add((String) value));
        return strings;
    }

    private Storage storage(ObjectHeader header, H5Dataset dataset, Datatype datatype) throws H5Exception {
        Message layout = header.get(ObjectHeader.LAYOUT, "a layout");
        long at = layout.at();
        int version = fields.u8(at);
        int kind = fields.u8(at + 1);
        if (header.has(ObjectHeader.EXTERNAL_FILES)) {
            throw fields.detour(at, "data in another file");
        }
        if (version == 3 && kind == CHUNKED) {
            return new Chunked(fields, header, dataset.shape(), datatype.size());
        }
        if ((version != 3 && version != 4) || kind > CONTIGUOUS) {
            throw fields.unsupported(at, "a dataset in layout " + kind + " of version " + version);
        }
        return plain(header, layout, dataset.elements() * datatype.size(), datatype.size());
    }

    private Storage plain(ObjectHeader header, Message layout, long bytes, int size) throws H5Exception {
        long at = layout.at();
        boolean compact = fields.u8(at + 1) == COMPACT;
        long address = compact ? at + 4 : fields.i64(at + 2);
        if (address == Fields.UNDEFINED) {
            return Fill.read(fields, header, size);
        }
        long stored = compact ? fields.u16(at + 2) : fields.i64(at + 10);
        if (stored < bytes) {
            throw fields.damaged(at, "storage of " + stored + " bytes for a dataset of " + bytes);
        }
        fields.check(address, bytes, "a dataset");
        return new Contiguous(fields, address);
    }

    @Override
    public void close() {
        fields.close();
    }
}
