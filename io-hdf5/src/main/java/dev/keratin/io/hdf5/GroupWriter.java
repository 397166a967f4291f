package dev.keratin.io.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Writes a group's symbol table: a heap of names, nodes of up to 8 symbols, and B-tree nodes of up to 32 children. */
final class GroupWriter {
    /** Half of a symbol node's and of a B-tree node's capacity, as the superblock says. */
    static final int LEAF_K = 4;

    static final int INTERNAL_K = 16;

    private static final int SYMBOLS = 2 * LEAF_K;
    private static final int CHILDREN = 2 * INTERNAL_K;
    private static final int NODE_LENGTH = 24 + 8 * CHILDREN + 8 * (CHILDREN + 1);
    private static final int NO_FREE_BLOCK = 1;

    /** Where the table is. */
    record Table(long tree, long heap) {}

    /** A node and the place of its greatest name in the heap. */
    private record Node(long at, long greatest) {}

    private final FileOutput output;

    GroupWriter(FileOutput output) {
        this.output = output;
    }

    /** Writes the table of a group whose children's headers are at the given addresses. */
    Table write(SortedMap<String, Long> children) throws IOException {
        List<Long> names = new ArrayList<>();
        long heap = names(children, names);
        List<Node> level = symbols(new ArrayList<>(children.values()), names);
        int depth = 0;
        do {
            level = nodes(level, depth++);
        } while (level.size() > 1);
        return new Table(level.get(0).at, heap);
    }

    /** The heap starts with the empty name, which the lowest key of the tree refers to. */
    private long names(SortedMap<String, Long> children, List<Long> offsets) throws IOException {
        int length = 8;
        for (String name : children.keySet()) {
            offsets.add((long) length);
            length += H5Path.utf8(name).length / 8 * 8 + 8;
        }
        ByteBuffer data = Messages.block(length);
        int i = 0;
        for (String name : children.keySet()) {
            data.position((int) (long) offsets.get(i++)).put(H5Path.utf8(name));
        }
        long at = output.append(data.clear());
        ByteBuffer head = Messages.block(32).put(Messages.letters("HEAP")).putInt(0);
        return output.append(head.putLong(length).putLong(NO_FREE_BLOCK).putLong(at).flip());
    }

    private List<Node> symbols(List<Long> headers, List<Long> names) throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (int from = 0; from < headers.size(); from += SYMBOLS) {
            int count = Math.min(SYMBOLS, headers.size() - from);
            ByteBuffer node = Messages.block(8 + 40 * SYMBOLS).put(Messages.letters("SNOD"));
            node.put((byte) 1).put((byte) 0).putShort((short) count);
            for (int i = from; i < from + count; i++) {
                node.position(8 + 40 * (i - from)).putLong(names.get(i)).putLong(headers.get(i));
            }
            nodes.add(new Node(output.append(node.clear()), names.get(from + count - 1)));
        }
        return nodes;
    }

    /** The level of B-tree nodes above the given ones; a single empty one if there are none. */
    private List<Node> nodes(List<Node> below, int depth) throws IOException {
        int count = Math.max(1, (below.size() + CHILDREN - 1) / CHILDREN);
        long first = output.reserve((long) count * NODE_LENGTH);
        List<Node> nodes = new ArrayList<>();
        long lowest = 0;
        for (int i = 0; i < count; i++) {
            List<Node> children = below.subList(i * CHILDREN, Math.min(below.size(), (i + 1) * CHILDREN));
            long at = first + (long) i * NODE_LENGTH;
            ByteBuffer node = Messages.block(NODE_LENGTH).put(Messages.letters("TREE")).put((byte) 0).put((byte) depth);
            node.putShort((short) children.size());
            node.putLong(i > 0 ? at - NODE_LENGTH : Fields.UNDEFINED);
            node.putLong(i + 1 < count ? at + NODE_LENGTH : Fields.UNDEFINED);
            lowest = children(children, lowest, node);
            output.write(at, node.clear());
            nodes.add(new Node(at, lowest));
        }
        return nodes;
    }

    private static long children(List<Node> children, long lowest, ByteBuffer node) {
        node.putLong(lowest);
        long greatest = lowest;
        for (Node child : children) {
            greatest = child.greatest;
            node.putLong(child.at).putLong(greatest);
        }
        return greatest;
    }
}
