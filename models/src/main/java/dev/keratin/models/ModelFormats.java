package dev.keratin.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the format that a file name's ending stands for. */
final class ModelFormats {
    private ModelFormats() {}

    static ModelFormat forModel(Path file) {
        return find(file, "a model", ModelFormat::modelEndings);
    }

    static ModelFormat forWeights(Path file) {
        return find(file, "weights", ModelFormat::weightEndings);
    }

    private static ModelFormat find(Path file, String what, Function<ModelFormat, List<String>> endings) {
        String name = file.getFileName().toString();
        List<ModelFormat> formats = new ArrayList<>();
        ServiceLoader.load(ModelFormat.class, ModelFormats.class.getClassLoader()).forEach(formats::add);
        for (ModelFormat format : formats) {
            if (endings.apply(format).stream().anyMatch(name::endsWith)) {
                return format;
            }
        }
        String known = formats.stream().flatMap(format -> endings.apply(format).stream()).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("save/load: a file name for " + what + " that ends with one of [" + known
                + "] is required. Received: \"" + name + "\"."
                + (formats.isEmpty() ? " Add the module keratin-io-hdf5 to the class path." : " Change the file name."));
    }
}
