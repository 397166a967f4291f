package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.DTypePolicy;
import dev.keratin.GraphNode;
import dev.keratin.Operation;
import dev.keratin.Ops;
import dev.keratin.ShapeInference;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Configurable;
import dev.keratin.config.Json;
import dev.keratin.config.Names;
import dev.keratin.initializers.Initializer;
import dev.keratin.regularizers.Regularizer;
import dev.keratin.regularizers.Regularizers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function on tensors with weights.
 *
 * <p>A subclass makes its weights in {@link #build}, which runs once, before the first call, when the shape of the input
 * is known; and computes in {@code call(input, context)}. Users call {@link #apply}, or {@link #call(Tensor, boolean)} to
 * say whether it is for training. Layers that are set as fields of a subclass outside of this package are found by
 * reflection and belong to it.
 *
 * <p>Not synchronised: build before threads share it. Calls that change no variable may then run in parallel.
 *
 * @see <a href="https://keras.io/api/layers/base_layer/">Keras: Layer</a>
 */
public abstract class Layer implements Operation, Configurable, KerasCall {
    private final Weights weights = new Weights(this);
    private final Map<String, Object> tracked = new LinkedHashMap<>();
    private @Nullable String name;
    private DTypePolicy policy = Configuration.dtypePolicy();
    private boolean trainable = true;
    private boolean built;
    private @Nullable Regularizer activityRegularizer;
    private List<Shape> buildShapes = List.of();
    private final Calls calls = new Calls();

    /** A layer with an automatic name, trainable, under the global dtype policy. */
    protected Layer() {}

    // ---- what subclasses write

    /**
     * Makes the weights. Runs once.
     *
     * @param inputShapes one for each input; lengths that are not known yet are {@link Shape#UNKNOWN}
     */
    protected void build(List<Shape> inputShapes) {}

    /** Computes the output of a layer with one input and one output. */
    protected Tensor call(Tensor input, CallContext context) {
        throw new UnsupportedOperationException(who() + ": a call method is required. Override call(Tensor, CallContext),"
                + " or call(List, CallContext) for several inputs or outputs.");
    }

    /** Computes the outputs of a layer; passes a single input on to {@link #call(Tensor, CallContext)} unless overridden. */
    protected List<Tensor> call(List<Tensor> inputs, CallContext context) {
        if (inputs.size() != 1) {
            throw new IllegalArgumentException(who() + ": one input is required. Received: " + InputRules.types(inputs)
                    + ". Merge them first, with concatenate() or add().");
        }
        return List.of(call(inputs.get(0), context));
    }

    /**
     * The mask of each output; passes the first input's on if {@link #supportsMasking}, else none.
     *
     * @param masks that of each input, null where all steps count
     */
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        Tensor passed = supportsMasking() && !masks.isEmpty() ? masks.get(0) : null;
        return Collections.nCopies(outputs.size(), passed);
    }

    /** Whether a mask on the input means something to this layer or passes through it; false unless overridden. */
    protected boolean supportsMasking() {
        return false;
    }

    /** Refuses inputs that don't fit, before anything is computed; accepts all unless overridden. */
    protected void checkInputs(List<TensorType> inputs) {}

    /** Whether a call that is part of no other is for training unless it says otherwise; false unless overridden. */
    boolean trainsByDefault() {
        return false;
    }

    /** Whether floating inputs are cast to the compute dtype; true unless overridden. */
    protected boolean castsInputs() {
        return true;
    }

    /**
     * Adds a weight.
     *
     * @param weightName such as {@code "kernel"}
     * @param shape with known lengths
     */
    protected final Variable addWeight(String weightName, Shape shape, Initializer initializer) {
        return weights.add(new WeightSpec(weightName, shape, initializer));
    }

    /** Adds a weight with a dtype, regularizer, constraint or frozen. */
    protected final Variable addWeight(WeightSpec spec) {
        return weights.add(spec);
    }

    /** Adds state that is not a weight of the model's own, such as that of a random generator: saved, never trained. */
    protected final Variable addState(Variable state) {
        return weights.addState(state);
    }

    /** The value of a weight in the compute dtype. */
    protected final Tensor value(Variable weight) {
        return policy.compute(weight.value());
    }

    /** Makes another layer a part of this one under an attribute name, which appears in weight files. */
    protected final <T extends Layer> T track(String attribute, T layer) {
        tracked.put(attribute, layer);
        return layer;
    }

    /** Makes layers parts of this one under an attribute name, which appears in weight files. */
    protected final <T extends Layer> List<T> track(String attribute, List<T> layers) {
        tracked.put(attribute, layers);
        return layers;
    }

    // ---- calling

    /**
     * Calls the layer: on symbolic tensors to put a functional model together, on others to compute. It is for training
     * if the call of the layer around it is; augmentation alone is for training, any other layer alone is not.
     *
     * @return the output; the first one if there are several
     */
    public final Tensor apply(Tensor... inputs) {
        return applyAll(List.of(inputs)).get(0);
    }

    /** Calls the layer and gives all outputs. */
    public final List<Tensor> applyAll(List<? extends Tensor> inputs) {
        return LayerCall.run(this, List.copyOf(inputs), CallContext.isTraining(trainsByDefault()));
    }

    /** Calls the layer on one input. */
    public final Tensor call(Tensor input, boolean training) {
        return LayerCall.run(this, List.of(input), training).get(0);
    }

    /** Calls the layer on several inputs and gives all outputs. */
    public final List<Tensor> call(List<? extends Tensor> inputs, boolean training) {
        return LayerCall.run(this, List.copyOf(inputs), training);
    }

    /** Calls the layer with keyword arguments, of {@link #callFlags}, that are true in this call only. */
    public final List<Tensor> applyAll(List<? extends Tensor> inputs, Set<String> flags) {
        return LayerCall.run(this, List.copyOf(inputs), CallContext.isTraining(trainsByDefault()), flags);
    }

    @Override
    public final List<Tensor> replay(List<Tensor> inputs, boolean training, Set<String> flags) {
        return LayerCall.run(this, inputs, training, flags);
    }

    final Calls symbolicCalls() {
        return calls;
    }

    /** The calls on symbolic tensors so far, each a node of a graph; their inputs and outputs are those of the layer. */
    public final List<GraphNode> calls() {
        return calls.all();
    }

    /**
     * The output in a functional model, where a model of its first part may end: {@code model(base.inputs(),
     * base.layer("block5").output())}.
     *
     * @throws IllegalStateException unless the layer has been called once, with one output; see {@link #calls}
     */
    public SymbolicTensor output() {
        return calls.output(who());
    }

    /** The shapes of the outputs for inputs of the given types; builds the layer if it is not. */
    public final List<TensorType> outputTypes(List<TensorType> inputs) {
        List<Tensor> placeholders = new ArrayList<>();
        inputs.forEach(type -> placeholders.add(GraphNode.input(this, type)));
        checkInputs(inputs);
        ensureBuilt(inputs);
        return ShapeInference.outputTypes(placeholders, arguments -> call(arguments, false));
    }

    /** Makes the weights now, for inputs of the given shapes; lengths may be {@link Shape#UNKNOWN}. */
    public final void buildFor(Shape... inputShapes) {
        List<TensorType> types = new ArrayList<>();
        for (Shape shape : inputShapes) {
            types.add(new TensorType(policy.computeDType(), shape));
        }
        ensureBuilt(types);
    }

    final Weights weightStore() {
        return weights;
    }

    final void ensureBuilt(List<TensorType> inputs) {
        if (!built) {
            buildShapes = inputs.stream().map(TensorType::shape).toList();
            build(buildShapes);
            built = true;
        }
    }

    // ---- state

    /** Whether the weights have been made. */
    public final boolean isBuilt() {
        return built;
    }

    /** The input shapes that the weights were made for; none before. */
    public final List<Shape> buildShapes() {
        return buildShapes;
    }

    /** The weights of this layer alone: first those made trainable, then the others, each in order of creation. */
    public final List<Variable> ownWeights() {
        return weights.own();
    }

    /** States of random generators of this layer alone. */
    public final List<Variable> ownStates() {
        return weights.states();
    }

    /** The layers that are part of this one, by attribute name: a {@link Layer}, or a list of layers. */
    public Map<String, Object> children() {
        Map<String, Object> all = new LinkedHashMap<>(tracked);
        Fields.layersOf(this).forEach(all::putIfAbsent);
        return all;
    }

    /** The layers that are part of this one, those in lists included. */
    public List<Layer> layers() {
        return Fields.flat(children().values());
    }

    /** All weights, those of the parts included; each once. */
    public final List<Variable> weights() {
        return weights.collect(Weights.Kind.ALL);
    }

    /** The weights that training changes. */
    public final List<Variable> trainableVariables() {
        return weights.collect(Weights.Kind.TRAINABLE);
    }

    /** The weights that training does not change by gradients. */
    public final List<Variable> nonTrainableVariables() {
        return weights.collect(Weights.Kind.NON_TRAINABLE);
    }

    /** Copies of the elements of {@link #weights}, in that order; the caller closes them. */
    public final List<Tensor> getWeights() {
        return weights().stream().map(weight -> Ops.copy(weight.value())).toList();
    }

    /**
     * Replaces the elements of all {@link #weights} by others, as {@code target.setWeights(model.getWeights())} does.
     *
     * @throws IllegalArgumentException if their number or types don't fit; then nothing is changed
     */
    public final void setWeights(List<? extends Tensor> values) {
        weights.assign(values);
    }

    /** The number of elements in all weights. */
    public final long countParams() {
        return weights().stream().mapToLong(weight -> weight.shape().size()).sum();
    }

    /** The losses of regularizers on weights, those of the parts included, as scalars. */
    public final List<Tensor> regularizationLosses() {
        return weights.regularizationLosses();
    }

    /** Adds a term to the loss of the training step that this call is part of; only inside a call. */
    protected final void addLoss(Tensor scalar) {
        CallContext.addLoss(scalar);
    }

    // ---- settings

    /** The name, unique within a model; made from the class name when none was given. */
    @Override
    public final String name() {
        String known = name;
        if (known == null) {
            known = Names.unique(Names.snakeCase(className()));
            name = known;
        }
        return known;
    }

    /** Gives the layer a name. */
    public final void setName(String newName) {
        name = newName;
    }

    /** Whether training changes the weights. */
    public final boolean isTrainable() {
        return trainable;
    }

    /** Freezes or thaws the weights of this layer and its parts; compile the model again afterwards. */
    public void setTrainable(boolean newTrainable) {
        trainable = newTrainable;
        weights.setTrainable(newTrainable);
        layers().forEach(layer -> layer.setTrainable(newTrainable));
    }

    /** Which element types weights have and computations use. */
    public final DTypePolicy dtypePolicy() {
        return policy;
    }

    /** Sets the policy; before the layer is built. */
    public final void setDTypePolicy(DTypePolicy newPolicy) {
        policy = newPolicy;
    }

    /** The element type of weights. */
    public final DType variableDType() {
        return policy.variableDType();
    }

    /** The element type that is computed in. */
    public final DType computeDType() {
        return policy.computeDType();
    }

    /** What penalises the output; null for nothing. */
    public final @Nullable Regularizer activityRegularizer() {
        return activityRegularizer;
    }

    /** Sets {@link #activityRegularizer}. */
    public final void setActivityRegularizer(@Nullable Regularizer regularizer) {
        activityRegularizer = regularizer;
    }

    /** The constructor's arguments; subclasses add theirs to what this gives. */
    @Override
    public ObjectNode config() {
        ObjectNode config = Json.object();
        config.put("name", name());
        config.put("trainable", trainable);
        config.set("dtype", policy.toJson());
        if (activityRegularizer != null) {
            Configs.put(config, "activity_regularizer", Regularizers.registry(), activityRegularizer);
        }
        return config;
    }

    /** Takes over what {@link #config} of this class wrote: name, trainable, dtype, activity regularizer. */
    protected final void configure(ObjectNode config) {
        name = Json.text(config, "name", name());
        policy = DTypePolicy.fromJson(config.get("dtype"));
        trainable = Json.bool(config, "trainable", true);
        activityRegularizer = Configs.get(config, "activity_regularizer", Regularizers.registry());
    }

    /** Class and name as messages begin with, such as {@code Dense "fc1"}. */
    public final String who() {
        return className() + " \"" + name() + "\"";
    }

    @Override
    public String toString() {
        return who();
    }
}
