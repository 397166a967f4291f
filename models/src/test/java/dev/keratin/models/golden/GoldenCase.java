package dev.keratin.models.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keratin.Tensor;
import dev.keratin.backend.DType;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * A model as Keras saved it, with weights, inputs, outputs and vector-Jacobian products.
 *
 * @param name category and name, such as {@code "conv/conv2d_groups3"}
 * @param config of the model
 * @param tolerance rtol, atol, grad_rtol, grad_atol
 * @param training optimizer, loss and loss weights of a case that was trained
 * @param arrays by name, such as {@code "input_0"}
 */
record GoldenCase(String name, JsonNode config, JsonNode tolerance, JsonNode training, Map<String, Array> arrays) {
    /** Elements as they are in the file. */
    record Array(TensorType type, byte[] elements) {
        Tensor tensor() {
            return Tensor.ofBytes(type, ByteBuffer.wrap(elements));
        }
    }

    static List<GoldenCase> read(String category) {
        InputStream resource = Objects.requireNonNull(GoldenCase.class.getResourceAsStream(category + ".bin.gz"), category);
        List<GoldenCase> cases = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(resource))) {
            for (byte[] length = in.readNBytes(4); length.length == 4; length = in.readNBytes(4)) {
                cases.add(read(in, ByteBuffer.wrap(length).getInt()));
            }
        } catch (IOException e) {
            throw new IllegalStateException(category, e);
        }
        return cases;
    }

    private static GoldenCase read(DataInputStream in, int headerLength) throws IOException {
        JsonNode header = Json.MAPPER.readTree(in.readNBytes(headerLength));
        Map<String, Array> arrays = new LinkedHashMap<>();
        for (JsonNode array : header.get("arrays")) {
            List<Long> dims = new ArrayList<>();
            array.get("shape").forEach(dim -> dims.add(dim.asLong()));
            TensorType type = new TensorType(DType.of(array.get("dtype").asText()), Shape.of(dims));
            arrays.put(array.get("name").asText(), new Array(type, in.readNBytes((int) type.byteSize())));
        }
        return new GoldenCase(header.get("name").asText(), header.get("config"), header.get("tolerance"),
                header.path("training"), arrays);
    }

    /** The arrays {@code prefix_0}, {@code prefix_1} and so on. */
    List<Array> numbered(String prefix) {
        List<Array> found = new ArrayList<>();
        for (int i = 0; arrays.containsKey(prefix + "_" + i); i++) {
            found.add(arrays.get(prefix + "_" + i));
        }
        return found;
    }

    @Override
    public String toString() {
        return name;
    }
}
