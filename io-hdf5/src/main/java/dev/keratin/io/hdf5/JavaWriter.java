package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.H5Attribute.Form;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The writer of {@link H5Engine#JAVA}: superblock 0, symbol tables, contiguous data.
 *
 * <p>Data and strings go to the file as they come. Headers and symbol tables, which are small, are kept until the end
 * and written then, children before parents.
 */
final class JavaWriter implements WriteEngine {
    private static final int SUPERBLOCK = 96;

    /** An object in the making; a dataset has messages from the start, a group gets its own at the end. */
    private static final class Node {
        final SortedMap<String, Node> children = new TreeMap<>(H5Path.ORDER);
        final List<Messages.Message> messages = new ArrayList<>();
        boolean isGroup;
    }

    private final FileOutput output;
    private final HeapWriter heap;
    private final GroupWriter groups;
    private final Map<String, Node> nodes = new HashMap<>();

    JavaWriter(Path file) throws IOException {
        output = new FileOutput(file);
        heap = new HeapWriter(output);
        groups = new GroupWriter(output);
        output.reserve(SUPERBLOCK);
        Node root = new Node();
        root.isGroup = true;
        nodes.put("", root);
    }

    @Override
    public void group(String path) {
        add(path).isGroup = true;
    }

    private Node add(String path) {
        Node node = new Node();
        nodes.put(path, node);
        get(H5Path.parent(path)).children.put(H5Path.name(path), node);
        return node;
    }

    private Node get(String path) {
        Node node = nodes.get(path);
        if (node == null) {
            throw new IllegalStateException("JavaWriter: the object must exist. Received: " + H5Path.show(path)
                    + ". Make it first.");
        }
        return node;
    }

    @Override
    public void dataset(H5Dataset dataset, Iterable<ByteBuffer> pieces) throws IOException {
        long bytes = dataset.byteSize();
        long address = bytes == 0 ? Fields.UNDEFINED : output.reserve(bytes);
        long at = address;
        for (ByteBuffer piece : pieces) {
            int length = piece.remaining();
            output.write(at, piece);
            at += length;
        }
        describe(dataset, Form.NUMERIC, address, bytes);
    }

    @Override
    public void strings(H5Dataset dataset, List<String> values) throws IOException {
        ByteBuffer references = Messages.block(Math.multiplyExact(values.size(), AttributeSize.REFERENCE));
        for (String value : values) {
            heap.put(value, references);
        }
        long address = values.isEmpty() ? Fields.UNDEFINED : output.append(references.clear());
        describe(dataset, Form.UTF8, address, references.capacity());
    }

    private void describe(H5Dataset dataset, Form form, long address, long bytes) {
        int size = form == Form.NUMERIC ? dataset.type().size() : AttributeSize.REFERENCE;
        add(dataset.path()).messages.addAll(List.of(
                Messages.dataspace(dataset.shape()),
                Messages.datatype(dataset.type(), form, size),
                Messages.noFillValue(),
                Messages.layout(address, bytes)));
    }

    @Override
    public void attribute(String path, String name, H5Attribute value) throws IOException {
        get(path).messages.add(Messages.attribute(name, value, heap));
    }

    @Override
    public void finish() throws IOException {
        heap.flush();
        Node root = get("");
        GroupWriter.Table table = groups.write(children(root));
        long header = header(root, table);
        output.write(0, superblock(header, table));
        output.fill();
    }

    private SortedMap<String, Long> children(Node group) throws IOException {
        SortedMap<String, Long> headers = new TreeMap<>(H5Path.ORDER);
        for (Map.Entry<String, Node> child : group.children.entrySet()) {
            Node node = child.getValue();
            headers.put(child.getKey(), node.isGroup
                    ? header(node, groups.write(children(node)))
                    : output.append(Messages.header(node.messages)));
        }
        return headers;
    }

    private long header(Node group, GroupWriter.Table table) throws IOException {
        group.messages.add(0, Messages.symbolTable(table.tree(), table.heap()));
        return output.append(Messages.header(group.messages));
    }

    /** Version 0; the root's entry tells its symbol table as well as its header. */
    private ByteBuffer superblock(long header, GroupWriter.Table root) {
        ByteBuffer block = Messages.block(SUPERBLOCK).putLong(Signature.VALUE);
        block.position(13).put((byte) 8).put((byte) 8).position(16);
        block.putShort((short) GroupWriter.LEAF_K).putShort((short) GroupWriter.INTERNAL_K).putInt(0);
        block.putLong(0).putLong(Fields.UNDEFINED).putLong(output.end()).putLong(Fields.UNDEFINED);
        block.putLong(0).putLong(header).putInt(1).putInt(0);
        return block.putLong(root.tree()).putLong(root.heap()).flip();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
