package dev.keratin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.config.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@code keras.ops} that graphs of functional models may hold: their Keras classes and arguments, which
 * the resource {@code operations.txt} lists, and what computes them. Immutable once loaded.
 */
public final class OpTable {
    /** Arguments for which Keras takes a number or several. */
    private static final Set<String> ONE_OR_MORE = Set.of("axis", "strides", "dilation_rate", "output_padding", "pool_size",
            "output_size", "source", "destination");
    private static final OpTable LOADED = load();

    private final Map<String, OpSignature> signatures = new TreeMap<>();
    private final Map<String, Function<OpArguments, List<Tensor>>> functions = new TreeMap<>();

    /** Adds functions to the table; found by {@link ServiceLoader}. */
    public interface Rows {
        /** Adds the functions. */
        void addTo(OpTable table);
    }

    private OpTable() {}

    private static OpTable load() {
        OpTable table = new OpTable();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Objects.requireNonNull(
                OpTable.class.getResourceAsStream("operations.txt")), StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).map(OpSignature::parse)
                    .forEach(each -> table.signatures.put(each.className(), each));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ElementRows.addTo(table);
        ArrayRows.addTo(table);
        NnRows.addTo(table);
        ServiceLoader.load(Rows.class, OpTable.class.getClassLoader()).forEach(rows -> rows.addTo(table));
        return table;
    }

    /** Adds what computes the function with a Keras class. */
    public OpTable add(String className, Function<OpArguments, Tensor> function) {
        return addAll(className, arguments -> List.of(function.apply(arguments)));
    }

    /** {@link #add} for a function with several results. */
    public OpTable addAll(String className, Function<OpArguments, List<Tensor>> function) {
        if (!signatures.containsKey(className) || functions.put(className, function) != null) {
            throw new IllegalArgumentException("OpTable: a class of keras.ops, once each, is required. Received: " + className
                    + ". See operations.txt.");
        }
        return this;
    }

    /** The Keras classes of all functions of {@code keras.ops}. */
    public static Set<String> known() {
        return Collections.unmodifiableSet(LOADED.signatures.keySet());
    }

    /** The Keras classes of the functions that can be read and written. */
    public static Set<String> supported() {
        return Collections.unmodifiableSet(LOADED.functions.keySet());
    }

    /** Whether what a configuration lists is a function and not a layer. */
    public static boolean describes(JsonNode description) {
        String module = description.path("module").asText();
        return module.startsWith("keras.src.ops.") || module.startsWith("keras.src.activations.");
    }

    /**
     * A call of a function on tensors of which at least one is symbolic, as a node of a graph.
     *
     * @param className the Keras class, such as {@code "Clip"}
     * @param arguments first those that Keras calls the operation on, then those it is made with; the last may be left out
     * @return the results
     */
    public static List<Tensor> call(String className, @Nullable Object... arguments) {
        OpSignature signature = Objects.requireNonNull(LOADED.signatures.get(className), className);
        ObjectNode values = Json.object();
        List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            OpSignature.Parameter parameter = signature.all().get(i);
            JsonNode value = OpValues.json(arguments[i], inputs);
            value = value.isArray() && value.size() < 2 && ONE_OR_MORE.contains(parameter.name()) ? value.path(0) : value;
            if (!value.isNull() && !value.isMissingNode() || parameter.otherwise() == null) {
                values.set(parameter.name(), value);
            }
        }
        return List.copyOf(GraphNode.call(new OpNode(signature, function(className), values), inputs));
    }

    /**
     * Makes a call that a configuration describes.
     *
     * @param description of the operation: {@code class_name} and {@code config}
     * @param call {@code args} and {@code kwargs}
     * @param tensor the tensor that a {@code __keras_tensor__} stands for
     * @return the results
     * @throws IllegalArgumentException if there is no such function or an argument does not fit
     */
    public static List<SymbolicTensor> read(JsonNode description, JsonNode call, Function<JsonNode, Tensor> tensor) {
        String className = description.path("class_name").asText();
        OpSignature signature = LOADED.signatures.get(className);
        if (signature == null || !LOADED.functions.containsKey(className)) {
            throw new IllegalArgumentException("Functional: an op that files can describe is required. Received: \"" + className
                    + "\" of " + description.path("module").asText() + " as " + description.path("name")
                    + ". Save the model with a Lambda layer over a registered function, or a layer of your own, in its place.");
        }
        List<Tensor> inputs = new ArrayList<>();
        ObjectNode values = signature.bound(description.path("config"), call);
        OpNode node = new OpNode(signature, function(className), (ObjectNode) OpValues.replaced(values, part -> {
            Tensor constant = part.path("class_name").asText().equals("__keras_tensor__") ? tensor.apply(part) : OpValues.constant(part);
            return constant == null ? null : OpValues.json(constant, inputs);
        }));
        node.setName(description.path("config").path("name").asText(description.path("name").asText()));
        return GraphNode.call(node, inputs);
    }

    private static Function<OpArguments, List<Tensor>> function(String className) {
        return Objects.requireNonNull(LOADED.functions.get(className), className);
    }
}
