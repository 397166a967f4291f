package dev.keratin.models;

import dev.keratin.SymbolicTensor;
import dev.keratin.layers.Layer;
import dev.keratin.models.training.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A layer that can be compiled, fitted, evaluated, saved. Made by {@link Models#sequential} and {@link Models#model}, or
 * subclassed: keep the layers in fields and override {@code call(input, context)}.
 *
 * @see <a href="https://keras.io/api/models/model/">Keras: Model</a>
 */
public abstract class Model extends Trainer {
    /** A model with an automatic name. */
    protected Model() {}

    /** The symbolic inputs of a model that is a graph; none for a subclass with a {@code call} of its own. */
    public List<SymbolicTensor> inputs() {
        return List.of();
    }

    /** The symbolic outputs of a model that is a graph; none for a subclass with a {@code call} of its own. */
    public List<SymbolicTensor> outputs() {
        return List.of();
    }

    /** Whether the model is a graph between {@link #inputs} and {@link #outputs}. */
    public final boolean isGraph() {
        return !outputs().isEmpty();
    }

    /** The output of a model that is a graph with one; of another model, that of its only call. */
    @Override
    public SymbolicTensor output() {
        return outputs().size() == 1 ? outputs().get(0) : super.output();
    }

    @Override
    protected List<String> inputNames() {
        return inputs().stream().map(input -> input.source().operation().name()).toList();
    }

    @Override
    protected List<String> outputNames() {
        return outputs().stream().map(output -> output.source().operation().name()).toList();
    }

    /**
     * The layer with a name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public final Layer layer(String name) {
        return layers().stream().filter(layer -> layer.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(who() + ": the name of a layer is required. Received: \""
                        + name + "\". Layers: " + layers().stream().map(Layer::name).collect(Collectors.joining(", ")) + "."));
    }

    /**
     * The layer at a position of {@link #layers}; counted from the end if negative.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public final Layer layer(int index) {
        int count = layers().size();
        if (index < -count || index >= count) {
            throw new IndexOutOfBoundsException(who() + ": a position from " + -count + " to " + (count - 1)
                    + " is required. Received: " + index + ". layers() lists them.");
        }
        return layers().get(index < 0 ? index + count : index);
    }

    /**
     * Prints a table of the layers, their output shapes and numbers of weights, as Keras does.
     *
     * @param options such as {@code expandNested()} and {@code lineLength(100)}
     * @throws IllegalArgumentException if the columns do not fit the line, or no layer has a name that is asked for
     */
    public final void summary(SummaryOption... options) {
        System.out.print(summaryText(options));
    }

    /** The table that {@link #summary} prints. */
    public final String summaryText(SummaryOption... options) {
        return Summary.of(this, options);
    }

    /**
     * Writes the whole model; the file name's ending says in which format. The file is written beside and then put in
     * place, so that a failure leaves an older one as it was.
     *
     * @throws IllegalArgumentException if no format on the class path has this ending
     */
    public final void save(String file) {
        save(Path.of(file));
    }

    @Override
    public final void save(Path file) {
        ModelFormats.forModel(file).saveModel(this, file);
    }

    /** Writes the weights and the optimizer's state to a {@code .weights.h5} file, as real Keras reads it. */
    public final void saveWeights(String file) {
        saveWeights(Path.of(file));
    }

    @Override
    public final void saveWeights(Path file) {
        ModelFormats.forWeights(file).saveWeights(this, file);
    }

    /**
     * Reads weights that Keratin or Keras has written; the model must be built. If anything does not fit, nothing is
     * changed.
     */
    public final void loadWeights(String file) {
        loadWeights(Path.of(file));
    }

    @Override
    public final void loadWeights(Path file) {
        ModelFormats.forWeights(file).loadWeights(this, file);
    }
}
