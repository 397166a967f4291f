package dev.keratin.io.hdf5;

import dev.keratin.io.hdf5.H5Attribute.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists of strings as Keras stores them in attributes, which cannot hold more than 64 KB.
 *
 * <p>A list that fits is one attribute {@code name}. A longer one is split into {@code name0}, {@code name1}, and so on,
 * arrays of fixed length, into as few parts as fit, of equal length up to one (as {@code numpy.array_split} does). So
 * {@code save_attributes_to_hdf5_group} and {@code load_attributes_from_hdf5_group} of Keras do.
 */
public final class SplitAttribute {
    private SplitAttribute() {}

    /** Writes the list to a group or dataset that exists, in one attribute or several. */
    public static void write(H5Writer writer, String path, String name, List<String> texts) throws IOException {
        if (texts.isEmpty()) {
            writer.attribute(path, name, H5Attribute.empty());
            return;
        }
        int parts = parts(texts, name);
        if (parts == 1) {
            boolean references = texts.size() * AttributeSize.REFERENCE <= AttributeSize.MAX;
            writer.attribute(path, name, H5Attribute.strings(references ? Form.ASCII : Form.FIXED, texts));
            return;
        }
        for (int i = 0; i < parts; i++) {
            writer.attribute(path, name + i, H5Attribute.strings(Form.FIXED, part(texts, parts, i)));
        }
    }

    /** Reads a list, whole or split; nothing if there is neither {@code name} nor {@code name0}. */
    public static Optional<List<String>> read(H5Reader reader, String path, String name) throws H5Exception {
        Optional<H5Attribute> whole = reader.attribute(path, name);
        if (whole.isPresent()) {
            return Optional.of(strings(reader, path, name, whole.get()));
        }
        List<String> texts = new ArrayList<>();
        int part = 0;
        for (var value = reader.attribute(path, name + part); value.isPresent();
                value = reader.attribute(path, name + ++part)) {
            texts.addAll(strings(reader, path, name + part, value.get()));
        }
        return part == 0 ? Optional.empty() : Optional.of(texts);
    }

    private static List<String> strings(H5Reader reader, String path, String name, H5Attribute value)
            throws H5Exception {
        if (!value.isText()) {
            throw new H5Exception(H5Exception.file(reader.source()),
                    "attribute \"" + name + "\" of " + H5Path.show(path) + " must hold strings",
                    value.type() + value.shape().toString(), "Check that the file was written by Keras");
        }
        return value.strings();
    }

    /** The smallest number of parts, each of which fits at the width of the longest string of all. */
    private static int parts(List<String> texts, String name) {
        long width = AttributeSize.width(texts);
        if (width > AttributeSize.MAX) {
            throw new IllegalArgumentException("SplitAttribute \"" + name + "\": each string must have at most "
                    + AttributeSize.MAX + " bytes. Received: one of " + width + ". Shorten the names of the layers.");
        }
        long fitting = AttributeSize.MAX / width;
        return (int) ((texts.size() + fitting - 1) / fitting);
    }

    private static List<String> part(List<String> texts, int parts, int index) {
        int length = texts.size() / parts;
        int longer = texts.size() % parts;
        int from = index * length + Math.min(index, longer);
        return texts.subList(from, from + length + (index < longer ? 1 : 0));
    }
}
