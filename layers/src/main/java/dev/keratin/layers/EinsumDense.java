package dev.keratin.layers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Ops;
import dev.keratin.Tensor;
import dev.keratin.backend.Shape;
import dev.keratin.backend.TensorType;
import dev.keratin.config.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dense layer whose product is an Einstein summation: {@code activation(einsum(equation, input, kernel) + bias)}.
 *
 * <p>{@code new EinsumDense("abc,cd->abd", -1, 64).biasAxes("d")} is a dense layer on [batch, time, features]. The kernel
 * has one axis for each letter after the comma, the bias one for each letter of {@code biasAxes}.
 *
 * @see <a href="https://keras.io/api/layers/core_layers/einsum_dense/">Keras: EinsumDense</a>
 */
public final class EinsumDense extends KernelLayer<EinsumDense> {
    private final String equation;
    private final long[] outputShape;
    private @Nullable String biasAxes;
    private @Nullable EinsumShapes shapes;

    /**
     * A layer without bias and activation.
     *
     * @param equation {@code "input,kernel->output"}, a letter for each axis; an ellipsis may stand for leading axes
     * @param outputShape the lengths of the output's axes without the batch; -1 for those of the input
     */
    public EinsumDense(String equation, long... outputShape) {
        this.equation = equation;
        this.outputShape = outputShape.clone();
        useBias(false);
    }

    static EinsumDense from(ObjectNode config) {
        List<Long> lengths = new ArrayList<>();
        JsonNode shape = config.path("output_shape");
        if (shape.isArray()) {
            shape.forEach(length -> lengths.add(length.isNull() ? Shape.UNKNOWN : length.asLong()));
        } else {
            lengths.add(shape.asLong());
        }
        EinsumDense layer = new EinsumDense(Json.text(config, "equation", ""), lengths.stream().mapToLong(i -> i).toArray());
        return layer.configureKernel(config).biasAxes(Json.text(config, "bias_axes"));
    }

    /** The letters of the output that the bias has an axis for; null, the default, for no bias. */
    public EinsumDense biasAxes(@Nullable String letters) {
        biasAxes = letters;
        return useBias(letters != null);
    }

    @Override
    protected void build(List<Shape> inputShapes) {
        EinsumShapes known = new EinsumShapes(who(), equation, inputShapes.get(0), outputShape);
        shapes = known;
        addKernel("kernel", known.kernel());
        addBias(known.bias(biasAxes == null ? "" : biasAxes));
    }

    @Override
    protected void checkInputs(List<TensorType> inputs) {
        if (isBuilt() && inputs.get(0).shape().rank() != buildShapes().get(0).rank()) {
            InputRules.rank(this, inputs.get(0), buildShapes().get(0).rank());
        }
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        if (shapes.isRowsTimesMatrix(biasAxes)) {
            return rowsTimesMatrix(input);
        }
        Tensor product = Ops.einsum(shapes.equation(), input, kernelValue());
        if (bias() == null) {
            return activated(product);
        }
        return activated(Ops.add(product, Ops.reshape(value(bias()), shapes.stretchedBias(biasAxes))));
    }

    /** The last axes of the input times the first ones of the kernel, as one product of matrices. */
    private Tensor rowsTimesMatrix(Tensor input) {
        Shape kernel = kernel().shape();
        int summed = shapes.summed();
        long inner = kernel.subShape(0, summed).size();
        Shape outer = kernel.subShape(summed, kernel.rank());
        Tensor product = Ops.matmul(Ops.reshape(input, -1, inner), Ops.reshape(kernelValue(), inner, outer.size()));
        product = bias() == null ? product : Ops.add(product, Ops.reshape(value(bias()), outer.size()));
        Shape rows = input.shape().subShape(0, input.rank() - summed);
        return activated(Ops.reshape(product, rows.concat(outer)));
    }

    @Override
    public ObjectNode config() {
        ObjectNode config = super.config();
        config.remove("use_bias");
        config.put("equation", equation);
        ArrayNode lengths = Json.object().arrayNode();
        Arrays.stream(outputShape).forEach(length -> {
            if (length == Shape.UNKNOWN) {
                lengths.addNull();
            } else {
                lengths.add(length);
            }
        });
        config.set("output_shape", lengths);
        config.put("bias_axes", biasAxes);
        config.putNull("quantization_config");
        return config;
    }
}
