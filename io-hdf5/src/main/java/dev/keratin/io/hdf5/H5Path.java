package dev.keratin.io.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Paths inside a file: names joined by slashes, the empty path being the root. */
final class H5Path {
    /** Deeper nesting is refused; Keras nests a few levels per nested model. */
    static final int MAX_DEPTH = 100;

    /** The order in which HDF5 sorts names: by their UTF-8 bytes. */
    static final Comparator<String> ORDER = (a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b));

    private H5Path() {}

    /** The names on the way from the root. */
    static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** The path without leading, trailing and double slashes. */
    static String normal(String path) {
        List<String> parts = parts(path);
        if (parts.size() > MAX_DEPTH || parts.contains(".") || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("HDF5 path: it must have at most " + MAX_DEPTH + " names, none of them "
                    + "\".\", and no NUL. Received: \"" + path + "\". Use names joined by slashes.");
        }
        return String.join("/", parts);
    }

    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static String child(String group, String name) {
        return group.isEmpty() ? name : group + "/" + name;
    }

    /** How messages show a path. */
    static String show(String path) {
        return "\"/" + path + "\"";
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
