package dev.keratin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.backend.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** The arguments of one call as Keras got them, read as Java ones. */
record GoldenCall(JsonNode json, List<Tensor> tensors) {
    Tensor tensor(int index) {
        return tensors.get(index);
    }

    JsonNode arg(int index) {
        return json.get("args").get(index);
    }

    JsonNode keyword(String name) {
        return json.get("kwargs").path(name);
    }

    int integer(String name) {
        return keyword(name).asInt();
    }

    int axis() {
        return keyword("axis").asInt();
    }

    /** The tensor that a keyword stands for. */
    Tensor tensor(String name) {
        return tensors.get(Integer.parseInt(keyword(name).asText().replace("$arg_", "")));
    }

    long[] longs(int index) {
        return StreamSupport.stream(arg(index).spliterator(), false).mapToLong(JsonNode::asLong).toArray();
    }

    int[] ints(int index) {
        return ints(arg(index));
    }

    int[] ints(String name) {
        return ints(keyword(name));
    }

    Shape shape(int index) {
        return Shape.of(longs(index));
    }

    int[][] pairs(int index) {
        List<int[]> pairs = new ArrayList<>();
        arg(index).forEach(pair -> pairs.add(ints(pair)));
        return pairs.toArray(new int[0][]);
    }

    WindowOptions window() {
        WindowOptions options = new WindowOptions();
        options = json.get("kwargs").has("strides") ? options.strides(integer("strides")) : options;
        options = json.get("kwargs").has("padding") ? options.padding(keyword("padding").asText()) : options;
        options = json.get("kwargs").has("output_padding") ? options.outputPadding(integer("output_padding")) : options;
        return json.get("kwargs").has("dilation_rate") ? options.dilationRate(integer("dilation_rate")) : options;
    }

    private static int[] ints(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
    }
}
