package dev.keratin.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The images below the folders that are classes, by class and name. */
final class LabelledFiles {
    private static final List<String> ENDINGS = List.of(".bmp", ".gif", ".jpeg", ".jpg", ".png");

    private final List<Path> paths = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    private LabelledFiles() {}

    /** The names of the folders in a folder. */
    static List<String> classes(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).map(each -> each.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    static LabelledFiles of(Path folder, List<String> classes) {
        LabelledFiles files = new LabelledFiles();
        for (int label = 0; label < classes.size(); label++) {
            files.add(folder.resolve(classes.get(label)), label);
        }
        return files;
    }

    private void add(Path folder, int label) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(LabelledFiles::isImage).sorted().forEach(file -> {
                paths.add(file);
                labels.add(label);
            });
        } catch (IOException e) {
            throw failed(folder, e);
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
    }

    int size() {
        return paths.size();
    }

    Path path(int index) {
        return paths.get(index);
    }

    int label(int index) {
        return labels.get(index);
    }

    private static UncheckedIOException failed(Path folder, IOException e) {
        return new UncheckedIOException("ImageFolder: a folder that can be read is required. Received: " + folder + " (" + e + ").", e);
    }
}
