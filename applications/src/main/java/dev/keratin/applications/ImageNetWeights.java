package dev.keratin.applications;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files with weights trained on ImageNet that Keras publishes; the list is that of {@code published.py}. */
final class ImageNetWeights {
    private static final Map<String, PublishedFile> FILES = read();

    private ImageNetWeights() {}

    private static Map<String, PublishedFile> read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Objects.requireNonNull(
                ImageNetWeights.class.getResourceAsStream("published.txt")), StandardCharsets.UTF_8))) {
            return lines.lines().map(line -> line.split(" ")).collect(Collectors.toMap(line -> key(line[0], line[1].equals("top")),
                    line -> new PublishedFile(URI.create(line[3]), line[2].equals("-") ? null : line[2]), (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(String settings, boolean top) {
        return settings + (top ? " with top" : " without top");
    }

    /**
     * The file for a model.
     *
     * @param architecture with which the names of all its settings begin
     * @param settings the name of the architecture with what distinguishes its files
     * @throws IllegalArgumentException if Keras publishes none for these settings
     */
    static PublishedFile of(String who, String architecture, String settings, boolean top) {
        PublishedFile file = FILES.get(key(settings, top));
        if (file == null) {
            throw new IllegalArgumentException(who + ": settings for which Keras publishes weights are required by"
                    + " weights(\"imagenet\"). Received: " + settings + ". Published: " + FILES.keySet().stream()
                    .filter(key -> key.startsWith(architecture)).collect(Collectors.joining(", ")) + ".");
        }
        return file;
    }
}
