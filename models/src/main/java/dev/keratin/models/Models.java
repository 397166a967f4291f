package dev.keratin.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.config.Json;
import dev.keratin.layers.InputLayer;
import dev.keratin.layers.Layer;
import dev.keratin.layers.Layers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes and loads models. */
public final class Models {
    static {
        registerClasses();
    }

    private Models() {}

    /** A stack of layers that is built at its first call. */
    public static Sequential sequential(Layer... layers) {
        return new Sequential(Arrays.asList(layers));
    }

    /** A stack of layers for inputs as {@link Layers#input} says. */
    public static Sequential sequential(SymbolicTensor input, Layer... layers) {
        List<Layer> all = new ArrayList<>();
        all.add((InputLayer) input.source().operation());
        all.addAll(Arrays.asList(layers));
        return new Sequential(all);
    }

    /** A functional model with one input and one output. */
    public static Functional model(Tensor input, Tensor output) {
        return model(List.of(input), List.of(output));
    }

    /** A functional model with several inputs and one output. */
    public static Functional model(List<? extends Tensor> inputs, Tensor output) {
        return model(inputs, List.of(output));
    }

    /** A functional model with one input and several outputs. */
    public static Functional model(Tensor input, List<? extends Tensor> outputs) {
        return model(List.of(input), outputs);
    }

    /** A functional model. */
    public static Functional model(List<? extends Tensor> inputs, List<? extends Tensor> outputs) {
        return new Functional(symbolic("inputs", inputs), symbolic("outputs", outputs));
    }

    /** Reads a whole model that Keratin or Keras has written. */
    public static Model load(String file) {
        return load(Path.of(file));
    }

    /** Reads a whole model that Keratin or Keras has written. */
    public static Model load(Path file) {
        return ModelFormats.forModel(file).loadModel(file);
    }

    /** A model of the given Keras configuration, as {@link #toJson} writes it, with new weights. */
    public static Model fromJson(String json) {
        try {
            return fromConfig(Json.MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("fromJson: a model's configuration as JSON is required. Received: "
                    + e.getOriginalMessage() + ".", e);
        }
    }

    /** A model of the given Keras configuration: an object with {@code class_name} and {@code config}. */
    public static Model fromConfig(JsonNode description) {
        Layer layer = Layers.registry().deserialize(description);
        if (layer instanceof Model model) {
            return model;
        }
        throw new IllegalArgumentException("fromConfig: a model is required. Received: " + layer.who() + ".");
    }

    /** A sequential or functional model with the same layers and new weights; that of a shared layer is shared, too. */
    public static Model cloneModel(Model model) {
        return fromConfig(Layers.registry().serialize(model));
    }

    /** The configuration of a model as Keras writes it. */
    public static String toJson(Model model) {
        return Json.written(Layers.registry().serialize(model));
    }

    /** Makes the model classes known to files; harmless when repeated. */
    static void registerClasses() {
        Layers.register("Sequential", Sequential::from);
        Layers.register("Functional", Functional::from);
        Layers.register("Model", Functional::from);
        Layers.registry().inModule("keras", "Sequential").inModule("keras.src.models.functional", "Functional");
    }

    private static List<SymbolicTensor> symbolic(String what, List<? extends Tensor> tensors) {
        List<SymbolicTensor> symbolic = new ArrayList<>();
        for (Tensor tensor : tensors) {
            if (!(tensor instanceof SymbolicTensor)) {
                throw new IllegalArgumentException("model: symbolic " + what + " are required. Received: " + tensor
                        + ". Start with input(...) and call layers with apply.");
            }
            symbolic.add((SymbolicTensor) tensor);
        }
        return symbolic;
    }
}
