package dev.keratin.models;

import java.nio.file.Path;

/** Reads and writes files of one family; found by {@link java.util.ServiceLoader}. */
public interface ModelFormat {
    /** The endings of whole-model files, such as {@code ".keras"}. */
    java.util.List<String> modelEndings();

    /** The endings of files with weights only, such as {@code ".weights.h5"}. */
    java.util.List<String> weightEndings();

    /** Writes a whole model, its optimizer's state included; atomic. */
    void saveModel(Model model, Path file);

    /** Reads a whole model. */
    Model loadModel(Path file);

    /** Writes the weights and the optimizer's state; atomic. */
    void saveWeights(Model model, Path file);

    /** Reads weights into a built model; all or nothing. */
    void loadWeights(Model model, Path file);
}
