package dev.keratin.models.golden;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Reviewed lists: an entry per line, {@code entry: reason}; lines with # in front are comments. */
final class Listed {
    private Listed() {}

    static Map<String, String> read(String resource) {
        Map<String, String> entries = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(Listed.class.getResourceAsStream(resource), resource)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int colon = line.indexOf(": ");
                    entries.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
        return entries;
    }
}
