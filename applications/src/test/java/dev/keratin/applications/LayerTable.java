package dev.keratin.applications;

import dev.keratin.SymbolicTensor;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.backend.Shape;
import dev.keratin.layers.Layer;
import dev.keratin.models.Functional;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A model as text: the numbers of its parameters and a line per layer, as {@code generate.py} writes them. */
final class LayerTable {
    private LayerTable() {}

    static String of(Functional model) {
        long trainable = model.trainableVariables().stream().mapToLong(variable -> variable.shape().size()).sum();
        StringBuilder text = new StringBuilder(
                model.name() + " " + model.countParams() + " parameters, " + trainable + " trainable\n");
        model.layers().forEach(layer -> text.append(line(model, layer)).append('\n'));
        return text.toString();
    }

    private static String line(Functional model, Layer layer) {
        var call = model.nodes().stream().filter(node -> node.operation() == layer).findFirst().orElseThrow();
        String inputs = call.inputs().stream().map(LayerTable::source).collect(Collectors.joining(","));
        String weights = layer.weights().stream().map(LayerTable::weight).collect(Collectors.joining(" "));
        return (layer.name() + " " + layer.className() + " " + dims(call.outputs().get(0).shape()) + " <- " + inputs + " | "
                + weights).strip();
    }

    private static String source(Tensor tensor) {
        return ((SymbolicTensor) tensor).source().operation().name();
    }

    private static String weight(Variable weight) {
        return List.of(weight.name().split("/")).get(weight.name().split("/").length - 1) + dims(weight.shape());
    }

    private static String dims(Shape shape) {
        return Arrays.stream(shape.dims()).mapToObj(dim -> dim == Shape.UNKNOWN ? "?" : Long.toString(dim))
                .collect(Collectors.joining(",", "(", ")"));
    }
}
