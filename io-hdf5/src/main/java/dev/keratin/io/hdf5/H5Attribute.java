package dev.keratin.io.hdf5;

import java.util.ArrayList;
import java.util.List;

/**
 * The value of an attribute: a string, a number, or an array of them.
 *
 * @param type the element type
 * @param shape the length of each axis; empty for a scalar. An attribute without a value has shape {@code [0]}
 * @param form how strings are laid out in the file; {@link Form#NUMERIC} for everything else
 * @param values the elements in row-major order: {@link String}, {@link Boolean}, {@link Long} for integers (unsigned
 *     64-bit ones by their bits) or {@link Double} for floating point
 */
public record H5Attribute(H5Type type, List<Long> shape, Form form, List<?> values) {
    /** The layouts of elements in the file. */
    public enum Form {
        /** Not a string. */
        NUMERIC,
        /** Variable length, marked as UTF-8: what h5py writes for a Python {@code str}. */
        UTF8,
        /** Variable length, marked as ASCII: what h5py writes for Python {@code bytes}; the content is UTF-8 even so. */
        ASCII,
        /** Fixed length, padded with zeros, marked as ASCII: what h5py writes for a NumPy array of {@code bytes}. */
        FIXED
    }

    /** Copies the lists and checks that they agree in length. */
    public H5Attribute {
        shape = List.copyOf(shape);
        values = List.copyOf(values);
        if (values.size() != Dims.elements(shape) || (type == H5Type.STRING) == (form == Form.NUMERIC)) {
            throw new IllegalArgumentException("H5Attribute: there must be one value per element, and a string form "
                    + "for strings alone. Received: " + type + shape + " as " + form + " with " + values.size()
                    + " values. Use one of the factories.");
        }
    }

    /** A string marked as UTF-8. */
    public static H5Attribute utf8(String text) {
        return new H5Attribute(H5Type.STRING, List.of(), Form.UTF8, List.of(text));
    }

    /** A string marked as ASCII; the bytes are UTF-8 whatever it holds, as Keras does. */
    public static H5Attribute ascii(String text) {
        return new H5Attribute(H5Type.STRING, List.of(), Form.ASCII, List.of(text));
    }

    /** A list of strings in one of the three string forms. */
    public static H5Attribute strings(Form form, List<String> texts) {
        return new H5Attribute(H5Type.STRING, Dims.list(texts.size()), form, texts);
    }

    /** A signed 64-bit integer. */
    public static H5Attribute of(long value) {
        return new H5Attribute(H5Type.INT64, List.of(), Form.NUMERIC, List.of(value));
    }

    /** A double-precision number. */
    public static H5Attribute of(double value) {
        return new H5Attribute(H5Type.FLOAT64, List.of(), Form.NUMERIC, List.of(value));
    }

    /** A truth value. */
    public static H5Attribute of(boolean value) {
        return new H5Attribute(H5Type.BOOL, List.of(), Form.NUMERIC, List.of(value));
    }

    /** An array of length 0 of double-precision numbers: what h5py writes for an empty Python list. */
    public static H5Attribute empty() {
        return new H5Attribute(H5Type.FLOAT64, List.of(0L), Form.NUMERIC, List.of());
    }

    /** Whether the elements can be had as {@link #strings()}: they are strings, or there are none. */
    public boolean isText() {
        return type == H5Type.STRING || values.isEmpty();
    }

    /** The elements as strings; empty for an attribute without elements, of whatever type. */
    public List<String> strings() {
        if (!isText()) {
            throw mismatch("strings");
        }
        List<String> texts = new ArrayList<>(values.size());
        values.forEach(value -> texts.add((String) value));
        return texts;
    }

    /** The only element, a string. */
    public String string() {
        if (type != H5Type.STRING || values.size() != 1) {
            throw mismatch("one string");
        }
        return (String) values.get(0);
    }

    /** The only element, a number: {@link Long} or {@link Double}. */
    public Number number() {
        if (values.size() != 1 || !(values.get(0) instanceof Number number)) {
            throw mismatch("one number");
        }
        return number;
    }

    private IllegalStateException mismatch(String wanted) {
        return new IllegalStateException("H5Attribute: it must hold " + wanted + ". Received: " + type + shape
                + ". Ask isText(), type() and shape() first.");
    }
}
