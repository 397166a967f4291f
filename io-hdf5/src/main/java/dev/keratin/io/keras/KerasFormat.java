package dev.keratin.io.keras;

import dev.keratin.io.hdf5.H5Reader;
import dev.keratin.io.hdf5.H5Writer;
import dev.keratin.models.Model;
import dev.keratin.models.ModelFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The files of Keras 3. Found by {@link java.util.ServiceLoader}. */
public final class KerasFormat implements ModelFormat {
    /** For {@link java.util.ServiceLoader}. */
    public KerasFormat() {}

    @Override
    public List<String> modelEndings() {
        return List.of(".keras");
    }

    @Override
    public List<String> weightEndings() {
        return List.of(".weights.h5");
    }

    @Override
    public void saveModel(Model model, Path file) {
        try {
            ArchiveWriter.write(model, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public Model loadModel(Path file) {
        try {
            return Archive.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void saveWeights(Model model, Path file) {
        if (!model.isBuilt()) {
            throw new IllegalArgumentException(model.who() + ", saveWeights: a built model is required. Received: one that has"
                    + " no weights yet. Give it an input(...), or call it once on data.");
        }
        try {
            H5Writer.write(file, out -> WeightsWriter.write(model, out));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void loadWeights(Model model, Path file) {
        try (H5Reader in = H5Reader.open(file)) {
            WeightsReader.read(model, in, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
