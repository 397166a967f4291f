package dev.keratin.io.hdf5;

/** What an attribute takes of the 64 KB that an object header's message can hold. */
final class AttributeSize {
    /** Keras's limit, which leaves room for the attribute's name, type and shape. */
    static final int MAX = 64512;

    /** A string of variable length stands as its length and its place in a heap. */
    static final int REFERENCE = 16;

    private AttributeSize() {}

    static int of(H5Attribute value) {
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, (long) value.values().size() * element(value)));
    }

    /** Bytes per element. */
    static int element(H5Attribute value) {
        return switch (value.form()) {
            case NUMERIC -> value.type().size();
            case UTF8, ASCII -> REFERENCE;
            case FIXED -> width(value.strings());
        };
    }

    /** The length of the longest string in UTF-8; at least 1, since HDF5 knows no strings of length 0. */
    static int width(Iterable<String> texts) {
        int width = 1;
        for (String text : texts) {
            width = Math.max(width, H5Path.utf8(text).length);
        }
        return width;
    }
}
