package dev.keratin.io.keras;

import dev.keratin.io.hdf5.H5Reader;
import dev.keratin.io.hdf5.H5Writer;
import dev.keratin.models.Model;
import dev.keratin.models.ModelFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The files of Keras 3, and the HDF5 files of whole models of Keras before it. Found by {@link java.util.ServiceLoader}. */
public final class KerasFormat implements ModelFormat {
    private static final String WEIGHTS_ONLY = ".weights.h5";

    /** For {@link java.util.ServiceLoader}. */
    public KerasFormat() {}

    @Override
    public List<String> modelEndings() {
        return List.of(".keras", ".h5", ".hdf5");
    }

    @Override
    public List<String> weightEndings() {
        return List.of(WEIGHTS_ONLY, ".h5", ".hdf5");
    }

    @Override
    public void saveModel(Model model, Path file) {
        if (file.toString().endsWith(WEIGHTS_ONLY)) {
            throw new IllegalArgumentException(model.who() + ", save: a name that ends with .keras or .h5 is required."
                    + " Received: " + file + ". For the weights alone call saveWeights.");
        }
        run(() -> {
            if (isArchive(file)) {
                ArchiveWriter.write(model, file);
            } else {
                H5Writer.write(file, out -> LegacyWriter.write(model, out));
            }
        });
    }

    @Override
    public Model loadModel(Path file) {
        try {
            return isArchive(file) ? Archive.load(file) : loadLegacy(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static boolean isArchive(Path file) {
        return file.toString().endsWith(".keras");
    }

    private static Model loadLegacy(Path file) throws IOException {
        try (H5Reader in = H5Reader.open(file)) {
            return LegacyReader.load(in, file);
        }
    }

    @Override
    public void saveWeights(Model model, Path file) {
        if (!file.toString().endsWith(WEIGHTS_ONLY)) {
            throw new IllegalArgumentException(model.who() + ", saveWeights: a name that ends with " + WEIGHTS_ONLY
                    + " is required. Received: " + file + ". For the whole model call save.");
        }
        requireBuilt(model, "saveWeights");
        run(() -> H5Writer.write(file, out -> WeightsWriter.write(model, out)));
    }

    @Override
    public void loadWeights(Model model, Path file) {
        requireBuilt(model, "loadWeights");
        run(() -> {
            try (H5Reader in = H5Reader.open(file)) {
                if (LegacyReader.accepts(in)) {
                    LegacyReader.readWeights(model, in, file.toString());
                } else {
                    WeightsReader.read(model, in, file.toString());
                }
            }
        });
    }

    private static void requireBuilt(Model model, String who) {
        if (!model.isBuilt()) {
            throw new IllegalArgumentException(model.who() + ", " + who + ": a built model is required. Received: one that"
                    + " has no weights yet. Give it an input(...), or call it once on data.");
        }
    }

    private static void run(FileAction action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface FileAction {
        void run() throws IOException;
    }
}
