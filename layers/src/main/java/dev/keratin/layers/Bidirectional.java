package dev.keratin.layers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a recurrent layer and one that starts from the other end, and merges what they give.
 *
 * <p>Input [batch, time, features] and, if given, the states that the forward layer starts with, then those of the backward
 * layer. Output [batch, 2 * units] or, as the layer is set, [batch, time, 2 * units]; then the last states, forward first,
 * if the layer returns them. Both layers give 0 for masked steps.
 *
 * @see <a href="https://keras.io/api/layers/recurrent_layers/bidirectional/">Keras: Bidirectional</a>
 */
public final class Bidirectional extends FluentLayer<Bidirectional> {
    private final Recurrent<?> forward;
    private final Recurrent<?> backward;
    private @Nullable String mergeMode = "concat";

    /** Round a layer, of which two copies are made: {@code bidirectional(lstm(64))}. */
    public Bidirectional(Recurrent<?> layer) {
        this(layer, copy(layer, !layer.goesBackwards(), "backward_"));
    }

    /**
     * Round two layers.
     *
     * @param layer the forward one, of which a copy is made
     * @param backwardLayer used as it is; starts from the other end, and returns the same kinds of outputs
     */
    public Bidirectional(Recurrent<?> layer, Recurrent<?> backwardLayer) {
        forward = track("forward_layer", copy(layer, layer.goesBackwards(), "forward_"));
        backward = track("backward_layer", backwardLayer);
        requireAlike();
        forward.zeroOutputForMask(forward.returnsSequences());
        backward.zeroOutputForMask(backward.returnsSequences());
    }

    private static Recurrent<?> copy(Recurrent<?> layer, boolean goBackwards, String prefix) {
        ObjectNode description = Layers.registry().serialize(layer);
        ObjectNode config = (ObjectNode) description.get("config");
        String name = layer.name().startsWith(prefix) ? layer.name() : prefix + layer.name();
        config.put("name", name);
        config.put("go_backwards", goBackwards);
        return (Recurrent<?>) Layers.registry().deserialize(description);
    }

    static Bidirectional from(ObjectNode config) {
        Recurrent<?> layer = recurrent(config, "layer");
        Bidirectional wrapper = Json.has(config, "backward_layer")
                ? new Bidirectional(layer, recurrent(config, "backward_layer")) : new Bidirectional(layer);
        wrapper.configure(config);
        return wrapper.mergeMode(config.has("merge_mode") ? Json.text(config, "merge_mode") : "concat");
    }

    private static Recurrent<?> recurrent(ObjectNode config, String key) {
        Layer layer = Layers.registry().deserialize(config.path(key));
        if (!(layer instanceof Recurrent)) {
            throw new IllegalArgumentException("Bidirectional: a recurrent layer is required. Received: " + layer.who() + ".");
        }
        return (Recurrent<?>) layer;
    }

    private void requireAlike() {
        boolean alike = forward.returnsSequences() == backward.returnsSequences()
                && forward.returnsState() == backward.returnsState() && forward.isStateful() == backward.isStateful();
        if (!alike || forward.goesBackwards() == backward.goesBackwards()) {
            throw new IllegalArgumentException("Bidirectional: two layers with the same returnSequences, returnState and"
                    + " stateful, one of which goes backwards, are required. Received: " + forward.config() + " and "
                    + backward.config() + ". Leave out the backward layer to have it made.");
        }
    }

    /** How the outputs are merged: {@code "concat"} (the default), {@code "sum"}, {@code "mul"}, {@code "ave"}; null for two. */
    public Bidirectional mergeMode(@Nullable String mode) {
        if (mode != null && !List.of("concat", "sum", "mul", "ave").contains(mode)) {
            throw new IllegalArgumentException(who() + ": a merge mode \"concat\", \"sum\", \"mul\", \"ave\" or null is required."
                    + " Received: \"" + mode + "\".");
        }
        mergeMode = mode;
        return this;
    }

    /** The layer that starts at the first step. */
    public Recurrent<?> forwardLayer() {
        return forward;
    }

    /** The layer that starts at the last step. */
    public Recurrent<?> backwardLayer() {
        return backward;
    }

    /** Makes the next batch start with zeros again, if the layers are stateful. */
    public void resetState() {
        forward.resetState();
        backward.resetState();
    }

    @Override
    protected boolean supportsMasking() {
        return true;
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        int states = 2 * forward.cell().stateShapes().size();
        if (inputs.size() != 1 && inputs.size() != 1 + states) {
            throw new IllegalArgumentException(who() + ": the input alone or with " + states
                    + " initial states, those of the forward layer first, is required. Received: " + inputs + ".");
        }
        forward.checkInputs(inputs.subList(0, 1));
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        List<TensorType> sequence = List.of(new TensorType(computeDType(), inputShapes.get(0)));
        forward.ensureBuilt(sequence);
        backward.ensureBuilt(sequence);
    }

    @Override
    protected List<Tensor> call(List<Tensor> inputs, CallContext context) {
        int half = (inputs.size() - 1) / 2;
        List<Tensor> ahead = new ArrayList<>(inputs.subList(0, 1 + half));
        List<Tensor> back = new ArrayList<>(inputs.subList(0, 1));
        back.addAll(inputs.subList(1 + half, inputs.size()));
        List<Tensor> first = forward.call(ahead, context.training());
        List<Tensor> second = backward.call(back, context.training());
        Tensor turned = forward.returnsSequences() ? Ops.flip(second.get(0), 1) : second.get(0);
        List<Tensor> results = new ArrayList<>(merged(first.get(0), turned));
        results.addAll(first.subList(1, first.size()));
        results.addAll(second.subList(1, second.size()));
        return results.stream().map(result -> Ops.cast(result, computeDType())).toList();
    }

    private List<Tensor> merged(Tensor a, Tensor b) {
        if (mergeMode == null) {
            return List.of(a, b);
        }
        return List.of(switch (mergeMode) {
            case "sum" -> Ops.add(a, b);
            case "mul" -> Ops.multiply(a, b);
            case "ave" -> Ops.divide(Ops.add(a, b), 2);
            default -> Ops.concatenate(List.of(a, b), -1);
        });
    }

    /** The input's mask for sequences of outputs; none for last outputs and for states. */
    @Override
    protected List<@Nullable Tensor> computeMask(
            List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
        List<@Nullable Tensor> result = new ArrayList<>();
        int sequences = !forward.returnsSequences() ? 0 : mergeMode == null ? 2 : 1;
        for (int i = 0; i < outputs.size(); i++) {
            result.add(i < sequences ? masks.get(0) : null);
        }
        return result;
    }

    @Override
    public @Nullable String inputKeyword(TensorType input, int index) {
        return index == 0 ? null : "initial_state";
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.put("merge_mode", mergeMode);
        config.set("layer", Layers.registry().serialize(forward));
        config.set("backward_layer", Layers.registry().serialize(backward));
        return config;
    }
}
