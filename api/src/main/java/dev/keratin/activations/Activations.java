package dev.keratin.activations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.config.Registry;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The activations that strings and files may name. Those with arguments take them from a configuration under their Keras
 * names; a string alone stands for the defaults, which are Keras's (so {@code "gelu"} is the exact one).
 */
public final class Activations {
    private static final Registry<Activation> REGISTRY = new Registry<>("activation", "keras.activations");

    static {
        plain("linear", x -> x);
        plain("exponential", Ops::exp);
        plain("hard_sigmoid", Ops::hardSigmoid);
        plain("hard_tanh", Ops::hardTanh);
        plain("log_sigmoid", Ops::logSigmoid);
        plain("mish", Ops::mish);
        plain("relu6", Ops::relu6);
        plain("selu", Ops::selu);
        plain("sigmoid", Ops::sigmoid);
        plain("softplus", Ops::softplus);
        plain("softsign", Ops::softsign);
        plain("sparse_plus", Ops::sparsePlus);
        plain("sparse_sigmoid", Ops::sparseSigmoid);
        plain("tanh", Ops::tanh);
        plain("tanh_shrink", Ops::tanhShrink);
        plain("silu", Ops::silu, "swish");
        plain("hard_silu", Ops::hardSilu, "hard_swish");
        withArguments("relu", (x, config) -> Rectifier.from(config).call(x));
        withArguments("leaky_relu", (x, config) -> Ops.leakyRelu(x, Json.number(config, "negative_slope", 0.2)));
        withArguments("elu", (x, config) -> Ops.elu(x, Json.number(config, "alpha", 1.0)));
        withArguments("celu", (x, config) -> Ops.celu(x, Json.number(config, "alpha", 1.0)));
        withArguments("gelu", (x, config) -> Ops.gelu(x, Json.bool(config, "approximate", false)));
        withArguments("soft_shrink", (x, config) -> Ops.softShrink(x, Json.number(config, "threshold", 0.5)));
        withArguments("hard_shrink", (x, config) -> Ops.hardShrink(x, Json.number(config, "threshold", 0.5)));
        withArguments("squareplus", (x, config) -> Ops.squareplus(x, Json.number(config, "b", 4.0)));
        withArguments("glu", (x, config) -> Ops.glu(x, Json.integer(config, "axis", -1)));
        withArguments("softmax", (x, config) -> Ops.softmax(x, Json.integer(config, "axis", -1)));
        withArguments("log_softmax", (x, config) -> Ops.logSoftmax(x, Json.integer(config, "axis", -1)));
        withArguments("sparsemax", (x, config) -> Ops.sparsemax(x, Json.integer(config, "axis", -1)));
        withArguments("threshold", (x, config) -> Ops.threshold(
                x, required(config, "threshold"), required(config, "default_value")));
    }

    private Activations() {}

    /** The activation of a name such as {@code "relu"}. */
    public static Activation get(String name) {
        return REGISTRY.get(name);
    }

    /** The names, to which own activations can be added. */
    public static Registry<Activation> registry() {
        return REGISTRY;
    }

    /**
     * What a Keras file says of an activation: its name, and its arguments if it has any.
     *
     * @throws IllegalArgumentException if it has no registered name
     */
    public static JsonNode serialize(Activation activation) {
        String name = activation.className();
        if (!REGISTRY.names().contains(name)) {
            throw new IllegalArgumentException("activation: a registered name is required to save one. Received: " + activation
                    + ". Register it before with Activations.registry().register(config -> activation, \"its_name\") and"
                    + " use Activations.get(\"its_name\").");
        }
        return activation.config().isEmpty() ? TextNode.valueOf(name) : REGISTRY.serialize(activation);
    }

    /** What {@link #serialize} describes; also a function as Keras writes those of users. Null stands for linear. */
    public static Activation deserialize(JsonNode description) {
        if (description.isNull() || description.isMissingNode()) {
            return get("linear");
        }
        boolean function = description.path("class_name").asText().equals("function") && description.path("config").isTextual();
        return REGISTRY.deserialize(function ? description.get("config") : description);
    }

    /** An activation with a name of one's own, which {@link #serialize} can write once it is registered. */
    public static Activation named(String name, UnaryOperator<Tensor> function) {
        return new NamedActivation(name, Json.object(), function);
    }

    private static void plain(String name, UnaryOperator<Tensor> function, String... aliases) {
        Activation activation = named(name, function);
        REGISTRY.register(config -> activation, name).register(config -> activation, aliases);
    }

    private static void withArguments(String name, BiFunction<Tensor, ObjectNode, Tensor> function) {
        REGISTRY.register(config -> new NamedActivation(name, config.deepCopy(), x -> function.apply(x, config)), name);
    }

    private static double required(ObjectNode config, String key) {
        Double value = Json.number(config, key);
        if (value == null) {
            throw new IllegalArgumentException("activation \"threshold\": the arguments threshold and default_value are required."
                    + " Received: " + config + ". Use x -> Ops.threshold(x, threshold, value) or another activation.");
        }
        return value;
    }
}
