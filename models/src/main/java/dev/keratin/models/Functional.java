package dev.keratin.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.GraphNode;
import dev.keratin.Operation;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.layers.CallContext;
import dev.keratin.layers.Layer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model that is a graph of layers and functions of {@code Ops}, with any number of inputs and outputs; made by
 * {@link Models#model}.
 *
 * @see <a href="https://keras.io/guides/functional_api/">Keras: the functional API</a>
 */
public final class Functional extends Model {
    private final List<SymbolicTensor> inputs;
    private final List<SymbolicTensor> outputs;
    private final Graph graph;
    private final List<Layer> layers;

    /**
     * The model that computes the outputs from the inputs.
     *
     * @throws IllegalArgumentException if an output depends on an input that is not given
     */
    public Functional(List<SymbolicTensor> inputs, List<SymbolicTensor> outputs) {
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.graph = new Graph(inputs, outputs);
        this.layers = graph.operations().stream().filter(Layer.class::isInstance).map(Layer.class::cast).toList();
        buildFor(inputs.stream().map(Tensor::shape).toArray(Shape[]::new));
    }

    static Functional from(ObjectNode config) {
        return FunctionalReader.read(config);
    }

    /** What stands for the data. */
    @Override
    public List<SymbolicTensor> inputs() {
        return inputs;
    }

    /** What stands for the predictions. */
    @Override
    public List<SymbolicTensor> outputs() {
        return outputs;
    }

    /** The calls that the model consists of, in an order that can be run. */
    public List<GraphNode> nodes() {
        return graph.nodes();
    }

    /** What the calls call, each once, in Keras's order: the layers, and the functions of {@code keras.ops} between them. */
    public List<Operation> operations() {
        return graph.operations();
    }

    @Override
    public List<Layer> layers() {
        return layers;
    }

    @Override
    public Map<String, Object> children() {
        Map<String, Object> children = new LinkedHashMap<>();
        children.put("layers", layers);
        return children;
    }

    @Override
    protected boolean castsInputs() {
        return false;
    }

    @Override
    protected void checkInputs(List<TensorType> types) {
        ModelInputs.check(who(), inputs, types);
    }

    @Override
    protected List<Tensor> call(List<Tensor> arguments, CallContext context) {
        return graph.run(ModelInputs.adapt(inputs, arguments), context.training());
    }

    @Override
    protected List<Tensor> computeMask(List<Tensor> arguments, List<Tensor> masks, List<Tensor> results) {
        return results.stream().map(Tensor::mask).collect(java.util.stream.Collectors.toList());
    }

    @Override
    public ObjectNode config() {
        return FunctionalConfig.write(this);
    }
}
