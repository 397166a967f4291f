package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything in a file, in a form that can be compared. */
record Snapshot(Map<String, Content> objects) {
    /** A group's or dataset's own content; groups have no dataset, strings no bytes. */
    record Content(Map<String, H5Attribute> attributes, String dataset, ByteBuffer bytes, List<String> strings) {}

    static Snapshot of(H5Reader reader) throws H5Exception {
        Snapshot snapshot = new Snapshot(new TreeMap<>());
        snapshot.group(reader, "");
        return snapshot;
    }

    private void group(H5Reader reader, String path) throws H5Exception {
        add(reader, path, "group", ByteBuffer.allocate(0), List.of());
        for (String name : reader.names(path)) {
            String child = H5Path.child(path, name);
            if (reader.isGroup(child)) {
                group(reader, child);
            } else {
                dataset(reader, child);
            }
        }
    }

    private void dataset(H5Reader reader, String path) throws H5Exception {
        H5Dataset dataset = reader.dataset(path);
        if (dataset.type() == H5Type.STRING) {
            add(reader, path, dataset.toString(), ByteBuffer.allocate(0), reader.strings(path));
        } else {
            add(reader, path, dataset.toString(), reader.read(path), List.of());
        }
    }

    private void add(H5Reader reader, String path, String dataset, ByteBuffer bytes, List<String> strings)
            throws H5Exception {
        Map<String, H5Attribute> attributes = new TreeMap<>();
        for (String name : reader.attributeNames(path)) {
            attributes.put(name, reader.attribute(path, name).orElseThrow());
        }
        objects.put(path, new Content(attributes, dataset, bytes, strings));
    }

    /** Copies everything into a new file. */
    static H5Content copy(H5Reader reader) {
        return writer -> {
            for (var object : of(reader).objects.entrySet()) {
                copy(reader, object.getKey(), object.getValue(), writer);
            }
        };
    }

    private static void copy(H5Reader reader, String path, Content content, H5Writer writer) throws IOException {
        boolean bfloat16 = false;
        if (content.dataset.equals("group")) {
            writer.group(path);
        } else {
            H5Dataset dataset = reader.dataset(path);
            bfloat16 = dataset.type() == H5Type.BFLOAT16;
            if (dataset.type() == H5Type.STRING) {
                writer.strings(path, dataset.dims(), content.strings);
            } else {
                writer.dataset(path, dataset.type(), dataset.dims(), content.bytes);
            }
        }
        for (var attribute : content.attributes.entrySet()) {
            if (!bfloat16 || !attribute.getKey().equals("dtype")) {
                writer.attribute(path, attribute.getKey(), attribute.getValue());
            }
        }
    }
}
