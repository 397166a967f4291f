package dev.keratin.backend.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that kernels include: resources beside this class, and those that backends share. */
final class Headers {
    private static final Pattern INCLUDE = Pattern.compile("#include \"([\\w.]+)\"");
    private static final String[] FOLDERS = {"", "/dev/keratin/backend/elementwise/"};
    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private Headers() {}

    /** The text of each file that a source includes, and of those that they include, by name. */
    static Map<String, String> of(String source) {
        Map<String, String> found = new LinkedHashMap<>();
        collect(source, found);
        return found;
    }

    private static void collect(String source, Map<String, String> found) {
        Matcher include = INCLUDE.matcher(source);
        while (include.find()) {
            String name = include.group(1);
            if (!found.containsKey(name)) {
                String text = TEXTS.computeIfAbsent(name, Headers::read);
                found.put(name, text);
                collect(text, found);
            }
        }
    }

    private static String read(String name) {
        for (String folder : FOLDERS) {
            try (InputStream stream = Headers.class.getResourceAsStream(folder + name)) {
                if (stream != null) {
                    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("Kernel: an included file must be among the resources. Received: " + name + ". Put it beside kernel.cuh.");
    }
}
